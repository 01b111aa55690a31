import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { TaskQuery } from './schema.ts'

/**
 * Tasks with whose they are about, as far as row security lets them be seen. The household is worked out apart (`offset 0`):
 * only by a value that is plainly one may an index look her up before row security asks of everybody in the city. Asked at
 * once, 93 tasks of the demo city took 15 s, now 20 ms.
 */
function taskRows(db: Kysely<DB>) {
  return db
    .selectFrom('task')
    .leftJoin('need', 'need.id', 'task.needId')
    .leftJoin('stay', 'stay.id', 'task.stayId')
    .leftJoinLateral(
      sql<{
        householdId: string | null
      }>`(select coalesce(need.household_id, stay.household_id) as household_id offset 0)`.as('whose'),
      (join) => join.onTrue(),
    )
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = whose.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('account', 'account.id', 'task.doneBy')
    .selectAll('task')
    .select(['resident.id as residentId', 'identity.ciphertext', 'account.name as doneByName'])
}

export function taskById(db: Kysely<DB>, id: string) {
  return taskRows(db).where('task.id', '=', id).executeTakeFirst()
}

export type TaskRow = NonNullable<Awaited<ReturnType<typeof taskById>>>

/** One page in order of the day they are due, after `cursor` (a day and an id). */
export function taskPage(
  db: Kysely<DB>,
  { state, kind, dueBy, needId, stayId, limit }: TaskQuery,
  cursor: readonly string[] | undefined,
) {
  const [dueOn, id] = cursor ?? []
  return taskRows(db)
    .where('task.doneAt', state === 'done' ? 'is not' : 'is', null)
    .where('task.droppedAt', state === 'dropped' ? 'is not' : 'is', null)
    .$if(kind !== undefined, (query) => query.where('task.kind', '=', kind ?? ''))
    .$if(dueBy !== undefined, (query) => query.where(sql<boolean>`task.due_on <= ${dueBy}::date`))
    .$if(needId !== undefined, (query) => query.where('task.needId', '=', needId ?? ''))
    .$if(stayId !== undefined, (query) => query.where('task.stayId', '=', stayId ?? ''))
    .$if(cursor !== undefined, (query) =>
      query.where(sql<boolean>`(task.due_on, task.id) > (${dueOn}::date, ${id}::uuid)`),
    )
    .orderBy('task.dueOn')
    .orderBy('task.id')
    .limit(limit + 1)
    .execute()
}

/** That the household of a stay is ready to move on, since the first day somebody said so. */
export async function readyToMoveOn(db: Kysely<DB>, stayId: string, today: string): Promise<void> {
  await db
    .updateTable('stay')
    .set({ readyToMoveOnSince: sql`coalesce(ready_to_move_on_since, ${today}::date)` })
    .where('id', '=', stayId)
    .where(sql<boolean>`upper_inf(during)`)
    .execute()
}
