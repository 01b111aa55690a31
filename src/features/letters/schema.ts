import { z } from 'zod'
import { day, id } from '../../http/fields.ts'
import { LETTER_LANGUAGES } from '../../reference/letters/texts.ts'

const language = z.enum(LETTER_LANGUAGES.map(({ tag }) => tag))

export const letterQuery = z.strictObject({
  language: language.optional().describe('Absent: the person’s own when there are letters in it, else bokmål.'),
})

const paragraph = z
  .object({ text: z.string(), language: language.describe('The letter’s, unless the text was written in another.') })
  .meta({ id: 'LetterParagraph' })

export const letter = z
  .object({
    kind: z.enum(['offer', 'decision', 'referral']),
    language,
    because: z.enum(['asked_for', 'own', 'fallback']).describe('Why it is in this language.'),
    notes: z
      .array(z.string())
      .describe('What the officer must know before it is sent, in bokmål; not part of the letter.'),
    title: z.string(),
    recipient: z.string(),
    sender: z.string(),
    writtenOn: day,
    dated: z.string().describe('The day in the letter’s language.'),
    marks: z.array(z.string()).describe('Printed above the letter: a draft, not checked, no longer valid.'),
    intro: z.array(paragraph),
    sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(paragraph) })),
    signature: z.string(),
  })
  .meta({ id: 'Letter', description: 'To the person, in klarspråk; never with a personal number.' })

export const letterList = z
  .object({
    language,
    because: z.enum(['own', 'fallback']).describe('Why letters are in this language when none is asked for.'),
    notes: z.array(z.string()).describe('What the officer must know before any letter is sent, in bokmål.'),
    items: z
      .array(
        z.object({
          kind: z.enum(['offer', 'decision', 'referral']),
          id: id.describe('Of what it is about: `GET /offers/{id}/letter`, and so on.'),
          about: z.string().describe('What it is about, in bokmål; of a protected address never where.'),
          writtenOn: day.nullable().describe('Null for the letter of a decision that is a draft.'),
          state: z.enum(['draft', 'current', 'over']),
        }),
      )
      .describe('Newest first, drafts before them; none when nobody is to be written to.'),
  })
  .meta({ id: 'LetterList' })
