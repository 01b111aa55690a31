import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const BIDDERS = 50
/** On a busy machine fifty may wait longer for twenty connections than anybody is let wait. */
const MOST_TRIES = 5

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
// a second instance, with connections of its own to the same database
const pool = openPool(app.urls.appUrl)
const second = await buildApp({ ...app.deps, db: openDatabase(pool) })
t.teardown(async () => {
  await second.close()
  await pool.end()
})
const alna = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const grunerlokka = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()

/**
 * The same request to either instance, by turns. Whoever waits too long for a connection is told to try again, and does, with
 * the same key; anything else is the answer.
 */
async function ask(turn: number, { cookie }: Client, path: string, body?: object, headers: object = {}) {
  const key = randomUUID()
  const once = () =>
    (turn % 2 === 0 ? app.app : second).inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: { cookie: `${SESSION_COOKIE}=${cookie}`, 'idempotency-key': key, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
  let answer = await once()
  for (let tries = 1; tries < MOST_TRIES && answer.statusCode === 503; tries += 1) {
    t.ok(Number(answer.headers['retry-after']) > 0, 'and is told when')
    await sleep(1_000 * Number(answer.headers['retry-after']))
    answer = await once()
  }
  return answer
}

async function bidders() {
  return Promise.all(
    Array.from({ length: BIDDERS }, async (_, i) => {
      const district = i % 3 === 0 ? GRUNERLOKKA : ALNA
      const needId = await given.need(await given.resident(district), {
        needed_during: '[2026-09-01,)',
        private_rental: 'not_possible',
      })
      await given.assessment(needId, district, alna.accountId)
      return { needId, officer: district === ALNA ? alna : grunerlokka }
    }),
  )
}

function checkOne(t: Test, answers: LightMyRequestResponse[], won: number, next: string) {
  t.equal(answers.filter(({ statusCode }) => statusCode === won).length, 1, 'one wins')
  const lost = answers.filter(({ statusCode }) => statusCode !== won)
  t.equal(lost.length, BIDDERS - 1)
  for (const answer of lost) {
    if (answer.statusCode !== 409) t.fail(answer.body)
    const { code, state, nextBest } = answer.json()
    if (code !== 'place_held' || state?.kind !== 'held' || nextBest?.[0]?.placeId !== next) t.fail(answer.body)
  }
}

t.test('fifty say yes to one place at once, through two instances: one has it', async (t) => {
  const placeId = await given.place(facilityId)
  const next = await given.place(facilityId)
  const bids = await Promise.all(
    (await bidders()).map(async ({ needId, officer }, i) => {
      const answer = await ask(i, officer, '/offers', { needId, placeId, moveInOn: '2026-09-15', reserve: false })
      if (answer.statusCode !== 201) t.fail(answer.body)
      return { id: answer.json().id as string, officer }
    }),
  )
  const answers = await Promise.all(
    bids.map(({ id, officer }, i) => ask(i, officer, `/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })),
  )
  checkOne(t, answers, 200, next)
  const { rows } = await owner.query(
    `select (select count(*)::int from offer where place_id = $1 and accepted_at is not null) as accepted,
      (select count(*)::int from hold where place_id = $1 and ended_at is null and expires_at is null) as held`,
    [placeId],
  )
  t.same(rows, [{ accepted: 1, held: 1 }])
})

t.test('fifty reserve one place at once: one has it', async (t) => {
  const placeId = await given.place(facilityId)
  const { rows } = await owner.query<{ id: string }>(
    `select p.id from place p where p.id <> $1 and not exists (select from hold h where h.place_id = p.id and h.ended_at is null)`,
    [placeId],
  )
  const answers = await Promise.all(
    (await bidders()).map(({ needId, officer }, i) =>
      ask(i, officer, '/offers', { needId, placeId, moveInOn: '2026-09-15' }),
    ),
  )
  checkOne(t, answers, 201, rows[0]?.id ?? '')
})

t.test('a need that says yes to two places at once has one', async (t) => {
  const [bidder] = await bidders()
  if (bidder === undefined) throw new Error('nobody bids')
  const offers = await Promise.all(
    [0, 1].map(async (turn) => {
      const placeId = await given.place(facilityId)
      const answer = await ask(turn, bidder.officer, '/offers', {
        needId: bidder.needId,
        placeId,
        moveInOn: '2026-09-15',
      })
      return answer.json().id as string
    }),
  )
  const answers = await Promise.all(
    offers.map((id, turn) => ask(turn, bidder.officer, `/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })),
  )
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [200, 409])
  t.equal(answers.find(({ statusCode }) => statusCode === 409)?.json().code, 'home_accepted')
})
