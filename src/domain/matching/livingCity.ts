import { buildInstance } from '../../solver/instance.ts'
import { type LivingAssignment, livingAssignment, type Option } from '../../solver/living.ts'
import { candidatesOf } from './candidates.ts'
import { followPairs, type KeptPairs, keptPairs, type PairChanges } from './keptPairs.ts'
import { objectiveOf, type Tier, unpacked } from './objective.ts'
import type { Snapshot } from './snapshot.ts'

/** What the best set of moves would give a need now, without the limits that only a whole set can break. */
export interface CityPreview {
  outcome: 'proposed' | 'stays' | 'nothing'
  placeId: string | null
  /** Somebody lives there, and would have to move first. */
  waitsForMove: boolean
  /** How many places she could be given by the rules. */
  eligible: number
}

/**
 * The best set of moves, kept up while the city changes: who could be given what is found again only for what changed since
 * the last snapshot, and that is repaired, a need or a place at a time, instead of solving again. What it adds up to is what
 * solving afresh gives; which of several best ones it is depends on what happened. Chains may be as long and as late as they
 * like, and nobody is kept apart: a run looks at that.
 */
export interface LivingCity {
  /** What the criteria add up to, in the order of the policy. */
  values(): number[]
  /** Undefined for a need that is not registered. */
  previewOf(pseudonym: string): CityPreview | undefined
  /** Takes up a later snapshot. Answers how many repairs that took, or -1 when it was solved afresh. */
  follow(snapshot: Snapshot): number
}

/** Beyond so many changed needs and places solving afresh is faster than repairing. */
const MOST_REPAIRS = 150
/** Gains are packed with room for so many times what they add up to at first. */
const HEADROOM = 2
/** As much as the solver adds exactly, with room for forced columns. */
const MOST = 2 ** 49

/** Neighbouring tiers in one number each, by weights that stay as they are while the city changes. */
interface Packing {
  /** For each tier the most that it may add up to. */
  most: number[]
  /** The tiers of each number. */
  groups: number[][]
}

interface Model {
  asOf: Snapshot['asOf']
  policy: string
  packing: Packing
  living: LivingAssignment
  pairs: KeptPairs
  /** The solver's row of each need. */
  rows: Map<string, number>
  /** The solver's column of each place, and the place of each column. */
  columns: Map<string, number>
  placeIds: string[]
}

export function livingCity(first: Snapshot): LivingCity {
  let model = solved(first)
  return {
    values: () => valuesIn(model),
    previewOf(pseudonym) {
      const { living, pairs, rows, placeIds } = model
      const row = rows.get(pseudonym)
      const need = pairs.needs.get(pseudonym)
      if (row === undefined || need === undefined) return undefined
      const { home } = need
      const placeId = placeIds[living.columnOf(row)]
      const eligible = need.gains.size
      if (placeId === undefined || placeId === home)
        return { outcome: home === undefined ? 'nothing' : 'stays', placeId: null, waitsForMove: false, eligible }
      return { outcome: 'proposed', placeId, waitsForMove: pairs.places.get(placeId)?.livedIn === true, eligible }
    },
    follow(snapshot) {
      const repairs = repaired(model, snapshot)
      if (repairs === undefined) model = solved(snapshot)
      return repairs ?? -1
    },
  }
}

const policyIn = ({ policy }: Snapshot) => JSON.stringify(policy)

function solved(snapshot: Snapshot): Model {
  const candidates = candidatesOf(snapshot)
  const objective = objectiveOf(snapshot, candidates)
  const kept = keptPairs(snapshot, candidates, objective)
  const packing = packingOf(kept)
  const { pairs, homeOf } = candidates
  const stayRow = [...homeOf.keys()].filter((need) => homeOf[need] !== -1)
  const instance = buildInstance({
    rows: snapshot.needs.length,
    columns: snapshot.places.length,
    row: pairs.map(({ need }) => need),
    col: pairs.map(({ place }) => place),
    gain: new Float64Array(pairs.length),
    stayRow,
    stayColumn: stayRow.map((need) => homeOf[need] ?? -1),
  })
  return {
    asOf: snapshot.asOf,
    policy: policyIn(snapshot),
    packing,
    living: livingAssignment(instance, packedTiers(packing, objective.tiers, pairs.length)),
    pairs: kept,
    rows: new Map(snapshot.needs.map(({ pseudonym }, need) => [pseudonym, need])),
    columns: new Map(snapshot.places.map(({ id }, place) => [id, place])),
    placeIds: snapshot.places.map(({ id }) => id),
  }
}

function packingOf(pairs: KeptPairs): Packing {
  const most = reachesOf(pairs).map((reach) => Math.max(1, HEADROOM * reach))
  const groups: number[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const [tier, bound] of most.entries()) {
    if (size * (bound + 1) > MOST) {
      groups.push([])
      size = 1
    }
    size *= bound + 1
    groups.at(-1)?.push(tier)
  }
  return { most, groups }
}

/** The most that each tier can add up to. */
function reachesOf({ needs, tiers }: KeptPairs): number[] {
  const sums = new Array<number>(tiers).fill(0)
  for (const { reach } of needs.values())
    for (let tier = 0; tier < tiers; tier += 1) sums[tier] = (sums[tier] ?? 0) + (reach[tier] ?? 0)
  return sums
}

/** What a pair adds to a group of tiers, in one number. */
function packedGain({ most }: Packing, group: readonly number[], gainOf: (tier: number) => number): number {
  let sum = 0
  for (const tier of group) sum = sum * ((most[tier] ?? 0) + 1) + gainOf(tier)
  return sum
}

const packed = (packing: Packing, gains: readonly number[]) =>
  packing.groups.map((group) => packedGain(packing, group, (tier) => gains[tier] ?? 0))

/** The same of all pairs, a column of numbers for each group. */
function packedTiers(packing: Packing, tiers: readonly Tier[], count: number): Float64Array[] {
  return packing.groups.map((group) => {
    const column = new Float64Array(count)
    for (let index = 0; index < count; index += 1)
      column[index] = packedGain(packing, group, (tier) => tiers[tier]?.gains[index] ?? 0)
    return column
  })
}

/** What the city adds up to, tier by tier. */
function valuesIn({ packing: { groups, most }, living }: Model): number[] {
  return groups.flatMap((tiers, group) =>
    unpacked({ reaches: tiers.map((tier) => most[tier] ?? 0) }, living.values[group] ?? 0),
  )
}

/** Repairs what changed; undefined when that is too much, or of another day or policy: the model is of no use then. */
function repaired(model: Model, snapshot: Snapshot): number | undefined {
  const { packing, pairs } = model
  if (model.asOf !== snapshot.asOf || model.policy !== policyIn(snapshot)) return undefined
  const changes = followPairs(pairs, snapshot)
  if (reachesOf(pairs).some((reach, tier) => reach > (packing.most[tier] ?? 0))) return undefined
  const { needs, gone, opened, closed, places } = changes
  const edits = needs.size + gone.length + opened.length + closed.length + places.length
  if (edits > MOST_REPAIRS) return undefined
  repair(model, changes)
  return edits
}

/** Tells the solver what changed: of places what the needs that did not change are offered, then those that did. */
function repair(model: Model, { needs, gone, opened, closed, places }: PairChanges): void {
  const { living, packing, pairs, rows, columns, placeIds } = model
  for (const pseudonym of gone) {
    living.removeRow(rows.get(pseudonym) ?? -1)
    rows.delete(pseudonym)
  }
  // homes that change hands are nobody's before they are somebody's
  for (const [pseudonym, homeBefore] of needs) {
    const row = rows.get(pseudonym)
    if (row !== undefined && homeBefore !== undefined && homeBefore !== pairs.needs.get(pseudonym)?.home)
      living.changeRow(row, [])
  }
  const offeredTo = (id: string): Option[] =>
    [...pairs.needs].flatMap(([pseudonym, need]) => {
      const gains = need.gains.get(id)
      const row = rows.get(pseudonym)
      if (gains === undefined || row === undefined || needs.has(pseudonym)) return []
      return [{ node: row, gains: packed(packing, gains) }]
    })
  for (const id of opened) {
    const { column } = living.addColumn(offeredTo(id))
    columns.set(id, column)
    placeIds[column] = id
  }
  for (const id of places) living.changeColumn(columns.get(id) ?? -1, offeredTo(id))
  for (const pseudonym of needs.keys()) {
    const need = pairs.needs.get(pseudonym)
    const options = [...(need?.gains ?? [])].map(([id, gains]) => ({
      node: columns.get(id) ?? -1,
      gains: packed(packing, gains),
    }))
    const home = need?.home === undefined ? undefined : columns.get(need.home)
    const row = rows.get(pseudonym)
    if (row === undefined) rows.set(pseudonym, living.addRow(options, home).row)
    else living.changeRow(row, options, home)
  }
  for (const id of closed) {
    living.removeColumn(columns.get(id) ?? -1)
    columns.delete(id)
  }
}
