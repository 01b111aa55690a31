import { type Arrivals, BLOCK_DAYS, BLOCKS, learnArrivals } from './arrivals.ts'
import { type ForecastInput, NEVER, NONE } from './input.ts'
import { type Lasting, learnLasting, nothingSeen, type Seen, see } from './lasting.ts'
import { learnMatching, type Matching } from './matching.ts'

/** Stays, vacancies and waits are watched over the last five years, shares over three. */
const WATCHED_DAYS = 1826
const SHARE_DAYS = 1096

export const CLASSES = 5
/** Where somebody who asks lives, as far as urgency knows it: outside, in an institution or temporarily, in a home. */
export const SITUATIONS = 3

/** Everything that is learnt from the history, each with how sure it is. */
export interface Rates {
  forms: number
  districts: number
  arrivals: Arrivals
  /** How long households stay that wait for nothing else, by form and home district. */
  stays: Lasting
  /** How long places stand empty, by form and the district they lie in; closures are a part of it. */
  vacancies: Lasting
  /** How long needs wait until they end without a place, by what is asked for first and home district. */
  patience: Lasting
  matching: Matching
  /** Beta of the share of departures that lose the home, by form: [losses + prior, others + prior]. */
  losses: readonly (readonly [number, number])[]
  /** Beta of the share of residents who leave when their need ends without a place, by form. */
  givesUp: readonly (readonly [number, number])[]
  /** Weights of where somebody lives who asks for a form first, `first * (forms + 1) + livesIn + 1`. */
  livesIn: Float64Array
  /** Weights of what is asked for next, `first * (forms + 1) + second + 1`. */
  second: Float64Array
  /** Weights of the urgency class, `(first * SITUATIONS + situation) * CLASSES + class - 1`. */
  urgency: Float64Array
  /** Gamma shapes of the home districts of those who move in without a registered need, `form * districts + district`. */
  homes: Float64Array
  /** Weights of what somebody asks for first who has lost a home. */
  afterLoss: Float64Array
}

export function situationOf(step: number | undefined): number {
  return step === undefined ? 0 : step <= 1 ? 1 : 2
}

/** Learns the rates. Time in proportion to stays and needs. */
export function learnRates(input: ForecastInput): Rates {
  const { asOf, since, needs, stays } = input
  const forms = input.forms.length
  const districts = input.districts.length
  const steps = input.forms.map(({ step }) => step)
  const begins = asOf - WATCHED_DAYS

  const blocks = Math.max(1, Math.min(BLOCKS, Math.floor((asOf - since) / BLOCK_DAYS)))
  const arose = new Float64Array(forms * districts * blocks)
  const patience = nothingSeen(forms * districts)
  const livesIn = new Float64Array(forms * (forms + 1))
  const second = new Float64Array(forms * (forms + 1))
  const urgency = new Float64Array(forms * SITUATIONS * CLASSES)
  const afterLoss = new Float64Array(forms).fill(0.1)
  const gaveUp = new Float64Array(forms)
  const left = new Float64Array(forms)
  for (const [i, from] of needs.from.entries()) {
    const [home, first, lives, to] = [needs.home[i]!, needs.first[i]!, needs.livesIn[i]!, needs.to[i]!]
    const housed = needs.given[i] !== NONE
    const group = first * districts + home
    const block = blocks - 1 - Math.floor((asOf - 1 - from) / BLOCK_DAYS)
    if (needs.afterLoss[i] === 1) afterLoss[first] = afterLoss[first]! + 1
    else if (block >= 0 && block < blocks) arose[group * blocks + block] = arose[group * blocks + block]! + 1
    watch(patience, group, from, to, begins, asOf, !housed)
    if (from >= asOf - SHARE_DAYS && needs.afterLoss[i] === 0) {
      add(livesIn, first * (forms + 1) + lives + 1)
      add(second, first * (forms + 1) + needs.second[i]! + 1)
    }
    if (to === NEVER)
      add(
        urgency,
        (first * SITUATIONS + situationOf(lives === NONE ? undefined : steps[lives])) * CLASSES + needs.urgency[i]! - 1,
      )
    else if (!housed && lives !== NONE && to >= begins) add(gaveUp, lives)
  }
  spread(urgency)

  const lasted = nothingSeen(forms * districts)
  const homes = new Float64Array(forms * districts)
  const departures = new Float64Array(forms)
  const losses = new Float64Array(forms)
  for (const [i, from] of stays.from.entries()) {
    const form = input.places.form[stays.place[i]!]!
    const [home, to, ready] = [stays.home[i]!, stays.to[i]!, stays.readySince[i]!]
    // while she waits for another home she does not leave: those days are no days at risk
    watch(
      lasted,
      form * districts + home,
      from,
      Math.min(to, ready),
      begins,
      asOf,
      to <= ready && stays.movedOn[i] === 0,
    )
    if (from >= asOf - SHARE_DAYS) add(homes, form * districts + home)
    if (to < begins || to === NEVER || stays.movedOn[i] === 1) continue
    add(departures, form)
    if (stays.lost[i] === 1) add(losses, form)
    if (ready < to) add(left, form)
  }
  for (let at = 0; at < homes.length; at += 1) homes[at] = homes[at]! + 0.3

  const all = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  const share = (some: Float64Array, of: Float64Array) => (all(some) + 0.5) / (Math.max(all(of), all(some)) + 1)
  const beta = (some: number, of: number, usual: number) =>
    [some + 4 * usual, Math.max(0, of - some) + 4 * (1 - usual)] as const
  const lossShare = share(losses, departures)
  const leftShare = share(left, gaveUp)
  return {
    forms,
    districts,
    arrivals: learnArrivals(arose, forms, districts, blocks),
    stays: learnLasting(lasted, forms, districts, steps),
    vacancies: learnLasting(vacanciesOf(input, begins), forms, districts, steps),
    patience: learnLasting(patience, forms, districts, steps),
    matching: learnMatching(input, SHARE_DAYS),
    losses: steps.map((_, form) => beta(losses[form]!, departures[form]!, lossShare)),
    givesUp: steps.map((_, form) => beta(left[form]!, gaveUp[form]!, leftShare)),
    livesIn,
    second,
    urgency,
    homes,
    afterLoss,
  }
}

const add = (values: Float64Array, at: number) => {
  values[at] = values[at]! + 1
}

/** What lasted on some day of `[begins, asOf)`, from the age it had then. */
function watch(seen: Seen, group: number, from: number, to: number, begins: number, asOf: number, ends: boolean): void {
  if (to < begins || from >= asOf || to < from) return
  const over = to < asOf && ends
  see(seen, group, Math.max(0, begins - from), Math.min(to, asOf) - from, over)
}

/** A class nobody has today can still come: those of the same situation over all forms lend half a person. */
function spread(urgency: Float64Array): void {
  const size = SITUATIONS * CLASSES
  const usual = new Float64Array(size).fill(0.01)
  for (const [i, count] of urgency.entries()) usual[i % size] = usual[i % size]! + count
  for (let i = 0; i < urgency.length; i += 1) {
    const from = Math.floor((i % size) / CLASSES) * CLASSES
    const sum = usual.subarray(from, from + CLASSES).reduce((total, count) => total + count, 0)
    urgency[i] = urgency[i]! + (0.5 * usual[i % size]!) / sum
  }
}

/** Between two households, from opening to the first, and from the last until today: days a place stood empty. */
function vacanciesOf(input: ForecastInput, begins: number): Seen {
  const { asOf, areas, places, stays } = input
  const districts = input.districts.length
  const seen = nothingSeen(input.forms.length * districts)
  const order = [...stays.from.keys()].sort((a, b) => stays.from[a]! - stays.from[b]! || stays.to[a]! - stays.to[b]!)
  const emptySince = places.opens.map((day) => day)
  const group = (place: number) => places.form[place]! * districts + areas[places.area[place]!]!.district
  for (const stay of order) {
    const place = stays.place[stay]!
    if (stays.from[stay]! >= emptySince[place]!)
      watch(seen, group(place), emptySince[place]!, stays.from[stay]!, begins, asOf, true)
    emptySince[place] = Math.max(emptySince[place]!, stays.to[stay]!)
  }
  for (const [place, since] of emptySince.entries()) {
    const until = Math.min(asOf, places.closes[place]!)
    // what is about to close is not given away any more
    if (since < until && places.closes[place] === NEVER) watch(seen, group(place), since, until, begins, asOf, false)
  }
  return seen
}

/** How long each place has stood empty today; NEVER where somebody lives or it is not open. */
export function emptySince({ asOf, places, stays }: ForecastInput): number[] {
  const since = places.opens.map((day) => day)
  for (const [i, place] of stays.place.entries()) since[place] = Math.max(since[place]!, stays.to[i]!)
  return since.map((day, place) => (day >= asOf || places.closes[place]! <= asOf ? NEVER : day))
}
