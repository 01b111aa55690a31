import type { Graph, Side } from './graph.ts'

/** What is wrong with a node or arc after an edit, and where (-1: not at one). */
export interface TouchedFault {
  readonly what:
    | 'absent_but_matched'
    | 'sides_disagree'
    | 'forced_but_unmatched'
    | 'not_an_integer'
    | 'negative_potential'
    | 'unmatched_with_potential'
    | 'gain_above_potentials'
    | 'matched_arc_not_tight'
    | 'matched_without_arc'
  readonly row: number
  readonly column: number
}

/**
 * Looks over the rows and columns that an edit changed, with all their arcs, by complementary slackness as
 * `checkAssignment` does, on vectors compared lexicographically. Where the whole was right before, and nothing else was
 * changed, the whole is right. Knows nothing of how the answer came about. O(arcs of the nodes * tiers).
 *
 * @returns the first fault, or undefined when there is none
 */
export function faultIn(graph: Graph, rows: Iterable<number>, columns: Iterable<number>): TouchedFault | undefined {
  for (const row of rows) {
    const fault = faultAt(graph, graph.row, graph.column, row)
    if (fault !== undefined) return { what: fault.what, row, column: fault.other }
  }
  for (const column of columns) {
    const fault = faultAt(graph, graph.column, graph.row, column)
    if (fault !== undefined) return { what: fault.what, row: fault.other, column }
  }
  return undefined
}

function faultAt({ tiers, gain }: Graph, own: Side, across: Side, node: number) {
  const mate = own.mate[node] as number
  const fault = (what: TouchedFault['what'], other = mate) => ({ what, other })
  if (own.absent[node] === 1) return mate === -1 ? undefined : fault('absent_but_matched')
  if (mate !== -1 && across.mate[mate] !== node) return fault('sides_disagree')
  for (let t = 0; t < tiers; t++) {
    if (!Number.isSafeInteger(own.potential[node * tiers + t])) return fault('not_an_integer')
  }
  if (own.forced[node] === 1) {
    if (mate === -1) return fault('forced_but_unmatched')
  } else {
    let sign = 0
    for (let t = 0; t < tiers && sign === 0; t++) sign = Math.sign(own.potential[node * tiers + t] as number)
    if (sign < 0) return fault('negative_potential')
    if (mate === -1 && sign > 0) return fault('unmatched_with_potential')
  }
  let found = mate === -1
  const first = own.at[node] as number
  for (let i = first; i < first + (own.degree[node] as number); i++) {
    const arc = own.pool[i] as number
    const other = own.end[arc] as number
    if (across.absent[other] === 1) continue
    let slack = 0
    for (let t = 0; t < tiers && slack === 0; t++) {
      const sum = (own.potential[node * tiers + t] as number) + (across.potential[other * tiers + t] as number)
      slack = sum - (gain[arc * tiers + t] as number)
    }
    if (!(slack >= 0)) return fault('gain_above_potentials', other)
    if (other !== mate) continue
    if (slack !== 0) return fault('matched_arc_not_tight')
    found = true
  }
  return found ? undefined : fault('matched_without_arc')
}
