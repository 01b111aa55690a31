import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../../reference/policies.ts'
import { FIRST_POLICY, isWait, type MatchingPolicy } from '../matching/policy.ts'
import type { Area, ForecastInput } from './input.ts'

/** What may part those of one class before how long they have waited does. */
type PartedBy = 'rules_kept' | 'preferred_form' | 'home_district'

/** A matching policy as far as the simulation can follow it. */
export interface GivingOrder {
  /** By class, from 0: the how many-th it comes, from 0. */
  rankOf: readonly number[]
  /** What parts those of one class before the wait does, the weightiest first. */
  partedBy: readonly PartedBy[]
  /** Places are given to people of the whole city, wherever they are for: that they are for a district is a wish. */
  servesAll: boolean
  /** Nobody takes a form that she only names next. */
  firstFormOnly: boolean
  /** Nobody takes a place outside her own district. */
  ownDistrictOnly: boolean
}

/**
 * The order in which the simulation gives a place away, from the policy's data. What is simplified:
 * - a place is given away by itself, on the day it is ready: the policy shares out all places of a day at once, and may
 *   therefore move somebody on to let another in. Chains, and moves that wait for another's, are not simulated;
 * - there is one wait, since the need was registered. Days in the situation and days since registration are both it, uncapped,
 *   and where neither counts it is the tie: first registered, first served. What weighs less than a wait decides nothing, since
 *   no two have waited equally long;
 * - the form asked for first is preferred to the one that is named next; a third one is not known. The home district is the
 *   one that is responsible; others that somebody wishes for are not known;
 * - features, staffing, age and pets are in how often a place fits, which is learnt from the history, and stay there also when
 *   the policy makes wishes of them or requires them. A place that a wish lets be given to more people fits each of them as often.
 */
export function givingOrderOf({ classes, tiers, wishes, requirements }: MatchingPolicy): GivingOrder {
  const wait = tiers.findIndex(isWait)
  const parting = tiers.slice(0, wait === -1 ? tiers.length : wait)
  const servesAll = wishes.includes('district.served')
  const partedBy = parting.flatMap((id): PartedBy[] => (id === 'preferred_form' || id === 'home_district' ? [id] : []))
  return {
    rankOf: URGENCY_POLICY.classes.map(({ number }) => classes.indexOf(number)),
    // rules that are wishes weigh before everything else that is not a wait
    partedBy: servesAll && wait !== 0 ? ['rules_kept', ...partedBy] : partedBy,
    servesAll,
    firstFormOnly: requirements.includes('preferred_form'),
    ownDistrictOnly: requirements.includes('home_district'),
  }
}

/** Those of one class whose turn it is together, the longest wait first. */
export interface Turn {
  /** 0: who ask for the form first, 1: who name it next. */
  preferences: readonly number[]
  /** Of these districts. */
  districts: readonly number[]
}

/** Whom places of an area are given to, class by class. @param districts how many there are in the city */
export function turnsOf(
  { partedBy, servesAll, ownDistrictOnly }: GivingOrder,
  { district: own, serves }: Area,
  districts: number,
): Turn[] {
  const served = servesAll ? [...Array(districts).keys()] : serves
  let turns: Turn[] = [
    { preferences: [0, 1], districts: ownDistrictOnly ? served.filter((district) => district === own) : served },
  ]
  for (const what of partedBy) {
    turns = turns.flatMap((turn): Turn[] => {
      if (what === 'preferred_form')
        return turn.preferences.map((preference) => ({ ...turn, preferences: [preference] }))
      const before = (district: number) => (what === 'rules_kept' ? serves.includes(district) : district === own)
      return [true, false].map((first) => ({
        ...turn,
        districts: turn.districts.filter((district) => before(district) === first),
      }))
    })
  }
  return turns.filter((turn) => turn.districts.length > 0)
}

/** The policy that a history's places are given away by; what was kept before it said so was by the first version. */
export function policyOfInput({ policy }: Pick<ForecastInput, 'policy'>): NonNullable<ForecastInput['policy']> {
  return policy ?? { version: OBJECTIVE_POLICY.version, choices: FIRST_POLICY }
}

const PARTED_BY: Record<PartedBy, string> = {
  rules_kept: 'om plassen er for bydelen personen hører til',
  preferred_form: 'foretrukket boligform',
  home_district: 'egen bydel',
}

/** What the order is, and what of the policy is not in it, in the words of the screens. */
export function givingOrderNotes(policy: MatchingPolicy): string[] {
  const { partedBy, servesAll, firstFormOnly, ownDistrictOnly } = givingOrderOf(policy)
  const parts = [`hasteklasse (${policy.classes.join(', ')})`, ...partedBy.map((what) => PARTED_BY[what])]
  return [
    `En ledig plass går til den som kommer først etter ${parts.join(', ')} og ventetid, og som plassen passer for. Hvor ofte den passer, er målt på historien.`,
    ...(servesAll
      ? ['Plasser kan gis til personer fra alle bydeler, fordi regelen bare ønsker at de går til bestemte bydeler.']
      : []),
    ...(firstFormOnly ? ['Ingen får en annen boligform enn den de helst vil ha, fordi regelen krever det.'] : []),
    ...(ownDistrictOnly ? ['Ingen får en plass utenfor egen bydel, fordi regelen krever det.'] : []),
    'Regelen er forenklet: Plassene gis bort én for én, uten boligkjeder. Ventetid er regnet fra behovet ble registrert. Bemanning, alder, dyr og andre ønsker er bare med i hvor ofte en plass passer.',
  ]
}
