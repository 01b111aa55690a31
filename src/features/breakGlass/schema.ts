import { z } from 'zod'
import { GLASS_STATES, REASON_LENGTH } from '../../domain/breakGlass.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, id, instant, personalNumber, text } from '../../http/fields.ts'

export const newGlass = z
  .strictObject({
    personalNumber,
    reason: text(1000)
      .refine((value) => value.length >= REASON_LENGTH, `Skriv minst ${REASON_LENGTH} tegn om hvorfor det haster.`)
      .meta({
        type: 'string',
        minLength: REASON_LENGTH,
        maxLength: 1000,
        description: 'Why at once; it is read afterwards.',
      }),
  })
  .meta({ id: 'NewBreakGlass' })

export const glassQuery = pageQuery.extend({
  state: z.enum(['to_answer', 'to_review']).optional().describe('What waits for the manager. Absent: all.'),
})
export type GlassQuery = z.output<typeof glassQuery>

export const glass = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(GLASS_STATES),
    stateName: z.string(),
    district: z.string().describe('Whose person it is; its manager answers and goes through it.'),
    protection: z.enum(['none', 'confidential']).describe('As it was when it was asked: `confidential` takes a yes.'),
    personRef: z.string().describe('Tells one person from another and names nobody.'),
    reason: z.string(),
    requestedAt: instant,
    requestedBy: z.object({ name: z.string(), roleName: z.string(), districts: z.array(z.string()) }),
    mine: z.boolean(),
    answerBy: instant.nullable().describe('While it waits for a yes.'),
    answered: z.object({ at: instant, by: z.string(), approved: z.boolean() }).nullable(),
    openedAt: instant.nullable(),
    endsAt: instant.nullable().describe('When it ends by itself.'),
    closedAt: instant.nullable().describe('When she said she was done.'),
    review: z
      .object({
        at: instant,
        by: z.string(),
        verdict: z.enum(['justified', 'not_justified']),
        note: z.string().nullable(),
      })
      .nullable(),
    may: z
      .object({ answer: z.boolean(), close: z.boolean(), review: z.boolean() })
      .describe('What the reader can do now.'),
  })
  .meta({ id: 'BreakGlass' })
export type GlassBody = z.infer<typeof glass>

export const glassAnswer = z.strictObject({ approved: z.boolean() }).meta({ id: 'BreakGlassAnswer' })

export const glassReview = z
  .strictObject({
    verdict: z.enum(['justified', 'not_justified']),
    note: text(2000).nullable().default(null),
  })
  .refine(({ verdict, note }) => verdict === 'justified' || note !== null, {
    message: 'Skriv hva som var galt.',
    path: ['note'],
  })
  .meta({ id: 'BreakGlassReview' })

export const glassPerson = z
  .object({
    name: z.string(),
    phone: z.string().nullable(),
    personalNumberEnding: z.string().nullable(),
    birthDate: day.nullable(),
    gender: z.string(),
    language: z.string(),
    interpreter: z.boolean(),
    contactPerson: z.string().nullable(),
    addressProtection: z.enum(['none', 'confidential']),
    district: z.string().describe('Who is responsible, to be called.'),
    adults: z.number().int(),
    children: z.number().int().describe('Living with her.'),
    home: z
      .object({ form: z.string(), label: z.string().nullable(), facilityName: z.string().nullable(), since: day })
      .nullable()
      .describe('Where she lives today; null: nowhere that is registered.'),
    openNeed: z.boolean().describe('A housing need is registered.'),
  })
  .meta({ id: 'PersonBehindGlass' })
export type GlassPerson = z.infer<typeof glassPerson>
