import t from 'tap'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

interface Decision {
  id: string
  version: number
  [field: string]: unknown
}

async function needOf(columns: Record<string, unknown> = {}): Promise<string> {
  return given.need(await given.resident(ALNA), { registered_at: '2026-08-20T08:00:00Z', ...columns })
}

async function draft(needId: string, body: Record<string, unknown>, by: Client = officer): Promise<Decision> {
  const answer = await by.post(`/needs/${needId}/decisions`, body)
  t.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}

function issue({ id, version }: Decision, body: Record<string, unknown> = {}) {
  return officer.post(`/decisions/${id}/issue`, body, { 'if-match': `"${version}"` })
}

async function issued(
  needId: string,
  body: Record<string, unknown>,
  on: Record<string, unknown> = {},
): Promise<Decision> {
  const answer = await issue(await draft(needId, body), on)
  t.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function openTasks(needId: string): Promise<{ kind: string; due_on: string; reason: string }[]> {
  const { rows } = await owner.query(
    `select kind, due_on::text, reason from task where need_id = $1 and done_at is null and dropped_at is null order by kind`,
    [needId],
  )
  return rows
}

t.test('a need that is registered has a task for each decision it calls for, and each ends with its own', async (t) => {
  const person = await given.resident(ALNA)
  const draftId = await given.need(person, { status: 'draft', forms: ['municipal_support'] })
  const before = (await officer.get(`/needs/${draftId}`)).json()
  const registered = await officer.post(`/needs/${draftId}/registration`, {}, { 'if-match': `"${before.version}"` })
  t.equal(registered.statusCode, 200, registered.body)
  t.strictSame(
    (await openTasks(draftId)).map(({ kind }) => kind),
    ['decide_health_and_care', 'decide_help_with_home', 'decide_municipal_home'],
  )
  await issued(draftId, { track: 'municipal_home', outcome: 'granted' })
  t.strictSame(
    (await openTasks(draftId)).map(({ kind }) => kind),
    ['decide_health_and_care', 'decide_help_with_home'],
    'the other two still wait: one track never answers for another',
  )
})

t.test('a draft is written from what is registered, and once only', async (t) => {
  const needId = await needOf({ origin: 'temporary', must_leave_by: '2026-10-01', private_rental: 'not_possible' })
  const made = await draft(needId, { track: 'municipal_home', outcome: 'granted' })
  t.match(made, {
    state: 'draft',
    language: 'nb',
    track: { id: 'municipal_home', version: 1, checked: false },
    mainContent: /en kommunal bolig/,
    reasons: /20\. august 2026.*midlertidig sted.*1\. oktober 2026.*leie privat/s,
    readability: { easy: true },
    issuedOn: null,
    appealWindow: null,
    draftedBy: 'Berit Konsulent',
  })
  const again = await officer.post(`/needs/${needId}/decisions`, { track: 'municipal_home', outcome: 'refused' })
  t.equal(again.statusCode, 409)
  t.match(again.json(), { code: 'draft_exists', blocking: { kind: 'decision', id: made.id } })
  await draft(needId, { track: 'help_with_home', outcome: 'granted' })
  const { items, tracks } = (await officer.get(`/needs/${needId}/decisions`)).json()
  t.equal(items.length, 2)
  t.match(tracks, [
    { track: 'help_with_home', standing: 'drafted', alarm: null, sentence: /utkast/ },
    { track: 'municipal_home', standing: 'drafted' },
  ])
})

t.test('an untouched text follows the outcome; what somebody wrote, stays', async (t) => {
  const needId = await needOf()
  const made = await draft(needId, { track: 'municipal_home', outcome: 'granted' })
  const change = (body: unknown, version: number) => officer.patch(`/decisions/${made.id}`, body, version)
  const lack = (await change({ outcome: 'refused', lackOfSuitableHome: true }, made.version)).json()
  t.match(lack, { mainContent: /noen ledig som passer/, reasons: /mangel på boliger/ })
  const own = (await change({ reasons: 'Vi har lett i hele byen.' }, lack.version)).json()
  const nynorsk = (await change({ language: 'nn' }, own.version)).json()
  t.match(nynorsk, { mainContent: /ikkje/, reasons: 'Vi har lett i hele byen.' })
  t.equal((await change({ language: 'nb' }, own.version)).statusCode, 412, 'somebody else was first')
  t.equal((await officer.patch(`/decisions/${made.id}`, {})).statusCode, 428)
  const heavy = await change(
    {
      mainContent:
        'Kommunestyrets forvaltningsorganisasjon imøtekommer henvendelsen vedrørende boligtildelingsspørsmålet.',
    },
    nynorsk.version,
  )
  t.match(heavy.json(), { readability: { easy: false } }, 'a heavy text is said to be')
})

t.test('an issued decision has its body and deadline from the track, and stays as it is', async (t) => {
  const needId = await needOf({ forms: ['colocated_24h'] })
  for (const [track, body, to] of [
    ['help_with_home', 'Statsforvalteren', '2026-09-23'],
    ['municipal_home', 'Oslo kommunes klagenemnd', '2026-09-23'],
    ['health_and_care', 'Statsforvalteren', '2026-09-30'],
  ]) {
    const made = await issued(needId, { track, outcome: 'granted' })
    t.match(made, { appealBody: body, appealWindow: { from: TODAY, to }, state: 'issued', issuedBy: 'Berit Konsulent' })
    const change = await officer.patch(`/decisions/${made.id}`, { outcome: 'refused' }, made.version)
    t.match(change.json(), { code: 'decision_issued', status: 409 })
    t.match((await issue(made)).json(), { code: 'decision_issued', status: 409 })
    await t.rejects(
      owner.query(`update decision set main_content = 'noe annet' where id = $1`, [made.id]),
      /stays as it is/,
      'not even past the application',
    )
  }
  const { serviceDecisionOn } = (await officer.get(`/needs/${needId}`)).json()
  t.equal(serviceDecisionOn, TODAY, 'the service decision is the need’s, and nobody types it again')
  const { tracks } = (await officer.get(`/needs/${needId}/decisions`)).json()
  t.ok(tracks.every(({ standing }: { standing: string }) => standing === 'granted'))
})

t.test('a decision on services that the registration tells of is not asked for again', async (t) => {
  const columns = { forms: ['municipal_support'], registered_at: '2026-03-02T08:00:00Z' }
  const needId = await needOf({ ...columns, service_decision_on: '2026-04-01' })
  const standingOf = async (id: string) =>
    (await officer.get(`/needs/${id}/decisions`))
      .json()
      .tracks.find(({ track }: { track: string }) => track === 'health_and_care')
  t.match(await standingOf(needId), {
    standing: 'granted',
    recordedOn: '2026-04-01',
    sentence: /registrert på behovet/,
  })
  const alarmed = async (id: string) =>
    (await officer.get('/decision-alarms?limit=100'))
      .json()
      .items.filter((row: { needId: string }) => row.needId === id)
      .map(({ standing }: { standing: { track: string } }) => standing.track)
  t.strictSame(await alarmed(needId), ['help_with_home', 'municipal_home'], 'and the other tracks still are')

  const draftId = await given.need(await given.resident(ALNA), { status: 'draft', forms: ['municipal_support'] })
  const register = async (id: string) => {
    const { version } = (await officer.get(`/needs/${id}`)).json()
    return officer.post(`/needs/${id}/registration`, {}, { 'if-match': `"${version}"` })
  }
  t.equal((await register(draftId)).statusCode, 200)
  const kinds = async () => (await openTasks(draftId)).map(({ kind }) => kind)
  t.ok((await kinds()).includes('decide_health_and_care'))
  const { version } = (await officer.get(`/needs/${draftId}`)).json()
  const told = await officer.patch(`/needs/${draftId}`, { serviceDecisionOn: TODAY }, version)
  t.equal(told.statusCode, 200, told.body)
  t.strictSame(await kinds(), ['decide_help_with_home', 'decide_municipal_home'], 'the task ends when it is told')
})

t.test('late decisions come the oldest deadline first, also over pages, and are counted in all', async (t) => {
  for (const registered of ['2026-05-04', '2026-03-02', '2026-04-01'])
    await needOf({ registered_at: `${registered}T08:00:00Z` })
  type Alarms = {
    items: { needId: string; standing: { track: string; dueOn: string | null } }[]
    nextCursor: string | null
    counts: { decisions: number; people: number; drafts: number }
  }
  const page = async (query: string): Promise<Alarms> => (await officer.get(`/decision-alarms?${query}`)).json()
  const whole = await page('limit=100')
  const due = whole.items.map(({ standing }) => standing.dueOn ?? '9999')
  t.ok(due.length >= 6, 'several lack several')
  t.strictSame(due, due.toSorted())
  t.equal(whole.counts.decisions, whole.items.length)
  t.equal(whole.counts.people, new Set(whole.items.map(({ needId }) => needId)).size)
  const paged: Alarms['items'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: Alarms = await page(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    paged.push(...next.items)
    cursor = next.nextCursor
  }
  t.strictSame(paged, whole.items, 'pages of two give each decision once, in the same order')
})

t.test('a municipal refusal for lack of homes is shortfall, and never stands in for the other decision', async (t) => {
  const needId = await needOf()
  await issued(needId, { track: 'municipal_home', outcome: 'refused', lackOfSuitableHome: true })
  const { rows } = await owner.query('select kind, form_needed, reason from shortfall_record where need_id = $1', [
    needId,
  ])
  t.match(rows, [{ kind: 'refusal', form_needed: 'municipal', reason: /mangel/ }])
  t.match(await openTasks(needId), [{ kind: 'decide_help_with_home', due_on: TODAY, reason: /erstatter ikke/ }])
  const alarms = (await officer.get('/decision-alarms')).json().items
  t.match(
    alarms.find((row: { needId: string }) => row.needId === needId),
    { standing: { track: 'help_with_home', alarm: 'beside_refusal', sentence: /erstatter ikke/, draftId: null } },
  )
  t.notOk(
    (await neighbour.get('/decision-alarms')).json().items.some((row: { needId: string }) => row.needId === needId),
  )
  const help = await draft(needId, { track: 'help_with_home', outcome: 'granted' })
  t.match(
    (await officer.get('/decision-alarms')).json().items.find((row: { needId: string }) => row.needId === needId),
    { standing: { standing: 'drafted', alarm: 'beside_refusal', draftId: help.id } },
    'a draft is no decision, and is where one goes on',
  )
  t.equal((await issue(help)).statusCode, 200)
  t.strictSame(await openTasks(needId), [])
  t.notOk((await officer.get('/decision-alarms')).json().items.some((row: { needId: string }) => row.needId === needId))
})

t.test(
  'a home that was said yes to stands in the decision that gives it, and its move-in waits for that decision',
  async (t) => {
    const person = await given.resident(ALNA)
    const needId = await given.need(person, {
      forms: ['district_short_stay', 'municipal'],
      needed_during: '[2026-08-01,2027-06-01)',
      registered_at: '2026-08-20T08:00:00Z',
    })
    await given.assessment(needId, ALNA, officer.accountId)
    const facility = await given.facility({ name: 'Furuset korttid', address: 'Prøveveien 3' })
    const placeId = await given.place(facility, { label: 'K01', form: 'district_short_stay' })
    const when = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` })
    const sent = await officer.post('/offers', { needId, placeId, moveInOn: TODAY })
    t.equal(sent.statusCode, 201, sent.body)
    const accepted = await officer.post(`/offers/${sent.json().id}/acceptance`, undefined, when(sent.json()))
    t.equal(accepted.statusCode, 200, accepted.body)
    const moveIn = async () => {
      const offer = (await officer.get(`/offers/${sent.json().id}`)).json()
      return officer.post(`/offers/${offer.id}/move-in`, { on: TODAY }, when(offer))
    }
    t.match((await moveIn()).json(), { code: 'step_stopped' })
    const made = await draft(needId, { track: 'health_and_care', outcome: 'granted' })
    t.match(made, { offerId: sent.json().id, mainContent: /en korttidsplass i bydelen/ })
    const help = await issued(needId, { track: 'help_with_home', outcome: 'granted' })
    t.equal(help.offerId, null, 'the home is not what that track decides about')
    t.equal((await moveIn()).json().code, 'step_stopped', 'neither a draft nor another track will do')
    t.equal((await issue(made)).statusCode, 200)
    t.match((await officer.get(`/decisions/${made.id}/letter`)).body, /Furuset korttid.*K01.*Prøveveien 3/s)
    const moved = await moveIn()
    t.equal(moved.statusCode, 200, moved.body)
  },
)

t.test('what a decision cannot say is refused, each with its pointer', async (t) => {
  const needId = await needOf({ forms: ['vel_coping'] })
  const wrong = await officer.post(`/needs/${needId}/decisions`, {
    track: 'health_and_care',
    outcome: 'refused',
    lackOfSuitableHome: true,
  })
  t.match(wrong.json(), { status: 422, errors: [{ pointer: '/lackOfSuitableHome', code: 'not_a_reason' }] })
  const refused = await draft(needId, { track: 'health_and_care', outcome: 'refused' })
  t.match((await issue(refused)).json(), { status: 422, errors: [{ pointer: '/reasons', code: 'missing' }] })
  const reasoned = (
    await officer.patch(`/decisions/${refused.id}`, { reasons: 'Du bor trygt.' }, refused.version)
  ).json()
  const future = await issue(reasoned, { issuedOn: '2026-09-02' })
  t.match(future.json(), { status: 422, errors: [{ pointer: '/issuedOn', code: 'in_the_future' }] })
  const early = await issue(reasoned, { issuedOn: '2026-08-01' })
  t.match(early.json(), { status: 422, errors: [{ pointer: '/issuedOn', code: 'before_registration' }] })
  const elsewhere = await officer.post(`/needs/${needId}/decisions`, {
    track: 'help_with_home',
    outcome: 'granted',
    offerId: '019a0000-0000-7000-8000-000000000000',
  })
  t.match(elsewhere.json(), { status: 422, errors: [{ pointer: '/offerId', code: 'unknown_offer' }] })
  const draftNeed = await needOf({ status: 'draft' })
  const none = await officer.post(`/needs/${draftNeed}/decisions`, { track: 'help_with_home', outcome: 'granted' })
  t.match(none.json(), { status: 409, code: 'need_not_open' })
})

t.test(
  'an appeal goes its way: received, forwarded, decided, and a changed decision is to be made again',
  async (t) => {
    const needId = await needOf({ forms: ['vel_coping'] })
    const made = await issued(needId, { track: 'health_and_care', outcome: 'granted' }, { issuedOn: '2026-08-25' })
    const unissued = await draft(needId, { track: 'help_with_home', outcome: 'granted' })
    const receive = (id: string, body: unknown) => officer.post(`/decisions/${id}/appeals`, body)
    t.match((await receive(unissued.id, { receivedOn: TODAY })).json(), { code: 'decision_not_issued' })
    t.match((await receive(made.id, { receivedOn: '2026-08-24' })).json(), { errors: [{ code: 'before_decision' }] })
    t.match((await receive(made.id, { receivedOn: '2026-09-02' })).json(), { errors: [{ code: 'in_the_future' }] })
    const received = (
      await receive(made.id, { receivedOn: '2026-08-28', grounds: 'Jeg vil ha en annen plass.' })
    ).json()
    t.match(received, { state: 'appealed', appeals: [{ inTime: true, dueOn: '2026-09-11', overdue: false }] })
    const [appeal] = received.appeals
    t.match((await receive(made.id, { receivedOn: TODAY })).json(), {
      code: 'appeal_open',
      blocking: { kind: 'appeal', id: appeal.id },
    })
    t.ok(
      (await openTasks(needId)).some(
        ({ kind, reason }) => kind === 'forward_appeal' && reason.includes('Statsforvalteren'),
      ),
    )

    const step = (path: string, version: number, body: unknown) =>
      officer.post(`/appeals/${appeal.id}/${path}`, body, { 'if-match': `"${version}"` })
    const soon = await step('outcome', appeal.version, { outcome: 'upheld', decidedOn: TODAY })
    t.match(soon.json(), { errors: [{ pointer: '/outcome', code: 'not_forwarded' }] })
    t.match((await step('forwarding', appeal.version, { forwardedOn: '2026-08-27' })).json(), {
      errors: [{ pointer: '/forwardedOn', code: 'out_of_order' }],
    })
    const forwarded = (await step('forwarding', appeal.version, { forwardedOn: TODAY })).json()
    t.match(forwarded, { state: 'appeal_forwarded', appeals: [{ forwardedOn: TODAY, dueOn: '2026-11-24' }] })
    t.ok((await openTasks(needId)).some(({ kind }) => kind === 'appeal_answer_due'))
    t.equal((await step('outcome', appeal.version, { outcome: 'changed', decidedOn: TODAY })).statusCode, 412)
    const version = forwarded.appeals[0].version
    const decided = (await step('outcome', version, { outcome: 'changed', decidedOn: TODAY })).json()
    t.match(decided, { state: 'appeal_decided', appeals: [{ outcome: 'changed', dueOn: null }] })
    t.match((await step('outcome', version + 1, { outcome: 'changed', decidedOn: TODAY })).json(), {
      code: 'appeal_closed',
    })
    const tasks = await openTasks(needId)
    t.notOk(tasks.some(({ kind }) => kind === 'forward_appeal' || kind === 'appeal_answer_due'))
    t.ok(tasks.some(({ kind, reason }) => kind === 'decide_health_and_care' && reason.includes('Klagen førte fram')))
  },
)

t.test('a late appeal is marked and never turned away', async (t) => {
  const needId = await needOf({ forms: ['municipal'], registered_at: '2026-06-01T08:00:00Z' })
  const made = await issued(needId, { track: 'municipal_home', outcome: 'granted' }, { issuedOn: '2026-08-01' })
  t.equal(made.state, 'final')
  const answer = await officer.post(`/decisions/${made.id}/appeals`, { receivedOn: TODAY })
  t.match(answer.json(), { state: 'appealed', appeals: [{ inTime: false }] })
})

t.test('two who draft or issue at once: one does, the other hears it, and nothing is there twice', async (t) => {
  const needId = await needOf()
  const body = { track: 'municipal_home', outcome: 'granted' }
  const drafts = await Promise.all([1, 2, 3, 4].map(() => officer.post(`/needs/${needId}/decisions`, body)))
  t.strictSame(drafts.map(({ statusCode }) => statusCode).toSorted(), [201, 409, 409, 409])
  const { items } = (await officer.get(`/needs/${needId}/decisions`)).json()
  t.equal(items.length, 1)
  const issues = await Promise.all([1, 2, 3].map(() => issue(items[0])))
  t.equal(issues.filter(({ statusCode }) => statusCode === 200).length, 1)
  t.ok(issues.every(({ statusCode }) => [200, 409, 412].includes(statusCode)))
})

t.test('another bydel’s papers answer like missing ones, and a protected person’s to her circle alone', async (t) => {
  const needId = await needOf()
  const made = await issued(needId, { track: 'municipal_home', outcome: 'granted' })
  const appealed = (await officer.post(`/decisions/${made.id}/appeals`, { receivedOn: TODAY })).json()
  const nobody = '019a0000-0000-7000-8000-000000000000'
  const asks = (client: Client, need: string, decision: string, appeal: string) => [
    client.get(`/needs/${need}/decisions`),
    client.post(`/needs/${need}/decisions`, { track: 'help_with_home', outcome: 'granted' }),
    client.get(`/decisions/${decision}`),
    client.get(`/decisions/${decision}/letter`),
    client.patch(`/decisions/${decision}`, { reasons: 'x' }, 1),
    client.post(`/decisions/${decision}/issue`, {}, { 'if-match': '"1"' }),
    client.post(`/decisions/${decision}/appeals`, { receivedOn: TODAY }),
    client.post(`/appeals/${appeal}/forwarding`, { forwardedOn: TODAY }, { 'if-match': '"1"' }),
    client.post(`/appeals/${appeal}/outcome`, { outcome: 'changed', decidedOn: TODAY }, { 'if-match': '"1"' }),
  ]
  const foreign = await Promise.all(asks(neighbour, needId, made.id, appealed.appeals[0].id))
  const missing = await Promise.all(asks(neighbour, nobody, nobody, nobody))
  for (const [i, answer] of foreign.entries()) {
    t.equal(answer.statusCode, 404, `${i}`)
    t.strictSame({ ...answer.json(), traceId: '' }, { ...missing[i]?.json(), traceId: '' })
  }

  const person = await given.resident(ALNA, { address_protection: 'strictly_confidential' })
  const member = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  await given.inCircle(person, member.accountId)
  const hidden = await given.need(person)
  const secret = await draft(hidden, { track: 'municipal_home', outcome: 'granted' }, member)
  t.equal((await officer.get(`/decisions/${secret.id}`)).statusCode, 404)
  t.equal((await officer.get(`/needs/${hidden}/decisions`)).statusCode, 404)
  t.equal((await member.get(`/decisions/${secret.id}`)).statusCode, 200)
})
