import { type Kysely, type RawBuilder, sql } from 'kysely'
import { NEVER, type PlaceHistory, type Span } from '../../domain/capacity.ts'
import type { Day } from '../../domain/day.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import type { DB } from '../types.generated.ts'
import { HOLD_SPANS } from '../vacancy.ts'
import {
  column,
  type FacilityColumns,
  type FacilityFacts,
  FORM_NUMBERS,
  FORMS_OUT,
  facilities,
  facilityColumns,
  facilityFacts,
  numbered,
  numbers,
  type PlaceFilter,
  type ToldApart,
  wanted,
} from './asked.ts'

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
