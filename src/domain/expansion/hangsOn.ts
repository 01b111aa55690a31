import type { Day } from '../day.ts'
import type { Assumptions } from '../forecast/assumptions.ts'
import type { ScenarioChange } from '../forecast/changes.ts'
import type { Rates } from '../forecast/rates.ts'

/** What an answer may hang on. */
export const ASSUMED = ['growth', 'stays', 'losses', 'costs'] as const
export type Assumed = (typeof ASSUMED)[number]

/** The question asked again with one assumption at its low or its high end, the others as they are. */
export interface Variant {
  assumed: Assumed
  side: 'low' | 'high'
  /** What it takes for granted, in bokmål. */
  sentence: string
  changes: ScenarioChange[]
  staysFactor: number
  costFactor: number
}

/** How far each goes, low and high, as factors. */
export interface Ends {
  stays: readonly [number, number]
  losses: readonly [number, number]
  costs: readonly [number, number]
}

const SIDES = ['low', 'high'] as const
const plain = { changes: [], staysFactor: 1, costFactor: 1 }

const percent = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 })
const changed = (factor: number) =>
  `${percent.format(Math.abs(factor - 1) * 100)} prosent ${factor < 1 ? 'lavere' : 'høyere'}`

/** The range of growth that a change may have: the forecast takes no other. */
const GROWTH = [-0.9, 3] as const

/** The eight questions, low before high. @param today from which day growth and losses are changed */
export function variantsOf(today: Day, { forms }: Assumptions, ends: Ends): Variant[] {
  return SIDES.flatMap((side, at): Variant[] => {
    const growth = forms.map(({ form, growthPerYear }): ScenarioChange => {
      const perYear = growthPerYear[at === 0 ? 0 : 2]
      return { kind: 'growth', from: today, form, perYear: Math.min(GROWTH[1], Math.max(GROWTH[0], perYear)) }
    })
    const [stays, losses, costs] = [ends.stays[at]!, ends.losses[at]!, ends.costs[at]!]
    return [
      {
        ...plain,
        assumed: 'growth',
        side,
        sentence: `Nye behov vokser hele tiden som i ${
          side === 'low' ? 'nedre' : 'øvre'
        } ende av det historien gir for hver boligform (80 prosent intervall).`,
        changes: growth,
      },
      {
        ...plain,
        assumed: 'stays',
        side,
        sentence: `Opphold varer ${changed(stays).replace('lavere', 'kortere').replace('høyere', 'lengre')}.`,
        staysFactor: stays,
      },
      {
        ...plain,
        assumed: 'losses',
        side,
        sentence: `Andelen som mister boligen når de flytter ut, er ${changed(losses)}.`,
        changes: [{ kind: 'loss_rate', from: today, factor: losses }],
      },
      { ...plain, assumed: 'costs', side, sentence: `Kostnaden per plass er ${changed(costs)}.`, costFactor: costs },
    ]
  }).sort((a, b) => ASSUMED.indexOf(a.assumed) - ASSUMED.indexOf(b.assumed))
}

/** Rates by which stays last so many times as long: each hazard is divided by it. */
export function lengthened(rates: Rates, factor: number): Rates {
  return { ...rates, stays: { ...rates.stays, rate: rates.stays.rate.map((rate) => rate * factor) } }
}
