import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { existingStay, homeOf, lockedStay, type StayRow, stateOfStay } from '../../db/stays.ts'
import { addTasks, dropTasks } from '../../db/tasks.ts'
import { invalid } from '../../domain/error.ts'
import { permit } from '../../domain/placement/decide.ts'
import { stayEndsTask } from '../../domain/placement/stayTasks.ts'
import { formatDay } from '../../domain/words.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import type { ExtensionBody } from './schema.ts'

/**
 * Agrees on a later end of a stay. What was agreed before stays on record, and so does what was agreed at first.
 * @throws {DomainError} `not_found`, `stale_version`, `stay_not_present`, `invalid_value` when it is not later
 */
export async function extend(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { expectedUntil, reason: reasonId, note }: ExtensionBody,
): Promise<StayRow> {
  const { trx, now, today } = acting
  const reason = chosenReason('extension', reasonId)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const stay = await lockedStay(acting, id, version)
  permit('stay.extend', { state: stateOfStay(stay, today), readiness: [], failing: [], overridden: [] })
  if (stay.expectedUntil !== null && expectedUntil <= stay.expectedUntil) {
    throw invalid(
      '/expectedUntil',
      'not_later',
      `Den nye datoen må være etter ${formatDay(stay.expectedUntil)}, som er avtalt.`,
    )
  }
  if (expectedUntil <= today)
    throw invalid('/expectedUntil', 'in_the_past', 'Oppholdet må avtales til en dag etter i dag.')
  await trx
    .updateTable('stay')
    .set({
      expectedUntil,
      originalExpectedUntil: sql`coalesce(original_expected_until, expected_until, ${expectedUntil}::date)`,
    })
    .where('id', '=', id)
    .execute()
  await trx
    .insertInto('stayEvent')
    .values({
      stayId: id,
      holdingDistrict: stay.holdingDistrict,
      kind: 'extended',
      occurredOn: today,
      recordedAt: now,
      recordedBy: actor.accountId,
      expectedBefore: stay.expectedUntil,
      expectedAfter: expectedUntil,
      reason: reason.id,
      note,
    })
    .execute()
  await dropTasks(trx, { stayId: id }, ['stay_ends', 'stay_overdue'])
  await addTasks(trx, { holdingDistrict: stay.holdingDistrict, stayId: id }, [
    stayEndsTask(homeOf(stay), expectedUntil),
  ])
  return existingStay(trx, id)
}
