import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type ReferralRow, stateOfReferral } from '../../db/referrals.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { actionsOf } from '../../domain/placement/decide.ts'
import { REFERRAL_STATE_NAMES } from '../../domain/placement/referral.ts'
import { TRANSITIONS } from '../../domain/placement/transitions.ts'
import { reasonCode } from '../../reference/reasonCodes.ts'
import type { ReferralBody, ReferralDetail } from './schema.ts'

const ACTIONS = TRANSITIONS.filter(({ subject, action }) => subject === 'referral' && action !== 'send')

/** A referral as it is answered with on `today`. */
export function referralBody(keyring: Keyring, row: ReferralRow, today: Day): ReferralBody {
  const state = stateOfReferral(row, today)
  const { wishedFacilityId, wishedFacilityName } = row
  return {
    id: row.id,
    version: row.version,
    state,
    stateName: REFERRAL_STATE_NAMES[state],
    needId: row.needId,
    residentName: nameIn(keyring, row),
    holdingDistrict: row.holdingDistrict,
    form: row.form as ReferralBody['form'],
    formName: formById(row.form as HousingForm).name,
    wishedFacility:
      wishedFacilityId === null || wishedFacilityName === null
        ? null
        : { id: wishedFacilityId, name: wishedFacilityName },
    sentAt: row.sentAt,
    sentBy: row.sentByName,
    answerDueOn: row.answerDueOn,
    daysLeft: daysBetween(today, row.answerDueOn),
    answer: answerOf(row),
    offerId: row.offerId,
    withdrawn:
      row.withdrawnAt === null || row.withdrawnReason === null
        ? null
        : {
            at: row.withdrawnAt,
            reason: row.withdrawnReason,
            reasonName: reasonCode('offer_withdrawal', row.withdrawnReason)?.name ?? row.withdrawnReason,
          },
    actions: actionsOf(ACTIONS, { state, readiness: [], failing: [], overridden: [] }),
  }
}

/** A referral with what it said when it was sent. */
export function referralDetailBody(keyring: Keyring, row: ReferralRow, today: Day): ReferralDetail {
  return { ...referralBody(keyring, row, today), content: row.content as unknown as ReferralDetail['content'] }
}

function answerOf(row: ReferralRow): ReferralBody['answer'] {
  if (row.answer === null || row.answeredAt === null) return null
  const reason = row.declineReason === null ? undefined : reasonCode('decline_provider', row.declineReason)
  return {
    kind: row.answer as NonNullable<ReferralBody['answer']>['kind'],
    at: row.answeredAt,
    by: row.answeredByName ?? '',
    reason: row.declineReason,
    reasonName: reason?.name ?? row.declineReason,
    consequence: reason?.consequence.text ?? null,
    criterion: row.declineVerdict as unknown as NonNullable<ReferralBody['answer']>['criterion'],
    note: row.answerNote,
  }
}
