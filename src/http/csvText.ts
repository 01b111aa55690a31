import { isDay } from '../domain/day.ts'

/**
 * What a spreadsheet would run as a formula starts like this, also behind apostrophes that we put there.
 * Source: the guidance on CSV injection by OWASP, with the full-width signs some programs read alike.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/

/** A cell that no spreadsheet runs: an apostrophe goes before what would be a formula, and one more before a guarded one. */
export function guard(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** The cell as it was before `guard`. */
export function unguard(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell
}

/** One line of CSV as Norwegian spreadsheets read it: semicolons, every cell in quotes, none a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${guard(cell).replaceAll('"', '""')}"`).join(';')}\r\n`
}

/**
 * One line of figures, days and texts: a number is bare, with a decimal comma, and so is a day in a column that `inDays` says holds
 * days; nothing at all where there is no value. What is in quotes is a text.
 */
export function csvRow(cells: readonly (string | number | null)[], inDays: readonly boolean[] = []): string {
  const written = cells.map((cell, at) => {
    if (cell === null) return ''
    if (inDays[at] === true && isDay(cell)) return cell
    if (typeof cell === 'number') return String(cell).replace('.', ',')
    return `"${guard(cell).replaceAll('"', '""')}"`
  })
  return `${written.join(';')}\r\n`
}

/** So that spreadsheets read the file as UTF-8. */
export const BOM = '\uFEFF'
