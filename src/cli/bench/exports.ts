import { rowsAsCsv } from '../../http/exportTable.ts'
import type { Cell, Table } from '../../http/table.ts'
import { workbookOf } from '../../http/workbook.ts'
import { type Line, timed } from './measure.ts'

const ROWS = 100_000
/** So much may the process grow by while it writes a file, in MB, however long the table is. */
const MOST_MEGABYTES = 100
const MEGABYTE = 1_048_576

const COLUMNS: Table['columns'] = [
  { id: 'label', title: 'Plass', kind: 'text', role: 'note' },
  { id: 'facility', title: 'Botilbud', kind: 'text', role: 'note' },
  { id: 'district', title: 'Bydel', kind: 'text', role: 'note' },
  { id: 'form', title: 'Boligform', kind: 'text', role: 'note' },
  { id: 'from', title: 'Fra', kind: 'day', role: 'note' },
  { id: 'days', title: 'Dager', kind: 'number', role: 'figure' },
  { id: 'share', title: 'Andel', kind: 'number', role: 'figure' },
  { id: 'sentence', title: 'Med ord', kind: 'text', role: 'note' },
]

/** A long table whose rows are made as they are asked for, as pages of a list are. */
async function* rowsOf(count: number): AsyncGenerator<Cell[]> {
  for (let at = 0; at < count; at += 1) {
    const day = `20${10 + (at % 16)}-0${1 + (at % 9)}-1${at % 10}`
    yield [
      `${at}`,
      `Blåbærstien ${at % 700}`,
      'Grünerløkka',
      'Samlokalisert bolig',
      day,
      at % 900,
      at / 7,
      SENTENCE + at,
    ]
  }
}
const SENTENCE = 'Plassen er ledig i utvalget, og huset tar imot: sist bekreftet av huset selv, nummer '

/** A file of 100,000 rows: how long it takes and how much the process grows by, XLSX beside CSV. */
export async function exporting(): Promise<Line[]> {
  const table = (): Table => ({
    name: 'bench',
    title: 'Bench',
    asOf: '2026-09-01',
    notes: [],
    columns: COLUMNS,
    rows: rowsOf(ROWS),
  })
  await taken(workbookOf({ ...table(), rows: rowsOf(1000) }))
  const csv = await watched(() => taken(rowsAsCsv(table())))
  const xlsx = await watched(() => taken(workbookOf(table())))
  return [
    { what: `${ROWS} rows as XLSX: time ÷ as CSV`, value: xlsx.milliseconds, baseline: csv.milliseconds },
    { what: `${ROWS} rows as CSV: the process grows by`, value: csv.megabytes, unit: 'MB', aim: MOST_MEGABYTES },
    { what: `${ROWS} rows as XLSX: the process grows by`, value: xlsx.megabytes, unit: 'MB', aim: MOST_MEGABYTES },
  ]
}

async function taken(file: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of file) {
    // a reader that takes it all and keeps nothing
  }
}

/** How long it takes, and how much more memory the process had at most than before it began. */
async function watched(work: () => Promise<void>): Promise<{ milliseconds: number; megabytes: number }> {
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 5)
  const milliseconds = await timed(work)
  clearInterval(watch)
  return { milliseconds, megabytes: (Math.max(most, process.memoryUsage.rss()) - before) / MEGABYTE }
}
