import type { Acting } from '../../db/actor.ts'
import { chainFacts, lockChain, memberOf, settle } from '../../db/chains.ts'
import { DomainError, notFound } from '../../domain/error.ts'

/**
 * Takes one's own person out of a chain before anything is offered to her: the step falls, and those after it with it. Once
 * there is an offer, that is withdrawn or answered instead.
 * @throws {DomainError} `not_found`: no such step, or another bydel's; `chain_step_closed`
 */
export async function leaveChain(acting: Acting, id: string, position: number): Promise<void> {
  await lockChain(acting, id)
  if ((await memberOf(acting.trx, id, position)) === undefined) throw notFound()
  const step = (await chainFacts(acting, id))[position]
  if (step === undefined) throw notFound()
  if (step.brokenBy !== null || step.offer !== null)
    throw new DomainError(
      'chain_step_closed',
      'Leddet i kjeden er brutt, eller tilbudet er allerede sendt. Et tilbud trekkes for seg.',
    )
  await settle(acting, id, position)
}
