import fc from 'fast-check'
import t from 'tap'
import { cityInstance, uniformInstance } from '../../src/cli/bench/solverInstances.ts'
import { decompose } from '../../src/solver/dulmageMendelsohn.ts'
import { buildInstance, type Instance, problemOf } from '../../src/solver/instance.ts'
import { arbitraryInput } from '../support/arbitraryInstance.ts'
import { eachMatching } from '../support/bruteForce.ts'

const pattern = arbitraryInput(7).map((input) => buildInstance({ ...input, stayRow: [], stayColumn: [] }))

/** More rows than columns, most of them after the first one, so that shortages lie inside shortages. */
const crowded = fc
  .array(fc.constantFrom([0], [0], [0, 1], [0, 1], [1, 2], [2, 3], [3], []), { minLength: 6, maxLength: 9 })
  .map((options) => {
    const edges = options.flatMap((some, r) => some.map((c) => ({ r, c })))
    const row = edges.map(({ r }) => r)
    return buildInstance({
      rows: options.length,
      columns: 4,
      row,
      col: edges.map(({ c }) => c),
      gain: edges.map(() => 1),
    })
  })

function neighbours(instance: Instance, rows: Iterable<number>): number[] {
  const found = new Set<number>()
  for (const r of rows)
    for (const c of instance.col.subarray(instance.rowStart[r], instance.rowStart[r + 1])) found.add(c)
  return [...found].sort((a, b) => a - b)
}

function subsets(rows: readonly number[]): number[][] {
  return Array.from({ length: 2 ** rows.length }, (_, bits) => rows.filter((_, i) => (bits >> i) & 1))
}

function mostMatched(instance: Instance): number {
  let most = 0
  eachMatching(problemOf(instance), (columnOf) => {
    most = Math.max(most, columnOf.filter((c) => c >= 0).length)
  })
  return most
}

t.test('a greatest matching; groups only where not all rows can be placed, and their deficits add up', async (t) => {
  let short = 0
  fc.assert(
    fc.property(pattern, (instance) => {
      const { columnOf, rowOf, groups } = decompose(instance)
      const matched = columnOf.filter((c) => c >= 0).length
      t.equal(matched, mostMatched(instance))
      columnOf.forEach((c, r) => {
        if (c >= 0 && (rowOf[c] !== r || !neighbours(instance, [r]).includes(c))) throw new Error(`row ${r}`)
      })
      const top = groups.filter((group) => group.within === -1)
      t.equal(
        top.reduce((sum, group) => sum + group.deficit, 0),
        instance.rows - matched,
      )
      t.equal(top.length > 0, matched < instance.rows)
      if (top.length > 0) short++
    }),
    { numRuns: 800, seed: 3 },
  )
  t.ok(short > 100, `${short} with a shortage`)
})

t.test(
  'each group is certified, connected and inclusion-minimal; a group without parts is evenly crowded',
  async (t) => {
    let inner = 0
    fc.assert(
      fc.property(fc.oneof(pattern, crowded), (instance) => {
        const { groups } = decompose(instance)
        for (const [at, { rows, columns, deficit, within, above }] of groups.entries()) {
          const [p, q] = above
          t.same([...columns], neighbours(instance, rows))
          t.equal(deficit, rows.length - columns.length)
          t.ok(deficit > 0)
          const surplus = (some: readonly number[]) => q * some.length - p * neighbours(instance, some).length
          const whole = surplus([...rows])
          t.ok(whole > 0)
          for (const some of subsets([...rows])) {
            if (some.length === 0 || some.length === rows.length) continue
            t.ok(surplus(some) < whole, 'a proper subset has less surplus')
            const rest = [...rows].filter((r) => !some.includes(r))
            const shared = neighbours(instance, some).some((c) => neighbours(instance, rest).includes(c))
            t.ok(shared, 'it does not fall apart')
          }
          if (within >= 0) {
            inner++
            const outer = groups[within]!
            t.ok(rows.every((r) => outer.rows.includes(r)))
            t.ok(rows.length * outer.columns.length > outer.rows.length * columns.length, 'more crowded than around it')
            t.equal(p * outer.columns.length, q * outer.rows.length)
          } else t.same(above, [1, 1])
          if (!groups.some((other) => other.within === at)) {
            for (const some of subsets([...rows])) {
              const crowd = some.length * columns.length
              t.ok(crowd <= rows.length * neighbours(instance, some).length, 'no part is more crowded')
            }
          }
        }
      }),
      { numRuns: 400, seed: 8 },
    )
    t.ok(inner > 30, `${inner} groups inside others`)
  },
)

t.test('the three parts', async (t) => {
  fc.assert(
    fc.property(pattern, (instance) => {
      const { rowPart, columnPart, columnOf, groups } = decompose(instance)
      const rowsOf = (part: string) => [...rowPart.keys()].filter((r) => rowPart[r] === part)
      const columnsOf = (part: string) => [...columnPart.keys()].filter((c) => columnPart[c] === part)
      const top = groups.filter((group) => group.within === -1)
      t.same(
        rowsOf('short'),
        top.flatMap((group) => [...group.rows]).sort((a, b) => a - b),
      )
      t.same(columnsOf('short'), neighbours(instance, rowsOf('short')))
      t.equal(rowsOf('even').length, columnsOf('even').length)
      t.ok(rowsOf('spare').length <= columnsOf('spare').length)
      for (const r of [...rowsOf('even'), ...rowsOf('spare')]) t.ok(columnOf[r]! >= 0)
    }),
    { numRuns: 500 },
  )
})

t.test('ten rows for one column inside a wider shortage are told apart', async (t) => {
  // Rows 0-9 want column 0 only; rows 10-14 take column 0 or 1; row 15 has nowhere; row 16 has column 2 to itself.
  const edges: [number, number][] = [[16, 2]]
  for (let r = 0; r < 15; r++) edges.push([r, 0])
  for (let r = 10; r < 15; r++) edges.push([r, 1])
  const gain = edges.map(() => 1)
  const row = edges.map(([r]) => r)
  const { groups, rowPart } = decompose(
    buildInstance({ rows: 17, columns: 3, row, col: edges.map(([, c]) => c), gain }),
  )
  t.same(
    groups.map(({ rows, columns, deficit, within }) => [rows.length, [...columns], deficit, within]),
    [
      [15, [0, 1], 13, -1],
      [1, [], 1, -1],
      [10, [0], 9, 0],
    ],
  )
  t.equal(rowPart[16], 'even')
})

t.test('larger patterns: every group is certified', async (t) => {
  for (const make of [uniformInstance, cityInstance]) {
    for (const degree of [1, 2, 3, 12]) {
      const instance = make({ rows: 1500, columns: 1000, degree, residents: 0, seed: degree })
      const { groups, columnOf } = decompose(instance)
      for (const { rows, columns } of groups) t.same([...columns], neighbours(instance, rows), { diagnostic: false })
      const top = groups.filter((group) => group.within === -1)
      t.equal(
        top.reduce((sum, group) => sum + group.deficit, 0),
        columnOf.filter((c) => c === -1).length,
      )
    }
  }
})
