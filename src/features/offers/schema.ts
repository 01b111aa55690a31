import { z } from 'zod'
import { OFFER_STATES } from '../../domain/placement/offer.ts'
import { pageQuery } from '../../http/cursor.ts'
import { actions, day, dayRange, id, instant, offeredStep, placeForm, text } from '../../http/fields.ts'
import { REASON_CODES } from '../../reference/reasonCodes.ts'

/** The ids of the reasons that a person may choose between. */
function chosen(...kinds: string[]) {
  const ids = REASON_CODES.filter(({ kind, offeredToPeople }) => kinds.includes(kind) && offeredToPeople).map(
    ({ id: reason }) => reason,
  )
  return z.enum([...new Set(ids)])
}

const skip = z.enum(['none', 'chosen', 'forced'])

const override = z.strictObject({
  id: z.string().max(80).describe('A readiness item or an eligibility rule that may be set aside.'),
  reason: text(1000),
})

export const newOffer = z
  .strictObject({
    needId: id,
    placeId: id,
    moveInOn: day.describe('Not before today; within the days that the need can use.'),
    answerBy: day
      .optional()
      .describe('The last day to answer. Absent: a week, or until the move-in when that is sooner.'),
    reserve: z
      .boolean()
      .default(true)
      .describe('True: nobody else can be given the place meanwhile. False: the first who accepts has it.'),
    skip: skip
      .default('none')
      .describe(
        'Why another form is given than the one needed: by choice, or forced by lack of places. `none` says nothing; where no place of a form wanted more can be had it is kept as forced all the same.',
      ),
    skipReason: text(2000).nullable().default(null),
    overrides: z.array(override).max(10).default([]),
    runId: id.nullable().default(null).describe('The matching run that proposed it.'),
    chain: offeredStep.optional(),
  })
  .meta({ id: 'NewOffer' })
export type NewOfferBody = z.output<typeof newOffer>

export const offerQuery = pageQuery.extend({
  state: z
    .enum(['open', 'accepted', 'ended'])
    .optional()
    .describe('`open`: not ended, accepted ones too. Absent: all of them.'),
  needId: id.optional(),
  placeId: id.optional(),
})
export type OfferQuery = z.output<typeof offerQuery>

const place = z
  .object({
    id,
    label: z.string(),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    districtCode: z.string(),
  })
  .meta({ id: 'OfferedPlace' })

const criterion = z.object({
  ruleId: z.string(),
  title: z.string(),
  outcome: z.enum(['passed', 'failed', 'unknown']),
  sentence: z.string(),
  contradicted: z.boolean().describe('The data say that the criterion is met: one of the two must be corrected.'),
})

export const offer = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(OFFER_STATES),
    stateName: z.string(),
    needId: id,
    residentName: z.string().nullable(),
    holdingDistrict: z.string(),
    place,
    reserved: z.boolean().describe('The place is or was held for this offer.'),
    referralId: id.nullable(),
    runId: id.nullable(),
    chainId: id.nullable(),
    chainPosition: z.number().int().nullable(),
    conditional: z.boolean(),
    sentAt: instant,
    sentBy: z.string(),
    moveInOn: day.describe('Planned.'),
    answerBy: day.describe('The last day to answer.'),
    expiresAt: instant.describe('The midnight after it.'),
    answerByBefore: z.array(day).describe('Earlier last days, before it was made longer.'),
    formNeeded: placeForm,
    skip,
    skipReason: z.string().nullable(),
    overrides: z.array(z.object({ id: z.string(), reason: z.string() })),
    acceptedAt: instant.nullable(),
    declined: z
      .object({
        at: instant,
        party: z.enum(['resident', 'provider']),
        reason: z.string(),
        reasonName: z.string(),
        consequence: z.string(),
        note: z.string().nullable(),
        criterion: criterion.nullable(),
      })
      .nullable(),
    notArrived: z
      .object({
        at: instant,
        reason: z.string(),
        reasonName: z.string(),
        consequence: z.string(),
        note: z.string().nullable(),
      })
      .nullable()
      .describe('The move-in day passed, and the household never came.'),
    withdrawn: z.object({ at: instant, reason: z.string(), reasonName: z.string() }).nullable(),
    expiredAt: instant.nullable(),
    lease: z.object({ signedOn: day, during: dayRange, termReason: z.string().nullable() }).nullable(),
    movedInAt: instant.nullable(),
    stayId: id.nullable(),
    actions,
  })
  .meta({ id: 'Offer' })
export type OfferBody = z.infer<typeof offer>

export const decline = z
  .strictObject({
    party: z.enum(['resident', 'provider']),
    reason: chosen('decline_resident', 'decline_provider').describe('A reason code of the party’s own kind.'),
    ruleId: z.string().max(80).nullable().default(null).describe('Which criterion, when the reason is `criteria`.'),
    note: text(2000).nullable().default(null),
  })
  .meta({ id: 'OfferDecline' })
export type DeclineBody = z.output<typeof decline>

export const notArrived = z
  .strictObject({ reason: chosen('not_arrived'), note: text(2000).nullable().default(null) })
  .meta({ id: 'NonArrival' })
export type NotArrivedBody = z.output<typeof notArrived>

export const offerWithdrawal = z.strictObject({ reason: chosen('offer_withdrawal') }).meta({ id: 'OfferWithdrawal' })
export const replyExtension = z.strictObject({ answerBy: day }).meta({ id: 'ReplyExtension' })
export const lease = z
  .strictObject({
    signedOn: day,
    during: dayRange,
    termReason: text(1000)
      .nullable()
      .default(null)
      .describe('Why it lasts for another time than is proposed; asked for where something is.'),
  })
  .meta({ id: 'SignedLease' })
export const leaseProposal = z
  .object({
    from: day,
    years: z.number().int().nullable().describe('Null: no rule says how long a lease of this form lasts.'),
    to: day.nullable().describe('The first day after the lease.'),
    sentence: z.string().nullable().describe('Why, in bokmål.'),
    source: z.string().nullable(),
  })
  .meta({ id: 'LeaseProposal' })
export const moveIn = z
  .strictObject({
    on: day.describe('The actual day, today or earlier.'),
    expectedUntil: day
      .nullable()
      .optional()
      .describe('Absent: the end of the lease, or of the norm for the form; null: no end is agreed.'),
  })
  .meta({ id: 'MoveIn' })
