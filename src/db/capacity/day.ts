import { type Kysely, sql } from 'kysely'
import type { PlaceFacts } from '../../domain/capacity.ts'
import type { Day } from '../../domain/day.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import type { DB } from '../types.generated.ts'
import { admissionsOn, holdsOn } from '../vacancy.ts'
import {
  column,
  type FacilityColumns,
  type FacilityFacts,
  FORM_NUMBERS,
  FORMS_OUT,
  facilities,
  facilityColumns,
  facilityFacts,
  numbers,
  type PlaceFilter,
  type ToldApart,
  wanted,
} from './asked.ts'

/** So many places of one facility, form and feature set that are alike on the day. */
export interface AlikePlaces {
  facility: FacilityFacts
  form: HousingForm
  features: readonly string[]
  facts: PlaceFacts
  opensLater: boolean
  closesLater: boolean
  /** Nobody registered whether the house admitted that day: what was registered first is taken for it. */
  admissionAssumed: boolean
  amount: number
}

/** Of a house that does not admit, or of which it is not registered whether it did that day. */
type AdmissionRow = [number, boolean, boolean]
const USUAL = { admitting: true, assumed: false }

const BITS = { open: 1, occupied: 2, closed: 4, held: 8, offered: 16, opensLater: 32, closesLater: 64 } as const

/*
 * Tried on 100 times the demo city's history (9 million stays), the rows of one day out of `occupancy`:
 *   1,115 ms  gist (during) beside the exclusion's gist (place_id, during): the latter holds both columns, so PostgreSQL reads it
 *             alone, and by the second column that is 10,300 pages
 *       4 ms  gist (during) include (place_id): 151 pages, as many as with a hundredth of the history
 * the state of 16,907 places:
 *    25 ms  joined with who lives there and what is closed, and grouped by what that makes of each
 *    18 ms  looked up (`in`) in the same, which PostgreSQL hashes, and told from the groups
 * and of the queue of 60 days:
 *     790 ms  a look into the index for each day, as `queue_on` does
 *     640 ms  one look for the whole window and a running sum; on the demo's own history 250 against 330 ms, of a single day three
 *             times as slow: not worth its length
 */

/**
 * The places of one day, counted by what decides their state. Counted in SQL by facts and not by state: which state the facts
 * make is the domain's to say.
 */
export async function placesOn(
  db: Kysely<DB>,
  on: Day,
  filter: PlaceFilter,
  { facilities: named = false, features: byFeatures = false }: ToldApart = {},
): Promise<AlikePlaces[]> {
  const day = sql`${on}::date`
  const { district, facilityId, serves } = filter
  const everywhere = district === undefined && facilityId === undefined && serves === undefined
  const { rows } = await sql<{
    facilities: FacilityColumns
    admissions: AdmissionRow[] | null
    forms: HousingForm[]
    places: (string | null)[]
    features: string[][] | null
  }>`
    with f as materialized (${facilities(filter, sql`daterange(${day}, ${day}, '[]')`)}),
    form as materialized (${FORM_NUMBERS}),
    h as materialized (${holdsOn(on)}),
    alike as (
      select p.facility_id, p.form, ${byFeatures ? sql`p.features` : sql`null::text[]`} as features, p.open_during as open,
        p.id in (select place_id from occupancy where during @> ${day}) as occupied,
        p.id in (select place_id from closure where during @> ${day} and not admits) as closed,
        p.id in (select place_id from h where firm) as held, p.id in (select place_id from h where firm is not true) as offered,
        count(*) as amount
      from place p
      where ${wanted(filter)} and ${everywhere ? sql`true` : sql`p.facility_id in (select id from f)`}
      group by ${byFeatures ? sql`1, 2, 3, 4, 5, 6, 7, 8` : sql`1, 2, 4, 5, 6, 7, 8`}),
    told as materialized (select f.n as facility, form.n as form, alike.features, amount,
        case when open @> ${day} then 1 + case when upper_inf(open) then 0 else 64 end when lower(open) > ${day} then 32 else 0 end
        + case when occupied then 2 else 0 end + case when closed then 4 else 0 end
        + case when held then 8 when offered then 16 else 0 end as bits
      from alike join f on f.id = alike.facility_id join form on form.id = alike.form
      where occupied or upper_inf(open) or upper(open) > ${day})
    select ${facilityColumns(named)} as facilities, ${FORMS_OUT} as forms,
      (select json_agg(json_build_array(f.n, coalesce(a.admitting, true), a.facility_id is null or lower(a.during) > ${day}))
        from f left join (${admissionsOn(on)}) a on a.facility_id = f.id
        where a.facility_id is null or not a.admitting or lower(a.during) > ${day}) as admissions,
      (select array[${column(sql`facility`)}, ${column(sql`form`)}, ${column(sql`bits`)}, ${column(sql`amount`)}]
        from told) as places,
      ${byFeatures ? sql`(select json_agg(features) from told)` : sql`null::json`} as features`.execute(db)
  const row = rows[0]
  if (row === undefined) return []
  const found = facilityFacts(row.facilities)
  const unusual = new Map((row.admissions ?? []).map(([n, admitting, assumed]) => [n, { admitting, assumed }]))
  const [facilityAt = [], formAt = [], bitsOf = [], amounts = []] = row.places.map(numbers)
  return facilityAt.flatMap((at, n): AlikePlaces[] => {
    const facility = found[at]
    const form = row.forms[formAt[n] ?? -1]
    if (facility === undefined || form === undefined) return []
    const has = (bit: number) => ((bitsOf[n] ?? 0) & bit) !== 0
    const { admitting, assumed } = unusual.get(at) ?? USUAL
    return [
      {
        facility,
        form,
        features: row.features?.[n] ?? [],
        facts: {
          open: has(BITS.open),
          occupied: has(BITS.occupied),
          closed: has(BITS.closed),
          notAdmitting: !admitting,
          held: has(BITS.held),
          offered: has(BITS.offered),
        },
        opensLater: has(BITS.opensLater),
        closesLater: has(BITS.closesLater),
        admissionAssumed: has(BITS.open) && assumed,
        amount: amounts[n] ?? 0,
      },
    ]
  })
}
