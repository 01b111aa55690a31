import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { unguard } from '../../http/csvText.ts'
import { BATCH, type TableRow, unreadable } from './table.ts'

const CHUNK = 65_536
const DELIMITERS = [';', ',', '\t'] as const

function* decoded(bytes: Buffer): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      yield decoder.decode(bytes.subarray(at, at + CHUNK), { stream: at + CHUNK < bytes.length })
    }
  } catch {
    throw unreadable('Filen er ikke UTF-8. Lagre den som «CSV UTF-8» og prøv igjen.')
  }
}

/** The sign that stands most often between the cells of the heading. */
function delimiterOf(bytes: Buffer): string {
  const start = bytes.subarray(0, CHUNK).toString('utf8')
  const counts = new Map<string, number>(DELIMITERS.map((sign) => [sign, 0]))
  let quoted = false
  for (const sign of start) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r')) break
    else if (!quoted) counts.set(sign, (counts.get(sign) ?? -Infinity) + 1)
  }
  return DELIMITERS.reduce<string>(
    (best, sign) => ((counts.get(sign) ?? 0) > (counts.get(best) ?? 0) ? sign : best),
    ';',
  )
}

/** The rows of a CSV in UTF-8, with or without a byte order mark; commas, semicolons or tabs; cells may be quoted. */
export async function* readCsv(bytes: Buffer): AsyncGenerator<TableRow[]> {
  const parser = parse({
    delimiter: delimiterOf(bytes),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: 1_000_000,
  })
  const fed = pipeline(Readable.from(decoded(bytes)), parser)
  // told below, by the parser that it destroys
  fed.catch(() => {})
  let batch: TableRow[] = []
  let number = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1
      batch.push({ number, cells: record.map(unguard) })
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
    await fed
  } catch (error) {
    // a message of the parser's would quote the cell
    if (error instanceof CsvError)
      throw unreadable(`Rad ${Number(error.records) + 1} kan ikke leses. Se etter anførselstegn som ikke er lukket.`)
    throw error
  }
  yield batch
}
