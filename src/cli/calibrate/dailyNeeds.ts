import type { Random } from '../../demo/random.ts'
import { normalAt } from '../../domain/forecast/random.ts'

/** The forms of the true city, with how many days people stay in them and wait for them. */
export const FORMS = [
  { id: 'vel_coping', step: 1, stay: 240, patience: 120, city: true },
  { id: 'colocated_24h', step: 2, stay: 900, patience: 700, city: false },
  { id: 'municipal_support', step: 3, stay: 700, patience: 500, city: false },
  { id: 'temporary', step: 0, stay: 70, patience: 60, city: false },
] as const

/**
 * The daily need of each form and district, for every month from the first to the last: everything that breaks is here.
 * @param today which month the day of the forecast lies in
 */
export function dailyNeeds(random: Random, districts: number, months: number, today: number): number[][][] {
  const normal = () => normalAt((random.below(1_000_000) + 0.5) / 1_000_000)
  const between = (low: number, high: number) => low + ((high - low) * random.below(1001)) / 1000
  const season = between(0, 0.35)
  const peak = random.below(12)
  const shock = between(0, 0.14)
  const shared: number[] = []
  for (let month = 0, level = 0; month < months; month += 1) {
    level = 0.85 * level + shock * normal()
    shared.push(level)
  }
  const sizes = Array.from({ length: districts }, () => between(0.5, 1.8))
  return FORMS.map(({ stay }) => {
    const daily = (between(3, 10) / stay) * (stay < 100 ? 0.6 : 1)
    const breaks = Array.from({ length: random.below(3) }, () => random.below(months))
    let growth = between(-0.04, 0.09) / 12
    let level = 0
    const trend = Array.from({ length: months }, (_, month) => {
      if (breaks.includes(month)) {
        growth = between(-0.1, 0.15) / 12
        if (random.chance(400)) level += between(-0.25, 0.3)
      }
      level += growth
      return level
    })
    // all of it is as it is today on the day of the forecast, so that queues are neither empty nor endless
    const now = trend[today] ?? 0
    return sizes.map((size) => {
      const tilt = between(-0.05, 0.05) / 12
      return trend.map((value, month) => {
        const seasonal = season * Math.sin((2 * Math.PI * (month + peak)) / 12)
        return daily * size * Math.exp(value - now + (shared[month] ?? 0) + tilt * (month - months / 2) + seasonal)
      })
    })
  })
}
