import { z } from 'zod'
import { day } from '../../http/fields.ts'
import { LETTER_LANGUAGES } from '../../reference/letters/texts.ts'

const language = z.enum(LETTER_LANGUAGES.map(({ tag }) => tag))

export const letterQuery = z.strictObject({
  language: language.optional().describe('Absent: the person’s own when there are letters in it, else bokmål.'),
})

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
    intro: z.array(z.string()),
    sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(z.string()) })),
    signature: z.string(),
  })
  .meta({ id: 'Letter', description: 'To the person, in klarspråk; never with a personal number.' })
