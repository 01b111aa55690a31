import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { unconfirmed } from '../../db/freshness.ts'
import { freePlaces } from '../../db/vacancy.ts'
import { staleBefore } from '../../domain/freshness.ts'
import { ruleById } from '../../reference/rules.ts'
import { type Asked, formsOf } from './queries.ts'

const { parameters } = ruleById('flags')

/** A place or a house behind a flag, which everybody who reads flags may see. */
export interface OpenRecord {
  id: string
  facilityId: string
  title: string
  note: string
  /** Nobody lives there, so that it counts how old the house's word on it is. */
  vacant: boolean
  vacancyConfirmedAt: string | null
}

/** Free places of a district that have been so for longer than the rule says: those that somebody waits for, or the others. */
export async function vacantPlaces(
  { trx, today }: Acting,
  { district, limit, after }: Asked,
  which: 'long' | 'beside',
): Promise<OpenRecord[]> {
  const days = which === 'long' ? parameters.longVacancyDays : parameters.vacancyBesideQueueDays
  const wanted = sql`free.form = any (wanted_forms(${district}))`
  const { rows } = await sql<OpenRecord>`
    with free as (${freePlaces(today)})
    select free.id, f.id as facility_id, f.name || ', ' || p.label as title, free.free_since::text as note, true as vacant,
      f.vacancy_confirmed_at
    from free join place p on p.id = free.id join facility f on f.id = p.facility_id
    where free.district = ${district} and free.free_since < ${today}::date - ${days}::integer
      and ${which === 'long' ? sql`not ${wanted}` : wanted}
      and (${after ?? null}::uuid is null or free.id > ${after ?? null}::uuid)
    order by free.id limit ${limit + 1}`.execute(trx)
  return rows
}

/** Every open place of the step that a flag is about, with since when it is lived in. */
export async function placesOfStep(
  { trx, today }: Acting,
  { district, subject, limit, after }: Asked,
): Promise<OpenRecord[]> {
  const { rows } = await sql<OpenRecord>`
    select p.id, f.id as facility_id, f.name || ', ' || p.label as title, coalesce(lower(o.during)::text, '') as note,
      o.id is null as vacant, f.vacancy_confirmed_at
    from place p join facility f on f.id = p.facility_id
    left join occupancy o on o.place_id = p.id and o.during @> ${today}::date
    where f.district_code = ${district} and p.form = any (${formsOf(subject)}::text[]) and p.open_during @> ${today}::date
      and (${after ?? null}::uuid is null or p.id > ${after ?? null}::uuid)
    order by p.id limit ${limit + 1}`.execute(trx)
  return rows
}

/** Houses of a district that have not said lately which of their places are free. */
export async function staleFacilities(
  { trx, today }: Acting,
  { district, limit, after }: Asked,
): Promise<OpenRecord[]> {
  const { rows } = await sql<OpenRecord>`
    select f.id, f.id as facility_id, f.name as title, false as vacant, f.vacancy_confirmed_at,
      coalesce(to_char(f.vacancy_confirmed_at at time zone 'Europe/Oslo', 'YYYY-MM-DD'), '') as note
    from facility f
    where f.district_code = ${district} and ${unconfirmed('f', staleBefore(today), today)}
      and (${after ?? null}::uuid is null or f.id > ${after ?? null}::uuid)
    order by f.id limit ${limit + 1}`.execute(trx)
  return rows
}
