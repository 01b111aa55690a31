import t from 'tap'
import { unpackScheduleInput } from '../../src/db/packedSchedule.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { scheduleOf } from '../../src/domain/returnSchedule/schedule.ts'
import { mipSolver } from '../../src/jobs/highs.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const app = await testApp(t)
const { owner, signedInAs } = app
const given = fixturesOf(app)

const planner = await signedInAs({ role: 'planner' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA] })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
const staff = await signedInAs({ role: 'facility_staff' })

interface Schedule {
  id: string
  status: string
  mine: boolean
  assumptions: string[]
  summary: { people: number; couldMove: number; cannotMove: number; groupsBoundByTeams: number; proven: boolean }
}
interface Person {
  returnPlanId: string
  residentName: string
  movesOn: string | null
  limitedBy: string | null
  couldMoveOn: string | null
  home: { source: string; label: string } | null
}

const created = async (client: Client, path: string, body: object) => {
  const reply = await client.post(path, body)
  if (reply.statusCode !== 201) throw new Error(`${path}: ${reply.body}`)
  return reply.json<{ id: string }>()
}

const institution = await given.facility({ name: 'Ekelund', operator: 'Velferdsetaten', operator_kind: 'vel' })
const house = await given.facility({ name: 'Furuset samlokaliserte' })
const team = await created(manager, '/support-teams', {
  district: ALNA,
  name: 'Booppfølging Alna',
  capacity: 40,
  newPerMonth: 1,
  during: { from: '2024-01-01', to: null },
})
const whole = {
  verdict: 'right',
  verdictReason: 'Vil hjem',
  targetForm: 'colocated_24h',
  earliestOn: '2026-12-05',
  targetOn: '2027-03-01',
  ownPart: 'answered',
  ownPartOn: '2026-08-20',
  ownWords: 'Å bo nær søsteren min.',
  districtOwner: 'Eva Ansvarlig',
  velContact: 'Vidar Vel',
  supportTeamId: team.id,
  supportFrom: '2026-11-01',
}

/** Somebody in the institution with a plan. */
async function withPlan(name: string, plan: object, district = ALNA, columns = {}) {
  const person = await given.resident(district, { name, ...columns })
  const bed = await given.place(institution, { form: 'vel_coping' })
  await given.livesIn(person, bed, '[2025-01-01,)', { form: 'vel_coping' })
  const client = district === ALNA ? officer : neighbour
  const { id } = await created(client, '/return-plans', { residentId: person.residentId, ...plan })
  return { ...person, planId: id }
}

await given.place(house, { label: 'Åpner', form: 'colocated_24h', open_during: '[2026-12-10,)' })
await given.place(house, { label: 'Åpner samme måned', form: 'colocated_24h', open_during: '[2026-12-20,)' })
const promised = await given.place(house, { label: 'Satt av', form: 'colocated_24h' })
const anna = await withPlan('Anna Først', whole)
await withPlan('Berit Neste', whole)
const carl = await withPlan('Carl Lovet', { ...whole, supportTeamId: null, supportFrom: null })
await withPlan('Dag Uferdig', { ...whole, districtOwner: null })
await withPlan('Eli Blir', {
  ...whole,
  verdict: 'rightly_stays',
  targetForm: null,
  earliestOn: null,
  targetOn: null,
  supportTeamId: null,
  supportFrom: null,
})
await withPlan('Nabo Nabosen', { ...whole, supportTeamId: null, supportFrom: null }, GRUNERLOKKA)
await created(manager, '/home-commitments', { returnPlanId: carl.planId, readyOn: '2026-12-15', placeId: promised })

const madeOf = (id: string) => ended<Schedule>(planner, `/return-schedules/${id}`)

t.test('what cannot be scheduled is refused, each with its sentence, and nothing is begun', async (t) => {
  const other = { teamId: team.id, capacity: 10, newPerMonth: 2 }
  const rows: [object, string, RegExp][] = [
    [{ until: addDays(TODAY as Day, -1) }, '/until', /Dagen må være etter i dag/],
    [{ until: '2076-09-01' }, '/until', /høyst 10 år fram/],
    [{ shareOfVacancies: -0.1 }, '/shareOfVacancies', /ikke være negativ/],
    [{ shareOfVacancies: 1.1 }, '/shareOfVacancies', /ikke være over 1/],
    [{ certainty: 1 }, '/certainty', /høyst 0,95/],
    [{ keptMonths: 0 }, '/keptMonths', /minst én måned/],
    [{ teams: [{ ...other, capacity: -1 }] }, '/teams/0/capacity', /ikke være negativt/],
    [{ teams: [{ ...other, newPerMonth: -2 }] }, '/teams/0/newPerMonth', /ikke være negativt/],
    [{ teams: [other, other] }, '/teams/1/teamId', /nevnt to ganger/],
    [{ teams: [{ ...other, teamId: anna.residentId }] }, '/teams/0/teamId', /Teamet finnes ikke/],
  ]
  for (const [body, pointer, detail] of rows) {
    const answer = await planner.post('/return-schedules', body)
    t.equal(answer.statusCode, 422, pointer)
    t.match(answer.json(), { errors: [{ pointer, detail }] }, String(detail))
  }
  t.equal((await manager.post('/return-schedules', {})).statusCode, 403)
  t.equal((await staff.get('/return-schedules')).statusCode, 403)
  t.equal((await owner.query('select from return_schedule')).rows.length, 0)
})

t.test('nobody fills the queue alone, and a schedule that waits can be cancelled', async (t) => {
  const asked = await Promise.all(Array.from({ length: 8 }, () => planner.post('/return-schedules', {})))
  t.same(asked.map(({ statusCode }) => statusCode).toSorted(), [...new Array(5).fill(202), ...new Array(3).fill(409)])
  const refused = asked.find(({ statusCode }) => statusCode === 409)
  t.match(refused?.json(), { code: 'too_many_unfinished', detail: /Du har 5 tidsplaner/ })
  const other = await signedInAs({ role: 'planner' })
  for (const answer of asked) {
    if (answer.statusCode !== 202) continue
    const { id } = answer.json<Schedule>()
    t.equal((await other.post(`/return-schedules/${id}/cancellation`)).statusCode, 403)
    t.match((await planner.post(`/return-schedules/${id}/cancellation`)).json(), { status: 'cancelled' })
  }
})

t.test(
  'who could move when: the bydel sees its people, everybody the numbers, and it can be computed again',
  async (t) => {
    const queue = await startWorking(app)
    t.teardown(() => queue.stop())
    const asked = await planner.post('/return-schedules', {})
    t.equal(asked.statusCode, 202)
    const made = await madeOf(asked.json<Schedule>().id)
    t.match(made, {
      status: 'completed',
      mine: true,
      summary: { people: 5, couldMove: 2, cannotMove: 3, groupsBoundByTeams: 1, proven: true, gap: [] },
    })
    t.ok(made.assumptions.some((sentence) => /25 prosent av boligene/.test(sentence)))

    const path = `/return-schedules/${made.id}`
    const people = (await officer.get(`${path}/people`)).json<{ items: Person[] }>().items
    const told = Object.fromEntries(
      people.map(({ residentName, movesOn, limitedBy, home, couldMoveOn }) => [
        residentName,
        movesOn === null ? `${limitedBy} ${couldMoveOn}` : `${movesOn} ${home?.source} ${home?.label}`,
      ]),
    )
    t.same(told, {
      'Anna Først': '2026-12-10 opening Åpner',
      // the team begins with one a month
      'Berit Neste': '2027-01-01 opening Åpner samme måned',
      'Carl Lovet': 'support_not_agreed 2026-12-15',
      'Dag Uferdig': told['Dag Uferdig'],
    })
    t.match(told['Dag Uferdig'], /^plan_incomplete /)
    t.equal((await neighbour.get(`${path}/people`)).json<{ items: Person[] }>().items[0]?.residentName, 'Nabo Nabosen')
    t.same((await planner.get(`${path}/people`)).json().items, [], 'VEL sees numbers')
    t.equal((await officer.get(`${path}/people?outcome=could_move&limit=1`)).json().items.length, 1)

    const numbers = (await manager.get(`${path}/numbers`)).json()
    const sum = (items: { people: number }[]) => items.reduce((total, { people: some }) => total + some, 0)
    t.equal(sum(numbers.items), 5)
    t.strictSame(
      numbers.items.find(({ month }: { month: string | null }) => month === '2026-12-01'),
      {
        district: ALNA,
        districtName: 'Alna',
        form: 'colocated_24h',
        month: '2026-12-01',
        limitedBy: null,
        limitedByName: null,
        people: 1,
      },
    )
    t.equal(sum((await planner.get(`${path}/numbers?district=${GRUNERLOKKA}`)).json().items), 1)
    for (const address of [`${path}/numbers`, `${path}/people`]) {
      const csv = await app.app.inject({
        url: `/api/v1${address}`,
        headers: { accept: 'text/csv', cookie: `boligtrapp_session=${officer.cookie}` },
      })
      t.match(csv.headers['content-type'], /text\/csv/, address)
      t.notMatch(csv.body, /Anna/)
    }

    const cube = await app.app.inject({
      url: `/api/v1${path}/numbers`,
      headers: { accept: 'application/vnd.json-stat+json', cookie: `boligtrapp_session=${officer.cookie}` },
    })
    t.equal(
      cube.json<{ value: (number | null)[] }>().value.reduce<number>((total, value) => total + (value ?? 0), 0),
      5,
      'and the cube holds the same',
    )

    const { rows } = await owner.query<{ input: Buffer }>('select input from return_schedule where id = $1', [made.id])
    const input = unpackScheduleInput(rows[0]?.input ?? Buffer.alloc(0))
    t.notMatch(
      JSON.stringify(input),
      new RegExp([anna.residentId, anna.planId, 'Anna', 'Eva'].join('|')),
      'no person is kept',
    )
    const again = scheduleOf(input, { solve: await mipSolver(), seconds: 10 })
    t.match(made.summary, again.summary, 'what was kept gives the same again')

    const more = await planner.post('/return-schedules', {
      teams: [{ teamId: team.id, capacity: null, newPerMonth: null }],
    })
    const free = await madeOf(more.json<Schedule>().id)
    t.match(free, { summary: { couldMove: 2, groupsBoundByTeams: 0 } })

    await owner.query("update return_schedule set expires_at = now() - interval '1 day' where id = $1", [made.id])
    await queue.add('sweep_return_schedules', {}, 'sweep')
    for (let tries = 0; tries < 100; tries += 1) {
      const { rows: left } = await owner.query('select from return_schedule_row where schedule_id = $1', [made.id])
      if (left.length === 0) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    t.same((await officer.get(`${path}/people`)).json().items, [], 'who they were goes when its time is over')
    t.equal(sum((await officer.get(`${path}/numbers`)).json().items), 5, 'the numbers stay')
  },
)

t.test('a home that is set aside by the bydel’s word is proposed to nobody else, and to her', async (t) => {
  const waiting = await given.resident(ALNA, { name: 'Frida Venter' })
  const needId = await given.need(waiting, { forms: ['colocated_24h'] })
  const hers = await given.need(carl, { forms: ['colocated_24h'] })
  const placesFor = async (id: string) =>
    (await officer.get(`/needs/${id}/matches`))
      .json<{ items: { placeId: string }[] }>()
      .items.map(({ placeId }) => placeId)
  t.notOk((await placesFor(needId)).includes(promised), 'kept from others')
  t.ok((await placesFor(hers)).includes(promised), 'hers')
  const queue = await startWorking(app)
  t.teardown(() => queue.stop())
  const run = (await planner.post('/matching-runs', {})).json<{ id: string }>()
  await ended(planner, `/matching-runs/${run.id}`)
  const { rows } = await owner.query(
    'select place_id, need_pseudonym($2) = pseudonym as hers from matching_row where run_id = $1 and place_id = $3',
    [run.id, hers, promised],
  )
  t.ok(
    rows.every(({ hers: isHers }) => isHers === true),
    'a run gives it to nobody else',
  )
})
