import type { Acting, Actor } from '../../db/actor.ts'
import { carryOut, openBelow } from '../../db/consequences.ts'
import { needById, readinessFactsOf } from '../../db/needs.ts'
import { dateRange } from '../../db/range.ts'
import { worksheetOf } from '../../db/rentalWorksheets.ts'
import { existingStay, homeOf, type StayRow } from '../../db/stays.ts'
import { addTasks } from '../../db/tasks.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { shortLease } from '../../domain/papers/rental.ts'
import { permit } from '../../domain/placement/decide.ts'
import { asksDecision, decidedOn, leaseFailing } from '../../domain/placement/moveInBasis.ts'
import { moveInTasks } from '../../domain/placement/stayTasks.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { formatDay } from '../../domain/words.ts'
import { LEASE_POLICY } from '../../reference/policies.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import { ruleById } from '../../reference/rules.ts'
import { decisionsOfNeed, homesOf } from './queries.ts'
import type { PrivateHomeBody } from './schema.ts'

const { checksAfterMonths } = ruleById('return_plan').parameters
const { handoverDaysMax } = ruleById('no_gap_between_homes').parameters
const { atLeastYears } = LEASE_POLICY.private

/**
 * Records that somebody has moved into a home that she rents from a landlord outside our places, by the lease that the worksheet
 * of her need says. The need is met and what hung on it ends; no place is taken, looking in afterwards becomes tasks, and the home
 * that she comes from stands until its departure is recorded.
 * @param version of the need
 * @throws {DomainError} `not_found`, `stale_version`, `need_not_open`, `withdrawal_blocked` (a lease for one of our places is
 * signed), `lease_missing`, `decision_missing`, `step_stopped`, `invalid_value`
 */
export async function recordPrivateHome(
  acting: Acting,
  actor: Actor,
  needId: string,
  version: number,
  body: PrivateHomeBody,
): Promise<StayRow> {
  const { trx, now, today } = acting
  const { form, movedInOn, signedOn, note } = body
  const need = await needById(trx, needId)
  if (need === undefined) throw notFound()
  if (need.version !== version) throw stale()
  if (movedInOn > today) throw invalid('/movedInOn', 'in_the_future', 'Innflyttingen kan ikke være i fremtiden.')
  if (signedOn > today) throw invalid('/signedOn', 'in_the_future', 'Datoen kan ikke være i fremtiden.')

  const sheet = await worksheetOf(trx, needId)
  const { landlordId = null, leaseFrom = null, leaseUntil = null } = sheet ?? {}
  const agreed = landlordId === null || leaseFrom === null ? null : { landlordId, from: leaseFrom, to: leaseUntil }
  const decided = { decisions: await decisionsOfNeed(trx, needId), serviceDecisionOn: need.serviceDecisionOn }
  const isDecided = decidedOn(decided, movedInOn)
  const signed = (await openBelow(trx, needId)).offers.some(({ leaseSignedOn }) => leaseSignedOn !== null)
  permit('stay.record_private', {
    state: 'none',
    readiness: readinessOf(
      { ...readinessFactsOf(need), forms: [form], serviceDecisionOn: isDecided ? movedInOn : null },
      today,
    ),
    failing: [
      ...(need.status === 'registered' ? [] : (['need_registered'] as const)),
      ...(signed ? (['nothing_signed'] as const) : []),
      ...(agreed === null
        ? (['worksheet_says_lease'] as const)
        : leaseFailing({ signedOn, during: { from: agreed.from, to: agreed.to } }, movedInOn)),
      ...(asksDecision(form) && !isDecided ? (['decision_granted'] as const) : []),
    ],
    overridden: [],
  })
  if (sheet === undefined || agreed === null) throw new Error('a lease that is not agreed was let through')

  const short = shortLease(sheet, atLeastYears)
  const shortReason = body.shortLeaseReason === null ? undefined : chosenReason('short_lease', body.shortLeaseReason)
  if (short && shortReason === undefined)
    throw invalid(
      '/shortLeaseReason',
      'missing',
      `Leietiden er kortere enn ${atLeastYears} år. Si hvorfor det er lov, eller rett leietiden i regnearket.`,
    )
  if (!short && shortReason !== undefined)
    throw invalid('/shortLeaseReason', 'not_called_for', `Leietiden er ikke kortere enn ${atLeastYears} år.`)
  const homes = await homesOf(trx, need.householdId)
  const later = homes.map(({ from }) => from).find((from) => from > movedInOn)
  if (later !== undefined)
    throw invalid(
      '/movedInOn',
      'moved_since',
      `Husstanden flyttet inn et annet sted ${formatDay(later)}. Rett den innflyttingen først, eller dagen her.`,
    )

  const { id } = await trx
    .insertInto('stay')
    .values({
      householdId: need.householdId,
      holdingDistrict: need.holdingDistrict,
      form,
      during: dateRange({ from: movedInOn, to: null }),
      expectedUntil: agreed.to,
      originalExpectedUntil: agreed.to,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const held = { stayId: id, holdingDistrict: need.holdingDistrict, recordedAt: now, recordedBy: actor.accountId }
  await trx
    .insertInto('stayEvent')
    .values({ ...held, kind: 'moved_in', occurredOn: movedInOn, expectedAfter: agreed.to, note })
    .execute()
  await trx
    .insertInto('privateLease')
    .values({
      ...held,
      needId,
      landlordId: agreed.landlordId,
      signedOn,
      during: dateRange({ from: agreed.from, to: agreed.to }),
      shortReason: shortReason?.id ?? null,
      rentMonth: sheet.rentMonth,
      electricityMonth: sheet.electricityMonth,
      guarantee: sheet.guarantee,
      guaranteeAmount: sheet.guaranteeAmount,
    })
    .execute()
  // the need last: whoever has ended it meanwhile, or offered to it, is met here, and then nothing of this was
  await carryOut(
    acting,
    { needId, holdingDistrict: need.holdingDistrict, formNeeded: form, formGiven: form },
    [{ kind: 'end_need', reason: 'housed', status: 'closed' }],
    null,
  )
  const stay = await existingStay(trx, id)
  await addTasks(
    trx,
    { holdingDistrict: need.holdingDistrict, needId, stayId: id },
    moveInTasks(
      { place: homeOf(stay), form, on: movedInOn, expectedUntil: agreed.to, otherHomes: homes.length, decided: true },
      { checksAfterMonths, handoverDaysMax },
    ),
  )
  return stay
}
