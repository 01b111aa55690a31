import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { decidedFor, leaseOf, type OfferRow, stateOf } from '../../db/offers.ts'
import { type Day, lastDayBefore } from '../../domain/day.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { actionsOf } from '../../domain/placement/decide.ts'
import { basisFailing } from '../../domain/placement/moveInBasis.ts'
import { OFFER_STATE_NAMES } from '../../domain/placement/offer.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { hasLease } from '../../domain/placement/tasks.ts'
import { TRANSITIONS } from '../../domain/placement/transitions.ts'
import { reasonCode } from '../../reference/reasonCodes.ts'
import type { OfferBody } from './schema.ts'
import { extensionsOf } from './send.ts'

/** What is done by people with an offer that exists. */
const ACTIONS = TRANSITIONS.filter(
  ({ subject, capability, action }) => subject === 'offer' && capability !== 'system' && action !== 'send',
)

/** What keeps some of it from being done, as far as the offer itself tells. */
function failingNow(row: OfferRow, today: Day): PreconditionId[] {
  const form = row.formGiven as HousingForm
  return [
    ...(row.needStatus === 'registered' ? [] : (['need_registered'] as const)),
    ...(row.leaseSignedOn === null ? [] : (['lease_not_signed'] as const)),
    ...(hasLease(form) ? [] : (['form_has_lease'] as const)),
    ...basisNow(row, today),
    ...(row.moveInOn < today ? [] : (['move_in_day_passed'] as const)),
    ...(row.placeGone ? (['place_not_taken'] as const) : []),
  ]
}

/** What a move-in lacks that is recorded today: on the planned day, when that has come, or today. */
function basisNow(row: OfferRow, today: Day): PreconditionId[] {
  const lackingOn = (day: Day) => basisFailing(row.formGiven as HousingForm, leaseOf(row), decidedFor(row), day)
  const lacking = lackingOn(today)
  return lacking.length > 0 && row.moveInOn < today && lackingOn(row.moveInOn).length === 0 ? [] : lacking
}

/** An offer as it is answered with, now and today. */
export function offerBody(keyring: Keyring, row: OfferRow, { now, today }: Pick<Acting, 'now' | 'today'>): OfferBody {
  const state = stateOf(row, now)
  return {
    id: row.id,
    version: row.version,
    state,
    stateName: OFFER_STATE_NAMES[state],
    needId: row.needId,
    residentName: nameIn(keyring, row),
    holdingDistrict: row.holdingDistrict,
    place: {
      id: row.placeId,
      label: row.label,
      form: row.formGiven as OfferBody['place']['form'],
      facilityId: row.facilityId,
      facilityName: row.facilityName,
      districtCode: row.districtCode,
    },
    reserved: row.holdId !== null,
    referralId: row.referralId,
    runId: row.runId,
    chainId: row.chainId,
    chainPosition: row.chainPosition,
    conditional: row.conditional && row.firmAt === null,
    sentAt: row.sentAt,
    sentBy: row.sentByName,
    moveInOn: row.moveInOn,
    answerBy: lastDayBefore(row.replyBy),
    expiresAt: row.replyBy,
    answerByBefore: extensionsOf(row).map(({ answerBy }) => answerBy),
    formNeeded: row.formNeeded as OfferBody['formNeeded'],
    skip: row.skip as OfferBody['skip'],
    skipReason: row.skipReason,
    overrides: row.overrides as unknown as OfferBody['overrides'],
    acceptedAt: row.acceptedAt,
    declined: declinedOf(row),
    notArrived: notArrivedOf(row),
    withdrawn:
      row.withdrawnAt === null || row.withdrawnReason === null || row.notArrivedReason !== null
        ? null
        : {
            at: row.withdrawnAt,
            reason: row.withdrawnReason,
            reasonName: reasonCode('offer_withdrawal', row.withdrawnReason)?.name ?? row.withdrawnReason,
          },
    expiredAt: row.expiredAt ?? (state === 'expired' ? row.replyBy : null),
    lease: shownLease(row),
    movedInAt: row.movedInAt,
    stayId: row.stayId,
    actions: actionsOf(ACTIONS, { state, readiness: [], failing: failingNow(row, today), overridden: [] }),
  }
}

function shownLease(row: OfferRow): OfferBody['lease'] {
  const lease = leaseOf(row)
  return lease === null ? null : { ...lease, termReason: row.leaseTermReason }
}

function notArrivedOf({ notArrivedReason, notArrivedNote, withdrawnAt }: OfferRow): OfferBody['notArrived'] {
  if (notArrivedReason === null || withdrawnAt === null) return null
  const reason = reasonCode('not_arrived', notArrivedReason)
  return {
    at: withdrawnAt,
    reason: notArrivedReason,
    reasonName: reason?.name ?? notArrivedReason,
    consequence: reason?.consequence.text ?? '',
    note: notArrivedNote,
  }
}

function declinedOf(row: OfferRow): OfferBody['declined'] {
  if (row.declinedAt === null || row.declineReason === null) return null
  const party = row.declinedByParty === 'provider' ? 'provider' : 'resident'
  const reason = reasonCode(`decline_${party}`, row.declineReason)
  return {
    at: row.declinedAt,
    party,
    reason: row.declineReason,
    reasonName: reason?.name ?? row.declineReason,
    consequence: reason?.consequence.text ?? '',
    note: row.declineNote,
    criterion: row.declineVerdict as unknown as NonNullable<OfferBody['declined']>['criterion'],
  }
}
