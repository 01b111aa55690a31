import { sql, type Transaction } from 'kysely'
import { needRows, readinessFactsOf } from '../db/needs.ts'
import { referralFactsOf } from '../db/referral.ts'
import type { DB, Json } from '../db/types.generated.ts'
import { addDays, type Day, dayInOslo } from '../domain/day.ts'
import { formById, type HousingForm } from '../domain/ladder.ts'
import { referralContent } from '../domain/papers/referral.ts'
import { answerDueTask, answeredTask } from '../domain/placement/referralTasks.ts'
import type { NewTask } from '../domain/placement/tasks.ts'
import { readinessOf } from '../domain/readiness.ts'
import { PLACEMENT_POLICY } from '../reference/policies.ts'

const { referralAnswerDays } = PLACEMENT_POLICY.parameters
/** Of the needs that could be referred, every so manieth is, so that one reader can look through them. */
const EVERY = 6
const MOST = 48
/** The oldest were sent so many days ago: some of their answers are late. */
const SPREAD = 19
/** Every so manieth waits: its answer was the waiting list. */
const WAITS = 5
const ANSWERED_AFTER = 4

/**
 * Referrals to Felles inntak, of needs that ask for one of VEL's forms and lack nothing for it: written from what is registered,
 * as an officer's would be, some late and some on the waiting list. The same city gets the same referrals.
 * @param id gives the same ids for the same seed
 */
export async function referSome(trx: Transaction<DB>, asOf: Day, id: () => string): Promise<void> {
  const needs = await needRows(trx)
    .where('need.status', '=', 'registered')
    .where('resident.addressProtection', '=', 'none')
    .where(sql<boolean>`exists (select from unnest(need.forms) f where f like 'vel\\_%')`)
    .orderBy('need.id')
    .execute()
  const intake = await trx
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'intake_officer')
    .executeTakeFirstOrThrow()
  const officers = await trx
    .selectFrom('account')
    .select(['id', sql<string>`districts[1]`.as('district')])
    .where('role', '=', 'housing_officer')
    .execute()
  let could = 0
  let sent = 0
  for (const need of needs) {
    const form = (need.forms as HousingForm[]).find((wanted) => formById(wanted).givenBy === 'vel')
    const officer = officers.find(({ district }) => district === need.holdingDistrict)
    if (form === undefined || officer === undefined || need.registeredAt === null) continue
    const registeredOn = dayInOslo(new Date(need.registeredAt))
    const wanted = addDays(asOf, -((sent * 7) % SPREAD))
    const sentOn = wanted < registeredOn ? registeredOn : wanted
    const missing = readinessOf({ ...readinessFactsOf(need), forms: [form] }, sentOn).filter(
      ({ present, stops }) => !present && (stops === 'ranking' || stops === 'preview' || stops === 'referral'),
    )
    if (missing.length > 0) continue
    could += 1
    if (could % EVERY !== 0) continue
    const sentAt = `${sentOn}T08:30:00Z`
    const answeredOn = sent % WAITS === WAITS - 1 ? addDays(sentOn, ANSWERED_AFTER) : null
    const waits = answeredOn !== null && answeredOn <= asOf
    const answerDueOn = addDays(sentOn, referralAnswerDays)
    const content = referralContent(
      await referralFactsOf({ trx, now: sentAt, today: sentOn }, need, form, null),
      sentOn,
    )
    const referralId = id()
    await trx
      .insertInto('referral')
      .values({
        id: referralId,
        needId: need.id,
        holdingDistrict: need.holdingDistrict,
        form,
        content: sql<Json>`${JSON.stringify(content)}::jsonb`,
        sentAt,
        sentBy: officer.id,
        answerDueOn,
        answer: waits ? 'waiting' : null,
        answeredAt: waits ? `${answeredOn}T10:00:00Z` : null,
        answeredBy: waits ? intake.id : null,
        createdAt: sentAt,
        updatedAt: sentAt,
      })
      .execute()
    const task: NewTask = waits ? answeredTask(form, { kind: 'waiting' }, answeredOn) : answerDueTask(form, answerDueOn)
    await trx
      .insertInto('task')
      .values({
        id: id(),
        ...task,
        holdingDistrict: need.holdingDistrict,
        needId: need.id,
        referralId,
        createdAt: sentAt,
        updatedAt: sentAt,
      })
      .execute()
    sent += 1
    if (sent === MOST) return
  }
}
