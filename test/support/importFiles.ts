import { type Cells, xlsxOf } from '../../src/cli/bench/importSheets.ts'
import { CSV_TYPE, XLSX_TYPE } from '../../src/features/imports/file.ts'
import type { Client } from './app.ts'

export interface Report {
  id: string
  kind: string
  written: boolean
  counts: { rows: number; new: number; unchanged: number; changed: number; bad: number }
  badRows: { row: number; errors: { column: string | null; code: string; reason: string }[] }[]
  rejected: string | null
}

/** Imports a file through the API as a page does; anything but 201 is an error with the problem in it. */
export async function importFile(
  client: Client,
  bytes: Buffer,
  mode: 'dry_run' | 'all_or_nothing' | 'accept_good',
  { type = CSV_TYPE, kind = '' } = {},
): Promise<Report> {
  const query = `mode=${mode}${kind === '' ? '' : `&kind=${kind}`}`
  const answer = await client.post(`/imports?${query}`, bytes, { 'content-type': type })
  if (answer.statusCode !== 201) throw new Error(`${answer.statusCode}: ${answer.body}`)
  return answer.json()
}

export const importXlsx = (client: Client, rows: readonly Cells[], mode: 'dry_run' | 'all_or_nothing') =>
  importFile(client, xlsxOf(rows), mode, { type: XLSX_TYPE })

/** What is wrong, in short: `row column code`. */
export function wrongIn({ badRows }: Report): string[] {
  return badRows.flatMap(({ row, errors }) => errors.map(({ column, code }) => `${row} ${column ?? '-'} ${code}`))
}
