import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const administrator = await app.signedInAs({ role: 'administrator', name: 'Ada Administrator' })

const CHANGED = {
  title: 'Kommunal bolig',
  legalBasis: 'Forskrift om kommunal bolig i Oslo fra 1.1.2024, kapittel 2 og 3',
  content: 'Kapittel 2 gjelder omsorgsbolig, kapittel 3 vanlig kommunal bolig.',
  appealBody: 'Oslo kommunes klagenemnd',
  deadlineWeeks: 3,
  validFrom: TODAY,
  reason: 'Fristen er endret i forskriften.',
}

const addVersion = (body: object, version: number) =>
  administrator.post('/legal-tracks/municipal_home/versions', body, { 'if-match': `"${version}"` })

t.test('the tracks stand apart, each with basis, body, deadline and where it is from', async (t) => {
  const { items } = (await officer.get('/legal-tracks')).json()
  t.match(items, [
    { id: 'help_with_home', lackMayRefuse: false, inForce: { appealBody: 'Statsforvalteren', deadlineWeeks: 3 } },
    { id: 'municipal_home', lackMayRefuse: true, inForce: { appealBody: /klagenemnd/, checked: false } },
    { id: 'temporary_accommodation', lackMayRefuse: false },
    { id: 'health_and_care', lackMayRefuse: false, inForce: { deadlineWeeks: 4 } },
  ])
  for (const { inForce } of items) {
    for (const field of ['legalBasis', 'source', 'appealBodySource', 'deadlineSource']) t.ok(inForce[field], field)
  }
})

t.test(
  'an administrator’s version counts from its day; what is issued keeps its own, and a draft takes the new',
  async (t) => {
    const needId = await given.need(await given.resident(ALNA))
    const otherId = await given.need(await given.resident(ALNA))
    const draftOf = async (id: string) =>
      (await officer.post(`/needs/${id}/decisions`, { track: 'municipal_home', outcome: 'granted' })).json()
    const issue = async ({ id, version }: { id: string; version: number }) =>
      (await officer.post(`/decisions/${id}/issue`, {}, { 'if-match': `"${version}"` })).json()
    const before = await issue(await draftOf(needId))
    const waiting = await draftOf(otherId)

    const added = await addVersion({ ...CHANGED, deadlineWeeks: 6 }, 1)
    t.equal(added.statusCode, 201, added.body)
    t.match(added.json(), {
      inForce: {
        version: 2,
        checked: false,
        checkedOn: null,
        author: 'Ada Administrator',
        deadlineSource: /endret av administrator/,
        appealBodySource: 'F eldre sak',
      },
    })
    t.match((await officer.get(`/decisions/${before.id}`)).json(), {
      track: { version: 1, deadlineWeeks: 3, checked: false },
      appealWindow: { to: '2026-09-23' },
    })
    t.match(await issue(waiting), { track: { version: 2, checked: false }, appealWindow: { to: '2026-10-14' } })
    const later = await addVersion({ ...CHANGED, validFrom: '2026-12-01' }, 2)
    t.match(later.json(), { inForce: { version: 2 } }, 'one from a day that comes is not in force yet')
    t.equal(later.json().versions.length, 3)
  },
)

t.test('a version is refused that is stale, in the past, or not an administrator’s', async (t) => {
  t.equal((await addVersion(CHANGED, 1)).statusCode, 412)
  t.match((await addVersion({ ...CHANGED, validFrom: '2026-08-31' }, 3)).json(), {
    errors: [{ code: 'in_the_past' }],
  })
  t.match((await addVersion(CHANGED, 3)).json(), { errors: [{ code: 'before_newest' }] })
  t.equal((await addVersion({ ...CHANGED, deadlineWeeks: 0, validFrom: '2027-01-01' }, 3)).statusCode, 422)
  t.equal((await officer.post('/legal-tracks/municipal_home/versions', CHANGED, { 'if-match': '"3"' })).statusCode, 403)
})
