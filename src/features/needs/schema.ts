import { z } from 'zod'
import { day, districtCode, id, instant, placeForm, text } from '../../http/fields.ts'
import { distinct, requirementFields } from '../../http/requirements.ts'
import { URGENCY_POLICY } from '../../reference/policies.ts'
import { LIFE_AREAS, NEED_ORIGINS } from '../../reference/profiles.ts'
import { CASE_STEPS } from '../../reference/readiness.ts'

const origin = z.enum(NEED_ORIGINS.map(({ id: from }) => from))
const grounds = URGENCY_POLICY.classes.flatMap((urgency) => urgency.grounds.map(({ id: ground }) => ground))
const privateRental = z.enum(['not_considered', 'possible', 'not_possible', 'overridden'])

/** Everything a need says; each may be left for later while it is a draft. */
const fields = {
  responsibleDistrict: districtCode.nullable().describe('Null: unresolved, held by the registering district.'),
  stayDistrict: districtCode.nullable().describe('Where the person is, when that is another district.'),
  origin: origin.nullable(),
  situationSince: day.nullable(),
  urgencyGrounds: distinct(z.enum(grounds), grounds.length),
  mustLeaveBy: day.nullable(),
  readyToMoveOnSince: day.nullable(),
  ...requirementFields,
  privateRental: privateRental.describe('Whether private rental was considered before a municipal home.'),
  privateRentalReason: text(2000).nullable(),
  privateRentalConsideredOn: day.nullable(),
  serviceDecisionOn: day.nullable().describe('The date of the decision on services; null: none yet.'),
  whatMatters: text(4000).nullable().describe('«Hva er viktig for deg?», in the person’s own words.'),
}

const needFields = z.strictObject(fields).partial()
export type NeedFields = z.output<typeof needFields>

export const newNeed = needFields.extend({ residentId: id }).meta({ id: 'NewNeed' })
export type NewNeed = z.output<typeof newNeed>

export const changedNeed = needFields.meta({ id: 'ChangedNeed' })

const readinessItem = z
  .object({
    id: z.string(),
    title: z.string(),
    why: z.string(),
    meanwhile: z.string().describe('What the system does while it is missing.'),
    present: z.boolean(),
    stops: z.enum([...CASE_STEPS, 'none']).describe('The first step that a missing item stops.'),
    source: z.string(),
  })
  .meta({ id: 'ReadinessItem' })

export const readiness = z
  .object({ needId: id, canBeRanked: z.boolean(), missing: z.number().int(), items: z.array(readinessItem) })
  .meta({ id: 'Readiness' })

const urgency = z
  .object({
    urgencyClass: z.number().int().min(1).max(5),
    className: z.string(),
    grounds: z.array(
      z.object({ id: z.string(), name: z.string(), urgencyClass: z.number().int(), derived: z.boolean() }),
    ),
    daysInSituation: z.number().int().nullable(),
    daysSinceRegistration: z.number().int(),
    policyVersion: z.number().int(),
  })
  .meta({ id: 'Urgency' })

const STATUSES = ['draft', 'registered', 'withdrawn', 'closed'] as const

export const need = z
  .object({
    ...fields,
    id,
    version: z.number().int(),
    status: z.enum(STATUSES),
    holdingDistrict: z.string(),
    resident: z.object({ id, name: z.string(), birthYear: z.number().int().nullable(), synthetic: z.boolean() }),
    householdSize: z.number().int(),
    startedAt: instant,
    registeredAt: instant.nullable(),
    endedAt: instant.nullable(),
    endedReason: z.string().nullable().describe('A reason for withdrawal, `housed`, or null also where none is known.'),
    endedReasonName: z.string().nullable(),
    urgency,
    readiness: z.array(readinessItem),
  })
  .meta({ id: 'Need' })

export const needRow = z
  .object({
    id,
    version: z.number().int(),
    status: z.enum(STATUSES),
    residentName: z.string(),
    holdingDistrict: z.string(),
    forms: z.array(placeForm),
    urgencyClass: z.number().int(),
    urgencyName: z.string(),
    startedAt: instant,
    registeredAt: instant.nullable(),
    missing: z.number().int().describe('How many readiness items are missing.'),
    stopping: z
      .array(z.object({ title: z.string(), stops: z.enum(CASE_STEPS) }))
      .describe('Those of them that stop a step.'),
    canBeRanked: z.boolean(),
  })
  .meta({ id: 'NeedRow' })

const hanging = z.object({
  kind: z.enum(['offer', 'referral']),
  id,
  name: z.string().describe('The place, or the form referred to.'),
  hold: z
    .object({ id, expiresAt: instant.nullable().describe('Null: firm, until the move-in.') })
    .nullable()
    .describe('What an offer holds, and what ends with it.'),
  blocks: z.boolean().describe('It has to be withdrawn itself first.'),
})

export const withdrawability = z
  .object({
    needId: id,
    allowed: z.boolean(),
    possibleOn: day.nullable().describe('Null: not before what stands in the way is withdrawn.'),
    blockers: z.array(z.object({ kind: z.enum(['need', 'offer']), id, sentence: z.string() })),
    reasons: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          consequence: z.string().describe('In bokmål.'),
          source: z.string(),
          status: z
            .enum(['closed', 'withdrawn'])
            .nullable()
            .describe('What the need becomes; null: it stands where it stood.'),
          countsAsShortfall: z.boolean(),
          allowed: z.boolean(),
          blockers: z.array(z.object({ offerId: id.nullable(), sentence: z.string() })),
        }),
      )
      .describe(
        'What can be said of an open need, those that end it first. Reasons that the system records are not among them.',
      ),
    withdrawnWith: z.array(hanging).describe('What hangs on the need and ends with it.'),
  })
  .meta({ id: 'Withdrawability' })

const note = text(2000).nullable().default(null)
export const withdrawal = z.strictObject({ reason: z.string().max(60), note }).meta({ id: 'Withdrawal' })
export type Withdrawal = z.output<typeof withdrawal>
export const withdrawalCorrection = z
  .strictObject({ note: text(2000).describe('What was wrong, as it is to stand beside it.') })
  .meta({ id: 'WithdrawalCorrection' })

export const needEvent = z
  .object({
    id,
    kind: z
      .enum(['ended', 'reason_recorded', 'reopened'])
      .describe('`reason_recorded`: one that ended nothing; `reopened`: an end that was recorded wrongly.'),
    kindName: z.string(),
    recordedAt: instant,
    recordedBy: z.string().nullable(),
    reason: z.string().nullable(),
    reasonName: z.string().nullable(),
    consequence: z.string().nullable().describe('What the reason does, in bokmål.'),
    countsAsShortfall: z.boolean(),
    note: z.string().nullable(),
  })
  .meta({ id: 'NeedEvent' })

const lifeArea = z.number().int().min(1).max(5).optional()
const lifeAreas = z
  .strictObject(
    Object.fromEntries(LIFE_AREAS.map((area) => [area.id, lifeArea])) as Record<
      (typeof LIFE_AREAS)[number]['id'],
      typeof lifeArea
    >,
  )
  .describe('BrukerPlan’s eight areas, 1–5; an area left out is not assessed.')

export const newAssessment = z
  .strictObject({
    assessedOn: day,
    lifeAreas: lifeAreas.default({}),
    livingSkills: text(2000).nullable().default(null).describe('Bo-evne.'),
    livingTraining: text(2000).nullable().default(null).describe('Bo-trening.'),
    careTrack: z.number().int().min(1).max(3).nullable().default(null).describe('Hovedforløp: for statistics only.'),
  })
  .meta({ id: 'NewAssessment' })

export const assessment = z
  .object({
    id,
    assessedOn: day,
    lifeAreas,
    livingSkills: z.string().nullable(),
    livingTraining: z.string().nullable(),
    careTrack: z.number().int().nullable(),
    assessedBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Assessment' })
