import { buildInstance } from '../../solver/instance.ts'
import { type LivingAssignment, livingAssignment, type Option } from '../../solver/living.ts'
import { type Candidates, candidatesOf, pairsOfNeed } from './candidates.ts'
import { type Objective, objectiveOf, reachOf, unpacked } from './objective.ts'
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
 * The best set of moves, kept up while the city changes: what changed since the last snapshot is repaired, a need or a place at
 * a time, instead of solving again. What it adds up to is what solving afresh gives; which of several best ones it is depends
 * on what happened. Chains may be as long and as late as they like, and nobody is kept apart: a run looks at that.
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
  ids: string[]
  /** For each tier the most that it may add up to. */
  most: number[]
  /** The tiers of each number. */
  groups: number[][]
}

interface Row {
  row: number
  own: string | undefined
  /** Everything that the solver is told of the row, to see whether it changed. */
  said: string
}

interface Model {
  asOf: Snapshot['asOf']
  policy: string
  packing: Packing
  living: LivingAssignment
  rows: Map<string, Row>
  columns: Map<string, number>
  placeIds: string[]
}

/** What a snapshot says, ready for the solver. */
interface Read {
  snapshot: Snapshot
  candidates: Candidates
  objective: Objective
}

export function livingCity(first: Snapshot): LivingCity {
  let read = readOf(first)
  let model = solved(read)
  return {
    values: () => valuesIn(model),
    previewOf(pseudonym) {
      const row = model.rows.get(pseudonym)
      const need = read.snapshot.needs.findIndex((one) => one.pseudonym === pseudonym)
      if (row === undefined || need === -1) return undefined
      const column = model.living.columnOf(row.row)
      const placeId = column === -1 ? undefined : model.placeIds[column]
      const eligible = pairsOfNeed(read.candidates, need).length
      if (placeId === undefined || placeId === row.own)
        return { outcome: row.own === undefined ? 'nothing' : 'stays', placeId: null, waitsForMove: false, eligible }
      const place = read.snapshot.places.findIndex(({ id }) => id === placeId)
      return { outcome: 'proposed', placeId, waitsForMove: read.candidates.residentOf[place] !== -1, eligible }
    },
    follow(snapshot) {
      read = readOf(snapshot)
      const repairs = repaired(model, read)
      if (repairs === undefined) model = solved(read)
      return repairs ?? -1
    },
  }
}

function readOf(snapshot: Snapshot): Read {
  const candidates = candidatesOf(snapshot)
  return { snapshot, candidates, objective: objectiveOf(snapshot, candidates) }
}

const policyIn = ({ policy }: Snapshot) => JSON.stringify(policy)

function solved({ snapshot, candidates, objective }: Read): Model {
  const packing = packingOf(objective, candidates, snapshot.needs.length)
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
  const packed = packing.groups.map((_, group) =>
    Float64Array.from(pairs, (_pair, index) => packedGain(packing, objective, index, group)),
  )
  return {
    asOf: snapshot.asOf,
    policy: policyIn(snapshot),
    packing,
    living: livingAssignment(instance, packed),
    rows: new Map(
      snapshot.needs.map(({ pseudonym }, need) => [
        pseudonym,
        rowOf({ snapshot, candidates, objective }, packing, need),
      ]),
    ),
    columns: new Map(snapshot.places.map(({ id }, place) => [id, place])),
    placeIds: snapshot.places.map(({ id }) => id),
  }
}

function rowOf({ snapshot, candidates, objective }: Read, packing: Packing, need: number): Row {
  const own = snapshot.places[candidates.homeOf[need] ?? -1]?.id
  const arcs = pairsOfNeed(candidates, need).map((index) => {
    const gains = packing.groups.map((_, group) => packedGain(packing, objective, index, group))
    return `${snapshot.places[candidates.pairs[index]?.place ?? -1]?.id} ${gains.join(' ')}`
  })
  return { row: need, own, said: `${own ?? ''}|${arcs.join('|')}` }
}

function packingOf({ tiers }: Objective, { pairs }: Candidates, needs: number): Packing {
  const most = reachesOf(tiers, pairs, needs).map((reach) => Math.max(1, HEADROOM * reach))
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
  return { ids: tiers.map(({ id }) => id), most, groups }
}

/** The most that each tier can add up to. */
function reachesOf(tiers: Objective['tiers'], pairs: Candidates['pairs'], needs: number): number[] {
  const needOf = Int32Array.from(pairs, ({ need }) => need)
  return tiers.map(({ gains }) => reachOf(gains, needOf, needs))
}

function packedGain({ groups, most }: Packing, { tiers }: Objective, index: number, group: number): number {
  return (groups[group] ?? []).reduce(
    (sum, tier) => sum * ((most[tier] ?? 0) + 1) + (tiers[tier]?.gains[index] ?? 0),
    0,
  )
}

/** What the city adds up to, tier by tier. */
function valuesIn({ packing: { groups, most }, living }: Model): number[] {
  return groups.flatMap((tiers, group) =>
    unpacked({ reaches: tiers.map((tier) => most[tier] ?? 0) }, living.values[group] ?? 0),
  )
}

/** Repairs what changed; undefined when that is too much, or of another day or policy. */
function repaired(model: Model, { snapshot, candidates, objective }: Read): number | undefined {
  const { living, packing, rows, columns, placeIds } = model
  if (model.asOf !== snapshot.asOf || model.policy !== policyIn(snapshot)) return undefined
  const reach = reachesOf(objective.tiers, candidates.pairs, snapshot.needs.length)
  if (
    objective.tiers.some(({ id }, tier) => id !== packing.ids[tier] || (reach[tier] ?? 0) > (packing.most[tier] ?? 0))
  )
    return undefined
  const now = new Map(
    snapshot.needs.map(({ pseudonym }, need) => [pseudonym, rowOf({ snapshot, candidates, objective }, packing, need)]),
  )
  const changed = [...now].filter(([pseudonym, { said }]) => rows.get(pseudonym)?.said !== said)
  const gone = [...rows].filter(([pseudonym]) => !now.has(pseudonym))
  const there = new Set(snapshot.places.map(({ id }) => id))
  const closed = [...columns].filter(([id]) => !there.has(id))
  const opened = [...there].filter((id) => !columns.has(id))
  const edits = changed.length + gone.length + closed.length + opened.length
  if (edits > MOST_REPAIRS) return undefined

  for (const id of opened) {
    const { column } = living.addColumn([])
    columns.set(id, column)
    placeIds[column] = id
  }
  for (const [pseudonym, { row }] of gone) {
    living.removeRow(row)
    rows.delete(pseudonym)
  }
  // homes that change hands are nobody's before they are somebody's
  for (const [pseudonym, { own }] of changed) {
    const before = rows.get(pseudonym)
    if (before !== undefined && before.own !== undefined && before.own !== own) living.changeRow(before.row, [])
  }
  for (const [pseudonym, { row: need, own, said }] of changed) {
    const options = optionsOf({ snapshot, candidates, objective }, model, need)
    const home = own === undefined ? undefined : columns.get(own)
    const before = rows.get(pseudonym)
    if (before === undefined) rows.set(pseudonym, { row: living.addRow(options, home).row, own, said })
    else {
      living.changeRow(before.row, options, home)
      rows.set(pseudonym, { row: before.row, own, said })
    }
  }
  for (const [id, column] of closed) {
    living.removeColumn(column)
    columns.delete(id)
  }
  return edits
}

function optionsOf({ snapshot, candidates, objective }: Read, { packing, columns }: Model, need: number): Option[] {
  return pairsOfNeed(candidates, need).map((index) => ({
    node: columns.get(snapshot.places[candidates.pairs[index]?.place ?? -1]?.id ?? '') ?? -1,
    gains: packing.groups.map((_, group) => packedGain(packing, objective, index, group)),
  }))
}
