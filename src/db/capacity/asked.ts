import { type RawBuilder, sql } from 'kysely'
import type { HousingForm } from '../../domain/ladder.ts'
import { dayIn } from '../vacancy.ts'

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

/** A day as `dayNumber` counts. */
export const numbered = (day: RawBuilder<unknown>) => sql`(${day} - date '1970-01-01')`

/** Facilities that the filter leaves, numbered; `during` is when a list must name the district. */
export function facilities(
  { district, facilityId, serves }: PlaceFilter,
  during: RawBuilder<unknown>,
): RawBuilder<unknown> {
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

/** What the filter asks of a place `p`. */
export function wanted({ forms, features }: PlaceFilter): RawBuilder<unknown> {
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
export const column = (value: RawBuilder<unknown>, order = sql``) => sql`array_agg(${value}${order})::text`
/** Such a column again. */
export const numbers = (text: string | null | undefined) =>
  text == null ? [] : (JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`) as number[])

/** Facilities as columns; the confirmation in milliseconds since 1970: as text it takes PostgreSQL as long as all the rest. */
export const facilityColumns = (named: boolean) => {
  const inOrder = sql` order by f.n`
  return sql`(select json_build_array(string_agg(f.district_code, ','${inOrder}),
    ${column(sql`floor(extract(epoch from f.vacancy_confirmed_at) * 1000)::bigint`, inOrder)},
    ${column(numbered(dayIn(sql`f.vacancy_confirmed_at`)), inOrder)},
    ${named ? sql`json_agg(json_build_array(f.id, f.name)${inOrder})` : sql`null`}) from f)`
}
/** The same as they come. */
export type FacilityColumns = [
  districts: string | null,
  confirmed: string | null,
  confirmedDays: string | null,
  called: [id: string, name: string][] | null,
]

/** Facilities, in the order of their numbers. */
export function facilityFacts([districts, confirmed, confirmedDays, called]: FacilityColumns): FacilityFacts[] {
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
export const FORM_NUMBERS = sql`select row_number() over () - 1 as n, id from housing_form`
/** The forms by these numbers. */
export const FORMS_OUT = sql`array(select id from form order by n)`
