import type { Acting, Actor } from '../../db/actor.ts'
import { endOfDay } from '../../db/day.ts'
import { existingHold, type HoldRow, lockedHold, releaseHold, reservedFor, stateOfHold } from '../../db/holds.ts'
import { needById } from '../../db/needs.ts'
import { proposedPlace } from '../../db/proposedPlace.ts'
import { dateRange } from '../../db/range.ts'
import { rightsOfReturn } from '../../db/rightsOfReturn.ts'
import { notFound } from '../../domain/error.ts'
import { formById } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import { checkKeepUntil, defaultKeepUntil } from '../../domain/placement/hold.ts'
import { isReturn } from '../../domain/placement/rightOfReturn.ts'
import type { NewHoldBody } from './schema.ts'

/**
 * Keeps a place for a need of the officer's own district while its offer is prepared. Nothing is offered by it.
 * @throws {DomainError} `not_found`, `invalid_value`, and what the row `hold.reserve` of the table refuses
 */
export async function reservePlace(acting: Acting, actor: Actor, body: NewHoldBody): Promise<HoldRow> {
  const { trx, today, now } = acting
  const need = await needById(trx, body.needId)
  if (need === undefined) throw notFound()
  const proposed = await proposedPlace(acting, need, body.placeId, body.moveInOn, [])
  const keepUntil = body.keepUntil ?? defaultKeepUntil(today)
  checkKeepUntil(keepUntil, today)
  const { place } = proposed.pair
  const returns = isReturn(await rightsOfReturn(trx, need.householdId), place)
  const { here, elsewhere } = await reservedFor(trx, need.id, body.placeId)
  const reserved = here ?? elsewhere
  permit('hold.reserve', {
    state: 'none',
    readiness: proposed.readiness,
    failing: [
      ...proposed.failing,
      ...(reserved === undefined ? [] : (['nothing_reserved'] as const)),
      ...(formById(place.form).givenBy === 'vel' && !returns ? (['vel_place_referred'] as const) : []),
    ],
    overridden: [],
    unfit: proposed.unfit,
    place: { id: body.placeId, needId: need.id, standing: proposed.standing },
    blocking: reserved === undefined ? undefined : { kind: 'hold', id: reserved },
  })
  const { id } = await trx
    .insertInto('hold')
    .values({
      placeId: body.placeId,
      holdingDistrict: need.holdingDistrict,
      during: dateRange({ from: body.moveInOn, to: null }),
      expiresAt: await endOfDay(trx, keepUntil),
      reserved: true,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('needHold')
    .values({
      id,
      needId: need.id,
      holdingDistrict: need.holdingDistrict,
      reservedBy: actor.accountId,
      createdAt: now,
    })
    .execute()
  return existingHold(trx, id)
}

/**
 * Gives a reserved place back at once.
 * @throws {DomainError} `not_found`, `stale_version`, `hold_not_open`
 */
export async function release(acting: Acting, id: string, version: number): Promise<HoldRow> {
  const row = await lockedHold(acting, id, version)
  permit('hold.release', { state: stateOfHold(row, acting.now), readiness: [], failing: [], overridden: [] })
  await releaseHold(acting, id)
  return existingHold(acting.trx, id)
}
