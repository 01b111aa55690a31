import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { Section } from './schema.ts'

type Rows = Record<string, unknown>[]

const household = (id: string) => sql`(select r.household_id from resident r where r.id = ${id}::uuid)`
const needs = (id: string) => sql`(select n.id from need n where n.household_id = ${household(id)})`
const stays = (id: string) => sql`(select s.id from stay s where s.household_id = ${household(id)})`
const people = (id: string) => sql`(select r.id from resident r where r.household_id = ${household(id)})`

/** Where each section's rows stand, by the person that was asked for; the residents' names are added by the caller. */
const SOURCES: Record<Exclude<Section, 'residents' | 'changes'>, (id: string) => RawBuilder<unknown>> = {
  household: (id) => sql`household t where t.id = ${household(id)}`,
  children: (id) => sql`household_child t where t.household_id = ${household(id)}`,
  needs: (id) => sql`need t where t.household_id = ${household(id)}`,
  assessments: (id) => sql`assessment t where t.need_id in ${needs(id)}`,
  consents: (id) => sql`consent t where t.resident_id in ${people(id)}`,
  stays: (id) => sql`stay t where t.household_id = ${household(id)}`,
  stayEvents: (id) => sql`stay_event t where t.stay_id in ${stays(id)}`,
  offers: (id) => sql`offer t where t.need_id in ${needs(id)}`,
  referrals: (id) => sql`referral t where t.need_id in ${needs(id)}`,
  decisions: (id) => sql`decision t where t.need_id in ${needs(id)}`,
  appeals: (id) => sql`appeal t where t.decision_id in (select d.id from decision d where d.need_id in ${needs(id)})`,
  rentalWorksheets: (id) => sql`rental_worksheet t where t.need_id in ${needs(id)}`,
  returnPlans: (id) => sql`return_plan t where t.household_id = ${household(id)}`,
  callOffs: (id) => sql`call_off t where t.stay_id in ${stays(id)}`,
  locks: (id) => sql`record_lock t where t.household_id = ${household(id)}`,
  showings: (id) => sql`showing t where t.resident_id in ${people(id)}`,
}

/** One section as rows of the database, as far as the reader may see them, in the order in which they were registered. */
export async function sectionOf(db: Kysely<DB>, section: keyof typeof SOURCES, residentId: string): Promise<Rows> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) as row from ${SOURCES[section](residentId)} order by to_jsonb(t) ->> 'id'`.execute(db)
  return rows.map(({ row }) => row)
}

export const SECTIONS_OF_ROWS = Object.keys(SOURCES) as (keyof typeof SOURCES)[]

/** Everybody in the household, with what is kept encrypted. */
export async function peopleOf(
  db: Kysely<DB>,
  residentId: string,
): Promise<{ id: string; row: Record<string, unknown>; ciphertext: Buffer }[]> {
  const { rows } = await sql<{ id: string; row: Record<string, unknown>; ciphertext: Buffer }>`
    select t.id, to_jsonb(t) as row, i.ciphertext from resident t join resident_identity i on i.resident_id = t.id
    where t.household_id = ${household(residentId)} order by t.id`.execute(db)
  return rows
}

/** Every logged change of the rows with these ids, oldest first. */
export async function changesOfRows(
  db: Kysely<DB>,
  keys: readonly (readonly [table: string, id: string])[],
): Promise<Rows> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(c) as row from unnest(${keys.map(([table]) => table)}::text[], ${keys.map(([, id]) => id)}::text[]) as k (t, id)
      join change_log c on c.table_name = k.t and c.row_id = k.id
    order by c.id`.execute(db)
  return rows.map(({ row }) => row)
}
