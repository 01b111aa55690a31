import { readCsv } from './csv.ts'
import { type TableRow, unreadable } from './table.ts'
import { readXlsx } from './xlsx.ts'

export const CSV_TYPE = 'text/csv'
export const JSON_STAT_TYPE = 'application/vnd.json-stat+json'
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A file as it was sent; read as many times as needed. */
export interface ImportFile {
  readonly format: 'csv' | 'xlsx' | 'json-stat'
  readonly bytes: Buffer
}

const MOST_ROWS = 200_000

/**
 * The rows of a file with something in them, some at a time, so that a large file is never in memory as rows.
 * @throws {DomainError} `import_unreadable` with a sentence that quotes nothing of the file
 */
export async function* rowsOf(file: ImportFile): AsyncGenerator<readonly TableRow[]> {
  if (file.format === 'json-stat')
    throw unreadable('JSON-stat kan bare holde statistikk. Send filen som CSV eller XLSX.')
  const batches = file.format === 'csv' ? readCsv(file.bytes) : readXlsx(file.bytes)
  let rows = 0
  for await (const batch of batches) {
    rows += batch.length
    if (rows > MOST_ROWS) throw unreadable(`Filen har mer enn ${MOST_ROWS} rader. Del den i flere.`)
    const written = batch.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    if (written.length > 0) yield written
  }
}
