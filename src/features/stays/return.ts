import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { needById, requirementsOf } from '../../db/needs.ts'
import { rightsOfReturn } from '../../db/rightsOfReturn.ts'
import { notFound } from '../../domain/error.ts'
import { returnPlaces, rightOfReturnSentence } from '../../domain/placement/rightOfReturn.ts'
import type { rightOfReturn } from './schema.ts'

type RightOfReturnBody = z.infer<typeof rightOfReturn>

/**
 * Where the household of a need may come back to, with the places there that are free on the first day the need can use.
 * @throws {DomainError} `not_found`
 */
export async function returnsOfNeed(acting: Acting, readCity: ReadCity, needId: string): Promise<RightOfReturnBody[]> {
  const need = await needById(acting.trx, needId)
  if (need === undefined) throw notFound()
  const rights = await rightsOfReturn(acting.trx, need.householdId)
  if (rights.length === 0) return []
  const [requirements] = await requirementsOf(acting, [need])
  if (requirements === undefined) throw new Error('one need has one set of requirements')
  const city = await readCity(acting)
  const { from } = requirements.window
  const on = from > acting.today ? from : acting.today
  return rights.map((right) => ({
    ...right,
    form: right.form as RightOfReturnBody['form'],
    vacancyConfirmedAt: city.facilities.get(right.facilityId)?.vacancyConfirmedAt ?? null,
    sentence: rightOfReturnSentence(right),
    places: returnPlaces(city, requirements, right, on).map(({ id, label }) => ({ id, label, availableFrom: on })),
  }))
}
