import { sql } from 'kysely'
import t from 'tap'
import { type Actor, asActor } from '../../src/db/actor.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { dayInOslo } from '../../src/domain/day.ts'
import { testDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'

const urls = await testDatabase(t)
const pool = openPool(urls.appUrl, { max: 4 })
const db = openDatabase(pool)
t.teardown(() => pool.end())

const officer: Actor = {
  accountId: '019a0000-0000-7000-8000-00000000000a',
  name: 'Prøve',
  role: 'housing_officer',
  districts: ['030112', '030102'],
  facilities: [],
}

const settings = sql<{ actor: string | null; role: string; districts: string[]; facilities: string[] }>`
  select app_actor() as actor, app_role() as role, app_districts() as districts, app_facilities() as facilities`

t.test('the database is told who acts, for one transaction only', async (t) => {
  const one = openPool(urls.appUrl, { max: 1 })
  const single = openDatabase(one)
  t.teardown(() => one.end())
  const inside = await asActor(single, officer, undefined, ({ trx }) => settings.execute(trx))
  t.strictSame(inside.rows[0], {
    actor: officer.accountId,
    role: 'housing_officer',
    districts: ['030112', '030102'],
    facilities: [],
  })
  const nobody = { actor: null, role: '', districts: [], facilities: [] }
  t.strictSame((await settings.execute(single)).rows[0], nobody, 'the same connection knows nobody afterwards')
  await t.rejects(
    asActor(single, officer, undefined, async () => {
      throw new Error('undone')
    }),
    /undone/,
  )
  t.strictSame((await settings.execute(single)).rows[0], nobody, 'nor after an error')
  t.strictSame((await asActor(single, null, undefined, ({ trx }) => settings.execute(trx))).rows[0], nobody)
})

t.test('now is asked once, and the demo’s date replaces it', async (t) => {
  const times = await asActor(db, null, undefined, async ({ trx, now, today }) => {
    const { rows } = await sql<{ now: string; today: string }>`select app_now() as now, app_today() as today`.execute(
      trx,
    )
    return { now, today, ...{ sqlNow: rows[0]?.now, sqlToday: rows[0]?.today } }
  })
  t.equal(times.sqlNow, times.now)
  t.equal(times.sqlToday, times.today)
  t.ok(Math.abs(Date.parse(times.now) - Date.now()) < 5_000)

  for (const demoDate of ['2026-09-01', '2026-03-29', '2026-10-25', '2024-02-29']) {
    const demo = await asActor(db, null, demoDate, async ({ trx, now, today }) => {
      const { rows } = await sql<{ today: string }>`select app_today() as today`.execute(trx)
      return { now, today, sqlToday: rows[0]?.today }
    })
    t.equal(demo.today, demoDate)
    t.equal(demo.sqlToday, demoDate)
    t.equal(dayInOslo(new Date(demo.now)), demoDate, 'also on a day when the clocks change')
  }
})

t.test('a reading sees one snapshot and can change nothing', async (t) => {
  const version = sql<{ version: number }>`select version from city_version`
  const read = await asActor(
    db,
    null,
    undefined,
    async ({ trx }) => {
      const before = (await version.execute(trx)).rows[0]?.version
      await query(urls.ownerUrl, 'update city_version set version = version + 1')
      return { before, after: (await version.execute(trx)).rows[0]?.version }
    },
    'reading',
  )
  t.equal(read.after, read.before)
  await t.rejects(
    asActor(
      db,
      { ...officer, role: 'administrator' },
      undefined,
      ({ trx }) => sql`insert into facility_district select where false`.execute(trx),
      'reading',
    ),
    { code: '25006' },
  )
})

t.test('what two transactions did to each other is tried again, anything else is not', async (t) => {
  let attempts = 0
  const fails = (code: string, times: number) =>
    asActor(db, null, undefined, async () => {
      attempts += 1
      if (attempts <= times) throw Object.assign(new Error('planted'), { code })
      return 'done'
    })
  for (const code of ['40001', '40P01']) {
    attempts = 0
    t.equal(await fails(code, 2), 'done')
    t.equal(attempts, 3)
    attempts = 0
    await t.rejects(fails(code, 99), { code })
    t.equal(attempts, 5, 'five times, no more')
  }
  attempts = 0
  await t.rejects(fails('23505', 1), { code: '23505' })
  t.equal(attempts, 1)
})

t.test('days stay strings, instants are RFC 3339, counts are numbers', async (t) => {
  const { rows } = await sql`select date '2026-03-29' as day, timestamptz '2026-03-29 02:30+02' as instant,
    count(*) as n, 1.50::numeric as share from generate_series(1, 3)`.execute(db)
  t.strictSame(rows[0], { day: '2026-03-29', instant: '2026-03-29T00:30:00.000Z', n: 3, share: 1.5 })
})
