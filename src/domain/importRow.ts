import { folded } from './importCell.ts'
import { IMPORT_KINDS, type ImportColumn, type ImportKind } from './importColumns.ts'
import { RULES } from './importRules.ts'

/** What is wrong with a row: in which column (its English name; null: the row as a whole), and a bokmål sentence. */
export interface RowError {
  readonly column: string | null
  readonly code: string
  readonly detail: string
}

/** A row's values by column; a column that is absent or empty is not in it, and says nothing. */
export type RowValues = Readonly<Record<string, unknown>>

/** What is wrong with a file's heading, by the number of the column; never quoted, as the first row may be a person's. */
export interface HeaderError {
  readonly position: number | null
  readonly code: 'unknown_column' | 'column_twice' | 'missing_column'
  readonly detail: string
}

/** The column of «Feil» that rejected rows are returned with is read over when they are sent again. */
export const ERROR_TITLE = 'Feil'
const READ_OVER = new Set([folded(ERROR_TITLE)])

/** Which column stands where; null is read over. */
export type Header = readonly (ImportColumn | null)[]

function finder(columns: readonly ImportColumn[]): (cell: string) => ImportColumn | undefined {
  const byName = new Map<string, ImportColumn>()
  for (const column of columns) {
    byName.set(folded(column.title), column)
    byName.set(column.key.toLowerCase(), column)
  }
  return (cell) => byName.get(folded(cell)) ?? byName.get(cell.trim().toLowerCase())
}

/** The kind whose required columns all stand in the heading, undefined when there is not exactly one. */
export function kindOf(
  cells: readonly string[],
  columns: Record<ImportKind, readonly ImportColumn[]>,
): ImportKind | undefined {
  const fitting = IMPORT_KINDS.map((kind) => {
    const find = finder(columns[kind])
    const found = new Set(cells.map(find).filter((column) => column !== undefined))
    const complete = columns[kind].every((column) => !column.required || found.has(column))
    return { kind, known: complete ? found.size : 0 }
  })
  const best = Math.max(...fitting.map(({ known }) => known))
  const kinds = fitting.filter(({ known }) => known === best)
  return best > 0 && kinds.length === 1 ? kinds[0]?.kind : undefined
}

/** Reads a heading. A column that is not known is an error: a misspelt one would lose what stands in it. */
export function readHeader(
  cells: readonly string[],
  columns: readonly ImportColumn[],
): { header: Header; errors: HeaderError[] } {
  const find = finder(columns)
  const errors: HeaderError[] = []
  const seen = new Set<ImportColumn>()
  const header = cells.map((cell, at) => {
    const column = find(cell)
    if (column === undefined) {
      if (cell.trim() !== '' && !READ_OVER.has(folded(cell))) {
        errors.push({
          position: at + 1,
          code: 'unknown_column',
          detail: `Kolonne ${at + 1} har en overskrift vi ikke kjenner.`,
        })
      }
      return null
    }
    if (seen.has(column)) {
      errors.push({ position: at + 1, code: 'column_twice', detail: `Kolonnen «${column.title}» står to ganger.` })
    }
    seen.add(column)
    return column
  })
  for (const column of columns) {
    if (column.required && !seen.has(column)) {
      errors.push({ position: null, code: 'missing_column', detail: `Kolonnen «${column.title}» mangler.` })
    }
  }
  return { header, errors }
}

/**
 * Reads one row and checks what it says by itself and together: everything that needs no database.
 * @param today for what can only lie in the past
 */
export function readRow(
  kind: ImportKind,
  header: Header,
  cells: readonly string[],
  today: string,
): { values: RowValues; errors: RowError[] } {
  const values: Record<string, unknown> = {}
  const errors: RowError[] = []
  for (const [at, column] of header.entries()) {
    const cell = (cells[at] ?? '').trim()
    if (column === null) continue
    if (cell === '') {
      if (column.required) errors.push({ column: column.key, code: 'missing', detail: 'Mangler.' })
      continue
    }
    const reading = column.read(cell)
    if ('value' in reading) values[column.key] = reading.value
    else errors.push({ column: column.key, ...reading })
  }
  if (cells.slice(header.length).some((cell) => cell.trim() !== '')) {
    errors.push({ column: null, code: 'too_many_cells', detail: 'Raden har flere celler enn overskriften.' })
  }
  const misread = new Set(errors.map(({ column }) => column))
  for (const { column, code, detail, broken } of RULES[kind]) {
    if (!misread.has(column) && broken(values, today)) errors.push({ column, code, detail })
  }
  return { values, errors }
}
