import { z } from 'zod'
import { REFERRAL_STATES } from '../../domain/placement/referral.ts'
import { pageQuery } from '../../http/cursor.ts'
import { actions, day, id, instant, placeForm, text } from '../../http/fields.ts'
import { referralContent } from '../../http/papers.ts'
import { REASON_CODES } from '../../reference/reasonCodes.ts'

export const referralQuery = pageQuery.extend({
  state: z
    .enum(['open', 'answered', 'withdrawn'])
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
    withdrawn: z.object({ at: instant, reason: z.string(), reasonName: z.string() }).nullable(),
    actions,
  })
  .meta({ id: 'Referral' })
export type ReferralBody = z.infer<typeof referral>

export const referralDetail = referral
  .extend({ content: referralContent.describe('As it was sent.') })
  .meta({ id: 'ReferralDetail' })
export type ReferralDetail = z.infer<typeof referralDetail>

const providerReasons = REASON_CODES.filter(
  ({ kind, offeredToPeople }) => kind === 'decline_provider' && offeredToPeople,
).map(({ id: reason }) => reason)
const note = text(2000).nullable().default(null)

export const referralAnswer = z
  .discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('place_given'),
      placeId: id.describe('Of the form referred to.'),
      moveInOn: day,
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
    lacks: z.array(z.string()).describe('Wishes not met and questions not answered, in words.'),
  })
  .meta({ id: 'FittingPlace' })
