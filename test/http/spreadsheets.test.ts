import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import t from 'tap'
import { readCsv } from '../../src/features/imports/csv.ts'
import { readXlsx } from '../../src/features/imports/xlsx.ts'
import { guard } from '../../src/http/csvText.ts'
import { inFormAsked } from '../../src/http/exportTable.ts'
import type { Cell, Column, Table } from '../../src/http/table.ts'
import { workbookOf } from '../../src/http/workbook.ts'
import { type OpenedCell, office, openedBy } from '../support/spreadsheet.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Titles that a spreadsheet would run as well as any cell. */
const COLUMNS: Column[] = [
  { id: 'name', title: '=SUM(B2:B9)', kind: 'text', role: 'note', sentence: '=HYPERLINK("http://example.invalid")' },
  { id: 'count', title: '+Antall', kind: 'number', role: 'figure', sentence: '@Hvor mange.' },
  { id: 'day', title: '-Dag', kind: 'day', role: 'note' },
  { id: 'code', title: '@Kode', kind: 'text', role: 'note' },
]
const ROWS: Cell[][] = [
  ['Blåbærstien æøå ÆØÅ «én»', 12, '2026-09-01', '0301'],
  ['=HYPERLINK("http://example.invalid","Klikk")', 1.5, '2024-02-29', '1-2'],
  ['=cmd|/c calc!A0', -3, null, '2026-01-02'],
  ['+47 22 00 00 00', 0, '1900-03-01', '1e5'],
  ['-2+3', 1234567.25, '2199-12-31', 'TRUE'],
  ['@SUM(A1)', null, '2026', '12,5'],
  ['\t=1+1', 7, '1899-12-31', "'=1"],
  ['\r=1+1', 7, '2026-10-25', '＝1+1'],
  ['Bo; "trygt"\nher <f>1+1</f> & co', 0.1, '2026-03-29', '_x000D_'],
]
const table: Table = {
  name: 'prove',
  title: '=Prøve: [1]',
  asOf: '2026-09-01',
  notes: ['=1+1', 'Et notat'],
  columns: COLUMNS,
  rows: ROWS,
}

const app = fastify()
app.get('/', (request, reply) => inFormAsked(request, reply, {}, () => table))
const fileAs = async (accept: string) => (await app.inject({ url: '/', headers: { accept } })).rawPayload

/** What a cell should be once it is opened; a return alone is a line's end to some programs. */
function wanted(cell: Cell, inDays: boolean, text: (cell: string) => string): OpenedCell {
  if (cell === null) return { type: 'empty', value: '' }
  if (typeof cell === 'number') return { type: 'float', value: String(cell) }
  if (inDays && /^\d{4}-\d\d-\d\d$/.test(cell) && cell >= '1900-03-01') return { type: 'date', value: cell }
  return { type: 'string', value: oneLineEnd(text(cell)) }
}
const wantedRows = (text: (cell: string) => string) => [
  COLUMNS.map(({ title }) => wanted(title, false, text)),
  ...ROWS.map((row) => row.map((cell, at) => wanted(cell, COLUMNS[at]?.kind === 'day', text))),
]

const oneLineEnd = (text: string) => text.replaceAll(/\r\n?/g, '\n')
const withLines = (rows: OpenedCell[][] | undefined) =>
  rows?.map((row) => row.map(({ type, value }) => ({ type, value: oneLineEnd(value) })))

async function textsOf(batches: AsyncGenerator<{ cells: readonly string[] }[]>): Promise<string[][]> {
  const rows: string[][] = []
  for await (const batch of batches) for (const { cells } of batch) rows.push(cells.map(oneLineEnd))
  return rows
}

const program = office()

t.test(
  program === undefined
    ? 'without LibreOffice on this machine: the importer’s readers read every cell of the CSV and XLSX as it was'
    : 'LibreOffice opens CSV and XLSX with every cell what it was: texts, numbers, days, and no formula anywhere',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'eksport-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    const [csv, xlsx] = [await fileAs(CSV), await fileAs(XLSX)]
    if (program === undefined) {
      const texts = wantedRows((text) => text)
      const written = (comma: boolean) =>
        texts.map((row) => row.map(({ type, value }) => (comma && type === 'float' ? value.replace('.', ',') : value)))
      t.strictSame(await textsOf(readCsv(csv)), written(true))
      t.strictSame(await textsOf(readXlsx(xlsx)), written(false))
      return
    }
    const [inCsv, inXlsx] = await Promise.all(
      [csv, xlsx].map((bytes, at) => {
        const file = join(folder, at === 0 ? 'prove.csv' : 'prove.xlsx')
        writeFileSync(file, bytes)
        return openedBy(program, file)
      }),
    )
    t.strictSame(withLines(inCsv?.get('prove')), wantedRows(guard), 'CSV')
    t.strictSame(
      withLines(inXlsx?.get('=Prøve   1 ')),
      wantedRows((text) => text),
      'XLSX',
    )
    const explained = [...(inXlsx?.get('Forklaring') ?? [])].flat()
    t.strictSame(
      explained.map(({ type }) => type),
      explained.map(() => 'string'),
    )
    t.match(explained.map(({ value }) => value).join('\n'), /=1\+1\nEt notat\n=SUM\(B2:B9\)\n=HYPERLINK/)
  },
)

const MANY = 100_000

/** A long table that says how many of its rows were asked for, and whether its end was told. */
function longTable(failsAt = MANY): { table: Table; asked(): number; ended(): boolean } {
  let asked = 0
  let ended = false
  async function* rows(): AsyncGenerator<Cell[]> {
    try {
      for (; asked < MANY; asked += 1) {
        if (asked === failsAt) throw new Error('the database is gone')
        yield [`Rad ${asked} ${'æ'.repeat(asked % 50)}`, asked, '2026-09-01', `${asked % 7}`]
      }
    } finally {
      ended = true
    }
  }
  return { table: { ...table, rows: rows() }, asked: () => asked, ended: () => ended }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 100))

t.test('rows of an XLSX are asked for as the file is taken, and no longer once nobody takes it', async (t) => {
  const { table: long, asked, ended } = longTable()
  const file = workbookOf(long)
  const reader = file[Symbol.asyncIterator]()
  for (let chunks = 0; chunks < 20; chunks += 1) await reader.next()
  await settled()
  t.ok(asked() > 0, 'it has begun')
  t.ok(asked() < MANY / 5, `a slow reader leaves the rest in the database: ${asked()} of ${MANY} rows were read`)
  file.destroy()
  for (let tries = 0; tries < 100 && !ended(); tries += 1) await settled()
  t.ok(ended(), 'the rows are let go')
})

t.test('a row that cannot be read ends the file with an error, and never as a whole one', async (t) => {
  const { table: long, ended } = longTable(5000)
  await t.rejects(async () => {
    for await (const _ of workbookOf(long)) {
      // all of it is asked for
    }
  }, /the database is gone/)
  t.ok(ended())
})
