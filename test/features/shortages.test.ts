import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const queue = await startWorking(app)
const planner = await app.signedInAs({ role: 'planner' })
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const stranger = await app.signedInAs({ role: 'housing_officer', districts: [SAGENE] })

interface Group {
  number: number
  needs: number
  places: number
  deficit: number
  ownNeeds: number
  sentence: string
  features: string[]
  districts: { district: string; needs: number }[]
}
interface Page {
  runId: string | null
  deficit: number
  items: Group[]
  nextCursor: string | null
}
const shortages = async (client: Client, query = '') => (await client.get(`/shortages${query}`)).json<Page>()

const beforehand = await shortages(planner)
const pricesBeforehand = (await planner.get('/place-prices')).json<object>()
const fileBeforehand = await app.app.inject({
  url: '/api/v1/place-prices',
  headers: { accept: 'text/csv', cookie: `boligtrapp_session=${planner.cookie}` },
})

// Six who want one of two rooms, four of them Alna's, and one whom nothing fits.
const house = await given.facility({ name: 'Furuset bosenter' })
for (const label of ['A', 'B']) await given.place(house, { label, form: 'vel_care' })
for (const [i, district] of [ALNA, ALNA, ALNA, ALNA, GRUNERLOKKA, GRUNERLOKKA].entries()) {
  const person = await given.resident(district, { name: `Venter ${i}`, birth_date: '1980-05-17', number: null })
  await given.need(person, { forms: ['vel_care'] })
}
const alone = await given.resident(GRUNERLOKKA, { name: 'Umulig', birth_date: '1980-05-17', number: null })
await given.need(alone, { forms: ['assisted'] })

async function completed(client: Client): Promise<string> {
  const { id } = (await client.post('/matching-runs')).json<{ id: string }>()
  t.match(await ended(client, `/matching-runs/${id}`), { status: 'completed' })
  return id
}
const run = await completed(planner)

t.test('before a run over the city is completed nothing is claimed', async (t) => {
  t.match(beforehand, { runId: null, items: [], deficit: 0, nextCursor: null })
})

t.test('everybody who reads a run reads its shortages, and nobody reads a name', async (t) => {
  const seen = await shortages(planner)
  t.match(seen, { runId: run, deficit: 5, needs: 7 })
  t.match(
    seen.items.map(({ needs, places, deficit, ownNeeds }) => [needs, places, deficit, ownNeeds]),
    [
      [6, 2, 4, 0],
      [1, 0, 1, 0],
    ],
  )
  t.match(
    seen.items[0]?.sentence,
    /^6 behov gjelder omsorg .*Alna og Grünerløkka\. 2 plasser passer for noen av dem\. Minst 4 blir uten/,
  )
  t.same(seen.items[1]?.districts, [], 'one alone is not told where she belongs')
  t.notMatch(JSON.stringify(seen), /Venter|Umulig/)
  t.match(
    (await shortages(officer)).items.map(({ ownNeeds }) => ownNeeds),
    [4, 0],
  )
  t.match(
    (await shortages(stranger)).items.map(({ ownNeeds }) => ownNeeds),
    [0, 0],
  )
})

t.test('an officer opens her own people in a shortage, and no other', async (t) => {
  const people = async (client: Client, number: number) =>
    (await client.get(`/shortages/${run}/${number}/needs`)).json<{
      items: { residentName: string; outcome: string }[]
    }>().items
  const own = await people(officer, 0)
  t.same(own.map(({ residentName }) => residentName).sort(), ['Venter 0', 'Venter 1', 'Venter 2', 'Venter 3'])
  t.ok(own.some(({ outcome }) => outcome === 'proposed') && own.some(({ outcome }) => outcome === 'unmet'))
  t.same(
    (await people(neighbour, 1)).map(({ residentName }) => residentName),
    ['Umulig'],
  )
  t.same(await people(officer, 1), [])
  t.same(await people(stranger, 0), [])
  t.equal((await planner.get(`/shortages/${run}/0/needs`)).statusCode, 403)
})

t.test('paged, and what is not there is not there', async (t) => {
  const first = await shortages(planner, '?limit=1')
  t.equal(first.items.length, 1)
  const second = await shortages(planner, `?limit=1&cursor=${first.nextCursor}`)
  t.same([first.items[0]?.number, second.items[0]?.number, second.nextCursor], [0, 1, null])
  t.equal((await officer.get(`/shortages/${run}/7/needs`)).statusCode, 404)
  t.equal((await officer.get(`/shortages/${run}/x/needs`)).statusCode, 400)
  t.equal((await planner.get('/shortages?runId=00000000-0000-7000-8000-000000000000')).statusCode, 404)
  t.equal((await planner.get('/shortages?cursor=eA')).statusCode, 422)
})

t.test('those of a preview are there for its own district only', async (t) => {
  const preview = await completed(officer)
  t.match(await shortages(officer, `?runId=${preview}`), { runId: preview, deficit: 2, items: [{ ownNeeds: 4 }] })
  for (const other of [planner, neighbour]) t.equal((await other.get(`/shortages?runId=${preview}`)).statusCode, 404)
  t.equal((await shortages(officer)).runId, run, 'the newest over the city, not the preview')
  const seen = await asActor(app.deps.db, actor('housing_officer', neighbour, [GRUNERLOKKA]), TODAY, ({ trx }) =>
    trx.selectFrom('matchingShortage').select('runId').distinct().execute(),
  )
  t.same(seen, [{ runId: run }], 'row security says the same')
})

interface Prices {
  runId: string | null
  priced: boolean
  places: { form: string; sentence: string }[]
  items: {
    form: string
    variant: string
    district: string
    people: number
    byClass: Record<string, number>
    fits: number
    month: { released: number | null; place: number | null; net: number | null }
    moves: { district: string | null; kind: string; to: { form: string } | null }[]
  }[]
}
const prices = async (client: Client, query = '') => (await client.get(`/place-prices${query}`)).json<Prices>()

t.test('one more place is priced for the planner of the whole city, and for a manager of her own bydel', async (t) => {
  t.equal(fileBeforehand.statusCode, 200, fileBeforehand.body)
  t.match(pricesBeforehand, { runId: null, priced: false, items: [], places: [] })
  const seen = await prices(planner)
  t.match(seen, { runId: run, priced: true })
  t.equal(seen.items.length, seen.places.length * 15)
  const room = (all: Prices, district: string) =>
    all.items.find((one) => one.form === 'vel_care' && one.district === district && one.variant === 'usual')
  for (const district of [ALNA, GRUNERLOKKA, SAGENE]) {
    const price = room(seen, district)
    t.match(price, { people: 1, byClass: { 1: 0, 5: 1 }, fits: 6, month: { released: 0 } })
    t.match(price?.moves.at(-1), { kind: 'gets_place', to: { form: 'vel_care' } })
    for (const move of price?.moves ?? []) t.ok([ALNA, GRUNERLOKKA].includes(move.district ?? ''))
  }
  t.equal(seen.items[0]?.people, 1)
  t.match(
    seen.places.find(({ form }) => form === 'vel_care')?.sentence,
    /^Inntil 1 person\. Huset er for hele byen\..* 2 plasser i kjøringen\.$/,
  )
  t.notMatch(JSON.stringify(seen), /Venter \d|Umulig/)

  const hers = await prices(manager)
  t.same(new Set(hers.items.map(({ district }) => district)), new Set([ALNA]))
  const unplaced = (price: Prices['items'][number] | undefined) => ({
    ...price,
    moves: price?.moves.map((move) => ({ ...move, district: null })),
  })
  t.same(room(hers, ALNA), unplaced(room(seen, ALNA)), 'and not whose people they are: one left out would be protected')
  t.same((await prices(manager, `?district=${GRUNERLOKKA}`)).items, [], 'of another bydel there is nothing')
  const elsewhere = await app.signedInAs({ role: 'district_manager', districts: [SAGENE] })
  const moves = room(await prices(elsewhere), SAGENE)?.moves ?? []
  t.ok(moves.length > 0)
  for (const move of moves) t.equal(move.district, null, 'nor of another bydel')
  t.equal((await officer.get('/place-prices')).statusCode, 403)
  const most = await prices(planner, '?most=5')
  t.equal(most.items.length, 5)
  t.equal(new Set(most.items.map(({ form, district }) => form + district)).size, 5)
  const inKroner = (await prices(planner, '?most=100&by=kroner')).items.map(({ month }) => month.released)
  t.same(
    inKroner,
    inKroner.toSorted((a, b) => (b ?? 0) - (a ?? 0)),
    'and by what the gap costs less',
  )
  t.equal((await prices(planner, '?variant=accessible')).items.length, seen.items.length / 2)

  const raw = (role: 'planner' | 'district_manager' | 'housing_officer' | 'facility_staff', districts: string[]) =>
    asActor(app.deps.db, actor(role, manager, districts), TODAY, ({ trx }) =>
      trx.selectFrom('matchingPrice').select('district').distinct().execute(),
    )
  t.same(await raw('district_manager', [GRUNERLOKKA]), [{ district: GRUNERLOKKA }], 'row security says the same')
  t.equal((await raw('planner', [])).length, 15)
  for (const role of ['housing_officer', 'facility_staff'] as const) t.same(await raw(role, [ALNA]), [], role)
})

t.test('prices as a file say what places were taken to be, and a preview has none', async (t) => {
  const csv = await app.app.inject({
    url: '/api/v1/place-prices?variant=usual',
    headers: { accept: 'text/csv', cookie: `boligtrapp_session=${planner.cookie}` },
  })
  t.match(csv.headers['content-disposition'], /filename="en-plass-til-2026-09-01\.csv"/)
  t.match(csv.body, /Omsorg \(VEL\)/)
  const cube = await app.app.inject({
    url: '/api/v1/place-prices?variant=usual',
    headers: { accept: 'application/vnd.json-stat+json', cookie: `boligtrapp_session=${manager.cookie}` },
  })
  t.match(cube.json(), { class: 'dataset', id: ['form', 'variant', 'district'] }, cube.body.slice(0, 300))
  const preview = await completed(manager)
  t.match(await prices(manager, `?runId=${preview}`), { runId: preview, priced: false, items: [] })
  t.equal((await planner.get(`/place-prices?runId=${preview}`)).statusCode, 404)
})

t.teardown(() => queue.stop())
