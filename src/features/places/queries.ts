import { type Kysely, sql } from 'kysely'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { PlaceCountQuery, PlaceQuery } from './schema.ts'

const takenOn = (on: Day) =>
  sql<boolean>`exists (select from occupancy o where o.place_id = place.id and o.during @> ${on}::date)`
const closedOn = (on: Day) =>
  sql<boolean>`exists (select from closure c where c.place_id = place.id and not c.admits and c.during @> ${on}::date)`

/** Places with their facility, and whether each is taken or closed on `on`. */
function placeRows(db: Kysely<DB>, on: Day) {
  return db
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select([
      'place.id',
      'place.version',
      'place.facilityId',
      'place.label',
      'place.form',
      'place.maxHousehold',
      'place.features',
      'place.selfReferral',
      'facility.name as facilityName',
      'facility.districtCode',
      'facility.admitting',
    ])
    .select([rangeFrom('place.openDuring').as('openFrom'), rangeTo('place.openDuring').as('openTo')])
    .select([takenOn(on).as('taken'), closedOn(on).as('closed')])
}

export function placeById(db: Kysely<DB>, id: string, today: Day) {
  return placeRows(db, today).where('place.id', '=', id).executeTakeFirst()
}

export type PlaceRow = NonNullable<Awaited<ReturnType<typeof placeById>>>

/** One page by id, after `cursor`. */
export function placePage(
  db: Kysely<DB>,
  today: Day,
  { vacantOn, form, district, facilityId, limit }: PlaceQuery,
  cursor: string | undefined,
) {
  return placeRows(db, vacantOn ?? today)
    .$if(vacantOn !== undefined, (query) =>
      query
        .where(sql<boolean>`place.open_during @> ${vacantOn}::date`)
        .where('facility.admitting', '=', true)
        .where(sql<boolean>`not ${takenOn(vacantOn ?? today)}`)
        .where(sql<boolean>`not ${closedOn(vacantOn ?? today)}`),
    )
    .$if(form !== undefined, (query) => query.where('place.form', '=', form ?? ''))
    .$if(district !== undefined, (query) => query.where('facility.districtCode', '=', district ?? ''))
    .$if(facilityId !== undefined, (query) => query.where('place.facilityId', '=', facilityId ?? ''))
    .$if(cursor !== undefined, (query) => query.where('place.id', '>', cursor ?? ''))
    .orderBy('place.id')
    .limit(limit + 1)
    .execute()
}

/**
 * Today's open places by form and by the first thing that keeps somebody from moving in, in the order in which one says
 * it: taken, closed, in a house that does not admit, and else free. The four add up to `open`.
 */
export function placeCounts(db: Kysely<DB>, today: Day, { district, facilityId }: PlaceCountQuery) {
  return db
    .with('openPlace', (cte) =>
      cte
        .selectFrom('place')
        .innerJoin('facility', 'facility.id', 'place.facilityId')
        .select(['place.form', 'facility.admitting'])
        .select([takenOn(today).as('taken'), closedOn(today).as('closed')])
        .where(sql<boolean>`place.open_during @> ${today}::date`)
        .$if(district !== undefined, (query) => query.where('facility.districtCode', '=', district ?? ''))
        .$if(facilityId !== undefined, (query) => query.where('place.facilityId', '=', facilityId ?? '')),
    )
    .selectFrom('openPlace')
    .innerJoin('housingForm', 'housingForm.id', 'openPlace.form')
    .select([
      'openPlace.form',
      sql<number>`count(*)`.as('open'),
      sql<number>`count(*) filter (where taken)`.as('taken'),
      sql<number>`count(*) filter (where not taken and closed)`.as('closed'),
      sql<number>`count(*) filter (where not taken and not closed and not admitting)`.as('notAdmitting'),
      sql<number>`count(*) filter (where not taken and not closed and admitting)`.as('free'),
    ])
    .groupBy(['openPlace.form', 'housingForm.position'])
    .orderBy('housingForm.position')
    .execute()
}

function closureRows(db: Kysely<DB>) {
  return db
    .selectFrom('closure')
    .select(['id', 'version', 'placeId', 'reason', 'admits', 'costOwner', 'note'])
    .select([rangeFrom('closure.during').as('from'), rangeTo('closure.during').as('to')])
}

export function closuresOf(db: Kysely<DB>, placeId: string) {
  return closureRows(db).where('placeId', '=', placeId).orderBy('during').execute()
}

export function closureById(db: Kysely<DB>, id: string) {
  return closureRows(db).where('id', '=', id).executeTakeFirst()
}

export type ClosureRow = NonNullable<Awaited<ReturnType<typeof closureById>>>

/** The life of a facility and the district it lies in: what a place of it must fit inside. */
export function facilityLife(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('facility')
    .select(['id', 'districtCode'])
    .select([rangeFrom('facility.openDuring').as('from'), rangeTo('facility.openDuring').as('to')])
    .where('id', '=', id)
    .executeTakeFirst()
}
