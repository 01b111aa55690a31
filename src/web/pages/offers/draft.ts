import type { Explanation, Need, NewOffer } from '../../api/types.ts'
import { dayAfter } from '../../ui/days.ts'

/** An offer while it is written. It outlives the place: when somebody else takes that, the rest is kept for the next. */
export type OfferDraft = {
  /** Null: as proposed for the place. */
  moveInOn: string | null
  answerBy: string | null
  reserve: boolean
  skip: NonNullable<NewOffer['skip']> | undefined
  skipReason: string
  /** Reasons by what is set aside. */
  overrides: Record<string, string>
}

export const blankDraft: OfferDraft = {
  moveInOn: null,
  answerBy: null,
  reserve: true,
  skip: undefined,
  skipReason: '',
  overrides: {},
}

/** The step of a chain in life that an offer is for. After the first it waits for the one before, and has no deadline of its own yet. */
export type ChainLink = { id: string; position: number; plannedOn: string }

const REPLY_DAYS = 7
/** A place is kept without an offer for at most a week. */
const KEEP_DAYS = 7
/** Where somebody would else be outdoors. */
const ACUTE = ['temporary', 'vel_emergency']

/** The first day that the place can be had. */
export function firstMoveIn({ availableFrom }: Pick<Explanation, 'availableFrom'>, today: string): string {
  return availableFrom === null || availableFrom < today ? today : availableFrom
}

/** When nobody can wait the first day; else so late that there is time to answer. */
export function proposedMoveIn(form: string, first: string, today: string): string {
  const week = dayAfter(today, REPLY_DAYS)
  return ACUTE.includes(form) || first > week ? first : week
}

/** The day that is written, but never before the place can be had; in a chain as its moves are planned until somebody writes another. */
export function moveInOf(
  { moveInOn }: Pick<OfferDraft, 'moveInOn'>,
  explanation: Pick<Explanation, 'availableFrom' | 'place'>,
  today: string,
  link?: ChainLink,
): string {
  if (link !== undefined) return moveInOn ?? (link.plannedOn < today ? today : link.plannedOn)
  const first = firstMoveIn(explanation, today)
  if (moveInOn === null) return proposedMoveIn(explanation.place.form, first, today)
  return /^\d{4}-\d\d-\d\d$/.test(moveInOn) && moveInOn < first ? first : moveInOn
}

/** A week to answer, or until the move-in when that is sooner. */
export function proposedAnswerBy(moveInOn: string, today: string): string {
  const week = dayAfter(today, REPLY_DAYS)
  return moveInOn < week ? moveInOn : week
}

/** As long as a place may be kept before it is offered. */
export function proposedKeepUntil(today: string): string {
  return dayAfter(today, KEEP_DAYS)
}

/** Whether an offer waits for another's move; then its own time to answer begins when that is certain. */
export function isConditional(link: ChainLink | undefined): boolean {
  return link !== undefined && link.position > 0
}

/** What must be said of a form that is not the one most wanted: nothing, something if it is a skip, or always. */
export function skipQuestion(forms: readonly string[], given: string): 'none' | 'may' | 'must' {
  if (forms[0] === given) return 'none'
  return forms.includes(given) ? 'may' : 'must'
}

/** What can be set aside with a reason, each with why it stands in the way. */
export function overridable(explanation: Pick<Explanation, 'rules' | 'missingSteps'>): { id: string; title: string }[] {
  return [
    ...explanation.missingSteps
      .filter(({ id }) => id === 'private_rental_considered')
      .map(({ id, title }) => ({ id, title })),
    ...explanation.rules
      .filter(
        ({ outcome, relaxable, ruleId }) =>
          outcome === 'failed' && relaxable === 'person' && !ruleId.startsWith('form.'),
      )
      .map(({ ruleId, title, sentence }) => ({ id: ruleId, title: `${title}. ${sentence}` })),
  ]
}

const BEFORE_OFFER = ['ranking', 'preview', 'referral', 'offer']

/** What the need lacks that stops an offer and that nobody can set aside. */
export function stopsOffer({ missingSteps }: Pick<Explanation, 'missingSteps'>): { id: string; title: string }[] {
  return missingSteps.filter(({ id, stops }) => BEFORE_OFFER.includes(stops) && id !== 'private_rental_considered')
}

/** What is sent. */
export function offerBody(
  need: Pick<Need, 'id' | 'forms'>,
  explanation: Explanation,
  draft: OfferDraft,
  today: string,
  link?: ChainLink,
): NewOffer {
  const moveInOn = moveInOf(draft, explanation, today, link)
  const question = skipQuestion(need.forms, explanation.place.form)
  const skip = question === 'none' ? 'none' : (draft.skip ?? 'none')
  const asked = new Set(overridable(explanation).map(({ id }) => id))
  return {
    needId: need.id,
    placeId: explanation.placeId,
    moveInOn,
    ...(isConditional(link) ? {} : { answerBy: draft.answerBy ?? proposedAnswerBy(moveInOn, today) }),
    reserve: link === undefined ? draft.reserve : true,
    ...(link === undefined ? {} : { chain: { id: link.id, position: link.position } }),
    skip,
    skipReason: skip === 'none' ? null : draft.skipReason.trim(),
    runId: null,
    overrides: Object.entries(draft.overrides)
      .filter(([id, reason]) => asked.has(id) && reason.trim() !== '')
      .map(([id, reason]) => ({ id, reason: reason.trim() })),
  }
}
