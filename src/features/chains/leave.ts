import type { Acting } from '../../db/actor.ts'
import { chainFacts, lockChain, memberOf, settle } from '../../db/chains.ts'
import { notFound } from '../../domain/error.ts'
import { chainState, stepState } from '../../domain/placement/chain.ts'
import { permit } from '../../domain/placement/decide.ts'

/**
 * Takes one's own person out of a chain before anything is offered to her: the step falls, and those after it with it. Once
 * there is an offer, that is withdrawn or answered instead.
 * @throws {DomainError} `not_found`: no such step, or another bydel's; `chain_step_closed`
 */
export async function leaveChain(acting: Acting, id: string, position: number): Promise<void> {
  await lockChain(acting, id)
  if ((await memberOf(acting.trx, id, position)) === undefined) throw notFound()
  const steps = await chainFacts(acting, id)
  const step = steps[position]
  if (step === undefined) throw notFound()
  permit('chain.leave', {
    state: chainState(steps.map(stepState)),
    readiness: [],
    failing: step.brokenBy !== null || step.offer !== null ? ['step_to_offer'] : [],
    overridden: [],
  })
  await settle(acting, id, position)
}
