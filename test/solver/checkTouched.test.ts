import t from 'tap'
import { faultIn, type TouchedFault } from '../../src/solver/checkTouched.ts'
import { type Graph, graphOf } from '../../src/solver/graph.ts'
import { buildInstance } from '../../src/solver/instance.ts'

/** Row 0 lives in column 0 and has column 1; row 1 has column 0; row 2 and column 2 have nothing. Two tiers. */
function solved(): Graph {
  const instance = buildInstance({
    rows: 3,
    columns: 3,
    row: [0, 1, 1],
    col: [1, 0, 1],
    gain: [1, 1, 1],
    stayRow: [0],
    stayColumn: [0],
  })
  const graph = graphOf(instance, [
    [5, 3, 4],
    [0, 0, 7],
  ])
  graph.row.mate.set([1, 0, -1])
  graph.column.mate.set([1, 0, -1])
  graph.row.potential.set([1, -7, 0, 0, 0, 0])
  graph.column.potential.set([3, 0, 4, 7, 0, 0])
  return graph
}

t.test('what is right is right, and each fault has its name', async (t) => {
  const rows = [0, 1, 2]
  const columns = [0, 1, 2]
  t.equal(faultIn(solved(), rows, columns), undefined)
  const cases: [TouchedFault['what'], number, number, (graph: Graph) => void][] = [
    [
      'gain_above_potentials',
      1,
      1,
      ({ row, column }) => [row.potential.set([1, -6], 0), column.potential.set([4, 6], 2)],
    ],
    ['matched_arc_not_tight', 0, 1, ({ row }) => row.potential.set([1, -6], 0)],
    ['negative_potential', 1, 0, ({ row }) => row.potential.set([0, -1], 2)],
    ['unmatched_with_potential', 2, -1, ({ row }) => row.potential.set([0, 1], 4)],
    ['unmatched_with_potential', -1, 2, ({ column }) => column.potential.set([0, 1], 4)],
    ['not_an_integer', 2, -1, ({ row }) => row.potential.set([0, 0.5], 4)],
    ['sides_disagree', 0, 0, ({ row }) => row.mate.set([0], 0)],
    ['absent_but_matched', 1, 0, ({ row }) => row.absent.set([1], 1)],
    ['matched_without_arc', 2, 2, ({ row, column }) => [row.mate.set([2], 2), column.mate.set([2], 2)]],
    ['forced_but_unmatched', 2, -1, ({ row }) => row.forced.set([1], 2)],
  ]
  for (const [what, row, column, change] of cases) {
    const graph = solved()
    change(graph)
    t.same(faultIn(graph, rows, columns), { what, row, column }, what)
  }
})
