import { UNKNOWN_MARK } from '../reference/statisticTables.ts'
import { type Areas, areaNamed, seriesNamed } from './statisticFile.ts'

/** A cube of JSON-stat 2 as rows of a table, and so read like every other file of statistics. */
export interface CubeRow {
  number: number
  cells: string[]
}

interface Dimension {
  /** The codes in order, each with what it is called. */
  categories: { code: string; label: string }[]
}

const MOST_VALUES = 100_000

/**
 * The figures of a dataset of JSON-stat 2 (https://json-stat.org/full/), as PxWeb and we give it out: a row each, under a
 * heading. What its dimensions are is told by their categories: areas, years, series. Others must have one category.
 * @returns undefined when it is no such dataset, or says nothing that we keep
 */
export function rowsOfCube(body: unknown, districts: Areas): CubeRow[] | undefined {
  if (!isRecord(body) || body.class !== 'dataset' || !isRecord(body.dimension)) return undefined
  const { id, size, dimension } = body
  if (!isTexts(id) || !Array.isArray(size) || id.length !== size.length) return undefined
  const dimensions = id.map((name) => dimensionOf((dimension as Record<string, unknown>)[name]))
  if (dimensions.some((found, at) => found === undefined || found.categories.length !== size[at])) return undefined
  const cubes = dimensions as Dimension[]
  const count = cubes.reduce((product, { categories }) => product * categories.length, 1)
  if (count > MOST_VALUES) return undefined
  const roles = cubes.map((one) => roleOf(one, districts))
  if (roles.filter((role) => role === undefined).length > 0) return undefined
  for (const role of ['area', 'year', 'series'] as const)
    if (roles.filter((found) => found === role).length !== 1) return undefined
  const valueAt = valuesOf(body.value, count)
  if (valueAt === undefined) return undefined
  // a place without a value is an unknown figure where it is marked, and otherwise no figure at all
  const marked = isRecord(body.status) ? body.status : {}
  const rows: CubeRow[] = [{ number: 1, cells: ['Område', 'År', 'Serie', 'Verdi'] }]
  for (let at = 0; at < count; at += 1) {
    const said: Partial<Record<'area' | 'year' | 'series' | 'single', string>> = {}
    let rest = at
    for (let n = cubes.length - 1; n >= 0; n -= 1) {
      const { categories } = cubes[n] as Dimension
      const role = roles[n] ?? 'single'
      const category = categories[rest % categories.length]
      rest = Math.floor(rest / categories.length)
      if (category !== undefined) said[role] = spelt(role, category, districts)
    }
    const value = valueAt(at)
    if (value === undefined) return undefined
    const figure = value ?? (Object.hasOwn(marked, String(at)) ? UNKNOWN_MARK : '')
    rows.push({ number: at + 2, cells: [said.area ?? '', said.year ?? '', said.series ?? '', String(figure)] })
  }
  return rows
}

type Role = 'area' | 'year' | 'series' | 'single'

function roleOf({ categories }: Dimension, districts: Areas): Role | undefined {
  const every = (is: (text: string) => boolean) => categories.every(({ code, label }) => is(code) || is(label))
  if (every((text) => areaNamed(text, districts) !== undefined)) return 'area'
  if (every((text) => /^\d{4}$/.test(text))) return 'year'
  if (every((text) => seriesNamed(text) !== undefined)) return 'series'
  return categories.length === 1 ? 'single' : undefined
}

/** The one of code and label that says what it is. */
function spelt(role: Role, { code, label }: { code: string; label: string }, districts: Areas): string {
  if (role === 'area') return areaNamed(code, districts) ?? areaNamed(label, districts) ?? ''
  if (role === 'series') return seriesNamed(code) ?? seriesNamed(label) ?? ''
  return /^\d{4}$/.test(code) ? code : label
}

function dimensionOf(body: unknown): Dimension | undefined {
  if (!isRecord(body) || !isRecord(body.category)) return undefined
  const { index, label } = body.category
  const labels = isRecord(label) ? label : {}
  const codes = codesOf(index) ?? (index === undefined ? Object.keys(labels) : undefined)
  if (codes === undefined || codes.length === 0) return undefined
  return {
    categories: codes.map((code) => {
      const name = Object.hasOwn(labels, code) ? labels[code] : undefined
      return { code, label: typeof name === 'string' ? name : code }
    }),
  }
}

/** An index is a list of codes, or says of each code which it is. */
function codesOf(index: unknown): string[] | undefined {
  if (isTexts(index)) return [...index]
  if (!isRecord(index)) return undefined
  const entries = Object.entries(index)
  const codes = new Array<string | undefined>(entries.length).fill(undefined)
  for (const [code, at] of entries) {
    if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at >= codes.length || codes[at] !== undefined)
      return undefined
    codes[at] = code
  }
  return codes as string[]
}

/** Values are a list, or say of each position that has one what it is; what has none is null. */
function valuesOf(value: unknown, count: number): ((at: number) => number | null | undefined) | undefined {
  const figure = (found: unknown) =>
    found === null || found === undefined ? null : typeof found === 'number' ? found : undefined
  if (Array.isArray(value)) return value.length === count ? (at) => figure(value[at]) : undefined
  if (!isRecord(value)) return undefined
  return (at) => figure(Object.hasOwn(value, String(at)) ? value[String(at)] : null)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
