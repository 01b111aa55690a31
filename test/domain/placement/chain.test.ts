import fc from 'fast-check'
import t from 'tap'
import {
  type ChainStep,
  chainState,
  STEP_BREAKS,
  type StepState,
  settleChain,
  stepState,
} from '../../../src/domain/placement/chain.ts'
import { OFFER_STATES } from '../../../src/domain/placement/offer.ts'

const chains = fc
  .array(
    fc.record({
      brokenBy: fc.option(fc.constantFrom(...STEP_BREAKS), { freq: 5 }),
      offer: fc.option(fc.constantFrom(...OFFER_STATES)),
      stillWanted: fc.boolean(),
      late: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((steps) =>
    steps.map((step, position): ChainStep => ({ ...step, position, waits: step.offer === 'conditional' })),
  )

/** The chain once the outcome is carried out. */
function carriedOut(steps: readonly ChainStep[]): ChainStep[] {
  const { broken, firm } = settleChain(steps)
  return steps.map((step) => {
    const by = broken.find(({ position }) => position === step.position)?.by
    if (by !== undefined)
      return { ...step, brokenBy: by, offer: step.offer === null ? null : 'withdrawn', waits: false }
    return firm.includes(step.position) ? { ...step, offer: 'sent', waits: false } : step
  })
}

t.test('a chain is settled once', async () => {
  fc.assert(
    fc.property(chains, (steps) => {
      const { broken, firm } = settleChain(carriedOut(steps))
      return broken.length === 0 && firm.length === 0
    }),
  )
})

t.test('whoever waits for a move that is off, does not wait any longer', async () => {
  fc.assert(
    fc.property(chains, (steps) =>
      carriedOut(steps).every(
        ({ brokenBy, offer }, at, all) =>
          at === 0 || all[at - 1]?.brokenBy === null || brokenBy !== null || offer === 'moved_in',
      ),
    ),
  )
})

t.test('what stands before a break is left alone', async () => {
  fc.assert(
    fc.property(chains, fc.nat(5), (steps, at) => {
      const before = settleChain(steps.slice(0, at))
      const whole = settleChain(steps)
      return (
        JSON.stringify(before.broken) === JSON.stringify(whole.broken.filter(({ position }) => position < at)) &&
        JSON.stringify(before.firm) === JSON.stringify(whole.firm.filter((position) => position < at))
      )
    }),
  )
})

t.test('nothing is firm before the one before has said yes', async () => {
  fc.assert(
    fc.property(chains, (steps) =>
      settleChain(steps).firm.every((at) => {
        const before = steps[at - 1]
        return at === 0 || (before?.brokenBy === null && (before.offer === 'accepted' || before.offer === 'moved_in'))
      }),
    ),
  )
})

t.test('the states of steps and chains', async (t) => {
  const rows: [ChainStep['brokenBy'], ChainStep['offer'], StepState][] = [
    ['declined', 'declined', 'broken'],
    [null, 'moved_in', 'moved_in'],
    [null, 'accepted', 'accepted'],
    [null, 'sent', 'sent'],
    [null, 'conditional', 'conditional'],
    [null, null, 'to_offer'],
    [null, 'expired', 'broken'],
  ]
  for (const [brokenBy, offer, state] of rows) t.equal(stepState({ brokenBy, offer }), state)
  t.equal(chainState(['moved_in', 'moved_in']), 'complete')
  t.equal(chainState(['broken', 'broken']), 'broken')
  t.equal(chainState(['moved_in', 'broken']), 'partly')
  t.equal(chainState(['accepted', 'to_offer']), 'running')
})
