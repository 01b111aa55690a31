import { sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { judge } from '../domain/eligibility.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { Requirements } from '../domain/need.ts'
import { pairOnDay } from '../domain/placement/vacancy.ts'
import type { Acting } from './actor.ts'
import { placesInCity } from './city.ts'

/**
 * Those of `forms` of which some place fits and can be had on `on`. Only places that nobody lives in then are read, which are few
 * beside all of a form, so that it can be asked in the transaction that gives a place away.
 */
export async function fittingForms(
  acting: Acting,
  requirements: Requirements,
  forms: readonly HousingForm[],
  on: Day,
): Promise<HousingForm[]> {
  if (forms.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select p.id from place p where p.form = any(${forms}::text[]) and p.open_during @> ${on}::date
      and not exists (select from occupancy o where o.place_id = p.id and o.during @> ${on}::date)`.execute(acting.trx)
  const places = await placesInCity(
    acting,
    rows.map(({ id }) => id),
  )
  const asked = { ...requirements, forms: [...forms] }
  const found = new Set<HousingForm>()
  for (const { place, facility } of places) {
    if (found.has(place.form)) continue
    if (judge(pairOnDay(asked, place, facility, on, acting.today)).failed === 0) found.add(place.form)
  }
  return forms.filter((form) => found.has(form))
}
