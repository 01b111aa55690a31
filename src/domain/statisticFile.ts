import type { SeriesId } from '../reference/series.ts'
import { seriesById } from '../reference/series.ts'
import { STATISTIC_TABLES, UNKNOWN_MARK } from '../reference/statisticTables.ts'
import { folded } from './importCell.ts'

/**
 * Files of published statistics, as tables. They come in many shapes: a column for each group, a column for each year, or one
 * figure a row. So every heading is told what it is (an area, a year, a series, figures), and a cell is a figure of what its row
 * and its column say together.
 */

/** One figure that a file states. */
export interface Observation {
  row: number
  series: SeriesId
  /** A district's code, `0301` for Oslo, or `0301xx` for Sentrum, Marka and not stated. */
  area: string
  year: number
  /** Null: the file says that it is unknown. */
  value: number | null
  source: string | null
  reason: string | null
}

/** What is wrong with a row; `column` is the heading as the file writes it, and a reason quotes nothing of the row. */
export interface StatisticError {
  row: number
  column: string | null
  code: string
  detail: string
}

export interface StatisticFile {
  rows: number
  observations: Observation[]
  errors: StatisticError[]
}

/** The areas that a figure can be of, by code, with their names. */
export type Areas = readonly { id: string; name: string }[]

const OUTSIDE: Areas = [
  { id: '0301', name: 'Oslo i alt' },
  { id: '0301xx', name: 'Sentrum, Marka og uoppgitt' },
]
const FIRST_YEAR = 1990
const LAST_YEAR = 2199
const HEADING_WITHIN = 5

const AREA_HEADINGS = new Set([
  'bydelsnummer',
  'område',
  'områdekode',
  'region',
  'bydel',
  'geografi',
  'area',
  'district code',
])
const YEAR_HEADINGS = new Set(['år', 'tid', 'year'])
const VALUE_HEADINGS = new Set(['verdi', 'antall', 'tall', 'value'])
const SERIES_HEADINGS = new Set([
  'serie',
  'statistikkvariabel',
  'series',
  ...STATISTIC_TABLES.map(({ variable }) => folded(variable)),
])
const SOURCE_HEADINGS = new Set(['kilde', 'source'])
const REASON_HEADINGS = new Set(['merknad', 'reason'])
/** What our own tables also say, which is not read back. */
const OTHER_HEADINGS = new Set(['navn på området', 'revisjon', 'feil'])

const SERIES = new Map<string, SeriesId>(
  STATISTIC_TABLES.flatMap(({ series }) =>
    series.flatMap(({ id, label }) => [
      [folded(id), id] as const,
      [folded(label), id] as const,
      [folded(seriesById(id).title), id] as const,
    ]),
  ),
)

/** The series that a file names so; undefined when there is none. */
export function seriesNamed(text: string): SeriesId | undefined {
  return SERIES.get(folded(text))
}

/** The area that a file names so, by code, by name, or by both as the statistics bank writes it; undefined when there is none. */
export function areaNamed(text: string, districts: Areas): string | undefined {
  const name = folded(text)
  const [, code, rest = ''] = /^(0301(?:\d\d|xx)?)\b *(.*)$/.exec(name) ?? []
  const areas = [...districts, ...OUTSIDE]
  if (code !== undefined) return areas.find(({ id }) => id === code && (rest === '' || named(rest, areas) === id))?.id
  return named(name, areas)
}

function named(name: string, areas: Areas): string | undefined {
  const plain = (text: string) =>
    folded(text)
      .replace(/^bydel /, '')
      .replaceAll(/[ .,]/g, '')
  if (plain(name) === 'oslo') return '0301'
  return areas.find((area) => plain(area.name) === plain(name))?.id
}

type Role =
  | { kind: 'area' | 'year' | 'value' | 'series' | 'source' | 'reason' | 'other' }
  | { kind: 'seriesValue'; series: SeriesId }
  | { kind: 'yearValue'; year: number }

function roleOf(heading: string): Role | undefined {
  const name = folded(heading)
  if (name === '' || OTHER_HEADINGS.has(name)) return { kind: 'other' }
  if (AREA_HEADINGS.has(name)) return { kind: 'area' }
  if (YEAR_HEADINGS.has(name)) return { kind: 'year' }
  if (VALUE_HEADINGS.has(name)) return { kind: 'value' }
  if (SERIES_HEADINGS.has(name)) return { kind: 'series' }
  if (SOURCE_HEADINGS.has(name)) return { kind: 'source' }
  if (REASON_HEADINGS.has(name)) return { kind: 'reason' }
  const year = yearIn(name)
  if (year !== undefined) return { kind: 'yearValue', year }
  const series = seriesNamed(name)
  return series === undefined ? undefined : { kind: 'seriesValue', series }
}

function yearIn(text: string): number | undefined {
  if (!/^\d{4}$/.test(text.trim())) return undefined
  const year = Number(text)
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : undefined
}

interface Row {
  number: number
  cells: readonly string[]
}

interface Heading {
  at: number
  cells: readonly string[]
  roles: (Role | undefined)[]
}

/** The heading among the first rows, under a title if there is one; undefined where none can be read as one. */
function headingOf(rows: readonly Row[]): Heading | undefined {
  for (const [at, { cells }] of rows.slice(0, HEADING_WITHIN).entries()) {
    const roles = cells.map(roleOf)
    const kinds = roles.map((role) => role?.kind)
    if (
      kinds.includes('area') &&
      kinds.some((kind) => kind === 'value' || kind === 'seriesValue' || kind === 'yearValue')
    )
      return { at, cells, roles }
  }
  return undefined
}

/** Whether a table's heading is one of statistics, and of nothing else: every column of it is known here. */
export function saysStatistics(rows: readonly Row[]): boolean {
  return headingOf(rows)?.roles.every((role) => role !== undefined) ?? false
}

/**
 * Every figure of a table, and what is wrong with it. A cell that is empty says nothing; one with `..` says that the figure is
 * unknown. The same figure twice is wrong unless the two are alike.
 * @returns undefined when no heading names an area and figures
 */
export function readStatisticRows(rows: readonly Row[], districts: Areas): StatisticFile | undefined {
  const heading = headingOf(rows)
  if (heading === undefined) return undefined
  const file: StatisticFile = { rows: 0, observations: [], errors: [] }
  const headingRow = rows[heading.at]?.number ?? 1
  for (const [at, role] of heading.roles.entries()) {
    if (role !== undefined) continue
    file.errors.push({
      row: headingRow,
      column: heading.cells[at] ?? null,
      code: 'unknown_column',
      detail: 'Vi kjenner ikke denne overskriften.',
    })
  }
  if (file.errors.length > 0) return file
  for (const row of rows.slice(heading.at + 1)) readRow(row, heading, districts, file)
  return withoutContradictions(file)
}

function readRow({ number, cells }: Row, heading: Heading, districts: Areas, file: StatisticFile): void {
  const cell = (at: number) => (cells[at] ?? '').trim()
  const told = (kind: Role['kind']) => {
    const at = heading.roles.findIndex((role, column) => role?.kind === kind && cell(column) !== '')
    return at === -1 ? undefined : { text: cell(at), column: heading.cells[at] ?? null }
  }
  file.rows += 1
  const wrong = (column: string | null, code: string, detail: string) =>
    file.errors.push({ row: number, column, code, detail })
  const [areaTold, yearTold, seriesTold] = [told('area'), told('year'), told('series')]
  const area = areaTold === undefined ? undefined : areaNamed(areaTold.text, districts)
  const year = yearTold === undefined ? undefined : yearIn(yearTold.text)
  const series = seriesTold === undefined ? undefined : seriesNamed(seriesTold.text)
  if (area === undefined) wrong(areaTold?.column ?? null, 'unknown_area', 'Skriv en bydel, eller Oslo i alt.')
  if (yearTold !== undefined && year === undefined)
    wrong(yearTold.column, 'invalid_year', 'Skriv et årstall med fire siffer.')
  if (seriesTold !== undefined && series === undefined)
    wrong(seriesTold.column, 'unknown_series', 'Vi kjenner ikke denne gruppen.')
  if (
    area === undefined ||
    (yearTold !== undefined && year === undefined) ||
    (seriesTold !== undefined && series === undefined)
  )
    return
  for (const [at, role] of heading.roles.entries()) {
    if (role?.kind !== 'value' && role?.kind !== 'seriesValue' && role?.kind !== 'yearValue') continue
    if (cell(at) === '') continue
    const column = heading.cells[at] ?? null
    const of = role.kind === 'seriesValue' ? role.series : series
    const when = role.kind === 'yearValue' ? role.year : year
    if (of === undefined || when === undefined) {
      wrong(
        column,
        'incomplete',
        of === undefined
          ? 'Raden sier ikke hvilken gruppe tallet gjelder.'
          : 'Raden sier ikke hvilket år tallet gjelder.',
      )
      continue
    }
    const read = figureIn(cell(at), of)
    if ('code' in read) wrong(column, read.code, read.detail)
    else {
      file.observations.push({
        row: number,
        series: of,
        area,
        year: when,
        value: read.value,
        source: told('source')?.text.slice(0, 300) ?? null,
        reason: told('reason')?.text.slice(0, 1000) ?? null,
      })
    }
  }
}

/** A figure as a table writes it: with a decimal comma or point, with spaces between thousands, or `..` for unknown. */
export function figureIn(text: string, series: SeriesId): { value: number | null } | { code: string; detail: string } {
  const cell = text.replaceAll(/[\s\u00a0\u202f]/g, '')
  if (cell === UNKNOWN_MARK) return { value: null }
  if (!/^\d{1,9}([.,]\d{1,6})?$/.test(cell))
    return { code: 'invalid_number', detail: `Skriv et tall som ikke er negativt, eller ${UNKNOWN_MARK} for ukjent.` }
  const value = Number(cell.replace(',', '.'))
  if (seriesById(series).measure !== 'rate' && !Number.isInteger(value))
    return { code: 'not_whole', detail: 'Dette teller personer, så tallet må være helt.' }
  return { value }
}

/** What a figure is known by. */
export function figureKey({ series, area, year }: Pick<Observation, 'series' | 'area' | 'year'>): string {
  return `${series}/${area}/${year}`
}

/** The same figure stated twice is told once, and is wrong where the two differ. */
function withoutContradictions(file: StatisticFile): StatisticFile {
  const first = new Map<string, Observation>()
  const errors = [...file.errors]
  const contradicted = new Set<string>()
  for (const found of file.observations) {
    const key = figureKey(found)
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, found)
    else if (earlier.value !== found.value) {
      contradicted.add(key)
      errors.push({
        row: found.row,
        column: null,
        code: 'contradiction',
        detail: `Rad ${earlier.row} sier et annet tall om det samme.`,
      })
    }
  }
  return {
    rows: file.rows,
    observations: [...first].flatMap(([key, found]) => (contradicted.has(key) ? [] : [found])),
    errors,
  }
}

/** The newest revision of a figure that is kept. */
export interface KnownFigure {
  revision: number
  value: number | null
}

/** A figure to be kept, as the revision that it becomes. */
export interface Revised extends Observation {
  revision: number
}

/** What a file changes: what is kept stays, and what differs from the newest becomes its next revision. */
export function revisionsOf(
  observations: readonly Observation[],
  known: ReadonlyMap<string, KnownFigure>,
): { added: Revised[]; changed: Revised[]; unchanged: Observation[] } {
  const result = { added: [] as Revised[], changed: [] as Revised[], unchanged: [] as Observation[] }
  for (const found of observations) {
    const newest = known.get(figureKey(found))
    if (newest === undefined) result.added.push({ ...found, revision: 1 })
    else if (newest.value === found.value) result.unchanged.push(found)
    else result.changed.push({ ...found, revision: newest.revision + 1 })
  }
  return result
}
