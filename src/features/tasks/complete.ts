import type { Acting, Actor } from '../../db/actor.ts'
import { addTasks } from '../../db/tasks.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { outcomesFor, taskAfter } from '../../domain/placement/taskOutcome.ts'
import { TASK_KINDS } from '../../domain/placement/tasks.ts'
import { readyToMoveOn, type TaskRow, taskById } from './queries.ts'
import type { CompletionBody } from './schema.ts'

/** @throws {DomainError} `not_found`: not there, or not hers to see */
async function existingTask({ trx }: Acting, id: string): Promise<TaskRow> {
  const row = await taskById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * Ends a task with what came of it; a check after a move that shows trouble leads to the next task, and nothing is just ticked off.
 * @throws {DomainError} `not_found`, `task_not_open`, `stale_version`, `invalid_value`
 */
export async function complete(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { outcome: outcomeId, note }: CompletionBody,
): Promise<TaskRow> {
  const { trx, now, today } = acting
  const row = await existingTask(acting, id)
  if (row.doneAt !== null || row.droppedAt !== null) {
    throw new DomainError(
      'task_not_open',
      row.doneAt === null ? 'Oppgaven falt bort av seg selv.' : 'Oppgaven er gjort.',
    )
  }
  const outcome = outcomesFor(row.kind).find((one) => one.id === outcomeId)
  if (outcome === undefined)
    throw invalid('/outcome', 'not_for_this_task', 'Velg en av måtene denne oppgaven kan ende på.')
  if (outcome.noteRequired && note === null) throw invalid('/note', 'missing', 'Skriv litt om hvorfor.')
  const ended = await trx
    .updateTable('task')
    .set({ doneAt: now, doneBy: actor.accountId, outcome: outcome.id, note })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (ended.numUpdatedRows === 0n) throw stale()
  const kind = TASK_KINDS.find((known) => known.id === row.kind)?.id
  const next = kind === undefined ? undefined : taskAfter(outcome, kind, today)
  if (next !== undefined) await addTasks(trx, row, [next])
  if (outcome.id === 'ready_to_move_on' && row.stayId !== null) await readyToMoveOn(trx, row.stayId, today)
  return existingTask(acting, id)
}
