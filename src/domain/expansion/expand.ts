import { gapOf, type Mip, type MipAnswer } from '../../solver/mip.ts'
import { type Counts, countAt, type ExpansionAsk, noCounts, type Space, sizeOf } from './ask.ts'
import { aimed, type Effects, learn, problemOf } from './known.ts'
import { type Bounds, boundsOf, type DistrictProblem, programOf, readCounts } from './program.ts'
import type { Sample } from './sample.ts'
import { isBetter, type Tried, triedOf, within } from './tried.ts'

/** The world outside: chance and the solver. */
export interface Means {
  simulate(counts: Counts): Promise<Sample>
  solve(mip: Mip): Promise<MipAnswer>
}

export interface Expanded {
  best: Tried
  /** What each round tried, in order. */
  rounds: Tried[]
  /** Nothing more would have been tried; else the rounds were over first. */
  settled: boolean
  /** The largest gap that the solver left, 0 when each answer was proven. */
  gap: number
  /** How what was foretold of a place was corrected, `district * forms + form`: where a like question can begin. */
  multipliers: Float64Array
}

/**
 * Finds the smallest expansion that holds when it is simulated.
 *
 * Each round states what is known as a program (`programOf`), has it solved, and simulates the answer with the forecast on
 * common random numbers. What the simulation showed becomes the ground of the next round: the effect of a place is corrected
 * district by district and form by form, a district that was not brought under its level must get more than it was tried
 * with, and one that was may get by with less. It ends when nothing new would be tried, or after so many rounds. Of all plans
 * that were simulated the best is the answer: fewest districts above, fewest households above, then what the question asks to
 * be smallest. So the answer is always a plan whose own simulation is known, and never one that the program only foretells.
 *
 * **A place more is not certain to lower a shortfall in a run.** The simulated matching is a simplification: a place goes to
 * whoever stands first of those whom it may fit, so an earlier move changes who comes next, somebody without a registered
 * need may get it, and who moves in may later leave, lose the home and queue again; and from then on the run meets other
 * chance. In a test city one place more raised the district's shortfall on the last day in about a third of the runs, and
 * lowered it in somewhat more (`test/domain/expansion/expand.test.ts` counts them). The P90 of many runs is steadier, but no proof either: therefore
 * «the smallest» is the smallest that was tried and holds, and the answer is tried again under other chance.
 *
 * @param begin what is tried first: nothing, or the answer to a like question
 * @param without what happens if nothing is built, where it is known
 */
export async function expand(
  space: Space,
  ask: ExpansionAsk,
  { simulate, solve }: Means,
  effects: Effects,
  begin: { counts: Counts; multipliers?: Float64Array },
  roundsMax: number,
  without?: Sample,
): Promise<Expanded> {
  const { districts, forms } = space
  const bounds = boundsOf(ask)
  const multipliers = begin.multipliers?.slice() ?? new Float64Array(districts.length * forms.length).fill(1)
  /** By district, the most places that were not enough. */
  const failed = new Int32Array(districts.length).fill(-1)
  /** By district, the fewest places that were, and what they were. */
  const passed: ({ counts: Counts; size: number } | null)[] = districts.map(() => null)
  /** By district, how often a plan was not enough. */
  const fails = new Int32Array(districts.length)
  const rounds: Tried[] = []
  const seen = new Set<string>()
  let gap = 0
  let settled = false
  // the answer to a like question may be more than this one allows, where costs or limits differ
  let counts = within(space, begin.counts, bounds) ? begin.counts : noCounts(space)

  for (let round = 0; round < roundsMax; round += 1) {
    const sample = await simulate(counts)
    const tried = triedOf(space, ask, counts, sample)
    rounds.push(tried)
    seen.add(counts.join())
    for (let d = 0; d < districts.length; d += 1) {
      const placesOf = sizeOf(space, counts, d, () => 1)
      const size = sizeOf(space, counts, d, weightOf(ask))
      if (tried.p90[d]! <= ask.level) {
        if (passed[d] === null || size <= passed[d]!.size) passed[d] = { counts, size }
      } else {
        failed[d] = Math.max(failed[d]!, placesOf)
        if (placesOf > 0) fails[d]! += 1
        // it held beside other plans of its neighbours, and does not now
        if (passed[d] !== null && placesOf >= sizeOf(space, passed[d]!.counts, d, () => 1)) passed[d] = null
      }
      if (without !== undefined) learn(space, effects, multipliers, without, tried, d)
    }
    const problems = districts.map((_, d) =>
      aimed(space, problemOf(space, ask, { effects, multipliers, tried, without }, d), tried, ask.level, {
        failed: failed[d]!,
        fails: fails[d]!,
        passed: passed[d]?.counts ?? null,
      }),
    )
    const answer = await proposed(space, problems, counts, bounds, ask.goal, solve)
    gap = Math.max(gap, answer.gap)
    const next = answer.counts.slice()
    for (let d = 0; d < districts.length; d += 1) {
      const known = passed[d] ?? null
      if (known === null) continue
      const smaller = sizeOf(space, next, d, weightOf(ask)) < known.size
      const hopeless = sizeOf(space, next, d, () => 1) <= failed[d]!
      if (!smaller || hopeless) copyDistrict(space, known.counts, next, d)
    }
    // what has held is kept only where the districts' plans still keep to the limits together
    counts = within(space, next, bounds) ? next : answer.counts
    settled = seen.has(counts.join())
    if (settled) break
  }
  const best = rounds
    .filter((tried) => within(space, tried.counts, bounds))
    .reduce((one, other) => (isBetter(ask, other, one) ? other : one))
  return { best, rounds, settled, gap, multipliers }
}

const weightOf =
  ({ goal, forms }: ExpansionAsk) =>
  (form: number) =>
    goal === 'fewest_places' ? 1 : (forms[form]?.costPerPlace ?? 0)

function copyDistrict(space: Space, from: Counts, to: Counts, district: number): void {
  const [first, end] = [countAt(space, district, 0, 0), countAt(space, district + 1, 0, 0)]
  to.set(from.subarray(first, end), first)
}

/**
 * District by district where nothing binds them together, else all at once. Where the solver found nothing in its time, what
 * was tried last stays, and the gap is whole.
 */
async function proposed(
  space: Space,
  problems: readonly DistrictProblem[],
  last: Counts,
  bounds: Bounds,
  goal: ExpansionAsk['goal'],
  solve: Means['solve'],
): Promise<{ counts: Counts; gap: number }> {
  const alone = { ...bounds, budget: null, limits: bounds.limits.filter(({ district }) => district !== undefined) }
  let counts = noCounts(space)
  let gap = 0
  for (const problem of problems) {
    const program = programOf(space, [problem], alone, goal)
    const answer = await solve(program.mip)
    gap = Math.max(gap, gapOf(answer))
    if (answer.values.length > 0) counts = readCounts(program, answer.values, counts)
    else copyDistrict(space, last, counts, problem.district)
  }
  if (within(space, counts, bounds)) return { counts, gap }
  const program = programOf(space, problems, bounds, goal)
  const answer = await solve(program.mip)
  if (answer.values.length === 0) return { counts: last, gap: gapOf(answer) }
  return { counts: readCounts(program, answer.values, noCounts(space)), gap: Math.max(gap, gapOf(answer)) }
}
