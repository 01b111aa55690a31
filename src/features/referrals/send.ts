import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { openStep } from '../../db/chains.ts'
import { runIsSeen } from '../../db/matchingRun.ts'
import { needById, readinessFactsOf } from '../../db/needs.ts'
import { lockNeed, otherOffers } from '../../db/offers.ts'
import { referralFactsOf } from '../../db/referral.ts'
import { existingReferral, lockedReferral, type ReferralRow, stateOfReferral } from '../../db/referrals.ts'
import { addTasks, dropNeedTasks, dropTasks } from '../../db/tasks.ts'
import type { Json } from '../../db/types.generated.ts'
import { addDays } from '../../domain/day.ts'
import { DomainError, invalid, notFound } from '../../domain/error.ts'
import { formById } from '../../domain/ladder.ts'
import { referralContent } from '../../domain/papers/referral.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { placeGivenSentence } from '../../domain/placement/referral.ts'
import { answerDueTask } from '../../domain/placement/referralTasks.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import { facilityNamed, formOfPlace, offerOfReferral, openReferralOf } from './queries.ts'
import type { NewReferralBody } from './schema.ts'

const { referralAnswerDays } = PLACEMENT_POLICY.parameters

/**
 * Refers a need of the officer's own district to Felles inntak. What it says is composed from what is registered and frozen, so
 * that intake answers what it was asked. A place that a run proposes goes with it, and the step of a chain that it is for.
 * @throws {DomainError} `not_found`, `invalid_value`, `step_stopped`, `need_not_open`, `home_accepted`, `not_given_by_intake`,
 * `referral_exists`, `chain_step_closed`
 */
export async function sendReferral(acting: Acting, actor: Actor, body: NewReferralBody): Promise<ReferralRow> {
  const { trx, now, today } = acting
  const { needId, form, wishedFacilityId, placeId, runId, chain } = body
  if (placeId === null && chain !== undefined)
    throw invalid('/placeId', 'missing', 'Si hvilken plass leddet i kjeden gjelder.')
  const step = placeId === null || chain === undefined ? undefined : await openStep(acting, { needId, placeId }, chain)
  const status = await lockNeed(trx, needId)
  const need = await needById(trx, needId)
  if (need === undefined || status === null) throw notFound()
  if (!need.forms.includes(form))
    throw invalid('/form', 'not_needed', 'Behovet sier ikke denne boligformen. Endre behovet først.')
  if (wishedFacilityId !== null && (await facilityNamed(trx, wishedFacilityId)) === undefined)
    throw invalid('/wishedFacilityId', 'unknown_facility', 'Botilbudet finnes ikke.')
  if (placeId !== null && (await formOfPlace(trx, placeId)) !== form)
    throw invalid('/placeId', 'other_form', 'Plassen finnes ikke i boligformen det henvises til.')
  if (runId !== null && !(await runIsSeen(trx, runId)))
    throw invalid('/runId', 'unknown_run', 'Fordelingen finnes ikke.')
  const accepted = (await otherOffers(trx, needId)).some(({ acceptedAt }) => acceptedAt !== null)
  const failing: PreconditionId[] = [
    ...(status === 'registered' ? [] : (['need_registered'] as const)),
    ...(accepted ? (['no_home_accepted'] as const) : []),
    ...(formById(form).givenBy === 'vel' ? [] : (['given_by_vel'] as const)),
    ...((await openReferralOf(trx, needId, form)) === undefined ? [] : (['no_open_referral'] as const)),
  ]
  permit('referral.send', {
    state: 'none',
    readiness: readinessOf({ ...readinessFactsOf(need), forms: [form] }, today),
    failing,
    overridden: [],
  })
  const content = referralContent(await referralFactsOf(acting, need, form, wishedFacilityId), today)
  const answerDueOn = addDays(today, referralAnswerDays)
  const { id } = await trx
    .insertInto('referral')
    .values({
      needId,
      holdingDistrict: need.holdingDistrict,
      form,
      wishedFacilityId,
      proposedPlaceId: placeId,
      plannedOn: step?.plannedOn ?? null,
      runId,
      chainId: chain?.id ?? null,
      chainPosition: chain?.position ?? null,
      content: sql<Json>`${JSON.stringify(content)}::jsonb`,
      sentAt: now,
      sentBy: actor.accountId,
      answerDueOn,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addTasks(trx, { holdingDistrict: need.holdingDistrict, needId, referralId: id }, [
    answerDueTask(form, answerDueOn),
  ])
  if (chain !== undefined) await dropNeedTasks(trx, needId, ['chain_offer_due'])
  return existingReferral(trx, id)
}

/**
 * Takes an open referral back: Felles inntak no longer sees the need. One that got a place is over: the offer it led to is what
 * is taken back then, and is named.
 * @throws {DomainError} `not_found`, `stale_version`, `referral_not_open`, `withdrawal_blocked`
 */
export async function withdrawReferral(
  acting: Acting,
  id: string,
  version: number,
  reason: string,
): Promise<ReferralRow> {
  const { trx, now, today } = acting
  const row = await lockedReferral(trx, id, version)
  const offer = row.answer === 'place_given' ? await offerOfReferral(trx, id) : undefined
  if (offer !== undefined)
    throw new DomainError('withdrawal_blocked', placeGivenSentence(offer), [], { kind: 'offer', id: offer.id })
  permit('referral.withdraw', { state: stateOfReferral(row, today), readiness: [], failing: [], overridden: [] })
  await trx.updateTable('referral').set({ withdrawnAt: now, withdrawnReason: reason }).where('id', '=', id).execute()
  await dropTasks(trx, { referralId: id }, ['referral_answer_due', 'referral_answered'])
  return existingReferral(trx, id)
}
