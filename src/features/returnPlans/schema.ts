import { z } from 'zod'
import { HOME_FORMS } from '../../domain/returnPlan/plan.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, placeForm, text } from '../../http/fields.ts'
import {
  LATE_REASONS,
  OWN_PARTS,
  PLAN_ITEMS,
  PLAN_OUTCOMES,
  PLAN_WITHDRAWALS,
  RETURN_PHASES,
  RETURN_STANDINGS,
  VERDICTS,
} from '../../reference/returnPlans.ts'

const verdict = z
  .enum(VERDICTS.map((entry) => entry.id))
  .describe('Whether returning is right: `rightly_stays` is no deviation, `undecided` is no answer.')
const ownPart = z.enum(OWN_PARTS.map((entry) => entry.id))
const phase = z.enum(RETURN_PHASES.map((entry) => entry.id)).describe('Told from the plan’s days, never stored.')
const standing = z.enum(RETURN_STANDINGS.map((entry) => entry.id))

export const returnPlanQuery = pageQuery.extend({
  state: z.enum(['open', 'closed', 'all']).default('open').describe('`open`: neither carried out nor taken back.'),
  standing: standing.optional(),
  phase: phase.optional(),
  district: districtCode.optional().describe('The bydel that is responsible.'),
  residentId: id.optional(),
})

export const peopleQuery = pageQuery.extend({ district: districtCode.optional() })

const fields = {
  homeDistrict: districtCode.describe('Where she moves to.'),
  verdict,
  verdictReason: text(2000).nullable(),
  targetForm: placeForm.nullable().describe(`A home outside institutions: ${HOME_FORMS.join(', ')}.`),
  earliestOn: day.nullable(),
  targetOn: day.nullable().describe('After today when it is set.'),
  ownPart: ownPart.nullable().describe('The person’s own part in the plan; null: she has not been asked.'),
  ownPartOn: day.nullable(),
  ownWords: text(4000).nullable().describe('«Hva er viktig for deg?», in her own words.'),
  districtOwner: text(200).nullable().describe('Who answers for the plan in the bydel.'),
  velContact: text(200).nullable(),
  supportTeamId: id.nullable(),
  supportFrom: day.nullable().describe('Follow-up begins before the move.'),
}

export const newReturnPlan = z
  .strictObject({
    residentId: id.describe('Somebody who lives in one of VEL’s institutions.'),
    homeDistrict: fields.homeDistrict.optional().describe('Left out: the bydel that is responsible.'),
    verdict: verdict.default('undecided'),
    verdictReason: fields.verdictReason.default(null),
    targetForm: fields.targetForm.default(null),
    earliestOn: fields.earliestOn.default(null),
    targetOn: fields.targetOn.default(null),
    ownPart: fields.ownPart.default(null),
    ownPartOn: fields.ownPartOn.default(null),
    ownWords: fields.ownWords.default(null),
    districtOwner: fields.districtOwner.default(null),
    velContact: fields.velContact.default(null),
    supportTeamId: fields.supportTeamId.default(null),
    supportFrom: fields.supportFrom.default(null),
  })
  .meta({ id: 'NewReturnPlan' })
export type NewReturnPlan = z.output<typeof newReturnPlan>

export const changedReturnPlan = z.strictObject(fields).partial().meta({ id: 'ChangedReturnPlan' })
export type ChangedReturnPlan = z.output<typeof changedReturnPlan>

export const agreement = z
  .strictObject({ note: text(2000).nullable().default(null) })
  .meta({ id: 'ReturnPlanAgreement' })

export const outcome = z
  .strictObject({
    outcome: z.enum(PLAN_OUTCOMES.map((entry) => entry.id)),
    on: day.describe('Not after today.'),
    note: text(2000).nullable().default(null),
  })
  .meta({ id: 'ReturnPlanOutcome' })
export type OutcomeBody = z.output<typeof outcome>

export const withdrawal = z
  .strictObject({
    reason: z.enum(PLAN_WITHDRAWALS.map((entry) => entry.id)),
    note: text(2000).nullable().default(null),
  })
  .meta({ id: 'ReturnPlanWithdrawal' })

const missing = z
  .array(
    z.object({
      id: z.enum(PLAN_ITEMS.map((entry) => entry.id)),
      title: z.string(),
      why: z.string(),
      pointer: z.string(),
      stops: z.literal('agreement'),
    }),
  )
  .describe('What rule 11 asks for that is not there, and the step that it stops.')

const living = z
  .object({
    placeId: id,
    label: z.string(),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    since: day,
    closesOn: day.nullable().describe('The day the place closes, when that is planned.'),
  })
  .nullable()
  .describe('Where she lives in one of VEL’s institutions today.')

export const returnPlan = z
  .object({
    id,
    version: z.number().int(),
    residentId: id.nullable(),
    residentName: z.string().nullable(),
    needId: id.nullable().describe('The household’s open need, for those who may read it.'),
    district: z.string().describe('The bydel that is responsible.'),
    ...fields,
    targetForm: placeForm.nullable(),
    supportTeamName: z.string().nullable(),
    begunOn: day,
    agreedOn: day.nullable(),
    movedOn: day.nullable(),
    movedTo: z.enum(['home', 'elsewhere']).nullable(),
    movedBackOn: day.nullable(),
    withdrawnOn: day.nullable(),
    withdrawnReason: z.string().nullable(),
    verdictName: z.string(),
    phase,
    phaseName: z.string(),
    standing: standing.nullable().describe('Null: it was taken back and counts for nobody.'),
    standingName: z.string().nullable(),
    late: z.array(z.object({ id: z.enum(LATE_REASONS.map((entry) => entry.id)), sentence: z.string() })),
    missing,
    living,
    commitment: z.object({ id, readyOn: day }).nullable().describe('The bydel’s open word on when a home is ready.'),
    checksDue: z.array(day).describe('Follow-up after the move, by rule 11.'),
    mayChange: z.boolean(),
    synthetic: z.boolean(),
  })
  .meta({ id: 'ReturnPlan' })
export type ReturnPlanBody = z.infer<typeof returnPlan>

export const returnPlanEvent = z
  .object({
    id,
    kind: z.enum([
      'begun',
      'changed',
      'agreed',
      'agreement_ended',
      'moved_home',
      'moved_elsewhere',
      'moved_back',
      'withdrawn',
    ]),
    kindName: z.string(),
    occurredOn: day,
    recordedAt: instant,
    recordedBy: z.string(),
    changes: z.array(
      z.object({
        field: z.string(),
        fieldName: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    note: z.string().nullable(),
  })
  .meta({ id: 'ReturnPlanEvent' })

export const personWithoutPlan = z
  .object({
    residentId: id,
    residentName: z.string().nullable(),
    needId: id.nullable(),
    district: z.string(),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    label: z.string(),
    since: day,
    closesOn: day.nullable(),
  })
  .meta({ id: 'PersonWithoutReturnPlan' })
export type PersonWithoutPlan = z.infer<typeof personWithoutPlan>

const people = z.number().int()
const standingCounts = {
  livingInVel: people.describe('Live in one of VEL’s institutions today.'),
  householdsInVel: people.describe('The same in households, which forecasts count.'),
  householdsLeft: people.describe('`left` in households.'),
  left: people.describe('For whom returning is right and who have not moved: on track and late.'),
  on_track: people,
  late: people,
  without_plan: people,
  undecided: people,
  rightly_stays: people,
  moved_unwritten: people.describe('Have left, and nobody has written what came of the plan.'),
  moved_home: people,
  moved_elsewhere: people,
  moved_back: people,
}

export const standingQuery = z.strictObject({ district: districtCode.optional() })

export const returnStandingTable = z
  .object({
    asOf: day,
    settledBy: day.describe('«Innen 2030»: moved before this day.'),
    version: z.number().int().describe('Of the policy.'),
    notice: z.string(),
    items: z.array(z.object({ district: z.string(), districtName: z.string(), ...standingCounts })),
    total: z.object(standingCounts),
  })
  .meta({ id: 'ReturnStandingTable' })
export type StandingTable = z.infer<typeof returnStandingTable>

export const burnDownTable = z
  .object({
    asOf: day,
    settledBy: day,
    district: z.string().nullable().describe('Null: the whole city.'),
    notes: z.array(z.string()),
    items: z.array(
      z.object({
        day,
        livingInVel: people.nullable().describe('People in VEL’s institutions; null after today.'),
        householdsInVel: people.nullable().describe('The same in households.'),
        left: people.nullable().describe('For whom returning is right and who had not moved; null after today.'),
        planned: people.nullable().describe('As the plans have it, from today on.'),
        plannedWithoutDay: people.nullable().describe('Of these, without a day that still holds.'),
        evenPace: people.nullable().describe('From today to nobody on the day, at an even pace.'),
        householdsEvenPace: people.nullable().describe('The same in households.'),
      }),
    ),
  })
  .meta({ id: 'ReturnBurnDown' })
export type BurnDownTable = z.infer<typeof burnDownTable>
