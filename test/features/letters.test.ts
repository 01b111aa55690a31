import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facility = await given.facility({ name: 'Furuset bosenter', address: 'Prøveveien 12' })
const place = await given.place(facility, { label: 'H0203' })

async function offerOf(needId: string, columns: Record<string, unknown> = {}): Promise<string> {
  const row = {
    need_id: needId,
    holding_district: ALNA,
    place_id: place,
    sent_at: `${TODAY}T08:00:00Z`,
    sent_by: officer.accountId,
    move_in_on: '2026-09-15',
    reply_by: '2026-09-08T22:00:00Z',
    frozen: '{}',
    form_needed: 'municipal',
    form_given: 'municipal',
    ...columns,
  }
  const names = Object.keys(row)
  const { rows } = await owner.query(
    `insert into offer (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  )
  return rows[0].id
}

async function referralOf(needId: string): Promise<string> {
  const { rows } = await owner.query(
    `insert into referral (need_id, holding_district, form, content, sent_at, sent_by, answer_due_on)
     values ($1, $2, 'vel_coping', '{}', $3, $4, '2026-09-15') returning id`,
    [needId, ALNA, `${TODAY}T08:00:00Z`, officer.accountId],
  )
  return rows[0].id
}

t.test('the letter about an offer says where, by when, and what a no means, in the person’s language', async (t) => {
  const person = await given.resident(ALNA, { name: 'Siri Prøve', language: 'nn', interpreter: true })
  const offerId = await offerOf(await given.need(person))
  const letter = await officer.get(`/offers/${offerId}/letter`)
  t.equal(letter.statusCode, 200, letter.body)
  t.match(letter.json(), {
    kind: 'offer',
    language: 'nn',
    because: 'own',
    notes: [],
    recipient: 'Siri Prøve',
    signature: 'Berit Konsulent',
    writtenOn: TODAY,
    dated: '1. september 2026',
    marks: [],
  })
  t.match(letter.body, /Furuset bosenter.*H0203.*Prøveveien 12.*8\. september 2026 klokka 23:59.*15\. september 2026/s)
  t.match(letter.body, /tolk/)
  for (const [language, words] of [
    ['nb', /Du får tilbud om et sted å bo/],
    ['en', /8 September 2026/],
  ] as const) {
    const other = await officer.get(`/offers/${offerId}/letter?language=${language}`)
    t.match(other.json(), { language, because: 'asked_for', notes: [/nynorsk/] })
    t.match(other.body, words)
  }
  t.equal((await officer.get(`/offers/${offerId}/letter?language=so`)).statusCode, 400)
})

t.test(
  'an offer that has run out is marked, and one without reservation or that depends on another says so',
  async (t) => {
    const needId = await given.need(await given.resident(ALNA))
    const over = await offerOf(needId, { reply_by: '2026-08-31T22:00:00Z', place_id: await given.place(facility) })
    t.match((await officer.get(`/offers/${over}/letter`)).json(), { marks: ['Dette gjelder ikke lenger.'] })
    const conditional = await offerOf(needId, { conditional: true, place_id: await given.place(facility) })
    t.match(
      (await officer.get(`/offers/${conditional}/letter`)).body,
      /flytter ut som planlagt.*Den første som sier ja/s,
    )
  },
)

t.test('a language without letters falls back to bokmål, and the officer is told', async (t) => {
  const offerId = await offerOf(await given.need(await given.resident(ALNA, { language: 'so' })))
  const letter = (await officer.get(`/offers/${offerId}/letter`)).json()
  t.match(letter, { language: 'nb', because: 'fallback', notes: [/somali.*tolk/s] })
  t.match(JSON.stringify(letter), /Do you need an interpreter/)
})

t.test('a decision’s letter has its place or its reason, its law and its last day to appeal', async (t) => {
  const needId = await given.need(await given.resident(ALNA))
  const offerId = await offerOf(needId, { place_id: await given.place(facility, { label: 'H0301' }) })
  const draftOf = async (body: object) => (await officer.post(`/needs/${needId}/decisions`, body)).json()
  const municipal = await draftOf({ track: 'municipal_home', outcome: 'granted', offerId })
  const draft = await officer.get(`/decisions/${municipal.id}/letter`)
  t.match(draft.json(), { kind: 'decision', marks: [/utkast/, /[Ii]kke kontrollert/] })
  await officer.post(`/decisions/${municipal.id}/issue`, {}, { 'if-match': `"${municipal.version}"` })
  const issued = await officer.get(`/decisions/${municipal.id}/letter`)
  t.match(issued.json(), { marks: [/[Ii]kke kontrollert/] })
  t.match(issued.body, /Furuset bosenter.*H0301.*22\. september 2026.*klagenemnd.*kapittel 2 og 3/s)
  const english = await officer.get(`/decisions/${municipal.id}/letter?language=en`)
  t.match(english.body, /22 September 2026/)
  t.match(english.body, /bokmål|Norwegian/, 'the decision itself is in Norwegian, and it is said')
  const refused = await draftOf({ track: 'help_with_home', outcome: 'refused' })
  const { body } = await officer.patch(`/decisions/${refused.id}`, { reasons: 'Du har en bolig.' }, refused.version)
  t.match((await officer.get(`/decisions/${refused.id}/letter`)).body, /Derfor.*Du har en bolig\./s, body)
})

t.test('the referral’s letter says that it is sent, to whom, and by when they answer', async (t) => {
  const id = await referralOf(await given.need(await given.resident(ALNA), { forms: ['vel_coping'] }))
  const letter = await officer.get(`/referrals/${id}/letter`)
  t.match(letter.json(), { kind: 'referral', title: 'Vi har søkt om en plass for deg' })
  t.match(letter.body, /Felles inntak.*15\. september 2026/s)
})

t.test('of a protected address no letter says where, and her letters are her circle’s alone', async (t) => {
  const person = await given.resident(ALNA, { address_protection: 'confidential' })
  const member = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  await given.inCircle(person, member.accountId)
  const offerId = await offerOf(await given.need(person), { place_id: await given.place(facility, { label: 'H0999' }) })
  const letter = await member.get(`/offers/${offerId}/letter`)
  t.equal(letter.statusCode, 200, letter.body)
  t.notMatch(letter.body, /Furuset|H0999|Prøveveien/)
  t.match(letter.json(), { notes: [/beskyttet.*trygg/s] })
  t.equal((await officer.get(`/offers/${offerId}/letter`)).statusCode, 404)
  const { rows } = await owner.query('select need_id from offer where id = $1', [offerId])
  const list = await member.get(`/needs/${rows[0].need_id}/letters`)
  t.match(list.json(), { items: [{ about: 'Tilbud: Kommunal bolig' }] }, 'nor does the list')
})

t.test(
  'the list of a need’s letters says of each what it is about, whether it counts, and what to know first',
  async (t) => {
    const person = await given.resident(ALNA, { language: 'so' })
    const needId = await given.need(person, { forms: ['municipal', 'vel_coping'] })
    const listed = async () => (await officer.get(`/needs/${needId}/letters`)).json()
    t.match(await listed(), { language: 'nb', because: 'fallback', notes: [/somali/], items: [] })
    const over = await offerOf(needId, {
      sent_at: '2026-08-01T08:00:00Z',
      reply_by: '2026-08-08T22:00:00Z',
      place_id: await given.place(facility, { label: 'H0401' }),
    })
    const referral = await referralOf(needId)
    const draft = await officer.post(`/needs/${needId}/decisions`, { track: 'municipal_home', outcome: 'granted' })
    t.match((await listed()).items, [
      { kind: 'decision', id: draft.json().id, about: 'Vedtak: Kommunal bolig, ja', writtenOn: null, state: 'draft' },
      { kind: 'referral', id: referral, about: /Felles inntak: Mestring/, writtenOn: TODAY, state: 'current' },
      { kind: 'offer', id: over, about: /Kommunal bolig, H0401, Furuset bosenter/, state: 'over' },
    ])
    t.equal((await neighbour.get(`/needs/${needId}/letters`)).statusCode, 404)
  },
)

t.test('nobody writes to who has died, and another bydel’s letters answer like missing ones', async (t) => {
  const person = await given.resident(ALNA)
  const dead = await given.need(person, {
    status: 'withdrawn',
    ended_reason: 'deceased',
    ended_at: '2026-08-15T08:00:00Z',
  })
  const offerId = await offerOf(dead, { place_id: await given.place(facility) })
  t.match((await officer.get(`/offers/${offerId}/letter`)).json(), { status: 409, code: 'no_letter' })
  t.match((await officer.get(`/needs/${dead}/letters`)).json(), { notes: [/død/], items: [] })
  const nobody = '019a0000-0000-7000-8000-000000000000'
  const referralId = await referralOf(await given.need(await given.resident(ALNA)))
  for (const [foreign, missing] of [
    [`/offers/${offerId}/letter`, `/offers/${nobody}/letter`],
    [`/referrals/${referralId}/letter`, `/referrals/${nobody}/letter`],
  ]) {
    const answer = await neighbour.get(foreign ?? '')
    t.equal(answer.statusCode, 404)
    t.strictSame({ ...answer.json(), traceId: '' }, { ...(await neighbour.get(missing ?? '')).json(), traceId: '' })
  }
})
