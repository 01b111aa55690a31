import { compareDays, type Day, type DayRange, daysBetween, parseDay } from './day.ts'

/** What is known of a stay in a bought place and of one purchase of it, without whose it is. */
export interface Purchase {
  /** Tells stays apart: several purchases of one stay carry the same. */
  caseNumber: number
  district: string
  lived: DayRange
  /** Whole kroner; null with `ordered`: nobody has registered what this stay costs. */
  pricePerDay: number | null
  ordered: DayRange | null
}

/** What one stay costs in a period, whole kroner. Days are counted until the day that is today, and from it. */
export interface CaseCost {
  caseNumber: number
  district: string
  /** Days lived there before today. */
  days: number
  /** Of these, days that no registered purchase covers: they cost something that nobody knows. */
  daysUnpriced: number
  spent: number
  /** From today on, agreed to a day. */
  committed: number
  /** From today on, of what runs until somebody ends it. */
  running: number
  /** A day of it today; null when nobody lives there today, or without a price. */
  perDayToday: number | null
  livesThereToday: boolean
}

/** How many days of `range` lie in `period`. */
export function daysIn(range: DayRange, period: { from: Day; to: Day }): number {
  const from = laterOf(range.from, period.from)
  const to = range.to === null ? period.to : earlierOf(range.to, period.to)
  return Math.max(0, daysBetween(from, to))
}

const laterOf = (a: Day, b: Day): Day => (compareDays(a, b) >= 0 ? a : b)
const earlierOf = (a: Day, b: Day): Day => (compareDays(a, b) <= 0 ? a : b)

/** The days that both have; undefined when there are none. */
function overlap(a: DayRange, b: DayRange): DayRange | undefined {
  const from = laterOf(a.from, b.from)
  const to = a.to === null ? b.to : b.to === null ? a.to : earlierOf(a.to, b.to)
  return to !== null && to <= from ? undefined : { from, to }
}

/**
 * What stays in bought places cost in `period` (half-open), as known today: a day costs what is ordered for it, as long as the
 * stay has not ended. One entry a stay that touches the period, in the order of their numbers.
 */
export function caseCosts(purchases: readonly Purchase[], period: { from: Day; to: Day }, today: Day): CaseCost[] {
  const turn = earlierOf(laterOf(today, period.from), period.to)
  const before = { from: period.from, to: turn }
  const after = { from: turn, to: period.to }
  const cases = [...Map.groupBy(purchases, ({ caseNumber }) => caseNumber)].toSorted(([a], [b]) => a - b)
  return cases.flatMap(([caseNumber, orders]): CaseCost[] => {
    const [first] = orders
    if (first === undefined || (daysIn(first.lived, before) === 0 && daysIn(first.lived, after) === 0)) return []
    const { district, lived } = first
    const livesThereToday = lived.from <= today && (lived.to === null || today < lived.to)
    const cost: CaseCost = {
      caseNumber,
      district,
      days: daysIn(lived, before),
      daysUnpriced: daysIn(lived, before),
      spent: 0,
      committed: 0,
      running: 0,
      perDayToday: null,
      livesThereToday,
    }
    for (const { pricePerDay, ordered } of orders) {
      const bought = ordered === null ? undefined : overlap(lived, ordered)
      if (pricePerDay === null || ordered === null || bought === undefined) continue
      const past = daysIn(bought, before)
      cost.daysUnpriced -= past
      cost.spent += past * pricePerDay
      const coming = daysIn(bought, after) * pricePerDay
      if (bought.to === null) cost.running += coming
      else cost.committed += coming
      if (bought.from <= today && (bought.to === null || today < bought.to)) cost.perDayToday = pricePerDay
    }
    return [cost]
  })
}

/** What a case ties up in its period: spent, and what is to come. */
export function tiedUp({ spent, committed, running }: CaseCost): number {
  return spent + committed + running
}

/**
 * How much of the whole the `count` largest cases tie up.
 * @returns kroner of the largest and of all, and the share in percent of all and of the budget; null of nothing, or of no budget
 */
export function exposure(cases: readonly CaseCost[], count: number, budget: number | null) {
  const amounts = cases.map(tiedUp).toSorted((a, b) => b - a)
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const largest = amounts.slice(0, count).reduce((sum, amount) => sum + amount, 0)
  return {
    largest,
    total,
    shareOfAll: total === 0 ? null : percent(largest, total),
    shareOfBudget: budget === null || budget === 0 ? null : percent(largest, budget),
  }
}

const percent = (part: number, whole: number) => Math.round((1000 * part) / whole) / 10

/**
 * The day from which purchases have been as `holds` says of a period without a break, as far as they tell; null when they are not
 * so today. An earlier day is judged by what had begun then: nobody knew when a stay that went on would end.
 */
export function exposedSince(
  purchases: readonly Purchase[],
  period: { from: Day; to: Day },
  today: Day,
  holds: (cases: readonly CaseCost[]) => boolean,
): Day | null {
  if (!holds(caseCosts(purchases, period, today))) return null
  const turns = purchases
    .flatMap(({ lived, ordered }) => [lived.from, lived.to ?? period.from, ordered?.from ?? period.from])
    .filter((day) => day > period.from && day <= today)
  let since = today
  for (const day of [...new Set([period.from, ...turns])].toSorted(compareDays).reverse()) {
    if (!holds(caseCosts(knownOn(purchases, day), period, day))) break
    since = day
  }
  return since
}

/** Purchases as they were on an earlier day. */
function knownOn(purchases: readonly Purchase[], day: Day): Purchase[] {
  return purchases.flatMap(({ lived, ordered, ...purchase }): Purchase[] => {
    if (lived.from > day) return []
    const then = { ...purchase, lived: lived.to !== null && lived.to > day ? { ...lived, to: null } : lived }
    return [
      ordered === null || ordered.from > day ? { ...then, pricePerDay: null, ordered: null } : { ...then, ordered },
    ]
  })
}

/** A month of a year, in days. */
const MONTH_DAYS = 365 / 12

/** What `perDay` kroner come to in a month, whole kroner. */
export function monthly(perDay: number): number {
  return Math.round(perDay * MONTH_DAYS)
}

/** The days of a calendar year, half-open. Throws RangeError outside the years that a day can have. */
export function yearRange(year: number): { from: Day; to: Day } {
  const [from, to] = [parseDay(`${year}-01-01`), parseDay(`${year + 1}-01-01`)]
  if (from === undefined || to === undefined) throw new RangeError(`no such year: ${year}`)
  return { from, to }
}

/** Whether a text that everybody reads could hold a personal number; the database says the same. */
export function namesAPersonalNumber(text: string): boolean {
  return /\d{6}[ .-]?\d{5}/.test(text)
}
