import { type Kysely, sql } from 'kysely'
import type { NewTask, TaskKind } from '../domain/placement/tasks.ts'
import type { DB } from './types.generated.ts'

/** What a task is about, and whose bydel does it. */
export interface TaskSubject {
  holdingDistrict: string
  needId?: string | null
  offerId?: string | null
  referralId?: string | null
  stayId?: string | null
}

/** Adds tasks; one that is open already of the same kind about the same thing stays as it is. */
export async function addTasks(db: Kysely<DB>, subject: TaskSubject, tasks: readonly NewTask[]): Promise<void> {
  for (const { kind, dueOn, reason } of tasks) {
    await sql`select add_task(${kind}, ${subject.holdingDistrict}, ${subject.needId ?? null}::uuid,
      ${subject.offerId ?? null}::uuid, ${subject.referralId ?? null}::uuid, ${subject.stayId ?? null}::uuid,
      ${dueOn}::date, ${reason})`.execute(db)
  }
}

/** Ends a need's open tasks because what they asked for is done. */
export async function dropNeedTasks(db: Kysely<DB>, needId: string, kinds: readonly TaskKind[]): Promise<void> {
  await db
    .updateTable('task')
    .set({ droppedAt: sql<string>`app_now()` })
    .where('needId', '=', needId)
    .where('kind', 'in', [...kinds])
    .where('doneAt', 'is', null)
    .where('droppedAt', 'is', null)
    .execute()
}

type About = { offerId: string } | { referralId: string } | { stayId: string }

/** Ends open tasks because what they were about is over. */
export async function dropTasks(db: Kysely<DB>, about: About, kinds: readonly TaskKind[]): Promise<void> {
  const offer = 'offerId' in about ? about.offerId : null
  const referral = 'referralId' in about ? about.referralId : null
  const stay = 'stayId' in about ? about.stayId : null
  await sql`select drop_tasks(${[...kinds]}::text[], ${offer}::uuid, ${referral}::uuid, ${stay}::uuid)`.execute(db)
}
