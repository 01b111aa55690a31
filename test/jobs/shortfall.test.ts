import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { cityCache } from '../../src/db/city.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { snapshotDue, takeSnapshots } from '../../src/db/shortfall.ts'
import { prepareQueue, startQueue } from '../../src/jobs/queue.ts'
import { shortfallWork } from '../../src/jobs/shortfall.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const app = await testApp(t)
const { owner, urls } = app
const given = fixturesOf(app)
const planner = await app.signedInAs({ role: 'planner' })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const facilityStaff = await app.signedInAs({ role: 'facility_staff' })
const jobs = openDatabase(openPool(urls.jobUrl, { max: 4 }))
t.teardown(() => jobs.destroy())
const take = (today: string) => takeSnapshots(jobs, cityCache(), today)

// Alna: four wait for two rooms, one of which is closed for the first half of August; Grünerløkka: one whom nothing fits
const house = await given.facility()
const rooms = [await given.place(house, { form: 'vel_care' }), await given.place(house, { form: 'vel_care' })]
await given.closed(rooms[0] ?? '', '[2026-07-01,2026-08-16)')
for (let n = 0; n < 4; n += 1) {
  await given.need(await given.resident(ALNA, { name: `Venter ${n}`, birth_date: '1980-05-17' }), {
    forms: ['vel_care'],
  })
}
await given.need(await given.resident(GRUNERLOKKA, { name: 'Umulig', birth_date: '1980-05-17' }), {
  forms: ['assisted'],
})

interface Row {
  day: string
  district?: string
  form?: string
  waiting: number
  free: number
  plain: number
  certified: number | null
  certifiedMissing: string | null
}
const series = async (client: Client, query = '') =>
  (await client.get(`/shortages/series${query}`)).json<{ items: Row[]; notes: string[] }>()

t.test('three instances look at once, and every day is kept once', async (t) => {
  t.same((await series(planner)).items, [], 'nothing before the first')
  t.equal(await snapshotDue(jobs, TODAY), true)
  const kept = await Promise.all([take(TODAY), take(TODAY), take(TODAY)])
  t.same(kept.map((days) => days.length).toSorted(), [0, 0, 31], 'one has kept them all')
  t.equal(await snapshotDue(jobs, TODAY), false)
  t.same(await take(TODAY), [], 'and once is enough')
})

t.test('plain beside certain, for the city and for a district by itself', async (t) => {
  const { items, notes } = await series(planner)
  t.equal(items.length, 31)
  t.match(items.at(-1), { day: TODAY, waiting: 5, free: 2, plain: 3, certified: 3, certifiedMissing: null })
  t.match(items[0], { day: '2026-08-02', waiting: 5, free: 1, plain: 4, certified: null })
  t.match(items[0]?.certifiedMissing, /ikke regnet ut før/)
  t.match(
    items.find(({ day }) => day === '2026-08-15'),
    { free: 1 },
  )
  t.match(
    items.find(({ day }) => day === '2026-08-16'),
    { free: 2 },
    'the closure is over',
  )
  t.match(notes[0], /Enkel differanse.*Sikker mangel/)
  t.match((await series(planner, `?district=${ALNA}`)).items.at(-1), { waiting: 4, free: 2, plain: 2, certified: 2 })
  t.match((await series(manager, `?district=${GRUNERLOKKA}`)).items.at(-1), { waiting: 1, free: 0, certified: 1 })
  const districts = (await series(planner, '?groupBy=district&from=2026-09-01')).items
  t.match(districts, [
    { district: GRUNERLOKKA, districtName: 'Grünerløkka', certified: 1 },
    { district: ALNA, plain: 2, certified: 2 },
  ])
  const forms = (await series(planner, '?groupBy=form&from=2026-09-01')).items
  t.match(forms, [
    { form: 'vel_care', formName: 'Omsorg', waiting: 4, free: 2, plain: 2, certified: null },
    { form: 'assisted', waiting: 1, certified: null },
  ])
  t.match(forms[0]?.certifiedMissing, /deles ikke på boligform/)
  t.equal((await series(facilityStaff)).items.length, 31, 'every role that is signed in is told the same')
  t.equal((await app.anonymous.get('/shortages/series')).statusCode, 401)
  t.equal((await planner.get('/shortages/series?from=2026-09-01&to=2026-09-01')).statusCode, 422)
  t.equal((await planner.get('/shortages/series?from=2020-01-01')).statusCode, 422, 'too long')
})

t.test(
  'after days without anybody running they are told from history, with what a run of that day has certified',
  async (t) => {
    // one run over the city was made on the second of the days on which no snapshot was taken
    const queue = await startWorking(app)
    const { id } = (await planner.post('/matching-runs')).json<{ id: string }>()
    await ended(planner, `/matching-runs/${id}`)
    await queue.stop()
    await owner.query(`update matching_run set as_of = '2026-09-03' where id = $1`, [id])
    await given.livesIn(await given.resident(ALNA), rooms[1] ?? '', '[2026-09-04,)')
    t.same(await take('2026-09-05'), ['2026-09-02', '2026-09-03', '2026-09-04', '2026-09-05'])
    const { items } = await series(planner, '?from=2026-09-02&to=2026-09-06')
    t.match(items, [
      { day: '2026-09-02', free: 2, plain: 3, certified: null, certifiedMissing: /tjenesten var nede/ },
      { day: '2026-09-03', free: 2, plain: 3, certified: 3, certifiedMissing: null },
      { day: '2026-09-04', free: 1, plain: 4, certified: null, certifiedMissing: /tjenesten var nede/ },
      { day: '2026-09-05', free: 1, plain: 4, certified: 4, certifiedMissing: null },
    ])
  },
)

t.test('what was kept cannot be changed, and later history does not change it', async (t) => {
  await given.livesIn(await given.resident(ALNA), rooms[0] ?? '', '[2026-08-20,)')
  t.match((await series(planner, '?from=2026-09-01&to=2026-09-02')).items, [{ free: 2, certified: 3 }])
  for (const table of ['shortfall_snapshot', 'shortfall_plain', 'shortfall_certified']) {
    await t.rejects(owner.query(`delete from ${table}`), { code: '42501' }, table)
  }
})

t.test('two instances work on the queue, and the day is kept once', async (t) => {
  const tomorrow = '2026-09-06'
  const url = { url: urls.jobUrl }
  await prepareQueue(urls.ownerUrl, url)
  const said: string[] = []
  const start = () =>
    startQueue(
      url,
      (pool) => [shortfallWork(pool, url, tomorrow)],
      (line) => said.push(line),
    )
  const instances = await Promise.all([start(), start()])
  let rows: { days: number; taken: number }[] = []
  for (let tries = 0; tries < 300 && rows[0]?.days !== 1; tries += 1) {
    await sleep(100)
    ;({ rows } = await owner.query(
      `select count(*)::integer as days, count(distinct taken_at)::integer as taken from shortfall_snapshot where day = $1`,
      [tomorrow],
    ))
  }
  for (const instance of instances) await instance.stop()
  t.same(rows, [{ days: 1, taken: 1 }])
  // the slower one may be stopped while it works on a day that the other has kept
  const wrong = said.filter((line) => !line.includes('The task has been aborted'))
  t.same(wrong, [], 'and nothing went wrong')
})

t.test('as CSV, and as JSON-stat with what is unknown as null', async (t) => {
  const asked = (accept: string) =>
    app.app.inject({
      url: '/api/v1/shortages/series?from=2026-09-01&to=2026-09-03',
      headers: { accept, cookie: `boligtrapp_session=${planner.cookie}` },
    })
  const lines = (await asked('text/csv')).body.split('\r\n')
  t.match(lines[0], /"Dag";"Venter";"Ledige plasser";"Enkel differanse";"Sikker mangel"/)
  t.match(lines[2], /^2026-09-02;5;2;3;;"Den sikre mangelen ble ikke/)
  const cube = (await asked('application/vnd.json-stat+json')).json<{ value: (number | null)[]; size: number[] }>()
  t.same(cube.size, [2, 4])
  t.same(cube.value, [5, 2, 3, 3, 5, 2, 3, null])
})
