import { assumedPerDay, type CostAssumptionId } from '../../reference/costAssumptions.ts'
import { monthly } from '../costs.ts'
import type { HousingForm } from '../ladder.ts'
import type { GapSituation, PlacePrice } from './price.ts'

/** What a day in each situation is taken to cost; of a bought place the registered price says it. */
const SITUATION_DAY = {
  temporary: 'temporary_place',
  ready: 'ready_place',
  discharge_ready: 'discharge_ready_payment',
} as const satisfies Record<Exclude<GapSituation, 'bought'>, CostAssumptionId>

/** What a day in an own place of a form is taken to cost; of a form that is not here nobody has said it. */
const PLACE_DAY: Partial<Record<HousingForm, CostAssumptionId>> = {
  temporary: 'temporary_place',
  vel_emergency: 'ready_place',
  vel_assessment: 'ready_place',
  vel_coping: 'ready_place',
  vel_resource: 'ready_place',
  vel_care: 'ready_place',
  vel_reinforced: 'own_place_for_bought',
  colocated_24h: 'own_place_for_waiting',
  colocated_day: 'own_place_for_waiting',
}

/** Whole kroner a month, by assumption; null is not known. */
export interface MonthOfPlace {
  /** What the gap costs less: of those who are given a place, where they are today. */
  released: number | null
  /** What the place itself costs. */
  place: number | null
  /** The first less the second. */
  net: number | null
}

/**
 * What one more place releases and costs in a month.
 * @param boughtPerDay what a bought place costs a day today on average; null when no price is registered
 */
export function monthOfPlace(
  { form, released }: Pick<PlacePrice, 'form' | 'released'>,
  boughtPerDay: number | null,
): MonthOfPlace {
  const bought = released.bought === 0 ? 0 : boughtPerDay === null ? null : released.bought * boughtPerDay
  const others = Object.entries(SITUATION_DAY).reduce(
    (sum, [situation, assumption]) => sum + released[situation as GapSituation] * assumedPerDay(assumption),
    0,
  )
  const assumption = PLACE_DAY[form]
  const freed = bought === null ? null : monthly(bought + others)
  const place = assumption === undefined ? null : monthly(assumedPerDay(assumption))
  return { released: freed, place, net: freed === null || place === null ? null : freed - place }
}
