import { type Kysely, sql } from 'kysely'
import type { Purchase } from '../domain/costs.ts'
import type { Day } from '../domain/day.ts'
import type { DB } from './types.generated.ts'

interface PurchaseRow {
  district: string
  caseNumber: number
  livedFrom: Day
  livedUntil: Day | null
  pricePerDay: number | null
  orderedFrom: Day | null
  orderedUntil: Day | null
}

interface Period {
  from: Day
  to: Day
}

/** Stays in bought places that touch a period with what is ordered of them, of the whole city and without whose they are; for those who steer. */
export async function purchasesBetween(db: Kysely<DB>, { from, to }: Period): Promise<Purchase[]> {
  const { rows } = await sql<PurchaseRow>`select * from purchases_between(${from}::date, ${to}::date)`.execute(db)
  return rows.map(purchaseOf)
}

/** The same under the jobs' own role. */
export async function purchasesForJobs(db: Kysely<DB>, { from, to }: Period): Promise<Purchase[]> {
  const { rows } = await sql<PurchaseRow>`
    select district, case_number, lower(lived) as lived_from, upper(lived) as lived_until, price_per_day,
      lower(ordered) as ordered_from, upper(ordered) as ordered_until
    from purchase_history where lived && daterange(${from}::date, ${to}::date)`.execute(db)
  return rows.map(purchaseOf)
}

function purchaseOf({
  caseNumber,
  district,
  livedFrom,
  livedUntil,
  pricePerDay,
  orderedFrom,
  orderedUntil,
}: PurchaseRow): Purchase {
  return {
    caseNumber,
    district,
    lived: { from: livedFrom, to: livedUntil },
    pricePerDay,
    ordered: orderedFrom === null ? null : { from: orderedFrom, to: orderedUntil },
  }
}

/** Each district's budget for bought places in a year, whole kroner. */
export async function budgetsOf(db: Kysely<DB>, year: number): Promise<Map<string, number>> {
  const rows = await db.selectFrom('purchaseBudget').select(['district', 'amount']).where('year', '=', year).execute()
  return new Map(rows.map(({ district, amount }) => [district, Number(amount)]))
}

/** A wait of somebody reported ready for discharge, without who it is; `to` is null while it lasts. */
export interface DischargeWait {
  district: string
  from: Day
  to: Day | null
}

/** Waits of people reported ready for discharge that touch a period, of the whole city; for those who steer. */
export async function dischargeWaitsBetween(db: Kysely<DB>, { from, to }: Period): Promise<DischargeWait[]> {
  const { rows } = await sql<{ district: string; waitedFrom: Day; waitedUntil: Day | null }>`
    select * from discharge_waits_between(${from}::date, ${to}::date)`.execute(db)
  return rows.map(({ district, waitedFrom, waitedUntil }) => ({ district, from: waitedFrom, to: waitedUntil }))
}

/** How many live today in a bought place, in temporary accommodation, in an institution that they are ready to leave, or wait in specialist care. */
export interface InTheGap {
  district: string
  situation: 'bought' | 'temporary' | 'ready' | 'discharge_ready'
  households: number
  people: number
}

/** Those who live today where the gap is paid for, counted; for those who steer. */
export async function peopleInTheGap(db: Kysely<DB>): Promise<InTheGap[]> {
  const { rows } = await sql<InTheGap>`select * from people_in_the_gap()`.execute(db)
  return rows.map((row) => ({ ...row, households: Number(row.households), people: Number(row.people) }))
}
