import type { Day, DayRange } from './day.ts'
import type { HousingForm } from './ladder.ts'

export type SubstanceStance =
  | 'wants_substance_free'
  | 'accepts_substance_free'
  | 'cannot_live_substance_free'
  | 'unknown'
export type Gender = 'woman' | 'man' | 'other' | 'unknown'

/**
 * What a household requires of a place. Null and `unknown` are what nobody has recorded yet: they exclude nothing, and the
 * explanation says so (rule: missing data lowers nobody silently).
 */
export interface Requirements {
  /** In order of preference; at least one for a need that is ranked. */
  forms: readonly HousingForm[]
  requiredFeatures: readonly string[]
  wantedFeatures: readonly string[]
  /** Responsible district, or the one that holds the need while that is unresolved. */
  district: string
  excludedDistricts: readonly string[]
  wantedDistricts: readonly string[]
  excludedFacilities: readonly string[]
  /** Houses where somebody lives whom this household must not live with; who it is, is never said. */
  facilitiesToAvoid: readonly string[]
  /** Places this household lives in today: staying is no move. */
  ownPlaces: readonly string[]
  /** Places held for this need: its own hold keeps nothing from it. */
  ownHolds: readonly string[]
  adults: number
  childrenLiving: number
  childrenVisiting: number
  /** The applicant's age in years on the day asked, null when her birth date is not recorded. */
  age: number | null
  gender: Gender
  pets: boolean | null
  substanceStance: SubstanceStance
  behaviour: number | null
  security: number | null
  /** The days on which moving in is possible for the household. */
  window: DayRange
  /** Rules that the policy in force makes wishes: breaking one excludes nothing. */
  asWishes?: readonly string[]
  /** The policy in force asks for the home district, or one that is wanted. */
  homeDistrictOnly?: boolean
}

/** What `readiness` looks at. */
export interface ReadinessFacts {
  forms: readonly HousingForm[]
  windowStated: boolean
  responsibleDistrict: string | null
  lastAssessedOn: Day | null
  privateRental: 'not_considered' | 'possible' | 'not_possible' | 'overridden'
  serviceDecisionOn: Day | null
  consents: readonly { scope: string; givenOn: Day; revokedOn: Day | null }[]
  individualPlanOfferedOn: Day | null
  contactPerson: string | null
}

/** Years completed on `day`. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** How many sleep in the home every night. */
export function householdSize(requirements: Pick<Requirements, 'adults' | 'childrenLiving'>): number {
  return requirements.adults + requirements.childrenLiving
}
