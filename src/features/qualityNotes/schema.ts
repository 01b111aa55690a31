import { z } from 'zod'
import { namesAPersonalNumber } from '../../domain/costs.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, text } from '../../http/fields.ts'
import { NOTE_KINDS } from '../../reference/purchases.ts'

const kind = z.enum(NOTE_KINDS.map((entry) => entry.id))

export const qualityNoteQuery = pageQuery.extend({ supplierId: id.optional() })

export const newQualityNote = z
  .strictObject({
    supplierId: id,
    district: districtCode.describe('The district that shares it, the writer’s own.'),
    notedOn: day,
    kind,
    body: text(2000)
      .refine(
        (value) => !namesAPersonalNumber(value),
        'Dette ser ut som et fødselsnummer. Notatet deles med alle bydeler og skal ikke si noe om en person.',
      )
      .describe('About the service, never about a person: every district reads it.'),
  })
  .meta({ id: 'NewQualityNote' })

export const qualityNote = z
  .object({
    id,
    version: z.number().int(),
    supplierId: id,
    district: z.string(),
    districtName: z.string(),
    notedOn: day,
    kind,
    kindName: z.string(),
    body: z.string(),
    writtenBy: z.string(),
    withdrawnAt: instant.nullable(),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'QualityNote' })
