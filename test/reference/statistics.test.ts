import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { DISTRICTS } from '../../src/reference/districts.ts'
import { SERIES, scaleOf } from '../../src/reference/series.ts'
import { parseSource } from '../../src/reference/sources.ts'
import {
  readStatistics,
  STATISTICS_FILES,
  type StatisticsFile,
  type StatisticsRow,
} from '../../src/reference/statistics.ts'

function textOf(file: StatisticsFile): string {
  return readFileSync(new URL(`../../src/reference/data/${file}`, import.meta.url), 'utf8')
}

// Checksum and number of data lines of each file as it was handed over: a figure cannot be changed or dropped unseen.
const ORIGINALS: Record<StatisticsFile, { sha256: string; lines: number; rows: number }> = {
  'districts.csv': {
    sha256: 'a7906436355ab8f8731c5d943d92ab3c4846d077ad2c3d9d4d88223c90bcc107',
    lines: 17,
    rows: 17,
  },
  'care_housing_residents_2024.csv': {
    sha256: '909783fc234e4423716d8dfdacf70ea36280ea66ee7b9e51e8d2be93c72cfec8',
    lines: 16,
    rows: 16 * 5,
  },
  'substance_indicators_2024.csv': {
    sha256: 'b4c155255a368a0e64e836160109d47d8dceb74fa6c2644cf67b0f9fcc27c511',
    lines: 82,
    rows: 82,
  },
  'vel_plan_2021_2030.csv': {
    sha256: '560d73b948c2b22e2c24154be6b4c92fad11347733944b4ecd108c99f00c612c',
    lines: 6,
    rows: 12,
  },
  'known_facts.csv': {
    sha256: 'feebae83f5af3a7802357ea544d06c4e1898bb8b4c9c86d3755d9729faf3c20b',
    lines: 24,
    rows: 24,
  },
}

const rows: StatisticsRow[] = STATISTICS_FILES.flatMap((file) => readStatistics(file, textOf(file)))
const districtCodes = DISTRICTS.map((district) => district.code)

function figure(series: string, area: string, year?: number): number {
  const found = rows.filter(
    (row) => row.series === series && row.area === area && (year === undefined || row.year === year),
  )
  if (found.length !== 1 || found[0]?.value == null) throw new Error(`no single value of ${series} in ${area}`)
  return found[0].value
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

t.test('every line of every file is there, unchanged, and becomes rows', async (t) => {
  for (const file of STATISTICS_FILES) {
    const text = textOf(file)
    const original = ORIGINALS[file]
    t.equal(createHash('sha256').update(text).digest('hex'), original.sha256, file)
    t.equal(text.trimEnd().split('\n').length - 1, original.lines, `${file}: lines`)
    const read = rows.filter((row) => row.provenance.file === file)
    t.equal(read.length, original.rows, `${file}: rows`)
    t.equal(new Set(read.map((row) => row.provenance.line)).size, original.lines, `${file}: no line is left out`)
  }
  const keys = rows.map((row) => `${row.series} ${row.area} ${row.year}`)
  t.equal(new Set(keys).size, rows.length, 'one value for a series, an area and a year')
  t.same(
    SERIES.filter((series) => !rows.some((row) => row.series === series.id)),
    [],
    'every series described has a row',
  )
})

t.test('care housing: all sums', async (t) => {
  const groups = ['elderly_dementia', 'physical_disability', 'intellectual_disability', 'mental_health']
  t.equal(districtCodes.length, 15)
  for (const area of ['0301', ...districtCodes]) {
    t.equal(
      sum(groups.map((group) => figure(`care_housing_${group}`, area))),
      figure('care_housing_total', area),
      `row ${area}`,
    )
  }
  for (const group of ['total', ...groups]) {
    const districts = sum(districtCodes.map((area) => figure(`care_housing_${group}`, area)))
    t.equal(districts, figure(`care_housing_${group}`, '0301'), `column ${group}`)
  }
})

t.test('the two cells the scan misread are marked as worked out, and no other', async (t) => {
  const inferred = rows.filter((row) => row.series.startsWith('care_housing') && row.status !== 'read')
  t.same(
    inferred.map((row) => [row.series, row.area, row.value, row.status]),
    [
      ['care_housing_total', '030107', 291, 'inferred'],
      ['care_housing_mental_health', '030113', 44, 'inferred'],
    ],
  )
  for (const row of inferred) t.match(row.reason, /Skannet som/)
})

t.test('the other sums that the figures must satisfy', async (t) => {
  const adults = sum(districtCodes.map((area) => figure('adult_population', area)))
  t.equal(adults + figure('adult_population', '0301xx'), figure('adult_population', '0301'))
  const plan = SERIES.filter((series) => series.id.startsWith('vel_plan_')).map((series) => series.id)
  t.equal(plan.length, 6)
  for (const [year, total] of [
    [2021, 657],
    [2030, 475],
  ] as const) {
    t.equal(sum(plan.map((series) => figure(series, '0301', year))), total)
    t.equal(figure(`vel_places_planned_${year}`, '0301'), total)
  }
  t.ok(figure('vel_plan_care', '0301', 2030) >= figure('vel_plan_care', '0301', 2021), 'omsorg holds')
  t.ok(figure('vel_plan_reinforced', '0301', 2030) > figure('vel_plan_reinforced', '0301', 2021), 'forsterket grows')
  const mapped = ['mapped_brukerplan_mental_only', 'mapped_brukerplan_substance_or_dual']
  t.equal(sum(mapped.map((series) => figure(series, '030112'))), figure('mapped_brukerplan', '030112'))
})

t.test('unknown is null with its reason, never zero', async (t) => {
  for (const row of rows) {
    t.equal(row.value === null, row.status === 'unknown', `${row.series} ${row.area}`)
    if (row.status === 'unknown' || row.status === 'unknown_column' || row.status === 'inferred')
      t.ok(row.reason, row.area)
    t.equal(row.provenance.text === '', false)
  }
  t.equal(rows.filter((row) => row.status === 'unknown').length, 43)
  t.equal(figure('care_housing_mental_health', '030110'), 0, 'a zero in the table stays a zero')
  t.equal(figure('tsb_payment_liability_cases', '0301'), 0)
})

t.test('statuses of the indicators', async (t) => {
  const unknownColumn = rows.filter((row) => row.status === 'unknown_column')
  t.same(
    unknownColumn.map((row) => [row.series, row.area, row.value, row.scale]),
    [
      ['column_unknown_rate', '030111', 8.7, null],
      ['column_unknown_rate', '030115', 9.6, null],
    ],
    'a value of unknown column is kept, on no scale',
  )
  const decimals = rows.filter((row) => row.reason?.includes('Komma er satt inn'))
  t.same(
    decimals.map((row) => [row.area, row.value]),
    [
      ['030106', 1.3],
      ['030113', 1.5],
      ['030101', 3.4],
    ],
  )
  const inferred = rows.filter((row) => row.series.endsWith('_rate') && row.status === 'inferred')
  t.same(
    inferred.map((row) => [row.series, row.area, row.value]),
    [
      ['tsb_patients_rate', '030102', 12.6],
      ['prison_admissions_rate', '030102', 1.5],
    ],
  )
})

t.test('people and homes, flows and stocks are never on one scale', async (t) => {
  const scale = (series: string) => rows.find((row) => row.series === series)?.scale
  t.equal(scale('municipal_homes'), 'homes.stock')
  t.equal(scale('residents_other_municipal'), 'people.stock')
  t.equal(scale('people_admitted_to_vel_institutions'), 'people.flow')
  t.equal(scale('vel_institution_admissions'), 'admissions.flow')
  t.equal(scale('vel_institution_people_admitted_rate'), 'people.rate')
  t.equal(scale('colocated_need_growth_since_2020'), 'percent.growth')
  for (const a of SERIES) {
    for (const b of SERIES) {
      if (scaleOf(a) !== scaleOf(b) || a.subject === null) continue
      if (a.subject !== b.subject || a.measure !== b.measure) t.fail(`${a.id} and ${b.id} share a scale`)
    }
  }
  for (const row of rows) t.doesNotThrow(() => parseSource(row.source))
})

t.test('a bound is not an exact figure, and a note is in bokmål', async (t) => {
  const precise = (series: string) => rows.find((row) => row.series === series)?.precision
  t.equal(precise('households_substance_or_dual_without_suitable_home'), 'more_than')
  t.equal(precise('tsb_patients'), 'almost')
  t.equal(precise('framework_agreement_places_also_dual_diagnosis'), 'about')
  t.equal(precise('municipal_homes'), 'exact')
  const nordstrand = rows.find((row) => row.series === 'mapped_brukerplan_substance_or_dual' && row.area === '030114')
  t.match(nordstrand?.reason, /Ufullstendig/)
  const alna = rows.find((row) => row.series === 'mapped_brukerplan_substance_or_dual' && row.area === '030112')
  t.equal(alna?.reason, null)
})

t.test('the districts of the statistics are the districts of the system', async (t) => {
  const text = textOf('districts.csv')
  for (const district of DISTRICTS) {
    t.ok(text.includes(`${district.code},${district.name},`), district.name)
    t.equal(district.validTo, null)
    t.ok(
      parseSource(district.source).some((source) => source.certainty === 'memory'),
      'since when is from memory, and says so',
    )
  }
  t.same(
    districtCodes,
    Array.from({ length: 15 }, (_, index) => String(30101 + index).padStart(6, '0')),
  )
})

t.test('a figure nobody has described is refused with its line', async (t) => {
  const indicators = textOf('substance_indicators_2024.csv')
  const facts = textOf('known_facts.csv')
  const wrong: [StatisticsFile, string, RegExp][] = [
    ['districts.csv', textOf('districts.csv').replace('name', 'navn'), /line 1/],
    ['districts.csv', `${textOf('districts.csv')}030116,Ny bydel,1\n`, /line 19/],
    ['districts.csv', textOf('districts.csv').replace('54601', '54 601'), /line 2: not a number/],
    ['districts.csv', textOf('districts.csv').replace('Gamle Oslo', '"Gamle Oslo'), /line 2: a quote/],
    [
      'care_housing_residents_2024.csv',
      textOf('care_housing_residents_2024.csv').replace('030107,291', '030107,201'),
      /line 9/,
    ],
    ['substance_indicators_2024.csv', indicators.replace(',,unknown,', ',0,unknown,'), /line 3/],
    ['substance_indicators_2024.csv', indicators.replace('2.6,read', ',read'), /line 2/],
    ['substance_indicators_2024.csv', indicators.replace('2.6,read', '2.6,guessed'), /line 2/],
    ['substance_indicators_2024.csv', indicators.replace('lar_patients', 'other_patients'), /no series/],
    ['known_facts.csv', facts.replace('(more than)', '(perhaps)'), /line 2/],
    ['known_facts.csv', facts.replace('1300,homes', '1300,people'), /line 23/],
  ]
  for (const [file, text, message] of wrong)
    t.throws(() => readStatistics(file, text), { name: 'SyntaxError', message })
})

t.test('quoted cells', async (t) => {
  const quoted = textOf('districts.csv').replace('Gamle Oslo', '"Gamle ""Oslo"", sentrum øst"')
  t.equal(readStatistics('districts.csv', quoted)[0]?.value, 54_601)
  t.equal(readStatistics('districts.csv', quoted.replaceAll('\n', '\r\n')).length, 17)
})
