import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { type Answer, type Instance, startInstance } from '../support/instances.ts'
import { chainsOf } from '../support/movingChain.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const facilityId = await given.facility()
const patient = await startInstance(app.urls.appUrl, app.keys)
t.teardown(() => patient.stop())

const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const { proposedChain } = chainsOf(app, given)

async function sent(who: typeof officer, path: string, body: object): Promise<string> {
  const answer = await who.post(path, body)
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json().id as string
}

/** Two offers to a need whose acceptance writes everything that one can: a firm hold, a rest that ends, evidence, tasks. */
async function wanted(answered: 'reserved' | 'unreserved'): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    forms: ['colocated_day'],
    parked_until: '2026-09-20',
    parked_reason: 'no_contact',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const send = async (reserve: boolean) =>
    sent(officer, '/offers', {
      needId,
      placeId: await given.place(facilityId),
      moveInOn: '2026-09-15',
      skip: 'forced',
      skipReason: 'Ingen samlokalisert bolig er ledig',
      reserve,
    })
  const [unreserved, reserved] = [await send(false), await send(true)]
  return answered === 'reserved' ? reserved : unreserved
}

/** The first offer of a chain: its acceptance makes the next one, another bydel's, one that can be answered. */
async function linked(): Promise<string> {
  const { runId, members } = await proposedChain([ALNA, GRUNERLOKKA])
  const id = await sent(officer, '/chains', { runId, chain: 0 })
  const offers: string[] = []
  for (const [position, { needId, placeId, district }] of members.entries())
    offers.push(
      await sent(district === ALNA ? officer : neighbour, '/offers', {
        needId,
        placeId,
        moveInOn: '2026-09-15',
        chain: { id, position },
      }),
    )
  return offers[0] ?? ''
}

/** What every acceptance writes, each as whether it is there. */
const ALWAYS = `o.accepted_at is not null as accepted, o.version > 1 as versioned,
  exists (select from hold h where h.id = o.hold_id and h.expires_at is null) as firm,
  exists (select from task t where t.offer_id = o.id and t.kind = 'prepare_move_in') as prepared,
  exists (select from change_log l where l.row_id = o.id::text and l.action = 'update') as logged,
  exists (select from idempotency_answer a where a.key = 'yes-' || o.id) as remembered`
const OF_A_NEED = `n.parked_until is null as awake,
  exists (select from shortfall_record s where s.offer_id = o.id) as evidence,
  exists (select from task t where t.offer_id = o.id and t.kind = 'withdraw_other_offers') as cleared`
const OF_A_LINK = `exists (select from offer next where next.chain_id = o.chain_id and next.chain_position = 1
    and next.firm_at is not null and next.reply_by < '2026-09-10') as next_is_firm,
  exists (select from task t join offer next on next.need_id = t.need_id and next.chain_id = o.chain_id
    where t.kind = 'chain_firm' and next.chain_position = 1 and t.holding_district <> o.holding_district) as neighbour_is_told`

const KINDS = {
  'one that is reserved': { make: () => wanted('reserved'), writes: OF_A_NEED },
  'one without a reservation': { make: () => wanted('unreserved'), writes: OF_A_NEED },
  'the link of a chain': { make: linked, writes: OF_A_LINK },
} as const
type Kind = keyof typeof KINDS

async function written(kind: Kind, id: string): Promise<Record<string, boolean>> {
  const { rows } = await owner.query<Record<string, boolean>>(
    `select ${ALWAYS}, ${KINDS[kind].writes} from offer o join need n on n.id = o.need_id where o.id = $1`,
    [id],
  )
  return rows[0] ?? {}
}

const accept = (instance: Instance, id: string) =>
  instance.post(officer, `/offers/${id}/acceptance`, undefined, { 'if-match': '"1"', 'idempotency-key': `yes-${id}` })

/** Asks again, as a page does that got no answer; the database may still be clearing up after the crash. */
async function again(id: string): Promise<Answer> {
  for (;;) {
    const answer = await accept(patient, id)
    if (answer === null) throw new Error('the instance that lives did not answer')
    if (answer.body.code !== 'request_in_flight') return answer
    await sleep(20)
  }
}

/** What is written once the database has noticed that nobody is there any more. */
async function settled(kind: Kind, id: string): Promise<Record<string, boolean>> {
  for (;;) {
    const { rowCount } = await owner.query(
      `select from pg_stat_activity where datname = current_database() and usename = 'boligtrapp_app' and state <> 'idle'`,
    )
    if (rowCount === 0) return written(kind, id)
    await sleep(20)
  }
}

/** After a crash all of it is there or nothing, and the same key is answered the same from then on. */
async function whole(t: Test, kind: Kind, id: string, at: number | 'answer'): Promise<void> {
  const there = await settled(kind, id)
  t.ok(
    Object.values(there).every((one) => one === (at === 'answer')),
    `killed before ${at === 'answer' ? 'the answer' : `statement ${at}`}: ${JSON.stringify(there)}`,
  )
  const first = await again(id)
  t.equal(first.status, 200, `asked again after ${at}`)
  t.match(first.body, { state: 'accepted', version: 2 })
  t.strictSame((await again(id)).body, first.body, 'and the same key answers the same')
  t.ok(Object.values(await written(kind, id)).every(Boolean), 'now all of it is there')
}

/** `npm run soak` kills before each statement; here before every twelfth, each kind at others, and before and after the commit. */
const EVERY = process.env.SOAK === undefined ? 12 : 1
t.setTimeout(EVERY === 1 ? 3_600_000 : 600_000)

for (const [nth, [kind, { make }]] of (Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][]).entries()) {
  t.test(
    `a yes to ${kind} whose process is killed before any of its statements happens as a whole or not at all`,
    async (t) => {
      const counting = await make()
      // never so many
      await patient.dieAt(10_000)
      t.equal((await accept(patient, counting))?.status, 200)
      const last = await patient.statements()
      t.ok(last > 15 && last < 60, `${last} statements`)
      const moments: (number | 'answer')[] = []
      for (let at = 1 + ((4 * nth) % EVERY); at < last; at += EVERY) moments.push(at)
      moments.push(last, 'answer')
      let next = startInstance(app.urls.appUrl, app.keys, 2)
      for (const at of moments) {
        const dying = await next
        // the next one starts while this one dies
        if (at !== 'answer') next = startInstance(app.urls.appUrl, app.keys, 2)
        const id = await make()
        await dying.dieAt(at)
        t.equal(await accept(dying, id), null, `nothing is answered by who is killed before ${at}`)
        await dying.stop()
        t.notOk(dying.lives(), 'it was killed')
        await whole(t, kind, id, at)
      }
    },
  )
}
