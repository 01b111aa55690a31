import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()
const staff = await app.signedInAs({ role: 'facility_staff', facilities: [facilityId] })
const stranger = await app.signedInAs({ role: 'facility_staff', facilities: [await given.facility()] })
const at = (version: number) => ({ 'if-match': `"${version}"` })
const MOVE_IN = '2026-09-10'
const AFTER = '2026-09-11'

t.beforeEach(() => {
  deps.demoDate = TODAY
})

/** Somebody has said yes to a place of the house, from 10 September. */
async function accepted({ person = null as Awaited<ReturnType<typeof given.resident>> | null, lease = false } = {}) {
  const whose = person ?? (await given.resident(ALNA, { name: 'Knut Kjempe' }))
  const needId = await given.need(whose, {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const placeId = await given.place(facilityId)
  const sent = await officer.post('/offers', { needId, placeId, moveInOn: MOVE_IN })
  if (sent.statusCode !== 201) t.fail(sent.body)
  const { id } = sent.json()
  await officer.post(`/offers/${id}/acceptance`, undefined, at(1))
  if (lease)
    await officer.post(
      `/offers/${id}/lease`,
      { signedOn: TODAY, during: { from: MOVE_IN, to: null }, termReason: 'Avtalt slik.' },
      at(2),
    )
  return { person: whose, needId, placeId, offerId: id as string, version: lease ? 3 : 2 }
}
const notArrived = (offerId: string, version: number, who = officer, reason = 'no_contact') =>
  who.post(`/offers/${offerId}/non-arrival`, { reason, note: 'Ringte to ganger.' }, at(version))
t.test('never came: the place is free, the need stands where it stood, and somebody finds out', async (t) => {
  const { needId, placeId, offerId, version } = await accepted()
  const before = (await officer.get(`/needs/${needId}`)).json()
  const others = await accepted()
  deps.demoDate = MOVE_IN
  t.match(
    (await notArrived(offerId, version, staff)).json(),
    { status: 409, code: 'move_in_not_over' },
    'she may come yet',
  )
  deps.demoDate = AFTER
  const waits = (await officer.get(`/offers/${offerId}`)).json()
  t.match(
    waits.actions.find(({ action }: { action: string }) => action === 'not_arrive'),
    { allowed: true },
  )
  const answer = await notArrived(offerId, version, staff)
  t.match(
    answer.json(),
    {
      state: 'not_arrived',
      stateName: 'Kom ikke',
      withdrawn: null,
      notArrived: { reason: 'no_contact', reasonName: 'Fikk ikke kontakt', note: 'Ringte to ganger.' },
      stayId: null,
    },
    answer.body,
  )
  const after = (await officer.get(`/needs/${needId}`)).json()
  t.match(after, { status: 'registered', registeredAt: before.registeredAt })
  const queue = (await officer.get('/waiting-lists')).json()
  t.ok(JSON.stringify(queue).includes(needId), 'in the queue')
  t.equal((await owner.query('select from hold where place_id = $1 and ended_at is null', [placeId])).rowCount, 0)
  const open = (await officer.get(`/tasks?needId=${needId}`)).json().items
  t.match(open, [
    {
      kind: 'not_arrived',
      dueOn: AFTER,
      reason: /Kom ikke til H\d+, Furuset bosenter 10\. september 2026: fikk ikke kontakt\. Behovet står i køen/,
    },
  ])
  t.match((await notArrived(offerId, version + 1)).json(), { status: 409, code: 'offer_not_open' }, 'once')
  // the place can be given to the next one
  const next = await officer.post('/offers', {
    needId: await readyNeed(),
    placeId,
    moveInOn: '2026-09-20',
  })
  t.equal(next.statusCode, 201, next.body)
  t.match(
    (await officer.get(`/offers/${others.offerId}`)).json(),
    { state: 'accepted' },
    'and nobody else’s is touched',
  )
})

async function readyNeed() {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return needId
}

t.test('who gave up a home for it keeps what she was promised', async (t) => {
  const person = await given.resident(ALNA)
  const stayId = await given.livesIn(person, await given.place(facilityId))
  const { offerId, version } = await accepted({ person, lease: true })
  deps.demoDate = '2026-09-08'
  t.equal(
    (await officer.post(`/stays/${stayId}/departure`, { on: '2026-09-08', reason: 'moved_on' }, at(1))).statusCode,
    200,
  )
  deps.demoDate = AFTER
  t.match((await notArrived(offerId, version)).json(), { status: 409, code: 'withdrawal_blocked' })
  // she never left the old home: said so, the new one is free
  await officer.post(`/stays/${stayId}/departure-correction`, { on: null, reason: 'did_not_move' }, at(2))
  const answer = await notArrived(offerId, version)
  t.match(answer.json(), { state: 'not_arrived' }, answer.body)
  t.match((await officer.get(`/tasks?kind=not_arrived&needId=${answer.json().needId}`)).json().items, [
    { reason: /Leiekontrakten er signert: avklar den med utleier/ },
  ])
  t.match((await officer.get(`/stays/${stayId}`)).json(), { state: 'present' })
})

t.test('the dead need no home, and their place is free', async (t) => {
  const person = await given.resident(ALNA)
  const stayId = await given.livesIn(person, await given.place(facilityId))
  const { needId, offerId, version } = await accepted({ person, lease: true })
  deps.demoDate = '2026-09-08'
  await officer.post(`/stays/${stayId}/departure`, { on: '2026-09-08', reason: 'moved_on' }, at(1))
  deps.demoDate = AFTER
  t.equal((await notArrived(offerId, version, staff, 'deceased')).statusCode, 200)
  t.match((await officer.get(`/tasks?kind=not_arrived&needId=${needId}`)).json().items, [{ reason: /Avslutt behovet/ }])
})

t.test('only by the bydel and the house that waited, for an offer that is said yes to', async (t) => {
  const { offerId, version } = await accepted()
  deps.demoDate = AFTER
  for (const who of [neighbour, stranger]) t.equal((await notArrived(offerId, version, who)).statusCode, 404)
  t.equal((await notArrived(offerId, 1)).statusCode, 412)
  t.match((await notArrived(offerId, version, officer, 'area')).json(), { status: 422 })
  deps.demoDate = TODAY
  const needId = await readyNeed()
  const sent = await officer.post('/offers', { needId, placeId: await given.place(facilityId), moveInOn: MOVE_IN })
  deps.demoDate = AFTER
  t.match((await notArrived(sent.json().id, 1)).json(), { status: 409, code: 'offer_not_open' })
})
