import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { PaperTask, PaperTaskKind } from '../domain/papers/tasks.ts'
import type { DB } from './types.generated.ts'

interface Subject {
  needId: string
  holdingDistrict: string
  decisionId?: string
}

/** Adds a task, or brings the open one of the same kind about the same thing forward when it is due earlier. */
export async function addPaperTask(db: Kysely<DB>, subject: Subject, task: PaperTask): Promise<void> {
  const { needId, holdingDistrict, decisionId } = subject
  const standing = await db
    .updateTable('task')
    .set({ dueOn: sql<Day>`least(due_on, ${task.dueOn}::date)`, reason: task.reason })
    .where('needId', '=', needId)
    .where(sql<boolean>`decision_id is not distinct from ${decisionId ?? null}::uuid`)
    .where('kind', '=', task.kind)
    .where('doneAt', 'is', null)
    .where('droppedAt', 'is', null)
    .executeTakeFirst()
  if (standing.numUpdatedRows > 0n) return
  await db
    .insertInto('task')
    .values({
      kind: task.kind,
      holdingDistrict,
      needId,
      decisionId: decisionId ?? null,
      dueOn: task.dueOn,
      reason: task.reason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Ends open tasks of a need because what they were about is done; with a decision, those about that one alone. */
export async function dropPaperTasks(
  db: Kysely<DB>,
  needId: string,
  kinds: readonly PaperTaskKind[],
  now: string,
  decisionId?: string,
): Promise<void> {
  await db
    .updateTable('task')
    .set({ droppedAt: now })
    .where('needId', '=', needId)
    .where('kind', 'in', [...kinds])
    .$if(decisionId !== undefined, (query) => query.where('decisionId', '=', decisionId ?? ''))
    .where('doneAt', 'is', null)
    .where('droppedAt', 'is', null)
    .execute()
}
