import { type Day, isDay } from './day.ts'

/** What a cell says, or why it cannot be read. A reason never quotes the cell: it may hold a person's number by mistake. */
export type Reading = { readonly value: unknown } | CellError
export interface CellError {
  readonly code: string
  readonly detail: string
}

/** Something to choose, by its id or by the name that people see. */
export interface Choice {
  readonly id: string | number
  readonly name: string
}

export type ReadCell = (text: string) => Reading

/** The same word in any spelling of case and spacing. */
export function folded(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('nb')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
}

const wrong = (code: string, detail: string): CellError => ({ code, detail })

/** Text of at most `max` characters that a database can keep. */
export function text(max: number): ReadCell {
  return (cell) => {
    if (cell.length > max) return wrong('too_long', `Skriv høyst ${max} tegn.`)
    if (cell.includes('\0') || !cell.isWellFormed())
      return wrong('unreadable_text', 'Teksten har tegn som ikke kan lagres.')
    return { value: cell }
  }
}

const NORWEGIAN_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/

/** A day, `2026-09-01` or `1.9.2026`. */
export const day: ReadCell = (cell) => {
  const parts = NORWEGIAN_DAY.exec(cell)
  const written = parts === null ? cell : `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`
  return isDay(written)
    ? { value: written satisfies Day }
    : wrong('invalid_day', 'Skriv en dato som finnes, som 2026-09-01 eller 1.9.2026.')
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): ReadCell {
  return (cell) => {
    const value = /^-?\d{1,9}$/.test(cell) ? Number(cell) : Number.NaN
    if (value >= min && value <= max) return { value }
    return wrong('invalid_number', `Skriv et helt tall fra ${min} til ${max}.`)
  }
}

const YES = new Set(['ja', 'j', 'yes', 'true', 'sann', '1', 'x'])
const NO = new Set(['nei', 'n', 'no', 'false', 'usann', '0'])

/** Yes or no. */
export const yesNo: ReadCell = (cell) => {
  const word = folded(cell)
  if (YES.has(word)) return { value: true }
  if (NO.has(word)) return { value: false }
  return wrong('invalid_yes_no', 'Skriv ja eller nei.')
}

function chooser(choices: readonly Choice[]): (cell: string) => string | number | undefined {
  const byWord = new Map<string, string | number>()
  for (const { id, name } of choices) {
    byWord.set(folded(name), id)
    byWord.set(folded(String(id)), id)
  }
  return (cell) => byWord.get(folded(cell))
}

/** One of `choices`; `what` ends the sentence «Dette er ikke …». */
export function oneOf(choices: readonly Choice[], what: string): ReadCell {
  const find = chooser(choices)
  return (cell) => {
    const value = find(cell)
    return value === undefined ? wrong('unknown_value', `Dette er ikke ${what}.`) : { value }
  }
}

const SEPARATOR = /[;|\n]/

/** Several of `choices`, apart by semicolons (or `|` or line breaks): a name may hold a comma. */
export function manyOf(choices: readonly Choice[], what: string): ReadCell {
  const find = chooser(choices)
  return (cell) => {
    const parts = cell.split(SEPARATOR).map((part) => part.trim())
    const values = parts.filter((part) => part !== '').map(find)
    if (values.some((value) => value === undefined)) {
      return wrong('unknown_value', `Noe her er ikke ${what}. Skill flere med semikolon.`)
    }
    if (new Set(values).size < values.length) return wrong('twice', 'Det samme står to ganger.')
    return { value: values }
  }
}

/** Years of birth, apart by semicolons, commas or spaces. */
export function years(min: number, max: number, most: number): ReadCell {
  return (cell) => {
    const values = cell.split(/[;,|\s]+/).filter((part) => part !== '')
    const numbers = values.map((value) => (/^\d{4}$/.test(value) ? Number(value) : Number.NaN))
    if (numbers.some((value) => !(value >= min && value <= max))) {
      return wrong('invalid_year', `Skriv fødselsår fra ${min} til ${max}, skilt med semikolon.`)
    }
    if (numbers.length > most) return wrong('too_many', `Skriv høyst ${most}.`)
    return { value: numbers.toSorted((a, b) => a - b) }
  }
}
