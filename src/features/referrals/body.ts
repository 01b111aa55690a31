import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type NeedRow, situationOf } from '../../db/needs.ts'
import { type ReferralRow, stateOfReferral } from '../../db/referrals.ts'
import { type Day, dayInOslo, daysBetween } from '../../domain/day.ts'
import { ELIGIBILITY_RULES } from '../../domain/eligibility.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { isCriterion } from '../../domain/placement/criterion.ts'
import { actionsOf } from '../../domain/placement/decide.ts'
import { placeGivenSentence, REFERRAL_STATE_NAMES, whyNow } from '../../domain/placement/referral.ts'
import { TRANSITIONS } from '../../domain/placement/transitions.ts'
import { urgencyOf } from '../../domain/urgency.ts'
import { reasonCode } from '../../reference/reasonCodes.ts'
import type { ReferralBody, ReferralDetail } from './schema.ts'

const CRITERIA = ELIGIBILITY_RULES.filter(({ id }) => isCriterion(id)).map(({ id, title }) => ({ ruleId: id, title }))
const ACTIONS = TRANSITIONS.filter(({ subject, action }) => subject === 'referral' && action !== 'send')

/**
 * A referral as it is answered with on `today`.
 * @param need the need behind it as it is now; undefined for whoever no longer sees it
 */
export function referralBody(keyring: Keyring, row: ReferralRow, need: NeedRow | undefined, today: Day): ReferralBody {
  const state = stateOfReferral(row, today)
  const { wishedFacilityId, wishedFacilityName, proposedPlaceId, proposedLabel, proposedFacilityName } = row
  const urgency = need === undefined ? null : urgencyOf(situationOf(need), today)
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
    proposedPlace:
      proposedPlaceId === null || proposedLabel === null || proposedFacilityName === null
        ? null
        : { id: proposedPlaceId, label: proposedLabel, facilityName: proposedFacilityName },
    plannedOn: row.plannedOn,
    chainId: row.chainId,
    urgency: urgency === null ? null : { urgencyClass: urgency.urgencyClass, className: urgency.className },
    whyNow:
      urgency === null || need === undefined
        ? []
        : whyNow(
            {
              state,
              sentOn: dayInOslo(new Date(row.sentAt)),
              answerDueOn: row.answerDueOn,
              answeredOn: row.answeredAt === null ? null : dayInOslo(new Date(row.answeredAt)),
              plannedOn: row.plannedOn,
              urgency,
              mustLeaveBy: need.mustLeaveBy,
            },
            today,
          ),
    sentAt: row.sentAt,
    sentBy: row.sentByName,
    answerDueOn: row.answerDueOn,
    daysLeft: daysBetween(today, row.answerDueOn),
    answer: answerOf(row),
    offerId: row.offerId,
    givenPlace:
      row.givenLabel === null || row.givenFacilityName === null || row.formGiven === null
        ? null
        : {
            label: row.givenLabel,
            facilityName: row.givenFacilityName,
            formName: formById(row.formGiven as HousingForm).name,
          },
    withdrawn:
      row.withdrawnAt === null || row.withdrawnReason === null
        ? null
        : {
            at: row.withdrawnAt,
            reason: row.withdrawnReason,
            reasonName: reasonCode('offer_withdrawal', row.withdrawnReason)?.name ?? row.withdrawnReason,
          },
    actions: actionsOf(ACTIONS, { state, readiness: [], failing: [], overridden: [] }).map((action) =>
      action.action === 'withdraw' && state === 'place_given' && row.givenOpen === true && row.givenLabel !== null
        ? { ...action, why: [placeGivenSentence({ label: row.givenLabel, facilityName: row.givenFacilityName })] }
        : action,
    ),
  }
}

/** A referral with what it said when it was sent. */
export function referralDetailBody(
  keyring: Keyring,
  row: ReferralRow,
  need: NeedRow | undefined,
  today: Day,
): ReferralDetail {
  return {
    ...referralBody(keyring, row, need, today),
    content: row.content as unknown as ReferralDetail['content'],
    criteria: CRITERIA,
  }
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
