import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng } from '../../src/cli/bench/solverInstances.ts'
import { buildInstance, type Instance } from '../../src/solver/instance.ts'
import { solveTiers } from '../../src/solver/lexicographic.ts'
import { type Change, type LivingAssignment, livingAssignment, type Option } from '../../src/solver/living.ts'
import { arbitraryInstance } from '../support/arbitraryInstance.ts'

/** The same instance beside it, kept in the plainest way. */
interface Model {
  rows: number
  columns: number
  readonly edges: Map<string, { row: number; column: number; gains: number[] }>
  readonly own: Map<number, number>
  readonly gone: { readonly rows: Set<number>; readonly columns: Set<number> }
}

function modelOf(instance: Instance, tiers: readonly ArrayLike<number>[]): Model {
  const model: Model = {
    rows: instance.rows,
    columns: instance.columns,
    edges: new Map(),
    own: new Map(),
    gone: { rows: new Set(), columns: new Set() },
  }
  for (let row = 0; row < instance.rows; row++) {
    if (instance.ownColumn[row]! >= 0) model.own.set(row, instance.ownColumn[row]!)
    for (let k = instance.rowStart[row]!; k < instance.rowStart[row + 1]!; k++) {
      put(
        model,
        row,
        instance.col[k]!,
        Array.from(tiers, (tier) => tier[k]!),
      )
    }
  }
  return model
}

function put({ edges }: Model, row: number, column: number, gains: number[] | undefined): void {
  if (gains === undefined) edges.delete(`${row} ${column}`)
  else edges.set(`${row} ${column}`, { row, column, gains })
}

function drop({ edges }: Model, which: (row: number, column: number) => boolean): void {
  for (const [key, { row, column }] of edges) if (which(row, column)) edges.delete(key)
}

/** What solving the model afresh gives. */
function valuesOf({ rows, columns, edges, own }: Model, tiers: number): readonly number[] {
  const all = [...edges.values()]
  const order = all.map((_, k) => k).sort((a, b) => all[a]!.row - all[b]!.row || all[a]!.column - all[b]!.column)
  const sorted = order.map((k) => all[k]!)
  const instance = buildInstance({
    rows,
    columns,
    row: sorted.map(({ row }) => row),
    col: sorted.map(({ column }) => column),
    gain: sorted.map(() => 1),
    stayRow: [...own.keys()],
    stayColumn: [...own.values()],
  })
  return solveTiers(
    instance,
    Array.from({ length: tiers }, (_, tier) => sorted.map(({ gains }) => gains[tier]!)),
  ).values
}

type Draw = (below: number) => number

/** One edit, drawn from what is there, done to both; answers what the living one says of it. */
function edit(
  model: Model,
  living: LivingAssignment,
  draw: Draw,
  gains: () => number[],
  most: number,
): Change | undefined {
  const alive = (count: number, gone: Set<number>) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => !gone.has(i))
  const rows = alive(model.rows, model.gone.rows)
  const columns = alive(model.columns, model.gone.columns)
  const residents = new Map([...model.own].map(([row, column]) => [column, row]))
  const options = (nodes: number[], but: number | undefined): Option[] => {
    const chosen = new Set<number>()
    for (let i = draw(most + 1); i > 0 && nodes.length > 0; i--) chosen.add(nodes[draw(nodes.length)]!)
    if (but !== undefined) chosen.delete(but)
    return [...chosen].map((node) => ({ node, gains: gains() }))
  }
  const freeHome = (but: number | undefined) => {
    const free = columns.filter((column) => !residents.has(column) || residents.get(column) === but)
    return draw(2) === 0 && free.length > 0 ? free[draw(free.length)] : undefined
  }
  const row = rows[draw(rows.length)]
  const column = columns[draw(columns.length)]
  const putRow = (to: number, some: Option[], own: number | undefined) => {
    drop(model, (r) => r === to)
    model.own.delete(to)
    if (own !== undefined) model.own.set(to, own)
    for (const { node, gains: g } of some) put(model, to, node, [...(g as number[])])
  }
  const putColumn = (to: number, some: Option[]) => {
    drop(model, (_, c) => c === to)
    for (const { node, gains: g } of some) put(model, node, to, [...(g as number[])])
  }
  switch (draw(8)) {
    case 0: {
      const own = freeHome(undefined)
      const some = options(columns, own)
      const { row: added, change } = living.addRow(some, own)
      assert.equal(added, model.rows++)
      putRow(added, some, own)
      return change
    }
    case 1: {
      if (row === undefined) return undefined
      putRow(row, [], undefined)
      model.gone.rows.add(row)
      return living.removeRow(row)
    }
    case 2: {
      if (row === undefined) return undefined
      const own = freeHome(row)
      const some = options(columns, own)
      putRow(row, some, own)
      return living.changeRow(row, some, own)
    }
    case 3: {
      const some = options(rows, undefined)
      const { column: added, change } = living.addColumn(some)
      assert.equal(added, model.columns++)
      putColumn(added, some)
      return change
    }
    case 4: {
      if (column === undefined || residents.has(column)) return undefined
      putColumn(column, [])
      model.gone.columns.add(column)
      return living.removeColumn(column)
    }
    case 5: {
      if (column === undefined) return undefined
      const some = options(rows, residents.get(column))
      putColumn(column, some)
      return living.changeColumn(column, some)
    }
    default: {
      if (row === undefined || column === undefined || model.own.get(row) === column) return undefined
      const g = draw(3) === 0 ? undefined : gains()
      put(model, row, column, g)
      return living.setEdge(row, column, g)
    }
  }
}

/** Does the edit and holds what it says against the state before and after. */
function editAndCompare(
  model: Model,
  living: LivingAssignment,
  draw: Draw,
  gains: () => number[],
  most: number,
): boolean {
  const before = [...living.values]
  const held = Array.from({ length: model.rows }, (_, row) => living.columnOf(row))
  const change = edit(model, living, draw, gains, most)
  if (change === undefined) return false
  assert.deepEqual(
    living.values,
    before.map((value, tier) => value + change.gains[tier]!),
  )
  const moved = new Map(change.moved.map((move) => [move.row, move]))
  for (let row = 0; row < model.rows; row++) {
    const [from, to] = [held[row] ?? -1, living.columnOf(row)]
    assert.deepEqual(moved.get(row), from === to ? undefined : { row, from, to })
    if (to !== -1) assert.equal(living.rowOf(to), row)
  }
  return true
}

const gain = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 40 - 2, max: 2 ** 40 }) },
)

const starts = arbitraryInstance.chain((instance) =>
  fc.record({
    instance: fc.constant(instance),
    tiers: fc.array(fc.array(gain, { minLength: instance.col.length, maxLength: instance.col.length }), {
      minLength: 1,
      maxLength: 3,
    }),
    choices: fc.array(fc.nat(), { minLength: 40, maxLength: 160 }),
    gains: fc.array(gain, { minLength: 20, maxLength: 20 }),
  }),
)

t.test('after every edit the totals are those of solving afresh, and the whole passes the checker', async (t) => {
  let edits = 0
  fc.assert(
    fc.property(starts, ({ instance, tiers, choices, gains }) => {
      const model = modelOf(instance, tiers)
      const living = livingAssignment(instance, tiers)
      let at = 0
      let next = 0
      const draw: Draw = (below) => (below === 0 ? 0 : choices[at++ % choices.length]! % below)
      const some = () => tiers.map(() => gains[next++ % gains.length]!)
      while (at < choices.length) {
        if (!editAndCompare(model, living, draw, some, 4)) continue
        edits++
        assert.deepEqual(living.values, valuesOf(model, tiers.length))
        assert.deepEqual(living.verify(), { kind: 'optimal' })
      }
    }),
    { numRuns: 1000 },
  )
  t.ok(edits > 10_000, `${edits} edits`)
})

t.test('a long sequence at the size of the city', async (t) => {
  const instance = cityInstance({ rows: 2000, columns: 1400, degree: 40, residents: 800, seed: 6 })
  const random = prng(4)
  const tiers = [instance.gain, Float64Array.from(instance.col, () => Math.floor(random() * 700))]
  const model = modelOf(instance, tiers)
  const living = livingAssignment(instance, tiers)
  const draw: Draw = (below) => Math.floor(random() * below)
  const gains = () => [100 * (1 + draw(5)) + 10 * draw(4), draw(700)]
  let edits = 0
  while (edits < 600) {
    if (!editAndCompare(model, living, draw, gains, 80)) continue
    edits++
    if (edits % 100 === 0) {
      t.same(living.values, valuesOf(model, 2), `after ${edits} edits`)
      t.same(living.verify(), { kind: 'optimal' })
    }
  }
})

t.test('a copy is edited without a trace on the original', async (t) => {
  const instance = cityInstance({ rows: 300, columns: 200, degree: 8, residents: 100, seed: 2 })
  const living = livingAssignment(instance, [instance.gain])
  const twin = livingAssignment(instance, [instance.gain])
  const copy = living.copy()
  for (let row = 0; row < 300; row += 3) copy.removeRow(row)
  for (let column = 0; column < 40; column++) copy.addColumn([{ node: 1, gains: [1000 + column] }])
  t.same(copy.verify(), { kind: 'optimal' })
  t.same(living.verify(), { kind: 'optimal' })
  t.same(living.values, twin.values)
  for (let row = 0; row < 300; row++) {
    assert.deepEqual(
      living.changeRow(row, [{ node: row % 200, gains: [77] }]),
      twin.changeRow(row, [{ node: row % 200, gains: [77] }]),
    )
  }
})

t.test('what cannot be is refused and changes nothing', async (t) => {
  const instance = buildInstance({
    rows: 3,
    columns: 3,
    row: [0, 1, 1],
    col: [1, 0, 1],
    gain: [5, 3, 4],
    stayRow: [0],
    stayColumn: [0],
  })
  const living = livingAssignment(instance, [instance.gain])
  const refused: [string, () => unknown][] = [
    ['no such row', () => living.removeRow(3)],
    ['no such column', () => living.removeColumn(-1)],
    ['no such option', () => living.addRow([{ node: 3, gains: [1] }])],
    [
      'an option twice',
      () =>
        living.addRow([
          { node: 2, gains: [1] },
          { node: 2, gains: [1] },
        ]),
    ],
    ['an option that is its own', () => living.addRow([{ node: 2, gains: [1] }], 2)],
    ['another row lives there', () => living.addRow([], 0)],
    ['the column of a resident', () => living.removeColumn(0)],
    ['an edge to the own column', () => living.setEdge(0, 0, [1])],
    ['too few gains', () => living.setEdge(0, 2, [])],
    ['half a gain', () => living.setEdge(0, 2, [0.5])],
    ['gains beyond the bound', () => living.changeRow(1, [{ node: 2, gains: [2 ** 50] }])],
    ['no tier', () => livingAssignment(instance, [])],
  ]
  for (const [name, call] of refused) t.throws(call, RangeError, name)
  t.same(living.values, [8])
  t.same(living.verify(), { kind: 'optimal' })
  living.removeRow(2)
  t.throws(() => living.setEdge(2, 0, [1]), RangeError, 'a row that was removed')
  living.removeRow(0)
  t.same(living.values, [4])
  t.same(living.removeColumn(0).gains, [0], 'nobody lives there any more')
  t.same(living.addColumn([{ node: 1, gains: [9] }]).change, { gains: [5], moved: [{ row: 1, from: 1, to: 3 }] })
})
