import { sql } from 'kysely'
import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { asActor } from '../../src/db/actor.ts'
import { cityCache } from '../../src/db/city.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { refusedBy } from '../support/query.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { deps, owner } = app
const given = fixturesOf(app)
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const keeper = actor('district_manager', manager, [ALNA])
const facilityId = await given.facility()
const first = await given.place(facilityId)
const second = await given.place(facilityId)

const version = async () =>
  Number((await owner.query<{ version: string }>('select version from city_version')).rows[0]?.version)
const raisedBy = async (work: () => Promise<unknown>) => {
  const before = await version()
  await work()
  return (await version()) - before
}

t.test('days in one place are taken once', async (t) => {
  const placeId = await given.place(facilityId)
  await given.taken(placeId, '[2026-01-01,2026-02-01)')
  for (const during of ['[2026-01-31,2026-03-01)', '[2025-01-01,)', '[2026-01-10,2026-01-11)', '(,2026-01-02)']) {
    const code = during.startsWith('(') ? '23514' : '23P01'
    await t.rejects(given.taken(placeId, during), { code }, during)
  }
  await t.resolves(given.taken(placeId, '[2026-02-01,2026-03-01)'), 'out and in on the same day')
  await t.resolves(given.taken(placeId, '[2025-12-01,2026-01-01)'), 'and before it')
  await t.rejects(given.taken(placeId, '[2026-05-01,2026-05-01)'), { code: '23514' }, 'no day at all is an error')
  await t.rejects(given.taken(placeId, 'empty'), { code: '23514' })
  await t.resolves(given.taken(await given.place(facilityId), '[2026-01-01,)'), 'another place is another place')
})

t.test('of many who take a place at once, one gets it', async (t) => {
  const placeId = await given.place(facilityId)
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => given.taken(placeId, '[2026-06-01,)')))
  t.equal(taken.filter(({ status }) => status === 'fulfilled').length, 1)
})

t.test('a place stays inside its facility’s life, whoever writes', async (t) => {
  const closing = await given.facility({ open_during: '[2020-01-01,2028-01-01)' })
  for (const open of ['[2019-12-31,2021-01-01)', '[2020-01-01,)', '[2020-01-01,2028-01-02)']) {
    t.equal(await refusedBy(given.place(closing, { open_during: open })), 'place_inside_facility', open)
  }
  const placeId = await given.place(closing, { open_during: '[2020-01-01,2028-01-01)' })
  const longer = owner.query("update place set open_during = '[2020-01-01,)' where id = $1", [placeId])
  t.equal(await refusedBy(longer), 'place_inside_facility')
  const shorter = owner.query("update facility set open_during = '[2020-01-01,2027-12-31)' where id = $1", [closing])
  t.equal(await refusedBy(shorter), 'facility_around_places')

  await t.test('also when both change at once', async (t) => {
    for (const starter of ['place', 'facility'] as const) {
      const racing = await given.facility()
      const [one, two] = [await owner.connect(), await owner.connect()]
      const addPlace = `insert into place (facility_id, label, form, open_during)
        values ('${racing}', 'Sist', 'municipal', '[2026-01-01,)')`
      const shorten = `update facility set open_during = '[2020-01-01,2027-01-01)' where id = '${racing}'`
      await one.query('begin')
      await two.query('begin')
      await one.query(starter === 'place' ? addPlace : shorten)
      const waiting = refusedBy(two.query(starter === 'place' ? shorten : addPlace))
      await new Promise((resolve) => setTimeout(resolve, 50))
      await one.query('commit')
      t.equal(await waiting, starter === 'place' ? 'facility_around_places' : 'place_inside_facility')
      await two.query('rollback')
      one.release()
      two.release()
    }
  })
})

t.test('the version is raised once a transaction, only when it commits', async (t) => {
  const { deps: inner } = app
  t.equal(
    await raisedBy(() =>
      asActor(inner.db, keeper, TODAY, async ({ trx }) => {
        const before = await version()
        await sql`update place set max_household = 2 where facility_id = ${facilityId}`.execute(trx)
        await sql`update facility set pets_allowed = true where id = ${facilityId}`.execute(trx)
        const { rows } = await sql<{ version: number }>`select version from city_version`.execute(trx)
        t.equal(rows[0]?.version, before, 'not before the commit')
      }),
    ),
    1,
  )
  t.equal(
    await raisedBy(() =>
      asActor(inner.db, keeper, TODAY, async ({ trx }) => {
        await sql`update place set max_household = 3 where id = ${first}`.execute(trx)
        throw new Error('undone')
      }).catch(() => undefined),
    ),
    0,
    'an undone change raises nothing',
  )
  t.equal(await raisedBy(() => manager.get('/places')), 0)
  const person = await given.resident(ALNA)
  t.equal(await raisedBy(() => given.resident(ALNA)), 0, 'a person is not part of the city')
  t.equal(await raisedBy(() => given.livesIn(person, second)), 2, 'an occupancy and a stay, each on its own here')
  t.equal(await raisedBy(() => given.need(person)), 0, 'a need without behaviour is not')
  t.equal(await raisedBy(() => owner.query('update need set what_matters = $1, behaviour = behaviour', ['Ro'])), 0)
  t.equal(await raisedBy(() => owner.query('update need set behaviour = 3')), 1)
})

t.test('the mix in a house follows the people who live there', async (t) => {
  const read = cityCache()
  const mix = async (id: string) =>
    asActor(
      deps.db,
      keeper,
      TODAY,
      async (acting) => (await read(acting)).facilities.get(id)?.extensiveBehaviourNow,
      'reading',
    )
  // past the cache: what the database says by now
  const mixRead = async (id: string) =>
    asActor(
      deps.db,
      keeper,
      TODAY,
      async (acting) => (await cityCache()(acting)).facilities.get(id)?.extensiveBehaviourNow,
      'reading',
    )
  const house = await given.facility()
  const person = await given.resident(ALNA)
  await given.livesIn(person, await given.place(house))
  t.equal(await mix(house), 0)
  const earlier = await given.need(person, { behaviour: 3 })
  t.equal(await mix(house), 1, 'seen as soon as it is written, with the need that says it')
  await owner.query("update need set status = 'closed', ended_at = now() where id = $1", [earlier])
  const later = await given.need(person, { status: 'draft', forms: [] })
  t.equal(await mixRead(house), 1, 'a new need that does not say hides nothing')
  await owner.query('update need set behaviour = 1 where id = $1', [later])
  t.equal(await mix(house), 0, 'the newest that says decides')
})

t.test('one city is compiled for all who ask at once, and again when something changed', async (t) => {
  const read = cityCache()
  const city = (demoDate = TODAY) => asActor(deps.db, keeper, demoDate, read, 'reading')
  const many = await Promise.all(Array.from({ length: 12 }, () => city()))
  t.equal(new Set(many).size, 1, 'the very same object')
  t.equal(await city(), many[0])
  await owner.query('update place set max_household = 4 where id = $1', [first])
  const changed = await city()
  t.not(changed, many[0])
  t.equal(changed.places.find(({ id }) => id === first)?.maxHousehold, 4)
  t.equal((await city('2027-01-01')).today, '2027-01-01', 'another day is another city')

  await t.test('a failed compilation is not kept', async (t) => {
    const cache = cityCache()
    await owner.query('alter table closure rename to closure_moved')
    await t.rejects(asActor(deps.db, keeper, TODAY, cache, 'reading'))
    await owner.query('alter table closure_moved rename to closure')
    await t.resolves(asActor(deps.db, keeper, TODAY, cache, 'reading'))
  })
})

t.test('no reader meets half a change', async (t) => {
  const read = cityCache()
  let writing = true
  const writer = (async () => {
    for (let i = 0; i < 30; i += 1) {
      const id = await given.facility({ name: `Hus ${i}` })
      await given.place(id)
    }
    writing = false
  })()
  let cities = 0
  while (writing) {
    const city = await asActor(deps.db, keeper, TODAY, read, 'reading')
    const homeless = city.places.filter(({ facilityId: of }) => !city.facilities.has(of))
    if (homeless.length > 0) t.fail('a place without its facility')
    cities += 1
  }
  await writer
  t.ok(cities > 0)
})

t.test('two instances on one database see each other’s changes at the next request', async (t) => {
  const pool = openPool(app.urls.appUrl)
  const other = await buildApp({ ...deps, db: openDatabase(pool) })
  t.teardown(async () => {
    await other.close()
    await pool.end()
  })
  const preview = async (instance: typeof app.app) => {
    const answer = await instance.inject({
      method: 'POST',
      url: '/api/v1/match-previews',
      headers: { cookie: `${SESSION_COOKIE}=${manager.cookie}` },
      payload: { district: ALNA, forms: ['transitional'] },
    })
    return answer.json().total
  }
  t.equal(await preview(app.app), 0)
  t.equal(await preview(other), 0)
  const placeId = await given.place(facilityId, { form: 'transitional' })
  t.equal(await preview(app.app), 1)
  t.equal(await preview(other), 1)
  const closure = await app.app.inject({
    method: 'POST',
    url: `/api/v1/places/${placeId}/closures`,
    headers: { cookie: `${SESSION_COOKIE}=${manager.cookie}` },
    payload: { during: { from: '2026-01-01', to: null }, reason: 'repair' },
  })
  t.equal(closure.statusCode, 201)
  t.equal(await preview(other), 0, 'what one instance wrote, the other knows')
})

t.test('many writers at once all get through', async (t) => {
  const places = await Promise.all([given.place(facilityId), given.place(facilityId)])
  const before = await version()
  const write = (i: number) =>
    asActor(deps.db, keeper, TODAY, async ({ trx }) => {
      const order = i % 2 === 0 ? places : places.toReversed()
      for (const id of order) {
        const from = `${2030 + i}-01-01`
        await sql`insert into closure (place_id, during, reason)
          values (${id}, daterange(${from}::date, ${from}::date + 30), 'repair')`.execute(trx)
      }
    })
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(i)))
  t.equal((await version()) - before, 30, 'each raised the version once, and none waited for ever')

  // Locks in opposite orders: the database ends one of the two after a second, and it is tried again. Both wait for each other the
  // first time, and never after that: more of them would meet again and again, a second each time.
  let first = 0
  const both = Promise.withResolvers<void>()
  const lock = (order: readonly string[]) => {
    let tries = 0
    return asActor(deps.db, keeper, TODAY, async ({ trx }) => {
      tries += 1
      for (const [at, id] of order.entries()) {
        await sql`update place set max_household = ${2 + at} where id = ${id}`.execute(trx)
        if (tries > 1 || at > 0) continue
        first += 1
        if (first === 2) both.resolve()
        await both.promise
      }
      return tries
    })
  }
  const tries = await Promise.all([lock(places), lock(places.toReversed())])
  t.same(tries.toSorted(), [1, 2], 'one of the two was ended, and got through the second time')
})
