import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { placesOn } from '../../src/db/capacity/day.ts'
import { placesDuring } from '../../src/db/capacity/period.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import type { DB } from '../../src/db/types.generated.ts'
import { queueOn, stayAges, waitingAges } from '../../src/db/waiting.ts'
import { count, countPlace, emptyPeriodCount, emptyTally, factsOn, NEVER } from '../../src/domain/capacity.ts'
import { type Day, dayNumber, dayOfNumber } from '../../src/domain/day.ts'
import { type AgeCount, observed } from '../../src/domain/survival.ts'
import { testDatabase } from '../support/database.ts'
import { ALNA, GRUNERLOKKA } from '../support/fixtures.ts'

const urls = await testDatabase(t)
const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 1 })
// the database is dropped with force, which a connection that is just closing may still hear
owner.on('error', () => {})
const pool = openPool(urls.appUrl)
const db = openDatabase(pool)
t.teardown(async () => {
  await pool.end()
  await owner.end()
})

/** The histories begin here and last for so many days; the clock stands after them. */
const FIRST = dayNumber('2024-01-01' as Day)
const DAYS = 90
const NOW = '2025-01-01T12:00:00+01:00'

interface Stretch {
  from: number
  to: number | null
}

/** Stretches that do not overlap, in order; the last may go on. */
const stretches: fc.Arbitrary<Stretch[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: DAYS }), { maxLength: 7 })
  .map((cuts) => {
    const days = cuts.toSorted((a, b) => a - b)
    return days.flatMap((from, at) => (at % 2 === 0 ? [{ from, to: days[at + 1] ?? null }] : []))
  })

const place = fc.record({
  open: fc.record({ from: fc.integer({ min: 0, max: 60 }), to: fc.option(fc.integer({ min: 61, max: DAYS })) }),
  occupied: stretches,
  closed: stretches,
  admits: fc.boolean(),
  holds: stretches,
  /** After how many days each hold is firm; null: never. */
  firmAfter: fc.option(fc.integer({ min: 0, max: 5 })),
})
const need = fc.record({
  registered: fc.integer({ min: -30, max: DAYS }),
  waited: fc.option(fc.integer({ min: 0, max: 80 })),
  housed: fc.boolean(),
  district: fc.constantFrom(ALNA, GRUNERLOKKA),
})
const city = fc.record({
  places: fc.array(place, { minLength: 1, maxLength: 4 }),
  stops: stretches,
  needs: fc.array(need, { maxLength: 8 }),
})
type Case = typeof city extends fc.Arbitrary<infer T> ? T : never

const dayAt = (offset: number) => dayOfNumber(FIRST + offset)
const range = ({ from, to }: Stretch) => `[${dayAt(from)},${to === null ? '' : dayAt(to)})`
const at = (offset: number) => `${dayAt(offset)}T10:00:00Z`

/** Writes a city, once, into emptied tables. */
async function write({ places, stops, needs }: Case): Promise<void> {
  for (const table of [
    'occupancy',
    'closure',
    'hold',
    'facility_admission',
    'place',
    'facility',
    'need',
    'household',
  ]) {
    await owner.query(`delete from ${table}`)
  }
  const facility = await owner.query<{ id: string }>(
    `insert into facility (name, operator, operator_kind, district_code, serves, open_during)
     values ('Huset', 'Bydel Alna', 'district', $1, 'city', '[2020-01-01,)') returning id`,
    [ALNA],
  )
  const facilityId = facility.rows[0]?.id
  await owner.query('delete from facility_admission')
  // everything that is no stop is admitting, without a gap
  let from = '2020-01-01'
  for (const stop of stops) {
    const begins = dayAt(stop.from)
    const add = `insert into facility_admission (facility_id, during, admitting, reason) values ($1, $2, $3, $4)`
    await owner.query(add, [facilityId, `[${from},${begins})`, true, null])
    await owner.query(add, [facilityId, range(stop), false, 'Mangler folk'])
    from = stop.to === null ? '' : dayAt(stop.to)
  }
  if (from !== '')
    await owner.query(`insert into facility_admission values ($1, $2, true, null)`, [facilityId, `[${from},)`])
  for (const [n, { open, occupied, closed, admits, holds, firmAfter }] of places.entries()) {
    const { rows } = await owner.query<{ id: string }>(
      `insert into place (facility_id, label, form, open_during) values ($1, $2, 'municipal', $3) returning id`,
      [facilityId, String(n), range(open)],
    )
    const id = rows[0]?.id
    for (const stay of occupied)
      await owner.query(`insert into occupancy (place_id, during) values ($1, $2)`, [id, range(stay)])
    for (const stop of closed) {
      await owner.query(`insert into closure (place_id, during, reason, admits) values ($1, $2, 'repair', $3)`, [
        id,
        range(stop),
        admits,
      ])
    }
    for (const hold of holds) {
      const firm = firmAfter === null ? null : at(hold.from + firmAfter)
      const ended = hold.to === null ? null : at(hold.to)
      const { rows: held } = await owner.query<{ id: string }>(
        `insert into hold (place_id, holding_district, during, created_at, expires_at, ended_at, ended_reason)
         values ($1, $2, '[2025-06-01,)', $3, $4, $5, $6) returning id`,
        [id, ALNA, at(hold.from), firm === null ? '2025-02-01' : null, ended, ended === null ? null : 'released'],
      )
      await owner.query('update hold set firm_since = $2 where id = $1', [held[0]?.id, firm])
    }
  }
  for (const { registered, waited, housed, district } of needs) {
    const { rows } = await owner.query<{ id: string }>(
      `insert into household (holding_district) values ($1) returning id`,
      [district],
    )
    const ended = waited === null ? null : at(registered + waited)
    await owner.query(
      `insert into need (household_id, holding_district, responsible_district, status, registered_at, ended_at, ended_reason, forms)
       values ($1, $2, $2, $3, $4, $5, $6, '{municipal,temporary}')`,
      [
        rows[0]?.id,
        district,
        waited === null ? 'registered' : housed ? 'closed' : 'withdrawn',
        at(registered),
        ended,
        waited === null ? null : housed ? 'housed' : 'no_capacity',
      ],
    )
  }
}

/** What the domain is told of the same city, straight from what was written. */
function histories({ places, stops }: Case) {
  const span = ({ from, to }: Stretch) => ({ from: FIRST + from, to: to === null ? NEVER : FIRST + to })
  return places.map(({ open, occupied, closed, admits, holds, firmAfter }) => ({
    open: span(open),
    occupied: occupied.map(span),
    closed: admits ? [] : closed.map(span),
    notAdmitting: stops.map(span),
    held: firmAfter === null ? [] : holds.map(({ from, to }) => span({ from: from + firmAfter, to })),
    offered: holds.map(({ from, to }) =>
      span({ from, to: firmAfter === null ? (to ?? null) : Math.min(from + firmAfter, to ?? NEVER) }),
    ),
  }))
}

/** As a reader of no district: the numbers are nobody's. */
const asked = <T>(work: (trx: Kysely<DB>) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await sql`select set_config('app.now', ${NOW}, true), set_config('app.role', 'auditor', true)`.execute(trx)
    return work(trx)
  })

const window = { from: dayAt(20), to: dayAt(70) }
const summed = (ages: readonly AgeCount[]) => {
  const byDays = new Map<number, number[]>()
  for (const { days, entered, events, censored } of ages) {
    const [a = 0, b = 0, c = 0] = byDays.get(days) ?? []
    byDays.set(days, [a + entered, b + events, c + censored])
  }
  return [...byDays].toSorted(([a], [b]) => a - b)
}
const agesOf = (cases: { began: number; ended: number; event: boolean }[]): AgeCount[] =>
  cases.flatMap(({ began, ended, event }) => {
    const seen = observed(began, ended, { from: 20, to: 70 })
    if (seen === undefined) return []
    const over = seen.over && event ? 1 : 0
    return [
      { days: seen.enters, entered: 1, events: 0, censored: 0 },
      { days: seen.leaves, entered: 0, events: over, censored: 1 - over },
    ]
  })

t.test('what SQL reads of any history is what the domain counts', async (t) => {
  await fc.assert(
    fc.asyncProperty(city, fc.integer({ min: -2, max: DAYS + 5 }), async (made, day) => {
      await write(made)
      const known = histories(made)
      await asked(async (trx) => {
        const tally = emptyTally()
        for (const { facts, amount } of await placesOn(trx, dayAt(day), {})) count(tally, facts, amount)
        const expected = emptyTally()
        for (const history of known) count(expected, factsOn(history, FIRST + day))
        assert.deepEqual(tally, expected, 'one day')

        const spans = [
          { from: FIRST + 20, to: FIRST + 45 },
          { from: FIRST + 45, to: FIRST + 70 },
        ]
        const periodAt = (of: number) => spans.findIndex(({ from, to }) => from <= of && of < to)
        const counts = spans.map(emptyPeriodCount)
        for (const { history } of await placesDuring(trx, window, {})) countPlace(history, spans, periodAt, counts)
        const wanted = spans.map(emptyPeriodCount)
        for (const history of known) countPlace(history, spans, periodAt, wanted)
        assert.deepEqual(counts, wanted, 'two periods')

        const queue = await queueOn(trx, [dayAt(day)])
        for (const district of [ALNA, GRUNERLOKKA]) {
          const waits = made.needs.filter(
            ({ registered, waited, district: of }) =>
              of === district && registered <= day && (waited === null || registered + waited > day),
          )
          assert.equal(queue.find((row) => row.district === district)?.waiting ?? 0, waits.length, 'the queue')
        }
        assert.deepEqual(
          summed(await waitingAges(trx, window)),
          summed(
            agesOf(
              made.needs.map(({ registered, waited, housed }) => ({
                began: registered,
                ended: waited === null ? NEVER : registered + waited,
                event: housed,
              })),
            ),
          ),
          'the waits',
        )
        assert.deepEqual(
          summed(await stayAges(trx, window)),
          summed(
            agesOf(
              made.places.flatMap(({ occupied }) =>
                occupied.map(({ from, to }) => ({ began: from, ended: to ?? NEVER, event: true })),
              ),
            ),
          ),
          'the stays',
        )
      })
    }),
    { numRuns: 40 },
  )
  t.pass('40 histories')
})

t.test('the counting functions are for the program’s roles alone, and its role still sees no need', async (t) => {
  const { rows } = await owner.query<{ open: boolean }>(
    `select bool_or(has_function_privilege('public', p.oid, 'execute')) as open from pg_proc p
     where p.proname in ('queue_on', 'waiting_ages')`,
  )
  t.equal(rows[0]?.open, false)
  await owner.query(`insert into household (holding_district) values ($1)`, [ALNA])
  const { rows: needs } = await asked((trx) => sql<{ n: number }>`select count(*) as n from need`.execute(trx))
  t.equal(needs[0]?.n, 0)
})
