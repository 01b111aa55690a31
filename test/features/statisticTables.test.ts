import t from 'tap'
import { readCsv } from '../../src/features/imports/csv.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA } from '../support/fixtures.ts'

const CSV = 'text/csv'
const JSON_STAT = 'application/vnd.json-stat+json'

const { app, owner, anonymous, signedInAs } = await testApp(t)
const planner = await signedInAs({ role: 'planner' })
const administrator = await signedInAs({ role: 'administrator' })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })

const asked = (path: string, accept: string) => app.inject({ url: `/api/v1${path}`, headers: { accept } })
const send = (client: Client, body: string, type = CSV, mode = 'all_or_nothing') =>
  app.inject({
    method: 'POST',
    url: `/api/v1/imports?mode=${mode}&kind=statistics`,
    headers: { 'content-type': type, cookie: `boligtrapp_session=${client.cookie}` },
    payload: body,
  })
interface Report {
  id: string
  written: boolean
  counts: Record<string, number>
  badRows: { row: number; errors: { column: string; code: string }[] }[]
  rejected: string | null
}
interface Body {
  items: {
    area: string
    year: number
    figures: {
      series: string
      value: number | null
      revision: number
      earlier: { revision: number; value: number | null }[]
    }[]
  }[]
  notes: string[]
}
const table = async (id: string) => (await anonymous.get(`/statistics/tables/${id}`)).json<Body>()
const figure = (body: Body, series: string, area: string, year = 2024) =>
  body.items.find((row) => row.area === area && row.year === year)?.figures.find((one) => one.series === series)
async function lines(body: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of readCsv(Buffer.from(body))) for (const { cells } of batch) rows.push(cells)
  return rows
}

t.test('the tables are there for everybody, in every form', async (t) => {
  const listed = (await anonymous.get('/statistics/tables')).json<{ items: { id: string }[] }>().items
  t.same(
    listed.map(({ id }) => id),
    ['hel008', 'russtatistikk', 'brukerplan'],
  )
  t.equal((await anonymous.get('/statistics/tables/other')).statusCode, 400)
  const [heading, ...rows] = await lines((await asked('/statistics/tables/hel008', CSV)).body)
  t.same(heading?.slice(0, 5), ['Område', 'Navn på området', 'År', 'I alt', 'Eldre og mennesker med demenssykdom'])
  t.equal(rows.length, 16)
  t.same(rows.find(([area]) => area === '030110')?.slice(0, 8), [
    '030110',
    'Grorud',
    '2024',
    '211',
    '112',
    '47',
    '52',
    '0',
  ])
  const unknown = await lines((await asked('/statistics/tables/russtatistikk', CSV)).body)
  t.same(unknown.find(([area]) => area === '030103')?.slice(3, 8), ['..', '..', '..', '..', '..'], 'unknown, and not 0')
  t.same(
    (await lines((await asked('/statistics/tables/brukerplan', CSV)).body)).slice(1).map((row) => row.slice(0, 6)),
    [
      ['030112', 'Alna', '2019', '554', '348', '206'],
      ['030114', 'Nordstrand', '2019', '', '', '145'],
    ],
  )
})

t.test('as JSON-stat 2 with areas, years and groups as PxWeb has them', async (t) => {
  const cube = (await asked('/statistics/tables/russtatistikk', JSON_STAT)).json<{
    id: string[]
    size: number[]
    role: object
    value: (number | null)[]
    status: Record<string, string>
    dimension: Record<string, { category: { index: string[] } }>
  }>()
  t.same(cube.id, ['Region', 'Tid', 'ContentsCode'])
  t.same(cube.size, [16, 1, 5])
  t.same(cube.role, { time: ['Tid'], geo: ['Region'], metric: ['ContentsCode'] })
  const at = (area: string, series: number) => (cube.dimension.Region?.category.index.indexOf(area) ?? -1) * 5 + series
  t.equal(cube.value[at('030112', 1)], 9.4)
  t.equal(cube.value[at('030103', 0)], null)
  t.equal(cube.status[String(at('030103', 0))], '..')
  t.equal(cube.value.length, 80)
  t.equal(
    Object.keys(cube.status).length,
    cube.value.filter((value) => value === null).length,
    'each is said to be unknown',
  )
})

t.test('what is given out is taken in again, and changes nothing', async (t) => {
  for (const id of ['hel008', 'russtatistikk', 'brukerplan']) {
    for (const type of [CSV, JSON_STAT]) {
      const report = (await send(planner, (await asked(`/statistics/tables/${id}`, type)).body, type)).json<Report>()
      t.match(report, { written: true, counts: { new: 0, changed: 0, bad: 0 } }, `${id} ${type}`)
      t.ok((report.counts.unchanged ?? 0) > 0)
    }
  }
})

t.test('a revised table keeps the earlier revision, and says which is shown', async (t) => {
  const revised =
    'Bydel;År;I alt;Personer med psykiske lidelser;Kilde\nGrorud;2024;211;21;HEL008 rettet\nAlna;2024;252;77;HEL008 rettet\nAlna;2025;260;80;HEL008\n'
  t.match((await send(planner, revised, CSV, 'dry_run')).json(), {
    written: false,
    counts: { rows: 3, new: 1, changed: 1, unchanged: 1 },
  })
  t.match(
    figure(await table('hel008'), 'care_housing_mental_health', '030110'),
    { value: 0, revision: 1 },
    'tried only',
  )
  t.match((await send(planner, revised)).json(), {
    written: true,
    counts: { rows: 3, new: 1, changed: 1, unchanged: 1, bad: 0 },
  })
  const after = await table('hel008')
  t.match(figure(after, 'care_housing_mental_health', '030110'), {
    value: 21,
    revision: 2,
    source: 'HEL008 rettet',
    earlier: [{ revision: 1, value: 0 }],
  })
  t.match(figure(after, 'care_housing_total', '030112', 2025), { value: 260, revision: 1, earlier: [] })
  t.match(after.notes.join(' '), /den nyeste utgaven vist/)
  const csv = await lines((await asked('/statistics/tables/hel008', CSV)).body)
  t.match(csv.find(([area, , year]) => area === '030110' && year === '2024')?.slice(7), [
    '21',
    /revisjon 2, tatt inn .* Før: 0\./,
    '2',
  ])
  const shown = (await anonymous.get('/statistics?series=care_housing_mental_health&area=030110')).json()
  t.match(shown.items[0].values, [{ value: 21 }])
  t.match((await send(planner, revised)).json(), { counts: { new: 0, changed: 0, unchanged: 3 } }, 'the same again')
  const { rows } = await owner.query(
    `select revision, value::float, recorded_by = $1 as by_planner from statistic_value where series_id = 'care_housing_mental_health'
     and area = '030110' order by revision`,
    [planner.accountId],
  )
  t.same(rows, [
    { revision: 1, value: 0, by_planner: null },
    { revision: 2, value: 21, by_planner: true },
  ])
  await t.rejects(owner.query('update statistic_value set value = 1'), { code: '42501' }, 'nobody writes over one')
})

t.test('as the statistics bank exports it, as JSON-stat too', async (t) => {
  const bank =
    '"HEL008: Beboere med vedtak"\n"geografi";"brukergruppe";"2022";"2023"\n"030101 Bydel Gamle Oslo";"I alt";"270";"275"\n'
  t.match((await send(administrator, bank)).json(), { written: true, counts: { rows: 1, new: 1 } })
  t.match(figure(await table('hel008'), 'care_housing_total', '030101', 2023), { value: 275 })
  const cube = {
    version: '2.0',
    class: 'dataset',
    id: ['Tid', 'Region', 'BG'],
    size: [1, 1, 1],
    dimension: {
      Tid: { category: { index: ['2021'] } },
      Region: { category: { index: ['030101'], label: { '030101': 'Bydel Gamle Oslo' } } },
      BG: { category: { index: { '5': 0 }, label: { '5': 'Personer med psykiske lidelser' } } },
    },
    value: [48],
  }
  t.match((await send(administrator, JSON.stringify(cube), JSON_STAT)).json(), {
    written: true,
    counts: { rows: 1, new: 1 },
  })
  t.match(figure(await table('hel008'), 'care_housing_mental_health', '030101', 2021), { value: 48 })
})

t.test('bad rows are told and kept out, all or the good ones', async (t) => {
  const file = 'Bydel;År;I alt\nBergen;2020;1\nFrogner;2020;-1\nUllern;2020;136\n'
  const refused = (await send(planner, file)).json<Report>()
  t.match(refused, { written: false, counts: { rows: 3, new: 1, bad: 2 }, badRows: [{ row: 2 }, { row: 3 }] })
  t.equal(figure(await table('hel008'), 'care_housing_total', '030106', 2020), undefined)
  const taken = (await send(planner, file, CSV, 'accept_good')).json<Report>()
  t.equal(taken.written, true)
  t.match(figure(await table('hel008'), 'care_housing_total', '030106', 2020), { value: 136 })
  t.match((await planner.get(taken.rejected ?? '')).body, /"Feil";"Bydel"/)
  for (const [body, type] of [
    ['Navn;Adresse\na;b\n', CSV],
    ['', CSV],
    ['{"class":"dataset"}', JSON_STAT],
    ['{', JSON_STAT],
  ] as const)
    t.match((await send(planner, body, type)).json(), { code: 'import_unreadable' }, body)
})

t.test('only who may, and statistics alone come as JSON-stat', async (t) => {
  const file = 'Bydel;År;I alt\nUllern;2020;137\n'
  t.equal((await send(officer, file)).statusCode, 403)
  t.equal(
    (
      await app.inject({
        method: 'POST',
        url: '/api/v1/imports?mode=dry_run&kind=statistics',
        headers: { 'content-type': CSV },
        payload: file,
      })
    ).statusCode,
    401,
  )
  const places = await app.inject({
    method: 'POST',
    url: '/api/v1/imports?mode=dry_run&kind=places',
    headers: { 'content-type': JSON_STAT, cookie: `boligtrapp_session=${administrator.cookie}` },
    payload: '{}',
  })
  t.match(places.json(), { code: 'import_unreadable' })
})
