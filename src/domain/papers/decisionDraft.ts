import { DECISION_TEXTS, type DecisionLanguage } from '../../reference/decisionTexts.ts'
import type { LegalTrackId } from '../../reference/legalTracks.ts'
import type { Day } from '../day.ts'
import { leaseProposal } from '../lease.ts'
import { formOfTrack } from './legalTrack.ts'
import { dayIn, fill, formIn } from './text.ts'

/** What a draft decision is made of; all of it is registered on the need and the household already. */
export interface DraftFacts {
  forms: readonly string[]
  registeredOn: Day | null
  origin: string | null
  situationSince: Day | null
  mustLeaveBy: Day | null
  privateRental: string
  /** Of the children who live in the household. */
  childrenBornIn: readonly number[]
}

export interface Choice {
  track: LegalTrackId
  outcome: 'granted' | 'refused'
  lackOfSuitableHome: boolean
  language: DecisionLanguage
}

export interface DraftText {
  mainContent: string
  /** Null where only a person can say why: the reason of a no that is not lack of homes. */
  reasons: string | null
}

/**
 * The text that a decision starts from, in the language it is written in. An officer changes it before it is issued; it never
 * names an address, so that a protected one cannot slip into it.
 * @throws RangeError when the need names no form
 */
export function decisionDraft(choice: Choice, facts: DraftFacts, today: Day): DraftText {
  const { track, outcome, lackOfSuitableHome, language } = choice
  const texts = DECISION_TEXTS[language]
  const form = formOfTrack(track, facts.forms)
  if (form === undefined) throw new RangeError('a decision needs a form to be about')
  const values = { form: formIn(language, form) }
  const written: { granted: readonly string[]; refused: readonly string[]; lack?: readonly string[] } =
    texts.mainContent[track]
  const lacking = lackOfSuitableHome ? written.lack : undefined
  const content = [...(lacking ?? written[outcome])].map((sentence) => fill(sentence, values))
  const lease = leaseProposal(form, today, { childrenBornIn: facts.childrenBornIn, rentsMunicipal: false })
  if (track === 'municipal_home' && outcome === 'granted' && lease !== null)
    content.push(fill(texts.lease, { years: lease.years }))
  return { mainContent: content.join(' '), reasons: reasonsFor(choice, facts, values.form) }
}

function reasonsFor({ outcome, lackOfSuitableHome, language }: Choice, facts: DraftFacts, form: string): string | null {
  const { reasons, origins } = DECISION_TEXTS[language]
  if (outcome === 'refused' && !lackOfSuitableHome) return null
  const origin = (origins as Readonly<Record<string, string>>)[facts.origin ?? '']
  const { registeredOn, situationSince, mustLeaveBy } = facts
  const on = (day: Day) => dayIn(language, day)
  return [
    registeredOn === null ? null : fill(reasons.registered, { registered: on(registeredOn) }),
    origin === undefined ? null : fill(reasons.origin, { origin }),
    origin === undefined || situationSince === null ? null : fill(reasons.since, { since: on(situationSince) }),
    origin === undefined || mustLeaveBy === null ? null : fill(reasons.mustLeaveBy, { mustLeaveBy: on(mustLeaveBy) }),
    facts.privateRental === 'not_possible' ? reasons.privateRentalNot : null,
    fill(reasons.needed, { form }),
    ...(lackOfSuitableHome ? reasons.lack : []),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}
