import { tz } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { en } from '../../reference/letters/en.ts'
import { nb } from '../../reference/letters/nb.ts'
import { nn } from '../../reference/letters/nn.ts'
import type { LetterLanguage, LetterTexts } from '../../reference/letters/texts.ts'
import { type Day, dayInOslo } from '../day.ts'

const TEXTS: Readonly<Record<LetterLanguage, LetterTexts>> = { nb, nn, en }

/** The sentences of a language. */
export function textsIn(language: LetterLanguage): LetterTexts {
  return TEXTS[language]
}

/**
 * A sentence with its words filled in. A value is put in as it is and never read for braces again.
 * @throws RangeError when the sentence asks for something that is not given: a letter with a hole in it must not exist
 */
export function fill(sentence: string, values: Readonly<Record<string, string | number | null>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined || value === null || String(value).trim() === '')
      throw new RangeError(`Nothing to fill in for {${name}} in: ${sentence}`)
    return String(value)
  })
}

/** A day as the language writes it: «1. september 2026», «1 September 2026». */
export function dayIn(language: LetterLanguage, day: Day): string {
  const { day: pattern, months } = textsIn(language)
  const [year, month, date] = day.split('-').map(Number)
  return fill(pattern, { date: date ?? null, month: months[(month ?? 1) - 1] ?? null, year: year ?? null })
}

/** A housing form inside a sentence, with its article: «en kommunal bolig». */
export function formIn(language: LetterLanguage, form: string): string {
  return textsIn(language).forms[form] ?? form
}

const inOslo = tz('Europe/Oslo')
const MINUTE_MS = 60_000

/**
 * The last day and minute, in Oslo, at which an answer is in time. The deadline itself is too late: what runs out at midnight
 * may be answered until 23:59 the day before.
 */
export function replyDeadline(replyBy: string): { day: Day; time: string } {
  const last = new Date(Math.ceil(Date.parse(replyBy) / MINUTE_MS) * MINUTE_MS - MINUTE_MS)
  return { day: dayInOslo(last), time: format(last, 'HH:mm', { in: inOslo }) }
}
