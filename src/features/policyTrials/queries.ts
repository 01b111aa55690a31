import { type Kysely, sql } from 'kysely'
import { standingOf } from '../../db/longJobs.ts'
import { applicantOf, withOwnNeeds } from '../../db/needs.ts'
import { TRIAL_JOB } from '../../db/policyTrials.ts'
import type { DB } from '../../db/types.generated.ts'

const standing = standingOf(TRIAL_JOB)

function trialRows(db: Kysely<DB>) {
  return db
    .selectFrom('policyTrial')
    .select([
      'id',
      'progress',
      'stage',
      'asOf',
      'baseVersion',
      'draft',
      'requestedBy',
      'requestedAt',
      'startedAt',
      'finishedAt',
      'cityVersion',
      'result',
    ])
    .select([standing.status.as('status'), standing.error.as('error')])
}

export function trialById(db: Kysely<DB>, id: string) {
  return trialRows(db).where('id', '=', id).executeTakeFirst()
}

export type TrialRow = NonNullable<Awaited<ReturnType<typeof trialById>>>

export function trialPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return trialRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** What was proposed of these trials, the newest first. */
export function proposalsOf(db: Kysely<DB>, trialIds: readonly string[]) {
  return db
    .selectFrom('policyProposal')
    .innerJoin('account as proposer', 'proposer.id', 'policyProposal.proposedBy')
    .leftJoin('account as decider', 'decider.id', 'policyProposal.decidedBy')
    .select([
      'policyProposal.id',
      'trialId',
      'version',
      'status',
      'reason',
      'proposedBy as proposerId',
      'proposer.name as proposedBy',
      'proposedOn',
      'decider.name as decidedBy',
      'decidedOn',
      'note',
      'policyVersion',
    ])
    .where(sql<boolean>`trial_id = any(${[...trialIds]}::uuid[])`)
    .orderBy('policyProposal.id', 'desc')
    .execute()
}

export type ProposalRow = Awaited<ReturnType<typeof proposalsOf>>[number]

/** The counts that the reader may see: all of them, or her own district's. */
export function trialCells(db: Kysely<DB>, trialId: string) {
  return db
    .selectFrom('policyTrialCell')
    .select(['district', 'urgencyClass', 'needs', 'before', 'after', 'gained', 'lost', 'moved'])
    .where('trialId', '=', trialId)
    .orderBy('district')
    .orderBy('urgencyClass')
    .execute()
}

/** The reader's own people that the draft is something to, joined by pseudonym; row security leaves everybody else out. */
export function ownTrialPage(db: Kysely<DB>, trialId: string, limit: number, after: [string, string] | undefined) {
  return withOwnNeeds(db)
    .with(
      (cte) => cte('trial_row').materialized(),
      (query) => query.selectFrom('policyTrialRow').selectAll().where('trialId', '=', trialId),
    )
    .selectFrom('own_need as need')
    .innerJoin('trial_row as row', 'row.pseudonym', 'need.pseudonym')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['need.id as needId', 'resident.id as residentId', 'identity.ciphertext'])
    .select(['row.urgencyClass', 'row.outcome', 'row.beforePlaceId', 'row.afterPlaceId'])
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(row.urgency_class, need.id) > (${after?.[0] ?? '0'}::integer, ${after?.[1] ?? ''}::uuid)`,
      ),
    )
    .orderBy('row.urgencyClass')
    .orderBy('need.id')
    .limit(limit + 1)
    .execute()
}
