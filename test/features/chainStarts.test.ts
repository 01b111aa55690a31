import t, { type Test } from 'tap'
import { dayOf } from '../../src/web/ui/days.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { chainsOf } from '../support/movingChain.ts'
import { ended, startWorking } from '../support/queue.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const alna = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const grunerlokka = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const planner = await app.signedInAs({ role: 'planner' })
const { proposedChain } = chainsOf(app, given)

const started = async () => (await owner.query('select count(*)::int as n from chain')).rows[0].n as number
const refused = async (t: Test, runId: string, detail: RegExp, message: string) => {
  const before = await started()
  const answer = await alna.post('/chains', { runId, chain: 0 })
  t.match(answer.json(), { status: 409, code: 'chain_not_started', detail }, message)
  t.equal(await started(), before, 'and nothing has begun')
}

t.test('people who would swap homes are proposed to, and told why their swap cannot begin', async (t) => {
  const queue = await startWorking(app)
  t.teardown(() => queue.stop())
  const house = await given.facility({ name: 'Byttehuset' })
  const flat = await given.place(house, { label: 'Leilighet' })
  const room = await given.place(house, { label: 'Rom', form: 'long_term_home' })
  const inFlat = await given.resident(ALNA, { name: 'Bor Leilighet', birth_date: '1980-05-17' })
  const inRoom = await given.resident(GRUNERLOKKA, { name: 'Bor Rom', birth_date: '1980-05-17' })
  const stays = [await given.livesIn(inFlat, flat), await given.livesIn(inRoom, room)]
  const needs = [await given.need(inFlat, { forms: ['long_term_home'] }), await given.need(inRoom)]
  const run = (await planner.post('/matching-runs', {})).json().id as string
  t.match(await ended(planner, `/matching-runs/${run}`), { status: 'completed' })
  t.match((await alna.get(`/matching-runs/${run}/chains`)).json().items, [
    { chain: 0, kind: 'cycle', frees: null, movingChainId: null, moves: [{}, {}] },
  ])
  const of = async (who: typeof alna, needId: string | undefined) =>
    (await who.get(`/matching-runs/${run}/chains?needId=${needId}`)).json().items.length as number
  t.equal(await of(alna, needs[0]), 1, 'the chain that a need is in')
  t.equal(await of(alna, needs[1]), 0, 'of one’s own people')
  t.equal(await of(grunerlokka, needs[1]), 1)
  await refused(t, run, /Ingen av plassene er ledig, så den som flyttet først, ville stå uten bolig/, 'a swap')
  const { rows } = await owner.query(
    `select (select count(*)::int from task where need_id = any ($1::uuid[])) as tasks,
       (select count(*)::int from offer where need_id = any ($1::uuid[])) as offers,
       (select count(*)::int from stay where id = any ($2::uuid[]) and upper_inf(during)) as homes`,
    [needs, stays],
  )
  t.same(rows, [{ tasks: 0, offers: 0, homes: 2 }], 'nobody is asked for anything, and both live where they lived')
})

t.test('moves that a run planned for today get time to be offered and answered in turn', async (t) => {
  const { runId } = await proposedChain([ALNA, GRUNERLOKKA], 'municipal', TODAY)
  const { id } = (await alna.post('/chains', { runId, chain: 0 })).json()
  const steps = (await alna.get(`/chains/${id}`)).json().steps as { plannedOn: string }[]
  t.same(
    steps.map(({ plannedOn }) => plannedOn),
    ['2026-09-11', '2026-09-18'],
    'three days to send, and a week each to answer',
  )
})

t.test('a chain begins once, and only on the ground that its run stood on', async (t) => {
  const gone = await proposedChain([ALNA, GRUNERLOKKA])
  await owner.query(
    `update need set status = 'withdrawn', ended_at = now(), ended_reason = 'left_city' where id = $1`,
    [gone.members[1]?.needId],
  )
  await refused(t, gone.runId, /står ikke i køen lenger/, 'somebody has left the queue')

  const moved = await proposedChain([ALNA, GRUNERLOKKA])
  await owner.query(
    `update stay set during = daterange(lower(during), '2026-08-30'), departure_reason = 'moved_on' where id = $1`,
    [moved.members[0]?.stayId],
  )
  await refused(t, moved.runId, /eller har flyttet siden kjøringen/, 'somebody lives elsewhere by now')

  const lost = await proposedChain([ALNA])
  await given.taken(lost.members[0]?.placeId ?? '')
  await refused(t, lost.runId, /Plassen som kjeden begynner med, er ikke ledig lenger/, 'the first place is taken')

  const chain = await proposedChain([ALNA, GRUNERLOKKA])
  const first = await alna.post('/chains', { runId: chain.runId, chain: 0 })
  t.equal(first.statusCode, 201, first.body)
  await refused(t, chain.runId, /allerede satt i gang/, 'the same')
  const raced = await proposedChain([ALNA, GRUNERLOKKA])
  const both = await Promise.all(
    [alna, grunerlokka].map((who) => who.post('/chains', { runId: raced.runId, chain: 0 })),
  )
  t.same(both.map(({ statusCode }) => statusCode).sort(), [201, 409], 'two bydeler begin it at once: once')
  // another run proposes the same moves
  const again = (
    await owner.query(
      `with run as (insert into matching_run (kind, status, as_of, requested_by, requested_at, summary)
         select kind, status, as_of, requested_by, requested_at, summary from matching_run where id = $1 returning id),
       moves as (insert into matching_chain (run_id, chain, kind, moves, frees, districts)
         select run.id, chain, kind, moves, frees, districts from matching_chain, run where run_id = $1),
       kept as (insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, chain, position, detail)
         select run.id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, chain, position, detail
         from matching_row, run where run_id = $1)
       select id from run`,
      [chain.runId],
    )
  ).rows[0].id as string
  await refused(t, again, /allerede med i en annen kjede/, 'the same people in the chain of another run')
})

t.test('chains are listed with a break first, and until nobody has more to do', async (t) => {
  const listed = async (who: typeof alna, query = '?state=open') =>
    (await who.get(`/chains${query}`)).json().items.map(({ id }: { id: string }) => id) as string[]
  const before = await listed(alna)
  const begun = async (districts: string[]) => {
    const proposed = await proposedChain(districts)
    const { id } = (await alna.post('/chains', { runId: proposed.runId, chain: 0 })).json()
    return { ...proposed, id: id as string }
  }
  const broken = await begun([ALNA, ALNA])
  const running = await begun([ALNA, GRUNERLOKKA])
  t.same((await listed(alna)).slice(0, 2), [running.id, broken.id], 'the newest first')
  t.ok((await listed(grunerlokka)).includes(running.id))
  t.notOk((await listed(grunerlokka)).includes(broken.id), 'of her own bydel’s people only')

  const [first, second] = broken.members
  const offer = (
    await alna.post('/offers', {
      needId: first?.needId,
      placeId: first?.placeId,
      moveInOn: '2026-09-15',
      chain: { id: broken.id, position: 0 },
    })
  ).json()
  const no = await alna.post(
    `/offers/${offer.id}/decline`,
    { party: 'resident', reason: 'size' },
    { 'if-match': `"${offer.version}"` },
  )
  t.equal(no.statusCode, 200, no.body)
  t.same((await listed(alna)).slice(0, 2), [broken.id, running.id], 'the break first')
  const [page] = [(await alna.get('/chains?state=open&limit=1')).json()]
  const [next] = [(await alna.get(`/chains?state=open&limit=1&cursor=${page.nextCursor}`)).json()]
  t.same([page.items[0].id, next.items[0].id], [broken.id, running.id], 'page by page')
  const shown = (await alna.get(`/chains/${broken.id}`)).json()
  t.match(shown, {
    districts: [ALNA],
    againEnded: false,
    steps: [
      { state: 'broken', answerBy: /^2026-09/, again: null },
      { state: 'broken', answerBy: null, again: null },
    ],
  })
  t.equal(dayOf(shown.steps[0].brokenAt), TODAY)
  t.same(await listed(alna, `?needId=${second?.needId}`), [broken.id])
  t.same(await listed(grunerlokka, `?needId=${second?.needId}`), [], 'another bydel’s need is like a missing one')

  const tasks = (await alna.get('/tasks?kind=chain_broken')).json().items as {
    id: string
    version: number
    chainId: string
  }[]
  const mine = tasks.filter(({ chainId }) => chainId === broken.id)
  t.equal(mine.length, 2, 'each task says which chain')
  for (const { id, version } of mine)
    await alna.post(`/tasks/${id}/completion`, { outcome: 'done' }, { 'if-match': `"${version}"` })
  t.same((await listed(alna)).length, before.length + 1, 'done with, it is not in life any longer')
  t.ok((await listed(alna, '?state=ended')).includes(broken.id))
})

t.test(
  'a person is taken out before she is offered anything, and afterwards her offer is what is withdrawn',
  async (t) => {
    const proposed = await proposedChain([ALNA, GRUNERLOKKA, ALNA])
    const { id } = (await alna.post('/chains', { runId: proposed.runId, chain: 0 })).json()
    const [first, second, third] = proposed.members
    const leave = (who: typeof alna, position: number) => who.post(`/chains/${id}/withdrawal`, { position })
    t.equal((await leave(alna, 1)).statusCode, 404, 'another bydel’s step is like a missing one')
    t.equal((await leave(alna, 7)).statusCode, 404)
    const sent = await alna.post('/offers', {
      needId: first?.needId,
      placeId: first?.placeId,
      moveInOn: '2026-09-15',
      chain: { id, position: 0 },
    })
    t.equal(sent.statusCode, 201, sent.body)
    t.match((await leave(alna, 0)).json(), { status: 409, code: 'chain_step_closed' })
    const left = await leave(grunerlokka, 1)
    t.match(left.json(), {
      state: 'partly',
      againRunId: /./,
      steps: [
        { state: 'sent', why: null },
        { state: 'broken', brokenBy: 'withdrawn', why: /^Personen ble tatt ut av kjeden/ },
        { state: 'broken', brokenBy: 'step_before' },
      ],
    })
    t.match((await leave(grunerlokka, 1)).json(), { status: 409, code: 'chain_step_closed' }, 'once')
    const { rows } = await owner.query(
      `select kind from task where need_id = any ($1::uuid[]) and dropped_at is null and done_at is null order by kind`,
      [[second?.needId, third?.needId]],
    )
    t.same(rows, [{ kind: 'chain_broken' }, { kind: 'chain_broken' }], 'both are told, and nothing is asked of them')
  },
)
