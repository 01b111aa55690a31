import { RETURN_SCHEDULE_POLICY } from '../../reference/returnSchedulePolicy.ts'
import type { Mip, MipAnswer } from '../../solver/mip.ts'
import type { Home, ScheduleInput } from './input.ts'
import type { Option } from './options.ts'
import type { TeamLimit } from './teams.ts'
import type { ScheduleObjective, ScheduleTierId } from './tiers.ts'

/** One move: an option taken in one of its months. */
export interface Move {
  option: number
  month: number
}

/** A criterion of the objective that is not proven in some group: no schedule exceeds `bound`. */
export interface Gap {
  tier: ScheduleTierId
  value: number
  bound: number
}

/** The question as it was put: what can be chosen, and what limits the choice. */
export interface Question {
  input: ScheduleInput
  homes: readonly Home[]
  options: readonly Option[]
  objective: ScheduleObjective
  limits: readonly TeamLimit[]
  /** For each mover the position of her team, or -1. */
  teamOf: readonly number[]
}

/** How the integer programs are solved, and for how long each tier of one at the most. */
export interface Means {
  solve(mip: Mip, seconds: number): MipAnswer
  seconds: number
}

/** How long, when nobody says otherwise. */
export const SEARCH_SECONDS = RETURN_SCHEDULE_POLICY.parameters.searchSeconds
