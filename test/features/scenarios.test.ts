import t from 'tap'
import { dayOf } from '../../src/web/ui/days.ts'
import type { Client } from '../support/app.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner, signedInAs } = app
const given = fixturesOf(app)
const planner = await signedInAs({ role: 'planner' })
const colleague = await signedInAs({ role: 'planner' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA] })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })

const house = await given.facility({ serves: 'own_district' })
for (let n = 0; n < 3; n += 1) await given.place(house, { form: 'colocated_24h' })

const FROM = '2027-08-01'
const OPEN = { kind: 'open_places', from: FROM, district: ALNA, form: 'colocated_24h', places: 12 }
const CLOSE = { kind: 'close_places', from: FROM, form: 'colocated_24h', places: 3 }
const REDRAWN = {
  kind: 'redrawn_districts',
  from: '2028-01-01',
  districts: [{ code: '030120', name: 'Groruddalen' }],
  shares: [
    { from: ALNA, to: '030120', share: 1 },
    { from: '030110', to: '030120', share: 1 },
  ],
}

interface Scenario {
  id: string
  version: number
  newestVersion: number
  name: string
  changes: object[]
  assumptions: string[]
  mine: boolean
  archivedAt: string | null
}
const write = (body: object, client: Client = planner) =>
  client.post('/scenarios', { name: 'Flere samlokaliserte boliger i Alna', changes: [OPEN], ...body })
const made = async (body: object) => (await write(body)).json<Scenario>()

t.test('a scenario is kept as each version was written, with what it takes for granted in words', async (t) => {
  const answer = await write({ note: 'Bystyret spør.' })
  t.equal(answer.statusCode, 201, answer.body)
  t.equal(answer.headers.etag, '"1"')
  const first = answer.json<Scenario>()
  t.equal(answer.headers.location, `/api/v1/scenarios/${first.id}`)
  t.match(first, { version: 1, newestVersion: 1, note: 'Bystyret spør.', changes: [OPEN], mine: true })
  t.same(first.assumptions, [
    'Fra 1. august 2027 åpner 12 plasser i samlokalisert bolig med døgnbemannet personalbase i Alna, for bydelens egne.',
    'Nye plasser tas i bruk like raskt som ledige plasser i samme boligform i bydelen.',
  ])
  const versions = `/scenarios/${first.id}/versions`
  const body = { name: 'Tolv åpnes, tre legges ned', changes: [OPEN, CLOSE] }
  t.equal((await colleague.post(versions, body)).statusCode, 428)
  t.equal((await colleague.post(versions, body, { 'if-match': '"2"' })).statusCode, 412)
  const second = await colleague.post(versions, body, { 'if-match': '"1"' })
  t.equal(second.statusCode, 201, second.body)
  t.match(second.json(), { version: 2, newestVersion: 2, name: body.name, note: null, mine: false })
  t.equal((await planner.post(versions, body, { 'if-match': '"1"' })).statusCode, 412, 'nothing of hers is lost')

  const read = await manager.get(`/scenarios/${first.id}`)
  t.equal(read.headers.etag, '"2"')
  t.match(read.json(), { version: 2, changes: [OPEN, CLOSE] })
  t.match((await manager.get(`${versions}/1`)).json(), { ...first, newestVersion: 2, mine: false })
  t.equal((await manager.get(`${versions}/3`)).statusCode, 404)
  const page = (await manager.get(`${versions}?limit=1`)).json<{ items: Scenario[]; nextCursor: string }>()
  const next = (await manager.get(`${versions}?limit=1&cursor=${page.nextCursor}`)).json<typeof page>()
  t.same(
    [page, next].flatMap(({ items }) => items.map(({ version }) => version)),
    [2, 1],
  )
  t.equal(next.nextCursor, null)

  t.equal((await write({}, manager)).statusCode, 403)
  t.equal((await officer.get('/scenarios')).statusCode, 403)
  t.equal((await manager.post(versions, body, { 'if-match': '"2"' })).statusCode, 403)

  const put = await planner.post(`/scenarios/${first.id}/archival`, undefined, { 'if-match': '"2"' })
  t.equal(put.json().version, 2)
  t.equal(dayOf(put.json().archivedAt), TODAY)
  t.equal((await planner.post(versions, body, { 'if-match': '"2"' })).json().code, 'scenario_archived')
  const listed = async (query: string) =>
    (await planner.get(`/scenarios${query}`)).json<{ items: Scenario[] }>().items.map(({ id }) => id)
  t.notOk((await listed('')).includes(first.id))
  t.ok((await listed('?archived=true')).includes(first.id))
})

t.test('a scenario that cannot be meant is refused with the place of each mistake, and nothing is lost', async (t) => {
  const before = await countRows(owner)
  const rows: [object[], string, RegExp][] = [
    [[{ ...OPEN, from: '2026-08-31' }], '/changes/0/from', /^Dagen er passert/],
    [[{ ...OPEN, from: '2036-09-02' }], '/changes/0/from', /etter den siste dagen/],
    [[OPEN, { ...OPEN, district: '030199' }], '/changes/1/district', /^Bydelen finnes ikke/],
    [[{ ...CLOSE, places: 4 }], '/changes/0/places', /^Det finnes bare 3 plasser/],
    [[{ kind: 'arrivals', from: FROM, factor: -1 }], '/changes/0/factor', /negativt/],
    [[{ kind: 'growth', from: FROM, perYear: -2 }], '/changes/0/perYear', /−90 prosent/],
    [[{ kind: 'past_growth', from: FROM }], '/changes/0/kind', /Så få behov var åpne i 2020/],
    [
      [{ ...REDRAWN, shares: [{ from: ALNA, to: '030120', share: 0.7 }] }],
      '/changes/0/shares/0/share',
      /^Andelene fra Alna blir 0,7/,
    ],
    [[{ ...REDRAWN, districts: [{ code: GRUNERLOKKA, name: 'Ny' }] }], '/changes/0/districts/0/code', /bydels fra før/],
    [new Array(51).fill(OPEN), '/changes', /høyst 50 endringer/],
  ]
  for (const [changes, pointer, detail] of rows) {
    const answer = await write({ changes })
    t.equal(answer.statusCode, 422, answer.body)
    t.match(answer.json(), { errors: [{ pointer, detail }] }, pointer)
  }
  t.same(await countRows(owner), before)
})

t.test('a scenario may go on at the pace since 2020, which is computed and said', async (t) => {
  // 24 open through 2020 and 48 through 2025: twice as many in five years
  for (let i = 0; i < 48; i += 1) {
    const person = await given.resident(ALNA)
    await given.need(person, {
      forms: ['colocated_24h'],
      status: 'closed',
      registered_at: i < 24 ? '2020-01-05T08:00:00Z' : '2022-01-05T08:00:00Z',
      ended_at: '2026-01-05T08:00:00Z',
      ended_reason: 'housed',
    })
  }
  const perYear = 2 ** (1 / 5) - 1
  const sent = { kind: 'past_growth', from: FROM, perYear: 3, percent: 900 }
  const { id, changes, assumptions } = await made({ changes: [sent, { kind: 'growth', from: FROM, perYear: 0 }] })
  t.match(changes[0], { kind: 'past_growth', from: FROM, baseYear: 2020, untilYear: 2025, percent: 100 })
  t.ok(Math.abs((changes[0] as { perYear: number }).perYear - perYear) < 1e-9, 'not what was sent')
  t.equal(
    assumptions[0],
    'Fra 1. august 2027 fortsetter behovet for samlokaliserte boliger i hele byen å øke som fra 2020 til 2025: 100 prosent i alt, 14,9 prosent i året.',
  )
  t.match(assumptions[1], /veksten stopper\.$/)
  const again = await planner.post(`/scenarios/${id}/versions`, { name: 'Igjen', changes }, { 'if-match': '"1"' })
  t.same(again.json<Scenario>().changes, changes, 'what was read can be written again')
})

t.test('nobody fills the list: a bound for each author, also for many at once', async (t) => {
  await owner.query(
    `with made as (insert into scenario (created_by, created_at) select $1, now() from generate_series(1, 95) returning id)
     insert into scenario_version (scenario_id, version, name, changes, assumptions, policies, created_by, created_at)
     select id, 1, 'En av mange', '[]', '{}', '{}', $1, now() from made`,
    [colleague.accountId],
  )
  const answers = await Promise.all(Array.from({ length: 20 }, () => write({}, colleague)))
  t.same(answers.map(({ statusCode }) => statusCode).toSorted(), [
    ...new Array(5).fill(201),
    ...new Array(15).fill(409),
  ])
  const refused = answers.find(({ statusCode }) => statusCode === 409)
  t.match(refused?.json(), { code: 'too_many_scenarios', detail: /^Du har 100 scenarioer\. Legg bort et/ })
  t.equal((await write({})).statusCode, 201, 'somebody else may')
})

t.test('what cannot be compared is refused, and what waits can be cancelled', async (t) => {
  const [one, other] = [await made({}), await made({ name: 'Legge ned', changes: [CLOSE] })]
  const [map, otherMap] = [
    await made({ name: 'Nytt kart', changes: [REDRAWN] }),
    await made({ name: 'Et annet kart', changes: [{ ...REDRAWN, from: '2028-02-01' }] }),
  ]
  const late = await made({ name: 'Sent', changes: [{ ...OPEN, from: '2031-01-01' }] })
  const ref = ({ id }: Scenario) => ({ scenarioId: id })
  const compared = (body: object) =>
    planner.post('/scenario-comparisons', { scenarios: [ref(one)], runs: 100, ...body })
  const unknown = { scenarioId: '019a0000-0000-7000-8000-000000000000' }
  const before = await countRows(owner)
  const rows: [object, string, RegExp][] = [
    [{ until: '2076-09-01' }, '/until', /høyst 10 år fram/],
    [{ until: TODAY }, '/until', /etter i dag/],
    [{ runs: 3000 }, '/runs', /høyst 2000 kjøringer/],
    [{ scenarios: [] }, '/scenarios', /minst ett scenario/],
    [{ scenarios: new Array(5).fill(ref(one)) }, '/scenarios', /høyst 4 scenarioer/],
    [{ scenarios: [ref(one), unknown] }, '/scenarios/1', /finnes ikke/],
    [{ base: { ...ref(one), version: 2 } }, '/base', /finnes ikke/],
    [{ base: ref(one) }, '/scenarios/0', /med to ganger/],
    [{ scenarios: [ref(map), ref(otherMap)] }, '/scenarios/1', /^«Et annet kart» har andre nye bydeler/],
    [{ scenarios: [ref(one), ref(late)] }, '/scenarios/1', /^«Sent», endring 1: Endringen skjer etter den siste dagen/],
  ]
  for (const [body, pointer, detail] of rows) {
    const answer = await compared(body)
    t.equal(answer.statusCode, 422, answer.body)
    t.match(answer.json(), { errors: [{ pointer, detail }] }, answer.body)
  }
  t.same(await countRows(owner), before)

  const asked = await Promise.all(Array.from({ length: 6 }, () => compared({ scenarios: [ref(one), ref(other)] })))
  t.same(asked.map(({ statusCode }) => statusCode).toSorted(), [202, 202, 202, 409, 409, 409])
  const [{ id, members } = { id: '', members: [] }] = asked
    .filter(({ statusCode }) => statusCode === 202)
    .map((answer) => answer.json<{ id: string; members: object[] }>())
  t.match(members, [
    { position: 0, scenarioId: null, name: 'Som planlagt', assumptions: [/^Ingenting er endret/] },
    { position: 1, scenarioId: one.id, version: 1, changes: [OPEN] },
    { position: 2, scenarioId: other.id, name: 'Legge ned' },
  ])
  t.equal((await colleague.post(`/scenario-comparisons/${id}/cancellation`)).statusCode, 403)
  t.match((await planner.post(`/scenario-comparisons/${id}/cancellation`)).json(), { status: 'cancelled' })
  t.equal((await compared({})).statusCode, 202, 'and there is room for another')
  const page = (await manager.get('/scenario-comparisons?limit=2')).json<{ items: { members: object[] }[] }>()
  t.same(
    page.items.map((item) => item.members.length),
    [2, 3],
  )
})

t.test(
  'a home is lost when its household is back in the queue without one, and not whenever somebody leaves',
  async (t) => {
    const other = await given.facility()
    const left = async (form: string, need: object, next?: { during: string; place: boolean }) => {
      const person = await given.resident(ALNA)
      await given.livesIn(person, await given.place(other, { form }), '[2025-01-01,2026-03-01)', { form })
      if (next?.place === true) await given.livesIn(person, await given.place(other), next.during)
      else if (next !== undefined)
        await owner.query(
          `insert into stay (household_id, holding_district, form, during) values ($1, $2, 'private', $3)`,
          [person.householdId, ALNA, next.during],
        )
      return given.need(person, { origin: 'no_home', registered_at: '2026-04-10T08:00:00Z', ...need })
    }
    const before = { registered_at: '2026-02-10T08:00:00Z' }
    const housed = { ...before, status: 'closed', ended_at: '2026-02-20T08:00:00Z', ended_reason: 'found_own' }
    const rows: [string, string, boolean][] = [
      ['back in the queue after a home', await left('municipal', {}), true],
      ['already in the queue when she left it', await left('colocated_24h', before), true],
      ['after a bed for the night', await left('vel_emergency', {}), false],
      ['after an institution for some time', await left('vel_assessment', {}), false],
      ['a need that was over when she left', await left('municipal', housed), false],
      ['much later', await left('municipal', { registered_at: '2026-08-01T08:00:00Z' }), false],
      ['a need of somebody who lives somewhere', await left('municipal', { origin: 'municipal_home' }), false],
      ['moved on', await left('municipal', before, { during: '[2026-03-20,)', place: true }), false],
      ['moved to a home of her own', await left('municipal', {}, { during: '[2026-03-15,)', place: false }), false],
    ]
    const lost = await owner.query<{ needId: string }>('select need_id as "needId" from lost_home')
    for (const [what, id, expected] of rows)
      t.equal(lost.rows.filter(({ needId }) => needId === id).length, expected ? 1 : 0, what)
    const counted = await owner.query(
      `select (select count(*)::integer from forecast_stay where lost) as stays,
       (select count(*)::integer from forecast_need where after_loss) as needs`,
    )
    t.match(counted.rows, [{ stays: 2, needs: 2 }], 'as the forecast reads them')
  },
)
