const LETTER = /[\p{L}\p{N}]/u
/** A word is long with more than six letters. */
const LONG = 6

/**
 * LIX: words per sentence plus the percentage of words with more than six letters. Below 30 is very easy, 30–40 easy, 40–50
 * medium, above 50 heavy (C. H. Björnsson, «Läsbarhet», Liber 1968). Null for a text without words.
 * A sentence ends at `.`, `!`, `?`, `:` or a line break; not after a number, as in «1. september» and «21:00», nor inside one.
 */
export function lix(text: string): number | null {
  const words = text.split(/[\s–/]+/u).filter((word) => LETTER.test(word))
  if (words.length === 0) return null
  const sentences = text.split(/(?<!\d)[.!?:]+(?=\s|$)|\n+/u).filter((sentence) => LETTER.test(sentence))
  const long = words.filter((word) => [...word].filter((sign) => LETTER.test(sign)).length > LONG)
  return words.length / sentences.length + (100 * long.length) / words.length
}

/** The highest LIX that counts as klarspråk here: the top of what Björnsson calls easy. */
export const LIX_LIMIT = 40
