import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, type Person } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()

const startFor = (person: Person, body: object = {}) =>
  officer.post('/needs', { residentId: person.residentId, ...body })
const versioned = (version: number) => ({ 'if-match': `"${version}"` })
const missing = (answer: { json(): { readiness?: Item[]; items?: Item[] } }) =>
  (answer.json().readiness ?? answer.json().items ?? []).filter(({ present }) => !present).map(({ id }) => id)
interface Item {
  id: string
  present: boolean
  stops: string
}

t.test('a draft may lack everything but whose it is, and is saved as it goes', async (t) => {
  const person = await given.resident(ALNA, { name: 'Knut Utkast', birth_date: '1990-01-01' })
  await given.child(person)
  const started = await startFor(person)
  t.equal(started.statusCode, 201, started.body)
  const need = started.json()
  t.match(need, {
    version: 1,
    status: 'draft',
    holdingDistrict: ALNA,
    responsibleDistrict: ALNA,
    resident: { id: person.residentId, name: 'Knut Utkast', birthYear: 1990, synthetic: true },
    householdSize: 2,
    forms: [],
    registeredAt: null,
    urgency: { urgencyClass: 5, daysInSituation: null, daysSinceRegistration: 0 },
  })
  t.equal((await officer.get(`/residents/${person.residentId}`)).json().openNeedId, need.id)
  t.match((await startFor(person)).json(), {
    status: 409,
    code: 'open_need_exists',
    blocking: { kind: 'need', id: need.id },
  })

  const changed = await officer.patch(
    `/needs/${need.id}`,
    {
      forms: ['colocated_24h', 'municipal'],
      requiredFeatures: ['ground_floor'],
      wantedFeatures: ['lift'],
      excludedDistricts: [GRUNERLOKKA],
      excludedFacilities: [facilityId],
      origin: 'temporary',
      situationSince: '2026-05-01',
      urgencyGrounds: ['violence'],
      neededDuring: { from: '2026-09-15', to: '2027-01-01' },
      behaviour: 2,
      whatMatters: 'Å få ha katten med',
    },
    1,
  )
  t.match(changed.json(), {
    version: 2,
    forms: ['colocated_24h', 'municipal'],
    neededDuring: { from: '2026-09-15', to: '2027-01-01' },
    urgency: {
      urgencyClass: 1,
      grounds: [{ id: 'violence', derived: false }, { id: 'children_in_temporary', derived: true }, {}],
      daysInSituation: 123,
    },
  })
  const cleared = await officer.patch(`/needs/${need.id}`, { neededDuring: null, behaviour: null }, 2)
  t.match(
    cleared.json(),
    { neededDuring: null, behaviour: null, forms: ['colocated_24h', 'municipal'] },
    'the rest stays',
  )
})

t.test(
  'readiness says what is missing and which step it stops, and only not saying what is needed stops the queue',
  async (t) => {
    const person = await given.resident(ALNA)
    const need = (await startFor(person, { responsibleDistrict: null })).json()
    const early = await officer.get(`/needs/${need.id}/readiness`)
    t.equal(early.json().canBeRanked, false)
    t.ok(missing(early).includes('forms_stated'))
    const tooEarly = await officer.post(`/needs/${need.id}/registration`, undefined, versioned(1))
    t.match(tooEarly.json(), {
      status: 409,
      code: 'need_not_complete',
      errors: [{ pointer: '/forms', code: 'forms_stated' }],
    })

    const stated = await officer.patch(`/needs/${need.id}`, { forms: ['municipal'] }, 1)
    t.match(missing(stated), ['window_stated', 'responsible_district_resolved', 'assessment_current'])
    const registered = await officer.post(`/needs/${need.id}/registration`, undefined, versioned(2))
    t.match(registered.json(), { status: 'registered', version: 3 }, 'nobody is dropped for what is missing later')
    t.match(registered.json().registeredAt, /^2026-0(8-31|9-01)T/)
    t.equal(
      (await officer.post(`/needs/${need.id}/registration`, undefined, versioned(3))).json().code,
      'need_not_open',
    )
    t.equal((await officer.patch(`/needs/${need.id}`, { forms: [] }, 3)).statusCode, 422, 'nor can it be unsaid')

    const steps = (await officer.get(`/needs/${need.id}/readiness`)).json()
    t.match(steps, { canBeRanked: true, missing: missing({ json: () => steps }).length })
    for (const item of steps.items) t.match(item, { title: /./, why: /./, meanwhile: /./, source: /./ }, item.id)

    await given.consent(person)
    await officer.patch(
      `/residents/${person.residentId}`,
      { contactPerson: 'Ola', individualPlanOfferedOn: '2026-08-01' },
      1,
    )
    await officer.post(`/needs/${need.id}/assessments`, { assessedOn: '2026-08-15' })
    const done = await officer.patch(
      `/needs/${need.id}`,
      {
        responsibleDistrict: ALNA,
        neededDuring: { from: '2026-09-01', to: null },
        privateRental: 'not_possible',
        serviceDecisionOn: '2026-08-20',
      },
      3,
    )
    t.strictSame(missing(done), [], done.body)
  },
)

t.test('assessments are appended, dated, and say who made them', async (t) => {
  const needId = await given.need(await given.resident(ALNA))
  const add = (body: object) => officer.post(`/needs/${needId}/assessments`, body)
  const first = await add({ assessedOn: '2026-02-01', lifeAreas: { housing: 2, substance_use: 4 }, careTrack: 2 })
  t.match(first.json(), { assessedBy: 'Berit Konsulent', lifeAreas: { housing: 2, substance_use: 4 }, careTrack: 2 })
  await add({ assessedOn: '2026-08-01', livingSkills: 'Klarer seg selv' })
  await add({ assessedOn: '2025-12-01' })
  const { items } = (await officer.get(`/needs/${needId}/assessments`)).json()
  t.strictSame(
    items.map(({ assessedOn }: { assessedOn: string }) => assessedOn),
    ['2026-08-01', '2026-02-01', '2025-12-01'],
    'newest first, none overwritten',
  )
  for (const wrong of [
    { assessedOn: '2026-09-02' },
    { assessedOn: '2026-08-01', lifeAreas: { housing: 6 } },
    { assessedOn: '2026-08-01', careTrack: 4 },
  ]) {
    t.equal((await add(wrong)).statusCode, 422, JSON.stringify(wrong))
  }
  t.equal((await add({ assessedOn: '2026-08-01', lifeAreas: { diagnosis: 1 } })).statusCode, 400, 'no area of life')
  t.equal((await officer.get(`/needs/${needId}/assessments`)).json().items.length, 3)
})

t.test('a need ends with a reason that people may give', async (t) => {
  const person = await given.resident(ALNA)
  const needId = await given.need(person)
  const withdraw = (reason: string, version = 1) =>
    officer.post(`/needs/${needId}/withdrawal`, { reason }, versioned(version))
  t.match((await withdraw('because')).json(), { status: 422, errors: [{ pointer: '/reason' }] })
  const { rows } = await owner.query<{ id: string }>(
    "select id from reason_code where kind = 'withdrawal' and not offered_to_people",
  )
  for (const { id } of rows) t.equal((await withdraw(id)).statusCode, 422, `${id} is the system’s alone`)
  t.equal((await withdraw('moved_within', 4)).statusCode, 412)
  const ended = await withdraw('moved_within')
  t.match(ended.json(), { status: 'closed', endedReason: 'moved_within', version: 2 })
  t.equal((await withdraw('moved_within', 2)).json().code, 'need_not_open')
  t.equal((await officer.patch(`/needs/${needId}`, { behaviour: 1 }, 2)).json().code, 'need_not_open')
  t.equal((await officer.get('/needs?status=closed')).json().items.length, 1)
  t.notOk((await officer.get('/needs')).body.includes(needId), 'and stands in no list of open ones')
  t.equal((await startFor(person)).statusCode, 201, 'who needs a home again gets a new need')
})

t.test('a need of another district', async (t) => {
  const theirs = await given.resident(GRUNERLOKKA)
  const before = await countRows(owner)
  const foreign = await startFor(theirs)
  t.match(foreign.json(), { status: 422, errors: [{ pointer: '/residentId', code: 'unknown_resident' }] })
  t.strictSame(await countRows(owner), before)
  const needId = await given.need(theirs)
  t.notOk((await officer.get('/needs')).body.includes(needId))
  t.equal((await neighbour.get('/needs')).json().items.length, 1)

  await t.test('stays with the one that registered it, whoever is responsible', async (t) => {
    const held = (
      await startFor(await given.resident(ALNA), { responsibleDistrict: GRUNERLOKKA, forms: ['municipal'] })
    ).json()
    t.match(held, { holdingDistrict: ALNA, responsibleDistrict: GRUNERLOKKA })
    t.equal((await neighbour.get(`/needs/${held.id}`)).statusCode, 404)
    const unresolved = await officer.patch(`/needs/${held.id}`, { responsibleDistrict: null }, 1)
    t.ok(missing(unresolved).includes('responsible_district_resolved'))
  })
})

t.test('what cannot be is refused, every wrong field at once', async (t) => {
  const person = await given.resident(ALNA)
  const need = (await startFor(person)).json()
  const before = await countRows(owner)
  const unknown = '019a0000-0000-7000-8000-000000000000'
  for (const [what, pointers, body] of [
    ['an unknown field', ['/diagnosis'], { diagnosis: 'F20' }],
    ['an unknown form', ['/forms/0'], { forms: ['castle'] }],
    ['a situation as a form', ['/forms/0'], { forms: ['no_home'] }],
    ['a form twice', ['/forms'], { forms: ['municipal', 'municipal'] }],
    ['an empty window', ['/neededDuring/to'], { neededDuring: { from: '2026-10-01', to: '2026-10-01' } }],
    ['a window backwards', ['/neededDuring/to'], { neededDuring: { from: '2026-10-01', to: '2026-09-01' } }],
    ['a wrong level', ['/behaviour'], { behaviour: 4 }],
    ['an unknown house', ['/excludedFacilities'], { excludedFacilities: [unknown] }],
    ['a district that is not', ['/excludedDistricts'], { excludedDistricts: ['030199'] }],
    ['an override without a reason', ['/privateRentalReason'], { privateRental: 'overridden' }],
    ['required and wanted', ['/wantedFeatures'], { requiredFeatures: ['lift'], wantedFeatures: ['lift'] }],
    [
      'several',
      ['/situationSince', '/responsibleDistrict', '/stayDistrict'],
      { situationSince: '2026-09-02', responsibleDistrict: '030199', stayDistrict: '030198' },
    ],
  ] as const) {
    const refused = await officer.patch(`/needs/${need.id}`, body, 1)
    t.equal(refused.statusCode, what === 'an unknown field' ? 400 : 422, `${what}: ${refused.body}`)
    t.strictSame(
      refused.json().errors.map(({ pointer }: { pointer: string }) => pointer),
      pointers,
      what,
    )
  }
  t.equal((await officer.post('/needs', { residentId: unknown })).statusCode, 422)
  t.strictSame(await countRows(owner), before)
  t.strictSame((await officer.get(`/needs/${need.id}`)).json(), need, 'the draft is as it was')

  await officer.patch(`/needs/${need.id}`, { requiredFeatures: ['lift'] }, 1)
  const later = await officer.patch(`/needs/${need.id}`, { wantedFeatures: ['lift'] }, 2)
  t.match(
    later.json(),
    { status: 422, errors: [{ pointer: '/wantedFeatures' }] },
    'also when the other was sent before',
  )
})
