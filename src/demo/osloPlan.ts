import type { CityPlan } from './plan.ts'
import { smallPlan } from './smallPlan.ts'

/** The whole of Oslo. */
export function osloPlan(): CityPlan {
  return smallPlan()
}
