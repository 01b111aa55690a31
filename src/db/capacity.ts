import { type Kysely, type RawBuilder, sql } from 'kysely'
import { NEVER, type PlaceFacts, type PlaceHistory, type Span } from '../domain/capacity.ts'
import type { Day } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { DB } from './types.generated.ts'
import { admissionsOn, dayIn, HOLD_SPANS, holdsOn } from './vacancy.ts'

/** Which places are asked about; what is left out does not narrow. */
export interface PlaceFilter {
  forms?: readonly HousingForm[] | undefined
  /** Where the facility lies. */
  district?: string | undefined
  /** Whom the facility serves: itself, by its list, or as everybody. */
  serves?: string | undefined
  facilityId?: string | undefined
  /** All of these. */
  features?: readonly string[] | undefined
}

/** A facility as capacity is told of it; `number` is its place in one answer and means nothing elsewhere. */
export interface FacilityFacts {
  number: number
  id: string
  name: string
  district: string
  vacancyConfirmedAt: string | null
  /** The day in Oslo of that, as `dayNumber` counts. */
  vacancyConfirmedDay: number | null
}

const numbered = (day: RawBuilder<unknown>) => sql`(${day} - date '1970-01-01')`

/** Facilities that the filter leaves, numbered; `during` is when a list must name the district. */
function facilities({ district, facilityId, serves }: PlaceFilter, during: RawBuilder<unknown>): RawBuilder<unknown> {
  const conditions = [
    sql`true`,
    ...(district === undefined ? [] : [sql`f.district_code = ${district}`]),
    ...(facilityId === undefined ? [] : [sql`f.id = ${facilityId}`]),
    ...(serves === undefined
      ? []
      : [
          sql`(f.serves = 'city' or (f.serves = 'own_district' and f.district_code = ${serves}) or (f.serves = 'listed_districts'
            and exists (select from facility_district d where d.facility_id = f.id and d.district_code = ${serves}
              and d.during && ${during})))`,
        ]),
  ]
  return sql`select row_number() over () - 1 as n, f.id, f.name, f.district_code, f.vacancy_confirmed_at
    from facility f where ${sql.join(conditions, sql` and `)}`
}

function wanted({ forms, features }: PlaceFilter): RawBuilder<unknown> {
  const conditions = [
    sql`true`,
    ...(forms === undefined ? [] : [sql`p.form = any (${forms}::text[])`]),
    ...(features === undefined || features.length === 0 ? [] : [sql`p.features @> ${features}::text[]`]),
  ]
  return sql.join(conditions, sql` and `)
}

/** Facilities as one JSON value: fifteen hundred rows one by one take the driver longer than PostgreSQL. */
const FACILITIES_OUT = sql`(select json_agg(json_build_array(f.n, f.id, f.name, f.district_code,
    floor(extract(epoch from f.vacancy_confirmed_at) * 1000),
    ${numbered(dayIn(sql`f.vacancy_confirmed_at`))}) order by f.n)
  from f)`

/** The confirmation in milliseconds since 1970: as text it takes PostgreSQL as long as all the rest of the facilities. */
type FacilityRow = [number, string, string, string, number | null, number | null]

function facilityFacts(rows: readonly FacilityRow[] | null): FacilityFacts[] {
  return (rows ?? []).map(([number, id, name, district, confirmed, confirmedDay]) => ({
    number,
    id,
    name,
    district,
    vacancyConfirmedAt: confirmed === null ? null : new Date(confirmed).toISOString(),
    vacancyConfirmedDay: confirmedDay,
  }))
}

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

type AlikeRow = [number, HousingForm, string[] | null, number, number]
type AdmissionRow = [number, boolean, boolean]

const BITS = { open: 1, occupied: 2, closed: 4, held: 8, offered: 16, opensLater: 32, closesLater: 64 } as const

/*
 * Tried on 100 times the demo city's history (9 million stays), the rows of one day out of `occupancy`:
 *   1,115 ms  gist (during) beside the exclusion's gist (place_id, during): the latter holds both columns, so PostgreSQL reads it
 *             alone, and by the second column that is 10,300 pages
 *       4 ms  gist (during) include (place_id): 151 pages, as many as with a hundredth of the history
 * and of the queue of 60 days:
 *     790 ms  a look into the index for each day, as `queue_on` does
 *     640 ms  one look for the whole window and a running sum; on the demo's own history 250 against 330 ms, of a single day three
 *             times as slow: not worth its length
 */

/**
 * The places of one day, counted by what decides their state. Counted in SQL by facts and not by state: which state the facts
 * make is the domain's to say. `byFeatures` keeps feature sets apart.
 */
export async function placesOn(
  db: Kysely<DB>,
  on: Day,
  filter: PlaceFilter,
  byFeatures: boolean,
): Promise<{ facilities: FacilityFacts[]; places: AlikePlaces[] }> {
  const day = sql`${on}::date`
  const { district, facilityId, serves } = filter
  const everywhere = district === undefined && facilityId === undefined && serves === undefined
  const { rows } = await sql<{
    facilities: FacilityRow[] | null
    admissions: AdmissionRow[] | null
    places: AlikeRow[] | null
  }>`
    with f as materialized (${facilities(filter, sql`daterange(${day}, ${day}, '[]')`)}),
    h as materialized (${holdsOn(on)}),
    o as materialized (select place_id from occupancy where during @> ${day}),
    c as materialized (select place_id from closure where during @> ${day} and not admits)
    select ${FACILITIES_OUT} as facilities,
      (select json_agg(json_build_array(f.n, a.admitting, lower(a.during) > ${day}))
        from f join (${admissionsOn(on)}) a on a.facility_id = f.id) as admissions,
      (select json_agg(json_build_array(f.n, form, features, bits, amount)) from (
        select p.facility_id, p.form, ${byFeatures ? sql`p.features` : sql`null::text[]`} as features,
          (case when p.open_during @> ${day} then 1 + case when upper_inf(p.open_during) then 0 else 64 end
            when lower(p.open_during) > ${day} then 32 else 0 end)
          + (case when o.place_id is null then 0 else 2 end) + (case when c.place_id is null then 0 else 4 end)
          + (case when h.firm then 8 when h.place_id is null then 0 else 16 end) as bits,
          count(*) as amount
        from place p
        left join o on o.place_id = p.id left join c on c.place_id = p.id left join h on h.place_id = p.id
        where ${wanted(filter)} and ${everywhere ? sql`true` : sql`p.facility_id in (select id from f)`} and (o.place_id is not null or upper_inf(p.open_during) or upper(p.open_during) > ${day})
        group by ${byFeatures ? sql`1, 2, 3, 4` : sql`1, 2, 4`}) alike join f on f.id = alike.facility_id) as places`.execute(
    db,
  )
  const row = rows[0]
  const found = facilityFacts(row?.facilities ?? null)
  const admission = new Map((row?.admissions ?? []).map(([n, admitting, assumed]) => [n, { admitting, assumed }]))
  const places = (row?.places ?? []).flatMap(([n, form, features, bits, amount]): AlikePlaces[] => {
    const facility = found[n]
    if (facility === undefined) return []
    const has = (bit: number) => (bits & bit) !== 0
    const { admitting, assumed } = admission.get(n) ?? { admitting: true, assumed: true }
    return [
      {
        facility,
        form,
        features: features ?? [],
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
        amount,
      },
    ]
  })
  return { facilities: found, places }
}

/** A place with everything that happens to it in a period. */
export interface DatedPlace {
  facility: FacilityFacts
  form: HousingForm
  features: readonly string[]
  history: PlaceHistory
}

/** Columns of whole numbers travel as text: as rows, or as arrays that the driver reads, they take ten times as long. */
const column = (value: RawBuilder<unknown>) => sql`array_agg(${value})::text`
const numbers = (text: string | null) => (text === null ? [] : (JSON.parse(`[${text.slice(1, -1)}]`) as number[]))

/** Every place that is open, or lived in, on some day of `[from, to)`, with what happens to it then. */
export async function placesDuring(
  db: Kysely<DB>,
  window: { from: Day; to: Day },
  filter: PlaceFilter,
  byFeatures: boolean,
): Promise<DatedPlace[]> {
  const during = sql`daterange(${window.from}::date, ${window.to}::date)`
  // a stay that ended on the first day is a departure of the period
  const moves = sql`daterange(${window.from}::date - 1, ${window.to}::date)`
  const first = numbered(sql`lower(x.during)`)
  const end = sql`coalesce(${numbered(sql`upper(x.during)`)}, ${NEVER})`
  const spans = (table: string, condition: RawBuilder<unknown>) =>
    sql`(select array[${column(sql`p.n`)}, ${column(first)}, ${column(end)}] from ${sql.table(table)} x join p on p.id = x.place_id
      where ${condition})`
  const { rows } = await sql<{
    facilities: FacilityRow[] | null
    places: (string | null)[]
    forms: HousingForm[]
    features: string[][] | null
    occupied: (string | null)[]
    closed: (string | null)[]
    holds: (string | null)[]
    admissions: [number, boolean, number, number][] | null
  }>`
    with f as materialized (${facilities(filter, during)}),
    form as materialized (select row_number() over () - 1 as n, id from housing_form),
    p as materialized (select row_number() over () - 1 as n, p.id, f.n as facility, form.n as form, p.features,
        ${numbered(sql`lower(p.open_during)`)} as opens, coalesce(${numbered(sql`upper(p.open_during)`)}, ${NEVER}) as closes
      from place p join f on f.id = p.facility_id join form on form.id = p.form
      where ${wanted(filter)} and (p.open_during && ${during}
        or p.id in (select place_id from occupancy where during && ${during})))
    select ${FACILITIES_OUT} as facilities, array(select id from form order by n) as forms,
      (select array[${column(sql`p.facility`)}, ${column(sql`p.form`)}, ${column(sql`p.opens`)}, ${column(sql`p.closes`)}]
        from p) as places,
      ${byFeatures ? sql`(select json_agg(p.features) from p)` : sql`null::json`} as features,
      ${spans('occupancy', sql`x.during && ${moves}`)} as occupied,
      ${spans('closure', sql`x.during && ${during} and not x.admits`)} as closed,
      (select array[${column(sql`p.n`)}, ${column(numbered(sql`h.begins`))},
          ${column(sql`coalesce(${numbered(sql`h.firm`)}, ${NEVER})`)},
          ${column(sql`case when h.ends = 'infinity' then ${NEVER} else ${numbered(sql`h.ends`)} end`)}]
        from (${HOLD_SPANS} where oslo_days(h.created_at, h.ended_at) && ${during}) h join p on p.id = h.place_id) as holds,
      (select json_agg(json_build_array(f.n, x.admitting, ${first}, ${end}) order by lower(x.during))
        from f join facility_admission x on x.facility_id = f.id) as admissions`.execute(db)
  const row = rows[0]
  if (row === undefined) return []
  const found = facilityFacts(row.facilities)
  const stopped = notAdmittingSpans(row.admissions ?? [], found.length)
  const [facility = [], form = [], opens = [], closes = []] = row.places.map(numbers)
  const places = facility.map(
    (at, n): DatedPlace & { occupied: Span[]; closed: Span[]; held: Span[]; offered: Span[] } => {
      const lists = { occupied: [] as Span[], closed: [] as Span[], held: [] as Span[], offered: [] as Span[] }
      return {
        ...lists,
        facility: found[at] ?? {
          number: at,
          id: '',
          name: '',
          district: '',
          vacancyConfirmedAt: null,
          vacancyConfirmedDay: null,
        },
        form: row.forms[form[n] ?? 0] ?? 'municipal',
        features: row.features?.[n] ?? [],
        history: { open: { from: opens[n] ?? 0, to: closes[n] ?? NEVER }, notAdmitting: stopped[at] ?? [], ...lists },
      }
    },
  )
  for (const list of ['occupied', 'closed'] as const) {
    const [place = [], from = [], to = []] = row[list].map(numbers)
    for (const [at, n] of place.entries()) places[n]?.[list].push({ from: from[at] ?? 0, to: to[at] ?? NEVER })
  }
  const [place = [], begins = [], firm = [], ends = []] = row.holds.map(numbers)
  for (const [at, n] of place.entries()) {
    const [from, firmFrom, to] = [begins[at] ?? 0, firm[at] ?? NEVER, ends[at] ?? NEVER]
    if (from < Math.min(firmFrom, to)) places[n]?.offered.push({ from, to: Math.min(firmFrom, to) })
    if (firmFrom < to) places[n]?.held.push({ from: firmFrom, to })
  }
  return places
}

/** When each facility did not admit; before anything was registered it is as it was registered first. */
function notAdmittingSpans(rows: readonly [number, boolean, number, number][], facilities: number): Span[][] {
  const spans = Array.from({ length: facilities }, (): Span[] => [])
  const seen = new Set<number>()
  for (const [n, admitting, from, to] of rows) {
    if (!admitting) spans[n]?.push({ from: seen.has(n) ? from : -NEVER, to })
    seen.add(n)
  }
  return spans
}
