import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import { type Check, says, wrongRows } from './checks.ts'
import { columnNames, findKnown, newRecords, recordColumns, saveKeys, updateRecords } from './staging.ts'

const FIELDS = ['form', 'during', 'expected_until', 'ready_to_move_on_since']

const NAMED = sql`(i.place_external_id is not null or i.label is not null)`

/** Finds the stays that the rows stood for last time, and the places they are in. */
export async function findStays(db: Kysely<DB>): Promise<void> {
  await findKnown(db, 'stay')
  await sql`update import_row i set target_household = s.household_id, occupancy_id = s.occupancy_id
    from stay s where s.id = i.id`.execute(db)
  await sql`update import_row i set place_id = k.target_id, places_found = 1 from import_key k
    where k.kind = 'place' and k.holding_district is null and k.source = coalesce(i.place_source, i.source)
      and k.external_id = i.place_external_id`.execute(db)
  await sql`update import_row i set place_id = f.place_id, places_found = f.found
    from (select w.row, count(*) as found, min(p.id::text)::uuid as place_id
      from import_row w join facility f on lower(f.name) = lower(w.facility_name)
        join place p on p.facility_id = f.id and lower(p.label) = lower(w.label)
      where w.place_external_id is null group by w.row) f
    where f.row = i.row`.execute(db)
  // what was said last time may have been put right since: the record is what counts
  await sql`update import_row i set during = s.during, place_id = o.place_id
    from stay s left join occupancy o on o.id = s.occupancy_id
    where s.id = i.id and i.known_hash = i.hash`.execute(db)
  await sql`update import_row i set record = i.record || jsonb_build_object('form', p.form)
    from place p where p.id = i.place_id and not i.record ? 'form'`.execute(db)
  await sql`create index on import_row using gist (place_id, during)`.execute(db)
}

const place = sql`import_row i join place p on p.id = i.place_id`

/** What rows may say of stays. */
export const STAY_CHECKS: readonly Check[] = [
  {
    column: 'placeId',
    code: 'unknown_place',
    detail: () => 'Vi finner ikke denne plassen. Importer plassene først, eller se etter skrivefeil.',
    find: wrongRows(sql`i.place_external_id is not null and i.place_id is null`),
  },
  {
    column: 'label',
    code: 'unknown_place',
    detail: () => 'Vi finner ikke denne plassen. Importer plassene først, eller se etter skrivefeil.',
    find: wrongRows(sql`i.place_external_id is null and i.label is not null and i.place_id is null`),
  },
  {
    column: 'label',
    code: 'ambiguous_place',
    detail: () => 'Flere plasser heter dette. Skriv plassens id i stedet.',
    find: wrongRows(sql`i.places_found > 1`),
  },
  {
    column: 'placeId',
    code: 'missing',
    detail: () => 'Oppholdet har en plass fra før. Skriv hvilken plass det er.',
    find: wrongRows(sql`i.occupancy_id is not null and not ${NAMED}`),
  },
  {
    column: 'form',
    code: 'other_form',
    detail: () => 'Plassen har en annen boligform. La cellen stå tom, eller rett plassen.',
    find: wrongRows(sql`i.record ->> 'form' <> p.form`, place),
  },
  {
    column: 'from',
    code: 'outside_place',
    detail: () => 'Plassen er ikke åpen hele denne perioden.',
    find: wrongRows(
      // who still lives there may stay past the day the place is to close, but not in one that has closed
      sql`case when upper_inf(i.during) then not p.open_during @> lower(i.during) or upper(p.open_during) <= app_today()
        else not p.open_during @> i.during end`,
      place,
    ),
  },
  {
    column: 'label',
    code: 'too_small',
    detail: () => 'Hele husstanden må få plass, og den er større enn plassen tar.',
    find: wrongRows(
      sql`p.max_household < coalesce((i.household ->> 'adults')::integer, (select h.adults from household h where h.id = i.household_id), 1)
        + coalesce(cardinality(i.living), (select count(*) from household_child c
          where c.household_id = i.household_id and c.arrangement = 'living'), 0)`,
      place,
    ),
  },
  {
    column: 'from',
    code: 'overlap_in_file',
    detail: (other) => `Oppholdet overlapper med ${other}: de er i samme plass på samme tid.`,
    // stops at the first one it meets, so that a file in which all overlap is no slower
    find: sql`select i.row, o.row as other from import_row i, lateral (select j.row from import_row j
      where j.place_id = i.place_id and j.during && i.during and j.row <> i.row limit 1) o where ${says}`,
  },
  {
    column: 'from',
    code: 'place_taken',
    detail: () => 'Plassen er opptatt en del av denne perioden.',
    find: wrongRows(sql`exists (select from occupancy o where o.place_id = i.place_id and o.during && i.during
      and not exists (select from import_row j where j.occupancy_id = o.id))`),
  },
]

/** An array for each of the columns of the rows chosen, as the functions that write occupancies take them. */
const occupancies = (id: string) =>
  sql`coalesce(array_agg(${sql.ref(`i.${id}`)} order by i.row), '{}'), coalesce(array_agg(i.place_id order by i.row), '{}')`

/**
 * Writes the stays and what they take. A stay that gives up days does so before another takes them: first every changed
 * occupancy is cut to the days it keeps, then it gets its new ones, then come the new stays.
 */
export async function saveStays(db: Kysely<DB>): Promise<void> {
  await sql`update import_row set id = fresh_id, is_new = true where id is null`.execute(db)
  const changed = sql`import_row i join occupancy o on o.id = i.occupancy_id
    where i.known_hash is distinct from i.hash and not i.is_new and (o.place_id, o.during) is distinct from (i.place_id, i.during)`
  await sql`select change_occupancies(${occupancies('occupancy_id')},
      coalesce(array_agg(o.during * i.during order by i.row), '{}'))
    from ${changed} and o.place_id = i.place_id and o.during && i.during and not o.during <@ i.during`.execute(db)
  await sql`select change_occupancies(${occupancies('occupancy_id')}, coalesce(array_agg(i.during order by i.row), '{}'))
    from ${changed}`.execute(db)
  const taking = sql`i.occupancy_id is null and i.place_id is not null and i.known_hash is distinct from i.hash`
  await sql`select record_occupancies(${occupancies('fresh_occupancy')}, coalesce(array_agg(i.during order by i.row), '{}'))
    from import_row i where ${taking}`.execute(db)
  await updateRecords(db, 'stay', FIELDS, 'id', 'record')
  await sql`update stay s set occupancy_id = i.fresh_occupancy from import_row i
    where s.id = i.id and not i.is_new and ${taking}`.execute(db)
  await sql`insert into stay (id, household_id, holding_district, occupancy_id, ${columnNames(FIELDS)})
    select x.id, x.household_id, x.district, case when x.place_id is not null then x.fresh_occupancy end,
      ${recordColumns(FIELDS)}
    from ${newRecords('stay', sql`i.record`, sql`i.is_new`)}`.execute(db)
  await saveKeys(db, 'stay')
}
