import pg from 'pg'
import { query } from './query.ts'

/** How many rows a table has, and the hash of them in an order of their own. */
export interface Content {
  rows: number
  hash: string
}

/**
 * Every table of the application, by name, as its rows are told in text.
 * @param columns of each table which are looked at; absent: all
 */
export async function contentsOf(
  ownerUrl: string,
  columns: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<Map<string, Content>> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname collate "C"`,
  )
  const contents = new Map<string, Content>()
  for (const { name } of tables) {
    const list = columns.get(name)?.map((column) => `"${column}"`)
    const row = list === undefined ? `"${name}"::text` : `row(${list.join(', ')})::text`
    const { rows } = await client.query<Content>(
      `select count(*)::int as rows, md5(coalesce(string_agg(md5(${row}), '' order by md5(${row})), '')) as hash from public."${name}"`,
    )
    if (rows[0] !== undefined) contents.set(name, rows[0])
  }
  await client.end()
  return contents
}

/** What the schema is made of beside tables: keys and checks, triggers and whether they fire, policies, rights, and where sequences stand. */
export async function shapeOf(ownerUrl: string): Promise<Record<string, unknown[]>> {
  const of = (text: string) => query(ownerUrl, text)
  return {
    constraints:
      await of(`select conrelid::regclass::text as of, conname, convalidated, pg_get_constraintdef(oid) as definition
      from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`),
    triggers: await of(`select tgrelid::regclass::text as of, tgname, tgenabled, pg_get_triggerdef(oid) as definition
      from pg_trigger where not tgisinternal order by 1, 2`),
    policies: await of('select * from pg_policies order by schemaname, tablename, policyname'),
    tables:
      await of(`select relname, relkind, relrowsecurity, relforcerowsecurity, array(select unnest(relacl)::text order by 1) as rights
      from pg_class where relnamespace = 'public'::regnamespace order by 1`),
    sequences: await of(
      `select sequencename, last_value from pg_sequences where schemaname = 'public' and sequencename !~ 'security_event' order by 1`,
    ),
  }
}
