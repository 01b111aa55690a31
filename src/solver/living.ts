import { augmenter, type Touched } from './augment.ts'
import { checkTiers, type Verdict } from './check.ts'
import { faultIn } from './checkTouched.ts'
import {
  addArc,
  addNode,
  arcBetween,
  arcsOf,
  copyGraph,
  type Graph,
  graphOf,
  matchingOn,
  problemOn,
  removeArc,
  type Side,
} from './graph.ts'
import type { Instance } from './instance.ts'
import { type LexicographicAssignment, solveTiers } from './lexicographic.ts'
import { spanGuard } from './span.ts'

/** What a row may be given, or a column may be given to: the node of the other side, and a gain for each tier. */
export interface Option {
  readonly node: number
  readonly gains: ArrayLike<number>
}

/** What an edit did: by how much each tier's total changed, and each row that has another column now (-1: none). */
export interface Change {
  readonly gains: readonly number[]
  readonly moved: readonly { readonly row: number; readonly from: number; readonly to: number }[]
}

/**
 * A best assignment that stays best while its instance is edited: each edit is repaired by one or two shortest paths
 * instead of a new solve, and what it changed is checked before it returns. The totals are always those of solving
 * afresh; which of several best assignments it is depends on the edits too.
 *
 * Rows and columns keep their numbers, and new ones get the next. A row with a column of its own stays there when it gets
 * no other, at zero gain, so there is always a solution. For a preview edit a `copy`: the original is not touched, and
 * copying costs a fraction of a solve.
 */
export interface LivingAssignment {
  readonly values: readonly number[]
  /** The column of a row, or -1. */
  columnOf(row: number): number
  rowOf(column: number): number
  addRow(options: readonly Option[], own?: number): { readonly row: number; readonly change: Change }
  removeRow(row: number): Change
  /** Gives the row other options, and another column of its own or none. */
  changeRow(row: number, options: readonly Option[], own?: number): Change
  addColumn(options: readonly Option[]): { readonly column: number; readonly change: Change }
  /** @throws RangeError when a row has it as its own: that row goes, or is changed, first. */
  removeColumn(column: number): Change
  /** Offers the column to other rows; whoever has it as its own keeps that. */
  changeColumn(column: number, options: readonly Option[]): Change
  /** Adds an edge, changes its gains, or removes it when they are absent. */
  setEdge(row: number, column: number, gains?: ArrayLike<number>): Change
  copy(): LivingAssignment
  /** Has the whole checked as `solveTiers` has it; needed by nobody who trusts the check of each edit. */
  verify(): Verdict
}

/**
 * Takes up an instance with the gains of each tier, as `solveTiers` takes them (at least one).
 * @param solved its best assignment when it is at hand
 * @throws RangeError as `solveTiers`; every edit does on a gain that is not a safe integer, a node that is not there, an
 * option given twice, or gains too large to add exactly, and has then changed nothing
 */
export function livingAssignment(
  instance: Instance,
  tiers: readonly ArrayLike<number>[],
  solved: LexicographicAssignment = solveTiers(instance, tiers),
): LivingAssignment {
  if (tiers.length === 0) throw new RangeError('at least one tier')
  const graph = graphOf(instance, tiers)
  graph.row.mate.set(solved.columnOf)
  graph.column.mate.set(solved.rowOf)
  for (const [t, { u, v }] of solved.duals.entries()) {
    for (let r = 0; r < u.length; r++) graph.row.potential[r * tiers.length + t] = u[r] as number
    for (let c = 0; c < v.length; c++) graph.column.potential[c * tiers.length + t] = v[c] as number
  }
  const living = overGraph(graph, instance.ownColumn.slice(), [...solved.values])
  const fault = faultIn(graph, graph.row.mate.keys(), graph.column.mate.keys())
  if (fault !== undefined) throw new Error(`not a best assignment: ${fault.what} at row ${fault.row}, ${fault.column}`)
  return living
}

function overGraph(graph: Graph, ownColumn: ArrayLike<number>, values: number[]): LivingAssignment {
  const { row: rows, column: columns, tiers } = graph
  const ownOf = new Map<number, number>()
  const residentOf = new Map<number, number>()
  for (let r = 0; r < ownColumn.length; r++) if ((ownColumn[r] as number) !== -1) settle(r, ownColumn[r] as number)
  const augment = augmenter(graph)
  const stay = new Float64Array(tiers)
  const requireSpan = spanGuard(graph)
  let touchedRows: Touched = new Map()
  let touchedColumns: Touched = new Map()
  let before: number[] = []

  function settle(row: number, own: number): void {
    ownOf.set(row, own)
    residentOf.set(own, row)
  }

  function begin(): void {
    touchedRows = new Map()
    touchedColumns = new Map()
    before = [...values]
  }

  /** Takes a node and its mate out; the rest is a best assignment without the two. */
  function takeOut(own: Side, across: Side, node: number): number {
    const mate = own.mate[node] as number
    const [ofOwn, ofAcross] = own === rows ? [touchedRows, touchedColumns] : [touchedColumns, touchedRows]
    if (!ofOwn.has(node)) ofOwn.set(node, mate)
    own.absent[node] = 1
    if (mate === -1) return -1
    if (!ofAcross.has(mate)) ofAcross.set(mate, node)
    const arc = own === rows ? arcBetween(graph, node, mate) : arcBetween(graph, mate, node)
    for (let t = 0; t < tiers; t++) values[t] = (values[t] as number) - (graph.gain[arc * tiers + t] as number)
    own.mate[node] = -1
    across.mate[mate] = -1
    across.absent[mate] = 1
    return mate
  }

  function takeIn(own: Side, across: Side, node: number): void {
    const gained =
      own === rows
        ? augment(own, across, node, touchedRows, touchedColumns)
        : augment(own, across, node, touchedColumns, touchedRows)
    // Everybody may stay, so there is room for every row that must be matched.
    if (gained === undefined) throw new Error(`unreachable: no room for row ${node}`)
    for (let t = 0; t < tiers; t++) values[t] = (values[t] as number) + (gained[t] as number)
  }

  function finish(): Change {
    const fault = faultIn(graph, touchedRows.keys(), touchedColumns.keys())
    if (fault !== undefined)
      throw new Error(`refused a wrong repair: ${fault.what} at row ${fault.row}, ${fault.column}`)
    const moved = []
    for (const [row, from] of touchedRows) {
      const to = rows.mate[row] as number
      if (from !== to) moved.push({ row, from, to })
    }
    return { gains: values.map((value, t) => value - (before[t] as number)), moved }
  }

  function replaceArcs(own: Side, node: number, options: readonly Option[], kept = -1): void {
    for (const arc of arcsOf(own, node)) if (own.end[arc] !== kept) removeArc(graph, arc)
    for (const { node: other, gains } of options) {
      if (own === rows) addArc(graph, node, other, gains)
      else addArc(graph, other, node, gains)
    }
  }

  function requireNode(side: Side, node: number, what: string): void {
    if (!Number.isInteger(node) || node < 0 || node >= side.count || side.absent[node] === 1) {
      throw new RangeError(`no ${what} ${node}`)
    }
  }

  function requireOptions(across: Side, of: number, options: readonly Option[], own: number | undefined): void {
    const seen = new Set<number>(own === undefined ? [] : [own])
    for (const { node, gains } of options) {
      requireNode(across, node, across === rows ? 'row' : 'column')
      if (seen.has(node)) throw new RangeError(`${node} twice among the options and its own`)
      seen.add(node)
      requireGains(gains)
    }
    requireSpan(
      options.map(({ node, gains }) =>
        across === rows ? { row: node, column: of, gains } : { row: of, column: node, gains },
      ),
    )
  }

  function requireGains(gains: ArrayLike<number>): void {
    if (gains.length !== tiers) throw new RangeError(`${gains.length} gains for ${tiers} tiers`)
    for (let t = 0; t < tiers; t++)
      if (!Number.isSafeInteger(gains[t])) throw new RangeError('a gain is not a safe integer')
  }

  function requireOwn(own: number | undefined, row: number | undefined): void {
    if (own === undefined) return
    requireNode(columns, own, 'column')
    const resident = residentOf.get(own)
    if (resident !== undefined && resident !== row) throw new RangeError(`column ${own} is row ${resident}'s own`)
  }

  function setRow(row: number, options: readonly Option[], own: number | undefined): void {
    const was = ownOf.get(row)
    if (was !== undefined) {
      ownOf.delete(row)
      residentOf.delete(was)
    }
    replaceArcs(rows, row, options)
    rows.forced[row] = own === undefined ? 0 : 1
    if (own === undefined) return
    addArc(graph, row, own, stay)
    settle(row, own)
  }

  /** Takes the row out, has it changed, and takes both sides of what was its match in again. */
  function around(row: number, edit: () => void): void {
    const column = takeOut(rows, columns, row)
    edit()
    if (column !== -1) takeIn(columns, rows, column)
    takeIn(rows, columns, row)
  }

  return {
    values,
    columnOf: (row) => rows.mate[row] ?? -1,
    rowOf: (column) => columns.mate[column] ?? -1,
    addRow(options, own) {
      requireOwn(own, undefined)
      requireOptions(columns, rows.count, options, own)
      begin()
      const row = addNode(rows, tiers, own !== undefined)
      touchedRows.set(row, -1)
      setRow(row, options, own)
      takeIn(rows, columns, row)
      return { row, change: finish() }
    },
    removeRow(row) {
      requireNode(rows, row, 'row')
      begin()
      const column = takeOut(rows, columns, row)
      setRow(row, [], undefined)
      if (column !== -1) takeIn(columns, rows, column)
      return finish()
    },
    changeRow(row, options, own) {
      requireNode(rows, row, 'row')
      requireOwn(own, row)
      requireOptions(columns, row, options, own)
      begin()
      around(row, () => setRow(row, options, own))
      return finish()
    },
    addColumn(options) {
      requireOptions(rows, columns.count, options, undefined)
      begin()
      const column = addNode(columns, tiers, false)
      touchedColumns.set(column, -1)
      replaceArcs(columns, column, options)
      takeIn(columns, rows, column)
      return { column, change: finish() }
    },
    removeColumn(column) {
      requireNode(columns, column, 'column')
      const resident = residentOf.get(column)
      if (resident !== undefined) throw new RangeError(`column ${column} is row ${resident}'s own`)
      begin()
      const row = takeOut(columns, rows, column)
      replaceArcs(columns, column, [])
      if (row !== -1) takeIn(rows, columns, row)
      return finish()
    },
    changeColumn(column, options) {
      requireNode(columns, column, 'column')
      const resident = residentOf.get(column)
      requireOptions(rows, column, options, resident)
      begin()
      const row = takeOut(columns, rows, column)
      replaceArcs(columns, column, options, resident)
      takeIn(columns, rows, column)
      if (row !== -1) takeIn(rows, columns, row)
      return finish()
    },
    setEdge(row, column, gains) {
      requireNode(rows, row, 'row')
      requireNode(columns, column, 'column')
      if (ownOf.get(row) === column) throw new RangeError(`column ${column} is row ${row}'s own`)
      if (gains !== undefined) {
        requireGains(gains)
        requireSpan([{ row, column, gains }])
      }
      begin()
      const arc = arcBetween(graph, row, column)
      const edit = () => {
        if (arc !== -1) removeArc(graph, arc)
        if (gains !== undefined) addArc(graph, row, column, gains)
      }
      if (rows.mate[row] === column || (gains !== undefined && isWanted(graph, row, column, gains))) around(row, edit)
      else {
        touchedRows.set(row, rows.mate[row] as number)
        edit()
      }
      return finish()
    },
    copy: () => {
      const own = new Int32Array(rows.count).fill(-1)
      for (const [row, column] of ownOf) own[row] = column
      return overGraph(copyGraph(graph), own, [...values])
    },
    verify() {
      const { problem, tierGains } = problemOn(graph)
      return checkTiers(problem, tierGains, { ...matchingOn(graph), values })
    },
  }
}

/** Whether an arc with these gains would be worth more than the potentials at its ends. */
function isWanted({ tiers, row, column }: Graph, r: number, c: number, gains: ArrayLike<number>): boolean {
  for (let t = 0; t < tiers; t++) {
    const sum = (row.potential[r * tiers + t] as number) + (column.potential[c * tiers + t] as number)
    if (sum !== gains[t]) return sum < (gains[t] as number)
  }
  return false
}
