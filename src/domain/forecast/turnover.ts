import type { HousingForm } from '../ladder.ts'
import { HOME_FORMS } from '../returnPlan/plan.ts'
import { type ForecastInput, NEVER } from './input.ts'
import { shrinkage } from './lasting.ts'

/** Turnover is what was seen in the last three years. */
const WATCHED_DAYS = 1096

/** How often homes of one form in one district become vacant. */
export interface Turnover {
  district: string
  form: HousingForm
  places: number
  /** Homes that become vacant a day, all of them together. */
  perDay: number
}

/**
 * How often homes become vacant: departures of the last three years by days that places were open, of each form where they
 * lie; a district that has seen little leans on the form's rate in the city, as much as districts are alike.
 */
export function turnoverOf({ asOf, districts, forms, areas, places, stays }: ForecastInput): Turnover[] {
  const cells = forms.length * districts.length
  const from = asOf - WATCHED_DAYS
  const cellOf = places.form.map((form, place) => form * districts.length + areas[places.area[place]!]!.district)
  const open = new Float64Array(cells)
  const days = new Float64Array(cells)
  const had = new Float64Array(cells)
  for (const [place, cell] of cellOf.entries()) {
    const [opens, closes] = [places.opens[place]!, places.closes[place]!]
    if (opens <= asOf && closes > asOf) open[cell] = open[cell]! + 1
    days[cell] = days[cell]! + Math.max(0, Math.min(closes, asOf) - Math.max(opens, from))
  }
  for (const [stay, to] of stays.to.entries()) {
    if (to === NEVER || to < from || to >= asOf) continue
    const cell = cellOf[stays.place[stay]!]!
    had[cell] = had[cell]! + 1
  }
  return forms.flatMap(({ id }, form) => {
    if (!HOME_FORMS.includes(id)) return []
    const own = districts.map((_, district) => form * districts.length + district)
    const total = (values: Float64Array) => own.reduce((sum, cell) => sum + values[cell]!, 0)
    const rate = total(days) === 0 ? 0 : total(had) / total(days)
    const expected = own.map((cell) => days[cell]! * rate)
    const alike = shrinkage(
      own.map((cell) => had[cell]!),
      expected,
    )
    return own.flatMap((cell, district): Turnover[] => {
      const count = open[cell]!
      if (count === 0 || rate === 0) return []
      const factor = (alike + had[cell]!) / (alike + expected[district]!)
      return [{ district: districts[district]!, form: id as HousingForm, places: count, perDay: count * rate * factor }]
    })
  })
}
