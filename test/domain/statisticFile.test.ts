import fc from 'fast-check'
import t from 'tap'
import { rowsOfCube } from '../../src/domain/statisticCube.ts'
import {
  areaNamed,
  figureIn,
  figureKey,
  type Observation,
  readStatisticRows,
  revisionsOf,
  seriesNamed,
} from '../../src/domain/statisticFile.ts'
import { DISTRICTS } from '../../src/reference/districts.ts'
import { STATISTIC_TABLES } from '../../src/reference/statisticTables.ts'

const AREAS = DISTRICTS.map(({ code, name }) => ({ id: code, name }))
const rows = (...lines: string[]) => lines.map((line, at) => ({ number: at + 1, cells: line.split(';') }))
const read = (...lines: string[]) => readStatisticRows(rows(...lines), AREAS)
const told = (found: Observation[] | undefined) =>
  found?.map(({ series, area, year, value }) => [series, area, year, value])

t.test('no two series of the tables share a name', async (t) => {
  const names = STATISTIC_TABLES.flatMap(({ series }) => series.map(({ label }) => label))
  t.equal(new Set(names.map((name) => seriesNamed(name))).size, names.length)
})

t.test('areas by code, by name, or by both', async (t) => {
  for (const [text, area] of [
    ['030110', '030110'],
    ['Grorud', '030110'],
    ['Bydel Grorud', '030110'],
    ['030110 Bydel Grorud', '030110'],
    ['St.Hanshaugen', '030104'],
    ['Bydel St. Hanshaugen', '030104'],
    ['SØNDRE NORDSTRAND', '030115'],
    ['Oslo i alt', '0301'],
    ['0301 Oslo', '0301'],
    ['Sentrum, Marka og uoppgitt', '0301xx'],
    ['0301xx', '0301xx'],
  ] as const)
    t.equal(areaNamed(text, AREAS), area, text)
  for (const text of ['', 'Bergen', '030199', '030110 Bydel Alna', '0301100', 'Bydel'])
    t.equal(areaNamed(text, AREAS), undefined, text)
})

t.test('a column for each group, as the table in the note', async (t) => {
  const file = read('Bydel;År;I alt;Personer med psykiske lidelser', 'Grorud;2025;215;4', 'Alna;2025;1 252;..')
  t.same(told(file?.observations), [
    ['care_housing_total', '030110', 2025, 215],
    ['care_housing_mental_health', '030110', 2025, 4],
    ['care_housing_total', '030112', 2025, 1252],
    ['care_housing_mental_health', '030112', 2025, null],
  ])
  t.same(file?.errors, [])
})

t.test('a column for each year under a title, as the statistics bank exports it', async (t) => {
  const file = read(
    'HEL008: Beboere med vedtak om bolig;;;',
    'geografi;brukergruppe;2023;2024',
    '030110 Bydel Grorud;Funksjonshemmede;44;47',
    'Oslo i alt;I alt;3 100;3150',
  )
  t.same(told(file?.observations), [
    ['care_housing_physical_disability', '030110', 2023, 44],
    ['care_housing_physical_disability', '030110', 2024, 47],
    ['care_housing_total', '0301', 2023, 3100],
    ['care_housing_total', '0301', 2024, 3150],
  ])
})

t.test('one figure a row, with its source', async (t) => {
  const file = read(
    'Område;År;Serie;Verdi;Kilde',
    'Alna;2024;tsb_patients_rate;10,2;Rapport 2026',
    'Alna;2024;Pasienter i LAR;;',
  )
  t.match(file?.observations, [{ series: 'tsb_patients_rate', value: 10.2, source: 'Rapport 2026' }])
  t.equal(file?.observations.length, 1, 'an empty cell says nothing')
})

t.test('what is wrong is told by row and column, and quotes nothing', async (t) => {
  const file = read(
    'Bydel;År;I alt',
    'Bergen;2024;1',
    'Alna;24;1',
    'Alna;2024;-1',
    'Alna;2024;1,5',
    'Grorud;;7',
    'Frogner;2024;3',
  )
  t.same(
    file?.errors.map(({ row, column, code }) => [row, column, code]),
    [
      [2, 'Bydel', 'unknown_area'],
      [3, 'År', 'invalid_year'],
      [4, 'I alt', 'invalid_number'],
      [5, 'I alt', 'not_whole'],
      [6, 'I alt', 'incomplete'],
    ],
  )
  t.same(told(file?.observations), [['care_housing_total', '030105', 2024, 3]])
  t.match(read('Bydel;År;I alt;Ukjent gruppe', 'Alna;2024;1;2')?.errors, [
    { row: 1, column: 'Ukjent gruppe', code: 'unknown_column' },
  ])
  t.equal(read('Navn;Adresse', 'a;b'), undefined, 'no such file')
  const twice = read('Bydel;År;I alt', 'Alna;2024;1', 'Alna;2024;2', 'Grorud;2024;5', 'Grorud;2024;5')
  t.match(twice?.errors, [{ row: 3, code: 'contradiction' }])
  t.same(told(twice?.observations), [['care_housing_total', '030110', 2024, 5]], 'alike is told once')
})

t.test('figures as tables write them', async (t) => {
  const people = (text: string) => figureIn(text, 'care_housing_total')
  t.same(people('1 252'), { value: 1252 })
  t.same(people('1\u00a0252'), { value: 1252 })
  t.same(people('..'), { value: null })
  t.same(figureIn('0,5', 'lar_patients_rate'), { value: 0.5 })
  for (const text of ['-', 'x', '1e3', '=1+1', '1.252.000', '0x10', 'NaN'])
    t.match(people(text), { code: 'invalid_number' }, text)
})

t.test('a revision is added, and what is alike is left alone', async () => {
  const figure = fc.record({
    row: fc.nat(50),
    series: fc.constantFrom('care_housing_total' as const, 'lar_patients_rate' as const),
    area: fc.constantFrom('030101', '030110', '0301'),
    year: fc.integer({ min: 2020, max: 2024 }),
    value: fc.option(fc.nat(5), { nil: null }),
    source: fc.constant(null),
    reason: fc.constant(null),
  })
  const figures = fc.uniqueArray(figure, { selector: figureKey })
  fc.assert(
    fc.property(figures, figures, (first, second) => {
      const known = new Map<string, { revision: number; value: number | null }>()
      const take = (file: readonly Observation[]) => {
        const found = revisionsOf(file, known)
        if (found.added.length + found.changed.length + found.unchanged.length !== file.length) throw new Error('lost')
        for (const one of [...found.added, ...found.changed]) {
          const before = known.get(figureKey(one))
          if (one.revision !== (before?.revision ?? 0) + 1) throw new Error('a revision is skipped or written over')
          if (before !== undefined && before.value === one.value) throw new Error('revised without a difference')
          known.set(figureKey(one), one)
        }
        return found
      }
      take(first)
      take(second)
      const again = take(second)
      if (again.added.length + again.changed.length > 0) throw new Error('the same file again changes something')
    }),
  )
})

const cube = {
  version: '2.0',
  class: 'dataset',
  id: ['Region', 'kjonn', 'ContentsCode', 'Tid'],
  size: [2, 1, 2, 1],
  dimension: {
    Region: { category: { index: { '030110': 1, '0301': 0 }, label: { '0301': 'Oslo', '030110': 'Grorud' } } },
    kjonn: { category: { label: { '0': 'Begge' } } },
    ContentsCode: { category: { index: ['a', 'b'], label: { a: 'I alt', b: 'Personer med psykiske lidelser' } } },
    Tid: { category: { index: ['2024'] } },
  },
  value: { '0': 3150, '1': 686, '2': 211 },
  status: { '3': '..' },
}

t.test('a cube of JSON-stat as the same rows', async (t) => {
  const found = readStatisticRows(rowsOfCube(cube, AREAS) ?? [], AREAS)
  t.same(told(found?.observations), [
    ['care_housing_total', '0301', 2024, 3150],
    ['care_housing_mental_health', '0301', 2024, 686],
    ['care_housing_total', '030110', 2024, 211],
    ['care_housing_mental_health', '030110', 2024, null],
  ])
  const unmarked = rowsOfCube({ ...cube, status: undefined }, AREAS)
  t.equal(readStatisticRows(unmarked ?? [], AREAS)?.observations.length, 3, 'no value and no mark says nothing')
})

t.test('what is no such cube is none', async (t) => {
  const { dimension } = cube
  for (const [why, body] of [
    ['no object', null],
    ['a text', 'x'],
    ['another class', { ...cube, class: 'collection' }],
    ['too few values', { ...cube, value: [1, 2, 3] }],
    ['a text for a value', { ...cube, value: ['1', 2, 3, 4] }],
    ['sizes that are not its', { ...cube, size: [2, 1, 2, 2] }],
    [
      'an unknown dimension of two',
      { ...cube, size: [2, 2, 2, 1], dimension: { ...dimension, kjonn: { category: { index: ['1', '2'] } } } },
    ],
    [
      'a group that we do not keep',
      {
        ...cube,
        dimension: {
          ...dimension,
          ContentsCode: { category: { index: ['a', 'b'], label: { a: 'I alt', b: 'Andre' } } },
        },
      },
    ],
    [
      'an index with a hole',
      { ...cube, dimension: { ...dimension, Region: { category: { index: { '0301': 0, '030110': 5 } } } } },
    ],
    ['no years', { ...cube, dimension: { ...dimension, Tid: { category: { index: ['i fjor'] } } } }],
  ] as const)
    t.equal(rowsOfCube(body, AREAS), undefined, why)
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      rowsOfCube(value, AREAS)
      rowsOfCube({ ...cube, dimension: value }, AREAS)
      rowsOfCube({ ...cube, value }, AREAS)
    }),
  )
})
