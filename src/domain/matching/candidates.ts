import type { Day } from '../day.ts'
import { ELIGIBILITY_RULES, type Pair } from '../eligibility.ts'
import { type Offers, offersOf } from './offer.ts'
import type { Snapshot } from './snapshot.ts'

/** An eligible pair: row and column are positions in the snapshot's needs and places. */
export interface Candidate {
  need: number
  place: number
  availableFrom: Day
  /** How many rules could not be answered: the match is conditional on them. */
  unknown: number
}

export interface Candidates extends Offers {
  /** In order of need and place. */
  pairs: Candidate[]
  /** The pairs of need `n` are those from `startOf[n]` up to `startOf[n + 1]`. */
  startOf: Int32Array
}

const indexed = ELIGIBILITY_RULES.map((rule, bit) => ({ rule, bit }))
const FACILITY_RULES = indexed.filter(({ rule }) => rule.level === 'facility')
const PLACE_RULES = indexed.filter(({ rule }) => rule.level === 'place')

/**
 * Every eligible pair of the snapshot. What depends on the house alone is asked once a house:
 * O(needs × facilities × rules of houses + needs × places of accepted houses × rules of places).
 */
export function candidatesOf(snapshot: Snapshot): Candidates {
  const found = offersOf(snapshot)
  const { offers, pairAt } = found
  const samples = samplesOf(snapshot, found)
  const forms = offers.map(({ place }) => place.form)
  const houses = Int32Array.from(offers, ({ house }) => house)
  const pairs: Candidate[] = []
  const startOf = new Int32Array(snapshot.needs.length + 1)
  const unknownOfHouse = new Int8Array(snapshot.facilities.length)
  for (const [need, { requirements }] of snapshot.needs.entries()) {
    for (const [house, place] of samples.entries()) {
      unknownOfHouse[house] = place === -1 ? -1 : answer(FACILITY_RULES, pairAt(need, place))
    }
    const accepted: ReadonlySet<string> = new Set(requirements.forms)
    for (let place = 0; place < offers.length; place += 1) {
      const unknown = unknownOfHouse[houses[place] as number] as number
      // the form is asked first because it excludes most; without a form nothing is excluded by it
      if (unknown === -1 || (accepted.size > 0 && !accepted.has(forms[place] as string))) continue
      const pair = pairAt(need, place)
      const { availability } = pair
      const more = availability.kind === 'available' ? answer(PLACE_RULES, pair) : -1
      if (more === -1 || availability.kind !== 'available') continue
      pairs.push({ need, place, availableFrom: availability.from, unknown: unknown + more })
    }
    startOf[need + 1] = pairs.length
  }
  return { ...found, pairs, startOf }
}

/** One place of each house, for the rules that read neither the place nor its availability; -1 where a house has none. */
function samplesOf({ facilities }: Snapshot, { offers }: Offers): Int32Array {
  const samples = new Int32Array(facilities.length).fill(-1)
  for (const [index, { house }] of offers.entries()) if (samples[house] === -1) samples[house] = index
  return samples
}

/** How many of the rules could not be answered, or -1 as soon as one fails. */
function answer(rules: typeof indexed, pair: Pair): number {
  let unknown = 0
  for (const { rule } of rules) {
    const outcome = rule.test(pair)
    if (outcome === 'failed') return -1
    if (outcome === 'unknown') unknown += 1
  }
  return unknown
}

/** The failed rules among `rules`, as bits of a mask of `judge`. */
function failedOf(rules: typeof indexed, pair: Pair): number {
  let failed = 0
  for (const { rule, bit } of rules) if (rule.test(pair) === 'failed') failed |= 1 << bit
  return failed
}

/** For one need, how often each set of failed rules keeps one of the snapshot's places away (a mask of `judge` → places). */
export function exclusionsOf(snapshot: Snapshot, candidates: Candidates, need: number): Map<number, number> {
  const { offers, pairAt } = candidates
  const byHouse = samplesOf(snapshot, candidates).map((place) =>
    place === -1 ? 0 : failedOf(FACILITY_RULES, pairAt(need, place)),
  )
  const byMask = new Map<number, number>()
  for (const [index, { house }] of offers.entries()) {
    const mask = (byHouse[house] as number) | failedOf(PLACE_RULES, pairAt(need, index))
    byMask.set(mask, (byMask.get(mask) ?? 0) + 1)
  }
  return byMask
}

/** The positions of a need's pairs. */
export function pairsOfNeed({ startOf }: Pick<Candidates, 'startOf'>, need: number): number[] {
  const start = startOf[need] ?? 0
  return Array.from({ length: (startOf[need + 1] ?? start) - start }, (_, i) => start + i)
}
