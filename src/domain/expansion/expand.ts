import { gapOf, type Mip, type MipAnswer } from '../../solver/mip.ts'
import { type Counts, countAt, type ExpansionAsk, noCounts, type Space, totalOf } from './ask.ts'
import { corrected } from './effects.ts'
import { type Bounds, boundsOf, type DistrictProblem, programOf, readCounts } from './program.ts'
import { meanOf, ninetieths, type Sample, shortfallsOf } from './sample.ts'

/** The world outside: chance and the solver. */
export interface Means {
  simulate(counts: Counts): Promise<Sample>
  solve(mip: Mip): Promise<MipAnswer>
}

/** A plan that has been simulated. */
export interface Tried {
  counts: Counts
  sample: Sample
  p90: number[]
  places: number
  cost: number
  /** Districts above the level, and households above it over all of them. */
  above: number
  excess: number
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

/** How far each place is foretold to bring a shortfall down, `form * years + year`, before it is corrected. */
export type Effects = Float64Array

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

/** Places of a district, each weighing what `weight` says of its form. */
function sizeOf(space: Space, counts: Counts, district: number, weight: (form: number) => number): number {
  let sum = 0
  for (let form = 0; form < space.forms.length; form += 1)
    for (let year = 0; year < space.years.length; year += 1)
      sum += counts[countAt(space, district, form, year)]! * weight(form)
  return sum
}

function copyDistrict(space: Space, from: Counts, to: Counts, district: number): void {
  const [first, end] = [countAt(space, district, 0, 0), countAt(space, district + 1, 0, 0)]
  to.set(from.subarray(first, end), first)
}

function triedOf(space: Space, { level }: ExpansionAsk, counts: Counts, sample: Sample): Tried {
  const p90 = ninetieths(sample)
  const over = p90.map((value) => Math.max(0, value - level))
  return {
    counts,
    sample,
    p90,
    ...totalOf(space, counts),
    above: over.filter((value) => value > 0).length,
    excess: over.reduce((sum, value) => sum + value, 0),
  }
}

function isBetter({ goal }: ExpansionAsk, one: Tried, other: Tried): boolean {
  const size = ({ places, cost }: Tried) => (goal === 'fewest_places' ? [places, cost] : [cost, places])
  const order = (tried: Tried) => [tried.above, tried.excess, ...size(tried)]
  const [mine, theirs] = [order(one), order(other)]
  const at = mine.findIndex((value, i) => value !== theirs[i])
  return at >= 0 && mine[at]! < theirs[at]!
}

function learn(
  space: Space,
  effects: Effects,
  multipliers: Float64Array,
  without: Sample,
  { counts, sample }: Tried,
  district: number,
): void {
  const years = space.years.length
  for (let form = 0; form < space.forms.length; form += 1) {
    const at = district * space.forms.length + form
    let foretold = 0
    for (let year = 0; year < years; year += 1)
      foretold += counts[countAt(space, district, form, year)]! * effects[form * years + year]! * multipliers[at]!
    const before = meanOf(without, district, form)
    // more than all of it cannot be taken
    if (foretold <= before)
      multipliers[at] = corrected(before, meanOf(sample, district, form), foretold, multipliers[at]!)
  }
}

/** What is known after a round: what places are foretold to do, and what the last plan and none at all did. */
export interface Known {
  effects: Effects
  multipliers: Float64Array
  tried: Pick<Tried, 'counts' | 'sample'>
  without: Sample | undefined
}

/**
 * What is known of a district, as if nothing were built: each run's shortfall with the plan that was tried last, and what the
 * plan is taken to have brought it down by, though not more than it was with nothing built.
 */
export function problemOf(
  space: Space,
  { level }: ExpansionAsk,
  { effects, multipliers, tried: { counts, sample }, without }: Known,
  district: number,
): DistrictProblem {
  const forms = space.forms.length
  const years = space.years.length
  const own = new Float64Array(forms * years)
  const shortfalls = Float64Array.from(shortfallsOf(sample, district))
  const most = without === undefined ? undefined : shortfallsOf(without, district)
  for (let form = 0; form < forms; form += 1) {
    let taken = 0
    for (let year = 0; year < years; year += 1) {
      const effect = effects[form * years + year]! * multipliers[district * forms + form]!
      own[form * years + year] = effect
      taken += effect * counts[countAt(space, district, form, year)]!
    }
    for (let at = form; at < shortfalls.length; at += forms) {
      const now = shortfalls[at]!
      shortfalls[at] = most === undefined ? now + taken : Math.max(now, Math.min(now + taken, most[at]!))
    }
  }
  return { district, shortfalls, effects: own, level, least: 0, keep: null, cap: null }
}

/** What a district has been through. */
interface Past {
  /** The most places that were not enough, and how often some were not. */
  failed: number
  fails: number
  /** The smallest plan that was enough. */
  passed: Counts | null
}

/**
 * What is asked of a district next. Where the last plan was not enough, more is built of it: nothing is taken away, since two
 * mixes that are foretold alike would else take turns. Each time the aim is further below the level, since more places do less
 * than the first, and since chance moves a P90 by a household or two when neighbours build. Where a plan was enough, places
 * are taken from it, half way to what was not.
 */
function aimed(
  space: Space,
  problem: DistrictProblem,
  { counts, p90 }: Tried,
  level: number,
  past: Past,
): DistrictProblem {
  const { district } = problem
  const [first, end] = [countAt(space, district, 0, 0), countAt(space, district + 1, 0, 0)]
  const { failed, fails, passed } = past
  if (passed !== null) {
    const size = sizeOf(space, passed, district, () => 1)
    return { ...problem, least: failed + Math.ceil((size - failed) / 2), cap: passed.subarray(first, end) }
  }
  const over = p90[district]! - level
  const aim = fails === 0 ? level : level - fails * (over + 1)
  return { ...problem, level: Math.max(0, aim), least: failed + 1, keep: counts.subarray(first, end) }
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

/** Whether a plan keeps to every limit. */
export function within(space: Space, counts: Counts, { perDistrictYear, limits, budget }: Bounds): boolean {
  for (let d = 0; d < space.districts.length; d += 1)
    for (let y = 0; y < space.years.length; y += 1) {
      let sum = 0
      for (let f = 0; f < space.forms.length; f += 1) sum += counts[countAt(space, d, f, y)]!
      if (sum > perDistrictYear) return false
    }
  for (const limit of limits) {
    let sum = 0
    for (const [d, district] of space.districts.entries())
      for (const [f, { id }] of space.forms.entries())
        for (const [y, { year }] of space.years.entries())
          if ((limit.district ?? district) === district && (limit.form ?? id) === id && (limit.year ?? year) === year)
            sum += counts[countAt(space, d, f, y)]!
    if (sum > limit.most) return false
  }
  return budget === null || totalOf(space, counts).cost <= budget
}
