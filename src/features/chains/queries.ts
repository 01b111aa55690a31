import { type Kysely, sql } from 'kysely'
import { applicantOf, ownRunRows } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'
import type { ChainQuery } from './schema.ts'

/** A chain in which something fell stands before one that goes as it should. */
const rank = sql<number>`(case when exists (select from chain_step s where s.chain_id = chain.id and s.broken_at is not null) then 0 else 1 end)`

/** A move is to come, or the reader still has somebody to help on after a break: tasks are those of her own bydel. */
const open = sql<boolean>`(chain_goes_on(chain.id) or exists (select from task where task.chain_id = chain.id
  and task.kind = 'chain_broken' and task.done_at is null and task.dropped_at is null))`

function chainRows(db: Kysely<DB>) {
  return db
    .selectFrom('chain')
    .select(['chain.id', 'chain.runId', 'chain.runChain', 'chain.againRunId', 'chain.districts', rank.as('rank')])
}

export type ChainRow = Awaited<ReturnType<typeof chainById>> & object

/** A chain as far as the reader may see it. */
export function chainById(db: Kysely<DB>, id: string) {
  return chainRows(db).where('chain.id', '=', id).executeTakeFirst()
}

/** One page, those with a break first and then newest first, after `cursor` (which of the two, and an id). */
export function chainPage(
  db: Kysely<DB>,
  { limit, state, needId }: ChainQuery,
  cursor: readonly [string, string] | undefined,
) {
  const [at, id] = cursor ?? []
  return chainRows(db)
    .$if(state === 'open', (query) => query.where(open))
    .$if(state === 'ended', (query) => query.where(sql<boolean>`not ${open}`))
    .$if(needId !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('chainMember as member')
            .select('member.chainId')
            .whereRef('member.chainId', '=', 'chain.id')
            .where('member.needId', '=', needId ?? ''),
        ),
      ),
    )
    .$if(cursor !== undefined, (query) =>
      query.where(sql<boolean>`(${rank} > ${at}::integer or (${rank} = ${at}::integer and chain.id < ${id}::uuid))`),
    )
    .orderBy(rank)
    .orderBy('chain.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** The class of each step of the chains, and when it fell. */
export function marksOf(db: Kysely<DB>, chainIds: readonly string[]) {
  return db
    .selectFrom('chainStep')
    .select(['chainId', 'position', 'urgencyClass', 'brokenAt'])
    .where(sql<boolean>`chain_id = any(${chainIds}::uuid[])`)
    .execute()
}

/** The reader's own people in the chains; row security leaves everybody else out. */
export function ownMembers(db: Kysely<DB>, chainIds: readonly string[]) {
  return db
    .selectFrom('chainMember as member')
    .innerJoin('need', 'need.id', 'member.needId')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('offer', (join) =>
      join
        .onRef('offer.chainId', '=', 'member.chainId')
        .onRef('offer.chainPosition', '=', 'member.position')
        .onRef('offer.needId', '=', 'member.needId'),
    )
    .select(['member.chainId', 'member.position', 'member.needId', 'resident.id as residentId', 'identity.ciphertext'])
    .select('offer.id as offerId')
    .where(sql<boolean>`member.chain_id = any(${chainIds}::uuid[])`)
    .execute()
}

/** What a run says of the needs, which are the reader's own. */
export function proposedAgain(db: Kysely<DB>, runId: string, needIds: readonly string[]) {
  return ownRunRows(db, runId)
    .select(['need.id as needId', 'row.placeId', 'row.movesOn', 'row.chain', 'row.detail'])
    .where(sql<boolean>`need.id = any(${needIds}::uuid[])`)
    .execute()
}

/** Whether a run that the reader may see is still to end. */
export async function runGoesOn(db: Kysely<DB>, runId: string): Promise<boolean> {
  const row = await db.selectFrom('matchingRun').select('status').where('id', '=', runId).executeTakeFirst()
  return row?.status === 'queued' || row?.status === 'running'
}
