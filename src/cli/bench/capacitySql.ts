/**
 * Every figure of `/capacity?groupBy=district,form` of one day (`$1`, and today's `$2`) in one statement, as well as we can write it
 * by hand: what the program is measured against. PostgreSQL hashes what `in` looks up; joined instead, with who lives there and what
 * is closed named first, it took 28 ms and not 20, and with plain joins four times as long. A series is this statement once for each
 * month: one over all months took 47 s.
 */
export const DAY_SQL = `
  with h as materialized (select place_id, bool_or((firm_since at time zone 'Europe/Oslo')::date <= $1::date) is true as firm from hold
    where oslo_days(created_at, ended_at) @> $1::date and (ended_at is null or (ended_at at time zone 'Europe/Oslo')::date > $1::date) group by 1),
  a as (select distinct on (facility_id) facility_id, admitting, lower(during) > $1::date as assumed from facility_admission
    where upper_inf(during) or upper(during) > $1::date order by facility_id, lower(during)),
  alike as (select p.facility_id, p.form, p.open_during as open,
      p.id in (select place_id from occupancy where during @> $1::date) as occupied,
      p.id in (select place_id from closure where during @> $1::date and not admits) as closed,
      p.id in (select place_id from h where firm) as held, p.id in (select place_id from h) as kept, count(*) as places
    from place p group by 1, 2, 3, 4, 5, 6, 7),
  told as (select f.district_code, f.id, vacancy_confirmed_at as confirmed,
      (vacancy_confirmed_at at time zone 'Europe/Oslo')::date as confirmed_on, alike.*, open @> $1::date as is_open,
      coalesce(a.admitting, true) as admitting, coalesce(a.assumed, true) as assumed
    from alike join facility f on f.id = alike.facility_id left join a on a.facility_id = f.id)
  select district_code, form,
    sum(places) filter (where is_open) as places,
    sum(places) filter (where is_open and occupied and not closed) as occupied,
    sum(places) filter (where is_open and occupied and closed) as "occupiedClosed",
    sum(places) filter (where is_open and not occupied and closed) as closed,
    sum(places) filter (where is_open and not occupied and not closed and not admitting) as "notAdmitting",
    sum(places) filter (where is_open and not occupied and not closed and admitting and held) as held,
    sum(places) filter (where is_open and not occupied and not closed and admitting and kept and not held) as offered,
    sum(places) filter (where is_open and not occupied and not closed and admitting and not kept) as free,
    sum(places) filter (where is_open and admitting and not closed) as admitting,
    sum(places) filter (where occupied and not is_open) as "occupiedOutside",
    sum(places) filter (where lower(open) > $1::date) as "openingLater",
    sum(places) filter (where is_open and not upper_inf(open)) as "closingLater",
    sum(places) filter (where is_open and assumed) as "admissionAssumed",
    count(distinct facility_id) filter (where is_open) as facilities,
    count(distinct facility_id) filter (where is_open and confirmed_on >= $2::date - 7) as fresh,
    count(distinct facility_id) filter (where is_open and confirmed_on < $2::date - 7) as stale,
    min(confirmed) filter (where is_open) as oldest, null::int as queue
  from told group by 1, 2
  union all select district, form, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
    waiting from queue_on(array[$1::date])`
