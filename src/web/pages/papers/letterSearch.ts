import type { LetterKind, LetterLanguage } from '../../api/papers.ts'

/** The languages a letter can be read in, as a person who chooses one calls them. */
export const LETTER_LANGUAGES: { tag: LetterLanguage; name: string }[] = [
  { tag: 'nb', name: 'Bokmål' },
  { tag: 'nn', name: 'Nynorsk' },
  { tag: 'en', name: 'English' },
]

/** Which language is asked for, read from the address; anything else asks for the person's own. */
export function readLetterSearch({ sprak }: Record<string, unknown>): { sprak?: LetterLanguage } {
  const known = LETTER_LANGUAGES.find(({ tag }) => tag === sprak)
  return known === undefined ? {} : { sprak: known.tag }
}

const KINDS = { tilbud: 'offer', vedtak: 'decision', henvisning: 'referral' } as const satisfies Record<
  string,
  LetterKind
>

/** What a letter is about, as it stands in its address. */
export function kindInAddress(kind: LetterKind): string {
  return Object.entries(KINDS).find(([, value]) => value === kind)?.[0] ?? kind
}

/** @returns undefined for a kind that there are no letters about */
export function kindFromAddress(word: string): LetterKind | undefined {
  return Object.hasOwn(KINDS, word) ? KINDS[word as keyof typeof KINDS] : undefined
}
