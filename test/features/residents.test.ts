import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const both = await app.signedInAs({ role: 'housing_officer', districts: [ALNA, GRUNERLOKKA] })

t.test('a person is registered with her household, and changed', async (t) => {
  const number = personalNumber()
  const body = {
    district: ALNA,
    name: 'Åse Ødegård',
    personalNumber: `${number.slice(0, 6)} ${number.slice(6)}`,
    birthDate: '1980-05-01',
    gender: 'woman',
    phone: '99 88 77 66',
    language: 'so',
    interpreter: true,
    contactPerson: 'Ola Støtte',
    individualPlanOfferedOn: '2026-02-01',
    individualPlanAnsweredOn: '2026-02-10',
    individualPlanAnswer: 'accepted',
    household: { adults: 2, pets: true, children: [{ birthYear: 2018, arrangement: 'living' }] },
  }
  const registered = await officer.post('/residents', body)
  t.equal(registered.statusCode, 201, registered.body)
  const person = registered.json()
  const { personalNumber: _, ...rest } = body
  t.match(person, { ...rest, version: 1, synthetic: true, openNeedId: null, personalNumberEnding: number.slice(-3) })
  t.notOk(registered.body.includes(number), 'the number itself is not answered')
  t.strictSame((await officer.get(`/residents/${person.id}`)).json(), person)

  const changed = await officer.patch(
    `/residents/${person.id}`,
    { name: 'Åse Nilsen', household: { children: [{ birthYear: 2020, arrangement: 'visiting' }] } },
    1,
  )
  t.match(changed.json(), {
    name: 'Åse Nilsen',
    phone: '99 88 77 66',
    version: 2,
    household: { adults: 2, pets: true, children: [{ birthYear: 2020, arrangement: 'visiting' }] },
  })
  t.equal(changed.json().household.children.length, 1)
  t.equal(
    (await officer.post('/residents/search', { personalNumber: number })).json().items.length,
    1,
    'the number is kept',
  )

  await t.test('and what is stored tells nobody who she is', async (t) => {
    const { rows } = await owner.query<{ row: string; sealed: Buffer }>(
      `select to_jsonb(r)::text || to_jsonb(h)::text || i.fingerprint::text as row, i.ciphertext as sealed
       from resident r join household h on h.id = r.household_id join resident_identity i on i.resident_id = r.id
       where r.id = $1`,
      [person.id],
    )
    for (const secret of ['Åse', 'Nilsen', number, '99 88 77 66']) {
      t.notOk(rows[0]?.row.includes(secret), secret)
      t.notOk(rows[0]?.sealed.toString('utf8').includes(secret), secret)
    }
    const { rows: log } = await owner.query<{ row: string }>('select to_jsonb(change_log)::text as row from change_log')
    t.notOk(
      log.some(({ row }) => /Åse|Nilsen/.test(row) || row.includes(number)),
      'nor does the change log',
    )
  })
})

t.test('a person is found by number and by a part of her name, among one’s own', async (t) => {
  const number = personalNumber()
  await given.resident(ALNA, { name: 'Ærlend Søkbar', number, birth_date: '1980-05-01' })
  await given.resident(GRUNERLOKKA, { name: 'Ærlend Søkbar', number })
  const search = async (query: object) => (await officer.post('/residents/search', query)).json()
  for (const query of [
    { personalNumber: number },
    { personalNumber: `${number.slice(0, 6)} ${number.slice(6)}` },
    { name: 'ærlend' },
    { name: ' SØKBAR ' },
    { name: 'lend sø' },
  ]) {
    const { items, more } = await search(query)
    t.match(
      items,
      [{ name: 'Ærlend Søkbar', birthYear: 1980, personalNumberEnding: number.slice(-3) }],
      JSON.stringify(query),
    )
    t.equal(items.length, 1)
    t.equal(more, false)
  }
  t.strictSame(await search({ name: 'Finnes ikke' }), { items: [], more: false })
  t.strictSame(await search({ personalNumber: personalNumber() }), { items: [], more: false })
  for (const wrong of [{}, { name: 'x' }, { name: 'Ærlend', personalNumber: number }, { personalNumber: '123' }]) {
    t.equal((await officer.post('/residents/search', wrong)).statusCode, 422, JSON.stringify(wrong))
  }
  await Promise.all(Array.from({ length: 21 }, () => given.resident(ALNA, { name: 'Mange Like' })))
  const many = await search({ name: 'Mange' })
  t.equal(many.items.length, 20)
  t.equal(many.more, true, 'and it is said that there are more')
})

t.test('the same person twice', async (t) => {
  const number = personalNumber()
  const body = { district: ALNA, name: 'Tove Tosteder', personalNumber: number }
  const first = (await officer.post('/residents', body)).json()

  await t.test('is refused in the same district, and the first is named', async (t) => {
    const before = await countRows(owner)
    const again = await officer.post('/residents', { ...body, name: 'En Annen' })
    t.match(again.json(), {
      status: 409,
      code: 'duplicate_resident',
      errors: [{ pointer: '/personalNumber' }],
      blocking: { kind: 'resident', id: first.id },
    })
    t.notMatch(again.body, /Tove|Tosteder/)
    t.strictSame(await countRows(owner), before)
    const third = await given.resident(ALNA)
    const taken = await officer.patch(`/residents/${third.residentId}`, { personalNumber: number }, 1)
    t.match(taken.json(), { status: 409, blocking: { id: first.id } })
    const same = await officer.patch(`/residents/${first.id}`, { personalNumber: number }, 1)
    t.equal(same.statusCode, 200, 'her own number is no conflict')
  })

  await t.test('of many at once one is registered', async (t) => {
    const racing = { ...body, personalNumber: personalNumber() }
    const answers = await Promise.all(Array.from({ length: 8 }, () => officer.post('/residents', racing)))
    t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [201, ...Array.from({ length: 7 }, () => 409)])
  })

  await t.test('is allowed in another district, which is told nothing', async (t) => {
    const other = await neighbour.post('/residents', { ...body, district: GRUNERLOKKA })
    const unheard = await neighbour.post('/residents', {
      ...body,
      district: GRUNERLOKKA,
      personalNumber: personalNumber(),
    })
    t.equal(other.statusCode, 201)
    t.strictSame(Object.keys(other.json()), Object.keys(unheard.json()))
    t.strictSame(Object.keys(other.headers), Object.keys(unheard.headers))
    t.not(other.json().id, first.id)
    t.equal((await neighbour.get(`/residents/${first.id}`)).statusCode, 404)
    t.equal(
      (await neighbour.post('/residents/search', { personalNumber: number })).json().items.length,
      1,
      'her own alone',
    )
    t.equal((await officer.post('/residents/search', { personalNumber: number })).json().items.length, 1)
  })

  await t.test('is refused without a name when the first is protected', async (t) => {
    const secret = personalNumber()
    const hidden = await officer.post('/residents', {
      ...body,
      personalNumber: secret,
      addressProtection: 'confidential',
    })
    t.equal(hidden.statusCode, 201)
    const colleague = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
    const again = await colleague.post('/residents', { ...body, personalNumber: secret })
    t.equal(again.statusCode, 409)
    t.notOk(again.body.includes(hidden.json().id), 'who is not of the circle is not told who she is')
  })
})

t.test('a consent is given and revoked', async (t) => {
  const person = await given.resident(ALNA)
  const path = `/residents/${person.residentId}/consents`
  const given1 = await officer.post(path, { scope: 'facility', givenOn: '2026-03-01', note: 'Muntlig' })
  t.equal(given1.statusCode, 201)
  const consent = given1.json()
  t.match((await officer.get(path)).json().items, [{ id: consent.id, revokedOn: null, note: 'Muntlig' }])
  const revoke = (revokedOn: string, version = 1) =>
    officer.post(`/consents/${consent.id}/revocation`, { revokedOn }, { 'if-match': `"${version}"` })
  t.equal((await revoke('2026-02-28')).statusCode, 422, 'not before it was given')
  t.equal((await revoke('2026-09-02')).statusCode, 422, 'not in the future')
  t.equal((await revoke('2026-08-01', 7)).statusCode, 412)
  const revoked = await revoke('2026-08-01')
  t.match(revoked.json(), { revokedOn: '2026-08-01', version: 2, note: 'Muntlig' })
  t.equal(revoked.headers.etag, '"2"')
  t.match((await officer.get(path)).json().items, [{ revokedOn: '2026-08-01', version: 2 }])
  t.equal((await officer.post(path, { scope: 'facility', givenOn: '2026-09-02' })).statusCode, 422)
  t.equal((await neighbour.get(path)).statusCode, 404)
})

t.test('who must not live together', async (t) => {
  const person = await given.resident(ALNA, { name: 'Den Ene' })
  const other = await given.resident(ALNA, { name: 'Den Andre' })
  const path = `/residents/${person.residentId}/never-together`
  const added = await officer.post(path, { otherResidentId: other.residentId, reason: 'Vold' })
  t.match(added.json(), { otherName: 'Den Andre', reason: 'Vold' })
  t.match((await officer.get(path)).json().items, [{ otherResidentId: other.residentId, otherName: 'Den Andre' }])
  t.match((await officer.post(path, { otherResidentId: person.residentId, reason: 'x' })).json(), {
    status: 422,
    errors: [{ code: 'same_resident' }],
  })

  await t.test('across districts the house is all that is told', async (t) => {
    const here = await given.resident(ALNA, { name: 'Fra Alna' })
    const there = await given.resident(GRUNERLOKKA, { name: 'Fra Løkka' })
    const house = await given.facility({ name: 'Felles hus' })
    await given.livesIn(there, await given.place(house))
    const placeId = await given.place(house)
    const elsewhere = await given.place(await given.facility({ name: 'Annet hus' }))
    const needId = await given.need(here)
    t.equal((await officer.get(`/explanations?needId=${needId}&placeId=${placeId}`)).json().eligible, true)
    const pair = await both.post(`/residents/${here.residentId}/never-together`, {
      otherResidentId: there.residentId,
      reason: 'Truet på livet',
    })
    t.equal(pair.statusCode, 201)

    const explained = await officer.get(`/explanations?needId=${needId}&placeId=${placeId}`)
    t.equal(explained.json().eligible, false)
    t.match(
      explained.json().rules.filter(({ outcome }: { outcome: string }) => outcome === 'failed'),
      [{ ruleId: 'never_together', needed: 'skal ikke bo med bestemte personer', offered: 'ikke mulig her' }],
    )
    const matches = await officer.get(`/needs/${needId}/matches`)
    t.match(matches.json().items, [{ placeId: elsewhere }], 'another house is possible')
    const listed = await officer.get(`/residents/${here.residentId}/never-together`)
    t.match(listed.json().items, [{ otherName: null }], 'nor is the name told where it was not written')
    for (const { body } of [explained, matches, listed]) {
      t.notMatch(body, /Fra Løkka/)
    }
    const backwards = await given.need(there)
    t.notOk(
      (await neighbour.get(`/needs/${backwards}/matches`)).body.includes(here.residentId),
      'the other side is told no more',
    )
    await owner.query("update stay set during = '[2025-01-01,2026-08-01)' where household_id = $1", [there.householdId])
    await owner.query(
      `update occupancy set during = '[2025-01-01,2026-08-01)' where id in
        (select occupancy_id from stay where household_id = $1)`,
      [there.householdId],
    )
    t.equal(
      (await officer.get(`/explanations?needId=${needId}&placeId=${placeId}`)).json().eligible,
      true,
      'once she has moved out, it is possible again',
    )
  })
})

t.test('what cannot be is refused', async (t) => {
  const before = await countRows(owner)
  const body = { district: ALNA, name: 'Prøve' }
  const wrongControl = `${personalNumber().slice(0, 9)}00`
  for (const [what, pointer, more] of [
    ['another district', '/district', { district: GRUNERLOKKA }],
    ['a wrong number', '/personalNumber', { personalNumber: wrongControl }],
    ['a number of twelve digits', '/personalNumber', { personalNumber: `${personalNumber()}1` }],
    ['a real person in the demo', '/personalNumber', { personalNumber: personalNumber({ synthetic: false }) }],
    ['a birth tomorrow', '/birthDate', { birthDate: '2026-09-02' }],
    ['a day that does not exist', '/birthDate', { birthDate: '1980-02-30' }],
    ['an answer without its day', '/individualPlanAnswer', { individualPlanAnswer: 'accepted' }],
    ['an offer tomorrow', '/individualPlanOfferedOn', { individualPlanOfferedOn: '2026-09-02' }],
    [
      'an answer before the offer',
      '/individualPlanAnsweredOn',
      {
        individualPlanOfferedOn: '2026-02-01',
        individualPlanAnsweredOn: '2026-01-01',
        individualPlanAnswer: 'declined',
      },
    ],
    [
      'a child of next year',
      '/household/children/0/birthYear',
      { household: { children: [{ birthYear: 2027, arrangement: 'living' }] } },
    ],
    ['an unknown gender', '/gender', { gender: 'x' }],
    ['a name of spaces', '/name', { name: '   ' }],
    ['an unknown field', '/diagnosis', { diagnosis: 'F20' }],
    ['an unknown field deep inside', '/household/income', { household: { income: 1 } }],
  ] as const) {
    const refused = await officer.post('/residents', { ...body, ...more })
    t.match(
      refused.json(),
      what.startsWith('an unknown field')
        ? { status: 400, code: 'invalid_request' }
        : { status: 422, code: 'invalid_value' },
      `${what}: ${refused.body}`,
    )
    t.ok(
      refused.json().errors.some((error: { pointer: string }) => error.pointer === pointer),
      `${what} at ${pointer}: ${refused.body}`,
    )
  }
  t.strictSame(await countRows(owner), before, 'and nothing is lost')
})
