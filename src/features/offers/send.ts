import type { Acting, Actor } from '../../db/actor.ts'
import { openStep, settle } from '../../db/chains.ts'
import { endOfDay } from '../../db/day.ts'
import { runIsSeen } from '../../db/matchingRun.ts'
import { needById } from '../../db/needs.ts'
import { existingOffer, insertOffer, lockedOffer, type OfferRow, stateOf } from '../../db/offers.ts'
import { proposedPlace, skipOf } from '../../db/proposedPlace.ts'
import { rightsOfReturn } from '../../db/rightsOfReturn.ts'
import { dropNeedTasks, dropTasks } from '../../db/tasks.ts'
import { type Day, lastDayBefore } from '../../domain/day.ts'
import { invalid, notFound } from '../../domain/error.ts'
import { formById } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import { checkAnswerBy, defaultAnswerBy, longestAnswerBy } from '../../domain/placement/replyBy.ts'
import { isReturn } from '../../domain/placement/rightOfReturn.ts'
import { mayBeOverridden } from '../../domain/placement/vacancy.ts'
import type { NewOfferBody } from './schema.ts'

/**
 * Sends an offer of a place to a need of the officer's own district; reserved, it holds the place from the move-in on.
 * @throws {DomainError} `not_found`, `invalid_value`, `step_stopped`, and what the row `offer.send` of the table refuses
 */
export async function sendOffer(acting: Acting, actor: Actor, body: NewOfferBody): Promise<OfferRow> {
  const { trx, today } = acting
  const need = await needById(trx, body.needId)
  if (need === undefined) throw notFound()
  for (const [at, { id }] of body.overrides.entries()) {
    if (!mayBeOverridden(id))
      throw invalid(`/overrides/${at}/id`, 'not_overridable', 'Dette kan ingen gå forbi, heller ikke med en grunn.')
  }
  if (body.runId !== null && !(await runIsSeen(trx, body.runId)))
    throw invalid('/runId', 'unknown_run', 'Fordelingen finnes ikke.')
  const overridden = body.overrides.map(({ id }) => id)
  const step = body.chain === undefined ? undefined : await openStep(acting, body, body.chain)
  const vacated = step !== undefined && step.position > 0
  const proposed = await proposedPlace(acting, need, body.placeId, body.moveInOn, overridden, vacated)
  const { place } = proposed.pair
  const returns = isReturn(await rightsOfReturn(trx, need.householdId), place)
  const skip = await skipOf(acting, need, proposed, body.moveInOn, body, { returns, asked: null })
  const answerBy =
    body.answerBy ?? (vacated ? longestAnswerBy(today, body.moveInOn) : defaultAnswerBy(today, body.moveInOn))
  checkAnswerBy(answerBy, body.moveInOn, today)
  permit('offer.send', {
    state: 'none',
    readiness: proposed.readiness,
    failing: [
      ...proposed.failing,
      ...(formById(place.form).givenBy === 'vel' && !returns ? (['vel_place_referred'] as const) : []),
      ...(skip === undefined ? (['skip_explained'] as const) : []),
    ],
    overridden,
    unfit: proposed.unfit,
    place: { id: body.placeId, needId: need.id, standing: proposed.standing },
  })
  if (skip === undefined) throw new Error('an unexplained skip was permitted')
  const id = await insertOffer(acting, actor, {
    need,
    placeId: body.placeId,
    moveInOn: body.moveInOn,
    replyBy: await endOfDay(trx, answerBy),
    reserve: body.reserve || step !== undefined,
    referralId: null,
    runId: body.runId,
    reservation: proposed.reservation,
    frozen: proposed.frozen,
    ...skip,
    formGiven: place.form,
    overrides: body.overrides,
    chain: body.chain ?? null,
    conditional: vacated,
  })
  if (body.chain !== undefined) {
    await dropNeedTasks(trx, need.id, ['chain_offer_due'])
    // the one before may have said yes already
    await settle(acting, body.chain.id)
  }
  return existingOffer(trx, id)
}

/**
 * Makes the deadline later; the one before stays on record, and a new reminder comes before the new one.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `invalid_value` when it is not later
 */
export async function extendReply(acting: Acting, id: string, version: number, answerBy: Day): Promise<OfferRow> {
  const { trx, today, now } = acting
  const row = await lockedOffer(acting, id, version)
  permit('offer.extend', { state: stateOf(row, now), readiness: [], failing: [], overridden: [] })
  const before = lastDayBefore(row.replyBy)
  if (answerBy <= before) throw invalid('/answerBy', 'not_later', 'Den nye fristen må være senere enn den gamle.')
  checkAnswerBy(answerBy, row.moveInOn, today)
  const replyBy = await endOfDay(trx, answerBy)
  await trx
    .updateTable('offer')
    .set((eb) => ({
      replyBy,
      remindedAt: null,
      replyExtensions: eb.cast(eb.val(JSON.stringify([...extensionsOf(row), { answerBy: before, at: now }])), 'jsonb'),
    }))
    .where('id', '=', id)
    .execute()
  if (row.holdId !== null)
    await trx.updateTable('hold').set({ expiresAt: replyBy }).where('id', '=', row.holdId).execute()
  await dropTasks(trx, { offerId: id }, ['offer_reply_due'])
  return existingOffer(trx, id)
}

/** Earlier deadlines of an offer, the first one first. */
export function extensionsOf(row: Pick<OfferRow, 'replyExtensions'>): { answerBy: Day; at: string }[] {
  if (!Array.isArray(row.replyExtensions)) throw new Error('the deadlines of an offer are a list')
  return row.replyExtensions as unknown as { answerBy: Day; at: string }[]
}
