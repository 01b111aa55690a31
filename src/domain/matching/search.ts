import type { LexicographicAssignment } from '../../solver/lexicographic.ts'
import type { Candidates } from './candidates.ts'
import type { Chain } from './chain.ts'
import type { Cut, CutReason } from './cut.ts'
import { type Network, pairsOf, requireBest, withoutPairs } from './network.ts'

export interface Found {
  pairOf: Int32Array
  chains: Chain[]
  /** Pairs that were left out, with why. */
  forbidden: Forbidden[]
  /** True when no better solution breaks nothing; false when the search ended before that was certain. */
  proven: boolean
}

interface Forbidden {
  pair: number
  why: CutReason
}

/** What a whole solution is looked at for: its chains, and what it must not do. */
export type Look = (pairOf: Int32Array) => { chains: Chain[]; cuts: Cut[] }

/** The best solution without some pairs. */
interface Node {
  answer: LexicographicAssignment
  forbidden: Forbidden[]
}

/** A node that is not solved before it is its turn: no better than `bound`. */
interface Branch {
  parent: Node
  more: Forbidden[]
  bound: readonly number[]
}

/** Arcs that the search for something better may look at: a fraction of a second for the whole city, all of a small one. */
const EFFORT = Number(process.env.EFFORT ?? 4_000_000)

/**
 * The best solution that breaks nothing, by branch and bound. A solution that breaks a cut is branched on: each branch
 * leaves out one of the cut's sets, and the best solution without it, one or a few shortest paths away, is a bound on all
 * below it. The search goes down the cheapest branch until nothing is broken, then on from the best branch left. Exact when
 * it ends by itself; after `EFFORT` it keeps the best it has, the same on every machine.
 */
export const stats = { tries: 0, nodes: 0 }
export function searchBest(network: Network, candidates: Candidates, look: Look): Found {
  const closed = new Uint8Array(network.problem.col.length)
  const seen = new Set<string>()
  const open: Branch[] = []
  let tries = Math.floor(EFFORT / Math.max(1, closed.length))
  let complete = true
  let best: (Node & ReturnType<Look> & { pairOf: Int32Array }) | undefined

  /** The branch solved, or undefined when it is no better than `atLeast`. */
  function solve(
    { parent: { answer, forbidden }, more }: Branch,
    atLeast: readonly number[] | undefined,
  ): Node | undefined {
    tries -= 1
    stats.tries++
    const before = forbidden.map(({ pair }) => pair)
    const pairs = more.map(({ pair }) => pair)
    const found = withoutPairs(network, closed, answer, before, pairs, atLeast)
    return found === undefined ? undefined : { answer: found, forbidden: [...forbidden, ...more] }
  }
  /** Solves as many of the branches as it takes to know the cheapest; the others wait, with its value as their bound. */
  function cheapestOf(branches: readonly Branch[]): Node | undefined {
    let cheapest: { node: Node; branch: Branch } | undefined
    for (const branch of branches) {
      const node = solve(branch, cheapest?.node.answer.values ?? best?.answer.values)
      if (node !== undefined) cheapest = { node, branch }
    }
    if (cheapest === undefined) return undefined
    const { node, branch: taken } = cheapest
    open.push(
      ...branches.filter((branch) => branch !== taken).map((branch) => ({ ...branch, bound: node.answer.values })),
    )
    return node
  }
  function next(): Node | undefined {
    open.sort((a, b) => compareTiers(b.bound, a.bound))
    for (let branch = open.shift(); branch !== undefined; branch = open.shift()) {
      if (best !== undefined && compareTiers(branch.bound, best.answer.values) <= 0) open.length = 0
      else if (tries > 0) {
        const node = solve(branch, best?.answer.values)
        if (node !== undefined) return node
      } else {
        open.push(branch)
        return undefined
      }
    }
    return undefined
  }

  let node: Node | undefined = { answer: network.best, forbidden: [] }
  while (node !== undefined) {
    const key = node.forbidden.map(({ pair }) => pair).sort((a, b) => a - b)
    const known = seen.has(key.join())
    seen.add(key.join())
    const pairOf = pairsOf(candidates, node.answer.columnOf)
    const looked = look(pairOf)
    const [cut] = looked.cuts
    stats.nodes++
    const parent: Node = node
    complete &&= cut?.complete !== false
    if (cut === undefined) best = { ...node, ...looked, pairOf }
    node =
      known || cut === undefined || (best !== undefined && tries <= 0)
        ? undefined
        : cheapestOf(
            cut.alternatives.map((pairs) => ({
              parent,
              more: pairs.map((pair) => ({ pair, why: cut.why })),
              bound: parent.answer.values,
            })),
          )
    node ??= next()
  }
  if (best === undefined) throw new Error('unreachable: staying breaks nothing')
  const { pairOf, chains, forbidden, answer } = best
  requireBest(
    network,
    forbidden.map(({ pair }) => pair),
    answer,
  )
  return { pairOf, chains, forbidden, proven: complete && open.length === 0 }
}

/** Tier by tier; positive when `a` is better. */
function compareTiers(a: readonly number[], b: readonly number[]): number {
  for (const [tier, value] of a.entries()) if (value !== b[tier]) return value - (b[tier] ?? 0)
  return 0
}
