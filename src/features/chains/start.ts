import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { notFound } from '../../domain/error.ts'
import { OFFER_STEP_SENTENCE } from '../../domain/placement/chain.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import type { NewChainBody } from './schema.ts'

const { chainSendDays, replyDays } = PLACEMENT_POLICY.parameters

/** What the database finds to stand in the way of a chain of a run. */
const OBSTACLES: Record<string, PreconditionId> = {
  left: 'everybody_still_there',
  in_chain: 'in_no_other_chain',
  taken: 'first_place_free',
}

/**
 * Makes a chain that a run proposes one in life. Nobody is offered anything by it: each bydel gets the task to send the offer
 * to its own person, and each such offer is conditional until the one before has said yes. Where the run planned a move sooner
 * than it can be offered and answered in turn, it is planned later.
 * @throws {DomainError} `not_found`; `chain_not_started` for a cycle, in which nobody can move first without being without a home
 * in between, when it runs already, and when what it rests on has changed since the run
 */
export async function startChain({ trx }: Acting, { runId, chain }: NewChainBody): Promise<string> {
  const proposed = await trx
    .selectFrom('matchingChain')
    .select('kind')
    .where('runId', '=', runId)
    .where('chain', '=', chain)
    .executeTakeFirst()
  if (proposed === undefined) throw notFound()
  permit('chain.start', {
    state: 'none',
    readiness: [],
    failing:
      proposed.kind === 'cycle'
        ? ['moves_in_order']
        : (await isStarted(trx, runId, chain))
          ? ['chain_not_begun']
          : await obstacle(trx, runId, chain),
    overridden: [],
  })
  const { rows } = await sql<{ id: string | null }>`
    select start_chain(${runId}::uuid, ${chain}::integer, ${OFFER_STEP_SENTENCE}, ${chainSendDays}, ${replyDays}) as id`.execute(
    trx,
  )
  const id = rows[0]?.id
  if (id === null || id === undefined) throw notFound()
  return id
}

async function obstacle(trx: Acting['trx'], runId: string, chain: number): Promise<PreconditionId[]> {
  const { rows } = await sql<{ obstacle: string | null }>`
    select chain_obstacle(${runId}::uuid, ${chain}::integer) as obstacle`.execute(trx)
  const found = rows[0]?.obstacle ?? null
  if (found === null) return []
  const id = OBSTACLES[found]
  if (id === undefined) throw new Error(`unknown obstacle of a chain: ${found}`)
  return [id]
}

async function isStarted(trx: Acting['trx'], runId: string, chain: number): Promise<boolean> {
  const row = await trx
    .selectFrom('chain')
    .select('id')
    .where('runId', '=', runId)
    .where('runChain', '=', chain)
    .executeTakeFirst()
  return row !== undefined
}
