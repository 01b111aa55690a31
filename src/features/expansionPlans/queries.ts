import type { Kysely } from 'kysely'
import { EXPANSION_JOB } from '../../db/expansionPlans.ts'
import { standingOf } from '../../db/longJobs.ts'
import type { DB } from '../../db/types.generated.ts'

const standing = standingOf(EXPANSION_JOB)

function planRows(db: Kysely<DB>) {
  return db
    .selectFrom('expansionPlan')
    .select([
      'id',
      'progress',
      'stage',
      'asOf',
      'ask',
      'requestedBy',
      'requestedAt',
      'startedAt',
      'finishedAt',
      'cityVersion',
      'policies',
      'assumptions',
      'answer',
    ])
    .select([standing.status.as('status'), standing.error.as('error')])
}

export function planById(db: Kysely<DB>, id: string) {
  return planRows(db).where('id', '=', id).executeTakeFirst()
}

export type PlanRow = NonNullable<Awaited<ReturnType<typeof planById>>>

export function planPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return planRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}
