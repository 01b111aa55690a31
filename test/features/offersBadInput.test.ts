import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { refusedBy } from '../support/query.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const facilityId = await given.facility()
const stranger = await app.signedInAs({
  role: 'facility_staff',
  facilities: [await given.facility({ name: 'Et annet hus' })],
})

async function readyNeed(): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return needId
}
const send = (needId: string, placeId: string, headers = {}, moveInOn = '2026-09-15') =>
  officer.post('/offers', { needId, placeId, moveInOn }, headers)

async function sent(): Promise<string> {
  const answer = await send(await readyNeed(), await given.place(facilityId))
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json().id
}

t.test('a place that is closed, not open yet, or closes too soon', async (t) => {
  const closed = await given.place(facilityId)
  await given.closed(closed, '[2026-09-10,2026-10-01)')
  t.match((await send(await readyNeed(), closed)).json(), {
    status: 409,
    code: 'place_closed',
    state: { kind: 'closed', until: '2026-10-01', sentence: 'Plassen er sperret til 1. oktober 2026.' },
  })
  for (const open_during of ['[2026-10-01,)', '[2020-01-01,2026-12-01)']) {
    const place = await given.place(facilityId, { open_during })
    t.match((await send(await readyNeed(), place)).json(), { code: 'place_closed', state: { kind: 'not_open' } })
  }
  const id = await sent()
  await owner.query(
    `insert into closure (place_id, during, reason) select place_id, '[2026-09-02,)', 'repair' from offer where id = $1`,
    [id],
  )
  const answer = await officer.post(`/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })
  t.match(answer.json(), { status: 409, code: 'place_closed' }, 'closed since it was offered')
  t.ok(Array.isArray(answer.json().nextBest))
})

t.test('a place that somebody has said yes to is not closed under her', async (t) => {
  const id = await sent()
  const placeId = (await officer.get(`/offers/${id}`)).json().place.id
  t.equal((await officer.post(`/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })).statusCode, 200)
  const closing = (during: object, more = {}) =>
    manager.post(`/places/${placeId}/closures`, { during, reason: 'repair', ...more })
  const refused = await closing({ from: '2026-09-10', to: '2026-10-01' })
  t.match(refused.json(), { status: 409, code: 'place_held', detail: /Noen har takket ja til plassen/ })
  const early = await closing({ from: '2026-09-02', to: '2026-09-10' })
  t.equal(early.statusCode, 201, 'before the move-in it may be repaired')
  const longer = { during: { from: '2026-09-02', to: '2026-10-01' } }
  t.match((await manager.patch(`/closures/${early.json().id}`, longer, 1)).json(), { code: 'place_held' })
  t.equal((await closing({ from: '2026-11-01', to: '2026-12-01' })).statusCode, 201, 'and long after it')
  t.equal((await closing({ from: '2026-09-14', to: '2026-09-20' }, { admits: true })).statusCode, 201)
  const { version } = (await manager.get(`/places/${placeId}`)).json()
  const ends = { openDuring: { from: '2020-01-01', to: '2026-09-12' } }
  t.match((await manager.patch(`/places/${placeId}`, ends, version)).json(), { status: 409, code: 'place_held' })
})

t.test('a house goes on admitting while somebody who has said yes is to move in, and says who stops it', async (t) => {
  const house = await given.facility({ name: 'Lovet hus' })
  const placeId = await given.place(house, { label: 'L7' })
  const { id } = (await send(await readyNeed(), placeId)).json()
  const stop = async (more = {}) =>
    manager.patch(
      `/facilities/${house}`,
      { admitting: false, notAdmittingReason: 'Mangler nattevakt', ...more },
      (await manager.get(`/facilities/${house}`)).json().version,
    )
  t.equal((await stop()).statusCode, 200, 'an offer that nobody has answered stops nothing')
  t.equal((await stop({ admitting: true })).statusCode, 200)
  t.equal((await officer.post(`/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })).statusCode, 200)
  t.match((await stop()).json(), {
    status: 409,
    code: 'place_held',
    detail: /Noen har takket ja til en plass på botilbudet/,
    errors: [{ pointer: '/admitting', detail: 'L7: innflytting 15. september 2026.' }],
    blocking: { kind: 'offer', id },
  })
  const closing = { during: { from: '2026-09-10', to: null }, reason: 'repair' }
  t.match((await manager.post(`/places/${placeId}/closures`, closing)).json(), {
    code: 'place_held',
    errors: [{ pointer: '/during', detail: 'L7: innflytting 15. september 2026.' }],
    blocking: { kind: 'offer', id },
  })
  const writes = owner.query(
    `update facility set admitting = false, not_admitting_reason = 'Bemanning' where id = $1`,
    [house],
  )
  t.equal(await refusedBy(writes), 'promised_house_admits', 'whoever writes')
  await officer.post(`/offers/${id}/withdrawal`, { reason: 'needs_changed' }, { 'if-match': '"2"' })
  t.equal((await stop()).statusCode, 200, 'once it is withdrawn')
})

t.test('of a yes and a closing at the same time the later one meets the earlier', async (t) => {
  const house = await given.facility({ name: 'Kappløpet' })
  const closures: [string, string, string][] = [
    [
      'a place',
      `insert into closure (place_id, during, reason) values ($1, '[2026-09-01,)', 'repair')`,
      'promised_place_stays_open',
    ],
    [
      'a house',
      `update facility set admitting = false, not_admitting_reason = 'Bemanning' where id = (select facility_id from place where id = $1)`,
      'promised_house_admits',
    ],
  ]
  for (const [what, text, constraint] of closures) {
    const placeId = await given.place(house)
    await send(await readyNeed(), placeId)
    const [yes, closing] = [await owner.connect(), await owner.connect()]
    await yes.query('begin')
    // the service's own day: by the day of the machine the offer has run out
    await yes.query(`select set_config('app.now', '2026-09-01T10:00:00Z', true)`)
    await yes.query('select lock_place($1)', [placeId])
    await yes.query('update hold set expires_at = null where place_id = $1', [placeId])
    const waiting = refusedBy(closing.query(text, [placeId]))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await yes.query('commit')
    t.equal(await waiting, constraint, `${what} waits for the yes, and is not closed`)
    yes.release()
    closing.release()
  }
})

t.test('an offer that is dead is not answered', async (t) => {
  const ends: [string, object][] = [
    ['decline', { party: 'resident', reason: 'area' }],
    ['withdrawal', { reason: 'needs_changed' }],
  ]
  for (const [verb, body] of ends) {
    const id = await sent()
    t.equal((await officer.post(`/offers/${id}/${verb}`, body, { 'if-match': '"1"' })).statusCode, 200)
    t.match((await officer.post(`/offers/${id}/acceptance`, undefined, { 'if-match': '"2"' })).json(), {
      status: 409,
      code: 'offer_not_open',
    })
  }
  const late = await sent()
  await owner.query(`update offer set reply_by = '2026-08-31T22:00:00Z' where id = $1`, [late])
  const { version } = (await officer.get(`/offers/${late}`)).json()
  const answer = await officer.post(`/offers/${late}/acceptance`, undefined, { 'if-match': `"${version}"` })
  t.match(answer.json(), { status: 409, code: 'offer_not_open', detail: /Løpt ut/ })
})

t.test('a key that is replayed, and versions that are missing or stale', async (t) => {
  const needId = await readyNeed()
  const placeId = await given.place(facilityId)
  const key = { 'idempotency-key': 'bad-input-1' }
  const first = await send(needId, placeId, key)
  t.equal(first.statusCode, 201)
  t.same((await send(needId, placeId, key)).json(), first.json(), 'the same body: the same answer')
  t.match((await send(needId, placeId, key, '2026-09-16')).json(), { status: 422, code: 'key_reused' })
  const { id } = first.json()
  const bodies: Record<string, object | undefined> = {
    acceptance: undefined,
    decline: { party: 'resident', reason: 'area' },
    withdrawal: { reason: 'needs_changed' },
    extension: { answerBy: '2026-09-14' },
    lease: { signedOn: '2026-09-01', during: { from: '2026-09-15', to: null } },
    'move-in': { on: '2026-09-01' },
  }
  for (const [verb, body] of Object.entries(bodies)) {
    t.match((await officer.post(`/offers/${id}/${verb}`, body)).json(), { status: 428, code: 'version_required' }, verb)
    for (const wrong of ['"0"', '"2"', '*', 'W/"1"']) {
      const stale = await officer.post(`/offers/${id}/${verb}`, body, { 'if-match': wrong })
      t.match(stale.json(), { status: 412, code: 'stale_version' }, `${verb} ${wrong}`)
    }
  }
  t.match((await officer.get(`/offers/${id}`)).json(), { state: 'sent', version: 1 }, 'and nothing happened')
})

t.test('a move-in that staff of another house record', async (t) => {
  const id = await sent()
  await officer.post(`/offers/${id}/acceptance`, undefined, { 'if-match': '"1"' })
  const answer = await stranger.post(`/offers/${id}/move-in`, { on: '2026-09-01' }, { 'if-match': '"2"' })
  const missing = await stranger.post(
    `/offers/019a0000-0000-7000-8000-000000000000/move-in`,
    { on: '2026-09-01' },
    { 'if-match': '"2"' },
  )
  t.equal(answer.statusCode, 404)
  const { traceId: _one, ...told } = answer.json()
  const { traceId: _other, ...nothing } = missing.json()
  t.same(told, nothing, 'like one that is not there')
})

t.test('29 February and both changes of the clock', async (t) => {
  for (const [today, moveInOn, answerBy, expiresAt] of [
    // summer time ends at night between these, and begins
    ['2026-10-20', '2026-11-05', '2026-10-24', '2026-10-24T22:00:00.000Z'],
    ['2026-10-20', '2026-11-05', '2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['2028-02-29', '2028-04-10', '2028-03-25', '2028-03-25T23:00:00.000Z'],
    ['2028-02-29', '2028-04-10', '2028-03-26', '2028-03-26T22:00:00.000Z'],
    ['2028-02-20', '2028-03-01', '2028-02-29', '2028-02-29T23:00:00.000Z'],
  ] as const) {
    const then = await buildApp({ ...app.deps, demoDate: today })
    const needId = await readyNeed()
    await owner
      .query(`update assessment set assessed_on = $1::date - 7 where need_id = $2`, [today, needId])
      .catch(() =>
        owner.query(
          `insert into assessment (need_id, holding_district, assessed_on, created_by) values ($1, $2, $3::date - 7, $4)`,
          [needId, ALNA, today, officer.accountId],
        ),
      )
    const post = (path: string, payload: object | undefined, version?: number) =>
      then.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        headers: {
          cookie: `${SESSION_COOKIE}=${officer.cookie}`,
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        ...(payload === undefined ? {} : { payload }),
      })
    const offer = await post('/offers', { needId, placeId: await given.place(facilityId), moveInOn, answerBy })
    t.match(offer.json(), { answerBy, expiresAt }, `${answerBy} is over at midnight in Oslo: ${offer.body}`)
    if (today === '2028-02-29' && answerBy === '2028-03-26') {
      const { id } = offer.json()
      t.equal((await post(`/offers/${id}/acceptance`, undefined, 1)).statusCode, 200)
      const during = { from: today, to: '2029-10-29' }
      t.equal(
        (await post(`/offers/${id}/lease`, { signedOn: today, during, termReason: 'Avtalt slik.' }, 2)).statusCode,
        200,
      )
      const lives = await post(`/offers/${id}/move-in`, { on: today }, 3)
      t.equal(lives.statusCode, 200, lives.body)
      const { rows } = await owner.query(
        `select kind, due_on::text as due from task where stay_id = $1 and kind like 'check%' order by due_on`,
        [lives.json().stayId],
      )
      t.same(
        rows.map(({ due }) => due),
        ['2028-03-29', '2028-05-29', '2028-08-29', '2029-02-28'],
      )
      const { rows: stays } = await owner.query(
        `select lower(during)::text as since, upper(during)::text as until, (expected_until - lower(during))::int as days
         from stay where id = $1`,
        [lives.json().stayId],
      )
      t.same(stays, [{ since: today, until: null, days: 608 }], 'days are days, over a leap day and three changes')
    }
    await then.close()
  }
})
