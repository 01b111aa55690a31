import { type Kysely, type RawBuilder, sql } from 'kysely'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day, DayRange } from '../../domain/day.ts'
import type { OccupancyFilter } from './schema.ts'

export type Window = DayRange & { readonly to: Day }
type Span = [from: Day, to: Day | null]

const takenIn = (window: RawBuilder<string>) =>
  sql`select o.during from occupancy o where o.place_id = place.id and o.during && ${window}`
/** A hold that has run out holds nothing, whether or not anybody has met it yet. */
const heldIn = (window: RawBuilder<string>) => sql`select h.during from hold h
  where h.place_id = place.id and h.ended_at is null and (h.expires_at is null or h.expires_at > app_now()) and h.during && ${window}`
const closedIn = (window: RawBuilder<string>) =>
  sql`select c.during from closure c where c.place_id = place.id and not c.admits and c.during && ${window}`

/** Places that the filters leave, open some day of the window. */
function filtered(db: Kysely<DB>, days: Window, { form, district, facilityId, only }: OccupancyFilter) {
  const window = dateRange(days)
  return db
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .where(sql<boolean>`place.open_during && ${window}`)
    .$if(form !== undefined, (query) => query.where('place.form', '=', form ?? ''))
    .$if(district !== undefined, (query) => query.where('facility.districtCode', '=', district ?? ''))
    .$if(facilityId !== undefined, (query) => query.where('place.facilityId', '=', facilityId ?? ''))
    .$if(only === 'gaps', (query) =>
      query.where(
        sql<boolean>`not coalesce((select range_agg(during) from (${takenIn(window)} union all ${heldIn(window)}
          union all ${closedIn(window)}) as used), '{}') @> (place.open_during * ${window})`,
      ),
    )
    .$if(only === 'held', (query) => query.where(sql<boolean>`exists (${heldIn(window)})`))
    .$if(only === 'closed', (query) => query.where(sql<boolean>`exists (${closedIn(window)})`))
    .$if(only === 'changing', (query) => query.where(sql<boolean>`not place.open_during @> ${window}`))
}

/**
 * One page of places by facility and label, after `cursor`, each with its ranges that touch the window. One statement: what
 * the page costs is what this costs.
 */
export function occupancyPage(
  db: Kysely<DB>,
  days: Window,
  filter: OccupancyFilter,
  limit: number,
  cursor: readonly string[] | undefined,
) {
  const window = dateRange(days)
  const [name = '', facilityId = '', label = '', placeId = ''] = cursor ?? []
  return filtered(db, days, filter)
    .select(['place.id as placeId', 'place.label', 'place.form', 'place.facilityId'])
    .select([
      'facility.name as facilityName',
      'facility.districtCode',
      'facility.admitting',
      'facility.vacancyConfirmedAt',
    ])
    .select([rangeFrom('place.openDuring').as('openFrom'), rangeTo('place.openDuring').as('openTo')])
    .select([
      sql<Span[]>`(select coalesce(json_agg(json_build_array(lower(during), upper(during))), '[]')
        from (${takenIn(window)}) as taken)`.as('occupied'),
      sql<
        [...Span, expiresAt: string | null, reserved: boolean][]
      >`(select coalesce(json_agg(json_build_array(lower(h.during), upper(h.during),
        h.expires_at, h.reserved)), '[]') from hold h where h.place_id = place.id and h.ended_at is null
        and (h.expires_at is null or h.expires_at > app_now()) and h.during && ${window})`.as('holds'),
      sql<[...Span, id: string, reason: string, admits: boolean][]>`(select coalesce(json_agg(json_build_array(
        lower(c.during), upper(c.during), c.id, c.reason, c.admits)), '[]')
        from closure c where c.place_id = place.id and c.during && ${window})`.as('closures'),
    ])
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(facility.name, facility.id, place.label, place.id) > (${name}, ${facilityId}::uuid, ${label}, ${placeId}::uuid)`,
      ),
    )
    .orderBy('facility.name')
    .orderBy('facility.id')
    .orderBy('place.label')
    .orderBy('place.id')
    .limit(limit + 1)
}

/** The stays behind the occupancies of some places, as far as row security lets them be seen. */
export async function staysIn(db: Kysely<DB>, placeIds: readonly string[], days: Window) {
  if (placeIds.length === 0) return []
  const { rows } = await sql<{ id: string; placeId: string; from: Day; expectedUntil: Day | null }>`
    with taken as materialized (select id, place_id, lower(during) as since from occupancy
      where place_id = any(${[...placeIds]}::uuid[]) and during && ${dateRange(days)})
    select stay.id, taken.place_id, taken.since as from, stay.expected_until
    from taken join stay on stay.occupancy_id = taken.id`.execute(db)
  return rows
}

interface Days {
  places: number
  placesWithGaps: number
  openDays: number
  occupiedDays: number
  heldDays: number
  closedDays: number
  vacantDays: number
}

/** How many places and place-days there are of each kind. Sets of days are counted once, by the order of precedence. */
export async function countDays(db: Kysely<DB>, days: Window, filter: OccupancyFilter): Promise<Days> {
  const window = dateRange(days)
  const length = (of: string) => sql`coalesce((select sum(upper(d) - lower(d)) from unnest(${sql.ref(of)}) as d), 0)`
  const chosen = filtered(db, days, filter).select(['place.id', sql`place.open_during * ${window}`.as('open')])
  const { rows } = await sql<Days>`
    with chosen as materialized (${chosen}),
    taken as (select place_id, range_agg(during * ${window}) as days from occupancy where during && ${window} group by place_id),
    held as (select place_id, range_agg(during * ${window}) as days from hold where ended_at is null
      and (expires_at is null or expires_at > app_now()) and during && ${window} group by place_id),
    closed as (select place_id, range_agg(during * ${window}) as days from closure
      where not admits and during && ${window} group by place_id),
    sets as (select datemultirange(chosen.open) as open, coalesce(taken.days, '{}') * datemultirange(chosen.open) as taken,
        coalesce(held.days, '{}') as held, coalesce(closed.days, '{}') as closed
      from chosen left join taken on taken.place_id = chosen.id left join held on held.place_id = chosen.id
        left join closed on closed.place_id = chosen.id),
    apart as (select open, taken, (open - taken) * held as held, (open - taken - held) * closed as closed,
      open - taken - held - closed as vacant from sets)
    select count(*)::int as places, (count(*) filter (where not isempty(vacant)))::int as places_with_gaps,
      coalesce(sum(${length('open')}), 0)::int as open_days, coalesce(sum(${length('taken')}), 0)::int as occupied_days,
      coalesce(sum(${length('held')}), 0)::int as held_days, coalesce(sum(${length('closed')}), 0)::int as closed_days,
      coalesce(sum(${length('vacant')}), 0)::int as vacant_days
    from apart`.execute(db)
  const [counted] = rows
  if (counted === undefined) throw new Error('an aggregate without a row')
  return counted
}
