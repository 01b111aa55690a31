import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** A row as it is staged: what is a person's is sealed before it comes here. Binary values are hexadecimal, as PostgreSQL reads them. */
export interface StagedRow {
  row: number
  source: string
  external_id: string
  hash: string
  district: string | null
  person_key: string | null
  person_id: string | null
  fingerprint: string | null
  person_hash: string | null
  candidate: string | null
  ciphertext: string | null
  has_identity: boolean
  named: boolean
  resident: object | null
  household: object | null
  living: number[] | null
  visiting: number[] | null
  facility_key: string | null
  facility_name: string | null
  facility_hash: string | null
  facility: object | null
  served: string[] | null
  place_source: string | null
  place_external_id: string | null
  label: string | null
  during: string | null
  record: object
}

/**
 * Two tables, gone with the transaction. `import_said` is what the readable rows say: wide, and only added to. `import_row` is
 * what they are compared by, what is found of them and what is done with them: narrow, since changing a row writes all of it
 * anew. As one table it grew by 100 MB with each of eight changes, and every later question read all that was left behind.
 */
export async function createStaging(db: Kysely<DB>): Promise<void> {
  await sql`
    create temporary table import_said (
      row integer not null, source text not null, external_id text not null, hash bytea not null, district text,
      person_key text, person_id text, fingerprint bytea, person_hash bytea, candidate uuid, ciphertext bytea,
      has_identity boolean, named boolean, resident jsonb, household jsonb, living integer[], visiting integer[],
      facility_key text, facility_name text, facility_hash bytea, facility jsonb, served text[],
      place_source text, place_external_id text, label text, during daterange, record jsonb not null
    ) on commit drop`.execute(db)
  await sql`
    create temporary table import_row (
      -- what the row says
      row integer not null, source text not null, external_id text not null, hash bytea not null, district text,
      person_key text, person_id text, fingerprint bytea, person_hash bytea, candidate uuid, has_identity boolean,
      named boolean, adults integer, living integer, open boolean, facility_key text, facility_hash bytea,
      complete boolean, facility_during daterange, place_external_id text, label text, during daterange, form text,
      -- what it would be, if it is new
      fresh_id uuid not null default uuidv7(), fresh_household uuid not null default uuidv7(),
      fresh_occupancy uuid not null default uuidv7(),
      -- what is registered
      id uuid, known_hash bytea, known_person bytea, by_id uuid, by_number uuid, hidden boolean not null default false,
      target_household uuid, target_status text, resident_id uuid, household_id uuid,
      facility_id uuid, facilities_found integer, place_id uuid, places_found integer, occupancy_id uuid,
      -- what is done
      speaks boolean not null default false, newcomer boolean not null default false, is_new boolean not null default false
    ) on commit drop`.execute(db)
}

const STAGED = [
  'row',
  'source',
  'external_id',
  'hash',
  'district',
  'person_key',
  'person_id',
  'fingerprint',
  'person_hash',
  'candidate',
  'ciphertext',
  'has_identity',
  'named',
  'resident',
  'household',
  'living',
  'visiting',
  'facility_key',
  'facility_name',
  'facility_hash',
  'facility',
  'served',
  'place_source',
  'place_external_id',
  'label',
  'during',
  'record',
] as const satisfies readonly (keyof StagedRow)[]

/** Stages some rows in one statement: they travel as JSON and PostgreSQL reads them by the table's own column types. */
export async function stage(db: Kysely<DB>, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return
  const columns = columnNames(STAGED)
  await sql`insert into import_said (${columns})
    select ${columns} from json_populate_recordset(null::import_said, ${JSON.stringify(rows)}::json)`.execute(db)
}

/** Ids for `count` people who may turn out to be new: an identity is sealed to its id. */
export async function newIds(db: Kysely<DB>, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id from generate_series(1, ${count}::integer)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Fresh statistics: a temporary table has none, and joins would be planned as if it were empty. */
export async function analyseStaging(db: Kysely<DB>): Promise<void> {
  await sql`analyze import_said (row, district, source, external_id, person_id, fingerprint, facility_key, label,
    place_external_id)`.execute(db)
  await sql`create index on import_said (row)`.execute(db)
}

export async function analyseRows(db: Kysely<DB>): Promise<void> {
  await sql`analyze import_row (row, district, source, external_id, person_key, person_id, facility_key, label,
    id, resident_id, household_id, facility_id, place_id, occupancy_id, known_hash, hash, speaks, newcomer, is_new)`.execute(
    db,
  )
}

/** Columns that `import_row` has as the row says them. */
const COMPARED = [
  'row',
  'source',
  'external_id',
  'hash',
  'district',
  'person_key',
  'person_id',
  'fingerprint',
  'person_hash',
  'candidate',
  'has_identity',
  'named',
  'facility_key',
  'facility_hash',
  'place_external_id',
  'label',
] as const satisfies readonly (keyof StagedRow)[]

export type Columns = Readonly<Record<string, RawBuilder<unknown>>>

/** A select list of what the rows `s` of `import_said` are compared by, and of `columns` by their names. */
export const compared = (columns: Columns) =>
  sql.join([
    ...COMPARED.map((name) => sql.ref(`s.${name}`)),
    ...Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.ref(name)}`),
  ])

/**
 * Fills `import_row` in one statement.
 * @param columns names of what `from` selects besides that which is compared
 * @param from a select of `compared(…)` and those columns, as `x`
 */
export async function linkRows(db: Kysely<DB>, columns: readonly string[], from: RawBuilder<unknown>): Promise<void> {
  const names = columnNames([...COMPARED, ...columns])
  await sql`insert into import_row (${names}) select ${names} from (${from}) x order by row`.execute(db)
  await analyseRows(db)
}

/** What is registered under each row's own id, as `k`. */
export const known = (kind: 'place' | 'need' | 'stay') => sql`left join import_key k on k.kind = ${kind}
  and ${kind === 'place' ? sql`k.holding_district is null` : sql`k.holding_district = s.district`}
  and k.source = s.source and k.external_id = s.external_id`

/** Takes rows out before anything is compared with them. */
export async function dropSaid(db: Kysely<DB>, rows: readonly number[]): Promise<void> {
  await sql`delete from import_said where row = any(${[...rows]}::integer[])`.execute(db)
}

export async function dropRows(db: Kysely<DB>, rows: readonly number[]): Promise<void> {
  await sql`delete from import_row where row = any(${[...rows]}::integer[])`.execute(db)
}

/** What the rows left would do: new, known and saying the same as last time, known and saying something else. */
export async function countStaged(db: Kysely<DB>): Promise<{ new: number; unchanged: number; changed: number }> {
  const { rows } = await sql<{ added: number; unchanged: number; changed: number }>`
    select count(*) filter (where id is null) as added,
      count(*) filter (where id is not null and known_hash = hash) as unchanged,
      count(*) filter (where id is not null and known_hash is distinct from hash) as changed
    from import_row`.execute(db)
  const { added = 0, unchanged = 0, changed = 0 } = rows[0] ?? {}
  return { new: added, unchanged, changed }
}

/** Keeps what each row is known by and what it said, so that the same file again changes nothing. */
export async function saveKeys(db: Kysely<DB>, kind: 'place' | 'need' | 'stay'): Promise<void> {
  await sql`update import_key k set target_id = i.id, content_hash = i.hash, imported_at = app_now()
    from import_row i where k.kind = ${kind} and k.holding_district is not distinct from i.district
      and k.source = i.source and k.external_id = i.external_id and i.known_hash <> i.hash`.execute(db)
  await sql`insert into import_key (kind, holding_district, source, external_id, target_id, content_hash, imported_at)
    select ${kind}, i.district, i.source, i.external_id, i.id, i.hash, app_now() from import_row i
    where i.known_hash is null`.execute(db)
}

type Recorded = 'place' | 'facility' | 'need' | 'stay' | 'resident' | 'household'

/** The columns of a record `m`. */
export const recordColumns = (fields: readonly string[]) => sql.join(fields.map((name) => sql`(x.m).${sql.ref(name)}`))
export const columnNames = (fields: readonly string[]) => sql.join(fields.map((name) => sql.ref(name)))

/**
 * Rows as `x`, in the order of the sheet, each with the new record `m` that it says. The record is made in the select list of a
 * subquery that is not flattened: in the from clause it took three times as long, the record's whole description being copied
 * for each row.
 * @param said a JSON object of columns, of `i` and of what the row says, `s`; what it lacks must have a default in it
 */
export function newRecords(table: Recorded, said: RawBuilder<unknown>, where: RawBuilder<unknown>) {
  return sql`(select i.id, i.district, i.resident_id, i.household_id, i.facility_id, i.place_id, i.fresh_occupancy,
      jsonb_populate_record(null::${sql.table(table)}, ${said}) as m
    from import_row i join import_said s on s.row = i.row where ${where} order by i.row offset 0) x`
}

/**
 * Changes the records that rows say something else of, in one statement: what a row does not say is left, and a record that is
 * as the row says is not touched, so its version stays.
 * @param id the column of `i` that names the record
 * @param said as for `newRecords`; null for a row that says nothing of it
 */
export async function updateRecords(
  db: Kysely<DB>,
  table: Recorded,
  fields: readonly string[],
  id: string,
  said: RawBuilder<unknown>,
  where = sql<boolean>`i.known_hash is distinct from i.hash and not i.is_new`,
): Promise<void> {
  await sql`update ${sql.table(table)} t set (${columnNames(fields)}) = row(${recordColumns(fields)})
    from (select o as before, jsonb_populate_record(o, ${said}) as m
      from import_row i join import_said s on s.row = i.row join ${sql.table(table)} o on o.id = ${sql.ref(`i.${id}`)}
      where (${said}) is not null and ${where} offset 0) x
    where t.id = (x.m).id and x.before is distinct from x.m`.execute(db)
}
