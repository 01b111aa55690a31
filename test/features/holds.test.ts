import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { sweepPlacement } from '../../src/db/placementSweep.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const intake = await app.signedInAs({ role: 'intake_officer' })
const facilityId = await given.facility()
const at = (version: number) => ({ 'if-match': `"${version}"` })

async function needOf(columns: Record<string, unknown> = {}, district = ALNA): Promise<string> {
  const needId = await given.need(await given.resident(district), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, district, officer.accountId)
  return needId
}
const reserve = (needId: string, placeId: string, more: object = {}, who = officer) =>
  who.post('/holds', { needId, placeId, moveInOn: '2026-09-15', ...more })
const offer = (needId: string, placeId: string, more: object = {}, who = officer) =>
  who.post('/offers', { needId, placeId, moveInOn: '2026-09-15', ...more })
const held = async (id: string) =>
  (
    await owner.query(
      `select ended_reason, expires_at is null as firm, reserved, lower(during)::text as from from hold where id = $1`,
      [id],
    )
  ).rows[0]
const releaseAt = (id: string, version = 1, who = officer) => who.post(`/holds/${id}/release`, undefined, at(version))

t.test('a place is reserved for a need, and nobody else is given it until the day is over', async (t) => {
  const [needId, placeId] = [await needOf(), await given.place(facilityId, { label: 'R1' })]
  const answer = await reserve(needId, placeId, { keepUntil: '2026-09-05' })
  t.equal(answer.statusCode, 201, answer.body)
  const hold = answer.json()
  t.equal(answer.headers.location, `/api/v1/holds/${hold.id}`)
  t.match(hold, {
    state: 'running',
    stateName: 'Reservert',
    needId,
    place: { id: placeId, label: 'R1' },
    keepUntil: '2026-09-05',
    expiresAt: '2026-09-05T22:00:00.000Z',
    reservedBy: 'Berit Konsulent',
    offerId: null,
    actions: [{ action: 'release', allowed: true }],
  })
  const theirs = await needOf({}, GRUNERLOKKA)
  const refused = await offer(theirs, placeId, {}, neighbour)
  t.match(refused.json(), {
    code: 'place_held',
    state: { kind: 'held', until: '2026-09-05', sentence: /reservert for en annen til 5\. september/ },
  })
  t.equal((await reserve(theirs, placeId, {}, neighbour)).json().code, 'place_held', 'exclusive among holds')
  t.notMatch(refused.body, new RegExp(needId), 'and nobody is told for whom')

  const { items } = (await officer.get(`/occupancy?facilityId=${facilityId}`)).json()
  const row = items.find((one: { placeId: string }) => one.placeId === placeId)
  t.match(
    row.segments.find(({ state }: { state: string }) => state === 'held'),
    { hold: { reserved: true, expiresAt: /./ } },
    'it stands among the places over days',
  )
  const { rows } = await owner.query(`select firm_since is not null as held from hold where id = $1`, [hold.id])
  t.same(rows, [{ held: true }], 'and counts as held, not as offered')

  t.equal((await neighbour.get(`/holds/${hold.id}`)).statusCode, 404)
  t.same((await neighbour.get('/holds')).json().items, [])
  t.equal((await releaseAt(hold.id, 1, neighbour)).statusCode, 404)
  t.match((await officer.get(`/holds?needId=${needId}&state=running`)).json().items, [{ id: hold.id }])
  t.same((await officer.get(`/holds?needId=${needId}&state=ended`)).json().items, [])

  t.equal((await releaseAt(hold.id, 2)).statusCode, 412)
  t.match((await releaseAt(hold.id)).json(), { state: 'released', actions: [{ allowed: false }] })
  t.equal((await releaseAt(hold.id, 2)).json().code, 'hold_not_open')
  t.same((await officer.get(`/holds?needId=${needId}&state=running`)).json().items, [])
  t.equal((await reserve(theirs, placeId, {}, neighbour)).statusCode, 201, 'free at once')
})

t.test('what is asked before a place is reserved', async (t) => {
  const place = await given.place(facilityId)
  const need = await needOf()
  const rows: [string, Promise<{ json(): { code: string } }>][] = [
    ['need_not_open', reserve(await needOf({ status: 'draft' }), place)],
    ['place_unfit', reserve(await needOf({ required_features: ['wheelchair'] }), place)],
    ['place_taken', reserve(need, await taken())],
    ['invalid_value', reserve(need, place, { keepUntil: '2026-08-31' })],
    ['invalid_value', reserve(need, place, { keepUntil: '2026-09-09' })],
    ['invalid_value', reserve(need, place, { moveInOn: '2026-08-30' })],
    ['not_found', reserve(await needOf({}, GRUNERLOKKA), place)],
    ['invalid_value', reserve(need, need)],
  ]
  for (const [code, asked] of rows) t.equal((await asked).json().code, code, code)
  t.equal((await officer.post('/holds', { needId: need, placeId: place })).statusCode, 422, 'from which day')
  t.equal((await intake.post('/holds', { needId: need, placeId: place, moveInOn: '2026-09-15' })).statusCode, 403)
  const kept = (await reserve(need, place)).json()
  t.equal(kept.keepUntil, '2026-09-08', 'a week where nobody says')
  const second = await reserve(need, await given.place(facilityId))
  t.match(second.json(), { code: 'hold_exists', blocking: { kind: 'hold', id: kept.id } }, 'one place at a time')
})
async function taken(): Promise<string> {
  const placeId = await given.place(facilityId)
  await given.taken(placeId)
  return placeId
}

t.test('an offer of the place to the same need takes the hold over', async (t) => {
  const [needId, placeId] = [await needOf(), await given.place(facilityId)]
  const { id } = (await reserve(needId, placeId)).json()
  t.match((await officer.get(`/explanations?needId=${needId}&placeId=${placeId}`)).json(), { eligible: true })
  const sent = await offer(needId, placeId, { moveInOn: '2026-09-20', answerBy: '2026-09-18' })
  t.equal(sent.statusCode, 201, sent.body)
  t.same(await held(id), { ended_reason: null, firm: false, reserved: false, from: '2026-09-20' })
  t.match((await officer.get(`/holds/${id}`)).json(), {
    state: 'offered',
    offerId: sent.json().id,
    expiresAt: '2026-09-18T22:00:00.000Z',
  })
  t.equal((await releaseAt(id, 2)).json().code, 'hold_not_open', 'an offer is withdrawn for itself')
  const declined = await officer.post(`/offers/${sent.json().id}/decline`, { party: 'resident', reason: 'area' }, at(1))
  t.equal(declined.statusCode, 200)
  t.match(await held(id), { ended_reason: 'declined' })

  const [other, there] = [await needOf(), await given.place(facilityId)]
  const kept = (await reserve(other, there)).json()
  t.equal((await offer(other, there, { reserve: false })).json().reserved, false)
  t.match(await held(kept.id), { ended_reason: 'released' }, 'one without a reservation gives it back')
})

t.test('a place of VEL is reserved for who may come back to it, and Felles inntak gives it to her', async (t) => {
  const placeId = await given.place(facilityId, { form: 'vel_coping' })
  const person = await given.resident(ALNA)
  const needId = await given.need(person, {
    forms: ['vel_coping'],
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  t.equal((await reserve(needId, placeId)).json().code, 'needs_referral', 'everybody else is referred')
  await given.livesIn(person, await given.place(facilityId, { form: 'vel_coping' }), '[2026-01-01,2026-08-25)', {
    form: 'vel_coping',
    departure_reason: 'moved_on',
    right_of_return_until: '2026-11-23',
  })
  const { id } = (await reserve(needId, placeId)).json()
  const referral = (await officer.post('/referrals', { needId, form: 'vel_coping' })).json()
  const answer = await intake.post(
    `/referrals/${referral.id}/answer`,
    { answer: 'place_given', placeId, moveInOn: '2026-09-10' },
    at(1),
  )
  t.equal(answer.statusCode, 200, answer.body)
  t.match((await officer.get(`/holds/${id}`)).json(), { state: 'offered', offerId: answer.json().offerId })
})

t.test('it is over with the need, with a yes to another place, and with its day', async (t) => {
  const ended = await needOf()
  const one = (await reserve(ended, await given.place(facilityId))).json()
  await officer.post(`/needs/${ended}/withdrawal`, { reason: 'moved_within' }, at(1))
  t.match((await officer.get(`/holds/${one.id}`)).json(), { state: 'released' })

  const housed = await needOf()
  const elsewhere = (await offer(housed, await given.place(facilityId))).json()
  const two = (await reserve(housed, await given.place(facilityId))).json()
  t.equal((await officer.post(`/offers/${elsewhere.id}/acceptance`, undefined, at(1))).statusCode, 200)
  t.match((await officer.get(`/holds/${two.id}`)).json(), { state: 'released' })
  t.match(await held((await owner.query('select hold_id from offer where id = $1', [elsewhere.id])).rows[0].hold_id), {
    ended_reason: null,
    firm: true,
  })

  const [needId, placeId] = [await needOf(), await given.place(facilityId)]
  const three = (await reserve(needId, placeId)).json()
  await owner.query(`update hold set expires_at = '2026-08-31T22:00:00Z' where id = $1`, [three.id])
  t.match((await officer.get(`/holds/${three.id}`)).json(), { state: 'expired' }, 'by the clock alone')
  t.equal((await releaseAt(three.id, 2)).json().code, 'hold_not_open')
  const pool = openPool(app.urls.jobUrl, { max: 1 })
  t.teardown(() => pool.end())
  await asActor(openDatabase(pool), null, TODAY, sweepPlacement)
  t.match(await held(three.id), { ended_reason: 'expired' })
  t.equal((await reserve(await needOf({}, GRUNERLOKKA), placeId, {}, neighbour)).statusCode, 201)
})

t.test('of twenty who reserve one place at once, one gets it', async (t) => {
  const placeId = await given.place(facilityId)
  const needs = await Promise.all(Array.from({ length: 20 }, () => needOf()))
  const answers = await Promise.all(needs.map((needId) => reserve(needId, placeId)))
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1)
  for (const answer of answers) if (answer.statusCode !== 201) t.equal(answer.json().code, 'place_held')
})
