import t from 'tap'
import type { WorkdayBody } from '../../src/features/workday/schema.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const facilityId = await given.facility()

/** Of `officer`, page by page. */
async function everything(query = '', limit = 100): Promise<WorkdayBody> {
  const items: WorkdayBody['items'] = []
  let cursor: string | null = null
  for (;;) {
    const answer = await officer.get(
      `/workday?limit=${limit}${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    if (answer.statusCode !== 200) throw new Error(answer.body)
    const page = answer.json() as WorkdayBody
    items.push(...page.items)
    if (page.nextCursor === null) return { ...page, items }
    if (page.nextCursor === cursor) throw new Error('the next page is this one')
    cursor = page.nextCursor
  }
}
const keyOf = ({ subject, id }: WorkdayBody['items'][number]) => `${subject} ${id}`

async function ready(name: string, columns: Record<string, unknown> = {}) {
  const person = await given.resident(ALNA, { name })
  const needId = await given.need(person, {
    // so lately that no decision is late
    registered_at: '2026-08-25T08:00:00Z',
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    ...columns,
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return { person, needId }
}

async function addTask(kind: string, dueOn: string, about: Record<string, string>): Promise<string> {
  const columns = { kind, due_on: dueOn, reason: 'Fordi.', holding_district: ALNA, ...about }
  const { rows } = await owner.query<{ id: string }>(
    `insert into task (${Object.keys(columns).join(', ')}) values (${Object.keys(columns)
      .map((_, i) => `$${i + 1}`)
      .join(', ')}) returning id`,
    Object.values(columns),
  )
  return rows[0]?.id ?? ''
}

const urgent = await ready('Anne Haster', { urgency_grounds: ['violence'], registered_at: '2025-01-01T08:00:00Z' })
const discharge = await ready('Dag Utskrevet', { origin: 'specialist_care', must_leave_by: '2026-09-04' })
const unready = await given.need(await given.resident(ALNA, { name: 'Mona Mangler' }), {
  registered_at: '2026-08-25T08:00:00Z',
})
const draft = await given.need(await given.resident(ALNA, { name: 'Kari Kladd' }), { status: 'draft', forms: [] })
const offered = await ready('Otto Tilbudt', { urgency_grounds: ['violence'] })
const sent = await officer.post('/offers', {
  needId: offered.needId,
  placeId: await given.place(facilityId),
  moveInOn: '2026-10-01',
  answerBy: '2026-09-10',
})
if (sent.statusCode !== 201) throw new Error(sent.body)
const overdue = await given.resident(ALNA, { name: 'Pål Over' })
const overdueStay = await given.livesIn(overdue, await given.place(facilityId), '[2026-01-01,)', {
  expected_until: '2026-08-15',
})
const beyond = await given.resident(ALNA, { name: 'Nora Norm' })
const beyondStay = await given.livesIn(
  beyond,
  await given.place(facilityId, { form: 'vel_emergency' }),
  '[2026-08-01,)',
  { form: 'vel_emergency' },
)
await given.livesIn(await given.resident(ALNA), await given.place(facilityId), '[2020-01-01,)') // ignored: no norm, nothing agreed
const broken = await addTask('chain_broken', '2026-09-01', { need_id: offered.needId })
const decision = await addTask('decide_municipal_home', '2026-08-20', { need_id: urgent.needId })
const check = await addTask('check_6m', '2026-12-01', { stay_id: beyondStay })
const reminder = await addTask('offer_reply_due', '2026-09-10', { need_id: offered.needId, offer_id: sent.json().id })
const proposed = await ready('Tove Treff')
await owner.query(
  `with run as (insert into matching_run (kind, status, as_of, requested_by, requested_at, finished_at, summary)
     values ('city', 'completed', '2026-09-01', $1, now(), now(), '{}') returning id)
   insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, detail)
   select run.id, need_pseudonym($2), $3, 'proposed', 5, $4, '2026-09-01', '{}' from run`,
  [officer.accountId, proposed.needId, ALNA, await given.place(facilityId)],
)
// ignored: of another bydel, done, dropped
await given.need(await given.resident(GRUNERLOKKA, { name: 'Frida Fremmed' }), { urgency_grounds: ['violence'] })
await owner.query(`update task set done_at = now() where id = $1`, [
  await addTask('settle_reason', '2026-09-01', { need_id: unready }),
])
await owner.query(`update task set dropped_at = now() where id = $1`, [
  await addTask('settle_reason', '2026-09-01', { need_id: unready }),
])

t.test('everything that needs her, the nearest deadline first, each once and with why now', async (t) => {
  const all = await everything()
  t.strictSame(all.items.map(keyOf), [
    `need ${urgent.needId}`,
    `task ${broken}`,
    `stay ${overdueStay}`,
    `stay ${beyondStay}`,
    `decision ${urgent.needId}`,
    `task ${decision}`,
    `need ${discharge.needId}`,
    `offer ${sent.json().id}`,
    `need ${proposed.needId}`,
    ...[`need ${unready}`, `need ${draft}`].toSorted(),
  ])
  t.match(all, { asOf: TODAY, horizon: '2026-09-15', total: 11, due: 6, later: 1, nextCursor: null })
  const row = (key: string) => all.items.find((item) => keyOf(item) === key)
  t.match(row(`need ${urgent.needId}`), { residentName: 'Anne Haster', kinds: ['urgent'], dueOn: TODAY, daysLeft: 0 })
  t.match(row(`need ${discharge.needId}`), { kinds: ['urgent', 'discharge_ready'], dueOn: '2026-09-04', daysLeft: 3 })
  t.match(row(`need ${unready}`), { residentName: 'Mona Mangler', reasons: [/ny nok kartlegging/], dueOn: null })
  t.match(row(`offer ${sent.json().id}`), {
    residentName: 'Otto Tilbudt',
    kinds: ['offer'],
    needId: offered.needId,
    task: { id: reminder, kindName: 'Svarfristen nærmer seg' },
  })
  t.match(row(`stay ${overdueStay}`), { residentName: 'Pål Over', facilityId, dueOn: '2026-08-15', daysLeft: -17 })
  t.match(row(`stay ${beyondStay}`), { residentName: 'Nora Norm', reasons: [/17 dager over normen/] })
  t.match(row(`decision ${urgent.needId}`), {
    residentName: 'Anne Haster',
    dueOn: '2025-01-31',
    reasons: [/^Hjelp til .*Fristen gikk ut 31\. januar 2025/],
  })
  t.match(row(`task ${broken}`), { kinds: ['chain'], reasons: ['Fordi.'], task: { outcomes: [{ id: 'done' }, {}] } })
  t.strictSame(
    all.kinds.map(({ kind, count, due }) => [kind, count, due]),
    [
      ['urgent', 2, 1],
      ['discharge_ready', 1, 0],
      ['offer', 1, 0],
      ['chain', 1, 1],
      ['stay', 2, 2],
      ['decision', 2, 2],
      ['task', 0, 0],
      ['match', 1, 0],
      ['not_ready', 2, 0],
    ],
  )
  t.notMatch(JSON.stringify(all), /Fremmed/)
})

t.test('page by page, kind by kind and further ahead', async (t) => {
  const whole = await everything()
  for (const limit of [1, 2, 4])
    t.strictSame((await everything('', limit)).items.map(keyOf), whole.items.map(keyOf), `pages of ${limit}`)
  const stays = await everything('&kind=stay')
  t.strictSame(stays.items.map(keyOf), [`stay ${overdueStay}`, `stay ${beyondStay}`])
  t.strictSame(stays.kinds, whole.kinds, 'what is counted stays the same')
  const any = await everything('&within=any')
  t.match(any, { horizon: null, later: 0, total: 12 })
  t.match(
    any.items.find(({ id }) => id === check),
    { residentName: 'Nora Norm', stayId: beyondStay, facilityId },
    'a task about a stay leads to its house',
  )
  t.equal((await officer.get('/workday?cursor=x')).statusCode, 422)
  t.equal((await officer.get('/workday?kind=other')).statusCode, 400)
})

t.test('somebody who cannot wait is there however many others are', async (t) => {
  for (let n = 0; n < 120; n += 1) {
    await given.need(await given.resident(ALNA), { registered_at: '2026-08-25T08:00:00Z' })
    await addTask('settle_reason', '2026-08-01', { need_id: (await ready(`Sak ${n}`)).needId })
  }
  const [first] = (await officer.get('/workday?limit=1')).json().items
  t.equal(keyOf(first), `need ${urgent.needId}`)
  const all = await everything()
  t.equal(all.items.length, 251)
  t.equal(new Set(all.items.map(keyOf)).size, 251)
})

t.test('an offer that is lost makes her wait again', async (t) => {
  const lost = await ready('Lise Taper', { urgency_grounds: ['violence'] })
  const placeId = await given.place(facilityId)
  const open = { placeId, moveInOn: '2026-10-01', reserve: false }
  const hers = await officer.post('/offers', { needId: lost.needId, ...open })
  t.equal(hers.statusCode, 201, hers.body)
  const other = await ready('Vera Vinner')
  const theirs = await officer.post('/offers', { needId: other.needId, ...open })
  await officer.post(`/offers/${theirs.json().id}/acceptance`, undefined, { 'if-match': '"1"' })
  const { items } = await everything()
  t.match(
    items.filter(({ needId, subject }) => needId === lost.needId && subject !== 'task'),
    [
      { subject: 'need', kinds: ['urgent'] },
      { subject: 'offer', title: 'Plassen er gitt til en annen', dueOn: TODAY },
    ],
  )
  t.notOk(
    items.some(({ subject, needId }) => subject !== 'task' && needId === other.needId),
    'who said yes has no offer to answer',
  )
})

t.test('protected people are seen by their circle alone', async (t) => {
  const person = await given.resident(ALNA, { name: 'Hilde Hemmelig', address_protection: 'strictly_confidential' })
  const needId = await given.need(person, { urgency_grounds: ['violence'] })
  await addTask('settle_reason', '2026-09-01', { need_id: needId })
  t.notOk((await everything()).items.some((item) => item.needId === needId))
  await given.inCircle(person, officer.accountId)
  t.ok((await everything()).items.some((item) => item.needId === needId && item.residentName === 'Hilde Hemmelig'))
})
