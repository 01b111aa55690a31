import t, { type Test } from 'tap'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'
import { chainsOf } from '../support/movingChain.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officers: Record<string, Client> = {
  [ALNA]: await app.signedInAs({ role: 'housing_officer', districts: [ALNA] }),
  [GRUNERLOKKA]: await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] }),
}
const alna = officers[ALNA] as Client
const grunerlokka = officers[GRUNERLOKKA] as Client
const intake = await app.signedInAs({ role: 'intake_officer' })
const stranger = await app.signedInAs({ role: 'housing_officer', districts: [SAGENE] })
const planner = await app.signedInAs({ role: 'planner' })
const { proposedChain, sweep } = chainsOf(app, given)

interface Step {
  state: string
  why: string | null
  needId: string | null
  offerId: string | null
  residentName: string | null
}

async function started(districts: readonly string[], form?: 'vel_coping') {
  const chain = await proposedChain(districts, form)
  const answer = await (officers[districts[0] ?? ALNA] as Client).post('/chains', { runId: chain.runId, chain: 0 })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return { ...chain, id: answer.json().id as string }
}
type Started = Awaited<ReturnType<typeof started>>

async function offer(t: Test, { id, members }: Started, position: number) {
  const member = members[position]
  if (member === undefined) throw new Error('no such member')
  const answer = await (officers[member.district] as Client).post('/offers', {
    needId: member.needId,
    placeId: member.placeId,
    moveInOn: '2026-09-15',
    chain: { id, position },
  })
  if (answer.statusCode !== 201) t.fail(answer.body)
  return answer.json() as { id: string; version: number; state: string }
}

async function act(who: Client, offerId: string, verb: string, body?: object) {
  const { version } = (await who.get(`/offers/${offerId}`)).json()
  return who.post(`/offers/${offerId}/${verb}`, body, { 'if-match': `"${version}"` })
}
const stepsOf = async (id: string, who = planner): Promise<Step[]> => (await who.get(`/chains/${id}`)).json().steps
const statesOf = async (id: string) => (await stepsOf(id)).map(({ state }) => state)
const tasksOf = async (needId: string) =>
  (
    await owner.query<{ kind: string; reason: string }>(
      'select kind, reason from task where need_id = $1 and dropped_at is null and done_at is null order by kind',
      [needId],
    )
  ).rows

t.test('offers of a chain become firm in order, and everybody moves', async (t) => {
  const chain = await started([ALNA, GRUNERLOKKA, ALNA])
  const [first, second, third] = chain.members
  if (first === undefined || second === undefined || third === undefined) throw new Error('three move')
  t.same(await statesOf(chain.id), ['to_offer', 'to_offer', 'to_offer'])
  t.same(
    (await tasksOf(second.needId)).map(({ kind }) => kind),
    ['chain_offer_due'],
    'each bydel is asked to offer',
  )
  t.equal((await stranger.get(`/chains/${chain.id}`)).statusCode, 404)
  const seen = await stepsOf(chain.id, alna)
  t.same(
    seen.map(({ needId }) => needId),
    [first.needId, null, third.needId],
    'names are those of one’s own people',
  )
  t.equal(seen[1]?.residentName, null)
  const foreign = await alna.post('/offers', {
    needId: second.needId,
    placeId: second.placeId,
    moveInOn: '2026-09-15',
    chain: { id: chain.id, position: 1 },
  })
  t.equal(foreign.statusCode, 404, 'nobody offers to another bydel’s person')
  const outside = await alna.post('/offers', { needId: third.needId, placeId: third.placeId, moveInOn: '2026-09-15' })
  t.match(outside.json(), { code: 'place_taken' }, 'outside the chain the place is somebody’s home')

  const one = await offer(t, chain, 0)
  const two = await offer(t, chain, 1)
  const three = await offer(t, chain, 2)
  t.same([one.state, two.state, three.state], ['sent', 'conditional', 'conditional'])
  t.same(await tasksOf(second.needId), [], 'what was to be sent is sent')
  t.match((await act(grunerlokka, two.id, 'acceptance')).json(), { status: 409, code: 'offer_not_open' }, 'not yet')
  t.equal((await act(alna, one.id, 'acceptance')).statusCode, 200)
  t.same(await statesOf(chain.id), ['accepted', 'sent', 'conditional'], 'only the next one is firm')
  t.match(await tasksOf(second.needId), [
    { kind: 'chain_firm', reason: /har takket ja til en ny bolig. Nå kan personen svare/ },
  ])
  t.equal((await act(grunerlokka, two.id, 'acceptance')).statusCode, 200)
  t.equal((await act(alna, three.id, 'acceptance')).statusCode, 200)
  const lease = { signedOn: '2026-09-01', during: { from: '2026-09-01', to: '2031-09-01' }, termReason: 'Avtalt slik.' }
  t.match(
    (await act(grunerlokka, two.id, 'lease', lease)).json(),
    { code: 'chain_waits' },
    'nobody signs for a home whose resident has not moved',
  )
  for (const [who, { id }, member] of [
    [alna, one, first],
    [grunerlokka, two, second],
    [alna, three, third],
  ] as const) {
    const signed = await act(who, id, 'lease', lease)
    t.equal(signed.statusCode, 200, signed.body)
    const lives = await act(who, id, 'move-in', { on: '2026-09-01' })
    t.equal(lives.statusCode, 200, lives.body)
    const left = await who.post(
      `/stays/${member.stayId}/departure`,
      { on: '2026-09-01', reason: 'moved_on' },
      { 'if-match': '"1"' },
    )
    t.equal(left.statusCode, 200, left.body)
  }
  t.match((await planner.get(`/chains/${chain.id}`)).json(), { state: 'complete', stateName: 'Alle har flyttet' })
})

t.test('when a step breaks, those after it keep their homes, see why, and are proposed for again', async (t) => {
  const chain = await started([ALNA, GRUNERLOKKA, ALNA])
  const [first, second, third] = chain.members
  if (first === undefined || second === undefined || third === undefined) throw new Error('three move')
  const one = await offer(t, chain, 0)
  const two = await offer(t, chain, 1)
  const three = await offer(t, chain, 2)
  t.equal((await act(alna, one.id, 'acceptance')).statusCode, 200)
  const no = await act(grunerlokka, two.id, 'decline', { party: 'resident', reason: 'area' })
  t.equal(no.statusCode, 200, no.body)
  const after = (await grunerlokka.get(`/chains/${chain.id}`)).json()
  t.match(after, {
    state: 'partly',
    againRunId: /./,
    steps: [
      { state: 'accepted', why: null },
      { state: 'broken', brokenBy: 'declined', why: 'Det ble sagt nei til plassen.' },
      { state: 'broken', brokenBy: 'step_before', why: 'Den som bor på plassen, flytter ikke likevel.' },
    ],
  })
  t.match((await alna.get(`/offers/${three.id}`)).json(), {
    state: 'withdrawn',
    withdrawn: { reasonName: 'Flyttingen før i boligkjeden ble ikke noe av' },
  })
  t.match(await tasksOf(third.needId), [
    { kind: 'chain_broken', reason: /flytter ikke likevel.*En ny fordeling er bestilt/ },
  ])
  t.match(
    (await tasksOf(second.needId)).map(({ kind }) => kind),
    ['chain_broken', 'find_next_place'],
  )
  const { rows } = await owner.query(
    `select (select status from matching_run where id = $1) as again,
       (select count(*)::int from hold where place_id = any ($2::uuid[]) and ended_at is null) as held`,
    [after.againRunId, [second.placeId, third.placeId]],
  )
  t.same(rows, [{ again: 'queued', held: 0 }], 'the rest is proposed again, and nothing is held for a move that is off')
  t.equal((await act(alna, one.id, 'withdrawal', { reason: 'needs_changed' })).statusCode, 200)
  t.equal((await planner.get(`/chains/${chain.id}`)).json().state, 'broken')
})

t.test('time and a need that ends break a chain as an answer does', async (t) => {
  const chain = await started([ALNA, ALNA])
  const one = await offer(t, chain, 0)
  await offer(t, chain, 1)
  await owner.query(`update offer set reply_by = '2026-08-31T22:00:00Z' where id = $1`, [one.id])
  await owner.query(
    `update hold set expires_at = '2026-08-31T22:00:00Z' where id = (select hold_id from offer where id = $1)`,
    [one.id],
  )
  await sweep()
  t.match(await stepsOf(chain.id), [{ brokenBy: 'expired' }, { brokenBy: 'step_before' }])

  const ending = await started([ALNA, ALNA])
  const needId = ending.members[0]?.needId ?? ''
  const { version } = (await alna.get(`/needs/${needId}`)).json()
  const withdrawn = await alna.post(
    `/needs/${needId}/withdrawal`,
    { reason: 'moved_within' },
    { 'if-match': `"${version}"` },
  )
  t.equal(withdrawn.statusCode, 200, withdrawn.body)
  t.match(await stepsOf(ending.id), [{ brokenBy: 'withdrawn' }, { brokenBy: 'step_before' }])
  t.equal(
    (await alna.post('/chains', { runId: ending.runId, chain: 0 })).json().code,
    'chain_not_started',
    'once a chain',
  )
})

t.test('somebody who is housed elsewhere breaks her chain at once, also where her new house records it', async (t) => {
  for (const byHouse of [false, true]) {
    const chain = await started([ALNA, GRUNERLOKKA])
    const [first, second] = chain.members
    if (first === undefined || second === undefined) throw new Error('nobody moves')
    const house = await given.facility({ name: 'Et annet hus' })
    const staff = await app.signedInAs({ role: 'facility_staff', facilities: [house] })
    const elsewhere = await alna.post('/offers', {
      needId: first.needId,
      placeId: await given.place(house),
      moveInOn: '2026-09-10',
    })
    const { id } = elsewhere.json()
    t.equal((await act(alna, id, 'acceptance')).statusCode, 200)
    const lease = { signedOn: '2026-09-01', during: { from: '2026-09-01', to: null }, termReason: 'Avtalt slik.' }
    t.equal((await act(alna, id, 'lease', lease)).statusCode, 200)
    t.match(await stepsOf(chain.id), [{ brokenBy: null }, { brokenBy: null }], 'a yes is no move yet')
    const moved = await act(byHouse ? staff : alna, id, 'move-in', { on: '2026-09-01' })
    t.equal(moved.statusCode, 200, moved.body)
    t.match(await stepsOf(chain.id), [{ brokenBy: 'withdrawn' }, { brokenBy: 'step_before' }])
    t.match(await tasksOf(second.needId), [{ kind: 'chain_broken', reason: /flytter ikke likevel/ }])
    t.match(
      (await tasksOf(first.needId)).filter(({ kind }) => kind.startsWith('chain')),
      [],
      'she has her home',
    )
    t.ok((await grunerlokka.get(`/chains/${chain.id}`)).json().againRunId, 'and the rest is proposed again')
  }
})

t.test(
  'in a chain of VEL’s places each is referred, with the place, and Felles inntak fills the step or lets it fall',
  async (t) => {
    const chain = await started([ALNA, GRUNERLOKKA], 'vel_coping')
    const refer = async (position: number) => {
      const { needId, placeId, district } = chain.members[position] as (typeof chain.members)[number]
      const who = officers[district] as Client
      const direct = { needId, placeId, moveInOn: '2026-09-15', chain: { id: chain.id, position } }
      t.match((await who.post('/offers', direct)).json(), { code: 'needs_referral' })
      const sent = await who.post('/referrals', {
        needId,
        form: 'vel_coping',
        placeId,
        chain: { id: chain.id, position },
      })
      t.match(
        sent.json(),
        { plannedOn: /^2026-09-1[58]$/, chainId: chain.id, proposedPlace: { id: placeId } },
        sent.body,
      )
      t.notOk(
        (await tasksOf(needId)).some(({ kind }) => kind === 'chain_offer_due'),
        'what was asked for is done',
      )
      return sent.json() as { id: string }
    }
    const answer = (to: { id: string }, body: object) =>
      intake.post(`/referrals/${to.id}/answer`, body, { 'if-match': '"1"' })
    const [first, second] = chain.members
    const gone = await refer(0)
    const waits = await refer(1)
    const given2 = await answer(waits, { answer: 'place_given', placeId: second?.placeId, moveInOn: '2026-09-15' })
    t.equal(given2.statusCode, 200, given2.body)
    t.match(await statesOf(chain.id), ['to_offer', 'conditional'], 'it waits for the move before')
    t.match((await grunerlokka.get(`/offers/${given2.json().offerId}`)).json(), { conditional: true, chainPosition: 1 })
    const given1 = await answer(gone, { answer: 'place_given', placeId: first?.placeId, moveInOn: '2026-09-15' })
    t.equal(given1.statusCode, 200, given1.body)
    t.match(await statesOf(chain.id), ['sent', 'conditional'])
    t.equal((await act(alna, given1.json().offerId, 'acceptance')).statusCode, 200)
    t.match(await statesOf(chain.id), ['accepted', 'sent'], 'and is firm when that is certain')

    const broken = await started([ALNA, ALNA], 'vel_coping')
    const [lost] = broken.members
    const sent = await alna.post('/referrals', {
      needId: lost?.needId,
      form: 'vel_coping',
      placeId: lost?.placeId,
      chain: { id: broken.id, position: 0 },
    })
    t.equal((await answer(sent.json(), { answer: 'declined', reason: 'no_capacity' })).statusCode, 200)
    t.match(await statesOf(broken.id), ['broken', 'broken'], 'a no breaks the chain, and the rest is proposed again')
  },
)
