import type { Mip, MipAnswer } from '../../solver/mip.ts'
import { countAt, type ExpansionAsk, type Space } from './ask.ts'
import { type Known, problemOf } from './known.ts'
import { type Bounds, boundsOf, programOf } from './program.ts'

/** What keeps a district above its level, in the order in which they are looked at. */
export const BINDING = ['limit', 'per_district_year', 'budget', 'together', 'not_shown', 'nothing_helps'] as const
export type Binding = (typeof BINDING)[number]

export const BINDING_SENTENCES: Record<Binding, string> = {
  limit: 'En av grensene du har satt for bydel, boligform eller år, stopper flere plasser.',
  per_district_year: 'Grensen for nye plasser i en bydel i ett år stopper flere plasser.',
  budget: 'Rammen rekker ikke til flere plasser.',
  together: 'Ingen av grensene alene er nok å heve. Flere av dem stopper til sammen.',
  not_shown: 'Regnestykket sier at flere plasser er nok, men simuleringen har ikke vist det.',
  nothing_helps:
    'Grensene stopper ikke. Flere plasser hjelper for lite innen dagen, fordi de ikke passer for dem som venter, eller åpner for sent.',
}

/** Less than half a household above is none. */
const NONE_ABOVE = 0.5
const ANY = 10_000

/**
 * Which limit keeps a district above its level: the first, in the order of `BINDING`, without which the program of the
 * district alone would bring it under it.
 */
export async function bindingOf(
  space: Space,
  ask: ExpansionAsk,
  known: Known,
  district: number,
  solve: (mip: Mip) => Promise<MipAnswer>,
): Promise<Binding> {
  const bounds = boundsOf(ask)
  const own = {
    ...bounds,
    limits: bounds.limits.filter(
      (limit) => (limit.district ?? space.districts[district]) === space.districts[district],
    ),
  }
  const problem = problemOf(space, ask, known, district)
  const helps = async (relaxed: Bounds) => {
    const { mip, excess } = programOf(space, [problem], relaxed, ask.goal)
    const { values } = await solve(mip)
    return (values[excess[0]!.column] ?? Number.POSITIVE_INFINITY) < NONE_ABOVE
  }
  const free = { perDistrictYear: ANY, limits: [], budget: null }
  const built = known.tried.counts.subarray(countAt(space, district, 0, 0), countAt(space, district + 1, 0, 0))
  const full = built.reduce((sum, places) => sum + places, 0) >= own.perDistrictYear * space.years.length
  if (!full && (await helps(own))) {
    // alone it would be enough: what it shares with others binds
    if (own.budget !== null) return 'budget'
    return own.limits.some((limit) => limit.district === undefined) ? 'limit' : 'not_shown'
  }
  if (own.limits.length > 0 && (await helps({ ...own, limits: [] }))) return 'limit'
  if (await helps({ ...own, perDistrictYear: ANY })) return 'per_district_year'
  if (own.budget !== null && (await helps({ ...own, budget: null }))) return 'budget'
  return (await helps(free)) ? 'together' : 'nothing_helps'
}
