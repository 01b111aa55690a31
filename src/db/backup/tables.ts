import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** Who is signed in and who is about to be: that ends with the database it was in, so their rows are in no backup. */
const LEFT_OUT = new Set(['session', 'sign_in_attempt'])

export interface CopiedTable {
  name: string
  /** All but those that are computed. */
  columns: string[]
}

/** How values are written is the session's choice, and must be the same when they are read again. */
const SETTINGS = {
  client_encoding: 'UTF8',
  timezone: 'UTC',
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  // a table is read from its beginning, also where somebody else reads it
  synchronize_seqscans: 'off',
  // what row security hides is an error, and never a backup with holes
  row_security: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
}

/** The owner's connection, with all that decides how values are written. */
export async function connectOwner(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'boligtrapp backup' })
  // a lost connection shows as a failed query
  client.on('error', () => {})
  await client.connect()
  await client.query('select set_config(name, value, false) from json_each_text($1::json) as s (name, value)', [
    JSON.stringify(SETTINGS),
  ])
  return client
}

/** The application's tables with their columns, by name: those whose rows a backup holds. */
export async function tablesOf(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<CopiedTable>(`
    select c.relname as name,
      array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname
    order by c.relname collate "C"`)
  return rows.filter(({ name }) => !LEFT_OUT.has(name))
}

/** A table and the columns of it that are copied, as COPY takes it. */
export function copied({ name, columns }: CopiedTable): string {
  return `public.${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`
}

const LINE_END = 10

/**
 * Hands on rows as COPY writes them, and knows afterwards how many they were and their hash. A row is a line: what breaks a line
 * within one is escaped. PostgreSQL says the number too, but only after the last row, so the stream may have ended before.
 */
export function summing(): { stream: Transform; sum(): { rows: number; sha256: string } } {
  const hash = createHash('sha256')
  let rows = 0
  return {
    stream: new Transform({
      transform(part: Buffer, _encoding, done) {
        hash.update(part)
        for (let at = part.indexOf(LINE_END); at !== -1; at = part.indexOf(LINE_END, at + 1)) rows += 1
        done(null, part)
      },
    }),
    sum: () => ({ rows, sha256: hash.digest('hex') }),
  }
}

/** How many rows a table has, and the hash of them. */
export async function checksumOf(client: pg.Client, table: CopiedTable): Promise<{ rows: number; sha256: string }> {
  const { stream, sum } = summing()
  // nobody else wants the rows
  stream.resume()
  await pipeline(client.query(copyTo(`copy ${copied(table)} to stdout`)), stream)
  return sum()
}
