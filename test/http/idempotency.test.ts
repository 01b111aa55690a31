import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const { owner } = app
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const colleague = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

const key = (name: string) => ({ 'idempotency-key': name })
const newPerson = (columns: object = {}) => ({ district: ALNA, name: 'Sigrun Kanarifugl', ...columns })
const residents = async () => (await countRows(owner)).resident ?? -1

t.test('the same key and body is done once and answers the same', async (t) => {
  const before = await residents()
  const first = await officer.post('/residents', newPerson(), key('once'))
  const second = await officer.post('/residents', newPerson(), key('once'))
  t.equal(first.statusCode, 201)
  t.equal(second.statusCode, 201)
  t.equal(second.body, first.body)
  t.equal(second.headers.etag, first.headers.etag)
  t.equal(second.headers.location, first.headers.location)
  t.equal(await residents(), before + 1)
})

t.test('another body, address or version under the same key is refused', async (t) => {
  const before = await countRows(owner)
  const other = await officer.post('/residents', newPerson({ gender: 'woman' }), key('once'))
  t.equal(other.statusCode, 422)
  t.equal(other.json().code, 'key_reused')
  t.equal(
    (await officer.post('/needs', { residentId: (await given.resident(ALNA)).residentId }, key('once'))).statusCode,
    422,
  )
  const after = await countRows(owner)
  t.equal(after.need, before.need)
  t.equal(after.idempotency_answer, before.idempotency_answer)
})

t.test('another actor’s same key is another key', async (t) => {
  const before = await residents()
  const hers = await colleague.post('/residents', newPerson(), key('once'))
  const theirs = await neighbour.post('/residents', newPerson({ district: GRUNERLOKKA }), key('once'))
  t.equal(hers.statusCode, 201)
  t.equal(theirs.statusCode, 201)
  t.equal(await residents(), before + 2)
})

t.test('fifty at once create one row; the others are told to wait or get its answer', async (t) => {
  const before = await residents()
  const body = newPerson({ personalNumber: personalNumber() })
  const answers = await Promise.all(Array.from({ length: 50 }, () => officer.post('/residents', body, key('crowd'))))
  t.equal(await residents(), before + 1)
  const created = answers.filter(({ statusCode }) => statusCode === 201)
  t.ok(created.length >= 1)
  t.equal(new Set(created.map(({ body: answer }) => answer)).size, 1, 'all who got an answer got the same')
  for (const { statusCode, json } of answers) {
    if (statusCode !== 201) t.match({ statusCode, ...json() }, { statusCode: 409, code: 'request_in_flight' })
  }
  t.equal((await officer.post('/residents', body, key('crowd'))).body, created[0]?.body)
})

t.test('a request that failed leaves nothing behind, and its key can be used again', async (t) => {
  const before = await countRows(owner)
  const wrong = await officer.post('/residents', newPerson({ personalNumber: '12345678901' }), key('retry'))
  t.equal(wrong.statusCode, 422)
  t.strictSame(await countRows(owner), before)
  t.equal((await officer.post('/residents', newPerson(), key('retry'))).statusCode, 201)
})

t.test('after a day the key is free, and the answer is gone', async (t) => {
  const before = await residents()
  const first = await officer.post('/residents', newPerson(), key('old'))
  await owner.query("update idempotency_answer set created_at = now() - interval '23 hours' where key = 'old'")
  t.equal((await officer.post('/residents', newPerson(), key('old'))).body, first.body, 'kept for the day')
  await owner.query("update idempotency_answer set created_at = now() - interval '25 hours' where key = 'old'")
  const later = await officer.post('/residents', newPerson(), key('old'))
  t.equal(later.statusCode, 201)
  t.not(later.json().id, first.json().id)
  t.equal(await residents(), before + 2)
  await owner.query("update idempotency_answer set created_at = now() - interval '25 hours' where key = 'old'")
  await app.signedInAs({ role: 'auditor' })
  const { rows } = await owner.query("select from idempotency_answer where key = 'old'")
  t.equal(rows.length, 0, 'whoever signs in next sweeps what is older than a day')
})

t.test('the stored answer is encrypted and bound to its row', async (t) => {
  const { rows } = await owner.query<{ answer: Buffer; key: string; actor_id: string }>(
    'select answer, key, actor_id from idempotency_answer',
  )
  t.ok(rows.length >= 3)
  for (const { answer } of rows) t.notMatch(answer.toString('latin1'), /Kanarifugl|Sigrun|residents/)
  const row = rows.find(({ actor_id }) => actor_id === officer.accountId)
  if (row === undefined) throw new Error('no answer')
  t.match(app.deps.keyring.open(row.answer, `${row.actor_id}/${row.key}`), /Kanarifugl/)
  t.throws(() => app.deps.keyring.open(row.answer, `${colleague.accountId}/${row.key}`))
})

t.test('a key that cannot be one is refused', async (t) => {
  for (const wrong of ['', ' ', 'a b', 'x'.repeat(201), 'ø']) {
    const before = await countRows(owner)
    t.equal((await officer.post('/residents', newPerson(), key(wrong))).statusCode, 422, wrong)
    t.strictSame(await countRows(owner), before)
  }
})

t.test('every POST that creates or decides takes a key', async (t) => {
  const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
  const person = await given.resident(ALNA)
  const other = await given.resident(ALNA)
  const facilityId = await given.facility()
  const placeId = await given.place(facilityId)
  const consentId = await given.consent(person)
  const needId = await given.need(await given.resident(ALNA), { status: 'draft' })
  const ended = await given.need(await given.resident(ALNA))
  const open = { from: '2026-01-01', to: null }
  const facility = { name: 'Nytt hus', operator: 'X', operatorKind: 'district', districtCode: ALNA, serves: 'city' }
  for (const [path, body, headers] of [
    ['/facilities', { ...facility, openDuring: open }, {}],
    ['/places', { facilityId, label: 'Ny', form: 'municipal', openDuring: open }, {}],
    [`/places/${placeId}/closures`, { during: { from: '2026-10-01', to: null }, reason: 'repair' }, {}],
    [`/residents/${person.residentId}/consents`, { scope: 'relatives', givenOn: '2026-08-01' }, {}],
    [`/residents/${person.residentId}/never-together`, { otherResidentId: other.residentId, reason: 'Vold' }, {}],
    [`/consents/${consentId}/revocation`, { revokedOn: '2026-08-01' }, { 'if-match': '"1"' }],
    ['/needs', { residentId: person.residentId }, {}],
    [`/needs/${needId}/assessments`, { assessedOn: '2026-08-01' }, {}],
    [`/needs/${needId}/registration`, undefined, { 'if-match': '"1"' }],
    [`/needs/${ended}/withdrawal`, { reason: 'moved_within' }, { 'if-match': '"1"' }],
  ] as const) {
    const first = await manager.post(path, body, { ...key(path), ...headers })
    t.ok(first.statusCode < 300, `${path}: ${first.body}`)
    const before = await countRows(owner)
    const second = await manager.post(path, body, { ...key(path), ...headers })
    t.equal(second.statusCode, first.statusCode, path)
    t.equal(second.body, first.body, path)
    t.strictSame(await countRows(owner), before, `${path} was done once`)
  }
})
