import type { UrgencyClassNumber } from '../../reference/policies.ts'
import { columnPricer } from '../../solver/prices.ts'
import { formById, type HousingForm } from '../ladder.ts'
import { type Candidates, candidatesOf } from './candidates.ts'
import { networkOf } from './network.ts'
import { type Objective, objectiveOf, packTiers, type Tier } from './objective.ts'
import type { TierValue } from './plan.ts'
import { type PossiblePlace, type UsualPlace, usualPlacesOf, withPossiblePlaces } from './possiblePlaces.ts'
import type { RunNeed, Snapshot } from './snapshot.ts'

/** Where somebody lives or waits that the gap is paid for, as in «Hva hullet koster». */
export type GapSituation = 'bought' | 'temporary' | 'ready' | 'discharge_ready'

/** What somebody does differently with the place there, as a class and a district. */
export interface PriceMove {
  urgencyClass: UrgencyClassNumber
  /** The district that holds the need. A gap here would say that somebody is protected, so there is none. */
  district: string
  kind: 'gets_place' | 'gets_other_place' | 'goes_without'
  /** Where to; null where she goes without, or stays where she lives. */
  to: { form: HousingForm; district: string } | null
}

/** What one more place would change, without anybody in it. */
export interface PlacePrice extends PossiblePlace {
  /** How many needs could have it. */
  fits: number
  /** How many more are given a place, all classes together; may be negative, when that places somebody more urgent. */
  people: number
  byClass: Record<UrgencyClassNumber, number>
  /** How many fewer are where the gap is paid for, by where they are. */
  released: Record<GapSituation, number>
  /** Who moves along: first whoever takes the place, then whoever takes what is left. */
  moves: PriceMove[]
}

/** Everything that a run says of places that there might be. */
export interface Prices {
  usual: UsualPlace[]
  items: PlacePrice[]
}

/**
 * What one more place of each form in each district would change, the one that releases most first. Each is what adding it and
 * solving again would give, tier by tier; one search over the solved run serves all of them. The run is taken without what
 * only a whole set of moves can break (length and days of chains, who is put together): a price within these limits would be
 * one of a neighbouring search, and no proof would go with it.
 * @param candidates the snapshot's own
 */
export function pricesOf(snapshot: Snapshot, candidates: Candidates, objective: Objective): Prices {
  const usual = usualPlacesOf(snapshot)
  const more = withPossiblePlaces(snapshot, usual)
  const offered = candidatesOf(more.snapshot)
  const worth = objectiveOf(more.snapshot, offered)
  const price = pricerOf(candidates, objective, offered, worth)
  const optionsAt = Map.groupBy(offered.pairs.keys(), (index) => offered.pairs[index]?.place ?? -1)
  const situations = situationsOf(snapshot)
  const items = more.possible.map((place, at): PlacePrice => {
    const options = optionsAt.get(at) ?? []
    const { values, steps } = price(options)
    const byClass = classesOf(values)
    return {
      ...place,
      fits: options.length,
      people: Object.values(byClass).reduce((sum, count) => sum + count, 0),
      byClass,
      released: releasedBy(steps, situations),
      moves: steps.map((step) => moveOf(step, place, snapshot, candidates, objective)),
    }
  })
  return { usual, items: items.sort(byRelease(objective.classes)) }
}

/** One need that is given something else: places by position, the new one `NEW`, none or her own home -1. */
interface Step {
  need: number
  from: number
  to: number
}
const NEW = -2

/**
 * The function that says what a place is worth to a run, by the positions of its pairs in `offered`: what each tier gains, and
 * the steps. Tiers are packed with the new pairs among the others, so that no sum of theirs reaches into a weightier tier.
 */
export function pricerOf(
  candidates: Candidates,
  objective: Objective,
  offered: Pick<Candidates, 'pairs'>,
  worth: Pick<Objective, 'tiers'>,
): (options: readonly number[]) => { values: TierValue[]; steps: Step[] } {
  const { pairs, homeOf, offers } = candidates
  const count = pairs.length
  const together = objective.tiers.map(({ id, gains }, t): Tier => {
    const all = new Float64Array(count + offered.pairs.length)
    all.set(gains)
    all.set(worth.tiers[t]?.gains ?? [], count)
    return { id, gains: all }
  })
  const needOf = Int32Array.from([...pairs, ...offered.pairs], ({ need }) => need)
  const packed = packTiers(together, needOf, homeOf.length).map(({ gains }) => gains)
  const network = networkOf(
    candidates,
    objective,
    true,
    packed.map((gains) => gains.subarray(0, count)),
  )
  const price = columnPricer(network, network.best)
  const isPlaced = (need: number, place: number) => place !== -1 && place !== homeOf[need]
  return (options) => {
    const { moves } = price(
      options.map((index) => ({
        node: offered.pairs[index]?.need ?? -1,
        gains: packed.map((gains) => gains[count + index] as number),
      })),
    )
    const steps = moves.map(({ row, from, to }): Step => {
      const into = to === offers.length ? NEW : isPlaced(row, to) ? to : -1
      return { need: row, from: isPlaced(row, from) ? from : -1, to: into }
    })
    const pairFor = (need: number, place: number): number => {
      if (place === -1) return -1
      if (place === NEW) return count + (options.find((index) => offered.pairs[index]?.need === need) ?? 0)
      return positionOf(candidates, need, place)
    }
    const changes = steps.map(({ need, from, to }) => ({ lost: pairFor(need, from), won: pairFor(need, to) }))
    const values = together.map(({ id, gains }): TierValue => {
      const gain = (pair: number) => (pair === -1 ? 0 : (gains[pair] as number))
      return { id, value: changes.reduce((sum, { lost, won }) => sum + gain(won) - gain(lost), 0) }
    })
    return { values, steps }
  }
}

/** The position of a need's pair with a place. */
function positionOf({ pairs, startOf }: Pick<Candidates, 'pairs' | 'startOf'>, need: number, place: number): number {
  const last = startOf[need + 1] ?? 0
  for (let index = startOf[need] ?? 0; index < last; index += 1) if (pairs[index]?.place === place) return index
  throw new RangeError(`need ${need} has no pair with place ${place}`)
}

function classesOf(values: readonly TierValue[]): PlacePrice['byClass'] {
  const of = (number: UrgencyClassNumber) => values.find(({ id }) => id === `class_${number}`)?.value ?? 0
  return { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5) }
}

/** For each need where it is that the gap is paid for, or null. */
function situationsOf(snapshot: Snapshot): (GapSituation | null)[] {
  const placeOf = new Map(snapshot.places.map((place) => [place.id, place]))
  return snapshot.needs.map(({ situation, requirements }: RunNeed): GapSituation | null => {
    const { grounds, origin, situationSince, readyToMoveOnSince, registeredOn } = situation
    const homes = requirements.ownPlaces.flatMap((id) => placeOf.get(id)?.form ?? [])
    if (homes.includes('private_institution')) return 'bought'
    if (homes.includes('temporary')) return 'temporary'
    const inInstitution = homes.some((form) => formById(form).step === 1)
    if (inInstitution && readyToMoveOnSince !== null && readyToMoveOnSince <= snapshot.asOf) return 'ready'
    const since = situationSince ?? registeredOn
    const waits = origin === 'specialist_care' && grounds.includes('discharge_ready')
    return waits && since !== null && since <= snapshot.asOf ? 'discharge_ready' : null
  })
}

function releasedBy(steps: readonly Step[], situations: readonly (GapSituation | null)[]): PlacePrice['released'] {
  const released = { bought: 0, temporary: 0, ready: 0, discharge_ready: 0 }
  for (const { need, from, to } of steps) {
    const situation = situations[need] ?? null
    if (situation === null) continue
    if (from === -1 && to !== -1) released[situation] += 1
    if (from !== -1 && to === -1) released[situation] -= 1
  }
  return released
}

function moveOf(
  { need, from, to }: Step,
  taken: PossiblePlace,
  snapshot: Snapshot,
  { offers }: Pick<Candidates, 'offers'>,
  { urgency }: Objective,
): PriceMove {
  const offer = offers[to]
  const there = offer === undefined ? null : { form: offer.place.form, district: offer.facility.district }
  return {
    urgencyClass: urgency[need]?.urgencyClass ?? 5,
    district: snapshot.needs[need]?.holdingDistrict ?? '',
    kind: to === -1 ? 'goes_without' : from === -1 ? 'gets_place' : 'gets_other_place',
    to: to === NEW ? { form: taken.form, district: taken.district } : there,
  }
}

interface Gain {
  people: number
  byClass: Readonly<Record<number, number>>
}

/** Most people first, then more of the class that comes first; what is as good stays in the order of districts and of the ladder. */
function byRelease(classes: readonly number[]): (a: Gain, b: Gain) => number {
  return (a, b) => {
    if (a.people !== b.people) return b.people - a.people
    for (const number of classes) {
      const more = (b.byClass[number] ?? 0) - (a.byClass[number] ?? 0)
      if (more !== 0) return more
    }
    return 0
  }
}
