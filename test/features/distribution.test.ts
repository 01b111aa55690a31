import t from 'tap'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const planner = await app.signedInAs({ role: 'planner' })

interface Row {
  district: string
  districtName: string
  capacity: number | null
  perThousand: number | null
  index: number | null
  basedOn: string[]
  weightCovered: number
  without: string | null
  needShare: number | null
  expected: number | null
  over: number | null
}
interface Answer {
  year: number
  capacity: number
  capacityTitle: string
  city: { perThousand: number; capacity: number }
  items: Row[]
  indicators: { series: string; weight: number; leftOut: string | null }[]
  claim: { reading: string; says: string; source: string; figures: { perThousand: number }[] } | null
  cautions: string[]
}
const read = async (query = '', client: Client = planner) => (await client.get(`/distribution${query}`)).json<Answer>()
const named = ({ items }: Answer, name: string) => {
  const row = items.find(({ districtName }) => districtName === name)
  if (row === undefined) throw new Error(`${name} is missing`)
  return row
}
const rounded = (value: number | null | undefined) => (value == null ? value : Math.round(value * 100) / 100)

t.test('the real table of 2024: what the note claims of Groruddalen beside what the figures say', async (t) => {
  const answer = await read()
  t.equal(answer.year, 2024)
  t.equal(answer.items.length, 15)
  const of = Object.fromEntries(
    ['Grorud', 'Bjerke', 'Stovner', 'Alna'].map((name) => [name, rounded(named(answer, name).perThousand)]),
  )
  t.strictSame(of, { Grorud: 0, Bjerke: 0.94, Stovner: 1.48, Alna: 1.92 })
  t.equal(rounded(answer.city.perThousand), 1.16)
  t.match(answer.claim, { source: '004 under tabell 2', says: /Groruddalen/ })
  t.match(
    answer.claim?.reading,
    /Grorud 0, Bjerke 0,94, Stovner 1,48 og Alna 1,92\. Hele byen har 1,16\. To av de 4 ligger over byen \(Stovner og Alna\)\. .*mindre entydige enn teksten/,
  )
  t.match(answer.cautions[0], /Behovet er målt med tall for rus.*psykiske lidelser/)
  t.ok(
    answer.cautions.some((caution) => /^Grorud har 0\. .*ført på grupper/.test(caution)),
    'a zero may be classification',
  )
})

t.test('a district of which nothing can be read gets no index, and it is said', async (t) => {
  const answer = await read()
  const without = answer.items.filter(({ index }) => index === null).map(({ districtName }) => districtName)
  t.strictSame(without, ['Sagene', 'St. Hanshaugen', 'Nordre Aker', 'Stovner', 'Nordstrand', 'Søndre Nordstrand'])
  for (const name of without) {
    t.match(
      named(answer, name),
      { needShare: null, over: null, without: /kan leses for bydelen\. Den får ingen indeks/ },
      name,
    )
  }
  t.match(answer.cautions.at(-1), /^Sagene, .* er ikke sammenlignet\. Andelene gjelder de 9 bydelene/)
  t.match(
    answer.indicators.find(({ series }) => series === 'prison_admissions_rate')?.leftOut,
    /Tallet for byen kan ikke leses/,
    'nobody is compared by what the city’s own figure is missing of',
  )
})

t.test('who is over and under, by how many, and it adds up', async (t) => {
  const answer = await read()
  const compared = answer.items.filter(({ over }) => over !== null)
  t.equal(compared.length, 9)
  t.equal(
    compared.reduce((sum, { over }) => sum + (over ?? 0), 0),
    0,
  )
  t.equal(
    compared.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0),
    answer.capacity,
  )
  // Grorud by hand: VEL 2.0/2.1, doctor 9.7/9.0, TSB 11.6/10.1 of three that can be read
  t.equal(rounded(named(answer, 'Grorud').index), rounded((2.0 / 2.1 + 9.7 / 9.0 + 11.6 / 10.1) / 3))
  t.equal(named(answer, 'Grorud').over, -(named(answer, 'Grorud').expected ?? 0))
  t.equal(rounded(named(answer, 'Gamle Oslo').index), rounded((2.6 / 2.1 + 11 / 9 + 3.4 / 2.4 + 14.2 / 10.1) / 4))
})

t.test('other weights give another index, and are shown', async (t) => {
  const answer = await read('?weights=tsb_patients_rate:2,gp_consultation_patients_rate:1')
  t.same(
    answer.indicators.map(({ weight }) => weight),
    [0, 1, 0, 2, 0],
  )
  t.equal(rounded(named(answer, 'Alna').index), rounded((9.4 / 9 + 2 * (10.2 / 10.1)) / 3))
  t.match(named(answer, 'Ullern'), { basedOn: ['gp_consultation_patients_rate'] })
  t.equal(rounded(named(answer, 'Ullern').weightCovered), 0.33)
  for (const wrong of [
    'tsb_patients_rate',
    'tsb_patients_rate:11',
    'tsb_patients_rate:-1',
    'x:1',
    'tsb_patients_rate:0',
    'tsb_patients_rate:1,tsb_patients_rate:1',
    'tsb_patients_rate:1:1',
    'tsb_patients_rate:',
    'tsb_patients_rate:0.001',
    'constructor:1',
  ]) {
    const refused = await planner.get(`/distribution?weights=${wrong}`)
    t.equal(refused.statusCode, 400, wrong)
  }
})

t.test('of the register: available capacity by the district that the house lies in', async (t) => {
  const alna = await given.facility()
  for (let n = 0; n < 3; n += 1) await given.place(alna, { form: 'assisted' })
  await given.closed(await given.place(alna, { form: 'assisted' }), '[2026-08-01,2026-10-01)')
  await given.place(alna, { form: 'municipal' })
  const other = await given.facility({ district_code: GRUNERLOKKA })
  await given.place(other, { form: 'colocated_24h' })
  const answer = await read('?basis=registered')
  t.match(named(answer, 'Alna'), { capacity: 3 }, 'what is closed is no capacity')
  t.match(named(answer, 'Grünerløkka'), { capacity: 1 })
  t.match(named(answer, 'Bjerke'), { capacity: 0 })
  t.equal(answer.city.capacity, 4)
  t.equal(answer.claim, null, 'the note is about the published table')
  t.match(answer.capacityTitle, /samlokalisert/)
  t.match(named(await read('?basis=registered&form=municipal'), 'Alna'), { capacity: 1 })
  t.equal((await planner.get('/distribution?basis=registered&form=no_home')).statusCode, 400)
  t.equal(
    (await read('?year=2019')).items.every(({ index }) => index === null),
    true,
    'nothing is known of another year',
  )
})

t.test('a revised figure counts, and the claim follows it', async (t) => {
  await owner.query(
    `insert into statistic_value (series_id, area, year, revision, value, precision, status, source, provenance)
     values ('care_housing_mental_health', '030110', 2024, 2, 40, 'exact', 'read', 'rettet', '{}')`,
  )
  const answer = await read()
  t.equal(named(answer, 'Grorud').capacity, 40)
  t.match(answer.claim?.reading, /Tre av de 4 ligger over byen/)
  t.notOk(answer.cautions.some((caution) => caution.includes('har 0.')))
})

t.test('every role that is signed in reads it, in every form', async (t) => {
  t.equal((await app.anonymous.get('/distribution')).statusCode, 401)
  const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  t.equal((await read('', officer)).items.length, 15)
  const asked = (accept: string) =>
    app.app.inject({ url: '/api/v1/distribution', headers: { accept, cookie: `boligtrapp_session=${planner.cookie}` } })
  const csv = await asked('text/csv')
  t.match(csv.body.split('\r\n')[0], /"Bydel";"Voksne";"Boliger"/)
  t.equal(csv.body.trim().split('\r\n').length, 16)
  const cube = (await asked('application/vnd.json-stat+json')).json<{ size: number[]; note: string[] }>()
  t.same(cube.size, [1, 15, 9])
  t.ok(
    cube.note.some((line) => /TSB.*vekt 1/.test(line)),
    'with the weights',
  )
  t.ok((await asked('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).rawPayload.length > 1000)
})
