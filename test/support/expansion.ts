import type { Day } from '../../src/domain/day.ts'
import { answerOf } from '../../src/domain/expansion/answer.ts'
import { type Counts, changesOf, type ExpansionAsk, spaceOf } from '../../src/domain/expansion/ask.ts'
import type { Means } from '../../src/domain/expansion/expand.ts'
import { lengthened, type Variant } from '../../src/domain/expansion/hangsOn.ts'
import { sampleOf, sampleRuns } from '../../src/domain/expansion/sample.ts'
import { assumptionsOf } from '../../src/domain/forecast/assumptions.ts'
import { prepare } from '../../src/domain/forecast/forecast.ts'
import type { ForecastInput } from '../../src/domain/forecast/input.ts'
import { solveMip } from '../../src/jobs/highs.ts'
import { EXPANSION_POLICY } from '../../src/reference/expansionPolicy.ts'

const { opensOn, stays, losses, costs, roundsMax, solveSeconds } = EXPANSION_POLICY.parameters

/** A question of what to build, answered on this thread: its space, its simulations, and the whole answer. */
export function expansionOf(
  input: ForecastInput,
  ask: ExpansionAsk,
  today: Day,
  solve: Means['solve'] = (mip) => solveMip(mip, solveSeconds),
) {
  const span = { today, until: ask.by }
  const prepared = prepare(input, span)
  const space = spaceOf(ask, input, today, opensOn)
  const forms = space.forms.map(({ index }) => index)
  const simulate = async (
    counts: Counts,
    { seed, runs, variant }: { seed: number; runs: number; variant: Variant | null },
  ) => {
    const learnt = { input, rates: lengthened(prepared.rates, variant?.staysFactor ?? 1) }
    const changes = [...changesOf(space, counts), ...(variant?.changes ?? [])]
    const part = sampleRuns(learnt, span, changes, forms, { seed, from: 0, to: runs })
    return sampleOf([part], space.districts.length, forms.length)
  }
  const world = { today, assumptions: assumptionsOf(prepared), ends: { stays, losses, costs }, roundsMax }
  return { space, simulate, answer: () => answerOf(space, ask, world, { simulate, solve, say() {} }) }
}
