import type { DecisionLanguage } from '../../reference/decisionTexts.ts'
import { LETTER_CONTACT, type LetterLanguage, type LetterTexts } from '../../reference/letters/texts.ts'
import type { Day } from '../day.ts'
import { districtName } from '../words.ts'
import { lastDayToAppeal } from './decision.ts'
import { formOfTrack, type LegalTrackVersion } from './legalTrack.ts'
import { dayIn, fill, formIn, textsIn } from './text.ts'

/** A paragraph, in the letter's language but for what was written in another: a reader aloud must know. */
export interface LetterParagraph {
  text: string
  language: LetterLanguage
}

/** One heading with what stands under it. */
export interface LetterSection {
  heading: string
  paragraphs: LetterParagraph[]
}

/** A letter as it is printed. Marks stand above it and say what keeps it from being sent as it is. */
export interface Letter {
  language: LetterLanguage
  title: string
  recipient: string
  sender: string
  /** The day it is dated, in words and as a day. */
  writtenOn: Day
  dated: string
  intro: LetterParagraph[]
  sections: LetterSection[]
  signature: string
  marks: string[]
}

/** What every letter needs. */
export interface Envelope {
  language: LetterLanguage
  /** The person's own name. */
  recipient: string
  holdingDistrict: string
  /** Who signs and answers the telephone: a contact person where there is one. */
  officer: string
  contactPerson: string | null
  interpreter: boolean
  writtenOn: Day
}

export interface LetterPlace {
  facility: string
  label: string
  address: string | null
}

export interface OfferLetterFacts {
  form: string
  /** Null for a protected address: the letter then says that it does not say where. */
  place: LetterPlace | null
  moveInOn: Day
  /** The last day and the time of that day, in Oslo: «21:00». */
  replyBy: Day
  replyTime: string
  conditional: boolean
  unreserved: boolean
  /** Answered with no, withdrawn or run out: the letter is kept for the record. */
  over: boolean
}

export interface DecisionLetterFacts {
  track: LegalTrackVersion
  outcome: 'granted' | 'refused'
  lackOfSuitableHome: boolean
  forms: readonly string[]
  mainContent: string
  reasons: string | null
  writtenIn: DecisionLanguage
  /** The appeal body that was written into the decision. */
  appealBody: string
  issued: boolean
  /** The place that the decision gives; `protected` where it must not be written down. */
  place: LetterPlace | 'protected' | null
  /** Whether a decision on help to find and keep a home has been issued. */
  helpDecided: boolean
}

export interface ReferralLetterFacts {
  form: string
  sentOn: Day
  answerDueOn: Day
  wishedFacility: string | null
  /** Withdrawn. */
  over: boolean
}

function placeParagraphs(texts: LetterTexts, place: LetterPlace | 'protected'): string[] {
  if (place === 'protected') return [texts.place.protected]
  const { facility, label, address } = place
  if (address !== null && address.trim().toLowerCase() === facility.trim().toLowerCase())
    return [fill(texts.place.home, { address, label })]
  const named = fill(texts.place.named, { facility, label })
  return [address === null ? named : `${named} ${fill(texts.place.address, { address })}`]
}

/** What a letter is made of; a string stands in the letter's own language. */
interface Body {
  title: string
  intro: (string | LetterParagraph)[]
  sections: { heading: string; paragraphs: (string | LetterParagraph)[] }[]
  marks?: string[]
}

function letter(envelope: Envelope, body: Body): Letter {
  const { language, recipient, holdingDistrict, officer, contactPerson, writtenOn, interpreter } = envelope
  const texts = textsIn(language)
  const district = fill(texts.district, { district: districtName(holdingDistrict) })
  const person = contactPerson?.trim() || officer
  const contact = fill(texts.contact.text, { phone: LETTER_CONTACT.phone, person, district })
  const [own, other] = texts.interpreter
  const interpreted = [own, { text: other, language: language === 'en' ? ('nb' as const) : ('en' as const) }]
  const written = (paragraphs: (string | LetterParagraph)[]) =>
    paragraphs.map((paragraph) => (typeof paragraph === 'string' ? { text: paragraph, language } : paragraph))
  return {
    language,
    title: body.title,
    recipient,
    // the sender is named as she is called, also in English
    sender: `Oslo kommune, Bydel ${districtName(holdingDistrict)}`,
    writtenOn,
    dated: dayIn(language, writtenOn),
    intro: written(body.intro),
    sections: [
      ...body.sections,
      { heading: texts.contact.heading, paragraphs: [contact, ...(interpreter ? interpreted : [])] },
    ].map(({ heading, paragraphs }) => ({ heading, paragraphs: written(paragraphs) })),
    signature: officer,
    marks: body.marks ?? [],
  }
}

/** The offer of a place: what it is, what to answer by when, what a no means, and where an appeal goes. */
export function offerLetter(envelope: Envelope, facts: OfferLetterFacts): Letter {
  const { language } = envelope
  const { offer: texts, ...all } = textsIn(language)
  const on = (day: Day) => dayIn(language, day)
  return letter(envelope, {
    title: texts.title,
    intro: [
      fill(texts.intro, { form: formIn(language, facts.form) }),
      ...placeParagraphs({ ...all, offer: texts }, facts.place ?? 'protected'),
      ...(facts.conditional ? [texts.conditional] : []),
      ...(facts.unreserved ? [texts.unreserved] : []),
    ],
    sections: [
      {
        heading: texts.doHeading,
        paragraphs: [
          fill(texts.answer, { replyBy: on(facts.replyBy), replyTime: facts.replyTime }),
          fill(texts.moveIn, { moveIn: on(facts.moveInOn) }),
        ],
      },
      { heading: texts.noHeading, paragraphs: [...texts.no] },
      { heading: texts.appealHeading, paragraphs: [...texts.appeal] },
    ],
    marks: facts.over ? [all.overMark] : [],
  })
}

/**
 * The decision: what it is, why, what happens next, by which law, and how to appeal by when. The decision's own words stand in
 * the language they were written in, and are said to.
 */
export function decisionLetter(envelope: Envelope, facts: DecisionLetterFacts): Letter {
  const { language, holdingDistrict, writtenOn } = envelope
  const all = textsIn(language)
  const texts = all.decision
  const { track } = facts
  const outcomes = texts.tracks[track.id]
  const outcome = (facts.lackOfSuitableHome ? outcomes.lack : undefined) ?? outcomes[facts.outcome]
  const form = formOfTrack(track.id, facts.forms)
  const values = { form: form === undefined ? null : formIn(language, form) }
  const weeks = track.deadlineWeeks
  const appeal = {
    lastDay: dayIn(language, lastDayToAppeal(writtenOn, weeks)),
    weeks,
    district: fill(all.district, { district: districtName(holdingDistrict) }),
    body: all.bodies[facts.appealBody] ?? facts.appealBody,
  }
  const needsOther = track.id === 'municipal_home' && facts.outcome === 'refused' && !facts.helpDecided
  const sameLanguage = facts.writtenIn === language
  const own = (text: string, introduced: string) =>
    sameLanguage ? [text] : [introduced, { text, language: facts.writtenIn }]
  const unexplained = facts.outcome === 'refused' && (facts.reasons ?? '').trim() === ''
  return letter(envelope, {
    title: outcome.title,
    // where the decision is in the letter's language its own words are enough
    intro: sameLanguage ? [] : [fill(outcome.decided, values)],
    sections: [
      {
        heading: texts.decidedHeading,
        paragraphs: [
          ...own(facts.mainContent, texts.writtenIn[facts.writtenIn]),
          ...(facts.place === null ? [] : placeParagraphs(all, facts.place)),
        ],
      },
      ...(facts.reasons === null
        ? []
        : [{ heading: texts.whyHeading, paragraphs: own(facts.reasons, texts.whyWrittenIn[facts.writtenIn]) }]),
      {
        heading: texts.nextHeading,
        paragraphs: [
          ...((facts.place === null ? undefined : outcome.nextWithHome) ?? outcome.next),
          ...(needsOther ? [texts.otherTrack] : []),
        ],
      },
      {
        heading: texts.appealHeading,
        paragraphs: texts.appeal.map((sentence) => fill(sentence, appeal)),
      },
      {
        heading: texts.lawHeading,
        paragraphs: [
          fill(texts.law, { legalBasis: track.legalBasis }),
          ...(track.checkedOn === null ? [] : [fill(all.checkedOn, { checkedOn: dayIn(language, track.checkedOn) })]),
        ],
      },
    ],
    marks: [
      ...(facts.issued ? [] : [all.draftMark]),
      ...(unexplained ? [all.reasonMissingMark] : []),
      ...(track.checked ? [] : [all.uncheckedMark]),
    ],
  })
}

/** That we have applied for a place with Felles inntak, by when they answer, and what can be read. */
export function referralLetter(envelope: Envelope, facts: ReferralLetterFacts): Letter {
  const { language } = envelope
  const { referral: texts, overMark } = textsIn(language)
  const values = {
    sentOn: dayIn(language, facts.sentOn),
    form: formIn(language, facts.form),
    answerDueOn: dayIn(language, facts.answerDueOn),
  }
  return letter(envelope, {
    title: texts.title,
    intro: [
      ...texts.intro.map((sentence) => fill(sentence, values)),
      ...(facts.wishedFacility === null ? [] : [fill(texts.wished, { facility: facts.wishedFacility })]),
    ],
    sections: [
      { heading: texts.nextHeading, paragraphs: texts.next.map((sentence) => fill(sentence, values)) },
      { heading: texts.readHeading, paragraphs: [...texts.read] },
      { heading: texts.appealHeading, paragraphs: [...texts.appeal] },
    ],
    marks: facts.over ? [overMark] : [],
  })
}

/** Everything a letter says, as running text: what readability is measured on. */
export function letterText({ title, intro, sections }: Letter): string {
  const said = (paragraphs: LetterParagraph[]) => paragraphs.map(({ text }) => text)
  return [title, ...said(intro), ...sections.flatMap(({ heading, paragraphs }) => [heading, ...said(paragraphs)])].join(
    '\n',
  )
}
