import { type Kysely, sql } from 'kysely'
import { asJson } from '../../db/json.ts'
import type { DB } from '../../db/types.generated.ts'

/** Districts of the day, by code and name. */
export async function districtsOn(db: Kysely<DB>, today: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('district')
    .select(['code as id', 'name'])
    .where(sql<boolean>`valid @> ${today}::date`)
    .orderBy('code')
    .execute()
}

/** Takes what an import holds while it works; false when another one has it. Given back with the transaction. */
export async function takeTurn(db: Kysely<DB>, turns: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('import ' || turn, 0)) as mine
    from unnest(${[...turns]}::text[]) as turn`.execute(db)
  return rows.every(({ mine }) => mine)
}

/**
 * For the rest of the transaction: statements over a whole file may take longer than a screen would wait, and so may reading the
 * next part of a workbook, which the connection waits for. None may be planned as if the file were small. Tables that grow
 * within the transaction have the statistics of before it; a nested loop that looked cheap by those took minutes over 10,000
 * rows, where a hash join takes as long as the file is.
 */
export async function prepareForBulk(db: Kysely<DB>): Promise<void> {
  await sql`select set_config('statement_timeout', '300000', true), set_config('idle_in_transaction_session_timeout', '300000', true),
    set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`.execute(db)
  await planAnew(db)
}

/**
 * Plans that are kept (of foreign keys, of functions) are made anew, for tables as large as they are now. One that was made while
 * a table was empty reads all of it for each row once it has 100,000, which never came to an end.
 */
export async function planAnew(db: Kysely<DB>): Promise<void> {
  await sql`discard plans`.execute(db)
}

interface Report {
  accountId: string
  kind: string
  mode: string
  written: boolean
  counts: object
  badRows: readonly object[]
  rejected: (id: string) => Buffer | null
}

/** Keeps what an import answered for a day, and forgets what is older. */
export async function saveReport(db: Kysely<DB>, report: Report): Promise<string> {
  await sql`select forget_expired_imports()`.execute(db)
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(db)
  const id = rows[0]?.id ?? ''
  await db
    .insertInto('importReport')
    .values({
      ...report,
      id,
      counts: asJson(report.counts),
      badRows: asJson(report.badRows),
      rejected: report.rejected(id),
    })
    .execute()
  return id
}

export function reportById(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('importReport')
    .select(['id', 'kind', 'mode', 'written', 'counts', 'badRows', 'rejected', 'createdAt'])
    .where('id', '=', id)
    .where(sql<boolean>`created_at >= now() - interval '24 hours'`)
    .executeTakeFirst()
}
