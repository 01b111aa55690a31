/**
 * The same figures as `/capacity?groupBy=district,form` of one day (`$1`) in one statement, as well as we can write it by hand:
 * what the program is measured against. With plain joins PostgreSQL looks every place up in the stays, which is four times as
 * slow; so they are named first. A series is this statement once for each month: one over all months took 47 s.
 */
export const DAY_SQL = `
  with o as materialized (select place_id from occupancy where during @> $1::date),
  c as materialized (select place_id from closure where during @> $1::date and not admits),
  a as materialized (select facility_id, admitting from facility_admission where during @> $1::date),
  h as materialized (select place_id, firm_since::date <= $1::date as firm from hold
    where oslo_days(created_at, ended_at) @> $1::date and (ended_at is null or ended_at::date > $1::date))
  select f.district_code, p.form, case
    when o.place_id is not null and c.place_id is not null then 'occupiedClosed' when o.place_id is not null then 'occupied'
    when c.place_id is not null then 'closed' when not a.admitting then 'notAdmitting'
    when h.firm then 'held' when h.place_id is not null then 'offered' else 'free' end as state, count(*) as places
  from place p
  join facility f on f.id = p.facility_id
  left join a on a.facility_id = f.id
  left join o on o.place_id = p.id
  left join c on c.place_id = p.id
  left join h on h.place_id = p.id
  where p.open_during @> $1::date group by 1, 2, 3
  union all select district, form, 'queue', waiting from queue_on(array[$1::date])`
