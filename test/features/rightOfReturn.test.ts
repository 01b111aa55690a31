import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const intake = await app.signedInAs({ role: 'intake_officer' })
const institution = await given.facility({ name: 'Heimen', operator: 'VEL' })
const elsewhere = await given.facility({ name: 'Bakken' })
const staff = await app.signedInAs({ role: 'facility_staff', facilities: [institution] })
const at = (version: number) => ({ 'if-match': `"${version}"` })
const place = (columns = {}) => given.place(institution, { form: 'vel_coping', ...columns })

t.beforeEach(() => {
  deps.demoDate = TODAY
})

/** Moved on from the institution on 25 August, to a home that she has lost; with a need of a municipal home. */
async function movedOn({ lost = true, columns = {} } = {}) {
  const person = await given.resident(ALNA, { name: 'Knut Kjempe' })
  const before = await place()
  const stayId = await given.livesIn(person, before, '[2026-01-01,)', { form: 'vel_coping' })
  const home = await given.livesIn(person, await given.place(elsewhere), '[2026-08-20,)')
  const left = await officer.post(`/stays/${stayId}/departure`, { on: '2026-08-25', reason: 'moved_on' }, at(1))
  t.match(left.json(), { rightOfReturnUntil: '2026-11-23' }, left.body)
  await given.taken(before, '[2026-08-26,)')
  if (lost) await officer.post(`/stays/${home}/departure`, { on: TODAY, reason: 'eviction' }, at(1))
  const needId = await given.need(person, {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, ALNA, officer.accountId)
  await given.consent(person)
  return { person, needId, stayId, home }
}
const rights = async (needId: string, who = officer) => (await who.get(`/needs/${needId}/rights-of-return`)).json()

t.test('where she may come back to, and the places there', async (t) => {
  const { needId, stayId } = await movedOn()
  t.match(await rights(needId), {
    items: [
      {
        stayId,
        form: 'vel_coping',
        facilityName: 'Heimen',
        until: '2026-11-23',
        sentence: 'Rett til å komme tilbake til Heimen til og med 22. november 2026.',
        places: [],
      },
    ],
  })
  const free = await place({ label: 'R1' })
  await place({ form: 'vel_care' })
  await given.closed(await place(), '[2026-08-01,)')
  t.same((await rights(needId)).items[0].places, [{ id: free, label: 'R1', availableFrom: TODAY }])
  t.equal((await neighbour.get(`/needs/${needId}/rights-of-return`)).statusCode, 404)
  t.equal((await staff.get(`/needs/${needId}/rights-of-return`)).statusCode, 404, 'a house sees no need')
  t.equal((await intake.get(`/needs/${needId}/rights-of-return`)).statusCode, 403)

  // another form than the need asks for is a skip that must be explained, but not for her who comes back
  const stranger = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(stranger, ALNA, officer.accountId)
  const offer = (need: string, placeId: string) =>
    officer.post('/offers', { needId: need, placeId, moveInOn: '2026-09-03' })
  t.match((await offer(stranger, free)).json(), {
    code: 'needs_referral',
    errors: [{ code: 'vel_place_referred' }, { code: 'skip_explained' }],
  })
  const away = await given.place(elsewhere, { form: 'vel_coping' })
  t.match((await offer(needId, away)).json(), { code: 'needs_referral' }, 'to that house, not to every house')
  const sent = await offer(needId, free)
  t.match(sent.json(), { state: 'sent', skip: 'none', place: { form: 'vel_coping' } }, sent.body)

  deps.demoDate = '2026-11-22'
  t.equal((await rights(needId)).items.length, 1)
  deps.demoDate = '2026-11-23'
  t.same((await rights(needId)).items, [], 'then it is over')
})

t.test('the rules still hold, and it is used once', async (t) => {
  const { needId, person } = await movedOn()
  await owner.query("update resident set birth_date = '1980-01-01' where id = $1", [person.residentId])
  await owner.query('update facility set max_age = 25 where id = $1', [institution])
  t.same((await rights(needId)).items[0].places, [], 'she no longer fits there')
  await owner.query('update facility set max_age = null where id = $1', [institution])
  t.ok((await rights(needId)).items[0].places.length >= 0)
  await given.livesIn(person, await place(), '[2026-09-01,)', { form: 'vel_coping' })
  t.same((await rights(needId)).items, [], 'she has come back')
})

t.test('a protected person’s right is her circle’s alone', async (t) => {
  const { needId, person } = await movedOn()
  await owner.query("update resident set address_protection = 'confidential' where id = $1", [person.residentId])
  t.equal((await officer.get(`/needs/${needId}/rights-of-return`)).statusCode, 404)
  await given.inCircle(person, officer.accountId)
  t.equal((await rights(needId)).items.length, 1)
})

t.test('Felles inntak is shown the places she may come back to before the others', async (t) => {
  const { needId } = await movedOn({ columns: { forms: ['vel_coping'] } })
  const nearer = await given.facility({ name: 'Aasen', operator: 'VEL' })
  await given.place(nearer, { form: 'vel_coping', label: 'A1' })
  const back = await place({ label: 'Z9' })
  const sent = await officer.post('/referrals', { needId, form: 'vel_coping' })
  t.equal(sent.statusCode, 201, sent.body)
  const shown = (await intake.get(`/referrals/${sent.json().id}/places`)).json().items
  t.ok(shown.length > 1)
  const names = shown.map(({ facilityName }: { facilityName: string }) => facilityName)
  t.equal(names[0], 'Heimen', names.join())
  t.ok(shown.some(({ placeId }: { placeId: string }) => placeId === back))
  t.same(
    names.map((name: string) => name === 'Heimen'),
    names.map((name: string) => name === 'Heimen').toSorted((a: boolean, b: boolean) => Number(b) - Number(a)),
    'those first',
  )
})
