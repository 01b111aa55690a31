import { sql } from 'kysely'
import { expiredTask, type NewTask, replyDueTask } from '../domain/placement/tasks.ts'
import { PLACEMENT_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'

interface Due {
  kind: 'offer_expired' | 'offer_reply_due'
  offerId: string
  needId: string
  holdingDistrict: string
  placeLabel: string
  facilityName: string
  replyBy: string
}

/** What was done: places where something had run out, offers reminded of, and offers whose officer was told that they ran out. */
export interface Swept {
  places: number
  reminded: number
  told: number
}

/**
 * What time alone brings about, for the whole city and without a person in it: offers and holds that have run out are ended,
 * an officer is reminded some days before a deadline, once, and told when an offer ran out, once. Whoever meets an expired
 * hold ends it too, so nothing waits for this.
 */
export async function sweepPlacement({ trx, now }: Acting): Promise<Swept> {
  const ended = await sql<{ places: number }>`select end_expired_offers() as places`.execute(trx)
  const { remindDaysBefore } = PLACEMENT_POLICY.parameters
  const { rows } = await sql<Due>`
    select * from placement_due(${now}::timestamptz + make_interval(days => ${remindDaysBefore}))`.execute(trx)
  for (const due of rows) {
    await keep({ trx }, due, taskOf(due))
    if (due.kind === 'offer_reply_due') await sql`select reminded(${due.offerId}::uuid)`.execute(trx)
  }
  const reminded = rows.filter(({ kind }) => kind === 'offer_reply_due').length
  return { places: ended.rows[0]?.places ?? 0, reminded, told: rows.length - reminded }
}

function taskOf({ kind, placeLabel, facilityName, replyBy }: Due): NewTask {
  const place = { label: placeLabel, facilityName }
  return kind === 'offer_expired' ? expiredTask(place, replyBy) : replyDueTask(place, replyBy)
}

async function keep({ trx }: Pick<Acting, 'trx'>, due: Due, { kind, dueOn, reason }: NewTask): Promise<void> {
  await sql`select insert_task(${kind}, ${due.holdingDistrict}, ${due.needId}::uuid, ${due.offerId}::uuid, null, null,
    ${dueOn}::date, ${reason})`.execute(trx)
}
