import { z } from 'zod'
import { type Day, isDay } from '../domain/day.ts'
import { FORMS } from '../domain/ladder.ts'
import { PLACE_FEATURES } from '../reference/features.ts'

/** A calendar day, `YYYY-MM-DD`. */
export const day = z
  .custom<Day>(isDay, 'Skriv en dato som finnes i kalenderen.')
  .meta({ id: 'Day', type: 'string', format: 'date', description: 'A calendar day.', example: '2026-09-01' })

/** An id, as the database makes them (UUID version 7). */
export const id = z.uuid('Ikke en gyldig id.')

export const idParams = z.strictObject({ id })

/** A half-open range of days; `to` is the first day that is not in it, null when it has no end. */
export const dayRange = z
  .strictObject({ from: day, to: day.nullable() })
  .refine(({ from, to }) => to === null || to > from, {
    message: 'Perioden er tom. Til-datoen må være etter fra-datoen.',
    path: ['to'],
  })
  .meta({ id: 'DayRange', description: 'Half-open: `from` is in the range, `to` is not.' })

export const instant = z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' })

/** Free text of at most `max` characters, without surrounding white space. */
export const text = (max: number) => z.string().trim().min(1, 'Skriv noe her.').max(max, `Skriv høyst ${max} tegn.`)

/** Eleven digits; that they are a real number is checked by its control digits. */
export const personalNumber = z
  .string()
  .transform((value) => value.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{11}$/, 'Fødselsnummeret må ha 11 siffer.'))
  .meta({
    id: 'PersonalNumber',
    type: 'string',
    description: 'Personal number of eleven digits, in bodies only, never in an address.',
  })

export const districtCode = z
  .string()
  .regex(/^0301\d{2}$/, 'Ikke en gyldig bydel.')
  .describe('District code, 030101–030115 today.')

/** Forms that somebody can be placed in; `no_home` is a situation. */
export const placeForm = z
  .enum(FORMS.filter(({ isPlace }) => isPlace).map(({ id: form }) => form))
  .meta({ id: 'PlaceForm', description: 'A housing form of the ladder that has places.' })

export const placeFeature = z
  .enum(PLACE_FEATURES.map(({ id: feature }) => feature))
  .meta({ id: 'PlaceFeature', description: 'Something a place has.' })

/** What can be done with a record, and what stands in the way of the rest. */
export const actions = z
  .array(
    z.object({
      action: z.string(),
      allowed: z.boolean(),
      why: z.array(z.string()).describe('What stands in the way, in words.'),
    }),
  )
  .describe('What can be done with it now, by whoever may.')

/** The query of an operation that takes none: a misspelt parameter is an error, not silently the whole. */
export const noQuery = z.strictObject({})

/** A step of a chain in life. */
export const offeredStep = z.strictObject({ id, position: z.number().int().min(0).max(20) }).meta({
  id: 'OfferedStep',
  description: 'A step of a chain in life. After the first, the offer waits for the one before.',
})
