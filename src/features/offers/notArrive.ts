import type { Acting, Actor } from '../../db/actor.ts'
import { settle } from '../../db/chains.ts'
import { endHold, existingOffer, leftFor, lockedOffer, type OfferRow, stateOf } from '../../db/offers.ts'
import { addTasks, dropTasks } from '../../db/tasks.ts'
import { invalid } from '../../domain/error.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { notArrivedTask } from '../../domain/placement/tasks.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import type { NotArrivedBody } from './schema.ts'

/**
 * Records that the household never came, by the bydel or the house that waited for it: the place is free, the need is in the
 * queue where it was, since it was registered all the time, and the bydel is asked to find out. Who gave up her home for this
 * one keeps it, unless she is dead: else she would have neither.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `move_in_not_over`, `withdrawal_blocked`, `invalid_value`
 */
export async function notArrive(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  body: NotArrivedBody,
): Promise<OfferRow> {
  const { trx, now, today } = acting
  const reason = chosenReason('not_arrived', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const offer = await lockedOffer(acting, id, version)
  const failing: PreconditionId[] = [
    ...(offer.moveInOn < today ? [] : (['move_in_day_passed'] as const)),
    ...(reason.id !== 'deceased' && (await leftFor(trx, id)) ? (['nobody_left_for_it'] as const) : []),
  ]
  permit('offer.not_arrive', { state: stateOf(offer, now), readiness: [], failing, overridden: [] })
  await trx
    .updateTable('offer')
    .set({
      withdrawnAt: now,
      withdrawnReason: 'not_arrived',
      notArrivedReason: reason.id,
      notArrivedNote: body.note,
      notArrivedBy: actor.accountId,
    })
    .where('id', '=', id)
    .execute()
  await endHold(acting, offer.holdId, 'withdrawn')
  await dropTasks(trx, { offerId: id }, ['prepare_move_in', 'withdraw_other_offers'])
  await addTasks(trx, { holdingDistrict: offer.holdingDistrict, needId: offer.needId, offerId: id }, [
    notArrivedTask(offer, offer.moveInOn, reason, offer.leaseSignedOn !== null, today),
  ])
  // the moves that waited for hers fall, and the rest is proposed again
  if (offer.chainId !== null) await settle(acting, offer.chainId)
  return existingOffer(trx, id)
}
