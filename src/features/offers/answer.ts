import type { Acting, Actor } from '../../db/actor.ts'
import { settle } from '../../db/chains.ts'
import { placeInCity } from '../../db/city.ts'
import { carryOut, keepEvidence } from '../../db/consequences.ts'
import { mustAvoid, needById, requirementsOf } from '../../db/needs.ts'
import {
  endHold,
  existingOffer,
  firmHold,
  leftFor,
  lockedOffer,
  type OfferRow,
  otherOffers,
  stateOf,
  withdrawOffer,
} from '../../db/offers.ts'
import { addTasks, dropTasks } from '../../db/tasks.ts'
import { invalid } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { consequencesOf } from '../../domain/placement/consequences.ts'
import { criterionOf, isCriterion } from '../../domain/placement/criterion.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { otherOffersTask, prepareMoveInTask } from '../../domain/placement/tasks.ts'
import { afterMove, pairOnDay, standingOn, vacancyFailing } from '../../domain/placement/vacancy.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import type { DeclineBody } from './schema.ts'

/** Answered, withdrawn or moved in: nobody needs to be reminded of the deadline. */
const DEADLINE = ['offer_reply_due', 'offer_expired', 'chain_firm'] as const

/**
 * The person says yes: the place is firmly hers until she moves in. Of everybody who asks at once one wins, because each
 * locks the place first and meets what the one before did; the database's own constraint stands behind that.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `home_accepted`; `place_held`, `place_taken` and
 * `place_closed` with the place's state; `place_unfit` where somebody has come whom she must not live with
 */
export async function acceptOffer(acting: Acting, actor: Actor, id: string, version: number): Promise<OfferRow> {
  const { trx, now, today } = acting
  const offer = await lockedOffer(acting, id, version)
  const found = await placeInCity(acting, offer.placeId)
  if (found === undefined) throw new Error('an offer has no place')
  const on = offer.moveInOn < today ? today : offer.moveInOn
  const inChain = (offer.chainPosition ?? 0) > 0
  const place = inChain ? afterMove(found.place) : found.place
  const standing = standingOn(place, found.facility, { on, today, ownHold: offer.holdId !== null })
  const others = await otherOffers(trx, offer.needId, id)
  const failing: PreconditionId[] = [
    ...vacancyFailing(standing),
    ...(offer.needStatus === 'registered' ? [] : (['need_registered'] as const)),
    ...(others.some(({ acceptedAt }) => acceptedAt !== null) ? (['no_home_accepted'] as const) : []),
    // whoever came to the house since it was offered
    ...((await mustAvoid(acting, offer.householdId, found.facility.id)) ? (['lives_apart'] as const) : []),
  ]
  permit('offer.accept', {
    state: stateOf(offer, now),
    readiness: [],
    failing,
    overridden: [],
    place: { id: offer.placeId, needId: offer.needId, standing },
  })
  const holdId = await firmHold(trx, offer)
  await trx
    .updateTable('offer')
    .set({ holdId, acceptedAt: now, acceptedBy: actor.accountId })
    .where('id', '=', id)
    .execute()
  // whoever has answered does not rest any longer
  await trx
    .updateTable('need')
    .set({ parkedUntil: null, parkedReason: null })
    .where('id', '=', offer.needId)
    .where('parkedUntil', 'is not', null)
    .execute()
  if (offer.skip === 'forced') await keepEvidence(acting, affectedBy(offer), 'forced_skip', offer.skipReason)
  await dropTasks(trx, { offerId: id }, DEADLINE)
  await addTasks(trx, subjectOf(offer), [
    prepareMoveInTask(offer, offer.formGiven as HousingForm, offer.moveInOn),
    ...(others.length === 0 ? [] : [otherOffersTask(others.length, today)]),
  ])
  if (offer.chainId !== null) await settle(acting, offer.chainId)
  return existingOffer(trx, id)
}

/**
 * The person, or whoever gives the place, says no. The reason has its consequence; a criterion is tried against the data.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `lease_signed`, `invalid_value`, `withdrawal_blocked`
 */
export async function declineOffer(acting: Acting, id: string, version: number, body: DeclineBody): Promise<OfferRow> {
  const { trx, now, today } = acting
  const reason = chosenReason(body.party === 'resident' ? 'decline_resident' : 'decline_provider', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene for den som sier nei.')
  const byCriterion = reason.consequence.effect === 'reviews_criteria'
  if (byCriterion && (body.ruleId === null || !isCriterion(body.ruleId)))
    throw invalid('/ruleId', 'missing', 'Si hvilket inntakskriterium det gjelder.')
  const offer = await lockedOffer(acting, id, version)
  permit('offer.decline', {
    state: stateOf(offer, now),
    readiness: [],
    failing: [
      ...(offer.leaseSignedOn === null ? [] : (['lease_not_signed'] as const)),
      ...((await leftFor(trx, id)) ? (['nobody_left_for_it'] as const) : []),
    ],
    overridden: [],
  })
  const verdict = byCriterion && body.ruleId !== null ? await verdictFor(acting, offer, body.ruleId) : null
  await trx
    .updateTable('offer')
    .set((eb) => ({
      declinedAt: now,
      declinedByParty: body.party,
      declineReason: reason.id,
      declineRuleId: byCriterion ? body.ruleId : null,
      declineVerdict: verdict === null ? null : eb.cast(eb.val(JSON.stringify(verdict)), 'jsonb'),
      declineNote: body.note,
    }))
    .where('id', '=', id)
    .execute()
  await endHold(acting, offer.holdId, 'declined')
  await dropTasks(trx, { offerId: id }, [...DEADLINE, 'prepare_move_in', 'withdraw_other_offers'])
  await carryOut(acting, affectedBy(offer), consequencesOf(reason, offer, today), body.note)
  if (offer.chainId !== null) await settle(acting, offer.chainId)
  return existingOffer(trx, id)
}

/** What the data say today of a criterion that a no is given for. */
async function verdictFor(acting: Acting, offer: OfferRow, ruleId: string) {
  const need = await needById(acting.trx, offer.needId)
  const found = await placeInCity(acting, offer.placeId)
  const [requirements] = need === undefined ? [] : await requirementsOf(acting, [need])
  if (found === undefined || requirements === undefined) return null
  return criterionOf(pairOnDay(requirements, found.place, found.facility, offer.moveInOn, acting.today), ruleId)
}

/**
 * Takes an offer back with a reason; where the reason is lack of capacity it is kept as evidence.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `invalid_value`
 */
export async function withdrawOfferFor(
  acting: Acting,
  id: string,
  version: number,
  reasonId: string,
): Promise<OfferRow> {
  const { trx, now, today } = acting
  const reason = chosenReason('offer_withdrawal', reasonId)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const offer = await lockedOffer(acting, id, version)
  permit('offer.withdraw', {
    state: stateOf(offer, now),
    readiness: [],
    failing: (await leftFor(trx, id)) ? ['nobody_left_for_it'] : [],
    overridden: [],
  })
  await withdrawOffer(acting, offer, reason.id)
  await dropTasks(trx, { offerId: id }, [...DEADLINE, 'prepare_move_in', 'withdraw_other_offers'])
  const looksOn = reason.id !== 'other_offer_accepted'
  await carryOut(acting, affectedBy(offer), consequencesOf(reason, looksOn ? offer : undefined, today), null)
  if (offer.chainId !== null) await settle(acting, offer.chainId)
  return existingOffer(trx, id)
}

function affectedBy(offer: OfferRow) {
  return {
    needId: offer.needId,
    holdingDistrict: offer.holdingDistrict,
    formNeeded: offer.formNeeded as HousingForm,
    formGiven: offer.formGiven as HousingForm,
    offerId: offer.id,
  }
}

function subjectOf(offer: OfferRow) {
  return { holdingDistrict: offer.holdingDistrict, needId: offer.needId, offerId: offer.id }
}
