import { addMonths, type Day } from '../day.ts'
import type { FieldError } from '../error.ts'
import type { ScenarioChange } from '../forecast/changes.ts'
import type { ForecastInput } from '../forecast/input.ts'

export const GOALS = ['fewest_places', 'lowest_cost'] as const
export type Goal = (typeof GOALS)[number]

/** At most so many new places that the district, the form and the year name together; what is left out is any. */
export interface Limit {
  district?: string
  form?: string
  year?: number
  most: number
}

/** A question: how little must be built where, so that no district is short of more than `level` on the day? */
export interface ExpansionAsk {
  by: Day
  /** Households without a vacant place that a district may have, in nine of ten runs. */
  level: number
  /** What can be built, and kroner to establish a place. */
  forms: { form: string; costPerPlace: number }[]
  /** New places in one district in one year. */
  perDistrictYear: number
  limits: Limit[]
  /** Kroner for all of it; null: no bound. */
  budget: number | null
  goal: Goal
  runs: number
  seed: number
}

/** The bounds of a question, as the policy has them. */
interface AskBounds {
  forms: readonly { form: string }[]
  costMost: number
  budgetMost: number
  levelMost: number
  limitMost: number
  yearsMax: number
  /** The day of a year on which what is built in it opens, `MM-DD`. */
  opensOn: string
}

/** The days on which new places can open: one a year, after today and before the day that counts. */
function openingDays(today: Day, by: Day, opensOn: string): { year: number; day: Day }[] {
  const days: { year: number; day: Day }[] = []
  for (let year = Number(today.slice(0, 4)); year <= Number(by.slice(0, 4)); year += 1) {
    const day = `${year}-${opensOn}` as Day
    if (day > today && day < by) days.push({ year, day })
  }
  return days
}

/** What is wrong with a question, each with its pointer. */
export function refusedAsk(
  ask: ExpansionAsk,
  known: { today: Day; districts: readonly string[] },
  bounds: AskBounds,
): FieldError[] {
  const errors: FieldError[] = []
  const refuse = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail })
  const last = addMonths(known.today, 12 * bounds.yearsMax)
  const days = openingDays(known.today, ask.by, bounds.opensOn)
  if (ask.by <= known.today) refuse('/by', 'day_in_the_past', 'Dagen må være etter i dag.')
  else if (ask.by > last)
    refuse('/by', 'too_far', `Vi regner høyst ${bounds.yearsMax} år fram. Velg en dag til og med ${last}.`)
  else if (days.length === 0)
    refuse('/by', 'too_soon', 'Ingen nye plasser rekker å åpne før denne dagen. Nye plasser åpner 1. juli.')

  /** A whole number within bounds, in words. */
  const whole = (value: number, pointer: string, most: number, what: string) => {
    if (!(value >= 0)) refuse(pointer, 'negative', `${what} kan ikke være negativ.`)
    else if (!Number.isInteger(value)) refuse(pointer, 'not_whole', `${what} må være et helt tall.`)
    else if (value > most) refuse(pointer, 'too_large', `${what} kan være høyst ${most}.`)
  }
  whole(ask.level, '/level', bounds.levelMost, 'Underdekningen')
  whole(ask.perDistrictYear, '/perDistrictYear', bounds.limitMost, 'Grensen')
  if (ask.budget !== null) whole(ask.budget, '/budget', bounds.budgetMost, 'Rammen')

  const buildable = new Set(bounds.forms.map(({ form }) => form))
  const chosen = new Set<string>()
  if (ask.forms.length === 0) refuse('/forms', 'missing', 'Velg minst én boligform som kan bygges.')
  for (const [i, { form, costPerPlace }] of ask.forms.entries()) {
    if (!buildable.has(form)) refuse(`/forms/${i}/form`, 'unknown', 'Boligformen er ikke en bydelen kan bygge.')
    else if (chosen.has(form)) refuse(`/forms/${i}/form`, 'twice', 'Boligformen er nevnt to ganger.')
    chosen.add(form)
    whole(costPerPlace, `/forms/${i}/costPerPlace`, bounds.costMost, 'Kostnaden')
  }
  const years = new Set(days.map(({ year }) => year))
  for (const [i, { district, form, year, most }] of ask.limits.entries()) {
    if (district !== undefined && !known.districts.includes(district))
      refuse(`/limits/${i}/district`, 'unknown', 'Bydelen finnes ikke.')
    if (form !== undefined && !chosen.has(form))
      refuse(`/limits/${i}/form`, 'unknown', 'Boligformen er ikke blant dem som kan bygges.')
    if (year !== undefined && days.length > 0 && !years.has(year))
      refuse(`/limits/${i}/year`, 'unknown', 'Ingen nye plasser kan åpne det året.')
    whole(most, `/limits/${i}/most`, bounds.limitMost, 'Grensen')
  }
  return errors
}

/** A question with its codes as indexes: what a plan's counts are counted by. */
export interface Space {
  districts: readonly string[]
  /** Indexes of the forecast's forms, and kroner a place. */
  forms: readonly { id: string; index: number; cost: number }[]
  years: readonly { year: number; day: Day }[]
}

/** The space of a question. @param opensOn the day of a year on which what is built in it opens, `MM-DD` */
export function spaceOf(
  { by, forms }: ExpansionAsk,
  input: Pick<ForecastInput, 'districts' | 'forms'>,
  today: Day,
  opensOn: string,
): Space {
  return {
    districts: input.districts,
    forms: forms.map(({ form, costPerPlace }) => ({
      id: form,
      index: input.forms.findIndex(({ id }) => id === form),
      cost: costPerPlace,
    })),
    years: openingDays(today, by, opensOn),
  }
}

/** How many places open: `(district * forms + form) * years + year`. */
export type Counts = Int32Array

export const noCounts = ({ districts, forms, years }: Space): Counts =>
  new Int32Array(districts.length * forms.length * years.length)

export function countAt(space: Space, district: number, form: number, year: number): number {
  return (district * space.forms.length + form) * space.years.length + year
}

/** All numbers of a plan with where they belong, in the order of district, form and year. */
export function* openingsOf(space: Space, counts: Counts) {
  for (const [d, district] of space.districts.entries())
    for (const [f, { id, cost }] of space.forms.entries())
      for (const [y, { year, day }] of space.years.entries()) {
        const places = counts[countAt(space, d, f, y)]!
        yield { district, form: id, year, opensOn: day, places, cost: places * cost }
      }
}

export function totalOf(space: Space, counts: Counts): { places: number; cost: number } {
  let [places, cost] = [0, 0]
  for (const opening of openingsOf(space, counts)) {
    places += opening.places
    cost += opening.cost
  }
  return { places, cost }
}

/** Places of a district, each weighing what `weight` says of its form. */
export function sizeOf(space: Space, counts: Counts, district: number, weight: (form: number) => number): number {
  let sum = 0
  for (let form = 0; form < space.forms.length; form += 1)
    for (let year = 0; year < space.years.length; year += 1)
      sum += counts[countAt(space, district, form, year)]! * weight(form)
  return sum
}

/**
 * A plan as changes to the forecast. Also what is not built is named, with no places: the cells of places are then the same
 * for all plans, and so is the chance of each of them.
 */
export function changesOf(space: Space, counts: Counts): ScenarioChange[] {
  return [...openingsOf(space, counts)].map(({ district, form, opensOn, places }) => ({
    kind: 'open_places',
    from: opensOn,
    district,
    form,
    places,
  }))
}
