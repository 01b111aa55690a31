import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import { type Check, wrongGroups, wrongRows } from './checks.ts'
import { planAnew } from './queries.ts'
import {
  columnNames,
  compared,
  known,
  linkRows,
  newRecords,
  recordColumns,
  saveKeys,
  updateRecords,
} from './staging.ts'

const FIELDS = ['label', 'form', 'open_during', 'max_household', 'features', 'self_referral']
const DEFAULTS = { max_household: 1, features: [], self_referral: false }

const FACILITY = [
  'name',
  'operator',
  'operator_kind',
  'district_code',
  'address',
  'serves',
  'open_during',
  'min_age',
  'max_age',
  'genders',
  'substance_stance',
  'max_behaviour',
  'max_security',
  'children_allowed',
  'pets_allowed',
]
const FACILITY_DEFAULTS = {
  genders: [],
  substance_stance: 'tolerant',
  max_behaviour: 3,
  max_security: 2,
  children_allowed: false,
  pets_allowed: false,
}

/** A row that says enough of a facility to make one. */
const COMPLETE = sql`s.facility ?& array['operator_kind', 'serves', 'open_during']`

/**
 * Finds the facilities that the rows name, and the places that they stood for last time. A place that somebody has registered by
 * hand and that no file knows yet becomes the row's.
 */
export async function findPlaces(db: Kysely<DB>): Promise<void> {
  const found = {
    during: sql`s.during`,
    complete: COMPLETE,
    facility_during: sql`case when ${COMPLETE} then (s.facility ->> 'open_during')::daterange end`,
    id: sql`coalesce(k.target_id, p.id)`,
    known_hash: sql`k.content_hash`,
    facility_id: sql`f.facility_id`,
    facilities_found: sql`f.found`,
  }
  await linkRows(
    db,
    Object.keys(found),
    sql`select ${compared(found)} from import_said s ${known('place')}
      left join (select w.facility_key, count(*) as found, min(f.id::text)::uuid as facility_id
        from (select distinct on (facility_key) facility_key, facility from import_said order by facility_key, row) w
        join facility f on lower(f.name) = lower(w.facility ->> 'name') and lower(f.operator) = lower(w.facility ->> 'operator')
          and f.district_code = w.facility ->> 'district_code'
        group by w.facility_key) f on f.facility_key = s.facility_key
      left join place p on k.target_id is null and p.facility_id = f.facility_id and p.label = s.label
        and not exists (select from import_key o where o.kind = 'place' and o.target_id = p.id)`,
  )
}

/** What rows may say of places. */
export const PLACE_CHECKS: readonly Check[] = [
  {
    column: 'facility',
    code: 'ambiguous_facility',
    detail: () => 'Flere botilbud i bydelen heter dette hos samme driver. Endre navnet på det ene først.',
    find: wrongRows(sql`i.facilities_found > 1`),
  },
  {
    column: 'facility',
    code: 'unknown_facility',
    detail: () =>
      'Botilbudet finnes ikke. Se etter skrivefeil, eller fyll ut «Type driver», «For hvem» og «Botilbudet åpner» for å opprette det.',
    find: wrongRows(sql`i.facility_id is null and not exists (select from import_row j
      where j.facility_key = i.facility_key and j.complete)`),
  },
  {
    column: 'facility',
    code: 'contradiction',
    detail: (other) => `Raden og ${other} sier ulike ting om samme nye botilbud. Skriv det samme i begge.`,
    find: wrongGroups(
      sql`i.facility_key`,
      sql`min(i.facility_hash) over w <> max(i.facility_hash) over w`,
      sql`i.facility_id is null`,
    ),
  },
  {
    column: 'facility',
    code: 'other_facility',
    detail: () => 'Plassen hører til et annet botilbud. En plass flytter ikke: gi den nye en ny ekstern id.',
    find: wrongRows(sql`p.facility_id is distinct from i.facility_id`, sql`import_row i join place p on p.id = i.id`),
  },
  {
    column: 'opensOn',
    code: 'outside_facility',
    detail: () => 'Plassen kan ikke være åpen før botilbudet åpner eller etter at det stenger.',
    find: wrongRows(
      sql`not coalesce(f.open_during, n.open_during) @> i.during`,
      sql`import_row i left join facility f on f.id = i.facility_id
        left join (select distinct on (facility_key) facility_key, facility_during as open_during
          from import_row where complete order by facility_key, row) n on n.facility_key = i.facility_key`,
    ),
  },
  {
    column: 'label',
    code: 'duplicate_label',
    detail: (other) => `Raden og ${other} er samme plass i samme botilbud.`,
    find: wrongGroups(sql`i.facility_key || chr(10) || i.label`, sql`count(*) over w > 1`),
  },
  {
    column: 'label',
    code: 'duplicate_label',
    detail: () => 'Botilbudet har allerede en plass med dette navnet, og den har en annen ekstern id.',
    find: wrongRows(sql`exists (select from place p where p.facility_id = i.facility_id and p.label = i.label
      and p.id is distinct from i.id)`),
  },
]

/** Writes new facilities, then the places. What is registered of a facility is not changed by a file of places. */
export async function savePlaces(db: Kysely<DB>): Promise<void> {
  // of a new facility's rows the first one that says something of it speaks for all, as they agree
  await sql`update import_row i set facility_id = s.facility_id, speaks = s.speaks, id = coalesce(i.id, i.fresh_id), is_new = i.id is null
    from (select row, coalesce(facility_id, first_value(fresh_household) over w) as facility_id,
        facility_id is null and row_number() over w = 1 as speaks
      from import_row window w as (partition by facility_key order by (facility_hash is null), row)) s
    where s.row = i.row and (i.id is null or i.facility_id is null)`.execute(db)
  const facility = sql`${JSON.stringify(FACILITY_DEFAULTS)}::jsonb || s.facility`
  await sql`insert into facility (id, ${columnNames(FACILITY)})
    select x.facility_id, ${recordColumns(FACILITY)} from ${newRecords('facility', facility, sql`i.speaks`)}`.execute(
    db,
  )
  await sql`insert into facility_district (facility_id, district_code, during)
    select i.facility_id, code, (s.facility ->> 'open_during')::daterange
    from import_row i join import_said s on s.row = i.row, unnest(s.served) as code
    where i.speaks`.execute(db)
  await planAnew(db)
  await updateRecords(db, 'place', FIELDS, 'id', sql`s.record`)
  await sql`insert into place (id, facility_id, ${columnNames(FIELDS)})
    select x.id, x.facility_id, ${recordColumns(FIELDS)}
    from ${newRecords('place', sql`${JSON.stringify(DEFAULTS)}::jsonb || s.record`, sql`i.is_new`)}`.execute(db)
  await saveKeys(db, 'place')
}
