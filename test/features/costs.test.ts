import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
const planner = await app.signedInAs({ role: 'planner' })
const staff = await app.signedInAs({ role: 'facility_staff' })

const house = await given.facility({
  name: 'Hegrelia behandlingshjem',
  operator: 'Hegre Botilbud AS',
  operator_kind: 'private',
})
const placed = async (name: string, district = ALNA, columns = {}) => {
  const place = await given.place(house, { form: 'private_institution' })
  const person = await given.resident(district, { name, ...columns })
  return { person, stayId: await given.livesIn(person, place, '[2026-01-01,)', { form: 'private_institution' }) }
}
const kari = await placed('Kari Kjøpt')
const ola = await placed('Ola Uten Pris')
const foreign = await placed('Nabo Nabosen', GRUNERLOKKA)
const hidden = await placed('Hemmelig Person', ALNA, { address_protection: 'strictly_confidential' })

const created = async (client: Client, path: string, body: unknown) => {
  const reply = await client.post(path, body)
  if (reply.statusCode !== 201) throw new Error(`${path}: ${reply.body}`)
  return reply.json<Record<string, never> & { id: string; version: number }>()
}
const supplier = await created(manager, '/suppliers', { name: 'Hegre Botilbud AS' })
const other = await created(planner, '/suppliers', { name: 'Skogstjerne' })
const agreement = await created(planner, '/framework-agreements', {
  supplierId: supplier.id,
  title: 'Heldøgnstjenester 2025–2028',
  pricePerDay: 9000,
  valid: { from: '2025-01-01', to: '2029-01-01' },
  places: 10,
  dualDiagnosis: true,
})
const order = (stayId: string, more = {}) => ({
  stayId,
  supplierId: supplier.id,
  agreementId: agreement.id,
  pricePerDay: 10_000,
  from: '2026-01-01',
  reason: 'no_own_place',
  ...more,
})

interface Cost {
  district: string
  month: number
  bought: Record<string, number | null>
  dischargeReady: Record<string, number>
  temporary: Record<string, number>
  ready: Record<string, number>
}
const costs = async (client: Client, query = '') =>
  (await client.get(`/costs${query}`)).json<{ items: Cost[]; total: Cost; assumptions: { synthetic: boolean }[] }>()
const ofAlna = async (client: Client) => (await costs(client)).items.find(({ district }) => district === ALNA)

t.test('suppliers and agreements are shared, with their prices and without anybody', async (t) => {
  const seen = (await neighbour.get('/suppliers')).json<{ items: { name: string }[] }>().items
  t.match(seen, [
    { name: 'Hegre Botilbud AS', agreements: 1, lowestPricePerDay: 9000, dualDiagnosis: true },
    { name: 'Skogstjerne', agreements: 0, lowestPricePerDay: null },
  ])
  t.equal((await manager.post('/suppliers', { name: 'Skogstjerne' })).json().code, 'duplicate_supplier')
  t.equal((await officer.post('/suppliers', { name: 'X' })).statusCode, 403)
  t.equal((await staff.get('/suppliers')).statusCode, 403)
  t.match((await officer.get(`/framework-agreements?supplierId=${supplier.id}&inForce=true`)).json().items, [
    { supplierName: 'Hegre Botilbud AS', pricePerDay: 9000, inForce: true },
  ])
  const renamed = await planner.patch(`/suppliers/${other.id}`, { name: 'Stiftelsen Skogstjerne' }, other.version)
  t.match(renamed.json(), { name: 'Stiftelsen Skogstjerne', version: 2 })
  t.equal((await planner.patch(`/suppliers/${other.id}`, { name: 'X' }, other.version)).statusCode, 412)
  const changed = await manager.patch(`/framework-agreements/${agreement.id}`, { pricePerDay: 9500 }, 1)
  t.match(changed.json(), { pricePerDay: 9500, version: 2 })
})

t.test('a purchase is of a stay in a bought place of one’s own people, at one price a day', async (t) => {
  const municipal = await given.place(house)
  const home = await given.livesIn(await given.resident(ALNA), municipal)
  for (const [what, body, pointer] of [
    ['a municipal home', order(home), '/stayId'],
    ['another bydel’s stay', order(foreign.stayId), '/stayId'],
    ['a hidden person’s stay', order(hidden.stayId), '/stayId'],
    ['before the stay', order(kari.stayId, { from: '2025-12-31' }), '/from'],
    ['no days', order(kari.stayId, { to: '2026-01-01' }), '/to'],
    ['another supplier’s agreement', order(kari.stayId, { supplierId: other.id }), '/agreementId'],
    ['no such supplier', order(kari.stayId, { supplierId: home, agreementId: null }), '/supplierId'],
    ['a price of nothing', order(kari.stayId, { pricePerDay: 0 }), '/pricePerDay'],
    ['a no for another reason', order(kari.stayId, { declinedOfferId: home }), '/declinedOfferId'],
  ] as const) {
    const refused = await officer.post('/call-offs', body)
    t.equal(refused.statusCode, 422, what)
    t.match(refused.json(), { errors: [{ pointer }] }, what)
  }
  const before = (await officer.get('/unpriced-stays')).json().items
  t.match(before, [
    { residentName: 'Kari Kjøpt', operator: 'Hegre Botilbud AS', firstUnpriced: '2026-01-01' },
    { residentName: 'Ola Uten Pris' },
  ])
  const bought = await created(officer, '/call-offs', order(kari.stayId))
  t.match(bought, {
    residentName: 'Kari Kjøpt',
    agreedPricePerDay: 9500,
    reasonName: 'Kommunen hadde ingen ledig plass som passet',
    year: { spent: 2_430_000, committed: 0, running: 1_220_000 },
  })
  const again = await officer.post('/call-offs', order(kari.stayId, { from: '2026-05-01' }))
  t.match([again.statusCode, again.json().code], [409, 'call_off_overlaps'])
  const ended = await officer.patch(`/call-offs/${bought.id}`, { to: '2026-09-11' }, bought.version)
  t.match(ended.json(), { to: '2026-09-11', year: { spent: 2_430_000, committed: 100_000, running: 0 } })
  t.equal((await officer.patch(`/call-offs/${bought.id}`, { to: null }, bought.version)).statusCode, 412)
  await created(officer, '/call-offs', order(kari.stayId, { from: '2026-09-11', pricePerDay: 12_000 }))
  t.equal((await neighbour.get(`/call-offs/${bought.id}`)).statusCode, 404, 'another bydel’s is like none')
  t.same((await neighbour.get('/call-offs?state=all')).json().items, [])
  t.equal((await planner.get('/call-offs')).statusCode, 403, 'who steers the city sees nobody')
  t.equal((await officer.get('/call-offs?state=all')).json().items.length, 2)
  t.equal((await officer.get('/call-offs?state=running')).json().items.length, 1)
})

t.test('bought because an own place had no staff: the purchase names that no', async (t) => {
  const own = await given.facility({ name: 'Forsterket', operator: 'Velferdsetaten', operator_kind: 'vel' })
  const place = await given.place(own, { form: 'vel_reinforced' })
  const need = await given.need(ola.person, { forms: ['vel_reinforced'] })
  const declined = async (reason: string, party = 'provider') => {
    const { rows } = await owner.query<{ id: string }>(
      `insert into offer (need_id, holding_district, place_id, sent_at, sent_by, reply_by, move_in_on, form_needed, form_given,
         declined_at, declined_by_party, decline_reason, frozen)
       values ($1, $2, $3, '2026-01-02T09:00Z', $4, '2026-01-09T09:00Z', '2026-01-20', 'vel_reinforced', 'vel_reinforced',
         '2026-01-03T09:00Z', $5, $6, '{}') returning id`,
      [need, ALNA, place, officer.accountId, party, reason],
    )
    return rows[0]?.id ?? ''
  }
  const health = await declined('health', 'resident')
  const why = { reason: 'staffing_hse', agreementId: null }
  t.match((await officer.post('/call-offs', order(ola.stayId, { ...why, declinedOfferId: health }))).json(), {
    errors: [{ pointer: '/declinedOfferId', code: 'unknown' }],
  })
  const staffing = await declined('staffing_hse')
  t.match((await officer.get('/unpriced-stays')).json().items, [
    { stayId: ola.stayId, declines: [{ kind: 'offer', id: staffing, sentence: 'Forsterket sa nei 3. januar 2026' }] },
  ])
  t.match((await officer.post('/call-offs', order(ola.stayId, why))).json(), {
    errors: [{ pointer: '/declinedOfferId', code: 'missing' }],
  })
  await t.rejects(
    owner.query(
      `insert into call_off (stay_id, holding_district, supplier_id, price_per_day, ordered, reason, declined_offer_id)
       values ($1, $2, $3, 1, '[2026-02-01,)', 'staffing_hse', $4)`,
      [ola.stayId, ALNA, supplier.id, health],
    ),
    /not a no to this household/,
    'the database says the same',
  )
  const bought = await created(officer, '/call-offs', order(ola.stayId, { ...why, declinedOfferId: staffing }))
  t.match(bought, { decline: { id: staffing }, agreementTitle: null })
  const corrected = await officer.patch(`/call-offs/${bought.id}`, { reason: 'acute' }, bought.version)
  t.match(corrected.json(), { reason: 'acute', decline: null })
  const { rows: referrals } = await owner.query<{ id: string }>(
    `insert into referral (need_id, holding_district, form, content, sent_at, sent_by, answer_due_on, answer, answered_at, decline_reason)
     values ($1, $2, 'vel_reinforced', '{}', '2026-01-02T09:00Z', $3, '2026-01-16', 'declined', '2026-01-05T09:00Z', 'staffing_hse')
     returning id`,
    [need, ALNA, officer.accountId],
  )
  const referral = referrals[0]?.id ?? ''
  const both = { reason: 'staffing_hse', declinedOfferId: staffing, declinedReferralId: referral }
  t.equal((await officer.patch(`/call-offs/${bought.id}`, both, 2)).statusCode, 422, 'one no leads to a purchase')
  const byReferral = { reason: 'staffing_hse', declinedReferralId: referral }
  t.match((await officer.patch(`/call-offs/${bought.id}`, byReferral, 2)).json(), {
    decline: { kind: 'referral', id: referral, sentence: /^Felles inntak \(forsterket/ },
  })
  const { rows } = await owner.query(
    `select action, after ->> 'reason' as reason from change_log where table_name = 'call_off' and row_id = $1 order by id`,
    [bought.id],
  )
  t.same(rows, [
    { action: 'insert', reason: 'staffing_hse' },
    { action: 'update', reason: 'acute' },
    { action: 'update', reason: 'staffing_hse' },
  ])
})

t.test('a year in figures, the same for all who steer, and nobody in it', async (t) => {
  await owner.query(`delete from call_off where stay_id = $1`, [ola.stayId])
  const alna = await ofAlna(planner)
  t.match(alna?.bought, {
    households: 3,
    now: 3,
    peopleNow: 3,
    unpricedNow: 2,
    days: 729,
    daysUnpriced: 486,
    spent: 2_430_000,
    committed: 100_000,
    running: 1_344_000,
    month: 304_167,
    sameDaysInOwnPlace: 243 * 5500,
    budget: null,
    shareOfBudget: null,
    largestShare: 100,
  })
  t.same(await ofAlna(neighbour), alna)
  t.same(await ofAlna(officer), alna)
  t.equal((await staff.get('/costs')).statusCode, 403)
  const answer = (await planner.get('/costs')).body
  for (const secret of ['Kari', kari.stayId, kari.person.residentId, kari.person.householdId])
    t.notOk(answer.includes(secret))
  const direct = await asActor(deps.db, actor('planner', planner), TODAY, ({ trx }) =>
    trx.selectFrom('callOff').select('id').execute(),
  )
  t.same(direct, [], 'and row security lets a planner read no purchase')
  const outside = await asActor(deps.db, null, TODAY, ({ trx }) => trx.selectFrom('supplier').select('id').execute())
  t.same(outside, [])
})

t.test(
  'discharge-ready days, temporary accommodation and those ready to move on, by assumptions that are shown',
  async (t) => {
    const before = await ofAlna(planner)
    const waits = await given.resident(ALNA)
    await given.need(waits, {
      origin: 'specialist_care',
      urgency_grounds: '{discharge_ready}',
      situation_since: '2026-08-22',
    })
    const done = await given.resident(ALNA)
    await given.need(done, {
      origin: 'specialist_care',
      urgency_grounds: '{discharge_ready}',
      situation_since: '2025-12-22',
      registered_at: '2025-12-23T08:00Z',
      status: 'closed',
      ended_at: '2026-01-06T08:00Z',
      ended_reason: 'housed',
    })
    // ignored, because prison pays for nobody; and because she is not reported ready
    await given.need(await given.resident(ALNA), { origin: 'prison', urgency_grounds: '{discharge_ready}' })
    await given.need(await given.resident(ALNA), { origin: 'specialist_care' })
    const home = await given.resident(ALNA)
    await given.child(home)
    const shelter = await given.place(house, { form: 'temporary', max_household: 4 })
    await given.livesIn(home, shelter, '[2026-08-01,)', { form: 'temporary' })
    const ready = await given.place(house, { form: 'vel_care' })
    await given.livesIn(await given.resident(ALNA), ready, '[2026-01-01,)', {
      form: 'vel_care',
      ready_to_move_on_since: '2026-06-01',
    })
    const after = await ofAlna(planner)
    t.match(after?.dischargeReady, {
      now: 1,
      peopleNow: 1,
      days: 15,
      paid: 15 * 4885,
      sameDaysInOwnPlace: 15 * 2500,
      month: Math.round((4885 * 365) / 12),
    })
    t.match(after?.temporary, { households: 1, people: 2, month: 36_500 })
    t.match(after?.ready, { households: 1, people: 1 })
    t.equal(after?.month, (before?.month ?? 0) + 148_585 + 36_500 + 121_667)
    const behind = async (client: Client, situation: string) =>
      (await client.get(`/gap-people?situation=${situation}`)).json<{
        items: { residentName: string; since: string }[]
      }>().items
    t.match(await behind(officer, 'temporary'), [{ residentName: 'Kari Prøve', since: '2026-08-01' }])
    t.match(await behind(officer, 'ready'), [{ since: '2026-06-01', placeName: /^Hegrelia behandlingshjem, / }])
    t.match(await behind(officer, 'discharge_ready'), [{ since: '2026-08-22', placeName: null }])
    for (const [situation, count] of [
      ['temporary', after?.temporary.households],
      ['ready', after?.ready.households],
      ['discharge_ready', after?.dischargeReady.now],
    ] as const) {
      t.equal((await behind(manager, situation)).length, count, `as many as the figure of ${situation}`)
      t.same(await behind(neighbour, situation), [], 'another bydel sees none of them')
    }
    t.equal((await planner.get('/gap-people?situation=ready')).statusCode, 403)
    t.equal((await officer.get('/gap-people')).statusCode, 400)
    const { assumptions, total } = await costs(manager, `?district=${ALNA}`)
    t.ok(assumptions.some(({ synthetic }) => synthetic) && assumptions.some(({ synthetic }) => !synthetic))
    t.match(total, { district: '0301', month: after?.month })
    const csv = await app.app.inject({
      url: '/api/v1/costs',
      headers: { cookie: `boligtrapp_session=${planner.cookie}`, accept: 'text/csv' },
    })
    t.match(csv.body, /"Alna";3;2;/)
    t.equal(csv.body.trim().split('\n').length, 17, 'a row a district, and the sum')
  },
)

t.test('a budget is set by the bydel’s own manager, and what few cases tie up is told against it', async (t) => {
  const path = `/purchase-budgets/${ALNA}/2026`
  const first = await manager.get(path)
  t.match([first.json(), first.headers.etag], [{ amount: null, version: 0 }, '"0"'])
  t.equal((await neighbour.put(path, { amount: 1 }, 0)).statusCode, 403)
  t.equal((await officer.put(path, { amount: 1 }, 0)).statusCode, 403)
  t.match((await manager.put(path, { amount: 7_748_000 }, 0)).json(), { amount: 7_748_000, version: 1 })
  t.equal((await manager.put(path, { amount: 8 }, 0)).statusCode, 412)
  t.match((await manager.put(path, { amount: 7_748_000 }, 1)).json(), { version: 2 })
  t.match((await ofAlna(planner))?.bought, { budget: 7_748_000, shareOfBudget: 50, largestShareOfBudget: 50 })
  t.equal((await manager.get('/purchase-budgets/030199/2026')).statusCode, 404)
})

t.test('notes on quality are shared by all bydeler, of the service and not of a person', async (t) => {
  const note = {
    supplierId: supplier.id,
    district: ALNA,
    notedOn: '2026-08-30',
    kind: 'concern',
    body: 'Mange vikarer i sommer.',
  }
  const written = await created(officer, '/quality-notes', note)
  t.match((await neighbour.get(`/quality-notes?supplierId=${supplier.id}`)).json().items, [
    { body: 'Mange vikarer i sommer.', districtName: 'Alna', kindName: 'Bekymring', mayWithdraw: false },
  ])
  t.match((await officer.post('/quality-notes', { ...note, body: 'Gjelder 178580 12345' })).json(), {
    errors: [{ pointer: '/body' }],
  })
  await t.rejects(
    owner.query(
      `insert into quality_note (supplier_id, district, noted_on, kind, body, written_by)
       values ($1, $2, '2026-08-30', 'good', '17858012345', $3)`,
      [supplier.id, ALNA, officer.accountId],
    ),
    /quality_note_no_person/,
  )
  t.match((await officer.post('/quality-notes', { ...note, notedOn: '2026-09-02' })).json(), {
    errors: [{ pointer: '/notedOn' }],
  })
  t.match((await officer.post('/quality-notes', { ...note, district: GRUNERLOKKA })).json(), {
    errors: [{ pointer: '/district' }],
  })
  t.equal((await planner.post('/quality-notes', note)).statusCode, 403)
  const back = (client: Client, version = 1) =>
    client.post(`/quality-notes/${written.id}/withdrawal`, undefined, { 'if-match': `"${version}"` })
  t.equal((await back(neighbour)).statusCode, 403)
  t.match((await back(officer)).json(), { body: '', mayWithdraw: false })
  t.equal((await back(officer, 2)).statusCode, 412)
})

t.test('a stay that moves to another responsible bydel takes its purchases along', async (t) => {
  await owner.query(`update household set holding_district = $1 where id = $2`, [GRUNERLOKKA, kari.person.householdId])
  t.equal((await neighbour.get('/call-offs?state=all')).json().items.length, 2)
  t.same((await officer.get('/call-offs?state=all')).json().items, [])
})
