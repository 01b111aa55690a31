import t from 'tap'
import { arcGains, buildInstance, gainSpan, problemOf } from '../../src/solver/instance.ts'

const input = { rows: 3, columns: 3, row: [2, 0, 0], col: [1, 2, 0], gain: [4, 5, 6], stayRow: [2], stayColumn: [2] }

t.test('edges are ordered by row and column', async (t) => {
  const instance = buildInstance(input)
  t.same([...instance.rowStart], [0, 2, 2, 3])
  t.same([...instance.col], [0, 2, 1])
  t.same([...instance.gain], [6, 5, 4])
  t.same([...instance.ownColumn], [-1, -1, 2])
})

t.test('staying is an arc at zero and forces its row', async (t) => {
  const instance = buildInstance(input)
  const problem = problemOf(instance)
  t.same([...problem.rowStart], [0, 2, 2, 4])
  t.same([...problem.col], [0, 2, 2, 1])
  t.same([...problem.gain], [6, 5, 0, 4])
  t.same([...problem.forcedRow], [0, 0, 1])
  t.same([...arcGains(instance, [1, 2, 3])], [1, 2, 0, 3])
  t.equal(gainSpan(problem), 10, 'rows 6 + 0 + 4, less than columns 6 + 4 + 5')
})

t.test('broken input is refused', async (t) => {
  const broken: [string, Partial<typeof input>][] = [
    ['row out of range', { row: [3, 0, 0] }],
    ['column out of range', { col: [-1, 2, 0] }],
    ['a fraction as index', { col: [0.5, 2, 0] }],
    ['a fraction as gain', { gain: [0.5, 5, 6] }],
    ['lengths differ', { gain: [4, 5] }],
    ['an edge twice', { col: [1, 0, 0] }],
    ['an edge to the own column', { col: [2, 2, 0] }],
    ['two own columns', { stayRow: [2, 2], stayColumn: [2, 0] }],
    ['two residents', { stayRow: [2, 1], stayColumn: [2, 2] }],
    ['stays differ in length', { stayRow: [2, 1] }],
    ['a stay out of range', { stayColumn: [3] }],
    ['a negative size', { rows: -1 }],
  ]
  for (const [name, change] of broken) t.throws(() => buildInstance({ ...input, ...change }), RangeError, name)
})
