import { readCsv } from './csv.ts'
import { isSeriesId, type SeriesId, scaleOf, seriesById } from './series.ts'

/**
 * - `read`: read from a table · `reported`: stated in the text of a document
 * - `inferred`: worked out from the rest of the table, with the reason
 * - `unknown`: not legible, the value is null and never zero
 * - `unknown_column`: a value is legible, but not what it counts
 */
export type StatisticsStatus = 'read' | 'inferred' | 'unknown' | 'unknown_column' | 'reported'

export type StatisticsRow = {
  readonly series: SeriesId
  /** A bydel's code, `0301` for Oslo, or `0301xx` for Sentrum, Marka and not stated. */
  readonly area: string
  readonly year: number
  readonly value: number | null
  /** The figure is a bound or rounded in the source: «mer enn 1 100». */
  readonly precision: 'exact' | 'more_than' | 'about' | 'almost'
  readonly status: StatisticsStatus
  /** Bokmål: why the value is missing or worked out, or what it leaves out. */
  readonly reason: string | null
  /** Rows with different scales, or with null, must not share a chart. */
  readonly scale: string | null
  readonly source: string
  /** The file and line it was copied from, and what the file says there, word for word. */
  readonly provenance: { readonly file: StatisticsFile; readonly line: number; readonly text: string }
}

export const STATISTICS_FILES = [
  'districts.csv',
  'care_housing_residents_2024.csv',
  'substance_indicators_2024.csv',
  'vel_plan_2021_2030.csv',
  'known_facts.csv',
] as const
export type StatisticsFile = (typeof STATISTICS_FILES)[number]

/**
 * The rows of one of the files in `data/`, in the file's order. Throws SyntaxError, with the line, on anything the file
 * has not been described to contain: a figure nobody has looked at must not slip in.
 */
export function readStatistics(file: StatisticsFile, text: string): StatisticsRow[] {
  return readers[file](text)
}

const readers: Record<StatisticsFile, (text: string) => StatisticsRow[]> = {
  'districts.csv': readPopulation,
  'care_housing_residents_2024.csv': readCareHousing,
  'substance_indicators_2024.csv': readSubstanceIndicators,
  'vel_plan_2021_2030.csv': readVelPlan,
  'known_facts.csv': readKnownFacts,
}

type Fields = Pick<StatisticsRow, 'area' | 'value' | 'status' | 'provenance'> &
  Partial<Pick<StatisticsRow, 'year' | 'precision' | 'reason' | 'source'>>

function rowOf(id: string, fields: Fields): StatisticsRow {
  const { file, line } = fields.provenance
  if (!isSeriesId(id)) throw new SyntaxError(`${file} line ${line}: no series is called ${id}`)
  const series = seriesById(id)
  const year = fields.year ?? series.year
  if (year === null) throw new SyntaxError(`${file} line ${line}: ${id} needs a year`)
  return {
    precision: 'exact',
    reason: null,
    source: series.source,
    scale: scaleOf(series),
    ...fields,
    series: id,
    year,
  }
}

function numberIn(cell: string, file: StatisticsFile, line: number): number {
  if (!/^\d+(\.\d+)?$/.test(cell)) throw new SyntaxError(`${file} line ${line}: not a number: ${cell}`)
  return Number(cell)
}

function readPopulation(text: string): StatisticsRow[] {
  const file = 'districts.csv'
  return readCsv(text, ['district_code', 'name', 'adult_population', 'source']).map((cells) => {
    const rest = cells.district_code === '0301xx'
    return rowOf('adult_population', {
      area: cells.district_code,
      value: numberIn(cells.adult_population, file, cells.line),
      status: rest ? 'inferred' : 'read',
      reason: rest ? 'Regnet ut: Oslo i alt minus de 15 bydelene.' : null,
      provenance: { file, line: cells.line, text: cells.source },
    })
  })
}

const CARE_GROUPS = [
  'total',
  'elderly_dementia',
  'physical_disability',
  'intellectual_disability',
  'mental_health',
] as const
const MISREAD = /; (\w+) scanned as (\w+): row and column sums both give (\d+)$/

function readCareHousing(text: string): StatisticsRow[] {
  const file = 'care_housing_residents_2024.csv'
  return readCsv(text, ['district_code', ...CARE_GROUPS, 'source']).flatMap((cells) => {
    const [, column, scanned, correct] = MISREAD.exec(cells.source) ?? []
    return CARE_GROUPS.map((group) => {
      const corrected = group === column
      if (corrected && cells[group] !== correct)
        throw new SyntaxError(`${file} line ${cells.line}: ${group} is not ${correct}`)
      return rowOf(`care_housing_${group}`, {
        area: cells.district_code,
        value: numberIn(cells[group], file, cells.line),
        status: corrected ? 'inferred' : 'read',
        reason: corrected
          ? `Skannet som «${scanned}». Summen av raden og summen av kolonnen gir begge ${correct}.`
          : null,
        provenance: { file, line: cells.line, text: cells.source },
      })
    })
  })
}

const INDICATOR_STATUSES = ['read', 'inferred', 'unknown', 'unknown_column'] as const
const INDICATOR_REASONS: readonly (readonly [RegExp, (text: string) => string | null])[] = [
  [/^004 tabell 1$/, () => null],
  [/^illegible in the scan$/, () => 'Tallet er uleselig i skanningen. Ukjent er ikke null.'],
  [
    /^004 tabell 1; scanned as (\d+)$/,
    (scanned) => `Skannet som «${scanned}». Komma er satt inn, som i resten av kolonnen.`,
  ],
  [
    /^004 tabell 1; column inferred: two last values of the row$/,
    () => 'Kolonnen er utledet: de to siste verdiene i raden.',
  ],
  [
    /^004 tabell 1; one value left in the row: by size gp or tsb$/,
    () => 'Bare én verdi er lesbar i raden. Størrelsen tyder på fastlege eller TSB.',
  ],
]

function readSubstanceIndicators(text: string): StatisticsRow[] {
  const file = 'substance_indicators_2024.csv'
  const columns = ['district_code', 'indicator', 'per_thousand_adults', 'status', 'source'] as const
  return readCsv(text, columns).map((cells) => {
    const status = INDICATOR_STATUSES.find((known) => known === cells.status)
    const [pattern, reasonFor] = INDICATOR_REASONS.find(([known]) => known.test(cells.source)) ?? []
    if (status === undefined || pattern === undefined || reasonFor === undefined) {
      throw new SyntaxError(`${file} line ${cells.line}: not described: ${cells.status}, ${cells.source}`)
    }
    if ((status === 'unknown') !== (cells.per_thousand_adults === '')) {
      throw new SyntaxError(`${file} line ${cells.line}: a value is missing exactly when it is unknown`)
    }
    return rowOf(`${cells.indicator}_rate`, {
      area: cells.district_code,
      value: status === 'unknown' ? null : numberIn(cells.per_thousand_adults, file, cells.line),
      status,
      reason: reasonFor(pattern.exec(cells.source)?.[1] ?? ''),
      provenance: { file, line: cells.line, text: cells.source },
    })
  })
}

function readVelPlan(text: string): StatisticsRow[] {
  const file = 'vel_plan_2021_2030.csv'
  return readCsv(text, ['service_category', 'places_2021', 'places_2030', 'source']).flatMap((cells) =>
    ([2021, 2030] as const).map((year) =>
      rowOf(`vel_plan_${cells.service_category}`, {
        area: '0301',
        year,
        value: numberIn(cells[`places_${year}`], file, cells.line),
        status: 'reported',
        provenance: { file, line: cells.line, text: cells.source },
      }),
    ),
  )
}

// What stands in parentheses after the unit changes what the figure means, so each is spelled out.
const UNIT_NOTES: Record<string, { precision?: StatisticsRow['precision']; reason?: string }> = {
  'more than': { precision: 'more_than' },
  about: { precision: 'about' },
  almost: { precision: 'almost' },
  'plan dated 2021': { reason: 'Fra en plan datert 2021.' },
  'whole stock': { reason: 'Alle boliger, ikke bare de ledige.' },
  'a part of all emergency places': { reason: 'Bare en del av alle akuttplassene.' },
  'a flow; not residents on a day': { reason: 'Alle i løpet av året, ikke så mange som bor der en dag.' },
  'incomplete: not every service took part': { reason: 'Ufullstendig: ikke alle tjenester deltok i kartleggingen.' },
}

function readKnownFacts(text: string): StatisticsRow[] {
  const file = 'known_facts.csv'
  return readCsv(text, ['fact', 'value', 'unit', 'year', 'area', 'source']).map((cells) => {
    const [, counted = '', , note] = /^(\w+)([^()]*)(?:\((.+)\))?$/.exec(cells.unit) ?? []
    const described = note === undefined ? {} : UNIT_NOTES[note]
    const row = rowOf(cells.fact, {
      area: cells.area,
      year: numberIn(cells.year, file, cells.line),
      value: numberIn(cells.value, file, cells.line),
      status: 'reported',
      provenance: { file, line: cells.line, text: `${cells.unit}; ${cells.source}` },
      ...described,
    })
    if (described === undefined || seriesById(row.series).subject !== counted) {
      throw new SyntaxError(`${file} line ${cells.line}: not described: ${cells.unit}`)
    }
    return row
  })
}
