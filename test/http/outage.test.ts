import { setTimeout as sleep } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool, type PoolOptions } from '../../src/db/pool.ts'
import type { App } from '../../src/http/types.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { lineTo } from '../support/lineToDatabase.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const facilityId = await given.facility()
const headers = { cookie: `${SESSION_COOKIE}=${officer.cookie}` }

/** Another instance, with little patience and a pool of its own. */
async function instance(t: Test, url: string, options: PoolOptions) {
  const pool = openPool(url, options)
  const other = await buildApp({ ...app.deps, db: openDatabase(pool) })
  t.teardown(async () => {
    await other.close()
    await pool.end()
  })
  return { other, pool }
}

async function offered(): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const sent = await officer.post('/offers', {
    needId,
    placeId: await given.place(facilityId),
    moveInOn: '2026-09-15',
  })
  if (sent.statusCode !== 201) throw new Error(sent.body)
  return sent.json().id
}

const accept = (to: App, id: string) =>
  to.inject({
    method: 'POST',
    url: `/api/v1/offers/${id}/acceptance`,
    headers: { ...headers, 'if-match': '"1"', 'idempotency-key': `yes-${id}` },
  })

function checkUnavailable(t: Test, answer: LightMyRequestResponse, when: string) {
  t.equal(answer.statusCode, 503, `${when}: ${answer.body}`)
  t.equal(answer.headers['retry-after'], '2', `${when}: says when to try again`)
  t.equal(answer.json().code, 'unavailable')
}

/** How many times an offer was accepted, by the log that nothing is left out of. */
async function acceptances(id: string): Promise<number> {
  const { rows } = await owner.query<{ times: number }>(
    `select count(*)::int as times from change_log where row_id = $1 and table_name = 'offer'
       and before ->> 'accepted_at' is null and after ->> 'accepted_at' is not null`,
    [id],
  )
  return rows[0]?.times ?? -1
}

t.test('connections that are cut while many say yes', async (t) => {
  const { other } = await instance(t, app.urls.appUrl, { max: 6 })
  const ids = await Promise.all(Array.from({ length: 30 }, offered))
  let cutting = true
  const cut = (async () => {
    for (; cutting; await sleep(15)) {
      await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
        and usename = 'boligtrapp_app' and application_name = 'boligtrapp' and random() < 0.3`)
    }
  })()
  const answers = await Promise.all(
    ids.map(async (id) => {
      const all: LightMyRequestResponse[] = []
      for (;;) {
        // the first tries meet the cuts, then whoever asks again is served
        if (all.length === 3) cutting = false
        const answer = await accept(other, id)
        all.push(answer)
        if (answer.statusCode === 200) return all
        if (answer.statusCode === 409 && answer.json().code === 'request_in_flight') continue
        if (answer.statusCode === 503) checkUnavailable(t, answer, 'cut off')
        else throw new Error(answer.body)
      }
    }),
  )
  cutting = false
  await cut
  t.ok(
    answers.some((all) => all.length > 1),
    'some were cut off',
  )
  for (const id of ids) t.equal(await acceptances(id), 1, 'each yes is there, once')
  t.equal((await other.inject('/livez')).statusCode, 200)
})

t.test('a pool that is used up', async (t) => {
  const { other, pool } = await instance(t, app.urls.appUrl, { max: 2, connectMs: 300 })
  const id = await offered()
  const clients = [await pool.connect(), await pool.connect()]
  checkUnavailable(t, await accept(other, id), 'no connection is free')
  checkUnavailable(t, await other.inject('/readyz'), 'not ready')
  t.equal((await other.inject('/livez')).statusCode, 200, 'but alive')
  for (const client of clients) client.release()
  t.equal((await accept(other, id)).statusCode, 200, 'served as soon as one is')
  t.equal(await acceptances(id), 1)
})

t.test('a statement that waits too long for another', async (t) => {
  const { other } = await instance(t, app.urls.appUrl, { statementMs: 300 })
  const id = await offered()
  const client = await owner.connect()
  await client.query('begin')
  await client.query('select from place where id = (select place_id from offer where id = $1) for update', [id])
  const began = performance.now()
  checkUnavailable(t, await accept(other, id), 'the place is locked')
  t.ok(performance.now() - began < 2_000, 'the server ends it, before the client gives up on the server')
  t.equal((await other.inject('/livez')).statusCode, 200)
  t.equal(await acceptances(id), 0, 'nothing of it was written')
  await client.query('rollback')
  client.release()
  t.equal((await accept(other, id)).statusCode, 200)
  t.equal(await acceptances(id), 1)
})

t.test('a database that says nothing any more, and then does', async (t) => {
  const line = await lineTo(app.urls.appUrl)
  t.teardown(() => line.close())
  const { other } = await instance(t, line.url, { max: 2, connectMs: 400, statementMs: 400 })
  for (const how of ['both', 'answers'] as const) {
    const ids = [await offered(), await offered(), await offered()]
    t.equal((await other.inject('/readyz')).statusCode, 200)
    line.stall(how)
    for (const answer of await Promise.all(ids.map((id) => accept(other, id)))) checkUnavailable(t, answer, how)
    t.equal((await other.inject('/livez')).statusCode, 200, 'alive')
    line.resume()
    const back = performance.now()
    while ((await other.inject('/readyz')).statusCode !== 200) await sleep(50)
    t.ok(performance.now() - back < 5_000, 'ready again by itself')
    for (const id of ids) {
      const answer = await accept(other, id)
      t.equal(answer.statusCode, 200, answer.body)
      t.equal(await acceptances(id), 1, 'once')
    }
  }
})

t.test('a yes whose commit was heard and whose answer was not', async (t) => {
  const line = await lineTo(app.urls.appUrl)
  t.teardown(() => line.close())
  const { other, pool } = await instance(t, line.url, { max: 1, statementMs: 400 })
  const id = await offered()
  const client = await pool.connect()
  const { query } = client
  client.query = ((...asked: unknown[]) => {
    if (asked[0] === 'commit') line.stall('answers')
    return (query as (...asked: unknown[]) => unknown).apply(client, asked)
  }) as typeof query
  client.release()
  checkUnavailable(t, await accept(other, id), 'nobody knows whether it was done')
  t.equal(await acceptances(id), 1, 'it was')
  line.resume()
  const again = await accept(other, id)
  t.equal(again.statusCode, 200, 'asked again with the same key it is answered')
  t.match(again.json(), { state: 'accepted', version: 2 })
  t.equal(await acceptances(id), 1, 'and not done again')
})
