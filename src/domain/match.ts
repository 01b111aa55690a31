import type { Day } from './day.ts'
import { type EligibilityRule, judge, type Pair, pairOf, rulesIn } from './eligibility.ts'
import { formById, type HousingForm } from './ladder.ts'
import type { Requirements } from './need.ts'
import type { City, Facility, Place } from './place.ts'
import { staffingDifference } from './staffing.ts'

/** How well an eligible place fits, part by part in the order in which they decide (matching objective, tier 3). */
export interface Fit {
  /** 0 for the form most wanted, then 1, 2, …; lower is better. */
  formRank: number
  /** In the home district, or a district the person wants; counts when true. */
  homeDistrict: boolean
  wantedPresent: string[]
  wantedMissing: string[]
  /** Levels of staffing more (positive) or less (negative) than the most wanted form has; null when a form does not say. */
  staffingDifference: number | null
}

/** An eligible pair. `unknownRules` are those that could not be answered: the match is conditional on them. */
export interface Match {
  place: Place
  facility: Facility
  availableFrom: Day
  fit: Fit
  unknownRules: EligibilityRule[]
}

/** A set of rules that alone keeps `opens` places from fitting: relax them all, and these fit. */
export interface Relaxation {
  rules: EligibilityRule[]
  opens: number
}

export interface MatchSummary {
  matches: Match[]
  considered: number
  /** How many places each rule excludes, whether or not others exclude them too. */
  excludedBy: { rule: EligibilityRule; places: number; alone: number }[]
  relaxations: Relaxation[]
}

const RELAXATIONS_SHOWN = 5

/** The fit of an eligible pair. `requirements.forms` must hold the place's form. */
export function fitOf(requirements: Requirements, place: Place, facility: Facility): Fit {
  const first = requirements.forms[0] ?? place.form
  const wanted = requirements.wantedFeatures
  return {
    formRank: Math.max(0, requirements.forms.indexOf(place.form)),
    homeDistrict:
      facility.district === requirements.district || requirements.wantedDistricts.includes(facility.district),
    wantedPresent: wanted.filter((feature) => place.features.includes(feature)),
    wantedMissing: wanted.filter((feature) => !place.features.includes(feature)),
    staffingDifference: staffingDifference(formById(first).staffing, formById(place.form).staffing),
  }
}

/** Sort order of matches: preferred form, home district, wanted features, least excess or lack of staffing, fewest conditions, id. */
export function compareMatches(a: Match, b: Match): number {
  return (
    a.fit.formRank - b.fit.formRank ||
    Number(b.fit.homeDistrict) - Number(a.fit.homeDistrict) ||
    b.fit.wantedPresent.length - a.fit.wantedPresent.length ||
    Math.abs(a.fit.staffingDifference ?? 0) - Math.abs(b.fit.staffingDifference ?? 0) ||
    a.unknownRules.length - b.unknownRules.length ||
    (a.availableFrom < b.availableFrom ? -1 : a.availableFrom > b.availableFrom ? 1 : 0) ||
    (a.place.id < b.place.id ? -1 : a.place.id > b.place.id ? 1 : 0)
  )
}

function facilityOf(city: City, place: Place): Facility {
  const facility = city.facilities.get(place.facilityId)
  if (facility === undefined) throw new Error(`place ${place.id} has no facility in the city`)
  return facility
}

/** The pair of a need's requirements and one place of the city. */
export function pairIn(city: City, requirements: Requirements, place: Place): Pair {
  return pairOf(requirements, place, facilityOf(city, place), city.today)
}

/**
 * One compiled pass over the city: the places that fit, ranked; what each rule alone keeps away; and the smallest sets of
 * rules whose relaxing opens places. O(places × rules), no query per pair.
 */
export function matchesIn(city: City, requirements: Requirements): MatchSummary {
  const matches: Match[] = []
  const byMask = new Map<number, number>()
  for (const place of city.places) {
    const pair = pairIn(city, requirements, place)
    const { failed, unknown } = judge(pair)
    if (failed !== 0) {
      byMask.set(failed, (byMask.get(failed) ?? 0) + 1)
    } else if (pair.availability.kind === 'available') {
      matches.push({
        place,
        facility: pair.facility,
        availableFrom: pair.availability.from,
        fit: fitOf(requirements, place, pair.facility),
        unknownRules: rulesIn(unknown),
      })
    }
  }
  return {
    matches: matches.sort(compareMatches),
    considered: city.places.length,
    excludedBy: excludedBy(byMask),
    relaxations: relaxationsOf(byMask),
  }
}

/** How many places each rule keeps away, and how many it alone does; from how often each set of failed rules occurs. */
export function excludedBy(byMask: ReadonlyMap<number, number>): MatchSummary['excludedBy'] {
  const counts = new Map<EligibilityRule, { places: number; alone: number }>()
  for (const [mask, places] of byMask) {
    const rules = rulesIn(mask)
    for (const rule of rules) {
      const count = counts.get(rule) ?? { places: 0, alone: 0 }
      counts.set(rule, { places: count.places + places, alone: count.alone + (rules.length === 1 ? places : 0) })
    }
  }
  return [...counts]
    .map(([rule, count]) => ({ rule, ...count }))
    .sort((a, b) => b.alone - a.alone || b.places - a.places || (a.rule.id < b.rule.id ? -1 : 1))
}

function size(mask: number): number {
  let bits = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits += 1
  return bits
}

/**
 * The smallest sets of rules whose relaxing opens places, and how many. Only rules that somebody could relax count: a home
 * that is lived in is no answer. A place is opened by a set when all the rules it fails are in the set.
 */
export function relaxationsOf(byMask: ReadonlyMap<number, number>): Relaxation[] {
  const candidates = [...byMask.keys()].filter(
    (mask) => mask !== 0 && rulesIn(mask).every((rule) => rule.relaxable !== 'nobody'),
  )
  const fewest = Math.min(...candidates.map(size))
  return candidates
    .filter((mask) => size(mask) === fewest)
    .map((mask) => ({
      rules: rulesIn(mask),
      opens: [...byMask].reduce(
        (sum, [other, places]) => (other !== 0 && (other & ~mask) === 0 ? sum + places : sum),
        0,
      ),
    }))
    .sort(
      (a, b) =>
        b.opens - a.opens || (a.rules.map((rule) => rule.id).join() < b.rules.map((rule) => rule.id).join() ? -1 : 1),
    )
    .slice(0, RELAXATIONS_SHOWN)
}

/** How many places fit for each form, in the order the forms are wanted. */
export function countByForm(
  forms: readonly HousingForm[],
  matches: readonly Match[],
): { form: HousingForm; places: number }[] {
  return forms.map((form) => ({ form, places: matches.filter((match) => match.place.form === form).length }))
}
