import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, PEOPLES_TABLES, type Person, SAGENE } from '../support/fixtures.ts'
import { query } from '../support/query.ts'
import { ended, startWorking } from '../support/queue.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { deps, urls, owner } = app
const given = fixturesOf(app)
const queue = await startWorking(app)

const planner = await app.signedInAs({ role: 'planner' })
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA, GRUNERLOKKA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const stranger = await app.signedInAs({ role: 'housing_officer', districts: [SAGENE] })

// A flat, and a room that its resident leaves for it: Alna's Kari and Grünerløkka's Ola want the room.
const house = await given.facility({ name: 'Furuset bosenter' })
const flat = await given.place(house, { label: 'Leilighet' })
const room = await given.place(house, { label: 'Rom', form: 'vel_care' })
const person = (district: string, name: string) =>
  given.resident(district, { name, birth_date: '1980-05-17', number: null })
const mover = await person(ALNA, 'Marit Flytter')
await given.livesIn(mover, room)
await given.need(mover)
const kari = await person(ALNA, 'Kari Hjemløs')
await given.need(kari, { forms: ['vel_care'], urgency_grounds: ['no_place_tonight'] })
const ola = await person(GRUNERLOKKA, 'Ola Venter')
await given.need(ola, { forms: ['vel_care'] })
const nobodys = await person(ALNA, 'Nina Umulig')
await given.need(nobodys, { forms: ['assisted'] })

interface Run {
  id: string
  status: string
  summary: Record<string, unknown> | null
}
interface Page {
  items: { residentName: string | null; needId: string; moves?: Move[]; sentence?: string; conditions?: string[] }[]
  nextCursor: string | null
}
interface Move {
  residentName: string | null
  needId: string | null
  district: string | null
  place: { label: string }
  from: { label: string } | null
}

async function completed(client: Client, body?: object): Promise<Run> {
  const started = await client.post('/matching-runs', body)
  return ended(client, `/matching-runs/${started.json<Run>().id}`)
}

const list = async (client: Client, run: Run, what: string) =>
  (await client.get(`/matching-runs/${run.id}/${what}`)).json<Page>()
const names = ({ items }: Page) => items.map(({ residentName }) => residentName).sort()

t.test('each reader gets her slice of a run over the city', async (t) => {
  const run = await completed(planner)
  t.match(run, { status: 'completed', summary: { needs: 4, placed: 2, moves: 1, proven: true } })
  t.notMatch(JSON.stringify(run), /Marit|Kari|Ola|Nina/)

  t.same(names(await list(officer, run, 'proposals')), ['Kari Hjemløs', 'Marit Flytter'])
  t.same(names(await list(officer, run, 'unmet')), ['Nina Umulig'])
  t.same(names(await list(neighbour, run, 'proposals')), [])
  t.same(names(await list(neighbour, run, 'unmet')), ['Ola Venter'])
  t.same(names(await list(manager, run, 'unmet')), ['Nina Umulig', 'Ola Venter'])
  t.same(names(await list(stranger, run, 'unmet')), [])
  for (const what of ['proposals', 'unmet']) {
    t.equal((await planner.get(`/matching-runs/${run.id}/${what}`)).statusCode, 403, 'a planner reads about no person')
  }
  const [waiting] = (await list(neighbour, run, 'unmet')).items
  t.match(waiting?.sentence, /^1 plass passer, men andre står foran\. Den gikk til en person i hasteklasse 1\.$/)

  const proposed = new Map((await list(officer, run, 'proposals')).items.map((item) => [item.residentName, item]))
  t.match(proposed.get('Marit Flytter'), { chain: 0, position: 0, chainMoves: 2 })
  t.match(proposed.get('Kari Hjemløs'), { chain: 0, position: 1, chainMoves: 2 })
  for (const { conditions } of proposed.values()) {
    t.ok(
      conditions?.every((title) => typeof title === 'string' && title !== ''),
      'what is to be cleared up is named',
    )
  }

  const [chain] = (await list(officer, run, 'chains')).items
  t.match(chain?.moves, [
    { place: { label: 'Leilighet' }, from: { label: 'Rom' }, residentName: 'Marit Flytter', district: ALNA },
    { place: { label: 'Rom' }, from: null, residentName: 'Kari Hjemløs' },
  ])
  const [seen] = (await list(planner, run, 'chains')).items
  t.match(seen?.moves, [
    { residentName: null, needId: null, district: ALNA },
    { residentName: null, needId: null },
  ])
  t.same((await list(neighbour, run, 'chains')).items, [], 'a chain of others’ people')
})

t.test('row security says the same as the routes, to raw SQL', async (t) => {
  await completed(planner)
  const preview = await completed(officer)
  const rowsOf = (
    role: 'planner' | 'housing_officer' | 'auditor' | 'facility_staff',
    districts: string[],
    table: 'matchingRow' | 'matchingChain',
  ) =>
    asActor(deps.db, actor(role, planner, districts), TODAY, ({ trx }) =>
      trx.selectFrom(table).select('runId').execute(),
    )
  for (const role of ['planner', 'auditor', 'facility_staff'] as const) {
    t.same(await rowsOf(role, [], 'matchingRow'), [], `${role} sees nobody`)
  }
  t.same(await rowsOf('housing_officer', [SAGENE], 'matchingRow'), [])
  const own = await rowsOf('housing_officer', [ALNA], 'matchingRow')
  t.ok(own.some(({ runId }) => runId === preview.id))
  for (const table of ['matchingRow', 'matchingChain'] as const) {
    for (const actor of [
      ['planner', []],
      ['housing_officer', [GRUNERLOKKA]],
    ] as const) {
      const rows = await rowsOf(actor[0], [...actor[1]], table)
      t.notOk(
        rows.some(({ runId }) => runId === preview.id),
        `${actor[0]} sees nothing of a preview of Alna in ${table}`,
      )
    }
  }
  const open = await query(urls.appUrl, 'select count(*)::integer as seen from matching_row')
  t.same(open, [{ seen: 0 }], 'and with nobody signed in nothing is seen')
})

t.test('a preview is about own people, and not there for others', async (t) => {
  const preview = await completed(officer)
  t.match(preview, { status: 'completed', kind: 'preview', districts: [ALNA], summary: { needs: 3 } })
  for (const other of [neighbour, stranger, planner]) {
    for (const path of ['', '/chains']) {
      t.equal((await other.get(`/matching-runs/${preview.id}${path}`)).statusCode, 404)
    }
    t.notMatch((await other.get('/matching-runs')).body, new RegExp(preview.id))
  }
  t.equal((await neighbour.get(`/matching-runs/${preview.id}/proposals`)).statusCode, 404)
  t.equal((await neighbour.post(`/matching-runs/${preview.id}/cancellation`)).statusCode, 404)
  t.match(await completed(manager, { districts: [GRUNERLOKKA] }), { status: 'completed', districts: [GRUNERLOKKA] })
  t.equal((await officer.post('/matching-runs', { districts: [GRUNERLOKKA] })).statusCode, 422)
  t.equal((await officer.post('/matching-runs', { districts: [] })).statusCode, 422)
  t.equal((await planner.post('/matching-runs', { districts: [ALNA] })).statusCode, 422)
  for (const role of ['facility_staff', 'auditor', 'administrator', 'intake_officer']) {
    const other = await app.signedInAs({ role })
    t.equal((await other.post('/matching-runs')).statusCode, 403, `${role} starts none`)
    t.equal((await other.get('/matching-runs')).statusCode, 403)
  }
})

t.test('the same key starts one run, and another body with it is refused', async (t) => {
  const key = { 'idempotency-key': 'start-once' }
  const first = await officer.post('/matching-runs', { districts: [ALNA] }, key)
  const again = await officer.post('/matching-runs', { districts: [ALNA] }, key)
  t.equal(first.statusCode, 202)
  t.equal(first.headers.location, `/api/v1/matching-runs/${first.json<Run>().id}`)
  t.equal(again.json<Run>().id, first.json<Run>().id)
  t.equal((await officer.post('/matching-runs', {}, key)).statusCode, 422)
})

t.test('only whoever asked cancels, and a run that has ended stays as it is', async (t) => {
  const run = await completed(planner)
  const other = await app.signedInAs({ role: 'planner' })
  t.equal((await other.post(`/matching-runs/${run.id}/cancellation`)).statusCode, 403)
  t.match((await planner.post(`/matching-runs/${run.id}/cancellation`)).json(), { status: 'completed', mine: true })
  t.match((await other.get(`/matching-runs/${run.id}`)).json(), { status: 'completed', mine: false })
})

t.test('pages hold together, and a made-up cursor is refused', async (t) => {
  const more: Person[] = []
  for (let i = 0; i < 5; i += 1) more.push(await person(SAGENE, `Person ${i}`))
  for (const [i, one] of more.entries()) {
    await given.need(one, { forms: ['assisted'], urgency_grounds: i % 2 === 0 ? ['eviction'] : [] })
  }
  const run = await completed(planner)
  const all = (await list(stranger, run, 'unmet')).items
  t.equal(all.length, 5)
  const paged: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page = await list(stranger, run, `unmet?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    paged.push(...page.items.map(({ needId }) => needId))
    cursor = page.nextCursor
  }
  t.same(
    paged,
    all.map(({ needId }) => needId),
    'every one once, in one order',
  )
  const runs = (await planner.get('/matching-runs?limit=1')).json<Page>()
  t.equal(runs.items.length, 1)
  t.not((await planner.get(`/matching-runs?limit=1&cursor=${runs.nextCursor}`)).json().items[0].id, run.id)
  const encoded = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
  for (const [path, key] of [
    ['unmet', ['9', all[0]?.needId]],
    ['unmet', ['1', 'not-an-id']],
    ['proposals', ['1']],
    ['chains', ['x']],
    ['chains', ['-7']],
    ['chains', ['99999999999']],
  ] as const) {
    const answer = await stranger.get(`/matching-runs/${run.id}/${path}?cursor=${encoded(key)}`)
    t.equal(answer.statusCode, 422, `${path} ${key} ${answer.body}`)
  }
})

t.test('a protected person is placed, and seen in her circle only', async (t) => {
  const hidden = await given.resident(ALNA, { name: 'Hemmelig Person', address_protection: 'strictly_confidential' })
  const secret = await given.place(house, { label: 'Rom 2', form: 'vel_care' })
  await given.livesIn(hidden, secret)
  await given.need(hidden, { urgency_grounds: ['eviction'] })
  await given.place(house, { label: 'Leilighet 2' })
  const circle = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  await given.inCircle(hidden, circle.accountId)
  const run = await completed(planner)
  t.match(names(await list(circle, run, 'proposals')), ['Hemmelig Person', 'Kari Hjemløs', 'Marit Flytter'])
  t.notMatch(JSON.stringify(await list(officer, run, 'proposals')), /Hemmelig/)
  const chains = await list(officer, run, 'chains')
  for (const { moves = [] } of chains.items) {
    for (const move of moves) {
      if (move.needId === null) t.equal(move.district, null, 'whoever has no name has no district either')
    }
    t.ok(
      moves.some(({ needId }) => needId !== null),
      'no chain is shown on her account',
    )
  }
})

t.test('the job’s role reads features and no person, and a run keeps no name', async (t) => {
  for (const table of [...PEOPLES_TABLES, 'change_log', 'account', 'session', 'pseudonym_key', 'idempotency_answer']) {
    await t.rejects(query(urls.jobUrl, `select * from ${table}`), /permission denied/, `${table} is closed to it`)
  }
  const rows = await query(urls.jobUrl, 'select * from matching_need')
  const ids = await owner.query<{ id: string }>(
    'select id from need union select id from resident union select id from household',
  )
  const text = JSON.stringify(rows)
  t.notOk(
    ids.rows.some(({ id }) => text.includes(id)),
    'the view has no id of need, resident or household',
  )
  t.notMatch(text, /Marit|Kari|Ola|1980-05-17/)
  t.notOk(Object.keys(rows[0] ?? {}).some((column) => /name|birth|number|household|resident/.test(column)))
  await t.rejects(
    query(urls.jobUrl, `select need_pseudonym('00000000-0000-4000-8000-000000000000')`),
    /permission denied/,
  )
  await t.rejects(query(urls.appUrl, 'select * from pseudonym_key'), /permission denied/)
  await t.rejects(query(urls.appUrl, 'select * from matching_need'), /permission denied/)

  const run = await completed(planner)
  const kept = await owner.query<{ kept: string }>(
    `select coalesce(string_agg(r::text, ' '), '') || coalesce((select string_agg(c::text, ' ') from matching_chain c where c.run_id = $1), '')
       || (select summary::text from matching_run where id = $1) as kept from matching_row r where run_id = $1`,
    [run.id],
  )
  t.notMatch(kept.rows[0]?.kept, /Marit|Kari|Ola|Nina/)
  t.notOk(
    ids.rows.some(({ id }) => kept.rows[0]?.kept.includes(id)),
    'nor an id of a person in what is stored',
  )
  t.ok(flat)
})

t.teardown(() => queue.stop())
