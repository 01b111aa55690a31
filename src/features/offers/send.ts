import type { Acting, Actor } from '../../db/actor.ts'
import { needById } from '../../db/needs.ts'
import { endOfDay, existingOffer, insertOffer, lockedOffer, type OfferRow, stateOf } from '../../db/offers.ts'
import { formNeededOf, proposedPlace } from '../../db/proposedPlace.ts'
import { dropTasks } from '../../db/tasks.ts'
import { type Day, lastDayBefore } from '../../domain/day.ts'
import { invalid, notFound } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import { checkAnswerBy, defaultAnswerBy } from '../../domain/placement/replyBy.ts'
import { skipExplained } from '../../domain/placement/skip.ts'
import { mayBeOverridden } from '../../domain/placement/vacancy.ts'
import { runIsSeen } from './queries.ts'
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
  const proposed = await proposedPlace(acting, need, body.placeId, body.moveInOn, overridden)
  const { form } = proposed.pair.place
  const explained = skipExplained({
    forms: need.forms as HousingForm[],
    given: form,
    skip: body.skip,
    reason: body.skipReason,
  })
  const answerBy = body.answerBy ?? defaultAnswerBy(today, body.moveInOn)
  checkAnswerBy(answerBy, body.moveInOn, today)
  permit('offer.send', {
    state: 'none',
    readiness: proposed.readiness,
    failing: [...proposed.failing, ...(explained ? [] : (['skip_explained'] as const))],
    overridden,
    unfit: proposed.unfit,
    place: { id: body.placeId, needId: need.id, standing: proposed.standing },
  })
  const id = await insertOffer(acting, actor, {
    need,
    placeId: body.placeId,
    moveInOn: body.moveInOn,
    replyBy: await endOfDay(trx, answerBy),
    reserve: body.reserve,
    referralId: null,
    runId: body.runId,
    frozen: proposed.frozen,
    formNeeded: formNeededOf(need),
    formGiven: form,
    skip: body.skip,
    skipReason: body.skip === 'none' ? null : body.skipReason,
    overrides: body.overrides,
  })
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
