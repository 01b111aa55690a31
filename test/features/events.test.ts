import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { ROLES, type Role } from '../../src/access/capabilities.ts'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openChangeFeed } from '../../src/db/changes.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { everythingOf } from '../support/records.ts'

interface Heard {
  event: string
  topics: string[]
}

/** Follows the events of one person over a real connection; `next` waits for one that `wanted` accepts. */
async function follow(origin: string, client: Client | undefined, headers: Record<string, string> = {}) {
  const ending = new AbortController()
  const response = await fetch(`${origin}/api/v1/events`, {
    headers: { ...(client === undefined ? {} : { cookie: `${SESSION_COOKIE}=${client.cookie}` }), ...headers },
    signal: ending.signal,
  })
  const heard: Heard[] = []
  let raw = ''
  let ended = false
  const read = async () => {
    for await (const chunk of response.body ?? []) {
      raw += Buffer.from(chunk).toString('utf8')
      const blocks = raw.split('\n\n')
      heard.length = 0
      for (const block of blocks.slice(0, -1)) {
        const name = /^event: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (name !== undefined) heard.push({ event: name, topics: JSON.parse(data ?? '[]') })
      }
    }
  }
  const reading = read()
    .catch(() => {})
    .finally(() => {
      ended = true
    })
  const until = async (done: () => boolean) => {
    for (let tries = 0; tries < 400 && !done(); tries += 1) await pause(50)
    return done()
  }
  return {
    response,
    heard,
    raw: () => raw,
    topics: () => new Set(heard.flatMap(({ topics }) => topics)),
    hears: (topic: string) => until(() => heard.some(({ topics }) => topics.includes(topic))),
    isReset: () => until(() => heard.some(({ event }) => event === 'reset')),
    isEnded: () => until(() => ended),
    async stop() {
      ending.abort()
      await reading
    },
  }
}

const app = await testApp(t)
const given = fixturesOf(app)
const origin = await app.app.listen({ port: 0, host: '127.0.0.1' })
// another instance of the service, with a line of its own to the same database
const otherFeed = openChangeFeed(app.urls.appUrl)
const other = await buildApp({ ...app.deps, changes: otherFeed })
const otherOrigin = await other.listen({ port: 0, host: '127.0.0.1' })
t.teardown(async () => {
  await other.close()
  await otherFeed.close()
})

const alna = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const grunerlokka = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const planner = await app.signedInAs({ role: 'planner' })
const intake = await app.signedInAs({ role: 'intake_officer' })

t.test('what one instance commits is told on another, to those it is for', async (t) => {
  const readers = {
    alna: await follow(otherOrigin, alna),
    grunerlokka: await follow(otherOrigin, grunerlokka),
    planner: await follow(origin, planner),
    intake: await follow(origin, intake),
  }
  t.match(readers.alna.response.headers.get('content-type'), /^text\/event-stream/)
  t.equal(readers.alna.response.headers.get('cache-control'), 'no-store')
  // the lines to the database may still be opening
  await pause(300)
  const { residentId } = await given.resident(ALNA, { name: 'Kanari Kanarisen' })
  const need = await alna.post('/needs', { residentId, forms: ['municipal'] })
  t.equal(need.statusCode, 201)
  t.ok(await readers.alna.hears('needs'), 'her own bydel hears of the need')
  const facilityId = await given.facility()
  t.ok(await readers.grunerlokka.hears('places'), 'everybody hears of places')
  t.ok(await readers.planner.hears('places'))
  t.ok(await readers.intake.hears('places'))
  for (const who of ['grunerlokka', 'planner', 'intake'] as const) {
    t.strictSame([...readers[who].topics()], ['places'], `${who} is not told that people of another bydel moved`)
  }
  const said = Object.values(readers)
    .map(({ raw }) => raw())
    .join('\n')
  for (const secret of [residentId, need.json().id, facilityId, 'Kanari', ALNA]) {
    t.notOk(said.includes(secret), 'no event names a record, a person or a bydel')
  }
  await Promise.all(Object.values(readers).map(({ stop }) => stop()))
})

t.test('each role is told of the topics that it may see, and of nobody', async (t) => {
  const people = {
    housing_officer: await app.signedInAs({ role: 'housing_officer', districts: [ALNA] }),
    district_manager: await app.signedInAs({ role: 'district_manager', districts: [ALNA] }),
    intake_officer: intake,
    planner,
    facility_staff: await app.signedInAs({ role: 'facility_staff', facilities: [await given.facility()] }),
    auditor: await app.signedInAs({ role: 'auditor' }),
    administrator: await app.signedInAs({ role: 'administrator' }),
  } satisfies Record<Role, Client>
  const all = ['chains', 'offers', 'papers', 'people', 'places', 'needs', 'referrals', 'returns', 'stays', 'tasks']
  const everybody = ['chains', 'places']
  const ofOthers: Record<Role, string[]> = {
    housing_officer: everybody,
    district_manager: everybody,
    // what is referred to VEL, lives in it, or is offered in a house is told of whoever it is; who, the next request decides
    intake_officer: [...everybody, 'offers', 'referrals'],
    planner: [...everybody, 'returns'],
    facility_staff: [...everybody, 'offers', 'stays'],
    auditor: everybody,
    administrator: everybody,
  }
  for (const [district, name, columns, ofOwn] of [
    [GRUNERLOKKA, 'Frida Fremmed', {}, {}],
    [
      ALNA,
      'Sara Skjult',
      { address_protection: 'strictly_confidential' },
      { housing_officer: all, district_manager: all },
    ],
  ] as const) {
    const expected: Record<Role, string[]> = { ...ofOthers, ...(ofOwn as Partial<Record<Role, string[]>>) }
    const readers = await Promise.all(
      ROLES.map(async (role) => ({ role, reader: await follow(otherOrigin, people[role]) })),
    )
    await pause(300)
    const house = await given.facility({ name: 'Hemmelig hus' })
    const by = district === ALNA ? alna.accountId : grunerlokka.accountId
    const { records } = await everythingOf({ owner: app.owner, given, name, district, by, house, columns })
    // chains are everybody's and nearly the last thing that is written of her
    for (const { role, reader } of readers) {
      for (const topic of expected[role]) t.ok(await reader.hears(topic), `${role} hears of ${topic} of ${name}`)
    }
    await pause(400)
    for (const { role, reader } of readers) {
      t.strictSame([...reader.topics()].sort(), [...expected[role]].sort(), `${role}, of ${name}`)
      for (const secret of [...Object.values(records), name, district, house, 'Hemmelig']) {
        t.notOk(reader.raw().includes(secret), `${role} is not told ${secret}`)
      }
      await reader.stop()
    }
  }
})

t.test('many changes of one transaction are told once', async (t) => {
  const reader = await follow(origin, planner)
  await app.owner.query(
    `insert into facility (name, operator, operator_kind, district_code, serves, open_during)
    select 'Hus ' || n, 'Bydel Alna', 'district', $1, 'city', '[2020-01-01,)' from generate_series(1, 200) n`,
    [ALNA],
  )
  t.ok(await reader.hears('places'))
  await pause(400)
  t.equal(reader.heard.length, 1)
  await reader.stop()
})

t.test('who comes back, and whose line was broken, is told that anything may have changed', async (t) => {
  const back = await follow(origin, planner, { 'last-event-id': '7' })
  t.ok(await back.isReset(), 'after her own connection broke')
  await back.stop()
  const reader = await follow(origin, planner)
  await app.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'boligtrapp changes'`)
  t.ok(await reader.isReset(), 'after the line to the database broke')
  await given.facility()
  t.ok(await reader.hears('places'), 'and then it goes on')
  await reader.stop()
})

t.test('nobody follows without being signed in, and nobody after the service has closed', async (t) => {
  const nobody = await follow(origin, undefined)
  t.equal(nobody.response.status, 401)
  await nobody.stop()
  const third = await buildApp(app.deps)
  const reader = await follow(await third.listen({ port: 0, host: '127.0.0.1' }), planner)
  await third.close()
  t.ok(await reader.isEnded(), 'closing does not wait for open pages')
})

t.test('an account has a bounded number of open streams; the oldest gives way', async (t) => {
  const readers = []
  for (let i = 0; i < 13; i += 1) readers.push(await follow(origin, intake))
  t.ok(await readers[0]?.isEnded())
  await Promise.all(readers.map(({ stop }) => stop()))
})
