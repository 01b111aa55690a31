import { addDays, type Day, firstOfMonth, laterDay } from '../day.ts'
import type { Candidate, Candidates } from './candidates.ts'
import { type Chain, dayOf, dayOfCycle, type Move } from './chain.ts'
import { type Cut, countedCut } from './cut.ts'
import { leftIn, nextMonth, type Pace, pacesByPair } from './limit.ts'
import type { Objective } from './objective.ts'
import type { Snapshot } from './snapshot.ts'

/** What is asked about: whose moves, and what limits a month. */
export interface Calendar {
  candidates: Candidates
  objective: Objective
  paces: readonly Pace[]
  /** For each pair that counts against a pace the paces that it does. */
  pacesOf: ReadonlyMap<number, readonly Pace[]>
  /** The months in which a pair's move can be. */
  monthsOf(pair: number): Months
}

/** First days of months; the last is null where nothing ends it. */
interface Months {
  first: Day
  last: Day | null
}

/** How often the days of one group of chains are tried before it counts as unknown whether there are any. */
const MOST_TRIES = 300

export function calendarOf(
  { needs }: Pick<Snapshot, 'needs'>,
  candidates: Candidates,
  objective: Objective,
  paces: readonly Pace[],
): Calendar {
  const known = new Map<number, Months>()
  return {
    candidates,
    objective,
    paces,
    pacesOf: pacesByPair(paces),
    monthsOf(pair) {
      const months = known.get(pair)
      if (months !== undefined) return months
      const { need, availableFrom } = candidates.pairs[pair] as Candidate
      const end = needs[need]?.requirements.window.to ?? null
      const found = { first: firstOfMonth(availableFrom), last: end === null ? null : firstOfMonth(addDays(end, -1)) }
      known.set(pair, found)
      return found
    },
  }
}

/**
 * Over any stretch of months no more may move than these months have room for, of those who can move in no other. True of
 * every solution, whatever else is in it, as nobody in a chain moves sooner than by herself.
 */
export function paceCuts({ candidates, objective, pacesOf, monthsOf }: Calendar, pairOf: Int32Array): Cut[] {
  const cuts: Cut[] = []
  const used = Map.groupBy(
    [...pairOf].flatMap((pair) => (pacesOf.get(pair) ?? []).map((pace) => ({ pair, pace }))),
    ({ pace }) => pace,
  )
  for (const [pace, entries] of used) {
    const moves = entries.map(({ pair }) => ({ pair, ...monthsOf(pair) }))
    for (const { from, to } of stretches(moves)) {
      const room = roomIn(pace, from, to)
      const inside = moves.filter(({ first, last }) => first >= from && last !== null && last <= to)
      if (inside.reduce((sum, { pair }) => sum + (pace.weightOf.get(pair) ?? 0), 0) <= room) continue
      const all = [...pace.weightOf].filter(([pair]) => {
        const { first, last } = monthsOf(pair)
        return first >= from && last !== null && last <= to
      })
      const limit = { why: pace.why, most: room, pairs: all.map(([pair]) => pair), weights: all.map(([, w]) => w) }
      cuts.push(
        countedCut(
          candidates,
          objective,
          limit,
          inside.map(({ pair }) => pair),
        ),
      )
      // the shortest stretch of a pace says most; the others come when it is mended
      break
    }
  }
  return cuts
}

/** The first months of each stretch in which somebody must move, the shortest first. */
function stretches(moves: readonly { first: Day; last: Day | null }[]): { from: Day; to: Day }[] {
  const starts = [...new Set(moves.map(({ first }) => first))]
  const ends = [...new Set(moves.flatMap(({ last }) => (last === null ? [] : [last])))]
  return starts
    .flatMap((from) => ends.filter((to) => to >= from).map((to) => ({ from, to })))
    .sort((a, b) => monthsBetween(a) - monthsBetween(b) || (a.from < b.from ? -1 : 1))
}

function monthsBetween({ from, to }: { from: Day; to: Day }): number {
  const number = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return number(to) - number(from)
}

function roomIn(pace: Pace, from: Day, to: Day): number {
  let room = 0
  for (let month = from; month <= to; month = nextMonth(month)) room += leftIn(pace, month)
  return room
}

/** A chain whose moves are given days, not before those in `from`. */
interface Dated {
  chain: Chain
  pairs: number[]
  from: (Day | undefined)[]
  days: Day[]
}

/**
 * Gives every move a day so that each month keeps to its paces, as early as can be; in a month that is full those who must
 * move soonest go first, then those given first. A group of chains that has no such days is a cut: one of its moves is left out.
 * Exact as far as `MOST_TRIES` goes: in every calendar one of those in a month that is too full comes later, so each is tried.
 */
export function datesOf(calendar: Calendar, chains: Chain[], pairOf: Int32Array): { chains: Chain[]; cuts: Cut[] } {
  if (calendar.paces.length === 0) return { chains, cuts: [] }
  const dated = chains.map(
    (chain): Dated => ({
      chain,
      pairs: chain.moves.map(({ need }) => pairOf[need] as number),
      from: chain.moves.map(() => undefined),
      days: chain.moves.map(({ on }) => on),
    }),
  )
  const found = new Map<Chain, Chain>()
  const cuts: Cut[] = []
  for (const group of groupsOf(calendar, dated)) {
    if (tooFull(calendar, group) === undefined) continue
    const swaps = group.flatMap((one) => {
      const why = neverOnOneDay(calendar, one)?.why
      return why === undefined ? [] : [{ why, complete: true, alternatives: one.pairs.map((pair) => [pair]) }]
    })
    cuts.push(...swaps)
    if (swaps.length > 0) continue
    const tries = { left: MOST_TRIES }
    const days = spread(calendar, group, tries)
    if (days !== undefined) {
      for (const one of days) found.set(one.chain, withDays(one))
      continue
    }
    const why = tooFull(calendar, group)?.pace.why ?? 'move_ins'
    const pairs = group.flatMap((one) => one.pairs)
    cuts.push({ why, complete: tries.left > 0, alternatives: pairs.map((pair) => [pair]) })
  }
  return { chains: chains.map((chain) => found.get(chain) ?? chain), cuts }
}

/** What takes less in any month than a cycle has of it: all of a cycle move on one day, so no later month helps. */
function neverOnOneDay({ pacesOf }: Calendar, { chain, pairs }: Dated): Pace | undefined {
  if (chain.kind !== 'cycle') return undefined
  const paces = new Set(pairs.flatMap((pair) => pacesOf.get(pair) ?? []))
  return [...paces].find(({ weightOf, most }) => pairs.reduce((sum, pair) => sum + (weightOf.get(pair) ?? 0), 0) > most)
}

function withDays({ chain, days }: Dated): Chain {
  return { ...chain, moves: chain.moves.map((move, i): Move => ({ ...move, on: days[i] as Day })) }
}

/** Chains that share a pace, directly or through others. */
function groupsOf({ pacesOf }: Calendar, all: readonly Dated[]): Dated[][] {
  const groupOf = new Map<Pace, Dated[]>()
  for (const one of all) {
    const paces = new Set(one.pairs.flatMap((pair) => pacesOf.get(pair) ?? []))
    if (paces.size === 0) continue
    const joined = [...new Set([...paces].flatMap((pace) => groupOf.get(pace) ?? []).concat(one))]
    const touched = new Set([
      ...paces,
      ...joined.flatMap(({ pairs }) => pairs.flatMap((pair) => pacesOf.get(pair) ?? [])),
    ])
    for (const pace of touched) groupOf.set(pace, joined)
  }
  return [...new Set(groupOf.values())]
}

interface Full {
  pace: Pace
  month: Day
  room: number
  moves: { one: Dated; at: number; weight: number }[]
}

/** The first month that is too full, with who moves in it. */
function tooFull({ pacesOf }: Calendar, group: readonly Dated[]): Full | undefined {
  const there = new Map<Pace, Map<Day, Full>>()
  for (const one of group) {
    for (const [at, pair] of one.pairs.entries()) {
      for (const pace of pacesOf.get(pair) ?? []) {
        const month = firstOfMonth(one.days[at] as Day)
        const months = there.get(pace) ?? new Map<Day, Full>()
        const full = months.get(month) ?? { pace, month, room: leftIn(pace, month), moves: [] }
        full.moves.push({ one, at, weight: pace.weightOf.get(pair) ?? 0 })
        months.set(month, full)
        there.set(pace, months)
      }
    }
  }
  const full = [...there.values()]
    .flatMap((months) => [...months.values()])
    .filter(({ moves, room }) => moves.reduce((sum, { weight }) => sum + weight, 0) > room)
  return full.reduce<Full | undefined>(
    (first, one) => (first === undefined || one.month < first.month ? one : first),
    undefined,
  )
}

/** Days that keep to the paces, or undefined when there are none or the tries are over. */
function spread(calendar: Calendar, group: readonly Dated[], tries: { left: number }): readonly Dated[] | undefined {
  const full = tooFull(calendar, group)
  if (full === undefined) return group
  const later = nextMonth(full.month)
  const soonest = full.moves.toSorted((a, b) => compareEnds(calendar, a.one, b.one, a.at, b.at))
  let room = full.room
  const over = soonest.filter(({ weight }) => {
    if (weight > room) return true
    room -= weight
    return false
  })
  // all that have no room at once, then, where that leads nowhere, one by one
  const ways = [over, ...(over.length === 1 ? [] : [...over].reverse().map((one) => [one]))]
  for (const one of soonest) if (!over.includes(one)) ways.push([one])
  for (const put of ways) {
    if (tries.left <= 0) return undefined
    tries.left -= 1
    const next = putOff(calendar, group, put, later)
    const found = next === undefined ? undefined : spread(calendar, next, tries)
    if (found !== undefined) return found
  }
  return undefined
}

/** Who must move soonest first; of those alike the pair that comes first, which is the need registered first. */
function compareEnds({ monthsOf }: Calendar, a: Dated, b: Dated, atA: number, atB: number): number {
  const [one, other] = [a.pairs[atA] as number, b.pairs[atB] as number]
  const [first, second] = [monthsOf(one).last, monthsOf(other).last]
  if (first !== second) return first === null ? 1 : second === null ? -1 : first < second ? -1 : 1
  return a.pairs.length - b.pairs.length || one - other
}

/** The same chains with some moves not before a day; undefined when one of them can then not be. */
function putOff(
  { candidates }: Calendar,
  group: readonly Dated[],
  put: Full['moves'],
  later: Day,
): readonly Dated[] | undefined {
  const changed = new Map<Dated, Dated>()
  for (const { one, at } of put) {
    const known = changed.get(one) ?? one
    changed.set(one, { ...known, from: known.from.map((day, i) => (i === at ? later : day)) })
  }
  for (const [before, one] of changed) {
    const days = one.chain.kind === 'cycle' ? daysOfCycle(candidates, one) : daysOfChain(candidates, one)
    if (days === undefined) return undefined
    changed.set(before, { ...one, days })
  }
  return group.map((one) => changed.get(one) ?? one)
}

/** A day for each move of a chain: not before the one before it, nor before the day that it is put off to. */
function daysOfChain(candidates: Candidates, one: Dated): Day[] | undefined {
  const days: Day[] = []
  for (const [i, index] of one.pairs.entries()) {
    const day = dayOf(candidates, index, later(days[i - 1], one.from[i]))
    if (day === undefined) return undefined
    days.push(day)
  }
  return days
}

/** All on the first day that suits everybody, and nobody before hers. */
function daysOfCycle(candidates: Candidates, one: Dated): Day[] | undefined {
  const day = dayOfCycle(candidates, one.pairs, one.from.reduce(later, one.days[0]))
  return day === undefined ? undefined : one.pairs.map(() => day)
}

function later(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined ? b : b === undefined ? a : laterDay(a, b)
}
