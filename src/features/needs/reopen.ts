import type { Acting, Actor } from '../../db/actor.ts'
import type { NeedRow } from '../../db/needs.ts'
import { stale } from '../../domain/error.ts'
import { permit } from '../../domain/placement/decide.ts'
import { openNeedOf, takeUpTasks, tellOf } from './queries.ts'
import { existing, updated } from './register.ts'

/**
 * Corrects an end that was recorded wrongly: the need stands where it stood, with the time it waited, and both stay on record.
 * What hung on it is not there any more; what was to be done about the need itself goes on.
 * @throws {DomainError} `not_found`, `stale_version`, `need_not_open` (it has not ended), `correction_blocked`, `open_need_exists`
 */
export async function reopenNeed(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  note: string,
): Promise<NeedRow> {
  const row = await existing(acting, id)
  if (row.version !== version) throw stale()
  const other = await openNeedOf(acting.trx, row.householdId)
  permit('need.correct_withdrawal', {
    state: row.status as 'draft' | 'registered' | 'withdrawn' | 'closed',
    readiness: [],
    failing: [
      ...(row.status === 'closed' && (row.endedReason ?? 'housed') === 'housed' ? (['ended_by_reason'] as const) : []),
      ...(other !== undefined && other.id !== id ? (['no_other_need'] as const) : []),
    ],
    overridden: [],
  })
  await takeUpTasks(acting.trx, id)
  await tellOf(acting, actor, row, { kind: 'reopened', reason: null, note })
  return updated(acting, id, version, {
    status: row.registeredAt === null ? 'draft' : 'registered',
    endedAt: null,
    endedReason: null,
    endedNote: null,
  })
}
