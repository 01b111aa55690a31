import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import { type Check, says, wrongGroups, wrongRows } from './checks.ts'
import { findRows } from './personRows.ts'
import { columnNames, newRecords, recordColumns, saveKeys, updateRecords } from './staging.ts'

const FIELDS = [
  'responsible_district',
  'stay_district',
  'status',
  'registered_at',
  'ended_at',
  'ended_reason',
  'origin',
  'situation_since',
  'urgency_grounds',
  'must_leave_by',
  'forms',
  'required_features',
  'wanted_features',
  'excluded_districts',
  'wanted_districts',
  'substance_stance',
  'behaviour',
  'security',
  'needed_during',
  'private_rental',
  'private_rental_reason',
  'private_rental_considered_on',
  'service_decision_on',
  'what_matters',
  'ready_to_move_on_since',
]

/** What a need says before anybody has said anything. */
const DEFAULTS = {
  status: 'draft',
  urgency_grounds: [],
  forms: [],
  required_features: [],
  wanted_features: [],
  excluded_districts: [],
  wanted_districts: [],
  substance_stance: 'unknown',
  private_rental: 'not_considered',
}

/** Finds the needs that the rows stood for last time, and who they are about. */
export async function findNeeds(db: Kysely<DB>): Promise<void> {
  await findRows(db, 'need', {
    open: sql`coalesce(s.record ->> 'status', 'draft') in ('draft', 'registered')`,
    target_status: sql`t.status`,
  })
}

/** What rows may say of needs. */
export const NEED_CHECKS: readonly Check[] = [
  {
    column: null,
    code: 'need_not_open',
    detail: () => 'Behovet er avsluttet hos oss og kan ikke åpnes igjen. Gi et nytt behov en ny ekstern id.',
    find: wrongRows(sql`i.target_status in ('withdrawn', 'closed') and i.open`),
  },
  {
    column: null,
    code: 'open_need_exists',
    detail: () => 'Husstanden har et åpent behov fra før. Avslutt det, eller endre det på skjermen.',
    find: wrongRows(sql`i.open and exists (select from need n where n.household_id = i.household_id
      and n.status in ('draft', 'registered') and n.id is distinct from i.id
      and not exists (select from import_row j where j.id = n.id and j.known_hash is distinct from j.hash))`),
  },
  {
    column: null,
    code: 'open_need_exists',
    detail: (other) => `Raden og ${other} gjelder samme husstand, og begge er åpne behov. En husstand har ett.`,
    find: wrongGroups(
      sql`coalesce(i.household_id::text, i.person_key)`,
      sql`count(*) over w > 1`,
      sql`${says} and i.open`,
    ),
  },
]

/** Writes the needs: the changed ones first, as one that ends makes room for the household's next. */
export async function saveNeeds(db: Kysely<DB>): Promise<void> {
  // a draft that the file says enough of is registered now, unless the file says when
  const changed = sql`case when i.target_status = 'draft' and s.record ? 'status'
    then jsonb_build_object('registered_at', coalesce(s.record ->> 'ended_at', app_now()::text)) || s.record else s.record end`
  await updateRecords(db, 'need', FIELDS, 'id', changed)
  const said = sql`${JSON.stringify(DEFAULTS)}::jsonb || jsonb_build_object('responsible_district', i.district,
    'registered_at', case when s.record ? 'status' then coalesce((s.record ->> 'ended_at')::timestamptz, app_now()) end) || s.record`
  await sql`insert into need (id, household_id, holding_district, started_at, ${columnNames(FIELDS)})
    select x.id, x.household_id, x.district, coalesce((x.m).registered_at, app_now()), ${recordColumns(FIELDS)}
    from ${newRecords('need', said, sql`i.is_new`)}`.execute(db)
  await saveKeys(db, 'need')
}
