import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Random } from '../../src/demo/random.ts'
import type { Client, TestApp } from './app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from './fixtures.ts'
import type { Answer, Instance } from './instances.ts'

export interface Contest {
  rounds: number
  places: number
  needs: number
  /** For how many places each need bids. */
  bids: number
  /** How many of a hundred bids hold their place, and are then answered with a no or withdrawn about as often as with a yes. */
  reserved: number
  /** Requests on their way at a time. */
  atOnce: number
}

export interface Tally {
  asked: number
  /** Acceptances that were answered with 200. */
  won: number
  /** How often the answer was to try again shortly, which was done: a machine that is too slow for what is asked of it. */
  again: number
  /** How often each refusal came. */
  refused: Record<string, number>
  seconds: number
  /** What PostgreSQL broke up by itself, none of which anybody was told of. */
  deadlocks: number
  /** What must never be, in words. */
  wrong: string[]
}

interface Bid {
  id: string
  officer: Client
  reserved: boolean
}

/** Whoever is told to try again so often has not been served. */
const MOST_TRIES = 10
const LOST = new Set(['place_held', 'home_accepted', 'offer_not_open', 'request_in_flight', 'stale_version'])

/**
 * Rounds in which many needs say yes to the same places at once, through several instances, some of it twice under the same
 * key; after each round the database is asked whether anybody was placed twice, or a yes that was answered is not there.
 */
export async function contest(
  app: TestApp,
  instances: readonly Instance[],
  shape: Contest,
  random: Random,
): Promise<Tally> {
  const { owner } = app
  const officers = [
    { district: ALNA, officer: await app.signedInAs({ role: 'housing_officer', districts: [ALNA] }) },
    { district: GRUNERLOKKA, officer: await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] }) },
  ]
  const facilityId = await fixturesOf(app).facility()
  const tally: Tally = { asked: 0, won: 0, again: 0, refused: {}, seconds: 0, deadlocks: 0, wrong: [] }
  const before = await deadlocksOf(owner)
  for (let round = 0; round < shape.rounds; round += 1) {
    // every other round without reservations: then nobody may lose to anything but another's yes
    const reserving = round % 2 === 1 ? shape.reserved : 0
    const bids = await bidsOf(owner, officers, facilityId, round, { ...shape, reserved: reserving }, random)
    const asked = bids.map(({ id, officer, reserved }) => ({
      id,
      officer,
      verb: verbOf(reserved, random),
      key: `${id}`,
    }))
    const twice = asked.filter(() => random.chance(50))
    const requests = random.shuffled([...asked, ...twice])
    const begun = performance.now()
    let won = 0
    const answers = new Map<string, Answer>()
    await atOnce(shape.atOnce, requests, async ({ id, officer, verb, key }, turn) => {
      const instance = instances[turn % instances.length]
      const ask = () =>
        instance?.post(officer, `/offers/${id}/${verb.path}`, verb.body, { 'if-match': '"1"', 'idempotency-key': key })
      let answer = await ask()
      // as a page does: the same key again, when it was told to
      for (let tries = 1; tries < MOST_TRIES && answer?.status === 503 && answer.retryAfter !== null; tries += 1) {
        tally.again += 1
        await sleep(1_000 * Number(answer.retryAfter))
        answer = await ask()
      }
      tally.asked += 1
      if (answer === undefined || answer === null) tally.wrong.push(`${verb.path}: no answer`)
      else if (answer.status === 200) {
        const earlier = answers.get(id)
        if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(answer))
          tally.wrong.push('one key was answered in two ways')
        if (earlier === undefined && verb.path === 'acceptance') won += 1
        answers.set(id, answer)
      } else {
        const code = String(answer.body.code)
        tally.refused[code] = (tally.refused[code] ?? 0) + 1
        if (!LOST.has(code)) tally.wrong.push(`${verb.path}: ${answer.status} ${JSON.stringify(answer.body)}`)
        if (code === 'place_held' && (answer.body.state === undefined || !Array.isArray(answer.body.nextBest)))
          tally.wrong.push('a place that was lost is refused without its state and the next best')
      }
    })
    tally.seconds += (performance.now() - begun) / 1000
    tally.won += won
    tally.wrong.push(...(await wrongAfter(owner, bids, won, reserving === 0)))
  }
  tally.deadlocks = (await deadlocksOf(owner)) - before
  return tally
}

function verbOf(reserved: boolean, random: Random): { path: string; body?: object } {
  const draw = random.below(10)
  if (reserved && draw < 3) return { path: 'withdrawal', body: { reason: 'sent_by_mistake' } }
  if (reserved && draw < 5) return { path: 'decline', body: { party: 'resident', reason: 'found_own' } }
  if (reserved && draw < 6) return { path: 'decline', body: { party: 'resident', reason: 'no_contact' } }
  return { path: 'acceptance' }
}

/** Places that are free, and needs with offers of them on the table: all of it in a few statements. */
async function bidsOf(
  owner: pg.Pool,
  officers: readonly { district: string; officer: Client }[],
  facilityId: string,
  round: number,
  shape: Contest,
  random: Random,
): Promise<Bid[]> {
  const { rows: places } = await owner.query<{ id: string }>(
    `insert into place (facility_id, label, form, open_during)
     select $1, 'R' || $2::int || '-' || n, 'municipal', '[2020-01-01,)' from generate_series(1, $3::int) n returning id`,
    [facilityId, round, shape.places],
  )
  const bids: Bid[] = []
  const holding = new Set<string>()
  for (const { district, officer } of officers) {
    const { rows: needs } = await owner.query<{ id: string }>(
      `with h as (insert into household (holding_district) select $1 from generate_series(1, $2::int) returning id),
         r as (insert into resident (household_id, holding_district, synthetic) select id, $1, true from h)
       insert into need (household_id, holding_district, responsible_district, status, registered_at, forms, needed_during,
         private_rental, parked_until, parked_reason)
       select id, $1, $1, 'registered', '2026-08-01', '{municipal}', '[2026-09-01,)', 'not_possible', '2026-09-20', 'no_contact'
       from h returning id`,
      [district, Math.ceil(shape.needs / officers.length)],
    )
    for (const { id: needId } of needs) {
      for (const { id: placeId } of random.shuffled(places).slice(0, shape.bids)) {
        const reserved = random.below(100) < shape.reserved && !holding.has(placeId)
        if (reserved) holding.add(placeId)
        const { rows } = await owner.query<{ id: string }>(
          `with h as (insert into hold (place_id, holding_district, during, expires_at)
             select $2, $3, '[2026-09-15,)', '2026-09-08T22:00:00Z' where $5 returning id)
           insert into offer (need_id, holding_district, place_id, hold_id, sent_at, sent_by, move_in_on, reply_by, frozen,
             form_needed, form_given)
           values ($1, $3, $2, (select id from h), '2026-09-01', $4, '2026-09-15', '2026-09-08T22:00:00Z', '{}', 'municipal',
             'municipal') returning id`,
          [needId, placeId, district, officer.accountId, reserved],
        )
        bids.push({ id: rows[0]?.id ?? '', officer, reserved })
      }
    }
  }
  return bids
}

/** Everything that would be a double placement, a lost yes, or a place that nobody has although it was wanted. */
async function wrongAfter(owner: pg.Pool, bids: readonly Bid[], won: number, unreserved: boolean): Promise<string[]> {
  const ids = bids.map(({ id }) => id)
  const { rows } = await owner.query<Record<string, number>>(
    `with bid as (select * from offer where id = any ($1::uuid[])), yes as (select * from bid where accepted_at is not null
       and declined_at is null and withdrawn_at is null)
     select (select count(*)::int from bid where accepted_at is not null) as told_yes,
       (select count(*) - count(distinct place_id) from yes)::int as places_twice,
       (select count(*) - count(distinct need_id) from yes)::int as needs_twice,
       (select count(*)::int from yes left join hold h on h.id = yes.hold_id
         where h.id is null or h.ended_at is not null or h.expires_at is not null or h.place_id <> yes.place_id) as without_hold,
       (select count(*)::int from hold h where h.ended_at is null and h.place_id in (select place_id from bid)
         and not exists (select from bid where bid.hold_id = h.id and declined_at is null and withdrawn_at is null)) as orphan_holds,
       (select count(*)::int from bid where accepted_at is not null and not exists
         (select from task t where t.offer_id = bid.id and t.kind = 'prepare_move_in')) as without_task,
       (select count(*)::int from bid b where not exists
         (select from yes where yes.place_id = b.place_id or yes.need_id = b.need_id)) as lost_to_nobody`,
    [ids],
  )
  const found = rows[0] ?? {}
  const wrong: string[] = []
  // a yes that was withdrawn later, because the need ended, was one all the same
  if (found.told_yes !== won) wrong.push(`${won} were told yes and ${found.told_yes} are`)
  for (const what of ['places_twice', 'needs_twice', 'without_hold', 'orphan_holds', 'without_task'] as const)
    if (found[what] !== 0) wrong.push(`${what}: ${found[what]}`)
  if (unreserved && found.lost_to_nobody !== 0) wrong.push(`${found.lost_to_nobody} lost to nobody`)
  return wrong
}

async function deadlocksOf(owner: pg.Pool): Promise<number> {
  await owner.query('select pg_stat_clear_snapshot()')
  const { rows } = await owner.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.deadlocks)
}

async function atOnce<T>(
  limit: number,
  items: readonly T[],
  work: (item: T, turn: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const turn = next
      next += 1
      await work(items[turn] as T, turn)
    }
  }
  await Promise.all(Array.from({ length: limit }, lane))
}
