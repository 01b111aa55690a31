import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()

const at = (version: number) => ({ 'if-match': `"${version}"` })
async function taskOf(kind: string, columns: Record<string, unknown> = {}): Promise<string> {
  const row = { kind, holding_district: ALNA, due_on: '2026-09-10', reason: 'Fordi noe må gjøres.', ...columns }
  const names = Object.keys(row)
  const { rows } = await owner.query<{ id: string }>(
    `insert into task (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  )
  return rows[0]?.id ?? ''
}
interface Listed {
  id: string
  kind: string
}
const list = async (query = '', who = officer): Promise<Listed[]> => (await who.get(`/tasks?${query}`)).json().items
const end = (id: string, body: object, who = officer, version = 1) =>
  who.post(`/tasks/${id}/completion`, body, at(version))

t.test('what is due first comes first, a page at a time, and each says why', async (t) => {
  const person = await given.resident(ALNA, { name: 'Knut Kjempe' })
  const needId = await given.need(person)
  const stayId = await given.livesIn(person, await given.place(facilityId))
  const third = await taskOf('find_next_place', { need_id: needId, due_on: '2026-09-20' })
  const first = await taskOf('stay_ends', { stay_id: stayId, due_on: '2026-08-30' })
  const second = await taskOf('decide_municipal_home', { need_id: needId, due_on: '2026-09-01' })
  await taskOf('rest_over', { holding_district: GRUNERLOKKA })
  t.match((await officer.get('/tasks')).json().items, [
    {
      id: first,
      kindName: 'Oppholdet går mot slutten',
      daysLeft: -2,
      residentName: 'Knut Kjempe',
      stayId,
      needId: null,
    },
    { id: second, kindName: /^Fatt vedtak: /, daysLeft: 0, residentName: 'Knut Kjempe', needId },
    {
      id: third,
      daysLeft: 19,
      reason: 'Fordi noe må gjøres.',
      state: 'open',
      outcomes: [{ id: 'done' }, { id: 'not_needed' }],
    },
  ])
  t.equal((await list('', neighbour)).length, 1, 'each bydel has its own')
  const seen: string[] = []
  let cursor = ''
  do {
    const page = (await officer.get(`/tasks?limit=1${cursor}`)).json()
    seen.push(...page.items.map(({ id }: Listed) => id))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  t.same(seen, [first, second, third])
  t.same(
    (await list('dueBy=2026-09-01')).map(({ id }) => id),
    [first, second],
  )
  t.same(
    (await list(`needId=${needId}&kind=find_next_place`)).map(({ id }) => id),
    [third],
  )
  t.same(
    (await list(`stayId=${stayId}`)).map(({ id }) => id),
    [first],
  )
  for (const bad of ['cursor=x', `cursor=${Buffer.from('["2026-02-30","x"]').toString('base64url')}`])
    t.equal((await officer.get(`/tasks?${bad}`)).statusCode, 422, bad)
})

t.test('a task ends once, by its own bydel, with what came of it', async (t) => {
  const id = await taskOf('settle_reason')
  t.equal((await officer.post(`/tasks/${id}/completion`, { outcome: 'done' })).statusCode, 428)
  t.equal((await end(id, { outcome: 'done' }, officer, 7)).statusCode, 412)
  t.equal((await end(id, { outcome: 'done' }, neighbour)).statusCode, 404)
  t.match((await end(id, { outcome: 'goes_well' })).json(), { status: 422, errors: [{ pointer: '/outcome' }] })
  t.match((await end(id, { outcome: 'not_needed' })).json(), { errors: [{ pointer: '/note', code: 'missing' }] })
  t.match((await end(id, { outcome: 'not_needed', note: 'Avklart.' })).json(), {
    state: 'done',
    outcomes: [],
    done: { by: 'Berit Konsulent', outcome: 'not_needed', outcomeName: 'Trengs ikke lenger', note: 'Avklart.' },
  })
  t.match((await end(id, { outcome: 'done' }, officer, 2)).json(), { status: 409, code: 'task_not_open' })
  t.notOk((await list()).some((task) => task.id === id))
  t.ok((await list('state=done')).some((task) => task.id === id))
  const dropped = await taskOf('settle_reason', { dropped_at: '2026-09-01T00:00:00Z' })
  t.match((await end(dropped, { outcome: 'done' })).json(), { code: 'task_not_open', detail: /falt bort/ })
  t.ok((await list('state=dropped')).some((task) => task.id === dropped))
})

t.test('looking in after a move leads on where it shows trouble', async (t) => {
  for (const [outcome, next] of [
    ['goes_well', undefined],
    ['more_help', { kind: 'more_help', dueOn: '2026-09-08' }],
    ['home_at_risk', { kind: 'home_at_risk', dueOn: '2026-09-02' }],
    ['home_left', { kind: 'need_after_departure', dueOn: '2026-09-01' }],
    ['no_contact', { kind: 'check_3m', dueOn: '2026-09-15' }],
  ] as const) {
    const person = await given.resident(ALNA)
    const stayId = await given.livesIn(person, await given.place(facilityId))
    const needId = await given.need(person, { status: 'closed', ended_at: '2026-08-01', ended_reason: 'housed' })
    const id = await taskOf('check_3m', { stay_id: stayId, need_id: needId })
    const answer = await end(id, { outcome, note: 'Skrevet.' })
    t.equal(answer.statusCode, 200, answer.body)
    const after = await list(`stayId=${stayId}`)
    if (next === undefined) t.same(after, [], outcome)
    else t.match(after, [{ ...next, needId, stayId }], outcome)
  }
})

t.test('a review says whether the home is still right', async (t) => {
  const stayId = await given.livesIn(await given.resident(ALNA), await given.place(facilityId))
  const first = await taskOf('review_stay', { stay_id: stayId })
  await end(first, { outcome: 'still_right' })
  t.match((await officer.get(`/stays/${stayId}`)).json(), { readyToMoveOnSince: null })
  const second = await taskOf('review_stay', { stay_id: stayId, due_on: '2027-03-01' })
  await end(second, { outcome: 'ready_to_move_on' })
  t.match((await officer.get(`/stays/${stayId}`)).json(), { readyToMoveOnSince: '2026-09-01' })
})

t.test('a protected person’s task is her circle’s alone', async (t) => {
  const person = await given.resident(ALNA, { address_protection: 'confidential' })
  const stayId = await given.livesIn(person, await given.place(facilityId))
  const id = await taskOf('stay_ends', { stay_id: stayId })
  t.notOk((await list()).some((task) => task.id === id))
  t.equal((await end(id, { outcome: 'done' })).statusCode, 404)
  await given.inCircle(person, officer.accountId)
  t.ok((await list()).some((task) => task.id === id))
})
