import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

t.test('the referral is written from the need, names nobody, and belongs to her own bydel', async (t) => {
  const wished = await given.facility({ name: 'Heimen ressurssenter' })
  const person = await given.resident(ALNA, { name: 'Siri Hemmelig', birth_date: '1985-04-12' })
  const other = await given.resident(ALNA, { name: 'Trond Uvenn' })
  await officer.post(`/residents/${person.residentId}/never-together`, {
    otherResidentId: other.residentId,
    reason: 'Trussel fra naboen',
  })
  const needId = await given.need(person, { forms: ['vel_coping', 'municipal'], what_matters: 'Ro om natten' })
  await officer.post(`/needs/${needId}/assessments`, {
    assessedOn: '2026-08-20',
    lifeAreas: { housing: 2 },
    livingSkills: 'Klarer seg med litt hjelp',
    careTrack: 3,
  })
  const paper = await officer.get(`/needs/${needId}/referral-paper?wishedFacilityId=${wished}`)
  t.equal(paper.statusCode, 200, paper.body)
  t.match(paper.json(), { form: 'vel_coping', formName: 'Mestring (VEL)', writtenOn: '2026-09-01' })
  t.match(paper.body, /Heimen ressurssenter.*41 år.*Ro om natten.*Klarer seg med litt hjelp/s)
  t.notMatch(paper.body, /Siri|Hemmelig|Trond|Trussel/, 'no name, and nothing of whom she must not live with')
  t.notMatch(paper.body, /hovedforløp|careTrack/i, 'the care track decides nothing and stays behind')
  t.match((await officer.get(`/needs/${needId}/referral-paper?form=vel_care`)).json(), { form: 'vel_care' })

  const foreign = await neighbour.get(`/needs/${needId}/referral-paper`)
  const missing = await neighbour.get('/needs/019a0000-0000-7000-8000-000000000000/referral-paper')
  t.equal(foreign.statusCode, 404)
  t.strictSame({ ...foreign.json(), traceId: '' }, { ...missing.json(), traceId: '' })
})
