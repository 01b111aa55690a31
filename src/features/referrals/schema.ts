import { z } from 'zod'
import { REFERRAL_STATES } from '../../domain/placement/referral.ts'
import { pageQuery } from '../../http/cursor.ts'
import { actions, day, id, instant, offeredStep, placeForm, text } from '../../http/fields.ts'
import { referralContent } from '../../http/papers.ts'
import { REASON_CODES } from '../../reference/reasonCodes.ts'

export const referralQuery = pageQuery.extend({
  state: z
    .enum(['open', 'answered', 'withdrawn', 'all'])
    .default('open')
    .describe(
      '`open`: no answer yet, or on the waiting list; the answer due first comes first. Else the newest first.',
    ),
  needId: id.optional(),
  form: placeForm.optional(),
})
export type ReferralQuery = z.output<typeof referralQuery>

export const newReferral = z
  .strictObject({
    needId: id,
    form: placeForm.describe('One of the need’s own, that VEL gives.'),
    wishedFacilityId: id.nullable().default(null).describe('An institution the person wishes for.'),
    placeId: id
      .nullable()
      .default(null)
      .describe('A place of the form that a matching run proposes, or that fits best.'),
    runId: id.nullable().default(null).describe('The matching run that proposed it.'),
    chain: offeredStep.optional().describe('The step of a chain in life that the place is for.'),
  })
  .meta({ id: 'NewReferral' })
export type NewReferralBody = z.output<typeof newReferral>

const criterion = z.object({
  ruleId: z.string(),
  title: z.string(),
  outcome: z.enum(['passed', 'failed', 'unknown']),
  sentence: z.string(),
  contradicted: z.boolean().describe('The data say that the criterion is met: one of the two must be corrected.'),
  facilityId: id,
  facilityName: z.string(),
})

export const referral = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(REFERRAL_STATES),
    stateName: z.string(),
    needId: id,
    residentName: z.string().nullable().describe('Null for Felles inntak after a no.'),
    holdingDistrict: z.string(),
    form: placeForm,
    formName: z.string(),
    wishedFacility: z.object({ id, name: z.string() }).nullable(),
    proposedPlace: z
      .object({ id, label: z.string(), facilityName: z.string() })
      .nullable()
      .describe('A place that the bydel found for it, or that a run proposed.'),
    plannedOn: day.nullable().describe('The day that the move is planned for in a chain.'),
    chainId: id.nullable(),
    urgency: z
      .object({ urgencyClass: z.number().int(), className: z.string() })
      .nullable()
      .describe('As it is now; null for whoever no longer sees the need.'),
    whyNow: z.array(z.string()).describe('Why it needs an answer now, in sentences; empty once it is over.'),
    sentAt: instant,
    sentBy: z.string(),
    answerDueOn: day,
    daysLeft: z.number().int().describe('Until the answer is due; negative when that day has passed.'),
    answer: z
      .object({
        kind: z.enum(['place_given', 'waiting', 'declined']),
        at: instant,
        by: z.string(),
        reason: z.string().nullable(),
        reasonName: z.string().nullable(),
        consequence: z.string().nullable(),
        criterion: criterion.nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    offerId: id.nullable().describe('The offer that the place was given by.'),
    givenPlace: z
      .object({ label: z.string(), facilityName: z.string(), formName: z.string() })
      .nullable()
      .describe('The place that was given.'),
    withdrawn: z.object({ at: instant, reason: z.string(), reasonName: z.string() }).nullable(),
    actions,
  })
  .meta({ id: 'Referral' })
export type ReferralBody = z.infer<typeof referral>

export const referralDetail = referral
  .extend({
    content: referralContent.describe('As it was sent.'),
    criteria: z
      .array(z.object({ ruleId: z.string(), title: z.string() }))
      .describe('What a house may name as its reason; each is tried against the data.'),
  })
  .meta({ id: 'ReferralDetail' })
export type ReferralDetail = z.infer<typeof referralDetail>

const providerReasons = REASON_CODES.filter(
  ({ kind, offeredToPeople }) => kind === 'decline_provider' && offeredToPeople,
).map(({ id: reason }) => reason)
const skip = z.enum(['none', 'chosen', 'forced'])
const note = text(2000).nullable().default(null)

export const referralAnswer = z
  .discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('place_given'),
      placeId: id.describe('One of VEL’s. Of another form than was asked for, it says why.'),
      moveInOn: day,
      skip: skip
        .default('none')
        .describe('Why another form is given: by choice, or forced by lack of places. `none` says nothing.'),
      skipReason: text(2000).nullable().default(null),
      answerBy: day.optional().describe('The last day for the bydel to answer. Absent: a week, or until the move-in.'),
      note,
    }),
    z.strictObject({ answer: z.literal('waiting'), note }),
    z.strictObject({
      answer: z.literal('declined'),
      reason: z.enum(providerReasons),
      ruleId: z.string().max(80).nullable().default(null).describe('Which criterion, when the reason is `criteria`.'),
      facilityId: id
        .nullable()
        .default(null)
        .describe('Whose criterion it is, when the reason is `criteria`. Absent: the house the person wishes for.'),
      note,
    }),
  ])
  .meta({ id: 'ReferralAnswer' })
export type ReferralAnswer = z.output<typeof referralAnswer>
export type PlaceGiven = Extract<ReferralAnswer, { answer: 'place_given' }>
export type Declined = Extract<ReferralAnswer, { answer: 'declined' }>

/** Those of the reasons to take something back that the bydel can have for a referral. */
export const referralWithdrawal = z
  .strictObject({ reason: z.enum(['sent_by_mistake', 'needs_changed', 'other_offer_accepted']) })
  .meta({ id: 'ReferralWithdrawal' })

export const fittingPlace = z
  .object({
    placeId: id,
    label: z.string(),
    form: placeForm,
    facilityName: z.string(),
    districtCode: z.string(),
    availableFrom: day,
    vacancyConfirmedAt: instant.nullable().describe('When the facility last confirmed its vacancy; null: never.'),
    lacks: z.array(z.string()).describe('Wishes not met and questions not answered, in words.'),
  })
  .meta({ id: 'FittingPlace' })

export const placesQuery = z.strictObject({
  form: placeForm.optional().describe('Another form that VEL gives. Absent: the one referred to.'),
})

export const referralCounts = z
  .object({
    unanswered: z.number().int(),
    overdue: z.number().int().describe('Of those: the day the answer was due has passed.'),
    dueSoon: z.number().int().describe('Of those: due today or in the next days, up to `soonUntil`.'),
    soonUntil: day,
    waiting: z.number().int().describe('Answered so far with the waiting list.'),
    since: day,
    placesGiven: z.number().int().describe('Since `since`, like the two below.'),
    declined: z.number().int(),
    declinedForCapacity: z
      .number()
      .int()
      .describe('Of the declined: for lack of capacity, which is kept as shortfall.'),
  })
  .meta({ id: 'ReferralCounts' })
