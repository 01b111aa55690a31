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
  district: string
  vacancyConfirmedAt: string | null
  /** The day in Oslo of that, as `dayNumber` counts. */
  vacancyConfirmedDay: number | null
  /** Only where it is asked for: most answers tell of no house by name. */
  called: { id: string; name: string } | undefined
}

/** What must not be added together; each costs time, so only what is asked for. */
export interface ToldApart {
  /** Facilities get their ids and names. */
  facilities?: boolean
  /** Places with other features are other places. */
  features?: boolean
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

/**
 * Columns of whole numbers travel as text: as rows, or as arrays that the driver reads, they take ten times as long, and as JSON
 * twice as long.
 */
const column = (value: RawBuilder<unknown>, order = sql``) => sql`array_agg(${value}${order})::text`
const numbers = (text: string | null | undefined) =>
  text == null ? [] : (JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`) as number[])

/** Facilities as columns; the confirmation in milliseconds since 1970: as text it takes PostgreSQL as long as all the rest. */
const facilityColumns = (named: boolean) => {
  const inOrder = sql` order by f.n`
  return sql`(select json_build_array(string_agg(f.district_code, ','${inOrder}),
    ${column(sql`floor(extract(epoch from f.vacancy_confirmed_at) * 1000)::bigint`, inOrder)},
    ${column(numbered(dayIn(sql`f.vacancy_confirmed_at`)), inOrder)},
    ${named ? sql`json_agg(json_build_array(f.id, f.name)${inOrder})` : sql`null`}) from f)`
}
type FacilityColumns = [
  districts: string | null,
  confirmed: string | null,
  confirmedDays: string | null,
  called: [id: string, name: string][] | null,
]

function facilityFacts([districts, confirmed, confirmedDays, called]: FacilityColumns): FacilityFacts[] {
  const instants: (number | null)[] = numbers(confirmed)
  const days: (number | null)[] = numbers(confirmedDays)
  return (districts?.split(',') ?? []).map((district, number) => {
    const [instant = null, day = null] = [instants[number], days[number]]
    const [id, name] = called?.[number] ?? []
    return {
      number,
      district,
      vacancyConfirmedAt: instant === null ? null : new Date(instant).toISOString(),
      vacancyConfirmedDay: day,
      called: id === undefined || name === undefined ? undefined : { id, name },
    }
  })
}

/** Forms as numbers, in no order that means anything. */
const FORM_NUMBERS = sql`select row_number() over () - 1 as n, id from housing_form`
const FORMS_OUT = sql`array(select id from form order by n)`

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

/** A place with everything that happens to it in a period. */
export interface DatedPlace {
  facility: FacilityFacts
  form: HousingForm
  features: readonly string[]
  history: PlaceHistory
}

/** Every place that is open, or lived in, on some day of `[from, to)`, with what happens to it then. */
export async function placesDuring(
  db: Kysely<DB>,
  window: { from: Day; to: Day },
  filter: PlaceFilter,
  { facilities: named = false, features: byFeatures = false }: ToldApart = {},
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
    facilities: FacilityColumns
    places: (string | null)[]
    forms: HousingForm[]
    features: string[][] | null
    occupied: (string | null)[]
    closed: (string | null)[]
    holds: (string | null)[]
    admissions: [number, boolean, number, number][] | null
  }>`
    with f as materialized (${facilities(filter, during)}),
    form as materialized (${FORM_NUMBERS}),
    p as materialized (select row_number() over () - 1 as n, p.id, f.n as facility, form.n as form, p.features,
        ${numbered(sql`lower(p.open_during)`)} as opens, coalesce(${numbered(sql`upper(p.open_during)`)}, ${NEVER}) as closes
      from place p join f on f.id = p.facility_id join form on form.id = p.form
      where ${wanted(filter)} and (p.open_during && ${during}
        or p.id in (select place_id from occupancy where during && ${during})))
    select ${facilityColumns(named)} as facilities, ${FORMS_OUT} as forms,
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
          district: '',
          vacancyConfirmedAt: null,
          vacancyConfirmedDay: null,
          called: undefined,
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
