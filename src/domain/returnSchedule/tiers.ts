import type { UrgencyClassNumber } from '../../reference/policies.ts'
import { addDays } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import { isOfWho, objectiveOf, type Tier } from '../matching/objective.ts'
import { HOME_FORMS } from '../returnPlan/plan.ts'
import type { Urgency } from '../urgency.ts'
import { type Home, type Mover, monthOf, type ScheduleInput } from './input.ts'
import { monthsOf, type Option } from './options.ts'

export type ScheduleTierId = Tier['id'] | `months_${UrgencyClassNumber}`

/** The objective of matching over time: who moves is decided before when, and when before how well the home fits. */
export interface ScheduleObjective {
  urgency: Urgency[]
  /** What each option adds when it is taken in its first month. */
  tiers: Tier<ScheduleTierId>[]
  /** The same in another of its months. */
  gainIn(tier: Tier<ScheduleTierId>, option: number, month: number): number
}

/**
 * The tiers of the policy in force, in its order (people placed class by class, then days waited), with how many months before
 * the end each class moves, the most urgent first, put in after the last that says who moves. Rules that the policy makes
 * wishes, and what it requires, play no part: a plan's home is of its form and in its bydel anyway.
 */
export function scheduleObjective(
  input: ScheduleInput,
  homes: readonly Home[],
  options: readonly Option[],
): ScheduleObjective {
  const { asOf, until, policy, movers } = input
  const { urgency, classes, tiers } = objectiveOf(
    {
      asOf,
      policy: withoutWishes(policy),
      needs: movers.map((mover) => ({ situation: mover.situation, requirements: wishesOf(mover) })),
    },
    {
      pairs: options.map(({ mover, home }) => ({ need: mover, place: home })),
      offers: homes.map(({ form, district }) => ({ place: { form, features: [] }, facility: { district } })),
      residentOf: new Int32Array(homes.length).fill(-1),
    },
  )
  const last = monthOf(asOf, addDays(until, -1))
  const sooner = (number: UrgencyClassNumber, { mover }: Option, month: number) =>
    urgency[mover]?.urgencyClass === number ? last + 1 - month : 0
  const months = classes.map(
    (number): Tier<ScheduleTierId> => ({
      id: `months_${number}`,
      gains: Float64Array.from(options, (option) => sooner(number, option, monthsOf(option, asOf).first)),
    }),
  )
  const at = tiers.findLastIndex(isOfWho) + 1
  return {
    urgency,
    tiers: [...tiers.slice(0, at), ...months, ...tiers.slice(at)],
    gainIn({ id, gains }, option, month) {
      const chosen = options[option]
      return id.startsWith('months_') && chosen !== undefined
        ? sooner(Number(id.slice(-1)) as UrgencyClassNumber, chosen, month)
        : (gains[option] ?? 0)
    },
  }
}

const withoutWishes = ({ choices, ...versions }: ScheduleInput['policy']) =>
  choices === undefined ? versions : { ...versions, choices: { ...choices, wishes: [] } }

/** A plan wishes for its form in its bydel; without a form any home will do. */
function wishesOf({ form, homeDistrict }: Mover) {
  const forms = form === null ? (HOME_FORMS as readonly HousingForm[]) : [form]
  return { forms, district: homeDistrict, wantedDistricts: [], wantedFeatures: [] }
}
