import { readFileSync } from 'node:fs'
import t from 'tap'
import { testApp } from '../support/app.ts'

interface Value {
  area: string
  areaName: string
  year: number
  value: number | null
  status: string
  reason: string | null
  source: string
}
interface Series {
  id: string
  subject: string | null
  measure: string
  scale: string | null
  values: Value[]
}

const { owner, anonymous } = await testApp(t)
const answer = (await anonymous.get('/statistics')).json() as { items: Series[]; synthetic: boolean }
const seriesOf = (id: string) => answer.items.find((series) => series.id === id)?.values ?? []

t.test('every published figure is returned, and none is the demo’s', async (t) => {
  t.equal(answer.synthetic, false)
  const { rows } = await owner.query<{ n: string }>('select count(*) as n from statistic_value')
  t.equal(answer.items.flatMap(({ values }) => values).length, Number(rows[0]?.n))
  for (const { source, areaName } of answer.items.flatMap(({ values }) => values)) {
    t.ok(source.length > 0)
    t.notMatch(areaName, /^0301/, 'areas have names')
  }
})

t.test('the unknown stays null with its reason, and zero stays zero', async (t) => {
  const all = answer.items.flatMap(({ values }) => values)
  const unknown = all.filter(({ value }) => value === null)
  t.ok(unknown.length > 10)
  for (const { status, reason } of unknown) {
    t.equal(status, 'unknown')
    t.match(reason, /./)
  }
  t.ok(all.every(({ value, status }) => status !== 'unknown' || value === null))
  t.equal(seriesOf('care_housing_mental_health').find(({ area }) => area === '030110')?.value, 0, 'Grorud has none')
})

t.test('people and homes, flows and stocks are never on one scale', async (t) => {
  const byScale = Map.groupBy(
    answer.items.filter(({ scale }) => scale !== null),
    ({ scale }) => scale,
  )
  for (const [scale, series] of byScale) {
    t.equal(new Set(series.map(({ subject, measure }) => `${subject} ${measure}`)).size, 1, `${scale}`)
  }
  t.ok(byScale.size > 3)
})

t.test('the sums of the care-housing table hold through the API', async (t) => {
  const groups = ['elderly_dementia', 'physical_disability', 'intellectual_disability', 'mental_health']
  const figure = (group: string, area: string) => {
    const value = seriesOf(`care_housing_${group}`).find((found) => found.area === area)?.value
    if (value == null) throw new Error(`${group} of ${area} is missing`)
    return value
  }
  const table = readFileSync(
    new URL('../../src/reference/data/care_housing_residents_2024.csv', import.meta.url),
    'utf8',
  )
  const lines = table.trim().split('\n').slice(1)
  for (const line of lines) {
    const [area = '', total, ...parts] = line.split(',')
    t.equal(figure('total', area), Number(total), `${area}: as printed`)
    groups.forEach((group, i) => {
      t.equal(figure(group, area), Number(parts[i]), `${area}: ${group}`)
    })
    const sum = groups.reduce((all, group) => all + figure(group, area), 0)
    t.equal(sum, figure('total', area), `${area}: the groups make the total`)
  }
  const districts = lines.map((line) => line.split(',')[0] ?? '').filter((area) => area !== '0301')
  t.equal(districts.length, 15)
  for (const group of ['total', ...groups]) {
    const sum = districts.reduce((all, area) => all + figure(group, area), 0)
    t.equal(sum, figure(group, '0301'), `${group}: the districts make the city`)
  }
})

t.test('one series, one area, and the newest revision', async (t) => {
  const one = (await anonymous.get('/statistics?series=care_housing_total&area=030112')).json()
  t.match(one.items, [{ id: 'care_housing_total', values: [{ areaName: 'Alna', value: 252 }] }])
  t.equal(one.items[0].values.length, 1)
  t.strictSame((await anonymous.get('/statistics?series=nothing')).json().items, [])
  for (const query of ['area=Alna', 'area=0301123', 'series=a%27b']) {
    t.equal((await anonymous.get(`/statistics?${query}`)).statusCode, 400, query)
  }
  await owner.query(
    `insert into statistic_value (series_id, area, year, revision, value, precision, status, source, provenance)
     values ('care_housing_total', '030112', 2024, 2, 253, 'exact', 'read', 'rettet', '{}')`,
  )
  const revised = (await anonymous.get('/statistics?series=care_housing_total&area=030112')).json()
  t.match(revised.items[0].values, [{ value: 253, source: 'rettet' }])
  t.equal(revised.items[0].values.length, 1, 'in place of the old one')
})
