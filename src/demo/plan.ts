import type { HousingForm } from '../domain/ladder.ts'
import type { NeedOrigin } from '../reference/profiles.ts'
import type { Line } from './calendar.ts'
import type { HouseForm } from './houseKinds.ts'
import type { Quantiles } from './random.ts'

export type CitySize = 'small' | 'oslo'

/** Places of one form and one operator, and how many of them there are over the years. */
export interface Stock {
  readonly form: HouseForm
  /** Where the houses stand; null: anywhere in the city, and open to all of it. */
  readonly district: string | null
  readonly line: Line
  /** Places that open on one day, as a house or a floor does. */
  readonly batch: number
  readonly operator: 'own' | 'non_profit'
  /** Places of the form that the resident takes into use herself, in thousandths. */
  readonly selfReferral: number
}

/** Needs of one origin for one kind of home: how many are open over the years, and how long such a need stays open. */
export interface Demand {
  readonly origin: NeedOrigin
  /** What is asked for, each in order of preference; the lists take turns. */
  readonly forms: readonly (readonly HousingForm[])[]
  readonly open: Line
  readonly wait: Quantiles
}

export interface CityPlan {
  readonly districts: readonly string[]
  readonly stocks: readonly Stock[]
  readonly demand: readonly Demand[]
  /** Whose people fill the city's places, by form: a weight for each of `districts`. */
  readonly shares: (form: HouseForm) => readonly number[]
  /** Whose needs arise, by origin: a weight for each of `districts`. */
  readonly needShares: (origin: NeedOrigin) => readonly number[]
  /** How many people each of `districts` has in VEL in a year; few of them come back often. */
  readonly comeBack: readonly number[]
  /** How long places stand empty beside the rates, in per cent. */
  readonly vacancyPercent: number
  /** One in so many staffed houses does not admit today; one in so many households that wait has a protected address. */
  readonly notAdmittingOneIn: number
  /** Whether some houses say how many new households they take in a month. */
  readonly slowHouses: boolean
  readonly protectedOneIn: number
  /** In thousandths of the open needs: the responsible district is unresolved; somebody must never live with another. */
  readonly unresolved: number
  readonly neverTogether: number
}

/** The same line with every count times `factor`. */
export function scaled(line: Line, factor: number): Line {
  return line.map(([year, count]) => [year, count * factor] as const)
}
