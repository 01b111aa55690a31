import type { Kysely } from 'kysely'
import { placesOn } from '../../db/capacity/day.ts'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import { admitsOn, closedOn, freeOn, keptOn, takenOn } from '../../db/vacancy.ts'
import { count, emptyTally, placesIn, type Tally } from '../../domain/capacity.ts'
import type { Day } from '../../domain/day.ts'
import { FORMS, type HousingForm } from '../../domain/ladder.ts'
import type { PlaceCountQuery, PlaceQuery } from './schema.ts'

/** Places with their facility and its last confirmation, and whether each is taken, closed or kept for somebody on `on`. */
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
      'facility.vacancyConfirmedAt',
    ])
    .select([rangeFrom('place.openDuring').as('openFrom'), rangeTo('place.openDuring').as('openTo')])
    .select([
      takenOn('place.id', on).as('taken'),
      closedOn('place.id', on).as('closed'),
      admitsOn('facility.id', on).as('admitting'),
      keptOn('place.id', on).as('held'),
    ])
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
    .$if(vacantOn !== undefined, (query) => query.where(freeOn('place', 'facility', vacantOn ?? today)))
    .$if(form !== undefined, (query) => query.where('place.form', '=', form ?? ''))
    .$if(district !== undefined, (query) => query.where('facility.districtCode', '=', district ?? ''))
    .$if(facilityId !== undefined, (query) => query.where('place.facilityId', '=', facilityId ?? ''))
    .$if(cursor !== undefined, (query) => query.where('place.id', '>', cursor ?? ''))
    .orderBy('place.id')
    .limit(limit + 1)
    .execute()
}

/** Today's open places by form, lowest step first, counted by the state that each is in. */
export async function placeCounts(db: Kysely<DB>, today: Day, { district, facilityId }: PlaceCountQuery) {
  const forms = new Map<HousingForm, Tally>()
  for (const { form, facts, amount } of await placesOn(db, today, { district, facilityId })) {
    const tally = forms.get(form) ?? emptyTally()
    count(tally, facts, amount)
    forms.set(form, tally)
  }
  return FORMS.flatMap(({ id: form }) => {
    const tally = forms.get(form)
    if (tally === undefined || placesIn(tally) === 0) return []
    const { occupied, occupiedClosed, closed, notAdmitting, held, offered, free } = tally
    const open = placesIn(tally)
    return [{ form, open, taken: occupied + occupiedClosed, closed, notAdmitting, held: held + offered, free }]
  })
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
