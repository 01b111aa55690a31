import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, type Person } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()
const otherHouse = await given.facility({ name: 'Haugerud bosenter' })
const staff = await app.signedInAs({ role: 'facility_staff', facilities: [facilityId] })
const stranger = await app.signedInAs({ role: 'facility_staff', facilities: [otherHouse] })

interface Offered {
  id: string
  version: number
  state: string
}
const versioned = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` })
const READY = {
  needed_during: '[2026-09-01,2027-06-01)',
  private_rental: 'not_possible',
  private_rental_considered_on: '2026-08-01',
}

/** A registered need of a municipal home that lacks nothing an offer asks for. */
async function needOf(person: Person, columns: Record<string, unknown> = {}): Promise<string> {
  const needId = await given.need(person, { ...READY, ...columns })
  await given.assessment(needId, person.district, officer.accountId)
  return needId
}

async function readyNeed(district = ALNA, columns: Record<string, unknown> = {}): Promise<string> {
  return needOf(await given.resident(district), columns)
}

const send = (needId: string, placeId: string, body: object = {}, who = officer) =>
  who.post('/offers', { needId, placeId, moveInOn: '2026-09-15', ...body })

async function sent(needId: string, placeId: string, body: object = {}, who = officer): Promise<Offered> {
  const answer = await send(needId, placeId, body, who)
  if (answer.statusCode !== 201) t.fail(answer.body)
  return answer.json()
}
const accept = (offer: Offered, who = officer) =>
  who.post(`/offers/${offer.id}/acceptance`, undefined, versioned(offer))

async function accepted(offer: Offered, who = officer): Promise<Offered> {
  const answer = await accept(offer, who)
  if (answer.statusCode !== 200) t.fail(answer.body)
  return answer.json()
}
const tasksOf = async (needId: string) =>
  (
    await owner.query<{ kind: string }>(
      'select kind from task where need_id = $1 and dropped_at is null order by kind',
      [needId],
    )
  ).rows.map(({ kind }) => kind)
const evidenceOf = async (needId: string) =>
  (await owner.query<{ kind: string }>('select kind from shortfall_record where need_id = $1', [needId])).rows.map(
    ({ kind }) => kind,
  )
const held = async (placeId: string) =>
  (await owner.query('select from hold where place_id = $1 and ended_at is null', [placeId])).rowCount

t.test('a place is offered, accepted, let and moved into', async (t) => {
  const person = await given.resident(ALNA, { name: 'Knut Kjempe' })
  const needId = await needOf(person)
  const placeId = await given.place(facilityId)
  const offer = await sent(needId, placeId)
  t.match(offer, {
    state: 'sent',
    residentName: 'Knut Kjempe',
    reserved: true,
    answerBy: '2026-09-08',
    expiresAt: '2026-09-08T22:00:00.000Z',
    moveInOn: '2026-09-15',
    sentBy: 'Berit Konsulent',
    place: { id: placeId, facilityName: 'Furuset bosenter', form: 'municipal' },
    skip: 'none',
  })
  t.equal((await neighbour.get(`/offers/${offer.id}`)).statusCode, 404, 'another bydel’s is like a missing one')
  t.equal((await staff.get(`/offers/${offer.id}`)).statusCode, 404, 'the house does not know before the yes')
  t.equal(await held(placeId), 1)

  const yes = await accepted(offer)
  t.match(yes, { state: 'accepted', version: 2 })
  t.match(await tasksOf(needId), ['prepare_move_in'])
  t.match((await staff.get(`/offers/${offer.id}`)).json(), { state: 'accepted', residentName: 'Knut Kjempe' })
  t.equal((await stranger.get(`/offers/${offer.id}`)).statusCode, 404)

  const enter = (version: number, who = officer, on = '2026-09-01') =>
    who.post(`/offers/${offer.id}/move-in`, { on }, versioned({ version }))
  t.match((await enter(2)).json(), { status: 409, code: 'lease_missing' })
  const sign = (during: { from: string; to: string | null }, version: number, more: object = {}) =>
    staff.post(`/offers/${offer.id}/lease`, { signedOn: '2026-09-01', during, ...more }, versioned({ version }))
  const propose = (from: string, who = staff) => who.get(`/offers/${offer.id}/lease-proposal?from=${from}`)
  t.match((await propose('2026-09-01')).json(), { years: 5, to: '2031-09-01', sentence: /første kommunale/ })
  t.match((await propose('2028-02-29')).json(), { years: 5, to: '2033-03-01' })
  t.equal((await propose('2026-09-01', stranger)).statusCode, 404)
  t.equal((await propose('2027-02-29')).statusCode, 400)
  t.match((await sign({ from: '2026-09-01', to: '2029-09-01' }, 2)).json(), {
    status: 422,
    errors: [{ pointer: '/termReason', code: 'missing', detail: /til og med 31\. august 2031/ }],
  })
  const otherwise = await sign({ from: '2026-09-08', to: '2029-09-08' }, 2, { termReason: 'Huset skal rives.' })
  t.match(
    otherwise.json(),
    { lease: { during: { to: '2029-09-08' }, termReason: 'Huset skal rives.' } },
    otherwise.body,
  )
  t.match((await enter(3)).json(), {
    status: 409,
    code: 'lease_missing',
    errors: [{ code: 'lease_covers_move_in', detail: /gjelde den dagen/ }],
  })
  const signed = await sign({ from: '2026-09-01', to: '2031-09-01' }, 3, { termReason: 'Ikke brukt.' })
  t.match(
    signed.json(),
    { state: 'accepted', version: 4, lease: { signedOn: '2026-09-01', termReason: null } },
    signed.body,
  )
  t.equal((await enter(4, stranger)).statusCode, 404, 'staff of another house')
  t.match((await enter(4, officer, '2026-09-02')).json(), { errors: [{ pointer: '/on', code: 'in_the_future' }] })
  t.match((await enter(4, officer, '2026-08-31')).json(), { errors: [{ pointer: '/on', code: 'before_offer' }] })
  const lives = await enter(4, staff)
  t.match(lives.json(), { state: 'moved_in', movedInAt: /./, stayId: /./ }, lives.body)
  const { rows } = await owner.query(
    `select s.form, lower(s.during)::text as since, s.expected_until::text as until, n.status, n.ended_reason, h.ended_reason as hold
     from stay s join offer o on o.id = s.offer_id join need n on n.id = o.need_id join hold h on h.id = o.hold_id where o.id = $1`,
    [offer.id],
  )
  t.match(rows, [
    {
      form: 'municipal',
      since: '2026-09-01',
      until: '2031-09-01',
      status: 'closed',
      ended_reason: 'housed',
      hold: 'moved_in',
    },
  ])
  t.match(await tasksOf(needId), ['check_12m', 'check_1m', 'check_3m', 'check_6m', 'stay_ends'])
  t.match((await officer.get(`/places/${placeId}`)).json(), { taken: true })
  t.match((await enter(5)).json(), { status: 409, code: 'offer_not_open' }, 'once')
})

t.test('one place, two bidders: the second one is told the state and what is next best', async (t) => {
  const placeId = await given.place(facilityId, { features: ['ground_floor'] })
  const next = await given.place(facilityId, { features: ['ground_floor'] })
  await sent(await readyNeed(), placeId)
  const second = await readyNeed(GRUNERLOKKA, { required_features: ['ground_floor'], wanted_features: ['lift'] })
  const refused = await send(second, placeId, {}, neighbour)
  t.equal(refused.statusCode, 409, refused.body)
  t.match(refused.json(), {
    code: 'place_held',
    state: { kind: 'held', until: '2026-09-08', sentence: /reservert for en annen til 8\. september 2026/ },
    nextBest: [{ placeId: next, availableFrom: '2026-09-01', lacks: ['heis'] }],
  })
  t.equal(refused.json().nextBest.length, 1)
  const matches = (await neighbour.get(`/needs/${second}/matches`)).json()
  t.same(
    matches.items.map((item: { placeId: string }) => item.placeId),
    [next],
    'a held place is no match for others',
  )
  t.match((await neighbour.get(`/explanations?needId=${second}&placeId=${placeId}`)).json().rules, [
    {},
    {},
    {},
    { ruleId: 'place.free', outcome: 'failed', offered: /reservert for en annen til/ },
  ])
})

t.test('without a reservation the first who accepts has it', async (t) => {
  const placeId = await given.place(facilityId)
  const mine = await sent(await readyNeed(), placeId, { reserve: false })
  const theirs = await sent(await readyNeed(GRUNERLOKKA), placeId, { reserve: false }, neighbour)
  t.match(mine, { reserved: false })
  await accepted(theirs, neighbour)
  t.match((await officer.get(`/offers/${mine.id}`)).json(), { state: 'superseded' })
  const lost = await accept(mine)
  t.match(lost.json(), { status: 409, code: 'place_held', state: { kind: 'held', until: null } })
  await neighbour.post(`/offers/${theirs.id}/withdrawal`, { reason: 'sent_by_mistake' }, { 'if-match': '"2"' })
  t.match((await officer.get(`/offers/${mine.id}`)).json(), { state: 'sent' }, 'it is free again')
  await accepted(mine)
})

t.test('what stops an offer is said, all of it', async (t) => {
  const placeId = await given.place(facilityId)
  const bare = await given.need(await given.resident(ALNA))
  const stopped = await send(bare, placeId)
  t.match(stopped.json(), { status: 409, code: 'step_stopped' })
  t.same(
    stopped.json().errors.map(({ code }: { code: string }) => code),
    ['window_stated', 'assessment_current', 'private_rental_considered'],
  )
  const considered = await readyNeed(ALNA, { private_rental: 'not_considered', private_rental_considered_on: null })
  t.match((await send(considered, placeId)).json(), { code: 'step_stopped' })
  t.match((await send(considered, placeId, { overrides: [{ id: 'assessment_current', reason: 'x' }] })).json(), {
    status: 422,
    errors: [{ pointer: '/overrides/0/id' }],
  })
  const over = await sent(considered, placeId, {
    overrides: [{ id: 'private_rental_considered', reason: 'Har nettopp mistet en privat leilighet.' }],
  })
  t.match(over, { overrides: [{ id: 'private_rental_considered' }] })
  const draft = await given.need(await given.resident(ALNA), { ...READY, status: 'draft' })
  await given.assessment(draft, ALNA, officer.accountId)
  t.match((await send(draft, await given.place(facilityId))).json(), { status: 409, code: 'need_not_open' })

  const needId = await readyNeed()
  const closed = await given.place(facilityId)
  await given.closed(closed, '[2026-08-01,2026-10-01)')
  t.match((await send(needId, closed)).json(), {
    status: 409,
    code: 'place_closed',
    state: { kind: 'closed', until: '2026-10-01' },
  })
  const shut = await given.place(facilityId, { open_during: '[2020-01-01,2026-01-01)' })
  t.match((await send(needId, shut)).json(), { code: 'place_closed', state: { kind: 'not_open' } })
  const taken = await given.place(facilityId)
  await given.taken(taken)
  t.match((await send(needId, taken)).json(), { code: 'place_taken', state: { kind: 'taken', until: null } })
})

t.test('a place that does not fit', async (t) => {
  const strict = await given.facility({ name: 'Ungbo', max_age: 25, district_code: GRUNERLOKKA })
  const placeId = await given.place(strict)
  const person = await given.resident(ALNA, { birth_date: '1980-01-01' })
  const needId = await needOf(person, { excluded_districts: [GRUNERLOKKA] })
  const unfit = await send(needId, placeId)
  t.match(unfit.json(), { status: 409, code: 'place_unfit' })
  t.same(
    unfit.json().errors.map(({ code }: { code: string }) => code),
    ['place_fits', 'district.accepted', 'age.band'],
  )
  const overrides = [{ id: 'district.accepted', reason: 'Hun har ombestemt seg.' }]
  t.same(
    (await send(needId, placeId, { overrides })).json().errors.map(({ code }: { code: string }) => code),
    ['place_fits', 'age.band'],
    'what the house decides is not set aside by the bydel',
  )
  const wide = await given.place(await given.facility({ district_code: GRUNERLOKKA }))
  await sent(needId, wide, { overrides })
})

t.test(
  'nobody moves to somebody whom she must not live with, who came since the offer was sent or accepted',
  async (t) => {
    const house = await given.facility({ name: 'Tveita bosenter' })
    const person = await given.resident(ALNA)
    const needId = await needOf(person)
    const first = await sent(needId, await given.place(house))
    const second = await sent(needId, await given.place(otherHouse))
    const other = await given.resident(GRUNERLOKKA)
    await given.apart(person, other)
    await given.livesIn(other, await given.place(house))
    const refused = await accept(first)
    t.match(refused.json(), { status: 409, code: 'place_unfit', errors: [{ code: 'lives_apart' }] })
    t.notMatch(refused.body, new RegExp(other.residentId), 'who it is, is not said')
    const yes = await accepted(second)
    await given.livesIn(other, await given.place(otherHouse), '[2026-08-20,)')
    const enter = await officer.post(`/offers/${yes.id}/move-in`, { on: '2026-09-01' }, versioned(yes))
    t.equal(enter.statusCode, 409)
    t.match(enter.body, /lives_apart/)
  },
)

t.test('a form that is not the one needed says why, and a forced one is kept as shortfall once', async (t) => {
  const needId = await readyNeed(ALNA, { forms: ['colocated_24h'] })
  const placeId = await given.place(facilityId)
  t.match((await send(needId, placeId)).json(), { status: 422, code: 'skip_unexplained' })
  t.match((await send(needId, placeId, { skip: 'forced' })).json(), { code: 'skip_unexplained' })
  const offer = await sent(needId, placeId, { skip: 'forced', skipReason: 'Ingen ledige samlokaliserte boliger.' })
  t.match(offer, { skip: 'forced', formNeeded: 'colocated_24h', place: { form: 'municipal' } })
  t.same(await evidenceOf(needId), [])
  const yes = await accepted(offer)
  t.same(await evidenceOf(needId), ['forced_skip'])
  await officer.post(`/offers/${yes.id}/withdrawal`, { reason: 'outprioritised' }, versioned(yes))
  t.same((await evidenceOf(needId)).sort(), ['forced_skip', 'outprioritised'])
  const right = await readyNeed()
  t.match((await send(right, placeId, { skip: 'chosen', skipReason: 'x' })).json(), { code: 'skip_unexplained' })
})

t.test('a no has its consequence', async (t) => {
  const decline = (offer: Offered, body: object) => officer.post(`/offers/${offer.id}/decline`, body, versioned(offer))
  const placeId = await given.place(facilityId)

  await t.test('no contact lets the need rest, and it comes back by itself', async (t) => {
    const needId = await readyNeed()
    const offer = await sent(needId, placeId)
    t.match((await decline(offer, { party: 'provider', reason: 'no_contact' })).json(), {
      errors: [{ pointer: '/reason' }],
    })
    const no = await decline(offer, { party: 'resident', reason: 'no_contact' })
    t.match(
      no.json(),
      { state: 'declined', declined: { party: 'resident', consequence: /hviler i 14 dager/ } },
      no.body,
    )
    t.equal(await held(placeId), 0, 'the place is free at once')
    const parked = async () =>
      (await owner.query('select parked_until::text as day from need where id = $1', [needId])).rows[0]?.day
    t.equal(await parked(), '2026-09-15')
    const counted = async (now: string) => {
      const client = await owner.connect()
      try {
        await client.query(`set app.now = '${now}'`)
        const { rows } = await client.query(
          'select count(*)::int as n from matching_need where pseudonym = need_pseudonym($1)',
          [needId],
        )
        return rows[0]?.n
      } finally {
        await client.query('reset app.now')
        client.release()
      }
    }
    t.equal(await counted('2026-09-14T10:00:00Z'), 0, 'it rests')
    t.equal(await counted('2026-09-15T10:00:00Z'), 1, 'and is back on the day')
    t.same(await tasksOf(needId), ['rest_over'])
    await accepted(await sent(needId, placeId))
    t.equal(await parked(), null, 'whoever answers does not rest')
  })

  await t.test('a criterion is tried against the data', async (t) => {
    const needId = await readyNeed(ALNA, { behaviour: 1 })
    const offer = await sent(needId, await given.place(facilityId))
    t.match((await decline(offer, { party: 'provider', reason: 'criteria' })).json(), {
      errors: [{ pointer: '/ruleId' }],
    })
    const no = await decline(offer, { party: 'provider', reason: 'criteria', ruleId: 'behaviour.accepted' })
    t.match(no.json().declined, { criterion: { ruleId: 'behaviour.accepted', outcome: 'passed', contradicted: true } })
    t.same(await tasksOf(needId), ['find_next_place', 'review_criteria'])
  })

  await t.test('found a home herself ends the need and what hangs on it', async (t) => {
    const needId = await readyNeed()
    const other = await sent(needId, await given.place(facilityId))
    const offer = await sent(needId, await given.place(facilityId))
    const no = await decline(offer, { party: 'resident', reason: 'found_own' })
    t.equal(no.statusCode, 200, no.body)
    t.match((await officer.get(`/needs/${needId}`)).json(), { status: 'closed', endedReason: 'found_own' })
    t.match((await officer.get(`/offers/${other.id}`)).json(), {
      state: 'withdrawn',
      withdrawn: { reason: 'need_ended' },
    })
  })
})

t.test('an offer runs out by the database’s clock', async (t) => {
  const placeId = await given.place(facilityId)
  const offer = await sent(await readyNeed(), placeId)
  await owner.query("update offer set reply_by = '2026-08-31T22:00Z' where id = $1", [offer.id])
  await owner.query("update hold set expires_at = '2026-08-31T22:00Z' where place_id = $1", [placeId])
  const dead = (await officer.get(`/offers/${offer.id}`)).json()
  t.match(dead, { state: 'expired', expiredAt: '2026-08-31T22:00:00.000Z' })
  t.match((await accept(dead)).json(), { status: 409, code: 'offer_not_open' })
  const again = await sent(await readyNeed(), placeId)
  t.equal(again.state, 'sent', 'nobody has swept, and the place is free all the same')
  t.match(
    (await officer.get('/offers?state=ended&limit=100'))
      .json()
      .items.map(({ id }: Offered) => id)
      .includes(offer.id),
    true,
  )
})

t.test('more time to answer only ever comes later', async (t) => {
  const offer = await sent(await readyNeed(), await given.place(facilityId))
  const extend = (answerBy: string, version: number) =>
    officer.post(`/offers/${offer.id}/extension`, { answerBy }, versioned({ version }))
  t.match((await extend('2026-09-08', 1)).json(), { errors: [{ pointer: '/answerBy', code: 'not_later' }] })
  t.match((await extend('2026-09-16', 1)).json(), { errors: [{ code: 'after_move_in' }] })
  t.match((await extend('2026-09-10', 1)).json(), {
    answerBy: '2026-09-10',
    answerByBefore: ['2026-09-08'],
    version: 2,
  })
  t.match((await extend('2026-09-12', 2)).json(), { answerByBefore: ['2026-09-08', '2026-09-10'] })
  t.equal((await extend('2026-09-13', 2)).statusCode, 412)
})

t.test('one home at a time is said yes to', async (t) => {
  const needId = await readyNeed()
  const first = await sent(needId, await given.place(facilityId))
  const placeId = await given.place(facilityId)
  const second = await sent(needId, placeId)
  t.match((await send(needId, placeId)).json(), { status: 409, code: 'offer_exists' })
  await accepted(first)
  t.ok((await tasksOf(needId)).includes('withdraw_other_offers'))
  t.match((await accept(second)).json(), { status: 409, code: 'home_accepted' })
  t.match((await send(needId, await given.place(facilityId))).json(), { code: 'home_accepted' })
})

t.test('bad input', async (t) => {
  const needId = await readyNeed()
  const placeId = await given.place(facilityId)
  const unknown = '019a0000-0000-7000-8000-000000000000'
  for (const [body, pointer] of [
    [{ moveInOn: '2026-08-31' }, '/moveInOn'],
    [{ moveInOn: '2027-06-01' }, '/moveInOn'],
    [{ moveInOn: '2026-02-29' }, '/moveInOn'],
    [{ answerBy: '2026-08-31' }, '/answerBy'],
    [{ answerBy: '2026-09-16' }, '/answerBy'],
    [{ runId: unknown }, '/runId'],
    [{ placeId: unknown }, '/placeId'],
    [{ diagnosis: 'F20' }, '/diagnosis'],
  ] as const) {
    const refused = await send(needId, placeId, body)
    // a field that there is not is no value that is wrong
    t.match(refused.json(), { status: pointer === '/diagnosis' ? 400 : 422, errors: [{ pointer }] }, refused.body)
  }
  t.equal((await send(unknown, placeId)).statusCode, 404)
  t.equal((await send(needId, placeId, {}, neighbour)).statusCode, 404, 'another bydel’s need')
  const offer = await sent(needId, placeId)
  t.equal((await officer.post(`/offers/${offer.id}/acceptance`)).statusCode, 428)
  t.equal((await accept({ ...offer, version: 2 })).statusCode, 412)
  t.equal((await accept(offer, neighbour)).statusCode, 404)
  t.equal((await accept(offer, staff)).statusCode, 403)
  t.equal((await officer.get('/offers?cursor=x')).statusCode, 422)
})
