import { reachesFacility } from '../../access/reach.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { keepsPromise } from '../../db/promised.ts'
import { dateRange } from '../../db/range.ts'
import { type DayRange, overlaps } from '../../domain/day.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { type ClosureRow, closureById, closuresOf, facilityLife, type PlaceRow, placeById } from './queries.ts'
import type { ChangedClosure, ChangedPlace, NewClosure, NewPlace } from './schema.ts'

function checkInside(open: DayRange, life: DayRange): void {
  const startsBefore = open.from < life.from
  const endsAfter = life.to !== null && (open.to === null || open.to > life.to)
  if (!startsBefore && !endsAfter) return
  throw new DomainError(
    'place_outside_facility',
    'Plassen kan ikke være åpen før botilbudet åpner eller etter at det stenger.',
    [
      {
        pointer: startsBefore ? '/openDuring/from' : '/openDuring/to',
        code: 'outside_facility',
        detail: `Botilbudet er åpent fra ${life.from}${life.to === null ? '' : ` til ${life.to}`}.`,
      },
    ],
  )
}

/** @throws {DomainError} `not_found` */
export async function existingPlace({ trx, today }: Acting, id: string): Promise<PlaceRow> {
  const row = await placeById(trx, id, today)
  if (row === undefined) throw notFound()
  return row
}

/** @throws {DomainError} `invalid_value` (unknown facility), `not_allowed`, `place_outside_facility`, `duplicate_label` */
export async function addPlace(acting: Acting, actor: Actor, { openDuring, ...body }: NewPlace): Promise<PlaceRow> {
  const life = await facilityLife(acting.trx, body.facilityId)
  if (life === undefined) throw invalid('/facilityId', 'unknown_facility', 'Botilbudet finnes ikke.')
  if (!reachesFacility(actor, 'maintain_places', { facilityId: life.id, districtCode: life.districtCode })) {
    throw new DomainError('not_allowed', 'Du kan bare endre plasser i egen bydel eller på eget botilbud.')
  }
  checkInside(openDuring, life)
  const { id } = await acting.trx
    .insertInto('place')
    .values({ ...body, openDuring: dateRange(openDuring) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existingPlace(acting, id)
}

/**
 * @throws {DomainError} `not_found`, `not_allowed`, `place_outside_facility`, `stale_version`, `duplicate_label`; the database
 * refuses, as `place_held`, to end a place before somebody who has said yes to it moves in
 */
export async function changePlace(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { openDuring, ...body }: ChangedPlace,
): Promise<PlaceRow> {
  const row = await existingPlace(acting, id)
  if (!reachesFacility(actor, 'maintain_places', row)) {
    throw new DomainError('not_allowed', 'Du kan bare endre plasser i egen bydel eller på eget botilbud.')
  }
  const life = await facilityLife(acting.trx, row.facilityId)
  if (openDuring !== undefined && life !== undefined) checkInside(openDuring, life)
  const result = await acting.trx
    .updateTable('place')
    .set({ label: row.label, ...body, ...(openDuring === undefined ? {} : { openDuring: dateRange(openDuring) }) })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  return existingPlace(acting, id)
}

/**
 * @throws {DomainError} `not_found`, `not_allowed`, `overlapping_closure`, and `place_held` on the day somebody who has said yes to
 * the place moves in
 */
export async function closePlace(
  acting: Acting,
  actor: Actor,
  placeId: string,
  { during, ...body }: NewClosure,
): Promise<ClosureRow> {
  const place = await existingPlace(acting, placeId)
  if (!reachesFacility(actor, 'close_places', place)) {
    throw new DomainError('not_allowed', 'Du kan bare sperre plasser i egen bydel eller på eget botilbud.')
  }
  await refuseOverlap(acting, placeId, during)
  if (!body.admits) await keepsPromise(acting.trx, placeId, during)
  const { id } = await acting.trx
    .insertInto('closure')
    .values({ ...body, placeId, during: dateRange(during) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existingClosure(acting, id)
}

/** Names the closure that is there already; the constraint behind it names none. */
async function refuseOverlap({ trx }: Acting, placeId: string, during: DayRange, except?: string): Promise<void> {
  const other = (await closuresOf(trx, placeId)).find((row) => row.id !== except && overlaps(row, during))
  if (other === undefined) return
  throw new DomainError(
    'overlapping_closure',
    'Plassen er allerede sperret en del av denne perioden.',
    [{ pointer: '/during', code: 'overlapping', detail: 'Velg en periode som ikke går inn i en annen.' }],
    { kind: 'closure', id: other.id },
  )
}

async function existingClosure({ trx }: Acting, id: string): Promise<ClosureRow> {
  const row = await closureById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/** Changes a closure; reopening is a closure that ends earlier. @throws {DomainError} as `closePlace`, and `stale_version` */
export async function changeClosure(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { during, ...body }: ChangedClosure,
): Promise<ClosureRow> {
  const row = await existingClosure(acting, id)
  const place = await existingPlace(acting, row.placeId)
  if (!reachesFacility(actor, 'close_places', place)) {
    throw new DomainError('not_allowed', 'Du kan bare sperre plasser i egen bydel eller på eget botilbud.')
  }
  if (during !== undefined) await refuseOverlap(acting, row.placeId, during, id)
  if (during !== undefined && !(body.admits ?? row.admits)) await keepsPromise(acting.trx, row.placeId, during)
  const result = await acting.trx
    .updateTable('closure')
    .set({ reason: row.reason, ...body, ...(during === undefined ? {} : { during: dateRange(during) }) })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  return existingClosure(acting, id)
}
