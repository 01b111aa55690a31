import t from 'tap'
import { unpackInput } from '../../src/db/packedForecast.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import type { ExpansionAsk } from '../../src/domain/expansion/ask.ts'
import type { ScenarioChange } from '../../src/domain/forecast/changes.ts'
import { forecast } from '../../src/domain/forecast/compare.ts'
import { prepare } from '../../src/domain/forecast/forecast.ts'
import { forecastTasks } from '../../src/jobs/forecast.ts'
import { startQueue } from '../../src/jobs/queue.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { expansionOf } from '../support/expansion.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const app = await testApp(t)
const { urls, owner, signedInAs } = app
const given = fixturesOf(app)
const UNTIL = '2027-03-01'

// Two houses, five places, somebody in three of them, and people who wait.
for (const district of [ALNA, GRUNERLOKKA]) {
  const house = await given.facility({ district_code: district, serves: 'own_district' })
  for (const label of ['1', '2']) {
    const place = await given.place(house, { label, form: 'colocated_24h' })
    const person = await given.resident(district, { number: null })
    if (label === '1') await given.livesIn(person, place)
    await given.need(person, { forms: ['colocated_24h', 'municipal'] })
  }
}
await owner.query("update place set open_during = daterange('2020-01-01', '2027-01-01') where label = '2'")
// that of Alna is only said to be possible
await owner.query(
  `insert into capacity_change (place_id, kind, certainty) select p.id, 'closing', 'possible' from place p
   join facility f on f.id = p.facility_id where p.label = '2' and f.district_code = $1`,
  [ALNA],
)

const planner = await signedInAs({ role: 'planner' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA] })
const officer = await signedInAs({ role: 'housing_officer', districts: [SAGENE] })

interface Forecast {
  id: string
  status: string
  mine: boolean
  error: string | null
  assumptions: { forms: { form: string }[] } | null
}
interface Series {
  points: string[]
  series: { measure: string; district: string | null; form: string; p10: number[]; p50: number[]; p90: number[] }[]
}

const madeOf = (client: Client, id: string) => ended<Forecast>(client, `/forecasts/${id}`)

const fround = (values: readonly (number | null)[]) => values.map((value) => value && Math.fround(value))

const ask = async (body: object) =>
  (await planner.post('/forecasts', { until: UNTIL, runs: 100, ...body })).json<Forecast>()

t.test('what cannot be forecast is refused, each with its sentence, and nothing is begun', async (t) => {
  const open = { kind: 'open_places', from: '2026-12-01', district: ALNA, form: 'colocated_24h', places: 2 }
  const rows: [object, string, string][] = [
    [{ until: '2026-08-31' }, '/until', 'Dagen må være etter i dag.'],
    [
      { until: '2076-09-01' },
      '/until',
      `En framskriving kan gå høyst 10 år fram. Velg en dag til og med ${addDays(TODAY as Day, 3653)}.`,
    ],
    [{ runs: 50 }, '/runs', 'Velg minst 100 kjøringer.'],
    [{ changes: [{ ...open, from: '2026-08-31' }] }, '/changes/0/from', 'Dagen er passert. Velg en dag fra i dag av.'],
    [
      { changes: [open, { kind: 'arrivals', from: '2026-12-01', factor: -0.5 }] },
      '/changes/1/factor',
      'Tallet kan ikke være negativt.',
    ],
    [
      { changes: [{ ...open, kind: 'close_places', places: 30 }] },
      '/changes/0/places',
      'Det finnes bare 1 plass å legge ned fra denne dagen av.',
    ],
    [
      {
        changes: [
          { ...open, kind: 'close_places', places: 30 },
          { kind: 'without_possible', from: '2026-12-01' },
        ],
      },
      '/changes/0/places',
      'Det finnes bare 2 plasser å legge ned fra denne dagen av.',
    ],
    [{ changes: [{ ...open, district: '030199' }] }, '/changes/0/district', 'Bydelen finnes ikke.'],
  ]
  for (const [body, pointer, detail] of rows) {
    const answer = await planner.post('/forecasts', { until: UNTIL, ...body })
    t.equal(answer.statusCode, 422)
    t.match(answer.json(), { errors: [{ pointer, detail }] }, detail)
  }
  t.equal((await owner.query('select from forecast')).rows.length, 0)
})

t.test('nobody fills the queue alone, and a forecast that waits can be cancelled', async (t) => {
  const asked = await Promise.all(
    Array.from({ length: 12 }, () => planner.post('/forecasts', { until: UNTIL, runs: 100 })),
  )
  const codes = asked.map(({ statusCode }) => statusCode)
  t.same(codes.toSorted(), [...new Array(5).fill(202), ...new Array(7).fill(409)])
  const refused = asked.find(({ statusCode }) => statusCode === 409)
  t.match(refused?.json(), { code: 'too_many_unfinished', detail: /Du har 5 framskrivinger/ })
  const ids = asked.filter(({ statusCode }) => statusCode === 202).map((answer) => answer.json<Forecast>().id)
  const other = await signedInAs({ role: 'planner' })
  t.equal((await other.post(`/forecasts/${ids[0]}/cancellation`)).statusCode, 403)
  t.equal((await manager.post(`/forecasts/${ids[0]}/cancellation`)).statusCode, 403)
  for (const id of ids) t.equal((await planner.post(`/forecasts/${id}/cancellation`)).statusCode, 200)
  t.match((await planner.get(`/forecasts/${ids[0]}`)).json<Forecast>(), { status: 'cancelled' })
})

t.test('two workers share what is asked for, and whoever makes it makes the same', async (t) => {
  // one that was asked for when there was more to close than there is
  const close = { kind: 'close_places', from: '2026-12-01', district: ALNA, form: 'colocated_24h', places: 1 }
  const { id: tooMany } = await ask({ changes: [close] })
  const changes = JSON.stringify([{ ...close, places: 3 }])
  await owner.query('update forecast set changes = $2 where id = $1', [tooMany, changes])
  const queue = await startWorking(app)
  const second = await startQueue(
    { url: urls.jobUrl },
    (pool) => [forecastTasks(pool, { url: urls.jobUrl }, TODAY, { threads: 2 })],
    () => {},
  )
  try {
    const asked = await Promise.all([1, 2, 3, 4].map(() => ask({ seed: 7 })))
    const made = await Promise.all(asked.map(({ id }) => madeOf(planner, id)))
    for (const one of made) t.match(one, { status: 'completed', mine: true, error: null })
    const all = await Promise.all(
      made.map(async ({ id }) => (await manager.get(`/forecasts/${id}/series`)).json<Series>()),
    )
    for (const other of all) t.same(other, all[0], 'whichever worker it was, and however many threads it had')
    t.equal(all[0]?.points[0], TODAY)
    t.equal(all[0]?.points.at(-1), UNTIL)
    const queued = all[0]?.series.find((s) => s.measure === 'queue' && s.district === null && s.form === 'all')
    t.equal(queued?.p50[0], 4, 'today is known')
    t.ok(made[0]?.assumptions?.forms.some(({ form }) => form === 'colocated_24h'))

    const [first = { id: '' }] = made
    const own = (
      await manager.get(`/forecasts/${first.id}/series?district=${ALNA}&measure=occupied&form=all`)
    ).json<Series>()
    t.match(own.series, [{ district: ALNA, measure: 'occupied', form: 'all' }])
    t.equal(own.series.length, 1)
    t.equal((await officer.get(`/forecasts/${first.id}`)).statusCode, 403)
    t.equal((await manager.post('/forecasts', {})).statusCode, 403)

    const stored = await owner.query<{ input: Buffer }>('select input from forecast where id = $1', [first.id])
    const input = unpackInput(stored.rows[0]?.input ?? Buffer.alloc(0))
    t.notMatch(JSON.stringify(input), /[0-9a-f]{8}-[0-9a-f]{4}/, 'no id of anything is kept')
    const again = forecast(prepare(input, { today: TODAY as Day, until: UNTIL as Day }), 7, 100)
    // what is stored has 32 bits
    const stored32 = (table: Series['series']) =>
      table
        .map((row) => [row.measure, row.district, row.form, ...[row.p10, row.p50, row.p90].map(fround)].join(' '))
        .toSorted()
    t.same(stored32(all[0]?.series ?? []), stored32(again as Series['series']), 'what was kept gives the same again')

    const opens: ScenarioChange[] = [
      { kind: 'open_places', from: '2026-11-01' as Day, district: ALNA, form: 'colocated_24h', places: 3 },
    ]
    const scenario = await madeOf(planner, (await ask({ seed: 7, changes: opens })).id)
    const numbers = (
      await planner.get(`/forecasts/${scenario.id}/series?measure=occupied&form=all&district=city`)
    ).json<Series>()
    const before = all[0]?.series.find((s) => s.measure === 'occupied' && s.district === null && s.form === 'all')
    // in most runs those who wait take something else first: the upper tenth shows that the new places can be lived in
    t.ok((numbers.series[0]?.p90.at(-1) ?? 0) > (before?.p90.at(-1) ?? 0), 'more places are lived in')

    t.match(await madeOf(planner, tooMany), {
      status: 'failed',
      error: /«Fra 1\. desember 2026 legges 3 plasser ned i .*» Det finnes bare 1 plass/,
    })

    const running = await ask({ runs: 5000, until: '2036-08-01' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await planner.post(`/forecasts/${running.id}/cancellation`)
    t.match(await madeOf(planner, running.id), { status: 'cancelled', error: 'Framskrivingen ble avbrutt.' })
  } finally {
    await second.stop()
    await queue.stop()
  }
})

t.test(
  'what must be built: asked, followed, checked, kept with what it was made from, and given as files',
  async (t) => {
    const queue = await startWorking(app)
    try {
      for (const [body, pointer, code] of [
        [{ by: '2026-08-31' }, '/by', 'day_in_the_past'],
        [{ by: '2076-09-01' }, '/by', 'too_far'],
        [{ perDistrictYear: -1 }, '/perDistrictYear', 'negative'],
        [{ forms: [{ form: 'slott' }] }, '/forms/0/form', 'unknown'],
        [{ forms: [{ form: 'municipal', costPerPlace: -5 }] }, '/forms/0/costPerPlace', 'negative'],
        [{ limits: [{ district: '030199', most: 2 }] }, '/limits/0/district', 'unknown'],
      ] as const) {
        const refused = await planner.post('/expansion-plans', body)
        t.equal(refused.statusCode, 422)
        t.match(refused.json(), { errors: [{ pointer, code }] }, pointer)
      }
      t.equal((await manager.post('/expansion-plans', {})).statusCode, 403)
      t.equal((await officer.get('/expansion-plans')).statusCode, 403)

      const body = { by: '2027-10-01', level: 0, perDistrictYear: 3, runs: 50, forms: [{ form: 'colocated_24h' }] }
      const asked = (await planner.post('/expansion-plans', body)).json<Plan>()
      t.match(asked, {
        status: 'queued',
        mine: true,
        answer: null,
        by: '2027-10-01',
        forms: [{ costPerPlace: 4_500_000 }],
      })
      const made = await planMade(asked.id)
      t.match(made, { status: 'completed', error: null })
      const { answer } = made
      if (answer === null) throw new Error('no answer')
      const built = answer.openings.reduce((sum, { places }) => sum + places, 0)
      t.equal(answer.places, built)
      t.equal(answer.cost, built * 4_500_000)
      for (const { district, places } of answer.districts)
        t.ok(places <= 3, `${district} keeps to its limit in the only year`)
      t.equal(
        answer.met,
        answer.districts.every(({ after }) => after === 0),
      )
      for (const { after, binding } of answer.districts) t.equal(binding === null, after === 0, 'what binds is said')
      t.equal(answer.hangsOn.length, 8)
      t.ok(answer.check.sentences.length >= 5)

      const csv = await app.app.inject({
        url: `/api/v1/expansion-plans/${asked.id}`,
        headers: { accept: 'text/csv', cookie: `boligtrapp_session=${manager.cookie}` },
      })
      t.equal(csv.statusCode, 200)
      const lines = csv.body.trim().split('\r\n')
      t.equal(lines.length, 1 + answer.openings.length + answer.districts.length + 8)

      const { rows } = await owner.query<{ input: Buffer; ask: ExpansionAsk; answer: unknown }>(
        'select input, ask, answer from expansion_plan where id = $1',
        [asked.id],
      )
      const [{ input, ask, answer: stored } = { input: Buffer.alloc(0), ask: null, answer: null }] = rows
      if (ask === null) throw new Error('nothing is kept')
      const again = await expansionOf(unpackInput(input), ask, TODAY as Day).answer()
      t.same(JSON.parse(JSON.stringify(again)), stored, 'what was kept gives the same again')

      const other = await planMade((await planner.post('/expansion-plans', { ...body, level: 50 })).json<Plan>().id)
      t.match(other.answer, { met: true, places: 0 }, 'nothing is built where nobody lacks more than the level')

      const cancelled = (await planner.post('/expansion-plans', { runs: 500 })).json<Plan>()
      t.equal((await planner.post(`/expansion-plans/${cancelled.id}/cancellation`)).statusCode, 200)
      t.match(await planMade(cancelled.id), { status: 'cancelled' })
    } finally {
      await queue.stop()
    }
  },
)

interface Plan {
  id: string
  status: string
  answer: {
    met: boolean
    places: number
    cost: number
    openings: { places: number }[]
    districts: { district: string; after: number; places: number; binding: object | null }[]
    hangsOn: object[]
    check: { sentences: string[] }
  } | null
}

const planMade = (id: string) => ended<Plan>(planner, `/expansion-plans/${id}`)
