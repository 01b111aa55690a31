import { readFile } from 'node:fs/promises'
import t from 'tap'
import { placementDocument } from '../../src/cli/placementDocument.ts'
import { CHAIN_STATES } from '../../src/domain/placement/chain.ts'
import { HOLD_STATES } from '../../src/domain/placement/hold.ts'
import { OFFER_STATES } from '../../src/domain/placement/offer.ts'
import { REFERRAL_STATES } from '../../src/domain/placement/referral.ts'
import { STAY_STATES } from '../../src/domain/placement/stay.ts'
import type { Transition } from '../../src/domain/placement/transition.ts'
import { TRANSITIONS } from '../../src/domain/placement/transitions.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { chainsOf } from '../support/movingChain.ts'

/** Every row of the table of placement against what the service does: from every state there is, through the API. */
const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const intake = await app.signedInAs({ role: 'intake_officer' })
const { proposedChain } = chainsOf(app, given)
const facilityId = await given.facility()
const rows: readonly Transition[] = TRANSITIONS
const PAST = '2026-08-31T22:00:00Z'

async function sent(answer: ReturnType<Client['post']>, path: string) {
  const { statusCode, body, json } = await answer
  if (statusCode >= 300) throw new Error(`${path}: ${body}`)
  return json()
}
const post = (path: string, body?: object, version?: number, who = officer) =>
  sent(who.post(path, body, version === undefined ? {} : { 'if-match': `"${version}"` }), path)

async function needOf(columns: Record<string, unknown> = {}): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    service_decision_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return needId
}
const placeOf = (columns: Record<string, unknown> = {}) => given.place(facilityId, columns)

/** Something in a state, how to read what it is now, and its version. */
interface Made {
  id: string
  version: number
  state(): Promise<string>
  more?: string
}
type Maker = (state: string, action: string) => Promise<Made>

async function made(id: string, table: string, state: () => Promise<string>, more?: string): Promise<Made> {
  const { rows } = await owner.query<{ version: number }>(`select version from ${table} where id = $1`, [id])
  return { id, version: rows[0]?.version ?? 0, state, ...(more === undefined ? {} : { more }) }
}
const stateAt = async (path: string, name = 'state') => (await officer.get(path)).json()[name] as string

const OFFER_ENDS: Record<string, string> = {
  declined: `declined_at = now(), declined_by_party = 'resident', decline_reason = 'area'`,
  withdrawn: `withdrawn_at = now(), withdrawn_reason = 'needs_changed'`,
  not_arrived: `accepted_at = sent_at, withdrawn_at = now(), withdrawn_reason = 'not_arrived', not_arrived_reason = 'no_contact', not_arrived_by = sent_by`,
  expired: `reply_by = '${PAST}'`,
  conditional: 'conditional = true',
}

async function offerIn(state: string, action: string): Promise<Made> {
  const placeId = await placeOf()
  const offer = await post('/offers', {
    needId: await needOf(),
    placeId,
    moveInOn: '2026-09-15',
    reserve: state !== 'superseded',
  })
  const set = (columns: string) => owner.query(`update offer set ${columns} where id = $1`, [offer.id])
  if (state === 'accepted' || state === 'moved_in') await post(`/offers/${offer.id}/acceptance`, undefined, 1)
  if (state === 'moved_in' || (state === 'accepted' && action === 'move_in'))
    await set(`lease_signed_on = '2026-09-01', lease_during = '[2026-09-01,)'`)
  if (state === 'moved_in') await post(`/offers/${offer.id}/move-in`, { on: '2026-09-01' }, 3)
  if (state === 'accepted' && action === 'not_arrive') await set(`move_in_on = '2026-08-31'`)
  if (state === 'superseded')
    await owner.query(`insert into hold (place_id, holding_district, during) values ($1, $2, '[2026-09-01,)')`, [
      placeId,
      ALNA,
    ])
  const ends = OFFER_ENDS[state]
  if (ends !== undefined) await set(ends)
  return made(offer.id, 'offer', () => stateAt(`/offers/${offer.id}`))
}

async function needIn(state: string): Promise<Made> {
  const ended = state === 'withdrawn' || state === 'closed'
  const reason = state === 'closed' ? 'found_own' : 'own_wish'
  const id = await needOf({ status: state, ...(ended ? { ended_at: PAST, ended_reason: reason } : {}) })
  return made(id, 'need', () => stateAt(`/needs/${id}`, 'status'))
}

async function referralIn(state: string): Promise<Made> {
  const needId = await needOf({ forms: ['vel_coping'] })
  const { id } = await post('/referrals', { needId, form: 'vel_coping' })
  const answered = (answer: string) => `answer = '${answer}', answered_at = now()`
  const set: Record<string, string> = {
    overdue: `answer_due_on = '2026-08-30'`,
    waiting: answered('waiting'),
    declined: `${answered('declined')}, decline_reason = 'risk'`,
    place_given: answered('place_given'),
    withdrawn: `withdrawn_at = now(), withdrawn_reason = 'needs_changed'`,
  }
  if (set[state] !== undefined) await owner.query(`update referral set ${set[state]} where id = $1`, [id])
  return made(id, 'referral', () => stateAt(`/referrals/${id}`))
}

async function stayIn(state: string, action: string): Promise<Made> {
  const id = await given.livesIn(
    await given.resident(ALNA),
    await placeOf(),
    state === 'departed' ? '[2026-03-01,2026-08-20)' : '[2026-03-01,)',
    {
      expected_until: state === 'overdue' ? '2026-08-20' : '2026-12-01',
      departure_reason: state === 'departed' ? 'own_wish' : null,
    },
  )
  return made(id, 'stay', () => stateAt(`/stays/${id}`), action === 'transfer' ? await placeOf() : undefined)
}

async function holdIn(state: string): Promise<Made> {
  const [needId, placeId] = [await needOf(), await placeOf()]
  const { id } = await post('/holds', { needId, placeId, moveInOn: '2026-09-15' })
  if (state === 'offered') await post('/offers', { needId, placeId, moveInOn: '2026-09-15' })
  if (state === 'released') await post(`/holds/${id}/release`, undefined, 1)
  if (state === 'expired') await owner.query(`update hold set expires_at = '${PAST}' where id = $1`, [id])
  return made(id, 'hold', () => stateAt(`/holds/${id}`))
}

async function decisionIn(state: string): Promise<Made> {
  const needId = await needOf({ registered_at: '2026-01-01T08:00:00Z' })
  const { id } = await post(`/needs/${needId}/decisions`, { track: 'municipal_home', outcome: 'granted' })
  if (state !== 'draft')
    await post(`/decisions/${id}/issue`, { issuedOn: state === 'final' ? '2026-02-01' : '2026-08-20' }, 1)
  if (state.startsWith('appeal')) {
    await post(`/decisions/${id}/appeals`, { receivedOn: '2026-08-25' })
    const set = { appeal_forwarded: `forwarded_on = '2026-08-26'` }[state] ?? `forwarded_on = null`
    const decided = state === 'appeal_decided' ? `, outcome = 'dismissed', decided_on = '2026-08-27'` : ''
    await owner.query(`update appeal set ${set}${decided} where decision_id = $1`, [id])
  }
  return made(id, 'decision', () => stateAt(`/decisions/${id}`))
}

async function appealIn(state: string): Promise<Made> {
  const asDecision = { received: 'appealed', forwarded: 'appeal_forwarded', decided: 'appeal_decided' }
  const decision = await decisionIn(asDecision[state as keyof typeof asDecision])
  const appeals = async () => (await officer.get(`/decisions/${decision.id}`)).json().appeals
  const [{ id }] = await appeals()
  return made(id, 'appeal', async () => {
    const [{ forwardedOn, decidedOn }] = await appeals()
    return decidedOn !== null ? 'decided' : forwardedOn === null ? 'received' : 'forwarded'
  })
}

async function chainIn(state: string): Promise<Made> {
  const { runId } = await proposedChain([ALNA, ALNA])
  const { id } = await post('/chains', { runId, chain: 0 })
  if (state === 'broken') await post(`/chains/${id}/withdrawal`, { position: 0 })
  if (state === 'partly' || state === 'complete') {
    const fell = state === 'partly' ? `broken_at = now(), broken_by = 'withdrawn'` : 'broken_by = null'
    await owner.query(`update chain_step set ${fell} where chain_id = $1 and position = 1`, [id])
  }
  if (state === 'complete') {
    // where nobody is left to move: both steps have been moved in to
    for (const position of [0, 1]) {
      const moved = await offerIn('moved_in', '')
      await owner.query('update offer set chain_id = $1, chain_position = $2 where id = $3', [id, position, moved.id])
    }
  }
  return made(id, 'chain', () => stateAt(`/chains/${id}`))
}

const SUBJECTS: Record<Transition['subject'], { states: readonly string[]; notNow: readonly string[]; make: Maker }> = {
  offer: { states: OFFER_STATES, notNow: ['offer_not_open'], make: offerIn },
  need: { states: ['draft', 'registered', 'withdrawn', 'closed'], notNow: ['need_not_open'], make: needIn },
  // what the bydel has taken back is not there any more for Felles inntak
  referral: { states: REFERRAL_STATES, notNow: ['referral_not_open', 'not_found'], make: referralIn },
  stay: { states: STAY_STATES, notNow: ['stay_not_present', 'stay_not_departed'], make: stayIn },
  hold: { states: HOLD_STATES, notNow: ['hold_not_open'], make: holdIn },
  decision: {
    states: ['draft', 'issued', 'final', 'appealed', 'appeal_forwarded', 'appeal_decided'],
    notNow: ['decision_issued'],
    make: decisionIn,
  },
  appeal: { states: ['received', 'forwarded', 'decided'], notNow: ['appeal_closed'], make: appealIn },
  chain: { states: CHAIN_STATES, notNow: ['chain_step_closed'], make: chainIn },
}

const LEASE = { signedOn: '2026-09-01', during: { from: '2026-09-01', to: null }, termReason: 'Avtalt slik.' }

/** How each step is asked for on what exists. */
const ASKED: Record<string, (made: Made) => ReturnType<Client['post']>> = {}
const ask = (id: string, path: string, body: (made: Made) => object | undefined = () => undefined, who = officer) => {
  ASKED[id] = (one) => who.post(path.replace(':id', one.id), body(one), { 'if-match': `"${one.version}"` })
}
ask('need.register', '/needs/:id/registration', () => ({}))
ask('need.withdraw', '/needs/:id/withdrawal', () => ({ reason: 'moved_within' }))
ask('need.correct_withdrawal', '/needs/:id/withdrawal-correction', () => ({ note: 'Feil.' }))
ask('hold.release', '/holds/:id/release')
ask('offer.accept', '/offers/:id/acceptance')
ask('offer.decline', '/offers/:id/decline', () => ({ party: 'resident', reason: 'area' }))
ask('offer.withdraw', '/offers/:id/withdrawal', () => ({ reason: 'needs_changed' }))
ask('offer.extend', '/offers/:id/extension', () => ({ answerBy: '2026-09-14' }))
ask('offer.sign_lease', '/offers/:id/lease', () => LEASE)
ask('offer.move_in', '/offers/:id/move-in', () => ({ on: '2026-09-01' }))
ask('offer.not_arrive', '/offers/:id/non-arrival', () => ({ reason: 'no_contact' }))
ask('referral.wait', '/referrals/:id/answer', () => ({ answer: 'waiting' }), intake)
ask('referral.decline', '/referrals/:id/answer', () => ({ answer: 'declined', reason: 'risk' }), intake)
ask('referral.withdraw', '/referrals/:id/withdrawal', () => ({ reason: 'needs_changed' }))
ask('decision.issue', '/decisions/:id/issue', () => ({}))
ask('appeal.forward', '/appeals/:id/forwarding', () => ({ forwardedOn: '2026-08-28' }))
ask('appeal.decide', '/appeals/:id/outcome', () => ({ outcome: 'dismissed', decidedOn: '2026-08-28' }))
ask('stay.extend', '/stays/:id/extension', () => ({ expectedUntil: '2027-01-01', reason: 'goal_not_reached' }))
ask('stay.depart', '/stays/:id/departure', () => ({ on: '2026-09-01', reason: 'own_wish' }))
ask('stay.transfer', '/stays/:id/transfer', ({ more }) => ({ placeId: more, on: '2026-09-01', reason: 'better_fit' }))
ask('stay.correct_departure', '/stays/:id/departure-correction', () => ({ on: null, reason: 'wrong_day' }))
ask('stay.correct_move_in', '/stays/:id/move-in-correction', () => ({ on: '2026-03-02', reason: 'wrong_day' }))
ask('chain.leave', '/chains/:id/withdrawal', () => ({ position: 0 }))
ASKED['decision.change'] = (one) => officer.patch(`/decisions/${one.id}`, { mainContent: 'Ja.' }, one.version)
ASKED['referral.give_place'] = async (one) =>
  intake.post(
    `/referrals/${one.id}/answer`,
    { answer: 'place_given', placeId: await placeOf({ form: 'vel_coping' }), moveInOn: '2026-09-10' },
    { 'if-match': `"${one.version}"` },
  )

/** What begins something, with the state that it then has. */
const BEGUN: Record<string, () => Promise<string>> = {
  'need.start': async () => (await post('/needs', { residentId: (await given.resident(ALNA)).residentId })).status,
  'hold.reserve': async () =>
    (await post('/holds', { needId: await needOf(), placeId: await placeOf(), moveInOn: '2026-09-15' })).state,
  'offer.send': async () =>
    (await post('/offers', { needId: await needOf(), placeId: await placeOf(), moveInOn: '2026-09-15' })).state,
  'referral.send': async () =>
    (await post('/referrals', { needId: await needOf({ forms: ['vel_coping'] }), form: 'vel_coping' })).state,
  'decision.draft': async () => (await decisionIn('draft')).state(),
  'appeal.receive': async () => (await appealIn('received')).state(),
  'chain.start': async () => (await chainIn('running')).state(),
  'stay.record_private': async () => {
    const needId = await needOf({ forms: ['private'] })
    const { id: landlordId } = await post('/landlords', { district: ALNA, name: 'Prøve Eiendom AS' })
    const agreed = {
      ...{
        landlordId,
        address: null,
        rentMonth: null,
        electricityMonth: null,
        guarantee: 'none',
        guaranteeAmount: null,
      },
      ...{ housingAllowance: 'not_applied', housingAllowanceMonth: null, conclusion: null },
      leaseDuring: { from: '2026-09-01', to: null },
    }
    await officer.put(`/needs/${needId}/rental-worksheet`, agreed, 0)
    const moved = { form: 'private', movedInOn: '2026-09-01', signedOn: '2026-09-01' }
    return (await post(`/needs/${needId}/private-home`, moved, 1)).state
  },
}

t.test('every deciding operation has its row, and every row its operation', async (t) => {
  await app.app.ready()
  const document = app.app.swagger() as unknown as {
    paths: Record<string, Record<string, { operationId: string; tags: string[] }>>
  }
  const writes = Object.values(document.paths).flatMap((item) =>
    Object.entries(item).flatMap(
      ([
        method,
        {
          operationId,
          tags: [tag = ''],
        },
      ]) => (method === 'get' ? [] : [{ operationId, tag }]),
    ),
  )
  const tags = ['needs', 'holds', 'offers', 'referrals', 'stays', 'chains', 'papers']
  // registrations and reference data: no state follows from them
  const decidesNothing = [
    'changeNeed',
    'addAssessment',
    'addLegalTrackVersion',
    'addLandlord',
    'changeLandlord',
    'saveRentalWorksheet',
  ]
  const deciding = writes
    .filter(({ tag, operationId }) => tags.includes(tag) && !decidesNothing.includes(operationId))
    .map(({ operationId }) => operationId)
  const inTable = new Set(rows.flatMap(({ operation }) => operation ?? []))
  t.strictSame([...inTable].toSorted(), [...new Set(deciding)].toSorted())
  for (const { id, operation, capability, from } of rows) {
    t.equal(operation === null, capability === 'system' || capability === 'consequence', `${id}: somebody asks for it`)
    // taking over a reserved place is the offer's own step
    if (operation === null || id === 'hold.offer') continue
    t.equal(id in (from.includes('none') ? BEGUN : ASKED), true, `${id} is tried here`)
  }
})

for (const row of rows) {
  const begin = BEGUN[row.id]
  const asked = ASKED[row.id]
  if (begin !== undefined)
    t.test(`${row.id} begins`, async (t) => {
      const state = await begin()
      t.ok(
        row.to.some((one) => one === state),
        `${state}: one of ${row.to}`,
      )
    })
  if (asked === undefined) continue
  const { states, notNow, make } = SUBJECTS[row.subject]
  t.test(`${row.id} from every state`, async (t) => {
    for (const state of states) {
      const one = await make(state, row.action)
      t.equal(await one.state(), state, `made: ${state}`)
      const answer = await asked(one)
      const code = answer.statusCode < 300 ? 'done' : (answer.json().code as string)
      if (!row.from.some((from) => from === state)) {
        t.ok(notNow.includes(code), `not from ${state}: ${answer.statusCode} ${code}`)
        t.equal(await one.state(), state, 'and it is what it was')
        continue
      }
      // a place that somebody else has is refused for that, and not for the state of the offer
      const refused = row.id === 'offer.accept' && state === 'superseded'
      t.equal(code, refused ? 'place_held' : 'done', `from ${state}: ${answer.body}`)
      if (refused) continue
      const becomes = await one.state()
      t.ok(
        row.to.some((to) => to === becomes || (to === 'same' && becomes === state)),
        `${state} becomes ${becomes}`,
      )
    }
  })
}

t.test('the table of placement is answered and written as it is enforced', async (t) => {
  const { items } = (await app.anonymous.get('/placement-transitions')).json()
  t.same(
    items.map(({ id }: { id: string }) => id),
    rows.map(({ id }) => id),
  )
  const row = (id: string) => items.find((one: { id: string }) => one.id === id)
  t.match(row('referral.give_place'), {
    roles: [{ id: 'intake_officer' }],
    to: [{ name: 'Fikk plass' }],
    preconditions: [{ code: 'need_not_open' }],
  })
  t.match(row('offer.extend'), { from: [{ id: 'sent' }, { id: 'conditional' }], to: [{ name: 'Som før' }] })
  t.same(row('offer.expire').roles, [], 'time alone')
  t.same(row('chain.break').roles, [], 'nobody asks for it')
  const file = await readFile(new URL('../../docs/placement.md', import.meta.url), 'utf8')
  t.equal(file, placementDocument())
  for (const { id } of rows) t.ok(file.includes(`### ${id}\n`), id)
})
