import { sql } from 'kysely'
import { addDays, addMonths, type Day } from '../domain/day.ts'
import { FORMS, type HousingForm } from '../domain/ladder.ts'
import { returnRightEndsTask, reviewStayTask, stayEndsTask, stayOverdueTask } from '../domain/placement/stayTasks.ts'
import { expiredTask, type NewTask, replyDueTask } from '../domain/placement/tasks.ts'
import { PLACEMENT_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'
import { settle, unsettledChains } from './chains.ts'
import { homeOf } from './stays.ts'
import type { TaskSubject } from './tasks.ts'

interface Due {
  kind: 'offer_expired' | 'offer_reply_due'
  offerId: string
  needId: string
  holdingDistrict: string
  placeLabel: string
  facilityName: string
  replyBy: string
}

interface StayDue {
  kind: 'stay_ends' | 'stay_overdue' | 'review_stay' | 'return_right_ends'
  stayId: string
  holdingDistrict: string
  form: HousingForm
  placeLabel: string | null
  facilityName: string | null
  dueOn: Day
  /** The day that the kind is about: agreed for the stay, or of the right to come back. */
  expectedUntil: Day | null
}

/**
 * What was done: places where something had run out, offers reminded of, offers whose officer was told that they ran out, and
 * stays that somebody is asked to look at.
 */
export interface Swept {
  places: number
  reminded: number
  told: number
  stays: number
}

const { remindDaysBefore, stayEndsDaysBefore, returnEndsDaysBefore } = PLACEMENT_POLICY.parameters

/** Months between reviews, by form, for the forms whose norm asks for them. */
const REVIEW_MONTHS = Object.fromEntries(
  FORMS.flatMap(({ id, reviewMonths }) => (reviewMonths === null ? [] : [[id, reviewMonths]])),
)

/**
 * What time alone brings about, for the whole city and without a person in it: offers and holds that have run out are ended,
 * an officer is reminded some days before a deadline, once, and told when an offer ran out, once; stays that end soon, have gone
 * on for longer than agreed or are due for review become tasks. Whoever meets an expired hold ends it too, so nothing waits for
 * this.
 */
export async function sweepPlacement(acting: Acting): Promise<Swept> {
  const { trx, now } = acting
  const chains = await unsettledChains(acting)
  const ended = await sql<{ places: number }>`select end_expired_offers() as places`.execute(trx)
  for (const id of chains) await settle(acting, id)
  const { rows } = await sql<Due>`
    select * from placement_due(${now}::timestamptz + make_interval(days => ${remindDaysBefore}))`.execute(trx)
  for (const due of rows) {
    await keep(acting, { holdingDistrict: due.holdingDistrict, needId: due.needId, offerId: due.offerId }, taskOf(due))
    if (due.kind === 'offer_reply_due') await sql`select reminded(${due.offerId}::uuid)`.execute(trx)
  }
  const reminded = rows.filter(({ kind }) => kind === 'offer_reply_due').length
  const stays = await sweepStays(acting)
  return { places: ended.rows[0]?.places ?? 0, reminded, told: rows.length - reminded, stays }
}

/** Requests to see somebody in an emergency that nobody answered in time: their tasks end, and say why. How many. */
export async function endUnansweredGlasses({ trx }: Acting): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select end_unanswered_glasses() as ended`.execute(trx)
  return rows[0]?.ended ?? 0
}

async function sweepStays(acting: Acting): Promise<number> {
  const { trx, today } = acting
  const { rows } = await sql<StayDue>`
    select * from stays_due(${addDays(today, stayEndsDaysBefore)}::date, ${JSON.stringify(REVIEW_MONTHS)}::jsonb,
      ${addMonths(today, 1)}::date, ${addDays(today, returnEndsDaysBefore)}::date)`.execute(trx)
  for (const due of rows) {
    await keep(acting, { holdingDistrict: due.holdingDistrict, stayId: due.stayId }, stayTaskOf(due))
  }
  return rows.length
}

function taskOf({ kind, placeLabel, facilityName, replyBy }: Due): NewTask {
  const place = { label: placeLabel, facilityName }
  return kind === 'offer_expired' ? expiredTask(place, replyBy) : replyDueTask(place, replyBy)
}

function stayTaskOf({ kind, form, placeLabel, facilityName, dueOn, expectedUntil }: StayDue): NewTask {
  const home = homeOf({ label: placeLabel, facilityName, form })
  if (kind === 'return_right_ends' && expectedUntil !== null) return returnRightEndsTask(home, expectedUntil)
  if (kind === 'review_stay' || expectedUntil === null) return reviewStayTask(home, dueOn)
  return kind === 'stay_ends' ? stayEndsTask(home, expectedUntil) : stayOverdueTask(home, expectedUntil)
}

async function keep({ trx }: Acting, subject: TaskSubject, { kind, dueOn, reason }: NewTask): Promise<void> {
  const { holdingDistrict, needId, offerId, stayId } = subject
  await sql`select insert_task(${kind}, ${holdingDistrict}, ${needId ?? null}::uuid, ${offerId ?? null}::uuid, null,
    ${stayId ?? null}::uuid, ${dueOn}::date, ${reason})`.execute(trx)
}
