import { type Kysely, sql } from 'kysely'
import { notFound, stale } from '../domain/error.ts'
import { type HoldState, holdState } from '../domain/placement/hold.ts'
import type { Acting } from './actor.ts'
import { lockPlace } from './offers.ts'
import { rangeFrom } from './range.ts'
import type { DB } from './types.generated.ts'

/** Places reserved for needs that the reader may see, with the offer that has taken each over. */
export function holdRows(db: Kysely<DB>) {
  return db
    .selectFrom('needHold')
    .innerJoin('hold', 'hold.id', 'needHold.id')
    .innerJoin('place', 'place.id', 'hold.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .innerJoin('account', 'account.id', 'needHold.reservedBy')
    .leftJoin('offer', 'offer.holdId', 'hold.id')
    .select(['needHold.id', 'needHold.needId', 'needHold.holdingDistrict', 'needHold.createdAt'])
    .select(['hold.version', 'hold.placeId', 'hold.expiresAt', 'hold.endedAt', 'hold.endedReason'])
    .select(['place.label', 'place.form', 'place.facilityId', 'facility.name as facilityName', 'facility.districtCode'])
    .select(['account.name as reservedByName', 'offer.id as offerId'])
    .select(rangeFrom('hold.during').as('moveInOn'))
}

export type HoldRow = Awaited<ReturnType<ReturnType<typeof holdRows>['execute']>>[number]

/** The state of a row at `now`. */
export function stateOfHold({ offerId, endedReason, expiresAt }: HoldRow, now: string): HoldState {
  return holdState({ offered: offerId !== null, endedReason, expiresAt }, now)
}

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existingHold(db: Kysely<DB>, id: string): Promise<HoldRow> {
  const row = await holdRows(db).where('needHold.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/**
 * As it stands once its place is locked; what has run out there is ended on the way.
 * @throws {DomainError} `not_found`, and `stale_version` when it is not the one that was seen
 */
export async function lockedHold({ trx }: Acting, id: string, version: number): Promise<HoldRow> {
  const seen = await existingHold(trx, id)
  await lockPlace(trx, seen.placeId)
  const row = await existingHold(trx, id)
  // one that ran out just now is told that it has, not that somebody changed it
  const ranOut = seen.version === version && row.endedReason === 'expired'
  if (row.version !== version && !ranOut) throw stale()
  return row
}

/** Reservations of the need that run now: of this place, and of any other. The place must be locked. */
export async function reservedFor(
  db: Kysely<DB>,
  needId: string,
  placeId: string,
): Promise<{ here: string | undefined; elsewhere: string | undefined }> {
  const rows = await db
    .selectFrom('needHold')
    .innerJoin('hold', 'hold.id', 'needHold.id')
    .select(['hold.id', 'hold.placeId'])
    .where('needHold.needId', '=', needId)
    .where('hold.reserved', '=', true)
    .where('hold.endedAt', 'is', null)
    .where(sql<boolean>`hold.expires_at > app_now()`)
    .orderBy('hold.id')
    .execute()
  return {
    here: rows.find((row) => row.placeId === placeId)?.id,
    elsewhere: rows.find((row) => row.placeId !== placeId)?.id,
  }
}

/** Gives a reserved place back. The place must be locked. */
export async function releaseHold({ trx, now }: Acting, id: string): Promise<void> {
  await trx
    .updateTable('hold')
    .set({ endedAt: now, endedReason: 'released' })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute()
}
