import { type Candidate, type Candidates, pairFinder } from './candidates.ts'
import { formRanksOf, type Objective, objectiveOf, type Tier } from './objective.ts'
import { type Offer, type Offers, offersOf } from './offer.ts'
import type { RunNeed, Snapshot } from './snapshot.ts'

type Gains = ReadonlyMap<string, number[]>

const NONE: Gains = new Map()

/** What one need could be given. */
interface KeptNeed {
  need: RunNeed
  /** The place it lives in and frees by moving. */
  home: string | undefined
  /** What each place that it could be given adds to each criterion; by the place's id. */
  gains: Map<string, number[]>
  /** The most that it can add to each criterion. */
  reach: number[]
}

interface KeptPlace {
  offer: Offer
  /** A household of the city lives in it, and would have to move first. */
  livedIn: boolean
}

/** Who could be given what in a city that changes, by pseudonym and id, whatever their positions are. */
export interface KeptPairs {
  /** How many criteria there are. */
  tiers: number
  formRanks: number
  needs: Map<string, KeptNeed>
  places: Map<string, KeptPlace>
}

/** What is otherwise than before, by pseudonym and id. */
export interface PairChanges {
  /** Needs that are new, that live elsewhere now, or that could be given others: each with the home it had. */
  needs: Map<string, string | undefined>
  gone: string[]
  opened: string[]
  closed: string[]
  /** Places that other needs could be given than before, or for something else, beside the needs named here. */
  places: string[]
}

/** What has been found of a whole snapshot, to be followed from there. */
export function keptPairs(snapshot: Snapshot, candidates: Candidates, { tiers }: Objective): KeptPairs {
  const gains = gainsByNeed(snapshot, candidates.pairs, tiers)
  return {
    tiers: tiers.length,
    formRanks: formRanksOf(snapshot.needs),
    needs: new Map(
      snapshot.needs.map((need, at) => {
        const home = snapshot.places[candidates.homeOf[at] ?? -1]?.id
        return [need.pseudonym, keptNeed(need, home, tiers.length, gains.get(at))]
      }),
    ),
    places: placesIn(candidates),
  }
}

function keptNeed(
  need: RunNeed,
  home: string | undefined,
  tiers: number,
  gains: KeptNeed['gains'] = new Map(),
): KeptNeed {
  return { need, home, gains, reach: reachIn(gains, tiers) }
}

const placesIn = ({ offers, residentOf }: Offers): KeptPairs['places'] =>
  new Map(offers.map((offer, at) => [offer.place.id, { offer, livedIn: residentOf[at] !== -1 }]))

function gainsByNeed(
  { places }: Snapshot,
  pairs: readonly Candidate[],
  tiers: readonly Tier[],
): Map<number, KeptNeed['gains']> {
  const byNeed = new Map<number, KeptNeed['gains']>()
  for (const [index, { need, place }] of pairs.entries()) {
    let gains = byNeed.get(need)
    if (gains === undefined) {
      gains = new Map()
      byNeed.set(need, gains)
    }
    gains.set(
      places[place]?.id ?? '',
      tiers.map((tier) => tier.gains[index] ?? 0),
    )
  }
  return byNeed
}

function reachIn(gains: KeptNeed['gains'], tiers: number): number[] {
  const reach = new Array<number>(tiers).fill(0)
  for (const each of gains.values())
    for (let tier = 0; tier < tiers; tier += 1) reach[tier] = Math.max(reach[tier] ?? 0, each[tier] ?? 0)
  return reach
}

/**
 * Takes up a later snapshot of the same day and policy. A need that is new or says something else is asked of all places, and
 * the others only of places that are new, or whose dwelling, house or residents are others: a pair hangs on nothing else, but
 * for the most forms that anybody accepts. What is kept then is what finding everything again would find.
 */
export function followPairs(kept: KeptPairs, snapshot: Snapshot): PairChanges {
  const found = offersOf(snapshot)
  const { needs, places } = snapshot
  const formRanks = formRanksOf(needs)
  const isAsked = needs.map((need) => {
    const before = kept.needs.get(need.pseudonym)
    return formRanks !== kept.formRanks || before === undefined || !isSame(before.need, need)
  })
  const touched = touchedIn(kept, found)
  const gains = gainsByNeed(snapshot, ...pairsAgain(snapshot, found, formRanks, isAsked, touched))

  const placesNow = placesIn(found)
  const namedNow = new Set(needs.map(({ pseudonym }) => pseudonym))
  const gone = [...kept.needs.keys()].filter((pseudonym) => !namedNow.has(pseudonym))
  const closed = [...kept.places.keys()].filter((id) => !placesNow.has(id))
  const opened = [...placesNow.keys()].filter((id) => !kept.places.has(id))
  const others = new Set<string>()
  const changed: PairChanges['needs'] = new Map()
  const looked = [...closed, ...touched.map((at) => places[at]?.id ?? '')]
  for (const pseudonym of gone) kept.needs.delete(pseudonym)
  for (const [at, need] of needs.entries()) {
    const { pseudonym } = need
    const before = kept.needs.get(pseudonym)
    const home = places[found.homeOf[at] ?? -1]?.id
    const again = gains.get(at) ?? NONE
    if (before === undefined || isAsked[at] === true) {
      if (before === undefined || !isSameMap(before.gains, again)) changed.set(pseudonym, before?.home)
      kept.needs.set(pseudonym, keptNeed(need, home, kept.tiers, gains.get(at)))
    } else {
      const differing = looked.filter((id) => replaced(before.gains, again, id))
      for (const id of differing) others.add(id)
      const reach = differing.length === 0 ? before.reach : reachIn(before.gains, kept.tiers)
      kept.needs.set(pseudonym, { need, home, gains: before.gains, reach })
    }
    if (before !== undefined && before.home !== home) changed.set(pseudonym, before.home)
  }
  kept.formRanks = formRanks
  const stayed = [...others].filter((id) => placesNow.has(id) && kept.places.has(id))
  kept.places = placesNow
  return { needs: changed, gone, opened, closed, places: stayed }
}

/** Has the gains with a place as they were found again; whether that changed them. */
function replaced(gains: KeptNeed['gains'], again: Gains, id: string): boolean {
  const now = again.get(id)
  if (isSameList(gains.get(id), now)) return false
  if (now === undefined) gains.delete(id)
  else gains.set(id, now)
  return true
}

/** The positions of the places that are new, or of which what a pair hangs on is otherwise. */
function touchedIn({ places }: KeptPairs, { offers, residentOf }: Offers): number[] {
  const isSameHouse = new Map<number, boolean>()
  return [...offers.keys()].filter((at) => {
    const offer = offers[at]
    const before = offer === undefined ? undefined : places.get(offer.place.id)
    if (offer === undefined || before === undefined) return true
    if (before.livedIn !== (residentOf[at] !== -1) || !isSame(before.offer.place, offer.place)) return true
    const same = isSameHouse.get(offer.house) ?? isSame(before.offer.facility, offer.facility)
    isSameHouse.set(offer.house, same)
    return !same
  })
}

/** The pairs of the needs that are asked of all places, and of the others with the touched ones; with what they add. */
function pairsAgain(
  snapshot: Snapshot,
  found: Offers,
  formRanks: number,
  isAsked: readonly boolean[],
  touched: readonly number[],
): [Candidate[], Tier[]] {
  const { asOf, policy, needs, places } = snapshot
  const pairsWith = pairFinder(snapshot, found)
  const pairs = needs.flatMap(({ requirements: { forms } }, at) => {
    if (isAsked[at] === true) return pairsWith(at)
    const accepted = touched.filter((place) => forms.length === 0 || forms.some((form) => form === places[place]?.form))
    return accepted.length === 0 ? [] : pairsWith(at, accepted)
  })
  // only the needs that have such a pair, by positions of their own
  const positions = new Map([...new Set(pairs.map(({ need }) => need))].map((need, at) => [need, at]))
  const { tiers } = objectiveOf(
    { asOf, policy, formRanks, needs: needs.filter((_, at) => positions.has(at)) },
    { ...found, pairs: pairs.map((pair) => ({ ...pair, need: positions.get(pair.need) ?? -1 })) },
  )
  return [pairs, tiers]
}

/** Needs, places and houses written out; none is ever changed, so each is written once. */
const written = new WeakMap<object, string>()

function inWriting(one: object): string {
  const known = written.get(one) ?? JSON.stringify(one)
  written.set(one, known)
  return known
}

const isSame = (a: object, b: object) => a === b || inWriting(a) === inWriting(b)

function isSameList(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.every((value, at) => value === b[at])
}

const isSameMap = (a: Gains, b: Gains) =>
  a.size === b.size && [...a].every(([id, gains]) => isSameList(gains, b.get(id)))
