import type { HousingForm } from '../domain/ladder.ts'
import type { PlaceFeatureId } from '../reference/features.ts'
import type { NeedOrigin, PersonSubstanceStance } from '../reference/profiles.ts'
import type { DayNumber } from './calendar.ts'
import type { Criteria, HouseForm, HouseKind } from './houseKinds.ts'

/** A house with its places, as the simulation fills it. */
export interface House extends Criteria {
  readonly index: number
  readonly name: string
  readonly operator: string
  readonly operatorKind: 'district' | 'vel' | 'nursing_home_agency' | 'boligbygg' | 'non_profit' | 'private'
  readonly form: HouseForm
  readonly district: string
  readonly serves: 'own_district' | 'listed_districts' | 'city'
  readonly listed: readonly string[]
  readonly openedOn: DayNumber
  readonly kind: HouseKind
  /** Room for so many places, opened at once or over time. */
  readonly room: number
  places: SimPlace[]
}

export interface SimPlace {
  readonly index: number
  readonly house: House
  readonly stock: number
  readonly label: string
  readonly from: DayNumber
  to: DayNumber | null
  readonly maxHousehold: number
  readonly features: readonly PlaceFeatureId[]
  readonly selfReferral: boolean
  closures: { from: DayNumber; to: DayNumber; reason: string }[]
  stay: SimStay | null
}

/** A household as the simulation moves it; who the people are is made up afterwards. */
export interface SimHousehold {
  readonly index: number
  readonly district: string
  readonly since: DayNumber
  readonly adults: number
  readonly children: readonly { readonly birthYear: number; readonly arrangement: 'living' | 'visiting' }[]
  readonly pets: boolean
  readonly born: DayNumber
  readonly gender: 'woman' | 'man' | 'other'
  readonly behaviour: number
  readonly security: number
  readonly substanceStance: Exclude<PersonSubstanceStance, 'unknown'>
  stay: SimStay | null
  need: SimNeed | null
  /** Died or left for good: never seen again. */
  gone: boolean
}

export interface SimStay {
  readonly household: SimHousehold
  /** Null: a private lease outside a landlord agreement. */
  readonly place: SimPlace | null
  readonly form: HousingForm
  readonly from: DayNumber
  to: DayNumber | null
  readonly plannedEnd: DayNumber
  /** Would have left, and waits for another home. */
  overdue: boolean
  readySince: DayNumber | null
}

export interface SimNeed {
  readonly household: SimHousehold
  readonly origin: NeedOrigin
  readonly forms: readonly HousingForm[]
  readonly required: readonly PlaceFeatureId[]
  readonly started: DayNumber
  registered: DayNumber
  /** When the registered need has waited as long as such needs do. */
  readonly due: DayNumber
  /** When it ends without a home of ours, if none was free. */
  readonly lookedForUntil: DayNumber
  ended: DayNumber | null
  status: 'open' | 'closed' | 'withdrawn'
  reason: string | null
  /** Where the household lives while it waits, when that is a place of ours. */
  readonly livesIn: SimStay | null
}
