import { z } from 'zod'
import { STAY_STATES } from '../../domain/placement/stay.ts'
import { pageQuery } from '../../http/cursor.ts'
import { actions, day, dayRange, id, instant, placeForm, text } from '../../http/fields.ts'
import { REASON_CODES, type ReasonKind } from '../../reference/reasonCodes.ts'

/** The ids of the reasons of one kind that a person may choose between. */
function chosen(kind: ReasonKind) {
  return z.enum(
    REASON_CODES.filter((reason) => reason.kind === kind && reason.offeredToPeople).map(({ id: reason }) => reason),
  )
}

export const stayQuery = pageQuery.extend({
  state: z
    .enum(['present', 'overdue', 'departed', 'may_return'])
    .optional()
    .describe(
      '`present`: lives there, overdue or not; `may_return`: moved on from an institution and may still come back. Absent: all of them.',
    ),
  leftSince: day.optional().describe('Only those that ended on this day or later.'),
  placeId: id.optional(),
  facilityId: id.optional(),
  residentId: id.optional(),
})
export type StayQuery = z.output<typeof stayQuery>

const place = z
  .object({ id, label: z.string(), facilityId: id, facilityName: z.string(), districtCode: z.string() })
  .meta({ id: 'StayPlace' })

export const stay = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(STAY_STATES).describe('An overdue resident still lives there and is counted.'),
    stateName: z.string(),
    householdId: id,
    residentId: id.nullable(),
    residentName: z.string().nullable().describe('Null for a house once she has left.'),
    holdingDistrict: z.string(),
    form: placeForm,
    place: place.nullable().describe('Null: a home outside our places.'),
    from: day.describe('The actual day of the move-in.'),
    to: day.nullable().describe('The actual day of the departure: the first day she is not there.'),
    expectedUntil: day.nullable(),
    originalExpectedUntil: day.nullable().describe('What was agreed at first.'),
    daysOver: z.number().int().describe('Days beyond what was agreed; 0 when none are.'),
    readyToMoveOnSince: day.nullable(),
    departure: z.object({ reason: z.string(), reasonName: z.string(), consequence: z.string() }).nullable(),
    rightOfReturnUntil: day.nullable().describe('The first day on which she can no longer come back.'),
    handoverUntil: day
      .nullable()
      .describe(
        'The household has two homes while it moves, until this day at most; null: one home, or not to be seen.',
      ),
    offerId: id.nullable(),
    actions,
  })
  .meta({ id: 'Stay' })
export type StayBody = z.infer<typeof stay>

export const stayDetail = stay
  .extend({
    privateLease: z
      .object({
        landlord: z.object({ id, name: z.string() }),
        signedOn: day,
        during: dayRange,
        shortLeaseReason: z.string().nullable(),
        rentMonth: z.number().int().nullable().describe('Kroner; null: not known.'),
        electricityMonth: z.number().int().nullable(),
        guarantee: z.enum(['not_decided', 'none', 'guarantee', 'deposit']),
        guaranteeAmount: z.number().int().nullable(),
        recordedAt: instant,
        recordedBy: z.string(),
      })
      .nullable()
      .describe(
        'Of a home outside our places that was recorded here: what was agreed when she moved in. For her bydel alone.',
      ),
    nextHomes: z
      .array(
        z.object({
          kind: z.enum(['stay', 'offer']),
          form: placeForm,
          beginsOn: day,
          leaseSignedOn: day.nullable(),
          ready: z.boolean().describe('Somebody who leaves today for it leaves no home too early.'),
        }),
      )
      .describe('Where the household can move on to: other homes, and accepted offers.'),
  })
  .meta({ id: 'StayDetail' })
export type StayDetail = z.infer<typeof stayDetail>

export const rightOfReturn = z
  .object({
    stayId: id.describe('The stay that was moved on from.'),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    vacancyConfirmedAt: instant.nullable().describe('When the house last confirmed its vacancy; null: never.'),
    until: day.describe('The first day on which she can no longer come back.'),
    sentence: z.string().describe('In bokmål.'),
    places: z
      .array(z.object({ id, label: z.string(), availableFrom: day }))
      .describe('Of the same form in the same house, free, and nothing in the rules that keeps her from them.'),
  })
  .meta({ id: 'RightOfReturn' })

const STAY_EVENT_KINDS = [
  'moved_in',
  'extended',
  'departed',
  'transferred_out',
  'transferred_in',
  'departure_corrected',
  'move_in_corrected',
] as const

export const stayEvent = z
  .object({
    id,
    kind: z.enum(STAY_EVENT_KINDS),
    kindName: z.string(),
    occurredOn: day.describe('The day it happened.'),
    recordedAt: instant.describe('When it was recorded.'),
    recordedBy: z.string().nullable(),
    expectedBefore: day.nullable(),
    expectedAfter: day.nullable(),
    onBefore: day.nullable().describe('Of a correction: the day as it was recorded.'),
    onAfter: day.nullable().describe('Of a correction: the day as it is. Null for a departure that never was.'),
    reason: z.string().nullable(),
    reasonName: z.string().nullable(),
    overrides: z
      .array(z.object({ id: z.string(), reason: z.string() }))
      .describe('Rules that were set aside for a change of place, each with why.'),
    note: z.string().nullable(),
    otherStayId: id.nullable().describe('The stay on the other side of a change of place.'),
  })
  .meta({ id: 'StayEvent' })

const note = text(2000).nullable().default(null)
export const privateHome = z
  .strictObject({
    form: z.enum(['private', 'private_support']),
    movedInOn: day.describe('The actual day, today or earlier.'),
    signedOn: day.describe('When the lease was signed, on the day of the move-in or earlier.'),
    shortLeaseReason: chosen('short_lease')
      .nullable()
      .default(null)
      .describe('Asked for where the lease is shorter than the law’s norm.'),
    note,
  })
  .meta({ id: 'PrivateHome' })
export type PrivateHomeBody = z.output<typeof privateHome>

export const departure = z
  .strictObject({
    on: day.describe('The actual day, today or earlier: the first day she is not there.'),
    reason: chosen('departure'),
    note,
  })
  .meta({ id: 'Departure' })
export type DepartureBody = z.output<typeof departure>
export const extension = z
  .strictObject({ expectedUntil: day, reason: chosen('extension'), note })
  .meta({ id: 'StayExtension' })
export type ExtensionBody = z.output<typeof extension>
export const transfer = z
  .strictObject({
    placeId: id.describe('Of the same form.'),
    on: day.describe('The actual day, today or earlier.'),
    reason: chosen('transfer'),
    overrides: z
      .array(z.strictObject({ id: z.string().max(80), reason: text(1000) }))
      .max(10)
      .default([])
      .describe('Eligibility rules that the person herself may say yes to, each with why.'),
    note,
  })
  .meta({ id: 'StayTransfer' })
export type TransferBody = z.output<typeof transfer>
export const departureCorrection = z
  .strictObject({
    on: day.nullable().describe('The day she actually left; null: she has not left, and lives there.'),
    reason: chosen('correction'),
    note,
  })
  .meta({ id: 'DepartureCorrection' })
export type DepartureCorrectionBody = z.output<typeof departureCorrection>
export const moveInCorrection = z
  .strictObject({ on: day.describe('The day she actually moved in.'), reason: chosen('correction'), note })
  .meta({ id: 'MoveInCorrection' })
export type MoveInCorrectionBody = z.output<typeof moveInCorrection>
