import type { NextBest } from '../../api/problem.ts'
import type { ReferralAnswer, ReferralDetail } from '../../api/referrals.ts'
import type { PlaceForm } from '../../api/types.ts'
import { confirmedInWords, dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { firstMoveIn, proposedAnswerBy, proposedMoveIn } from '../offers/draft.ts'

/** The answer to a referral while it is written; what is not typed is as proposed. It outlives a place that somebody else takes. */
export type AnswerDraft = {
  kind: ReferralAnswer['answer']
  form: PlaceForm
  placeId: string | null
  moveInOn: string | null
  answerBy: string | null
  skip: 'chosen' | 'forced'
  skipReason: string | null
  reason: string
  ruleId: string
  facility: { id: string; name: string } | null
  note: string
}

export type Choice = { id: string; label: string; description: string; availableFrom: string }

/** Nothing chosen yet but the form that was asked for and the place that the bydel found. */
export function blankAnswer({ form, proposedPlace, wishedFacility }: ReferralDetail): AnswerDraft {
  return {
    kind: 'place_given',
    form,
    placeId: proposedPlace?.id ?? null,
    moveInOn: null,
    answerBy: null,
    skip: 'forced',
    skipReason: null,
    reason: '',
    ruleId: '',
    facility: wishedFacility,
    note: '',
  }
}

/**
 * The places that can be given: those that fit, the one that the bydel found first; and one that somebody moves out of first, where a
 * chain of moves says so.
 */
export function choices(
  places: readonly NextBest[],
  { proposedPlace, plannedOn, form }: Pick<ReferralDetail, 'proposedPlace' | 'plannedOn' | 'form'>,
  shown: PlaceForm,
  today: string,
  districtName: (code: string) => string,
): Choice[] {
  const found = places.map(
    ({ placeId, label, facilityName, districtCode, availableFrom, vacancyConfirmedAt, lacks }) => ({
      id: placeId,
      label: `${label}, ${facilityName}`,
      availableFrom,
      description: [
        `${districtName(districtCode)}, ${availableFrom <= today ? 'ledig nå' : `ledig fra ${dayInWords(availableFrom)}`}. Ledigheten er ${confirmedInWords(vacancyConfirmedAt, today)}.`,
        ...(placeId === proposedPlace?.id ? ['Foreslått av bydelen.'] : []),
        ...(lacks.length > 0 ? [`Merk: ${lacks.map(inText).join(', ')}.`] : []),
      ].join(' '),
    }),
  )
  const isFound = found.some(({ id }) => id === proposedPlace?.id)
  if (proposedPlace !== null && plannedOn !== null && !isFound && shown === form) {
    found.push({
      id: proposedPlace.id,
      label: `${proposedPlace.label}, ${proposedPlace.facilityName}`,
      availableFrom: plannedOn,
      description: `Ikke ledig ennå. I boligkjeden er plassen ledig ${dayInWords(plannedOn)}, og tilbudet gjelder når flyttingen før er svart ja til.`,
    })
  }
  return found.toSorted((a, b) => Number(b.id === proposedPlace?.id) - Number(a.id === proposedPlace?.id))
}

/** The first day that the place can be had, or that a chain plans; never before today. */
export function moveInDay(
  draft: AnswerDraft,
  referral: Pick<ReferralDetail, 'plannedOn' | 'proposedPlace'>,
  choice: Choice | undefined,
  today: string,
): string {
  if (draft.moveInOn !== null) return draft.moveInOn
  const { plannedOn, proposedPlace } = referral
  if (plannedOn !== null && plannedOn >= today && draft.placeId === proposedPlace?.id) return plannedOn
  return proposedMoveIn(draft.form, firstMoveIn({ availableFrom: choice?.availableFrom ?? null }, today), today)
}

/** Why the form that was asked for is not given, as proposed until somebody writes more. */
export function proposedSkipReason(skip: AnswerDraft['skip'], askedName: string): string {
  return skip === 'forced' ? `Ingen ledig plass i ${inText(askedName)} passet.` : ''
}

/** What is sent; undefined while no place is chosen. */
export function answerBody(
  draft: AnswerDraft,
  referral: ReferralDetail,
  choice: Choice | undefined,
  today: string,
): ReferralAnswer | undefined {
  const note = draft.note.trim() === '' ? null : draft.note.trim()
  if (draft.kind === 'waiting') return { answer: 'waiting', note }
  if (draft.kind === 'declined') {
    const byCriterion = draft.reason === 'criteria'
    return {
      answer: 'declined',
      reason: draft.reason as Extract<ReferralAnswer, { answer: 'declined' }>['reason'],
      ruleId: byCriterion && draft.ruleId !== '' ? draft.ruleId : null,
      facilityId: byCriterion ? (draft.facility?.id ?? null) : null,
      note,
    }
  }
  if (choice === undefined) return undefined
  const moveInOn = moveInDay(draft, referral, choice, today)
  const other = draft.form !== referral.form
  return {
    answer: 'place_given',
    placeId: choice.id,
    moveInOn,
    answerBy: draft.answerBy ?? proposedAnswerBy(moveInOn, today),
    skip: other ? draft.skip : 'none',
    skipReason: other ? (draft.skipReason ?? proposedSkipReason(draft.skip, referral.formName)).trim() : null,
    note,
  }
}
