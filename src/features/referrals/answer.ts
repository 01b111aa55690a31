import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { chainFacts, lockChain, settle } from '../../db/chains.ts'
import { placeInCity, type ReadCity } from '../../db/city.ts'
import { carryOut } from '../../db/consequences.ts'
import { endOfDay } from '../../db/day.ts'
import { type NeedRow, needById, requirementsOf } from '../../db/needs.ts'
import { bestPlaces } from '../../db/nextBest.ts'
import { insertOffer, lockNeed } from '../../db/offers.ts'
import { proposedPlace, skipOf } from '../../db/proposedPlace.ts'
import {
  existingReferral,
  homeAccepted,
  lockedReferral,
  type ReferralRow,
  stateOfReferral,
} from '../../db/referrals.ts'
import { rightsOfReturnOfNeed } from '../../db/rightsOfReturn.ts'
import { addTasks, dropTasks } from '../../db/tasks.ts'
import type { Json } from '../../db/types.generated.ts'
import { invalid, type NextBest, notFound } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { consequencesOf } from '../../domain/placement/consequences.ts'
import { type Criterion, criterionOf, isCriterion } from '../../domain/placement/criterion.ts'
import { permit } from '../../domain/placement/decide.ts'
import { type PreconditionId, preconditionById } from '../../domain/placement/preconditions.ts'
import { answeredTask } from '../../domain/placement/referralTasks.ts'
import { checkAnswerBy, defaultAnswerBy, longestAnswerBy } from '../../domain/placement/replyBy.ts'
import { isReturn } from '../../domain/placement/rightOfReturn.ts'
import type { NewTask } from '../../domain/placement/tasks.ts'
import { pairOnDay } from '../../domain/placement/vacancy.ts'
import { chosenReason, type ReasonCode } from '../../reference/reasonCodes.ts'
import { facilityNamed, somePlaceOf } from './queries.ts'
import type { Declined, PlaceGiven, ReferralAnswer } from './schema.ts'

/**
 * Felles inntak answers a referral: gives a place, which is held and offered for the bydel to answer with the person, also of
 * another form than was asked for, and then says why; puts it on the waiting list; or says no with a reason, where a criterion is
 * tried against the data and lack of capacity is kept as shortfall.
 * @throws {DomainError} `not_found`, `stale_version`, `referral_not_open`, `need_not_open`, `home_accepted`, `place_held`,
 * `place_taken`, `place_closed`, `place_unfit`, `offer_exists`, `step_stopped`, `skip_unexplained`, `not_given_by_intake`, `invalid_value`
 */
export function answerReferral(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  body: ReferralAnswer,
): Promise<ReferralRow> {
  if (body.answer === 'place_given') return givePlace(acting, actor, id, version, body)
  return body.answer === 'waiting'
    ? letWait(acting, actor, id, version, body.note)
    : sayNo(acting, actor, id, version, body)
}

/**
 * The need behind a referral. After a no, and once it has ended, it is not Felles inntak's to see: whoever asks is told which.
 * @throws {DomainError} `referral_not_open`, `need_not_open`
 */
async function needOf({ trx, today }: Acting, referral: ReferralRow, version?: number): Promise<NeedRow> {
  const need = await needById(trx, referral.needId)
  if (need !== undefined) return need
  // gone because somebody has just answered: then that is what is said
  if (version !== undefined) await lockedReferral(trx, referral.id, version)
  const state = stateOfReferral(referral, today)
  permit('referral.give_place', { state, readiness: [], failing: ['need_registered'], overridden: [] })
  throw notFound()
}

async function givePlace(acting: Acting, actor: Actor, id: string, version: number, body: PlaceGiven) {
  const { trx, today } = acting
  const seen = await existingReferral(trx, id)
  const need = await needOf(acting, seen, version)
  const chain = await stepToFill(acting, seen, body.placeId)
  const vacated = chain !== null && chain.position > 0
  const answerBy =
    body.answerBy ?? (vacated ? longestAnswerBy(today, body.moveInOn) : defaultAnswerBy(today, body.moveInOn))
  const proposed = await proposedPlace(acting, need, body.placeId, body.moveInOn, [], vacated)
  checkAnswerBy(answerBy, body.moveInOn, today)
  const { place, facility } = proposed.pair
  const referral = await lockedReferral(trx, id, version)
  const returns = isReturn(await rightsOfReturnOfNeed(acting, need.id), place)
  const asked = referral.form as HousingForm
  const skip = await skipOf(acting, need, proposed, body.moveInOn, body, { returns, asked })
  const elsewhere = !proposed.failing.includes('no_home_accepted') && (await homeAccepted(trx, need.id))
  const failing: PreconditionId[] = [
    ...proposed.failing,
    ...(elsewhere ? (['no_home_accepted'] as const) : []),
    ...(formById(place.form).givenBy === 'vel' ? [] : (['given_by_vel'] as const)),
    ...(skip === undefined ? (['skip_explained'] as const) : []),
  ]
  permit('referral.give_place', {
    state: stateOfReferral(referral, today),
    readiness: proposed.readiness,
    failing,
    overridden: [],
    unfit: proposed.unfit,
    place: { id: body.placeId, needId: need.id, standing: proposed.standing },
  })
  if (skip === undefined) throw new Error('an unexplained skip was permitted')
  await insertOffer(acting, actor, {
    need,
    placeId: body.placeId,
    moveInOn: body.moveInOn,
    replyBy: await endOfDay(trx, answerBy),
    reserve: true,
    referralId: id,
    runId: body.placeId === referral.proposedPlaceId ? referral.runId : null,
    reservation: proposed.reservation,
    frozen: proposed.frozen,
    ...skip,
    formGiven: place.form,
    overrides: [],
    chain,
    conditional: vacated,
  })
  const named = { label: place.label, facilityName: facility.name }
  const other = place.form === asked ? null : { form: place.form, why: skip.skipReason }
  const answer = await answered(acting, actor, referral, { answer: 'place_given', answerNote: body.note }, [
    answeredTask(
      asked,
      { kind: 'place_given', place: named, moveInOn: body.moveInOn, answerBy, other, waits: vacated },
      today,
    ),
  ])
  if (chain === null) await leaveStep(acting, referral)
  else await settle(acting, chain.id)
  return answer
}

/** The step of a chain that this very place fills, with the chain locked; null where there is none, or it has fallen meanwhile. */
async function stepToFill(acting: Acting, referral: ReferralRow, placeId: string) {
  const { chainId, chainPosition, proposedPlaceId } = referral
  if (chainId === null || chainPosition === null) return null
  await lockChain(acting, chainId)
  if (proposedPlaceId !== placeId) return null
  const step = (await chainFacts(acting, chainId))[chainPosition]
  if (step === undefined || step.brokenBy !== null || step.offer !== null) return null
  return { id: chainId, position: chainPosition }
}

/** The step of a chain that a referral was for is not to be filled: it falls, and what rests on it with it. */
async function leaveStep(acting: Acting, { chainId, chainPosition }: ReferralRow) {
  if (chainId === null || chainPosition === null) return
  await lockChain(acting, chainId)
  const step = (await chainFacts(acting, chainId))[chainPosition]
  if (step?.offer === null && step.brokenBy === null) await settle(acting, chainId, chainPosition)
}

async function letWait(acting: Acting, actor: Actor, id: string, version: number, note: string | null) {
  const { trx, today } = acting
  const { needId } = await existingReferral(trx, id)
  const status = await lockNeed(trx, needId)
  const referral = await lockedReferral(trx, id, version)
  permit('referral.wait', {
    state: stateOfReferral(referral, today),
    readiness: [],
    failing: status === 'registered' ? [] : ['need_registered'],
    overridden: [],
  })
  return answered(acting, actor, referral, { answer: 'waiting', answerNote: note }, [
    answeredTask(referral.form as HousingForm, { kind: 'waiting' }, today),
  ])
}

async function sayNo(acting: Acting, actor: Actor, id: string, version: number, body: Declined) {
  const { trx, today } = acting
  const reason = chosenReason('decline_provider', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const { chainId } = await existingReferral(trx, id)
  if (chainId !== null) await lockChain(acting, chainId)
  const referral = await lockedReferral(trx, id, version)
  permit('referral.decline', { state: stateOfReferral(referral, today), readiness: [], failing: [], overridden: [] })
  const need = await needOf(acting, referral, version)
  const verdict = await verdictFor(acting, need, referral, reason, body)
  // while the need may still be seen
  const affected = {
    needId: need.id,
    holdingDistrict: need.holdingDistrict,
    formNeeded: referral.form as HousingForm,
    formGiven: null,
    referralId: id,
  }
  await carryOut(acting, affected, consequencesOf(reason, undefined, today), body.note)
  const answer = await answered(
    acting,
    actor,
    referral,
    {
      answer: 'declined',
      declineReason: reason.id,
      declineRuleId: verdict?.ruleId ?? null,
      declineVerdict: verdict === null ? null : sql<Json>`${JSON.stringify(verdict)}::jsonb`,
      answerNote: body.note,
    },
    [
      answeredTask(
        referral.form as HousingForm,
        { kind: 'declined', reasonName: reason.name, forCapacity: reason.countsAsShortfall },
        today,
      ),
    ],
  )
  await leaveStep(acting, referral)
  return answer
}

interface FacilityCriterion extends Criterion {
  facilityId: string
  facilityName: string
}

/** What the data say today of the criterion that a no is given for, in the house whose criterion it is. */
async function verdictFor(
  acting: Acting,
  need: NeedRow,
  referral: ReferralRow,
  reason: ReasonCode,
  { ruleId, facilityId }: Declined,
): Promise<FacilityCriterion | null> {
  if (reason.consequence.effect !== 'reviews_criteria') return null
  if (ruleId === null || !isCriterion(ruleId))
    throw invalid('/ruleId', 'missing', 'Si hvilket inntakskriterium det gjelder.')
  const asked = facilityId ?? referral.wishedFacilityId
  const facility = asked === null ? undefined : await facilityNamed(acting.trx, asked)
  if (facility === undefined) throw invalid('/facilityId', 'missing', 'Si hvilket botilbud som har kriteriet.')
  const somePlace = await somePlaceOf(acting.trx, facility.id, referral.form)
  const found = somePlace === undefined ? undefined : await placeInCity(acting, somePlace.id)
  const [requirements] = await requirementsOf(acting, [need])
  if (found === undefined || requirements === undefined)
    throw invalid('/facilityId', 'no_such_places', 'Botilbudet har ingen plasser i boligformen.')
  const verdict = criterionOf(pairOnDay(requirements, found.place, found.facility, acting.today, acting.today), ruleId)
  return verdict === null ? null : { ...verdict, facilityId: facility.id, facilityName: facility.name }
}

interface AnswerColumns {
  answer: 'place_given' | 'waiting' | 'declined'
  answerNote: string | null
  declineReason?: string
  declineRuleId?: string | null
  declineVerdict?: ReturnType<typeof sql<Json>> | null
}

async function answered(
  { trx, now }: Acting,
  actor: Actor,
  { id, needId, holdingDistrict }: ReferralRow,
  columns: AnswerColumns,
  tasks: readonly NewTask[],
): Promise<ReferralRow> {
  await dropTasks(trx, { referralId: id }, ['referral_answer_due', 'referral_answered'])
  await addTasks(trx, { holdingDistrict, needId, referralId: id }, tasks)
  await trx
    .updateTable('referral')
    .set({ ...columns, answeredAt: now, answeredBy: actor.accountId })
    .where('id', '=', id)
    .execute()
  return existingReferral(trx, id)
}

/**
 * The places of one form that fit the need behind a referral, best first, those that the person may come back to by right before
 * the others: of the form that was asked for, or another that VEL gives.
 * @throws {DomainError} `referral_not_open` after a no, `need_not_open`; `invalid_value` for a form that VEL does not give
 */
export async function placesFor(
  acting: Acting,
  readCity: ReadCity,
  referral: ReferralRow,
  form: HousingForm,
  except: ReadonlySet<string>,
  shown: number,
): Promise<NextBest[]> {
  if (formById(form).givenBy !== 'vel')
    throw invalid('/form', 'not_given_by_intake', preconditionById('given_by_vel').sentence)
  const [requirements] = await requirementsOf(acting, [await needOf(acting, referral)])
  if (requirements === undefined) throw new Error('one need has one set of requirements')
  const rights = await rightsOfReturnOfNeed(acting, referral.needId)
  const city = await readCity(acting)
  return bestPlaces(city, { ...requirements, forms: [form] }, except, shown, (place) => isReturn(rights, place))
}
