import type { DecisionLanguage } from '../../reference/decisionTexts.ts'
import { LETTER_LANGUAGES, type LetterLanguage } from '../../reference/letters/texts.ts'
import { LANGUAGES } from '../../reference/profiles.ts'

/** The language of a letter, and why it is that one. */
export interface ChosenLanguage {
  language: LetterLanguage
  /** Asked for, the person's own, or bokmål because there is no letter in her language. */
  because: 'asked_for' | 'own' | 'fallback'
  /** What to know before sending it, in bokmål; null when the letter is in the person's own language. */
  note: string | null
}

/** Norwegian sign language is written as bokmål. */
const WRITTEN_AS: Readonly<Record<string, LetterLanguage>> = { nb: 'nb', nn: 'nn', nsl: 'nb', en: 'en' }

function nameOf(tag: string): string {
  const name = LANGUAGES.find((language) => language.tag === tag)?.name ?? tag
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** The person's language when there are letters in it, else bokmål, which is then said. */
export function letterLanguage(tag: string, asked?: LetterLanguage): ChosenLanguage {
  const own = WRITTEN_AS[tag]
  const help = 'Gå gjennom brevet med tolk.'
  if (asked !== undefined && asked !== own) {
    const name = LETTER_LANGUAGES.find((language) => language.tag === asked)?.name ?? asked
    const lacking = own === undefined ? ` ${help}` : ''
    return {
      language: asked,
      because: 'asked_for',
      note: `Du har valgt ${name}. Personen er registrert med språket ${nameOf(tag)}.${lacking}`,
    }
  }
  if (own !== undefined) return { language: own, because: asked === undefined ? 'own' : 'asked_for', note: null }
  const registered = tag === 'other' ? 'et språk vi ikke har brev på' : nameOf(tag)
  return {
    language: 'nb',
    because: 'fallback',
    note: `Personen er registrert med språket ${registered}. Det finnes ikke brev på det språket, så brevet er på bokmål. ${help}`,
  }
}

/** A decision is written in Norwegian: in nynorsk for who reads that, else in bokmål. */
export function decisionLanguage(tag: string): DecisionLanguage {
  return tag === 'nn' ? 'nn' : 'nb'
}
