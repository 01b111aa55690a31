import type { Day } from '../day.ts'
import type { Assumptions } from '../forecast/assumptions.ts'
import { type Counts, type ExpansionAsk, noCounts, openingsOf, type Space, totalOf } from './ask.ts'
import { BINDING_SENTENCES, type Binding, bindingOf } from './binding.ts'
import { betweenYears, effectOf, probeOf } from './effects.ts'
import { type Expanded, expand, type Means } from './expand.ts'
import { type Ends, type Variant, variantsOf } from './hangsOn.ts'
import type { Effects } from './known.ts'
import { ninetieths, type Sample } from './sample.ts'

/** Which chance a plan meets, and in which world. */
export interface Run {
  seed: number
  runs: number
  variant: Variant | null
}

export interface AnswerMeans {
  simulate(counts: Counts, run: Run): Promise<Sample>
  solve: Means['solve']
  /** Told after each simulation, with the share of the work that is over. */
  say(share: number): void
}

interface Opening {
  district: string
  form: string
  year: number
  opensOn: Day
  places: number
  cost: number
}

/** P90 of a district's shortfall on the day: with nothing built, with the plan, and with the plan under other chance. */
interface DistrictAnswer {
  district: string
  before: number
  after: number
  again: number
  met: boolean
  places: number
  cost: number
  binding: { id: Binding; sentence: string } | null
}

export interface ExpansionAnswer {
  /** Every district is at or under the level in the plan's own simulation. */
  met: boolean
  places: number
  cost: number
  /** Where something is built. */
  openings: Opening[]
  districts: DistrictAnswer[]
  check: {
    rounds: { places: number; cost: number; above: number; excess: number }[]
    /** Nothing smaller would have been tried; else the rounds were over first. */
    settled: boolean
    againSeed: number
    againAbove: number
  }
  /** Of the programs, those of the assumptions too: the largest gap that was left, 0 when each was proven, 1 without an answer. */
  gap: number
  hangsOn: {
    assumed: Variant['assumed']
    side: Variant['side']
    sentence: string
    places: number
    cost: number
    above: number
    /** Nothing else would have been tried; else its few rounds were over first, and a smaller plan may exist. */
    settled: boolean
  }[]
  /** Households that one place takes from the shortfall on the day, on average where it was tried. */
  effects: { form: string; year: number; households: number }[]
}

/** A probe is simulated so many times less than a plan, but no less than this. */
const PROBE_PART = 2
const PROBE_LEAST = 50
/** Rounds of a question that begins at the answer to a like one. */
const VARIANT_ROUNDS = 3

/** Everything that a question is answered with. */
export async function answerOf(
  space: Space,
  ask: ExpansionAsk,
  world: { today: Day; assumptions: Assumptions; ends: Ends; roundsMax: number },
  means: AnswerMeans,
): Promise<ExpansionAnswer> {
  const variants = variantsOf(world.today, world.assumptions, world.ends)
  const probeRuns = Math.min(ask.runs, Math.max(PROBE_LEAST, Math.round(ask.runs / PROBE_PART)))
  const probes = (space.years.length > 1 ? 2 : 1) * space.forms.length
  const expected =
    (probes + 1) * probeRuns + (2 + world.roundsMax / 2 + (variants.length * VARIANT_ROUNDS) / 2) * ask.runs
  let made = 0
  const known = new Map<string, Sample>()
  const simulate = async (counts: Counts, run: Run) => {
    const key = `${run.seed}/${run.runs}/${run.variant?.assumed}/${run.variant?.side}/${counts.join()}`
    const sample = known.get(key) ?? (await means.simulate(counts, run))
    known.set(key, sample)
    made += run.runs
    means.say(Math.min(0.97, made / expected))
    return sample
  }
  const usual = { seed: ask.seed, runs: ask.runs, variant: null }
  const nothing = noCounts(space)
  const without = await simulate(nothing, usual)
  const effects = await effectsOf(space, (counts) => simulate(counts, { ...usual, runs: probeRuns }))
  const { solve } = means
  const found = await expand(
    space,
    ask,
    { solve, simulate: (counts) => simulate(counts, usual) },
    effects,
    { counts: nothing },
    world.roundsMax,
    without,
  )
  const againSeed = (ask.seed + 1) % 2_147_483_648
  const again = ninetieths(await simulate(found.best.counts, { ...usual, seed: againSeed }))

  const hangsOn: ExpansionAnswer['hangsOn'] = []
  let gap = found.gap
  for (const variant of variants) {
    const { assumed, side, sentence, costFactor } = variant
    if (assumed === 'costs' && ask.budget === null) {
      // every place costs alike so much more or less: no other plan is smaller than before
      const { places, above } = found.best
      const cost = totalOf(costingSpace(space, costFactor), found.best.counts).cost
      hangsOn.push({ assumed, side, sentence, places, cost, above, settled: found.settled })
      continue
    }
    const asked = costing(ask, costFactor)
    // what costs change is no chance
    const run = assumed === 'costs' ? usual : { ...usual, variant }
    const other = await expand(
      costingSpace(space, costFactor),
      asked,
      { solve, simulate: (counts) => simulate(counts, run) },
      effects,
      { counts: found.best.counts, multipliers: found.multipliers },
      VARIANT_ROUNDS,
    )
    const {
      best: { places, cost, above },
      settled,
    } = other
    gap = Math.max(gap, other.gap)
    hangsOn.push({ assumed, side, sentence, places, cost, above, settled })
  }
  return {
    ...(await standing(space, ask, found, { effects, without, again }, solve)),
    check: {
      rounds: found.rounds.map(({ places, cost, above, excess }) => ({ places, cost, above, excess })),
      settled: found.settled,
      againSeed,
      againAbove: again.filter((p90) => p90 > ask.level).length,
    },
    gap,
    hangsOn,
    effects: space.forms.flatMap(({ id }, form) =>
      space.years.map(({ year }, y) => ({ form: id, year, households: effects[form * space.years.length + y]! })),
    ),
  }
}

/** Tries each form by itself, opened as early and as late as can be. */
async function effectsOf(space: Space, simulate: (counts: Counts) => Promise<Sample>): Promise<Effects> {
  const without = await simulate(noCounts(space))
  const at = async (year: number) => {
    const found: (number | null)[] = []
    for (let form = 0; form < space.forms.length; form += 1) {
      const probe = probeOf(space, without, form, year)
      const empty = probe.every((count) => count === 0)
      found.push(empty ? null : effectOf(space, without, probe, await simulate(probe), form, year))
    }
    return found
  }
  const first = await at(0)
  const last = space.years.length > 1 ? await at(space.years.length - 1) : first
  return betweenYears(space, first, last)
}

async function standing(
  space: Space,
  ask: ExpansionAsk,
  { best, multipliers }: Expanded,
  { effects, without, again }: { effects: Effects; without: Sample; again: number[] },
  solve: Means['solve'],
): Promise<Pick<ExpansionAnswer, 'met' | 'places' | 'cost' | 'openings' | 'districts'>> {
  const openings = [...openingsOf(space, best.counts)].filter(({ places }) => places > 0)
  const before = ninetieths(without)
  const districts: DistrictAnswer[] = []
  for (const [d, district] of space.districts.entries()) {
    const own = openings.filter((opening) => opening.district === district)
    const after = best.p90[d]!
    const met = after <= ask.level
    const binding = met ? null : await bindingOf(space, ask, { effects, multipliers, tried: best, without }, d, solve)
    districts.push({
      district,
      before: before[d]!,
      after,
      again: again[d]!,
      met,
      places: own.reduce((sum, { places }) => sum + places, 0),
      cost: own.reduce((sum, { cost }) => sum + cost, 0),
      binding: binding === null ? null : { id: binding, sentence: BINDING_SENTENCES[binding] },
    })
  }
  return { met: best.above === 0, places: best.places, cost: best.cost, openings, districts }
}

const costing = (ask: ExpansionAsk, factor: number): ExpansionAsk => ({
  ...ask,
  forms: ask.forms.map(({ form, costPerPlace }) => ({ form, costPerPlace: Math.round(costPerPlace * factor) })),
})

const costingSpace = (space: Space, factor: number): Space => ({
  ...space,
  forms: space.forms.map((form) => ({ ...form, cost: Math.round(form.cost * factor) })),
})
