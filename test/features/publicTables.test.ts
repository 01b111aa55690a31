import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { publishTables } from '../../src/db/publicTables.ts'
import { publicTableWork } from '../../src/jobs/publicTables.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { anonymous, owner, urls } = app
const given = fixturesOf(app)
const pool = openPool(urls.jobUrl, { max: 4 })
const jobs = openDatabase(pool)
t.teardown(() => jobs.destroy())
const publish = (today: string) => asActor(jobs, null, today, publishTables)

const house = await given.facility()
for (let n = 0; n < 3; n += 1) await given.place(house, { form: 'vel_care' })
const closed = await given.place(house, { form: 'vel_care' })
await given.closed(closed, '[2026-08-15,2026-10-01)')
await given.livesIn(await given.resident(ALNA), closed)
const waits = async (district: string, many: number, columns: Record<string, unknown> = {}) => {
  for (let n = 0; n < many; n += 1)
    await given.need(await given.resident(district), { forms: ['vel_care'], ...columns })
}
await waits(ALNA, 13)
await waits(GRUNERLOKKA, 1)
await waits(GRUNERLOKKA, 7, { forms: ['municipal'] })

interface Cell {
  district: string
  step: number
  form?: string
  people?: number
  places?: number
  admitting?: number
}
interface Body {
  month: string
  countedOn: string
  items: Cell[]
  sums: {
    byDistrict: { district: string; people: number }[]
    byStep: { step: number; people: number }[]
    total: number
  } | null
}
const read = async (id: string, month?: string) =>
  (await anonymous.get(`/public-tables/${id}${month === undefined ? '' : `?month=${month}`}`)).json<Body>()
const cell = ({ items }: Body, district: string, step: number) =>
  items.find((one) => one.district === district && one.step === step)?.people

t.test('before a month is over there is nothing, and then each table once, whoever publishes', async (t) => {
  t.equal((await anonymous.get('/public-tables/ventende')).statusCode, 404)
  const all = await Promise.all([publish('2026-09-01'), publish('2026-09-01'), publish('2026-09-01')])
  t.same(all.map((published) => published.length).toSorted(), [0, 0, 2])
  t.same(await publish('2026-09-30'), [])
})

t.test('anybody reads them without signing in: people rounded, sums of what is rounded, places exact', async (t) => {
  const listed = (await anonymous.get('/public-tables')).json<{ items: { id: string; months: string[] }[] }>().items
  t.same(
    listed.map(({ id, months }) => [id, months]),
    [
      ['ventende', ['2026-08']],
      ['plasser', ['2026-08']],
    ],
  )
  const waiting = await read('ventende')
  t.match(waiting, { month: '2026-08', countedOn: '2026-08-31' })
  t.equal(waiting.items.length, 75, 'every bydel on every step, with or without anybody')
  t.equal(cell(waiting, ALNA, 1), 15)
  t.equal(cell(waiting, GRUNERLOKKA, 1), 0, 'one alone is not told')
  t.equal(cell(waiting, GRUNERLOKKA, 3), 5)
  t.ok(waiting.items.every(({ people }) => (people ?? 1) % 5 === 0))
  t.equal(waiting.sums?.total, 20, 'of the cells, though 21 wait')
  t.equal(waiting.sums?.byDistrict.find(({ district }) => district === GRUNERLOKKA)?.people, 5)
  t.equal(waiting.sums?.byStep.find(({ step }) => step === 1)?.people, 15)
  const places = await read('plasser')
  t.same(
    places.items.map(({ district, form, places: all, admitting }) => [district, form, all, admitting]),
    [[ALNA, 'vel_care', 4, 3]],
  )
  t.equal(places.sums, null)
  t.notMatch(JSON.stringify(places), /"(free|occupied|people)"/, 'places less free ones would be people')
  const { rows } = await owner.query<{ cells: { people?: number }[] }>('select cells from public_table')
  t.ok(
    rows.every(({ cells }) => cells.every(({ people = 0 }) => people % 5 === 0)),
    'nothing finer is stored either',
  )
})

t.test(
  'what is published stays: late registrations are in the next month’s, also after months without anybody running',
  async (t) => {
    const before = await read('ventende', '2026-08')
    await waits(ALNA, 5, { registered_at: '2026-08-20T08:00:00Z' })
    t.same(await publish('2026-11-02'), [
      { tableId: 'ventende', month: '2026-09-01' },
      { tableId: 'ventende', month: '2026-10-01' },
      { tableId: 'plasser', month: '2026-09-01' },
      { tableId: 'plasser', month: '2026-10-01' },
    ])
    t.same(await read('ventende', '2026-08'), before)
    t.equal(cell(await read('ventende', '2026-09'), ALNA, 1), 20)
    t.match(await read('ventende'), { month: '2026-10', countedOn: '2026-10-31' }, 'the newest when none is named')
    t.same(
      (await read('plasser')).items.map(({ admitting }) => admitting),
      [4],
      'the closure is over',
    )
    for (const change of ['update public_table set version = 2', 'delete from public_table', 'truncate public_table'])
      await t.rejects(owner.query(change), { code: '42501' }, change)
    t.equal((await anonymous.get('/public-tables/ventende?month=2026-11')).statusCode, 404)
    t.equal((await anonymous.get('/public-tables/ventende?month=2026-13')).statusCode, 400)
    t.equal(
      (await anonymous.get('/public-tables/ventende?district=030112')).statusCode,
      400,
      'there is no other view of it',
    )
    t.equal((await anonymous.get('/public-tables/andre')).statusCode, 400)
  },
)

t.test('with one person more or less in a cell the same is published, unless a threshold is passed', async (t) => {
  const now = await read('ventende')
  await waits(GRUNERLOKKA, 1, { forms: ['assisted'], registered_at: '2026-10-20T08:00:00Z' })
  await publish('2026-12-01')
  const next = await read('ventende')
  t.equal(next.month, '2026-11')
  t.same(next.items, now.items, 'whether she waits cannot be seen')
  t.same(next.sums, now.sums)
})

t.test('in every form, and from the queue', async (t) => {
  const asked = (id: string, accept: string) =>
    app.app.inject({ url: `/api/v1/public-tables/${id}?month=2026-08`, headers: { accept } })
  const csv = await asked('ventende', 'text/csv')
  t.match(csv.headers['content-disposition'], /filename="ventende-2026-08-31\.csv"/)
  t.equal(csv.body.trim().split('\r\n').length, 76)
  const cube = (await asked('ventende', 'application/vnd.json-stat+json')).json<{ size: number[]; role: object }>()
  t.same(cube.size, [1, 15, 5, 1])
  t.same(cube.role, { time: ['month'], geo: ['district'], metric: ['ContentsCode'] })
  t.ok(
    (await asked('plasser', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).rawPayload.length >
      1000,
  )
  const { tasks, sweeps } = publicTableWork(pool, '2027-01-01')
  t.same(sweeps, Object.keys(tasks))
  await tasks.publish_tables?.({}, undefined as never)
  t.equal((await read('ventende')).month, '2026-12')
})
