import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })

const facilityId = await given.facility()
const placeId = await given.place(facilityId)
const closureId = await given.closed(placeId, '[2026-10-01,2026-11-01)')
const person = await given.resident(ALNA)
const needId = await given.need(person)
const consentId = await given.consent(person)

/** Everything that is changed under a version, with a change that counts. */
const CHANGES = [
  { path: `/facilities/${facilityId}`, body: { operator: 'Ny drift' } },
  { path: `/places/${placeId}`, body: { maxHousehold: 2 } },
  { path: `/closures/${closureId}`, body: { note: 'Rør' } },
  { path: `/residents/${person.residentId}`, body: { contactPerson: 'Ola' } },
  { path: `/needs/${needId}`, body: { behaviour: 1 } },
]

t.test('a change names the version it is meant for', async (t) => {
  for (const { path, body } of CHANGES) {
    const missing = await manager.patch(path, body)
    t.equal(missing.statusCode, 428, `${path} without`)
    t.equal(missing.json().code, 'version_required')
    for (const wrong of ['"2"', '2', '*', 'W/"1"', '"x"', '']) {
      const stale = await manager.patch(path, body, undefined, { 'if-match': wrong })
      t.equal(stale.statusCode, 412, `${path} with ${wrong}`)
      t.equal(stale.json().code, 'stale_version')
    }
    const changed = await manager.patch(path, body, 1)
    t.equal(changed.statusCode, 200, `${path}: ${changed.body}`)
    t.equal(changed.headers.etag, '"2"')
    t.equal(changed.json().version, 2)
    t.equal((await manager.patch(path, body, 1)).statusCode, 412, 'the version counted up')
  }
})

t.test('deciding takes a version too', async (t) => {
  for (const { path, body } of [
    { path: `/needs/${needId}/withdrawal`, body: { reason: 'moved_within' } },
    { path: `/needs/${needId}/registration`, body: undefined },
    { path: `/consents/${consentId}/revocation`, body: { revokedOn: '2026-08-01' } },
  ]) {
    t.equal((await officer.post(path, body)).statusCode, 428, path)
  }
})

t.test('a change of nothing but the household still counts', async (t) => {
  const path = `/residents/${person.residentId}`
  const { version } = (await officer.get(path)).json()
  const changed = await officer.patch(path, { household: { adults: 2 } }, version)
  t.equal(changed.json().version, version + 1)
  t.equal(changed.json().household.adults, 2)
  t.equal((await officer.patch(path, { household: { adults: 3 } }, version)).statusCode, 412)
  t.equal((await officer.patch(`/facilities/${facilityId}`, { servedDistricts: [] }, 2)).statusCode, 403)
  t.equal((await manager.patch(`/facilities/${facilityId}`, { servedDistricts: [] }, 2)).json().version, 3)
})

t.test('of many at once, one wins and nobody’s change is lost', async (t) => {
  for (const { path, bodies } of [
    { path: `/needs/${needId}`, bodies: (n: number) => ({ whatMatters: `Nummer ${n}` }) },
    { path: `/residents/${person.residentId}`, bodies: (n: number) => ({ phone: `${n}` }) },
    { path: `/places/${placeId}`, bodies: (n: number) => ({ label: `Etasje ${n}` }) },
  ]) {
    const before = (await manager.get(path)).json()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => manager.patch(path, bodies(n), before.version)),
    )
    const won = answers.filter(({ statusCode }) => statusCode === 200)
    t.equal(won.length, 1, path)
    t.ok(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 412))
    const after = (await manager.get(path)).json()
    t.equal(after.version, before.version + 1)
    t.match(after, won[0]?.json(), 'what stands is what the winner was told')
  }
})

t.test('a reading carries the tag that a change takes', async (t) => {
  for (const path of [
    `/facilities/${facilityId}`,
    `/places/${placeId}`,
    `/residents/${person.residentId}`,
    `/needs/${needId}`,
  ]) {
    const read = await manager.get(path)
    t.equal(read.headers.etag, `"${read.json().version}"`, path)
    t.equal(read.headers['cache-control'], 'no-store', 'and stays in no cache')
  }
})
