import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { DomainError, notFound } from '../../domain/error.ts'
import { OFFER_STEP_SENTENCE } from '../../domain/placement/chain.ts'
import type { NewChainBody } from './schema.ts'

/**
 * Makes a chain that a run proposes one in life. Nobody is offered anything by it: each bydel gets the task to send the offer
 * to its own person, and each such offer is conditional until the one before has said yes.
 * @throws {DomainError} `not_found`; `chain_not_started` for a cycle, in which nobody can move first, and when it runs already
 */
export async function startChain({ trx }: Acting, { runId, chain }: NewChainBody): Promise<string> {
  const proposed = await trx
    .selectFrom('matchingChain')
    .select('kind')
    .where('runId', '=', runId)
    .where('chain', '=', chain)
    .executeTakeFirst()
  if (proposed === undefined) throw notFound()
  if (proposed.kind === 'cycle') {
    throw new DomainError(
      'chain_not_started',
      'I et bytte i ring kan ingen flytte først. Avtal byttet mellom bydelene, og registrer det som tilbud uten kjede når en plass er ledig.',
    )
  }
  const { rows } = await sql<{ id: string | null }>`
    select start_chain(${runId}::uuid, ${chain}::integer, ${OFFER_STEP_SENTENCE}) as id`.execute(trx)
  const id = rows[0]?.id
  if (id === null || id === undefined) throw notFound()
  return id
}
