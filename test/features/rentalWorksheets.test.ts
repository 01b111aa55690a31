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
