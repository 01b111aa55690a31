import type { LegalTrackId } from '../legalTracks.ts'

/** The languages that letters are written in. Words in braces are filled in; nothing else is ever put into a letter. */
export const LETTER_LANGUAGES = [
  { tag: 'nb', name: 'bokmål' },
  { tag: 'nn', name: 'nynorsk' },
  { tag: 'en', name: 'engelsk' },
] as const
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number]['tag']

/** How to reach the municipality from a letter. */
export const LETTER_CONTACT = { phone: '21 80 21 80', source: 'M sentralbordet i Oslo kommune' } as const

export type OutcomeTexts = {
  readonly title: string
  readonly decided: string
  readonly next: readonly string[]
  /** What happens next when the decision gives a home that is found already; else `next`. */
  readonly nextWithHome?: readonly string[]
}

/** A letter's fixed sentences in one language; each catalogue has all of them. */
export type LetterTexts = {
  /** A day as `{date} {month} {year}`. */
  readonly day: string
  readonly months: readonly string[]
  /** Housing forms inside a sentence, with their article. */
  readonly forms: Readonly<Record<string, string>>
  /** Appeal bodies as the language calls them; one that is not here stands as the table names it. */
  readonly bodies: Readonly<Record<string, string>>
  readonly district: string
  readonly draftMark: string
  readonly reasonMissingMark: string
  readonly uncheckedMark: string
  /** The law and the deadline as they were confirmed, and on which day. */
  readonly checkedOn: string
  readonly overMark: string
  /** In the letter's language, and the same in another. */
  readonly interpreter: readonly [string, string]
  readonly contact: { readonly heading: string; readonly text: string }
  readonly place: {
    readonly named: string
    readonly address: string
    /** Where a house is called by its address, which is then said once. */
    readonly home: string
    readonly protected: string
  }
  readonly offer: {
    readonly title: string
    readonly intro: string
    readonly doHeading: string
    readonly answer: string
    readonly moveIn: string
    readonly conditional: string
    readonly unreserved: string
    readonly noHeading: string
    readonly no: readonly string[]
    readonly appealHeading: string
    readonly appeal: readonly string[]
  }
  readonly decision: {
    readonly decidedHeading: string
    /** Before the text of the decision when that is written in another language. */
    readonly writtenIn: Readonly<Record<'nb' | 'nn', string>>
    /** The same above the reasons, which the letter says in no other words. */
    readonly whyWrittenIn: Readonly<Record<'nb' | 'nn', string>>
    readonly whyHeading: string
    readonly nextHeading: string
    readonly otherTrack: string
    readonly lawHeading: string
    readonly law: string
    readonly appealHeading: string
    readonly appeal: readonly string[]
    readonly tracks: Readonly<
      Record<
        LegalTrackId,
        { readonly granted: OutcomeTexts; readonly refused: OutcomeTexts; readonly lack?: OutcomeTexts }
      >
    >
  }
  readonly referral: {
    readonly title: string
    readonly intro: readonly string[]
    readonly wished: string
    readonly nextHeading: string
    readonly next: readonly string[]
    readonly readHeading: string
    readonly read: readonly string[]
    readonly appealHeading: string
    readonly appeal: readonly string[]
  }
}
