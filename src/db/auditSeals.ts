import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { DB } from './types.generated.ts'

/** The logs that are sealed, and the columns of each as its rows are sealed: in this order, as text. */
const COLUMNS = {
  showing: [
    'id',
    'recorded_at',
    'occurred_at',
    'actor_id',
    'actor_role',
    'resident_id',
    'holding_district',
    'record',
    'record_id',
    'purpose',
    'method',
    'route',
    'trace_id',
  ],
  security_event: [
    'id',
    'recorded_at',
    'occurred_at',
    'kind',
    'actor_id',
    'actor_role',
    'method',
    'route',
    'trace_id',
    'record',
    'record_id',
    'detail',
  ],
} as const
export type AuditLog = keyof typeof COLUMNS
export const AUDIT_LOGS = Object.keys(COLUMNS) as AuditLog[]

/** One sealed batch: `head` is the SHA-256 of the head before it and of every row, in hexadecimal. */
export interface Seal {
  log: AuditLog
  batch: number
  firstId: number
  lastId: number
  rowCount: number
  previous: string
  head: string
  sealedAt: string
}

/** A head as it was exported: what the database must still say. */
export type ExportedHead = Pick<Seal, 'log' | 'batch' | 'head'>

/** What came of checking a log: each fault is a sentence that names the batch. */
export interface Verification {
  log: AuditLog
  batches: number
  /** Rows that are sealed, and as they were. */
  rows: number
  /** Rows after the last batch, which nothing vouches for yet. */
  unsealed: number
  faults: string[]
}

/**
 * Seals what has waited for `waited` (a PostgreSQL interval) or is a thousand rows, a batch of at most ten thousand at a time.
 * A log that is written to just then is left for the next time.
 * @returns the new batches, oldest first
 */
export async function sealLog(db: Kysely<DB>, log: AuditLog, waited: string): Promise<Seal[]> {
  const sealed: Seal[] = []
  for (;;) {
    const seal = await sealOnce(db, log, waited)
    if (seal === undefined) return sealed
    sealed.push(seal)
  }
}

const LOCK_NOT_AVAILABLE = '55P03'

async function sealOnce(db: Kysely<DB>, log: AuditLog, waited: string): Promise<Seal | undefined> {
  try {
    const { rows } = await sql<Seal>`select * from seal_audit_log(${log}, ${waited}::interval)`.execute(db)
    return rows[0]
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return undefined
    throw error
  }
}

/** The newest batches of every log, newest first. */
export async function newestSeals(db: Kysely<DB>, limit: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select s.* from unnest(${AUDIT_LOGS}::text[]) as l (log) cross join lateral (
      select * from audit_seal a where a.log = l.log order by a.batch desc limit ${limit}) s
    order by s.log, s.batch desc`.execute(db)
  return rows
}

/** Batches after one, oldest first: what is to be exported. */
export async function sealsAfter(db: Kysely<DB>, log: AuditLog, batch: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select * from audit_seal a where a.log = ${log} and a.batch > ${batch} order by a.batch`.execute(db)
  return rows
}

/** An instant in microseconds since 1970, as the seal has it; everything else as its text. */
function sealedText(column: string) {
  const ref = sql.ref(column)
  return column.endsWith('_at') ? sql`(extract(epoch from ${ref}) * 1000000)::bigint::text` : sql`${ref}::text`
}

/**
 * The hash of a batch, reckoned here and not by the database that is being checked: the head before it, a line feed, and every row
 * as a JSON array with a comma and a space between values, parted by line feeds.
 */
async function headOf(
  db: Kysely<DB>,
  log: AuditLog,
  { firstId, lastId, previous }: Pick<Seal, 'firstId' | 'lastId' | 'previous'>,
): Promise<{ head: string; rows: number }> {
  const columns = COLUMNS[log]
  const { rows } = await sql<{ cells: (string | null)[] }>`
    select array[${sql.join(columns.map(sealedText))}] as cells from ${sql.table(log)}
    where id between ${firstId} and ${lastId} order by id`.execute(db)
  const lines = rows.map(({ cells }) => `[${cells.map((value) => JSON.stringify(value)).join(', ')}]`)
  const head = createHash('sha256')
    .update(`${previous}\n${lines.join('\n')}`)
    .digest('hex')
  return { head, rows: rows.length }
}

async function countBetween(db: Kysely<DB>, log: AuditLog, after: number, before: number | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(log)} where id > ${after} and (${before}::bigint is null or id < ${before})`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/**
 * Reckons the whole chain again from the rows: one row changed, taken away or put in is found, and so is a batch that is gone or was
 * sealed anew, where its head was exported. A batch at a time, so memory does not grow with the log.
 * @param exported heads as they were written elsewhere; a batch that is not among them is checked by the chain alone
 */
export async function verifyLog(
  db: Kysely<DB>,
  log: AuditLog,
  exported: readonly ExportedHead[] = [],
): Promise<Verification> {
  const known = new Map(exported.filter((head) => head.log === log).map(({ batch, head }) => [batch, head]))
  const faults: string[] = []
  // rows are numbered from 1, which binds nobody who puts one in
  let before: Pick<Seal, 'batch' | 'lastId' | 'head'> = { batch: 0, lastId: Number.MIN_SAFE_INTEGER, head: '' }
  let rows = 0
  for (const seal of await sealsAfter(db, log, 0)) {
    const name = `${log} batch ${seal.batch} (rows ${seal.firstId}–${seal.lastId})`
    if (seal.batch !== before.batch + 1) faults.push(`${name}: batch ${before.batch + 1} is gone`)
    if (seal.previous !== before.head) faults.push(`${name}: does not continue the batch before it`)
    const between = await countBetween(db, log, before.lastId, seal.firstId)
    if (between > 0) faults.push(`${name}: ${between} rows were put in before it`)
    const now = await headOf(db, log, seal)
    if (now.rows < seal.rowCount) faults.push(`${name}: ${seal.rowCount - now.rows} of ${seal.rowCount} rows are gone`)
    else if (now.rows > seal.rowCount) faults.push(`${name}: ${now.rows - seal.rowCount} rows were put in`)
    else if (now.head !== seal.head) faults.push(`${name}: a row is not as it was sealed`)
    const told = known.get(seal.batch)
    if (told !== undefined && told !== seal.head) faults.push(`${name}: the head that was exported is another`)
    known.delete(seal.batch)
    rows += now.rows
    before = seal
  }
  for (const batch of known.keys()) faults.push(`${log} batch ${batch}: its head was exported, and it is gone`)
  return { log, batches: before.batch, rows, unsealed: await countBetween(db, log, before.lastId, null), faults }
}

/** Writes what a check came to, for the auditor's page. */
export async function recordVerification(
  db: Kysely<DB>,
  { log, batches, rows, unsealed, faults }: Verification,
): Promise<void> {
  await db.insertInto('auditVerification').values({ log, batches, rowCount: rows, unsealed, faults }).execute()
}

/** Whether the last check of a log is a day old, or there was none. */
export async function verificationDue(db: Kysely<DB>, log: AuditLog): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select not exists (select from audit_verification v where v.log = ${log} and v.verified_at > now() - interval '1 day') as due`.execute(
    db,
  )
  return rows[0]?.due ?? true
}
