import type { PlaceFeatureId } from '../reference/features.ts'
import type { NeedOrigin } from '../reference/profiles.ts'
import { type DayNumber, valueAt } from './calendar.ts'
import { tilted } from './demand.ts'
import type { RatesKey } from './formRates.ts'
import type { CityPlan, Demand } from './plan.ts'
import { evenly, type Quantiles, type Random, shareAbove } from './random.ts'
import type { SimHousehold, SimNeed, SimStay } from './simulated.ts'
import { takeTurns } from './turns.ts'

/** What an arriving need asks of the simulation. */
interface Lookup {
  someoneIn(forms: readonly string[], district: string, day: DayNumber, settledDays: number): SimStay | null
  someoneOutside(
    origin: NeedOrigin,
    forms: readonly string[],
    district: string,
    day: DayNumber,
    rates: RatesKey,
  ): SimHousehold
  register(need: SimNeed): void
}

export type Arrival = (lookup: Lookup) => void

/** Where people of an origin live when that is a place of ours, the likeliest form first, and for how long they have. */
const LIVES_IN: Partial<
  Record<NeedOrigin, { forms: readonly string[]; weights: readonly number[]; settledDays: number }>
> = {
  vel: {
    forms: ['vel_assessment', 'vel_coping', 'vel_resource', 'vel_care', 'vel_reinforced'],
    weights: [30, 36, 24, 7, 3],
    settledDays: 21,
  },
  private_institution: { forms: ['private_institution'], weights: [1], settledDays: 60 },
  temporary: { forms: ['temporary'], weights: [1], settledDays: 1 },
  municipal_home: { forms: ['municipal', 'municipal_support'], weights: [88, 12], settledDays: 200 },
  colocated_home: { forms: ['colocated_24h', 'colocated_day'], weights: [60, 40], settledDays: 200 },
  long_term_home: { forms: ['long_term_home'], weights: [1], settledDays: 60 },
}

/** Rates of the people who come from outside, as their origin tells them apart. */
const OUTSIDE_LIKE: Partial<Record<NeedOrigin, RatesKey>> = {
  no_home: 'vel_assessment',
  with_others: 'municipal_support',
  specialist_care: 'private_institution',
  prison: 'vel_coping',
  hospital: 'long_term_home',
  home: 'municipal',
  unknown: 'municipal_support',
}

/** Days from the first note to a registered need: many are registered at once, some are drafts for weeks. */
const DRAFT_DAYS = [0, 0, 0, 2, 6, 26] as const

/** A need is due for a home after this part of its wait, and ends without one after that part. */
const DUE_AFTER = 0.84
const GIVEN_UP_AFTER = 1.07

/** Needs a day so that as many are open as the line says, given how long each stays open. */
function arrivalsPerOpen({ open, wait }: Demand, today: DayNumber): number {
  let expected = 0
  for (let age = 0; age < (wait.at(-1) ?? 0); age += 1) expected += valueAt(open, today - age) * shareAbove(wait, age)
  const level = valueAt(open, today)
  return expected === 0 ? 0 : level / expected
}

/** The needs that arise on each day, asked for day by day in order. */
export function needArrivals(plan: CityPlan, today: DayNumber, random: Random): (day: DayNumber) => Arrival[] {
  const drafts = evenly(random.fork('drafts'), DRAFT_DAYS)
  const turns = new Map<NeedOrigin, ReturnType<typeof takeTurns>>()
  const tilts = plan.districts.map(() => random.between(-60, 60))
  const tiltedTurns = new Map<NeedOrigin, { had: number[] }>()

  // one for all that wait alike: the more who share it, the evener it is
  const waits = new Map<Quantiles, () => number>()
  function waitOf(wait: Quantiles): () => number {
    const found = waits.get(wait) ?? evenly(random.fork(`wait/${waits.size}`), wait)
    waits.set(wait, found)
    return found
  }

  const streams = plan.demand.map((demand) => ({
    demand,
    perOpen: arrivalsPerOpen(demand, today),
    wait: waitOf(demand.wait),
    asksFor: random.below(demand.forms.length),
    credit: random.below(1000) / 1000,
    colocated: demand.forms.some((forms) => forms[0]?.startsWith('colocated')),
  }))

  function districtOf(origin: NeedOrigin, colocated: boolean, day: DayNumber): string {
    if (!colocated) {
      const found = turns.get(origin) ?? takeTurns(plan.districts, plan.needShares(origin))
      turns.set(origin, found)
      return found.next()
    }
    // shares that drift apart over the years: each district has its own growth
    const weights = tilted(plan.needShares(origin), tilts, day)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const state = tiltedTurns.get(origin) ?? { had: plan.districts.map(() => random.below(1000) / 1000) }
    tiltedTurns.set(origin, state)
    for (const [index, weight] of weights.entries()) state.had[index] = (state.had[index] ?? 0) + weight / total
    const most = state.had.indexOf(Math.max(...state.had))
    state.had[most] = (state.had[most] ?? 0) - 1
    return plan.districts[most] ?? ''
  }

  function arrival(stream: (typeof streams)[number], day: DayNumber): Arrival {
    const { demand, wait } = stream
    const { origin } = demand
    const forms = demand.forms[stream.asksFor % demand.forms.length] ?? []
    stream.asksFor += 1
    const district = districtOf(origin, stream.colocated, day)
    const draft = drafts()
    const length = wait()
    return (lookup) => {
      const home = LIVES_IN[origin]
      let livesIn: SimStay | null = null
      if (home !== undefined) {
        const first = home.forms[random.weighted(home.weights)] ?? ''
        const anywhere = [district, ...plan.districts.filter((code) => code !== district)]
        for (const code of anywhere) {
          livesIn = lookup.someoneIn(
            [first, ...home.forms.filter((form) => form !== first)],
            code,
            day,
            home.settledDays,
          )
          if (livesIn !== null) break
        }
        if (livesIn === null) return
      }
      const rates = OUTSIDE_LIKE[origin] ?? 'municipal_support'
      const family = rates === 'municipal' || forms[0] === 'municipal' ? 'municipal' : rates
      const household = livesIn?.household ?? lookup.someoneOutside(origin, forms, district, day, family)
      lookup.register({
        household,
        origin,
        forms,
        required: requiredBy(household, forms, day, random),
        started: day,
        registered: day + draft,
        due: day + Math.max(draft + 1, Math.round(length * DUE_AFTER)),
        lookedForUntil: day + Math.max(draft + 8, Math.round(length * GIVEN_UP_AFTER)),
        ended: null,
        status: 'open',
        reason: null,
        livesIn,
      })
    }
  }

  return (day) => {
    const today: Arrival[] = []
    for (const stream of streams) {
      stream.credit += valueAt(stream.demand.open, day) * stream.perOpen
      for (; stream.credit >= 1; stream.credit -= 1) today.push(arrival(stream, day))
    }
    return today
  }
}

/** What the home must have: rooms for the children, a way in for those who walk badly, now and then more. */
function requiredBy(
  household: SimHousehold,
  forms: readonly string[],
  day: DayNumber,
  random: Random,
): PlaceFeatureId[] {
  const required = new Set<PlaceFeatureId>()
  const home = forms[0]?.startsWith('municipal') === true || forms[0]?.startsWith('private') === true
  if (
    home &&
    forms[0] !== 'private_institution' &&
    household.children.some(({ arrangement }) => arrangement === 'living')
  ) {
    required.add('two_bedrooms')
    if (random.chance(400)) required.add('child_friendly')
  }
  const age = (day - household.born) / 365.25
  if (random.chance(age > 60 ? 320 : 45)) required.add(random.pick(['ground_floor', 'lift', 'step_free'] as const))
  if (random.chance(age > 60 ? 50 : 8)) required.add('wheelchair')
  if (random.chance(60))
    required.add(random.pick(['quiet_surroundings', 'sound_insulated', 'own_bathroom', 'own_kitchen'] as const))
  return [...required]
}
