import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { cityCache } from '../../src/db/city.ts'
import { needById, requirementsOf } from '../../src/db/needs.ts'
import { explain, judge } from '../../src/domain/eligibility.ts'
import { matchesIn, pairIn } from '../../src/domain/match.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { deps, owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

const house = await given.facility()
const away = await given.facility({ name: 'Sagene hus', district_code: SAGENE })
const best = await given.place(house, { features: ['lift'] })
const second = await given.place(house)
const third = await given.place(away)
const fourth = await given.place(house, { form: 'colocated_24h' })
// each of these fails one rule, and is never among the matches
const distractors = {
  'form.accepted': await given.place(house, { form: 'private' }),
  'place.free': await given.place(house),
  'place.not_closed': await given.place(house),
  'household.size': await given.place(house),
  'district.served': await given.place(await given.facility({ serves: 'own_district', district_code: GRUNERLOKKA })),
  'place.admits': await given.place(await given.facility({ admitting: false, not_admitting_reason: 'Brann' })),
  'age.band': await given.place(await given.facility({ min_age: 60 })),
  'facility.accepted': await given.place(await given.facility()),
  'features.required': await given.place(house),
}
await given.taken(distractors['place.free'])
await given.closed(distractors['place.not_closed'], '[2026-01-01,)')
await owner.query('update place set max_household = 3')
await owner.query('update place set max_household = 1 where id = $1', [distractors['household.size']])
const featured = [best, second, third, fourth, ...Object.values(distractors)].filter(
  (id) => id !== distractors['features.required'],
)
await owner.query("update place set features = features || '{ground_floor}' where id = any ($1)", [featured])
const { rows: chosen } = await owner.query<{ id: string }>('select facility_id as id from place where id = $1', [
  distractors['facility.accepted'],
])

const requirements = {
  forms: ['municipal', 'colocated_24h'],
  requiredFeatures: ['ground_floor'],
  wantedFeatures: ['lift'],
  excludedFacilities: [chosen[0]?.id ?? ''],
}
const person = await given.resident(ALNA, { name: 'Mona Match', birth_date: '1990-01-01', gender: 'woman' })
await given.child(person)
await owner.query('update facility set children_allowed = true')
const need = (await officer.post('/needs', { residentId: person.residentId, ...requirements })).json()
await officer.post(`/needs/${need.id}/registration`, undefined, { 'if-match': '"1"' })

t.test('the places that fit, best first, and what keeps each other away', async (t) => {
  const found = (await officer.get(`/needs/${need.id}/matches`)).json()
  t.match(found, { needId: need.id, total: 4, considered: 4 + Object.keys(distractors).length, asOf: TODAY })
  t.strictSame(
    found.items.map(({ placeId, rank }: { placeId: string; rank: number }) => [rank, placeId]),
    [best, second, third, fourth].map((id, i) => [i + 1, id]),
  )
  t.match(found.items[0], {
    facility: { id: house, districtCode: ALNA },
    availableFrom: TODAY,
    fit: { formRank: 0, homeDistrict: true, wantedPresent: ['lift'], wantedMissing: [] },
  })
  t.strictSame(found.byForm, [
    { form: 'municipal', places: 3 },
    { form: 'colocated_24h', places: 1 },
  ])
  for (const [ruleId, placeId] of Object.entries(distractors)) {
    const explained = (await officer.get(`/explanations?needId=${need.id}&placeId=${placeId}`)).json()
    t.equal(explained.eligible, false, ruleId)
    t.strictSame(
      explained.rules
        .filter(({ outcome }: { outcome: string }) => outcome === 'failed')
        .map((rule: { ruleId: string }) => rule.ruleId),
      [ruleId],
      `ignored, because of ${ruleId} and nothing else`,
    )
    t.match(
      found.excludedBy.find(({ id }: { id: string }) => id === ruleId),
      { alone: 1 },
      ruleId,
    )
  }
  t.ok(found.relaxations.length > 0)
  t.ok(
    found.relaxations.every(({ rules }: { rules: { relaxable: string }[] }) =>
      rules.every(({ relaxable }) => relaxable !== 'nobody'),
    ),
    'what nobody can change is no advice',
  )
  t.equal((await officer.get(`/needs/${need.id}/matches?limit=1`)).json().items.length, 1)
  t.equal((await officer.get(`/needs/${need.id}/matches?limit=1`)).json().total, 4, 'the count is of all')
})

t.test('an explanation is the same decision as the one made in process', async (t) => {
  const read = cityCache()
  const reader = actor('housing_officer', officer, [ALNA])
  const inProcess = await asActor(
    deps.db,
    reader,
    TODAY,
    async (acting) => {
      const row = await needById(acting.trx, need.id)
      if (row === undefined) throw new Error('no need')
      const city = await read(acting)
      const [required] = await requirementsOf(acting, [row])
      if (required === undefined) throw new Error('no requirements')
      return {
        matches: matchesIn(city, required).matches.map(({ place }) => place.id),
        pairs: city.places.map((place) => {
          const pair = pairIn(city, required, place)
          return { placeId: place.id, eligible: judge(pair).failed === 0, rules: explain(pair) }
        }),
      }
    },
    'reading',
  )
  const overHttp = (await officer.get(`/needs/${need.id}/matches?limit=50`)).json()
  t.strictSame(
    overHttp.items.map(({ placeId }: { placeId: string }) => placeId),
    inProcess.matches,
  )
  for (const { placeId, eligible, rules } of inProcess.pairs) {
    const explained = (await officer.get(`/explanations?needId=${need.id}&placeId=${placeId}`)).json()
    t.equal(explained.eligible, eligible)
    t.equal(explained.eligible, inProcess.matches.includes(placeId), 'the list and the explanation agree')
    t.strictSame(
      explained.rules.map(({ relaxable: _, ...rule }: { relaxable: string }) => rule),
      rules,
    )
    t.ok(rules.every(({ source, sentence }) => source !== '' && sentence.endsWith('.')))
  }
  t.match(
    (await officer.get(`/explanations?needId=${need.id}&placeId=${best}`))
      .json()
      .missingSteps.map(({ id }: { id: string }) => id),
    ['window_stated', 'assessment_current'],
    'what stops a later step is said beside it',
  )
})

t.test('a preview says the same before anything is saved, and saves nothing', async (t) => {
  const before = await countRows(owner)
  const saved = (await officer.get(`/needs/${need.id}/matches`)).json()
  const preview = await officer.post('/match-previews', {
    district: ALNA,
    residentId: person.residentId,
    ...requirements,
  })
  t.equal(preview.statusCode, 200, preview.body)
  const { needId: _, ...same } = saved
  t.strictSame(preview.json(), same)
  t.strictSame(await countRows(owner), before)
  const nobody = (await officer.post('/match-previews', { district: ALNA, ...requirements })).json()
  t.equal(nobody.total, 6, 'without the person, neither her age nor her child keeps anything away')
  t.match(
    nobody.items.find(({ facility }: { facility: { id: string } }) => facility.id !== house && facility.id !== away)
      .unknown,
    [{ id: 'age.band' }],
    'and it is said that the match depends on it',
  )
  t.ok(
    (await officer.post('/match-previews', { district: ALNA })).json().total > nobody.total,
    'what is left out excludes nothing',
  )
  t.equal((await officer.post('/match-previews', { ...requirements })).statusCode, 422)
})

t.test('a place shows which of one’s own needs fit it, most urgent first', async (t) => {
  const place = await given.place(house, { form: 'transitional', max_household: 3 })
  const forms = { forms: ['transitional'] }
  const since = async (name: string, columns: object) =>
    given.need(await given.resident(ALNA, { name }), { ...forms, ...columns })
  const waiting = await since('Venter', { situation_since: '2026-08-01' })
  const acute = await since('Akutt', { urgency_grounds: ['no_place_tonight'] })
  const longest = await since('Lengst', { situation_since: '2025-01-01' })
  await since('Kladd', { status: 'draft' }) // ignored: not registered
  await since('Annen form', { forms: ['municipal'] }) // ignored: asks for another form
  const theirs = await given.need(await given.resident(GRUNERLOKKA, { name: 'Naboen' }), forms) // ignored: another district’s
  const found = (await officer.get(`/places/${place}/matches`)).json()
  t.strictSame(
    found.items.map(({ needId, residentName }: { needId: string; residentName: string }) => [needId, residentName]),
    [
      [acute, 'Akutt'],
      [longest, 'Lengst'],
      [waiting, 'Venter'],
    ],
  )
  t.match(found, { considered: 5, asOf: TODAY })
  t.strictSame(
    (await neighbour.get(`/places/${place}/matches`)).json().items.map(({ needId }: { needId: string }) => needId),
    [theirs],
  )
  t.equal((await officer.get('/places/019a0000-0000-7000-8000-000000000000/matches')).statusCode, 404)
})

t.test('where one lives is no match, and a limit on the mix in a house counts', async (t) => {
  const mixed = await given.facility({ name: 'Blandet', max_extensive_behaviour: 1 })
  const [home, free] = [await given.place(mixed, { form: 'assisted' }), await given.place(mixed, { form: 'assisted' })]
  const resident = await given.resident(GRUNERLOKKA)
  await given.livesIn(resident, home)
  const moving = await given.need(resident, { forms: ['assisted'], behaviour: 3 })
  const failed = (answer: { json(): { rules: { ruleId: string; outcome: string }[] } }) =>
    answer
      .json()
      .rules.filter(({ outcome }) => outcome === 'failed')
      .map(({ ruleId }) => ruleId)
  t.ok(
    failed(await neighbour.get(`/explanations?needId=${moving}&placeId=${home}`)).includes('place.not_own_home'),
    'staying is no move',
  )
  const extensive = await given.need(await given.resident(ALNA), { forms: ['assisted'], behaviour: 3 })
  const ordinary = await given.need(await given.resident(ALNA), { forms: ['assisted'], behaviour: 1 })
  const unknown = await given.need(await given.resident(ALNA), { forms: ['assisted'] })
  const ask = (needId: string) => officer.get(`/explanations?needId=${needId}&placeId=${free}`)
  t.strictSame(failed(await ask(extensive)), ['mix.limit'], 'the house has one already, of another district')
  t.strictSame(failed(await ask(ordinary)), [])
  t.strictSame(failed(await ask(unknown)), [], 'what is not assessed excludes nothing')
  t.notOk((await ask(extensive)).body.includes(resident.residentId))
})
