import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { owner, urls, deps } = app
const given = fixturesOf(app)
const planner = await app.signedInAs({ role: 'planner' })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const auditor = await app.signedInAs({ role: 'auditor' })

const jobs = openDatabase(openPool(urls.jobUrl, { max: 4 }))
t.teardown(() => jobs.destroy())
const measured = (always = true, on = TODAY) => asActor(jobs, null, on, (acting) => measureFlagsOnce(acting, always))

interface Flag {
  id: string
  version: number
  ruleId: string
  district: string | null
  measured: number
  basis: string
  state: string
  sentence: string
  mayAnswer: boolean
  assignedTo: string | null
  against: { label: string; value: number | null; note: string | null; unknown: string | null; part: string }[]
  since: string
  sinceFrom: string
  belowSince: string | null
  closesOn: string | null
  behind: number
  events: { kind: string; by: string | null; comment: string | null }[]
}
const flags = async (client: Client, query = '') => (await client.get(`/flags${query}`)).json<{ items: Flag[] }>().items
const one = async (client: Client, ruleId: string, query = '') => (await flags(client, `?ruleId=${ruleId}${query}`))[0]

await measured()
const empty = await flags(planner)

// Alna: a house whose free place is old news, one who has lived there past her date, and one who is ready for more and waits
const house = await given.facility({ name: 'Furuset bosenter' })
const free = await given.place(house, { label: 'Ledig', form: 'vel_care' })
const lived = await given.place(house, { label: 'Bebodd', form: 'vel_care' })
const kari = await given.resident(ALNA, { name: 'Kari Overtid', birth_date: '1980-05-17', number: null })
await given.livesIn(kari, lived)
await owner.query(`update stay set expected_until = '2026-08-01', ready_to_move_on_since = '2026-08-10'`)
const need = await given.need(kari, { forms: ['vel_care'] })
const klara = await given.resident(ALNA, { name: 'Klara Klar', birth_date: '1980-05-17', number: null })
const ready = await given.livesIn(klara, await given.place(house, { label: 'Klar', form: 'vel_care' }))
await owner.query(
  `update stay set expected_until = '2026-08-01', ready_to_move_on_since = '2026-07-01' where id = $1`,
  [ready],
)
await measured()

t.test('on an otherwise empty database the growth is what the source says, and said to be', async (t) => {
  t.same(
    empty.map(({ ruleId, district, basis, measured }) => [ruleId, district, basis, measured]),
    [['growth_since_base', null, 'reported', 87]],
  )
  t.match(empty[0]?.sentence, /^Hele byen: 87 prosent fra 2020 til 2024, oppgitt av kilden\./)
  t.match(empty[0], { since: TODAY, sinceFrom: 'raised', behind: 0 })
  const districts = empty[0]?.against.filter(({ part }) => part === 'districts')
  t.equal(districts?.length, 15, 'each bydel stands beside it')
  t.match(districts?.[0], {
    label: 'Gamle Oslo',
    value: null,
    unknown: 'for få til å regne prosent',
    note: '0 i 2020, 0 i 2024',
  })
})

t.test('each rule that holds is raised once, with what was measured', async (t) => {
  const alna = await flags(planner, `?district=${ALNA}`)
  const found = Object.fromEntries(alna.map(({ ruleId, measured }) => [ruleId, measured]))
  t.match(found, { overstay: 1, waiting_while_ready: 1, vacancy_beside_queue: 1, stale_data: 1 })
  t.equal(found.long_vacancy, undefined, 'one place is behind one flag')
  t.match(
    alna.find(({ ruleId }) => ruleId === 'vacancy_beside_queue')?.sentence,
    /Alle har stått tomme i mer enn 30 dager, og telles derfor ikke under «Plasser som står lenge tomme»\./,
    'which names the other rule',
  )
  t.match(
    alna.find(({ ruleId }) => ruleId === 'waiting_while_ready')?.sentence,
    /Alle bor der etter avtalt dato, og telles derfor ikke under «Opphold som varer lenger enn avtalt»\./,
    'who is ready and waits past her date stands behind one flag',
  )
  t.match(
    Object.fromEntries(alna.map(({ ruleId, since, sinceFrom }) => [ruleId, [since, sinceFrom]])),
    {
      // the day after the one agreed on, the day after thirty, and for a house that never confirmed the day it opened
      overstay: ['2026-08-02', 'history'],
      waiting_while_ready: ['2026-08-01', 'history'],
      vacancy_beside_queue: ['2020-01-09', 'history'],
      stale_data: ['2020-01-01', 'history'],
    },
    'since when, as history tells',
  )
  t.same(await flags(planner, `?district=${GRUNERLOKKA}`), [])
  const before = alna.length
  t.match(await measured(), { raised: 0, reopened: 0, closed: 0 })
  t.equal((await flags(planner, `?district=${ALNA}`)).length, before, 'measuring again raises nothing twice')
  t.equal(await measured(false), undefined, 'and once a day is enough')
})

t.test('a page at a time, in the order of the rules, none twice and none left out', async (t) => {
  const all = (await flags(planner)).map(({ id }) => id)
  const seen: string[] = []
  for (let query = '?limit=1'; query !== ''; ) {
    const page = (await planner.get(`/flags${query}`)).json<{ items: Flag[]; nextCursor: string | null }>()
    seen.push(...page.items.map(({ id }) => id))
    query = page.nextCursor === null ? '' : `?limit=1&cursor=${page.nextCursor}`
  }
  t.same(seen, all)
  t.ok(all.length > 4)
})

t.test('two instances measure at once and one does it', async (t) => {
  await owner.query(`update flag_measurement set measured_on = measured_on - 1`)
  const both = await Promise.all([measured(false), measured(false), measured(false)])
  t.equal(both.filter((done) => done !== undefined).length, 1)
})

t.test('the records behind it are people of her own district, and houses for all', async (t) => {
  const { id } = (await one(manager, 'overstay'))!
  const records = async (client: Client, flagId: string) =>
    (await client.get(`/flags/${flagId}/records`)).json<{
      items: { title: string; note: string; needId: string | null; vacancy: { confirmedAt: string | null } | null }[]
    }>().items
  t.match(await records(manager, id), [{ title: 'Kari Overtid', note: 'Avtalt til 1. august 2026', needId: need }])
  t.match(await records(officer, id), [{ title: 'Kari Overtid' }])
  const waiting = await records(manager, (await one(manager, 'waiting_while_ready'))!.id)
  t.same(
    waiting.map(({ title }) => title),
    ['Klara Klar'],
  )
  t.same(await records(neighbour, id), [], 'another bydel opens nobody')
  t.same(await records(planner, id), [], 'nor does the city')
  const places = async (rule: string) => {
    const vacant = await one(manager, rule)
    if (vacant === undefined) return undefined
    for (const client of [neighbour, planner])
      t.same(await records(client, vacant.id), await records(manager, vacant.id), rule)
    const behind = await records(manager, vacant.id)
    for (const { vacancy } of behind) t.same(vacancy, { confirmedAt: null }, 'with how old the word on it is')
    return behind.map(({ title }) => title)
  }
  t.same(await places('vacancy_beside_queue'), ['Furuset bosenter, Ledig'])
  const unwanted = await given.place(house, { label: 'Uønsket', form: 'vel_emergency' })
  await measured()
  t.same(await places('vacancy_beside_queue'), ['Furuset bosenter, Ledig'])
  t.same(await places('long_vacancy'), ['Furuset bosenter, Uønsket'], 'nobody waits for it: the other flag alone')
  await given.closed(unwanted, '[2026-01-01,)')
  t.match(await records(planner, (await one(planner, 'stale_data'))!.id), [
    { title: 'Furuset bosenter', note: 'Aldri bekreftet', vacancy: null },
  ])
  t.ok(free)
})

t.test('answered by whose it is: seen, assigned, resolved, each in its history', async (t) => {
  const flag = (await one(manager, 'overstay'))!
  t.equal(flag.mayAnswer, true)
  t.equal((await one(neighbour, 'overstay'))?.mayAnswer, false)
  const path = `/flags/${flag.id}`
  const match = (version: number) => ({ 'if-match': `"${version}"` })
  for (const client of [neighbour, planner]) {
    t.equal((await client.post(`${path}/acknowledgement`, {}, match(flag.version))).statusCode, 403)
  }
  t.equal((await officer.post(`${path}/acknowledgement`, {}, match(flag.version))).statusCode, 403)
  t.equal((await manager.post(`${path}/acknowledgement`, {})).statusCode, 428)
  const seen = await manager.post(`${path}/acknowledgement`, { comment: 'Sett på morgenmøtet' }, match(flag.version))
  t.match(seen.json(), { state: 'acknowledged', version: flag.version + 1 })
  t.equal((await manager.post(`${path}/acknowledgement`, {}, match(flag.version))).statusCode, 412)
  t.match((await manager.post(`${path}/acknowledgement`, {}, match(flag.version + 1))).json(), {
    code: 'flag_not_open',
  })
  t.equal((await manager.post(`${path}/assignment`, { to: '' }, match(flag.version + 1))).statusCode, 422)
  t.match((await manager.post(`${path}/assignment`, { to: 'Boligkontoret' }, match(flag.version + 1))).json(), {
    state: 'assigned',
    assignedTo: 'Boligkontoret',
  })
  t.equal(
    (await manager.post(`${path}/resolution`, {}, match(flag.version + 2))).statusCode,
    422,
    'how it was resolved is said',
  )
  t.match(
    (await manager.post(`${path}/resolution`, { comment: 'Ny dato er avtalt' }, match(flag.version + 2))).json(),
    { state: 'resolved' },
  )
  t.match((await planner.get(path)).json<Flag>().events, [
    { kind: 'opened', by: null },
    { kind: 'acknowledged', comment: 'Sett på morgenmøtet' },
    { kind: 'assigned' },
    { kind: 'resolved', comment: 'Ny dato er avtalt' },
  ])
})

t.test('it closes by itself when it has not been so for a week, and comes back as the same flag', async (t) => {
  const { id } = (await one(manager, 'waiting_while_ready'))!
  const now = async () => (await manager.get(`/flags/${id}`)).json<Flag>()
  await owner.query(`update stay set ready_to_move_on_since = null`)
  t.match(await measured(), { closed: 0 })
  t.match(await now(), { measured: 0, state: 'open', belowSince: TODAY, closesOn: '2026-09-08' })
  await measured(true, '2026-09-07')
  t.match(await now(), { state: 'open', belowSince: TODAY })
  t.ok(((await measured(true, '2026-09-08'))?.closed ?? 0) >= 1)
  t.match(await now(), { state: 'closed', belowSince: null, closesOn: null })
  t.equal(await one(manager, 'waiting_while_ready'), undefined)
  t.equal((await one(manager, 'waiting_while_ready', '&closed=true'))?.id, id)
  const closed = await now()
  t.match(
    (await manager.post(`/flags/${id}/resolution`, { comment: 'x' }, { 'if-match': `"${closed.version}"` })).json(),
    {
      code: 'flag_not_open',
    },
  )
  await owner.query(`update stay set ready_to_move_on_since = '2026-07-10'`)
  t.match(await measured(), { reopened: 1 })
  t.match(await now(), {
    state: 'open',
    since: '2026-08-10',
    sinceFrom: 'history',
    events: [{ kind: 'opened' }, { kind: 'closed' }, { kind: 'reopened' }],
  })
})

t.test('growth is computed where the base year is known', async (t) => {
  // 24 open through 2020 and 40 through 2025, two thirds of them Alna's
  for (let i = 0; i < 40; i += 1) {
    const district = i % 3 === 0 ? GRUNERLOKKA : ALNA
    const person = await given.resident(district, { name: `Gammel ${i}`, birth_date: '1980-05-17', number: null })
    await given.need(person, {
      forms: ['colocated_24h'],
      status: 'closed',
      registered_at: i < 24 ? '2020-01-05T08:00:00Z' : '2022-01-05T08:00:00Z',
      ended_at: '2026-01-05T08:00:00Z',
      ended_reason: 'housed',
    })
  }
  await measured()
  const city = (await one(planner, 'growth_since_base', '&district=city'))!
  t.match(city, { basis: 'computed', measured: 67, district: null, since: '2022-12-31', sinceFrom: 'history' })
  t.equal(
    city.sentence,
    'Hele byen: 67 prosent fra 2020 til 2024, beregnet. Fra 2020 til 2025: 67 prosent. Grensen er 50 prosent.',
  )
  t.match(city.against, [
    { label: 'Vekst fra 2020 til 2024, oppgitt av kilden', value: 87 },
    { label: 'Åpne behov i 2020, i snitt', value: 24 },
    { label: 'Vekst fra 2020 til 2021', value: 0, note: '24 i 2021' },
  ])
  t.match(
    city.against.find(({ label }) => label === 'Alna'),
    { value: null, part: 'districts', unknown: 'for få til å regne prosent', note: '16 i 2020, 26 i 2024' },
  )
  const growth = (await neighbour.get('/need-growth')).json()
  t.match(growth, { baseYear: 2020, reported: { percent: 87, year: 2024 }, items: { length: 16 } })
  t.match(growth.items[0], { district: null, until: { year: 2024, percent: 67 }, newest: { year: 2025, percent: 67 } })
  t.equal((await auditor.get('/need-growth')).statusCode, 403)
  t.same(
    await flags(planner, `?ruleId=growth_since_base&district=${ALNA}`),
    [],
    'of 16 in the base year nothing is said',
  )
})

t.test('much of a bydel’s money in few bought places is flagged, and the dearest stand behind it', async (t) => {
  const bought = await given.facility({ name: 'Hegrelia', operator_kind: 'private' })
  const { rows } = await owner.query<{ id: string }>(`insert into supplier (name) values ('Hegre') returning id`)
  const buy = async (district: string, name: string, price: number) => {
    const person = await given.resident(district, { name })
    const place = await given.place(bought, { form: 'private_institution' })
    const stay = await given.livesIn(person, place, '[2026-01-01,)', { form: 'private_institution' })
    await owner.query(
      `insert into call_off (stay_id, holding_district, supplier_id, price_per_day, ordered, reason)
       values ($1, $2, $3, $4, '[2026-01-01,)', 'no_own_place')`,
      [stay, district, rows[0]?.id, price],
    )
  }
  for (const [index, price] of [1000, 9000, 2000, 8000, 7000].entries()) await buy(ALNA, `Kjøpt ${index}`, price)
  await buy(GRUNERLOKKA, 'Nabo', 9000)
  const raised = async (district: string) => {
    await measured()
    return one(planner, 'budget_in_few_cases', `&district=${district}`)
  }
  t.equal(await raised(ALNA), undefined, 'without a budget, and of few, nothing is said')
  const year = 365 * (9000 + 8000 + 7000)
  await owner.query(`insert into purchase_budget (district, year, amount) values ($1, 2026, $2)`, [
    ALNA,
    year * 2 + 100_000,
  ])
  t.equal(await raised(ALNA), undefined, 'just below the threshold')
  await owner.query(`update purchase_budget set amount = $1`, [year * 2])
  const flag = await raised(ALNA)
  t.match(flag, { measured: 50, basis: 'computed' })
  t.match(flag?.against, [{ label: 'De 3 dyreste, i år', value: year }, {}, { value: year * 2 }, { value: 5 }])
  t.equal(await raised(GRUNERLOKKA), undefined)
  const behind = (await manager.get(`/flags/${flag?.id}/records`)).json<{ items: { title: string; note: string }[] }>()
  t.same(
    behind.items.map(({ title, note }) => [title, note.replaceAll(/\s/g, ' ')]),
    [
      ['Kjøpt 1', '3 285 000 kroner i år'],
      ['Kjøpt 3', '2 920 000 kroner i år'],
      ['Kjøpt 4', '2 555 000 kroner i år'],
    ],
  )
  t.same((await neighbour.get(`/flags/${flag?.id}/records`)).json().items, [], 'another bydel sees nobody')
  t.match(
    flag,
    { behind: 3, since: '2026-01-01', sinceFrom: 'history' },
    'since the year began, as what is bought tells',
  )
  await owner.query(`update purchase_budget set amount = $1`, [Math.round(year / 0.46)])
  t.equal((await raised(ALNA))?.id, flag?.id, 'a little below, it stands')
  await owner.query(`update purchase_budget set amount = $1`, [year * 3])
  t.equal(await raised(ALNA), undefined, 'and closes by itself')
})

t.test('who does not steer does not read them, and row security says the same', async (t) => {
  t.equal((await auditor.get('/flags')).statusCode, 403)
  const read = (role: 'auditor' | 'planner', table: 'flag' | 'flagEvent') =>
    asActor(deps.db, actor(role, planner), TODAY, ({ trx }) => trx.selectFrom(table).select('id').execute())
  for (const table of ['flag', 'flagEvent'] as const) {
    t.same(await read('auditor', table), [])
    t.ok((await read('planner', table)).length > 0)
  }
  const answer = asActor(deps.db, actor('district_manager', neighbour, [GRUNERLOKKA]), TODAY, ({ trx }) =>
    trx
      .updateTable('flag')
      .set({ resolvedAt: new Date().toISOString() })
      .where('district', '=', ALNA)
      .executeTakeFirst(),
  )
  t.equal((await answer).numUpdatedRows, 0n, 'another bydel answers nothing')
  t.equal((await planner.get('/flags/00000000-0000-7000-8000-000000000000')).statusCode, 404)
  t.equal((await planner.get('/flags?cursor=eA')).statusCode, 422)
})

t.test('a home that closes before the next one is there', async (t) => {
  const soon = await given.place(house, {
    label: 'Legges ned',
    form: 'vel_care',
    open_during: '[2020-01-01,2026-12-01)',
  })
  const later = await given.place(house, { label: 'Siden', form: 'vel_care', open_during: '[2020-01-01,2028-01-01)' })
  const leaving = await given.resident(ALNA, { name: 'Per Flyttes', birth_date: '1980-05-17', number: null })
  const staying = await given.resident(ALNA, { name: 'Pia Siden', birth_date: '1980-05-17', number: null })
  await given.livesIn(leaving, soon)
  await given.livesIn(staying, later)
  await measured()
  const flag = (await one(manager, 'closing_before_next_home'))!
  t.match(flag, { measured: 1, state: 'open' }, 'what closes in more than half a year is not yet told')
  t.match(
    flag,
    { since: '2026-06-01', sinceFrom: 'history' },
    'since half a year before, which she had no next home for',
  )
  t.match((await manager.get(`/flags/${flag.id}/records`)).json().items, [
    { title: 'Per Flyttes', note: 'Plassen legges ned 1. desember 2026' },
  ])
  t.same((await neighbour.get(`/flags/${flag.id}/records`)).json().items, [])

  // one more home that closes is no next home, one that stays is
  const alsoClosing = await given.place(house, {
    label: 'Også',
    form: 'vel_care',
    open_during: '[2020-01-01,2026-12-01)',
  })
  await given.livesIn(leaving, alsoClosing)
  await measured()
  t.match(await one(manager, 'closing_before_next_home'), { measured: 2, state: 'open' })
  // a home that the bydel has bound itself to counts from the day it is open, and not while it is only named
  const home = await given.place(house, { label: 'Lovet', open_during: '[2026-12-02,)' })
  const { rows: plan } = await owner.query<{ id: string }>(
    `insert into return_plan (household_id, holding_district, stay_id, home_district, verdict, verdict_reason)
     select household_id, holding_district, id, $2, 'right', 'Vil hjem' from stay where household_id = $1 limit 1 returning id`,
    [leaving.householdId, ALNA],
  )
  await owner.query(
    `insert into home_commitment (return_plan_id, household_id, holding_district, ready_on, place_id, committed_on)
     values ($1, $2, $3, '2026-11-30', $4, '2026-09-01')`,
    [plan[0]?.id, leaving.householdId, ALNA, home],
  )
  await measured()
  t.match(await one(manager, 'closing_before_next_home'), { measured: 2 }, 'the home opens a day too late')
  await owner.query(`update place set open_during = '[2026-12-01,)' where id = $1`, [home])
  await measured()
  t.match(await one(manager, 'closing_before_next_home'), { measured: 0 }, 'the word and the home are there in time')
  await owner.query(`update home_commitment set withdrawn_on = '2026-09-01', withdrawn_note = 'Brant'`)
  await measured()
  t.match(
    await one(manager, 'closing_before_next_home'),
    { measured: 2, belowSince: null },
    'and without the word it is so again',
  )
  await given.livesIn(leaving, await given.place(house, { label: 'Ny', form: 'vel_care' }))
  await measured()
  t.match(await one(manager, 'closing_before_next_home'), { measured: 0, closesOn: '2026-09-08' })
  await measured(true, '2026-09-08')
  t.equal(await one(manager, 'closing_before_next_home'), undefined, 'it closes by itself')
})
