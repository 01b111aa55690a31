import t from 'tap'
import type { StatisticSeries } from '../../../src/web/api/types.ts'
import { figureInWords, scalesOf } from '../../../src/web/pages/statistics/figures.ts'
import { revisionsInWords } from '../../../src/web/pages/statistics/revisions.ts'

type Value = StatisticSeries['values'][number]

const aValue = (changes: Partial<Value> = {}): Value => ({
  area: '0301',
  areaName: 'Oslo i alt',
  year: 2024,
  value: 1100,
  precision: 'exact',
  status: 'read',
  reason: null,
  source: 'kilde',
  ...changes,
})

const aSeries = (id: string, changes: Partial<StatisticSeries> = {}): StatisticSeries => ({
  id,
  title: id,
  unit: 'personer',
  subject: 'people',
  measure: 'stock',
  scale: 'people.stock',
  source: 'kilde',
  values: [aValue()],
  ...changes,
})

t.test('people and homes, stocks and flows never share a table', (t) => {
  const scales = scalesOf([
    aSeries('a'),
    aSeries('b', { subject: 'homes', scale: 'homes.stock' }),
    aSeries('c', { measure: 'flow', scale: 'people.flow' }),
    aSeries('d'),
  ])
  t.same(
    scales.map(({ title, tables }) => [title, tables.map((table) => table.series.map(({ id }) => id))]),
    [
      ['Personer på en dag', [['a', 'd']]],
      ['Boliger på en dag', [['b']]],
      ['Personer i løpet av et år', [['c']]],
    ],
  )
  t.end()
})

t.test('only series for the same areas and years, of one source, stand side by side', (t) => {
  const tables = scalesOf([
    aSeries('a'),
    aSeries('b', { values: [aValue({ year: 2025 })] }),
    aSeries('c', { source: 'en annen' }),
  ])[0]?.tables
  t.same(
    tables?.map((table) => table.series.map(({ id }) => id)),
    [['a'], ['b'], ['c']],
  )
  t.end()
})

t.test('what nobody knows what counts stands alone', (t) => {
  const scales = scalesOf([aSeries('a', { subject: null, scale: null })])
  t.equal(scales[0]?.title, 'Ukjent hva tallet teller')
  t.end()
})

t.test('a figure as it is read', (t) => {
  t.equal(figureInWords({ value: null, precision: 'exact' }), 'ukjent', 'unknown is not zero')
  t.equal(figureInWords({ value: 0, precision: 'exact' }), '0')
  t.equal(figureInWords({ value: 7.5, precision: 'about' }), 'om lag 7,5')
  t.match(figureInWords({ value: 1100, precision: 'more_than' }), /^over 1\s100$/)
  t.equal(figureInWords(undefined), '–')
  t.end()
})

t.test('a reason stands once below the table, however many figures have it', (t) => {
  const unknown = { value: null, reason: 'uleselig' }
  const values = [aValue(unknown), aValue({ ...unknown, area: '030112', areaName: 'Alna' }), aValue({ area: '030102' })]
  const table = scalesOf([aSeries('a', { values })])[0]?.tables[0]
  t.same(table?.notes, ['uleselig'])
  t.same(
    table?.rows.map(({ figures }) => figures[0]?.note),
    [1, 1, null],
  )
  t.equal(table?.rows[0]?.figures[0]?.text, 'ukjent')
  t.end()
})

t.test('what was revised is said with what stood before, the newest first', (t) => {
  const first = { revision: 1, value: 12, source: 'tabellen', recordedAt: '2026-01-10T09:00:00Z' }
  const figure = { series: 'a', value: 12, status: 'read' as const, reason: null, source: 'tabellen', earlier: [] }
  const table = (figures: Parameters<typeof revisionsInWords>[0]['items'][number]['figures']) => ({
    series: [{ id: 'a', label: 'I alt', unit: 'personer' }],
    items: [{ area: '030112', areaName: 'Alna', year: 2024, figures }],
  })
  t.strictSame(revisionsInWords(table([{ ...figure, revision: 1, recordedAt: first.recordedAt }])), {
    read: 'Lest inn 10. januar 2026. Ingenting er rettet siden.',
    changes: [],
  })
  const revised = { ...figure, value: null, revision: 3, source: 'ny tabell', recordedAt: '2026-06-02T09:00:00Z' }
  const between = { ...first, revision: 2, value: 14, recordedAt: '2026-03-01T09:00:00Z' }
  t.strictSame(revisionsInWords(table([{ ...revised, earlier: [between, first] }])), {
    read: 'Lest inn 10. januar 2026.',
    changes: [
      'Alna 2024, I alt: 14 ble rettet til ukjent 2. juni 2026. Kilde: ny tabell',
      'Alna 2024, I alt: 12 ble rettet til 14 1. mars 2026. Kilde: tabellen',
    ],
  })
  t.end()
})
