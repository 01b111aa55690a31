import t from 'tap'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

const SHEET = {
  landlordId: null,
  address: 'Prøveveien 12',
  rentMonth: 12_000,
  electricityMonth: 900,
  guarantee: 'deposit',
  guaranteeAmount: 36_000,
  housingAllowance: 'applied',
  housingAllowanceMonth: null,
  leaseDuring: { from: '2026-10-01', to: '2029-10-01' },
  conclusion: null,
}

async function landlordOf(client: Client, district: string, body: object = {}) {
  const answer = await client.post('/landlords', { district, name: 'Prøve Eiendom AS', ...body })
  t.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}

t.test('landlords are a bydel’s own, by name, with what is left of a tilvisningsavtale', async (t) => {
  const made = await landlordOf(officer, ALNA, { name: 'Å Utleie', referralHomes: 3, referralUntil: '2026-08-31' })
  t.match(made, { referralRight: 'ended', referralInWords: /3 boliger gikk ut 31\. august 2026/ })
  for (const name of ['Berg Bolig', 'Alna Utleie']) await landlordOf(officer, ALNA, { name })
  const first = (await officer.get('/landlords?limit=2')).json()
  const rest = (await officer.get(`/landlords?limit=2&cursor=${first.nextCursor}`)).json()
  const names = [...first.items, ...rest.items].map(({ name }: { name: string }) => name)
  t.strictSame(
    names.toSorted((a, b) => a.localeCompare(b, 'nb')),
    ['Alna Utleie', 'Berg Bolig', 'Å Utleie'],
  )
  t.equal(rest.nextCursor, null)
  const renewed = await officer.patch(`/landlords/${made.id}`, { referralUntil: null }, made.version)
  t.match(renewed.json(), { referralRight: 'in_force', name: 'Å Utleie', referralHomes: 3, version: made.version + 1 })
  t.equal((await officer.patch(`/landlords/${made.id}`, { note: 'x' }, made.version)).statusCode, 412)
  t.match(
    (
      await officer.patch(`/landlords/${made.id}`, { referralHomes: null, referralUntil: TODAY }, made.version + 1)
    ).json(),
    {
      errors: [{ pointer: '/referralHomes', code: 'missing' }],
    },
  )
  t.match((await officer.post('/landlords', { district: GRUNERLOKKA, name: 'Nabo' })).json(), {
    errors: [{ pointer: '/district', code: 'not_own_district' }],
  })
  t.equal((await neighbour.get(`/landlords/${made.id}`)).statusCode, 404)
  t.equal((await neighbour.patch(`/landlords/${made.id}`, { name: 'Nabo' }, 1)).statusCode, 404)
  t.strictSame((await neighbour.get('/landlords')).json().items, [])
})

t.test('the worksheet sums what is known, names what is not, and its conclusion is the need’s', async (t) => {
  const needId = await given.need(await given.resident(ALNA), { private_rental: 'not_considered' })
  const path = `/needs/${needId}/rental-worksheet`
  const blank = await officer.get(path)
  t.match(blank.json(), { version: 0, rentMonth: null, cost: { grossMonth: null }, privateRental: 'not_considered' })
  t.equal(blank.json().cost.missing.length, 7)
  const landlord = await landlordOf(officer, ALNA, { referralHomes: 1 })

  const saved = await officer.put(path, { ...SHEET, landlordId: landlord.id }, 0)
  t.equal(saved.statusCode, 200, saved.body)
  t.match(saved.json(), {
    version: 1,
    landlord: { name: 'Prøve Eiendom AS', referralInWords: /1 bolig/ },
    cost: { grossMonth: 12_900, netMonth: 12_900, beforeMoveIn: 36_000, missing: [/bostøtte/] },
    warnings: [],
    privateRental: 'not_considered',
  })
  t.equal((await officer.put(path, SHEET, 0)).statusCode, 412, 'two who save the first time: one does')
  const concluded = await officer.put(
    path,
    {
      ...SHEET,
      leaseDuring: { from: '2026-10-01', to: '2028-10-01' },
      housingAllowance: 'granted',
      housingAllowanceMonth: 3_000,
      conclusion: { privateRental: 'not_possible', reason: 'Finner ingen utleier.' },
    },
    1,
  )
  t.match(concluded.json(), {
    cost: { netMonth: 9_900 },
    warnings: [/kortere enn 3 år/],
    privateRental: 'not_possible',
    privateRentalConsideredOn: TODAY,
  })
  t.match((await officer.get(`/needs/${needId}`)).json(), {
    privateRental: 'not_possible',
    privateRentalReason: 'Finner ingen utleier.',
  })
  const readiness = (await officer.get(`/needs/${needId}/readiness`)).json()
  t.match(
    readiness.items.find(({ id }: { id: string }) => id === 'private_rental_considered'),
    { present: true },
    'and the step it stopped goes on',
  )
})

t.test('a worksheet begins with what is registered of the private home that is offered', async (t) => {
  const landlord = await landlordOf(officer, ALNA, { name: 'Furuset Utleie AS' })
  await landlordOf(neighbour, GRUNERLOKKA, { name: 'Furuset Utleie AS' })
  const facility = await given.facility({
    address: 'Tilbudsveien 4',
    operator: 'Furuset utleie AS',
    operator_kind: 'private',
  })
  const offerTo = async (needId: string, form: string, columns: Record<string, unknown> = {}) => {
    const row = {
      ...{ need_id: needId, holding_district: ALNA, place_id: await given.place(facility, { form }) },
      ...{ sent_at: `${TODAY}T08:00:00Z`, sent_by: officer.accountId, move_in_on: '2026-09-15' },
      ...{ reply_by: '2026-09-08T22:00:00Z', frozen: '{}', form_needed: form, form_given: form, ...columns },
    }
    const names = Object.keys(row)
    await app.owner.query(
      `insert into offer (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    )
  }
  const sheetOf = async (needId: string) => (await officer.get(`/needs/${needId}/rental-worksheet`)).json()
  const needId = await given.need(await given.resident(ALNA), { forms: ['private_support'] })
  await offerTo(needId, 'private_support')
  t.match(await sheetOf(needId), {
    version: 0,
    address: 'Tilbudsveien 4',
    landlord: { id: landlord.id },
    leaseDuring: { from: '2026-09-15', to: null },
    rentMonth: null,
  })
  const saved = await officer.put(`/needs/${needId}/rental-worksheet`, { ...SHEET, leaseDuring: null }, 0)
  t.match(saved.json(), { address: 'Prøveveien 12', landlord: null, leaseDuring: null }, 'what is saved is what counts')

  const signed = await given.need(await given.resident(ALNA), { forms: ['private'] })
  await offerTo(signed, 'private', {
    accepted_at: `${TODAY}T09:00:00Z`,
    lease_signed_on: TODAY,
    lease_during: '[2026-10-01,2029-10-01)',
  })
  t.match(await sheetOf(signed), { leaseDuring: { from: '2026-10-01', to: '2029-10-01' } }, 'a lease that is signed')

  // each would give an address that is not to be there
  const municipal = await given.need(await given.resident(ALNA))
  await offerTo(municipal, 'municipal')
  const declined = await given.need(await given.resident(ALNA), { forms: ['private'] })
  await offerTo(declined, 'private', {
    declined_at: `${TODAY}T09:00:00Z`,
    declined_by_party: 'resident',
    decline_reason: 'area',
  })
  const hidden = await given.resident(ALNA, { address_protection: 'confidential' })
  await given.inCircle(hidden, officer.accountId)
  const protectedNeed = await given.need(hidden, { forms: ['private'] })
  await offerTo(protectedNeed, 'private')
  for (const id of [municipal, declined, protectedNeed])
    t.match(await sheetOf(id), { address: null, leaseDuring: null })
})

t.test('what does not hang together is refused, all of it at once', async (t) => {
  const needId = await given.need(await given.resident(ALNA))
  const foreign = await landlordOf(neighbour, GRUNERLOKKA)
  const answer = await officer.put(
    `/needs/${needId}/rental-worksheet`,
    {
      ...SHEET,
      landlordId: foreign.id,
      guarantee: 'none',
      housingAllowanceMonth: 1,
      conclusion: { privateRental: 'not_possible', reason: null },
    },
    0,
  )
  t.strictSame(
    answer.json().errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/landlordId', '/guaranteeAmount', '/housingAllowanceMonth', '/conclusion/reason'],
  )
  const path = `/needs/${needId}/rental-worksheet`
  t.equal((await officer.put(path, { ...SHEET, rentMonth: -1 }, 0)).statusCode, 422)
  t.equal(
    (await officer.put(path, { ...SHEET, leaseDuring: { from: '2026-10-01', to: '2026-10-01' } }, 0)).statusCode,
    422,
  )
  t.equal((await neighbour.get(path)).statusCode, 404)
  t.equal((await neighbour.put(path, SHEET, 0)).statusCode, 404)
  t.match((await officer.get(path)).json(), { version: 0 }, 'nothing of it was saved')
  const closed = await given.need(await given.resident(ALNA), {
    status: 'withdrawn',
    ended_reason: 'deceased',
    ended_at: '2026-08-15T08:00:00Z',
  })
  t.match((await officer.put(`/needs/${closed}/rental-worksheet`, SHEET, 0)).json(), { code: 'need_not_open' })
})

t.test('from an institution to a home rented privately: nothing is typed twice, and the way back stands', async (t) => {
  const { owner } = app
  const house = await given.facility({ name: 'Veitvet mestring' })
  const staff = await app.signedInAs({ role: 'facility_staff', facilities: [house] })
  const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
  const landlord = await landlordOf(officer, ALNA, { name: 'Hybelhuset AS' })
  const at = (version: number) => ({ 'if-match': `"${version}"` })
  const agreed = { ...SHEET, landlordId: landlord.id, leaseDuring: { from: '2026-09-01', to: '2029-09-01' } }
  const mover = async (leaseDuring: object | null = agreed.leaseDuring, columns: Record<string, unknown> = {}) => {
    const person = await given.resident(ALNA, { name: 'Mona Mestrer' })
    const placeId = await given.place(house, { form: 'vel_coping' })
    const stayId = await given.livesIn(person, placeId, '[2026-01-05,)', { form: 'vel_coping' })
    const needId = await given.need(person, { forms: ['private'], needed_during: '[2026-09-01,)', ...columns })
    const saved = await officer.put(`/needs/${needId}/rental-worksheet`, { ...agreed, leaseDuring }, 0)
    t.equal(saved.statusCode, 200, saved.body)
    return { person, placeId, stayId, needId, short: saved.json().shortLease as boolean }
  }
  const BODY = { form: 'private', movedInOn: TODAY, signedOn: '2026-08-28' }
  const record = (needId: string, body: object = {}, who: Client = officer, version = 1) =>
    who.post(`/needs/${needId}/private-home`, { ...BODY, ...body }, at(version))
  const counted = async () =>
    (await owner.query('select count(*)::int as n, (select count(*)::int from stay) as stays from occupancy')).rows[0]

  await t.test('what is missing or wrong is named, and nothing of it is written', async (t) => {
    const { needId } = await mover()
    const before = await counted()
    const rows: [string, string, object, object][] = [
      [
        'in the future',
        needId,
        { movedInOn: '2026-09-02' },
        { errors: [{ pointer: '/movedInOn', code: 'in_the_future' }] },
      ],
      ['signed in the future', needId, { signedOn: '2026-09-02' }, { errors: [{ pointer: '/signedOn' }] }],
      [
        'before the lease',
        needId,
        { movedInOn: '2026-08-31' },
        { status: 409, code: 'lease_missing', errors: [{ code: 'lease_covers_move_in' }] },
      ],
      ['no such day', needId, { movedInOn: '2027-02-29' }, { status: 422 }],
      ['a municipal home', needId, { form: 'municipal' }, { status: 422 }],
      [
        'a reason that is not called for',
        needId,
        { shortLeaseReason: 'set_aside' },
        { errors: [{ pointer: '/shortLeaseReason', code: 'not_called_for' }] },
      ],
      [
        'support that nobody has decided on',
        needId,
        { form: 'private_support' },
        { status: 409, errors: [{ code: 'service_decision' }, { code: 'decision_granted' }] },
      ],
      [
        'no lease in the worksheet',
        (await mover(null)).needId,
        {},
        { status: 409, code: 'lease_missing', errors: [{ code: 'worksheet_says_lease', detail: /regnearket/ }] },
      ],
      ['a draft', (await mover(undefined, { status: 'draft' })).needId, {}, { code: 'need_not_open' }],
      [
        'lives elsewhere since',
        (await mover({ from: '2025-01-01', to: null })).needId,
        { movedInOn: '2025-12-31', signedOn: '2025-01-01' },
        { errors: [{ code: 'moved_since', detail: /5\. januar 2026/ }] },
      ],
    ]
    for (const [name, id, body, expected] of rows) {
      const answer = await record(id, body)
      t.match(answer.json(), expected, `${name}: ${answer.body}`)
    }
    const { needId: late } = await mover({ from: '2026-08-01', to: null })
    t.match((await record(late, { movedInOn: '2026-08-27' })).json(), { errors: [{ code: 'lease_signed_in_time' }] })
    t.equal((await record(needId, {}, neighbour)).statusCode, 404, 'another bydel')
    t.equal((await record(needId, {}, staff)).statusCode, 403, 'a house has no part in it')
    t.equal((await record(needId, {}, officer, 9)).statusCode, 412)
    t.equal((await counted()).stays, before.stays + 4, 'only where the people of this test live')
  })

  await t.test('a lease that is shorter than the law’s norm takes its reason, by a day', async (t) => {
    for (const [to, isShort] of [
      ['2029-08-31', true],
      ['2029-09-01', false],
      [null, false],
    ] as const) {
      const { needId, short } = await mover({ from: '2026-09-01', to })
      t.equal(short, isShort, String(to))
      const plain = await record(needId)
      t.equal(plain.statusCode, isShort ? 422 : 201, plain.body)
      if (!isShort) continue
      t.match(plain.json(), { errors: [{ pointer: '/shortLeaseReason', detail: /kortere enn 3 år/ }] })
      t.match((await record(needId, { shortLeaseReason: 'set_aside' })).json(), {
        privateLease: { shortLeaseReason: 'Boligen er avsatt til vanskeligstilte' },
      })
    }
  })

  await t.test('the need is met, the two homes overlap, checks follow, and no place of ours is taken', async (t) => {
    const { needId, stayId, person } = await mover()
    await given.assessment(needId, ALNA, officer.accountId)
    await given.consent(person)
    const offered = await officer.post('/offers', {
      needId,
      placeId: await given.place(await given.facility({ operator_kind: 'private' }), { form: 'private' }),
      moveInOn: '2026-09-15',
    })
    t.equal(offered.statusCode, 201, offered.body)
    const before = await counted()
    const key = { ...at(1), 'idempotency-key': 'private-home-of-mona' }
    const made = await officer.post(`/needs/${needId}/private-home`, BODY, key)
    t.equal(made.statusCode, 201, made.body)
    const again = await officer.post(`/needs/${needId}/private-home`, BODY, key)
    t.equal(again.json().id, made.json().id, 'the same answer to the same question')
    t.equal((await officer.post(`/needs/${needId}/private-home`, { ...BODY, signedOn: TODAY }, key)).statusCode, 422)
    t.match(made.json(), {
      state: 'present',
      place: null,
      form: 'private',
      from: TODAY,
      expectedUntil: '2029-09-01',
      handoverUntil: '2026-09-15',
      privateLease: {
        landlord: { name: 'Hybelhuset AS' },
        during: { from: '2026-09-01', to: '2029-09-01' },
        rentMonth: 12_000,
        guarantee: 'deposit',
        guaranteeAmount: 36_000,
      },
    })
    const after = await counted()
    t.strictSame([after.n - before.n, after.stays - before.stays], [0, 1], 'a stay, and no place taken')
    t.match((await officer.get(`/needs/${needId}`)).json(), { status: 'closed', endedReasonName: 'Flyttet inn' })
    t.match((await officer.get(`/offers/${offered.json().id}`)).json(), { state: 'withdrawn' })
    t.match((await record(needId, {}, officer, 2)).json(), { code: 'need_not_open' }, 'once')
    const { rows } = await owner.query(
      'select kind, due_on::text as due from task where stay_id = $1 and dropped_at is null order by due_on, kind',
      [made.json().id],
    )
    t.strictSame(
      rows.map(({ kind, due }) => `${kind} ${due}`),
      [
        'end_previous_stay 2026-09-15',
        'check_1m 2026-10-01',
        'check_3m 2026-12-01',
        'check_6m 2027-03-01',
        'check_12m 2027-09-01',
        'stay_ends 2029-08-02',
      ],
    )

    // who sees it: her bydel, and no house
    t.match((await manager.get(`/stays/${made.json().id}`)).json(), { privateLease: { signedOn: '2026-08-28' } })
    for (const who of [staff, neighbour]) t.equal((await who.get(`/stays/${made.json().id}`)).statusCode, 404)
    t.notOk((await staff.get('/stays')).body.includes(made.json().id))

    // out of the institution, with the right to come back
    const left = await officer.post(`/stays/${stayId}/departure`, { on: TODAY, reason: 'moved_on' }, at(1))
    t.match(left.json(), { state: 'departed', rightOfReturnUntil: '2026-11-30' }, left.body)
    const homes = (await officer.get(`/stays?residentId=${person.residentId}&state=present`)).json().items
    t.match(homes, [{ id: made.json().id, place: null, handoverUntil: null }])

    // what comes after is recorded like of any stay
    const { version } = homes[0]
    const correct = { on: '2026-09-01', reason: 'wrong_day' }
    t.match((await officer.post(`/stays/${homes[0].id}/move-in-correction`, correct, at(version))).json(), {
      errors: [{ code: 'same_day' }],
    })
    t.match(
      (await officer.post(`/stays/${homes[0].id}/departure`, { on: TODAY, reason: 'own_wish' }, at(version))).json(),
      {
        errors: [{ pointer: '/on', code: 'before_arrival' }],
      },
    )
  })

  await t.test('two who record it at once record it once', async (t) => {
    const { needId } = await mover()
    const answers = await Promise.all([record(needId), record(needId, {}, manager)])
    const codes = answers.map(({ statusCode }) => statusCode).toSorted()
    t.equal(codes[0], 201)
    t.ok(codes[1] === 409 || codes[1] === 412, `the other is told: ${codes[1]}`)
    const { rows } = await owner.query('select count(*)::int as n from private_lease where need_id = $1', [needId])
    t.equal(rows[0].n, 1)
  })

  await t.test('a signed lease for one of our places is in the way, and support takes its decision', async (t) => {
    const { needId } = await mover(undefined, { forms: ['private_support'] })
    await owner.query("update need set service_decision_on = '2026-09-02' where id = $1", [needId])
    t.match(
      (await record(needId, { form: 'private_support' }, officer, 2)).json(),
      { status: 409 },
      'not one of tomorrow',
    )
    await owner.query("update need set service_decision_on = '2026-08-20' where id = $1", [needId])
    t.equal((await record(needId, { form: 'private_support' }, officer, 3)).statusCode, 201)
  })
})
