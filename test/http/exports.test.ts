import fc from 'fast-check'
import t from 'tap'
import { readCsv } from '../../src/features/imports/csv.ts'
import { readXlsx } from '../../src/features/imports/xlsx.ts'
import { openZip } from '../../src/features/imports/zip.ts'
import { guard } from '../../src/http/csvText.ts'
import { cubeAsText, cubeOf, type JsonStat } from '../../src/http/jsonStat.ts'
import type { Cell, Table } from '../../src/http/table.ts'
import { testApp } from '../support/app.ts'
import { fixturesOf } from '../support/fixtures.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const JSON_STAT = 'application/vnd.json-stat+json'

/** Names that a spreadsheet would run, or that would break a row, if they were not what they are: names. */
const NAMES = [
  '=HYPERLINK("http://example.invalid","Klikk")',
  '+47 22 00 00 00',
  '-2+3',
  '@SUM(A1)',
  '=cmd|/c calc!A0',
  'Bo; "trygt"\nher',
  '<f>1+1</f> & co',
  '＝1+1',
]

const { owner, deps, app, signedInAs } = await testApp(t)
const make = fixturesOf({ owner, deps })
const officer = await signedInAs({ role: 'planner' })
for (const name of NAMES) await make.place(await make.facility({ name }))

const asked = (path: string, accept: string) =>
  app.inject({ url: `/api/v1${path}`, headers: { accept, cookie: `boligtrapp_session=${officer.cookie}` } })
const BY_FACILITY = '/capacity?groupBy=facility'

interface JsonRow {
  facilityId: string
  facilityName: string
  [measure: string]: unknown
}
const json = (await asked(BY_FACILITY, 'application/json')).json() as { items: JsonRow[] }

async function rowsOf(batches: AsyncGenerator<{ cells: readonly string[] }[]>): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of batches) for (const { cells } of batch) rows.push(cells)
  return rows
}

/** The rows of a file as the names of its columns say. */
function byName([names = [], ...rows]: (readonly string[])[]): Record<string, string>[] {
  return rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
}

t.test('JSON when nothing else is asked for, and 406 when there is no such form', async (t) => {
  t.match((await asked(BY_FACILITY, '*/*')).headers['content-type'], /^application\/json/)
  t.match((await asked(BY_FACILITY, 'text/html;q=0.9, text/csv;q=0.8')).headers['content-type'], /^text\/csv/)
  const refused = await asked(BY_FACILITY, 'application/pdf')
  t.equal(refused.statusCode, 406)
  t.equal(refused.json().code, 'not_acceptable')
  t.equal((await asked(BY_FACILITY, CSV)).headers.vary, 'accept')
})

t.test('CSV has the numbers of the JSON, and no cell is a formula', async (t) => {
  const answer = await asked(BY_FACILITY, CSV)
  t.match(answer.headers['content-disposition'], 'attachment; filename="kapasitet-2026-09-01.csv"')
  for (const cell of answer.body.split(/[\r\n;]+/).map((part) => part.replace(/^\uFEFF?"/, ''))) {
    if (!/^-?\d/.test(cell)) t.notMatch(cell, /^[=+\-@＝]/, cell)
  }
  for (const name of NAMES) t.ok(answer.body.includes(guard(name).replaceAll('"', '""')), name)
  const rows = byName(await rowsOf(readCsv(Buffer.from(answer.body))))
  t.strictSame(
    rows.map((row) => [row['Botilbudets id'], row.Botilbud, Number(row.Plasser), Number(row.Ledig)]).toSorted(),
    json.items.map((row) => [row.facilityId, row.facilityName, row.places, row.free]).toSorted(),
    'read by the importer’s reader',
  )
})

t.test('XLSX has the numbers of the JSON, and holds no formula', async (t) => {
  const answer = await asked(BY_FACILITY, XLSX)
  t.equal(answer.headers['content-type'], XLSX)
  const bytes = answer.rawPayload
  const rows = byName(await rowsOf(readXlsx(bytes)))
  t.strictSame(
    rows.map((row) => [row['Botilbudets id'], row.Botilbud, Number(row.Plasser)]).toSorted(),
    json.items.map((row) => [row.facilityId, row.facilityName, row.places]).toSorted(),
  )
  const zip = await openZip(bytes)
  for (const sheet of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']) {
    let text = ''
    for await (const part of zip.read(sheet, 1_000_000)) text += part
    t.ok(text.includes('<row'), sheet)
    t.notMatch(text, /<f[ >]/, `${sheet} has no formula`)
    t.notMatch(text, /<hyperlink/i, `${sheet} has no link`)
  }
})

interface Dataset {
  version: string
  class: string
  id: string[]
  size: number[]
  role: Record<string, string[]>
  dimension: Record<string, { category: { index: string[]; label: Record<string, string> } }>
  value: (number | null)[]
}

t.test('JSON-stat 2 has every figure in its place', async (t) => {
  const query = '/capacity/series?from=2026-01-01&to=2026-09-01&groupBy=facility'
  const rows = ((await asked(query, 'application/json')).json() as { items: Record<string, Record<string, number>>[] })
    .items
  const answer = await asked(query, JSON_STAT)
  const cube = answer.json() as Dataset
  t.match(cube, { version: '2.0', class: 'dataset', role: { time: ['from'], metric: ['ContentsCode'] } })
  t.strictSame(
    cube.size,
    cube.id.map((id) => cube.dimension[id]?.category.index.length),
  )
  t.equal(
    cube.value.length,
    cube.size.reduce((product, size) => product * size, 1),
  )
  const at = (chosen: Record<string, unknown>) =>
    cube.value[
      cube.id.reduce((offset, id, n) => {
        const index = cube.dimension[id]?.category.index.indexOf(String(chosen[id])) ?? -1
        t.ok(index >= 0, `${id} ${String(chosen[id])}`)
        return offset * (cube.size[n] ?? 0) + index
      }, 0)
    ]
  t.equal(rows.length, 8 * NAMES.length)
  for (const row of rows.slice(0, 20)) {
    const { from, facilityId, first, placeDays } = row
    t.equal(at({ from, facilityId, ContentsCode: 'free' }), first?.free)
    t.equal(at({ from, facilityId, ContentsCode: 'placeDaysFree' }), placeDays?.free)
  }
  t.strictSame(Object.values(cube.dimension.facilityId?.category.label ?? {}).toSorted(), NAMES.toSorted())
})

t.test('every table of capacity comes in every form', async (t) => {
  for (const path of ['/capacity', '/capacity/series', '/capacity/waiting', '/capacity/stays']) {
    for (const accept of [CSV, XLSX, JSON_STAT]) {
      const answer = await asked(`${path}?groupBy=district`, accept)
      t.equal(answer.statusCode, 200, `${path} ${accept}`)
      t.ok(answer.rawPayload.length > 100, `${path} ${accept}`)
      if (accept !== CSV) continue
      const titles = (answer.body.split('\r\n')[0] ?? '').split(';')
      t.equal(new Set(titles).size, titles.length, `${path} names no column twice`)
    }
  }
  const [heading = '', figures = ''] = (await asked('/capacity/waiting', CSV)).body.split('\r\n')
  t.match(heading, /Dager til halvparten har fått plass/)
  t.match(figures, /"nås ikke"/, 'what the estimate does not reach is said in words')
})

const cubeTable = (rows: (readonly Cell[])[]): Table => ({
  name: 'prøve',
  title: 'Prøve',
  columns: [
    { id: 'district', title: 'Bydel', kind: 'text', role: 'region' },
    { id: 'month', title: 'Måned', kind: 'text', role: 'time' },
    { id: 'people', title: 'Personer', kind: 'number', role: 'figure' },
    { id: 'places', title: 'Plasser', kind: 'number', role: 'figure' },
  ],
  rows,
  notes: [],
  asOf: '2026-09-01',
})

t.test(
  'a cube that is sent piece by piece has every figure where its row says, and nothing where no row is',
  async (t) => {
    const code = fc.constantFrom('Alna', 'Bjerke', 'Frogner', '"')
    const figure = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant('..'),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(code, fc.nat(5).map(String), figure, figure), {
          selector: ([one, other]) => `${one}/${other}`,
        }),
        async (rows) => {
          const pieces = [...cubeAsText(await cubeOf(cubeTable(rows)))]
          const { size, dimension, value, status = {} } = JSON.parse(pieces.join('')) as JsonStat
          const [districts, months] = ['district', 'month'].map((id) => dimension[id]?.category.index ?? [])
          const found = new Map<string, Cell>()
          for (const [d, district] of districts?.entries() ?? [])
            for (const [m, month] of months?.entries() ?? [])
              for (const f of [0, 1]) {
                const position = (d * (months?.length ?? 0) + m) * 2 + f
                found.set(`${district}/${month}/${f}`, status[position] ?? value[position] ?? null)
              }
          const wanted = new Map(rows.flatMap(([d, m, ...cells]) => cells.map((cell, f) => [`${d}/${m}/${f}`, cell])))
          return (
            value.length === size.reduce((product, length) => product * length, 1) &&
            [...found].every(([key, cell]) => Object.is(cell, wanted.get(key) ?? null) || cell === wanted.get(key)) &&
            [...wanted.keys()].every((key) => found.has(key))
          )
        },
      ),
    )
    const many = Array.from(
      { length: 20_000 },
      (_, i) => [String(i % 200), String(Math.floor(i / 200)), i, 'nås ikke'] as const,
    )
    const pieces = [...cubeAsText(await cubeOf(cubeTable(many.map((row) => [...row]))))]
    t.ok(pieces.length > 3 && pieces.every((piece) => piece.length < 70_000), 'no piece is large')
    const { value } = JSON.parse(pieces.join('')) as JsonStat
    t.equal(value.length, 40_000)
  },
)

t.test('a cube with more room than a reader could use is refused before anything is sent', async (t) => {
  const hollow = Array.from({ length: 800 }, (_, i) => [String(i), String(i), 1, 1] as const)
  await t.rejects(cubeOf(cubeTable(hollow.map((row) => [...row]))), { code: 'not_acceptable' })
})
