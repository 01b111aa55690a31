import { type Kysely, sql } from 'kysely'
import { standingOf } from '../../db/longJobs.ts'
import { MATCHING_JOB } from '../../db/matchingRun.ts'
import { ownRunPage, ownRunPeople, ownRunRows } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'

const standing = standingOf(MATCHING_JOB)

function runRows(db: Kysely<DB>) {
  return db
    .selectFrom('matchingRun')
    .select([
      'id',
      'kind',
      'districts',
      'progress',
      'stage',
      'asOf',
      'requestedBy',
      'requestedAt',
      'startedAt',
      'finishedAt',
      'objectiveVersion',
      'urgencyVersion',
      'summary',
    ])
    .select([standing.status.as('status'), standing.error.as('error')])
}

export function runById(db: Kysely<DB>, id: string) {
  return runRows(db).where('id', '=', id).executeTakeFirst()
}

export type RunRow = NonNullable<Awaited<ReturnType<typeof runById>>>

export function runPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return runRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** The reader's own people in a run, joined by pseudonym; row security leaves everybody else out. */
export function ownRows(
  db: Kysely<DB>,
  runId: string,
  outcome: 'proposed' | 'unmet',
  limit: number,
  after: [string, string] | undefined,
) {
  return ownRunPage(db, runId, limit, after)
    .select(['row.placeId', 'row.movesOn', 'row.chain', 'row.position', 'row.detail'])
    .select(({ selectFrom }) =>
      selectFrom('matchingChain')
        .select(sql<number>`jsonb_array_length(moves)`.as('moves'))
        .whereRef('matchingChain.runId', '=', 'row.runId')
        .whereRef('matchingChain.chain', '=', 'row.chain')
        .as('chainMoves'),
    )
    .where('row.outcome', '=', outcome)
    .execute()
}

/** Who of the reader's own people stands where in the chains of a run. */
export function ownPlacesInChains(db: Kysely<DB>, runId: string) {
  return ownRunPeople(db, runId).select(['row.chain', 'row.position']).where('row.chain', 'is not', null).execute()
}

/** The number of the chain that one of the reader's own needs is in; -1, which no chain has, where it is in none. */
export async function chainOfNeed(db: Kysely<DB>, runId: string, needId: string): Promise<number> {
  const row = await ownRunRows(db, runId).select('row.chain').where('need.id', '=', needId).executeTakeFirst()
  return row?.chain ?? -1
}

/**
 * Chains of at least two moves, in order of number: a single move into a vacant place is no chain to look at.
 * @param only the number of the one that is asked for
 */
export function chainPage(db: Kysely<DB>, runId: string, limit: number, cursor: number, only: number | undefined) {
  return db
    .selectFrom('matchingChain')
    .select(['chain', 'kind', 'moves', 'frees'])
    .select(({ selectFrom }) =>
      selectFrom('chain as moving')
        .select('moving.id')
        .whereRef('moving.runId', '=', 'matchingChain.runId')
        .whereRef('moving.runChain', '=', 'matchingChain.chain')
        .as('movingChainId'),
    )
    .where('runId', '=', runId)
    .where(sql<boolean>`jsonb_array_length(moves) > 1`)
    .where('chain', '>', cursor)
    .$if(only !== undefined, (query) => query.where('chain', '=', only ?? -1))
    .orderBy('chain')
    .limit(limit + 1)
    .execute()
}
