import type { RunLimitId } from '../../reference/runLimits.ts'
import type { LexicographicAssignment } from '../../solver/lexicographic.ts'
import { type Candidates, pairsOfNeed } from './candidates.ts'
import type { Chain } from './chain.ts'
import type { Cut } from './cut.ts'
import { close, type Network, pairsOf, requireBest, withoutPairs } from './network.ts'

/** What a whole solution is looked at for: its chains, and what it must not do. */
export type Look = (pairOf: Int32Array) => { chains: Chain[]; cuts: Cut[] }

/** Pairs whose absence makes chains short, given a solution whose chains are to stay as far as they can. */
export type Shorten = (pairOf: Int32Array) => number[]

export interface Found {
  pairOf: Int32Array
  chains: Chain[]
  /** Pairs of the best solution without limits that had to be left out, with why. */
  forbidden: Forbidden[]
  /** A solution that none which breaks nothing is better than; of the same worth as `pairOf` when that is the best. */
  boundPairOf: Int32Array
  /** True when no better solution breaks nothing; false when the search ended before that was certain. */
  proven: boolean
}

export interface Forbidden {
  pair: number
  why: RunLimitId
}

/** The best solution without some pairs. */
interface Node {
  answer: LexicographicAssignment
  forbidden: Forbidden[]
}

/** A node that was looked at. */
type Seen = Node & ReturnType<Look> & { pairOf: Int32Array }

/** A node that is not solved before it is its turn: no better than its parent. */
interface Branch {
  parent: Node
  more: Forbidden[]
}

/** Arcs that the search for something better may look at: some tens of steps for the whole city, hundreds for a small one. */
const EFFORT = 3_000_000
const MOST_TRIES = 1_000
/** Late chains that are mended move by move. */
const MOST_WINDOWS = 30

/**
 * The best solution that breaks nothing. A first one is made by closing at once whatever could make a chain too long, then
 * one by one what is still broken. Then branch and bound from the best solution without limits: a broken cut is branched
 * on, each branch leaves out one of its sets, and the best solution without it, a few shortest paths away, is a bound on
 * all below. Exact when that ends by itself; after `effort` the best so far is kept, the same on every machine.
 *
 * Putting the chains together anew around the first solution was tried and left: it made none better.
 */
export function searchBest(
  network: Network,
  candidates: Candidates,
  look: Look,
  shorten: Shorten,
  effort = EFFORT,
): Found {
  const seenAt = (node: Node): Seen => {
    const pairOf = pairsOf(candidates, node.answer.columnOf)
    return { ...node, pairOf, ...look(pairOf) }
  }
  const root = seenAt({ answer: network.best, forbidden: [] })
  if (root.cuts.length === 0)
    return { pairOf: root.pairOf, chains: root.chains, forbidden: [], boundPairOf: root.pairOf, proven: true }
  const begin = shorten(root.pairOf).map((pair): Forbidden => ({ pair, why: 'too_long' }))
  const first = firstOf(network, candidates, seenAt, begin)
  const { node, bound, left } = branchAndBound(network, root, first, seenAt, effort)
  const proven = compareTiers(bound.answer.values, node.answer.values) <= 0
  requireBest(network, pairsIn(node.forbidden), node.answer)
  if (proven) requireNoBetter(network, left, node)
  const { pairOf, chains } = node
  const used = new Set(root.pairOf)
  const boundPairOf = proven ? pairOf : pairsOf(candidates, bound.answer.columnOf)
  return { pairOf, chains, forbidden: node.forbidden.filter(({ pair }) => used.has(pair)), boundPairOf, proven }
}

/**
 * The best solution without some pairs, and without those that must then be left out, one by one, until it breaks nothing: what
 * is begun with keeps to sums of which only chosen pairs are left.
 */
export function searchFrom(network: Network, candidates: Candidates, look: Look, begin: readonly Forbidden[]) {
  const seenAt = (node: Node): Seen => {
    const pairOf = pairsOf(candidates, node.answer.columnOf)
    return { ...node, pairOf, ...look(pairOf) }
  }
  const { answer, forbidden, pairOf, chains } = firstOf(network, candidates, seenAt, begin)
  requireBest(network, pairsIn(forbidden), answer)
  return { pairOf, chains, forbidden }
}

/** A solution that breaks nothing, near the best without some pairs. */
function firstOf(
  network: Network,
  candidates: Candidates,
  seenAt: (node: Node) => Seen,
  begin: readonly Forbidden[],
): Seen {
  const closed = new Uint8Array(network.problem.col.length)
  const without = ({ answer, forbidden }: Node, pairs: readonly number[], why: RunLimitId): Node => {
    close(network, closed, pairs, 1)
    const best = withoutPairs(network, closed, answer, pairs) ?? answer
    return { answer: best, forbidden: [...forbidden, ...pairs.map((pair) => ({ pair, why }))] }
  }
  const [some] = begin
  const start = without({ answer: network.best, forbidden: [] }, pairsIn(begin), some?.why ?? 'too_long')
  let node = seenAt({ ...start, forbidden: [...begin] })
  let windows = 0
  for (let cut = node.cuts[0]; cut !== undefined; cut = node.cuts[0]) {
    const { why, alternatives } = cut
    if (why === 'window') windows += 1
    let sets = alternatives
    // of a sum the way that keeps those who are worth most; and whoever comes too late again and again, behind one door after the
    // other, is left what is vacant
    if (cut.row !== undefined) sets = alternatives.slice(0, 1)
    else if (why === 'window' && windows > MOST_WINDOWS) sets = [homesFor(candidates, alternatives.at(-1)?.[0] ?? -1)]
    let cheapest: { pairs: number[]; node: Node } | undefined
    for (const pairs of sets) {
      const open = pairs.filter((pair) => closed[network.arcOf[pair] ?? -1] === 0)
      const other = without(node, open, why)
      close(network, closed, open, 0)
      if (cheapest === undefined || compareTiers(other.answer.values, cheapest.node.answer.values) > 0) {
        cheapest = { pairs: open, node: other }
      }
    }
    if (cheapest === undefined) throw new Error('unreachable: a cut names what to leave out')
    close(network, closed, cheapest.pairs, 1)
    node = seenAt(cheapest.node)
  }
  return node
}

/** The pairs of a pair's need with homes. */
function homesFor(candidates: Candidates, pair: number): number[] {
  const { pairs, residentOf } = candidates
  return pairsOfNeed(candidates, pairs[pair]?.need ?? -1).filter(
    (index) => residentOf[pairs[index]?.place ?? -1] !== -1,
  )
}

/**
 * The best node that breaks nothing, `first` or a better one; one that no such node is better than; and the branches that
 * were left because they hold nothing better.
 */
function branchAndBound(
  network: Network,
  root: Seen,
  first: Seen,
  seenAt: (node: Node) => Seen,
  effort: number,
): { node: Seen; bound: Node; left: Branch[] } {
  const closed = new Uint8Array(network.problem.col.length)
  const seen = new Set<string>()
  let tries = Math.min(MOST_TRIES, Math.floor(effort / Math.max(1, closed.length)))
  let best = first
  let bound: Node = first
  const raise = (node: Node) => {
    if (compareTiers(node.answer.values, bound.answer.values) > 0) bound = node
  }
  const open: Branch[] = []
  const left: Branch[] = []
  const branch = (parent: Node, { why, alternatives, complete: all }: Cut) => {
    // what is not among the ways out that are tried may be as good as this
    if (!all) raise(parent)
    const branches = alternatives.map((pairs) => ({ parent, more: pairs.map((pair) => ({ pair, why })) }))
    open.splice(positionOf(open, parent), 0, ...branches.reverse())
  }
  const cut = toBranchOn(root)
  if (cut !== undefined) branch(root, cut)
  while (open.length > 0 && tries > 0) {
    const next = open.pop() as Branch
    const { parent, more } = next
    // the others are no better
    if (compareTiers(parent.answer.values, best.answer.values) <= 0) {
      left.push(next, ...open)
      break
    }
    const forbidden = [...parent.forbidden, ...more]
    const key = pairsIn(forbidden)
      .sort((a, b) => a - b)
      .join()
    if (seen.has(key)) continue
    seen.add(key)
    tries -= 1
    close(network, closed, pairsIn(forbidden), 1)
    const answer = withoutPairs(network, closed, parent.answer, pairsIn(more), best.answer.values)
    close(network, closed, pairsIn(forbidden), 0)
    if (answer === undefined) {
      left.push(next)
      continue
    }
    const node = seenAt({ answer, forbidden })
    const cut = toBranchOn(node)
    if (cut === undefined) best = node
    else branch(node, cut)
  }
  const untried = open.at(-1)
  if (tries === 0 && untried !== undefined) raise(untried.parent)
  return { node: best, bound, left }
}

/**
 * Has it checked that what the search left holds nothing better: the best of each branch, or of what it comes from, by the
 * checker that knows nothing of the search. That every solution within the limits is in one of the branches is what a cut
 * says of its ways out.
 * @throws {Error} when one of them does
 */
function requireNoBetter(network: Network, left: readonly Branch[], { answer: { values } }: Node): void {
  const closed = new Uint8Array(network.problem.col.length)
  const checked = new Set<Node>()
  for (const { parent, more } of left) {
    if (checked.has(parent)) continue
    let node = parent
    if (compareTiers(parent.answer.values, values) > 0) {
      const forbidden = [...parent.forbidden, ...more]
      close(network, closed, pairsIn(forbidden), 1)
      node = { forbidden, answer: withoutPairs(network, closed, parent.answer, pairsIn(more)) ?? parent.answer }
      close(network, closed, pairsIn(forbidden), 0)
    } else checked.add(parent)
    requireBest(network, pairsIn(node.forbidden), node.answer)
    if (compareTiers(node.answer.values, values) > 0)
      throw new Error('refused a wrong proof: a better solution was left')
  }
}

/** One with all its ways out first. */
function toBranchOn({ cuts }: Seen): Cut | undefined {
  return cuts.find(({ complete }) => complete) ?? cuts[0]
}

/** Where a parent's branches belong among the open ones, the best last; behind those of parents of the same worth. */
function positionOf(open: readonly Branch[], { answer }: Node): number {
  let low = 0
  let high = open.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareTiers((open[middle] as Branch).parent.answer.values, answer.values) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function pairsIn(forbidden: readonly Forbidden[]): number[] {
  return forbidden.map(({ pair }) => pair)
}

/** Tier by tier; positive when `a` is better. */
export function compareTiers(a: readonly number[], b: readonly number[]): number {
  for (const [tier, value] of a.entries()) if (value !== b[tier]) return value - (b[tier] ?? 0)
  return 0
}
