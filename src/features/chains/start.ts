import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { DomainError, notFound } from '../../domain/error.ts'
import { OFFER_STEP_SENTENCE } from '../../domain/placement/chain.ts'
import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import type { NewChainBody } from './schema.ts'

const { chainSendDays, replyDays } = PLACEMENT_POLICY.parameters

/** Why a chain of a run cannot be begun now, as the user reads it. */
const OBSTACLES: Record<string, string> = {
  left: 'Noen i kjeden står ikke i køen lenger, eller har flyttet siden kjøringen. Se hva en ny kjøring foreslår.',
  in_chain: 'Noen i kjeden, eller en av plassene, er allerede med i en annen kjede som er i gang.',
  taken: 'Plassen som kjeden begynner med, er ikke ledig lenger. Se hva en ny kjøring foreslår.',
}

const CYCLE =
  'De som er med, skal bytte bolig i ring. Ingen av plassene er ledig, så den som flyttet først, ville stå uten bolig. Avtal byttet mellom bydelene, eller vent til en plass som passer en av dem, er ledig. Da blir det en kjede.'

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
  if (proposed.kind === 'cycle') throw new DomainError('chain_not_started', CYCLE)
  if (await isStarted(trx, runId, chain)) throw new DomainError('chain_not_started', 'Kjeden er allerede satt i gang.')
  const found = await sql<{ obstacle: string | null }>`
    select chain_obstacle(${runId}::uuid, ${chain}::integer) as obstacle`.execute(trx)
  const obstacle = found.rows[0]?.obstacle
  if (obstacle !== null && obstacle !== undefined)
    throw new DomainError('chain_not_started', OBSTACLES[obstacle] ?? 'Se hva en ny kjøring foreslår.')
  const { rows } = await sql<{ id: string | null }>`
    select start_chain(${runId}::uuid, ${chain}::integer, ${OFFER_STEP_SENTENCE}, ${chainSendDays}, ${replyDays}) as id`.execute(
    trx,
  )
  const id = rows[0]?.id
  if (id === null || id === undefined) throw notFound()
  return id
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
