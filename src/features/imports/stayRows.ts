import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import { type Check, says, wrongRows } from './checks.ts'
import { findRows } from './personRows.ts'
import { planAnew } from './queries.ts'
import { columnNames, newRecords, recordColumns, saveKeys, updateRecords } from './staging.ts'

const FIELDS = ['form', 'during', 'expected_until', 'ready_to_move_on_since']

const NAMED = sql`(i.place_external_id is not null or i.label is not null)`

/** Places by the names that rows call them by, and how many have each. */
const BY_NAME = sql`(select lower(f.name) as facility, lower(p.label) as label, count(*) as found, min(p.id::text)::uuid as place_id
  from facility f join place p on p.facility_id = f.id
  where lower(f.name) in (select lower(facility_name) from import_said where place_external_id is null)
  group by 1, 2)`

/**
 * Finds the stays that the rows stood for last time, the places they are in, and who they are about. What was said last time may
 * have been put right since: then the record is what counts.
 */
export async function findStays(db: Kysely<DB>): Promise<void> {
  const same = sql`k.content_hash = s.hash and t.id is not null`
  const placeId = sql`case when ${same} then o.place_id else coalesce(pk.target_id, named.place_id) end`
  await findRows(
    db,
    'stay',
    {
      adults: sql`(s.household ->> 'adults')::integer`,
      living: sql`cardinality(s.living)`,
      during: sql`case when ${same} then t.during else s.during end`,
      form: sql`coalesce(s.record ->> 'form', p.form)`,
      occupancy_id: sql`t.occupancy_id`,
      place_id: placeId,
      places_found: sql`case when pk.target_id is not null then 1 else named.found end`,
    },
    sql`left join occupancy o on o.id = t.occupancy_id
      left join import_key pk on pk.kind = 'place' and pk.holding_district is null
        and pk.source = coalesce(s.place_source, s.source) and pk.external_id = s.place_external_id
      left join ${BY_NAME} named on s.place_external_id is null and named.facility = lower(s.facility_name)
        and named.label = lower(s.label)
      left join place p on p.id = ${placeId}`,
  )
}

/**
 * Rows of one place that share days, each with another one: beside the next one in time, else the one before it that lasts
 * longest. One sort, however many there are in a place.
 */
const OVERLAPS = sql<{ row: number; other: number }>`
  select g.row, case when g.next_begins < g.ends then g.next_row else g.before[2] end as other
  from (select d.*, lead(d.row) over w as next_row, lead(d.begins) over w as next_begins,
      max(array[d.ends, d.row]) over (w rows between unbounded preceding and 1 preceding) as before
    from (select i.row, i.place_id, ${says} as says, lower(i.during) - date '2000-01-01' as begins,
        coalesce(upper(i.during) - date '2000-01-01', 2147483647) as ends
      from import_row i where i.place_id is not null) d
    window w as (partition by d.place_id order by d.begins, d.row)) g
  where g.says and (g.next_begins < g.ends or g.before[1] > g.begins)`

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
    find: wrongRows(sql`i.form <> p.form`, place),
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
      sql`p.max_household < coalesce(i.adults, (select h.adults from household h where h.id = i.household_id), 1)
        + coalesce(i.living, (select count(*) from household_child c
          where c.household_id = i.household_id and c.arrangement = 'living'), 0)`,
      place,
    ),
  },
  {
    column: 'from',
    code: 'overlap_in_file',
    detail: (other) => `Oppholdet overlapper med ${other}: de er i samme plass på samme tid.`,
    find: OVERLAPS,
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
  await planAnew(db)
  const said = sql`jsonb_strip_nulls(jsonb_build_object('form', i.form)) || s.record`
  await updateRecords(db, 'stay', FIELDS, 'id', said)
  await sql`update stay s set occupancy_id = i.fresh_occupancy from import_row i
    where s.id = i.id and not i.is_new and ${taking}`.execute(db)
  await sql`insert into stay (id, household_id, holding_district, occupancy_id, ${columnNames(FIELDS)})
    select x.id, x.household_id, x.district, case when x.place_id is not null then x.fresh_occupancy end,
      ${recordColumns(FIELDS)}
    from ${newRecords('stay', said, sql`i.is_new`)}`.execute(db)
  await saveKeys(db, 'stay')
}
