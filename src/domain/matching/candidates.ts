import type { Day } from '../day.ts'
import { ELIGIBILITY_RULES, type EligibilityRule, type Outcome } from '../eligibility.ts'
import type { Place } from '../place.ts'
import type { Alike } from './alike.ts'
import { type Offer, type Offers, offersOf } from './offer.ts'
import type { Snapshot } from './snapshot.ts'

/** An eligible pair: row and column are positions in the snapshot's needs and places. */
export interface Candidate {
  need: number
  place: number
  availableFrom: Day
  /** How many rules could not be answered: the match is conditional on them. */
  unknown: number
  /** How many rules it breaks that the policy makes wishes. */
  broken: number
}

export interface Candidates extends Offers {
  /** In order of need and place. */
  pairs: Candidate[]
  /** The pairs of need `n` are those from `startOf[n]` up to `startOf[n + 1]`. */
  startOf: Int32Array
}

type Level = EligibilityRule['level']

/** The rules that read a level, each with its bit in a mask of `judge`. */
function rulesAt<L extends Level>(level: L) {
  return ELIGIBILITY_RULES.flatMap((rule, bit) =>
    rule.level === level ? [{ rule: rule as Extract<EligibilityRule, { level: L }>, bit }] : [],
  )
}

interface Asked<T> {
  rule: { id: string; test(asked: T): Outcome }
  bit: number
}

const FACILITY_RULES = rulesAt('facility')
const DWELLING_RULES = rulesAt('dwelling')
const DAY_RULES = rulesAt('days')
const PLACE_RULES = rulesAt('place')

const NOT_ASKED = -2

/**
 * Every eligible pair of the snapshot. Only places of an accepted form are looked at, which excludes most; of those, what a
 * rule says of a house is asked once a house, and of a dwelling once for all that are alike. For the demo city (1,900 needs,
 * 2,900 places) this takes a tenth of asking every rule of every pair.
 */
export function candidatesOf(snapshot: Snapshot): Candidates {
  const found = offersOf(snapshot)
  const pairsWith = pairFinder(snapshot, found)
  const pairs: Candidate[] = []
  const startOf = new Int32Array(snapshot.needs.length + 1)
  for (const need of snapshot.needs.keys()) {
    for (const pair of pairsWith(need)) pairs.push(pair)
    startOf[need + 1] = pairs.length
  }
  return { ...found, pairs, startOf }
}

/** Finds a need's eligible pairs: with all places, or with those of some only (positions, in the order of the answer). */
type PairFinder = (need: number, places?: readonly number[]) => Candidate[]

/** What `candidatesOf` asks of each need, for whoever asks of some of them only. */
export function pairFinder(snapshot: Snapshot, { offers, alike, pairAt }: Offers): PairFinder {
  const { asOf: today, facilities, needs } = snapshot
  const ofHouse = new Int8Array(facilities.length)
  const ofDwelling = new Int8Array(alike.dwellings.length)
  const wishes = snapshot.policy.choices?.wishes ?? []
  const ofFacility = FACILITY_RULES.filter(({ rule }) => !isAmong(wishes, rule))
  const wished = FACILITY_RULES.filter(({ rule }) => isAmong(wishes, rule))
  const brokenIn = new Int8Array(facilities.length)
  return (need, places) => {
    const requirements = needs[need]?.requirements
    if (requirements === undefined) throw new RangeError(`no need ${need}`)
    const pairs: Candidate[] = []
    ofHouse.fill(NOT_ASKED)
    ofDwelling.fill(NOT_ASKED)
    for (const place of places ?? placesOf(alike, requirements.forms, offers.length)) {
      const { house, facility } = offers[place] as Offer
      if (ofHouse[house] === NOT_ASKED) {
        const asked = { requirements, facility, today }
        ofHouse[house] = answer(ofFacility, asked)
        brokenIn[house] = wished.reduce((count, { rule }) => count + (rule.test(asked) === 'failed' ? 1 : 0), 0)
      }
      if (ofHouse[house] === -1) continue
      const kind = alike.dwellingOf[place] as number
      if (ofDwelling[kind] === NOT_ASKED) {
        ofDwelling[kind] = answer(DWELLING_RULES, { requirements, place: alike.dwellings[kind] as Place })
      }
      if (ofDwelling[kind] === -1) continue
      const pair = pairAt(need, place)
      const { availability } = pair
      const ofDays = answer(DAY_RULES, pair)
      const ofPlace = answer(PLACE_RULES, pair)
      if (ofDays === -1 || ofPlace === -1 || availability.kind !== 'available') continue
      const unknown = (ofHouse[house] as number) + (ofDwelling[kind] as number) + ofDays + ofPlace
      pairs.push({ need, place, availableFrom: availability.from, unknown, broken: brokenIn[house] as number })
    }
    return pairs
  }
}

const isAmong = (wishes: readonly string[], { id }: { id: string }) => wishes.includes(id)

/** The places of the accepted forms, in order; without a form none is excluded by it. */
function placesOf({ byForm }: Alike, forms: readonly string[], count: number): Iterable<number> {
  if (forms.length === 0) return new Array(count).keys()
  const [form = ''] = forms
  if (forms.length === 1) return byForm.get(form) ?? []
  return [...new Set(forms)].flatMap((one) => byForm.get(one) ?? []).sort((a, b) => a - b)
}

/** How many of the rules could not be answered, or -1 as soon as one fails. */
function answer<T>(rules: readonly Asked<T>[], asked: T): number {
  let unknown = 0
  for (const { rule } of rules) {
    const outcome = rule.test(asked)
    if (outcome === 'failed') return -1
    if (outcome === 'unknown') unknown += 1
  }
  return unknown
}

/** The failed rules among `rules`, as bits of a mask of `judge`. */
function failedOf<T>(rules: readonly Asked<T>[], asked: T): number {
  let failed = 0
  for (const { rule, bit } of rules) if (rule.test(asked) === 'failed') failed |= 1 << bit
  return failed
}

/** For one need, how often each set of failed rules keeps one of the snapshot's places away (a mask of `judge` → places). */
export function exclusionsOf(snapshot: Snapshot, candidates: Candidates, need: number): Map<number, number> {
  const { offers, alike, pairAt } = candidates
  const { asOf: today, facilities, needs } = snapshot
  const requirements = needs[need]?.requirements
  if (requirements === undefined) throw new RangeError(`no need ${need}`)
  const wishes = snapshot.policy.choices?.wishes ?? []
  const hard = FACILITY_RULES.filter(({ rule }) => !isAmong(wishes, rule))
  const ofHouse = Int32Array.from(facilities, (facility) => failedOf(hard, { requirements, facility, today }))
  const ofDwelling = Int32Array.from(alike.dwellings, (place) => failedOf(DWELLING_RULES, { requirements, place }))
  const ofDays = Int32Array.from(alike.samples, (place) => failedOf(DAY_RULES, pairAt(need, place)))
  const { dwellingOf, daysOf } = alike
  const byMask = new Map<number, number>()
  const add = (mask: number, places: number) => byMask.set(mask, (byMask.get(mask) ?? 0) + places)
  // places of one house come after each other, and most of them fail alike
  let last = -1
  let run = 0
  for (let index = 0; index < offers.length; index += 1) {
    const { house, place } = offers[index] as Offer
    const ofPlace = failedOf(PLACE_RULES, { requirements, place })
    const mask = (ofHouse[house] as number) | (ofDwelling[dwellingOf[index] as number] as number) | ofPlace
    const all = mask | (ofDays[daysOf[index] as number] as number)
    if (all !== last) {
      if (run > 0) add(last, run)
      last = all
      run = 0
    }
    run += 1
  }
  if (run > 0) add(last, run)
  return byMask
}

/** The positions of a need's pairs. */
export function pairsOfNeed({ startOf }: Pick<Candidates, 'startOf'>, need: number): number[] {
  const start = startOf[need] ?? 0
  return Array.from({ length: (startOf[need + 1] ?? start) - start }, (_, i) => start + i)
}

/** The positions of the pairs with a place. */
export function pairsOfPlace({ pairs }: Pick<Candidates, 'pairs'>, place: number): number[] {
  const found: number[] = []
  for (let index = 0; index < pairs.length; index += 1) if (pairs[index]?.place === place) found.push(index)
  return found
}
