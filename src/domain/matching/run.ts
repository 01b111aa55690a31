import { RUN_LIMITS, type RunLimitId } from '../../reference/runLimits.ts'
import type { Day } from '../day.ts'
import { type Achievement, comparisonOf } from './baselines.ts'
import { chainsOf } from './chain.ts'
import { type Plan, type Progress, planOf } from './plan.ts'
import { type Prices, pricesOf } from './price.ts'
import type { Means } from './program.ts'
import { reasonsOf } from './reasons.ts'
import { type Common, shortagesOf } from './shortage.ts'
import type { Snapshot } from './snapshot.ts'

/** What a run says of one need, ready to be stored: under its pseudonym, with places by id. */
export interface RunRow {
  pseudonym: string
  holdingDistrict: string
  outcome: 'proposed' | 'unmet'
  urgencyClass: number
  placeId: string | null
  movesOn: Day | null
  chain: number | null
  position: number | null
  /** The number of the shortage that the need is part of, the innermost one; null where there is none. */
  shortage: number | null
  detail: unknown
}

/** A certified shortage as numbers, places and words, without anybody in it; the needs name it in their rows. */
export interface RunShortage {
  shortage: number
  within: number | null
  needs: number
  deficit: number
  placeIds: string[]
  common: Common
  sentence: string
}

/** A chain as places and classes, without anybody in it. */
export interface RunChain {
  chain: number
  kind: 'chain' | 'cycle'
  moves: {
    placeId: string
    on: Day
    urgencyClass: number
    form: string
    fromPlaceId: string | null
    district: string
  }[]
  frees: string | null
  districts: string[]
}

export interface RunSummary {
  needs: number
  places: number
  /** Of those, homes of households that seek another one. */
  homes: number
  eligiblePairs: number
  placed: number
  moves: number
  byClass: { urgencyClass: number; needs: number; placed: number }[]
  byDistrict: { district: string; needs: number; placed: number }[]
  causes: { kind: string; needs: number }[]
  values: Plan['values']
  /** What would be best without the limits that only a whole solution can break; nothing is lost to them when they are alike. */
  unboundedValues: Plan['values']
  /** No set of moves that keeps to the limits is better than this, tier by tier; the same as `values` when `proven`. */
  boundValues: Plan['values']
  forbiddenMoves: number
  /** Which limits kept moves of the best set without them away, and how many each; in the order of the table. */
  limits: { id: RunLimitId; moves: number }[]
  /** Moves that are put off to a later month, as a house or a team takes no more in that one. */
  putOff: number
  /** True when it is certain that no better set of moves keeps to the limits. */
  proven: boolean
  comparison: Achievement[]
  /** How long it took to find who can live where, which moves are best, why, and what other ways would have achieved. */
  milliseconds: { eligibility: number; solve: number; explain: number; compare: number; price: number }
}

export interface RunResult {
  rows: RunRow[]
  chains: RunChain[]
  shortages: RunShortage[]
  /** What one more place of each form in each district would change; null where it was not asked. */
  prices: Prices | null
  summary: RunSummary
}

/**
 * A whole run over a snapshot: the best set of moves, verified, with the reason for every yes and no and what other ways of
 * placing people would have achieved. The same snapshot gives the same result, the clock aside.
 * @param clock milliseconds, for the durations in the summary
 * @param priced also what one more place would change; of some districts' people alone it would say too little
 * @param means what a search leaves unproven is solved by; without them it stays so. Only where their time is over may the
 * same snapshot give another result
 */
export function computeRun(
  snapshot: Snapshot,
  clock: () => number,
  progress: Progress = () => {},
  priced = false,
  means?: Means,
): RunResult {
  const started = clock()
  let eligible = started
  const plan = planOf(
    snapshot,
    (share, what) => {
      if (what === 'solving') eligible = clock()
      progress(share, what)
    },
    means,
  )
  const planned = clock()
  progress(0.7, 'explaining')
  const { proposals, unmet } = reasonsOf(snapshot, plan)
  const shortages = shortagesOf(snapshot, plan.candidates)
  const explained = clock()
  progress(0.85, 'comparing')
  const comparison = comparisonOf(snapshot, plan, means)
  const compared = clock()
  if (priced) progress(0.9, 'pricing')
  const prices = priced ? pricesOf(snapshot, plan.candidates, plan.objective) : null
  const done = clock()

  const placeId = (place: number) => snapshot.places[place]?.id ?? ''
  // those of several moves come first, so that the chains that people read about are numbered without gaps
  const chains = plan.chains.toSorted((a, b) => Number(b.moves.length > 1) - Number(a.moves.length > 1))
  const chainOf = new Map(
    chains.flatMap(({ moves }, chain) => moves.map(({ need }, position) => [need, { chain, position }] as const)),
  )
  // those within another one come after it, so the innermost is what stays
  const shortageOf = new Map(shortages.flatMap(({ needs }, shortage) => needs.map((need) => [need, shortage] as const)))
  const rowOf = (
    need: number,
    outcome: RunRow['outcome'],
    urgencyClass: number,
    rest: Omit<
      RunRow,
      'pseudonym' | 'holdingDistrict' | 'outcome' | 'urgencyClass' | 'chain' | 'position' | 'shortage'
    >,
  ): RunRow => ({
    pseudonym: snapshot.needs[need]?.pseudonym ?? '',
    holdingDistrict: snapshot.needs[need]?.holdingDistrict ?? '',
    outcome,
    urgencyClass,
    chain: chainOf.get(need)?.chain ?? null,
    position: chainOf.get(need)?.position ?? null,
    shortage: shortageOf.get(need) ?? null,
    ...rest,
  })
  const rows = [
    ...proposals.map(({ need, place, on, urgency, contributions, conditions, alternatives }) =>
      rowOf(need, 'proposed', urgency.urgencyClass, {
        placeId: placeId(place),
        movesOn: on,
        detail: {
          contributions,
          conditions,
          alternatives: alternatives.map(({ place: other, ...rest }) => ({ placeId: placeId(other), ...rest })),
        },
      }),
    ),
    ...unmet.map(({ need, urgency, stays, cause, sentence }) =>
      rowOf(need, 'unmet', urgency.urgencyClass, { placeId: null, movesOn: null, detail: { stays, cause, sentence } }),
    ),
  ]
  return {
    rows,
    chains: chainRows(snapshot, plan, chains),
    shortages: shortages.map(({ needs, places, ...rest }, shortage) => ({
      ...rest,
      shortage,
      needs: needs.length,
      placeIds: places.map(placeId),
    })),
    prices,
    summary: {
      ...countsOf(snapshot, plan, rows),
      causes: [...Map.groupBy(unmet, ({ cause }) => cause.kind)].map(([kind, group]) => ({
        kind,
        needs: group.length,
      })),
      comparison,
      milliseconds: {
        eligibility: eligible - started,
        solve: planned - eligible,
        explain: explained - planned,
        compare: compared - explained,
        price: done - compared,
      },
    },
  }
}

function chainRows(
  snapshot: Snapshot,
  { candidates, objective }: Plan,
  chains: readonly Plan['chains'][number][],
): RunChain[] {
  const placeId = (place: number) => snapshot.places[place]?.id ?? ''
  return chains.map(({ kind, moves, frees }, chain) => {
    const described = moves.map(({ need, place, on }) => {
      const home = candidates.homeOf[need] ?? -1
      return {
        placeId: placeId(place),
        on,
        urgencyClass: objective.urgency[need]?.urgencyClass ?? 5,
        form: snapshot.places[place]?.form ?? '',
        fromPlaceId: home === -1 ? null : placeId(home),
        district: snapshot.needs[need]?.holdingDistrict ?? '',
      }
    })
    return {
      chain,
      kind,
      moves: described,
      frees: frees === -1 ? null : placeId(frees),
      // whoever reads the chain must not learn from it that a protected person of her own district is in it
      districts: [
        ...new Set(
          moves
            .map(({ need }) => snapshot.needs[need])
            .filter((need) => need?.shielded === false)
            .map((need) => need?.holdingDistrict ?? ''),
        ),
      ].sort(),
    }
  })
}

function countsOf(
  snapshot: Snapshot,
  plan: Plan,
  rows: readonly RunRow[],
): Omit<RunSummary, 'causes' | 'comparison' | 'milliseconds'> {
  const placed = rows.filter(({ outcome }) => outcome === 'proposed')
  const tally = <K extends string | number>(key: (row: RunRow) => K) =>
    [...Map.groupBy(rows, key)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, group]) => ({
        value,
        needs: group.length,
        placed: group.filter(({ outcome }) => outcome === 'proposed').length,
      }))
  return {
    needs: snapshot.needs.length,
    places: snapshot.places.length,
    homes: plan.candidates.homeOf.reduce((count, home) => (home === -1 ? count : count + 1), 0),
    eligiblePairs: plan.candidates.pairs.length,
    placed: placed.length,
    moves: plan.chains.reduce((count, { moves }) => count + moves.filter(({ waitsFor }) => waitsFor !== -1).length, 0),
    byClass: tally((row) => row.urgencyClass).map(({ value, ...rest }) => ({ urgencyClass: value, ...rest })),
    byDistrict: tally((row) => row.holdingDistrict).map(({ value, ...rest }) => ({ district: value, ...rest })),
    values: plan.values,
    unboundedValues: plan.unboundedValues,
    boundValues: plan.boundValues,
    forbiddenMoves: plan.forbidden.length,
    limits: RUN_LIMITS.map(({ id }) => ({ id, moves: plan.forbidden.filter(({ why }) => why === id).length })).filter(
      ({ moves }) => moves > 0,
    ),
    putOff: putOffIn(snapshot, plan),
    proven: plan.proven,
  }
}

/** Moves on a later day than whoever goes before them, and the place, would let them. */
function putOffIn(snapshot: Snapshot, { candidates, chains, pairOf }: Plan): number {
  const soonest = chainsOf(snapshot, candidates, pairOf).chains.flatMap(({ moves }) => moves)
  const dayOf = new Map(soonest.map(({ need, on }) => [need, on]))
  return chains.reduce((count, { moves }) => count + moves.filter(({ need, on }) => on !== dayOf.get(need)).length, 0)
}
