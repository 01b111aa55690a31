import { type Kysely, sql } from 'kysely'
import { factsOn, stateOf } from '../domain/capacity.ts'
import { addDays, type Day, dayNumber } from '../domain/day.ts'
import { certifiedByDistrict, type ShortageCount } from '../domain/flags.ts'
import { candidatesOf } from '../domain/matching/candidates.ts'
import { shortagesOf } from '../domain/matching/shortage.ts'
import type { Snapshot } from '../domain/matching/snapshot.ts'
import type { Certified, CertifiedMissing, PlainCount } from '../domain/shortfall.ts'
import { daysToTake } from '../domain/shortfall.ts'
import { type Acting, asActor } from './actor.ts'
import { placesDuring } from './capacity/period.ts'
import type { ReadCity } from './city.ts'
import { readSnapshot } from './matchingRun.ts'
import type { DB } from './types.generated.ts'
import { queueOn } from './waiting.ts'

/** The stored shortages of a run, and whose needs are in which. */
export async function countsOfRun(db: Kysely<DB>, runId: string) {
  const { rows: shortages } = await sql<{ shortage: number; within: number | null; needs: number; deficit: number }>`
    select shortage, within, needs, deficit from matching_shortage where run_id = ${runId}::uuid order by shortage`.execute(
    db,
  )
  const { rows: counts } = await sql<ShortageCount>`
    select shortage, holding_district as district, count(*)::integer as needs from matching_row
    where run_id = ${runId}::uuid and shortage is not null group by 1, 2`.execute(db)
  return { shortages, counts }
}

/** What the stored shortages of a run are certain of. */
async function certifiedOfRun(db: Kysely<DB>, runId: string): Promise<Certified> {
  const { shortages, counts } = await countsOfRun(db, runId)
  return { city: deficitOf(shortages), byDistrict: certifiedByDistrict(shortages, counts) }
}

/** Shortages that lie in no other share no need. */
function deficitOf(shortages: readonly { within: number | null; deficit: number }[]): number {
  return shortages.reduce((sum, { within, deficit }) => (within === null ? sum + deficit : sum), 0)
}

/** The same as a run would certify, without looking for the best set of moves: seconds of computing for the whole city. */
function certifiedNow(snapshot: Snapshot): Certified {
  const shortages = shortagesOf(snapshot, candidatesOf(snapshot)).map(({ needs, ...rest }, shortage) => ({
    ...rest,
    shortage,
    members: needs,
    needs: needs.length,
  }))
  // those within another one come after it, so the innermost is what stays
  const innermost = new Map(shortages.flatMap(({ members, shortage }) => members.map((need) => [need, shortage])))
  const counts = [...Map.groupBy(innermost, ([need, shortage]) => `${shortage}/${districtOf(snapshot, need)}`).values()]
  return {
    city: deficitOf(shortages),
    byDistrict: certifiedByDistrict(
      shortages,
      counts.map((group): ShortageCount => {
        const [need = 0, shortage = 0] = group[0] ?? []
        return { shortage, district: districtOf(snapshot, need), needs: group.length }
      }),
    ),
  }
}

const districtOf = (snapshot: Snapshot, need: number) => snapshot.needs[need]?.holdingDistrict ?? ''

/** The queue and the free places of some days that follow on each other, by district and form, from what history holds. */
async function plainCounts(db: Kysely<DB>, days: readonly Day[]): Promise<Map<Day, PlainCount[]>> {
  const [first] = days
  const last = days.at(-1)
  const counts = new Map(days.map((day) => [day, new Map<string, PlainCount>()]))
  if (first === undefined || last === undefined) return new Map()
  const of = (day: Day, district: string, form: string): PlainCount => {
    const key = `${district}/${form}`
    const known = counts.get(day)?.get(key)
    if (known !== undefined) return known
    const count = { district, form, waiting: 0, free: 0 }
    counts.get(day)?.set(key, count)
    return count
  }
  for (const { day, district, form, waiting } of await queueOn(db, days)) of(day, district, form).waiting += waiting
  for (const { facility, form, history } of await placesDuring(db, { from: first, to: addDays(last, 1) }, {})) {
    for (const day of days) {
      if (stateOf(factsOn(history, dayNumber(day))) === 'free') of(day, facility.district, form).free += 1
    }
  }
  return new Map([...counts].map(([day, byKey]) => [day, [...byKey.values()]]))
}

/** What is kept of one day. */
interface TakenDay {
  day: Day
  takenAt: string
  certified: Certified | null
  missing: CertifiedMissing | null
  runId: string | null
  plain: readonly PlainCount[]
}

async function newestDay(db: Kysely<DB>): Promise<Day | undefined> {
  const row = await db.selectFrom('shortfallSnapshot').select('day').orderBy('day', 'desc').limit(1).executeTakeFirst()
  return row?.day as Day | undefined
}

/** Whether some day up to today has no snapshot yet. */
export function snapshotDue(db: Kysely<DB>, demoDate: string | undefined): Promise<boolean> {
  return asActor(
    db,
    null,
    demoDate,
    async ({ trx, today }) => daysToTake(await newestDay(trx), today).length > 0,
    'reading',
  )
}

/** The newest run over the city that was completed as of each day. */
async function runsOf(db: Kysely<DB>, days: readonly Day[]): Promise<Map<Day, string>> {
  const rows = await db
    .selectFrom('matchingRun')
    .distinctOn('asOf')
    .select(['id', 'asOf'])
    .where('kind', '=', 'city')
    .where('status', '=', 'completed')
    .where(sql<boolean>`as_of = any(${days}::date[])`)
    .orderBy('asOf')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map(({ id, asOf }) => [asOf as Day, id]))
}

/**
 * Takes the snapshots that are due: today's with what is certain now, and the days that were missed with what history tells of
 * them and what a run of that day has certified, where there was one. However many instances ask at once, each day is kept once.
 * Computes for seconds, so it is asked for where nobody waits.
 * @returns the days that this call has kept
 */
export async function takeSnapshots(db: Kysely<DB>, readCity: ReadCity, demoDate: string | undefined): Promise<Day[]> {
  const read = await asActor(db, null, demoDate, (acting) => readDue(acting, readCity), 'reading')
  if (read === undefined) return []
  const { today, snapshot, days } = read
  const certified = certifiedNow(snapshot)
  return asActor(db, null, demoDate, async ({ trx }) => {
    // whoever comes second finds the days kept; without the lock it would find that out row by row
    await sql`select pg_advisory_xact_lock(hashtextextended('boligtrapp.shortfall', 0))`.execute(trx)
    const kept: Day[] = []
    for (const taken of days) {
      const whole = taken.day === today ? { ...taken, certified, missing: null, runId: null } : taken
      if (await keepDay(trx, whole)) kept.push(taken.day)
    }
    return kept
  })
}

async function readDue(acting: Acting, readCity: ReadCity) {
  const { trx, now, today } = acting
  const newest = await newestDay(trx)
  const days = daysToTake(newest, today)
  if (days.length === 0) return undefined
  const runs = await runsOf(trx, days)
  const plain = await plainCounts(trx, days)
  const taken: TakenDay[] = []
  for (const day of days) {
    const runId = runs.get(day) ?? null
    const certified = runId === null ? null : await certifiedOfRun(trx, runId)
    const missing = certified !== null ? null : newest === undefined ? 'before_first' : 'missed'
    taken.push({ day, takenAt: now, certified, missing, runId, plain: plain.get(day) ?? [] })
  }
  return { today, days: taken, snapshot: await readSnapshot(acting, readCity, []) }
}

/** Keeps one day, if nobody has; false when somebody has. */
async function keepDay(db: Kysely<DB>, { day, takenAt, certified, missing, runId, plain }: TakenDay): Promise<boolean> {
  const kept = await db
    .insertInto('shortfallSnapshot')
    .values({ day, takenAt, certified: certified?.city ?? null, missing, runId })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n) return false
  await sql`
    insert into shortfall_certified (day, district, certified)
    select ${day}::date, c.district, c.certified
    from jsonb_to_recordset(${JSON.stringify([...(certified?.byDistrict ?? [])].map(([district, count]) => ({ district, certified: count })))}::jsonb)
      as c (district text, certified integer)`.execute(db)
  await sql`
    insert into shortfall_plain (day, district, form, waiting, free)
    select ${day}::date, p.district, p.form, p.waiting, p.free
    from jsonb_to_recordset(${JSON.stringify(plain)}::jsonb) as p (district text, form text, waiting integer, free integer)`.execute(
    db,
  )
  return true
}
