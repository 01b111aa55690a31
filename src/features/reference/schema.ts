import { z } from 'zod'
import { MEASURES, TOTALS } from '../../domain/forecast/series.ts'
import { day } from '../../http/fields.ts'
import { CONSENT_SCOPES, GENDERS } from '../../reference/profiles.ts'
import { NOTE_KINDS, PURCHASE_REASONS } from '../../reference/purchases.ts'
import { REASON_KINDS } from '../../reference/reasonCodes.ts'

export const district = z
  .object({ code: z.string(), name: z.string(), validFrom: day, validTo: day.nullable(), source: z.string() })
  .meta({ id: 'District' })

export const housingForm = z
  .object({
    id: z.string(),
    version: z.number().int(),
    step: z.number().int().min(0).max(4),
    stepName: z.string(),
    name: z.string(),
    isPlace: z.boolean(),
    staffing: z.string(),
    tenure: z.string(),
    stayNormDays: z.number().int().nullable(),
    stayNormText: z.string().nullable(),
    reviewMonths: z.number().int().nullable(),
    givenBy: z.string().nullable(),
    decidedBy: z.string().nullable(),
    purpose: z.string().nullable(),
    purposeReason: z.string(),
    selfReferral: z.boolean(),
    note: z.string().nullable(),
    source: z.string(),
  })
  .meta({ id: 'HousingForm' })

export const reasonCode = z
  .object({
    kind: z.enum(REASON_KINDS),
    id: z.string(),
    version: z.number().int(),
    name: z.string(),
    consequence: z.object({ effect: z.string(), days: z.number().int().nullable(), text: z.string() }),
    countsAsShortfall: z.boolean(),
    offeredToPeople: z.boolean(),
    source: z.string(),
  })
  .meta({ id: 'ReasonCode' })

export const rule = z
  .object({
    id: z.string(),
    version: z.number().int(),
    kind: z.enum(['domain', 'eligibility', 'readiness', 'legal']),
    title: z.string(),
    sentence: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    source: z.string(),
    sourceInWords: z.string(),
    checked: z
      .boolean()
      .describe('False: «ikke kontrollert». True: it rests on the city’s documents, or an administrator confirmed it.'),
    checkedOn: day.nullable().describe('The day of the administrator’s confirmation of this version.'),
    validFrom: day,
  })
  .meta({ id: 'Rule' })

export const policy = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    source: z.string(),
    sourceInWords: z.string(),
    validFrom: day,
  })
  .meta({ id: 'Policy' })

export const vocabulary = z
  .object({
    placeFeatures: z.array(
      z.object({ id: z.string(), name: z.string(), group: z.string(), groupName: z.string(), why: z.string() }),
    ),
    behaviourLevels: z.array(z.object({ level: z.number().int(), name: z.string(), meaning: z.string() })),
    securityLevels: z.array(z.object({ level: z.number().int(), name: z.string(), meaning: z.string() })),
    substanceStances: z.array(z.object({ id: z.string(), name: z.string() })),
    genders: z.array(z.object({ id: z.enum(GENDERS.map(({ id }) => id)), name: z.string(), plural: z.string() })),
    consentScopes: z.array(z.object({ id: z.enum(CONSENT_SCOPES.map(({ id }) => id)), name: z.string() })),
    origins: z.array(z.object({ id: z.string(), name: z.string() })),
    lifeAreas: z.array(z.object({ id: z.string(), name: z.string() })),
    languages: z.array(z.object({ tag: z.string(), name: z.string() })),
    urgencyClasses: z.array(
      z.object({
        number: z.number().int(),
        name: z.string(),
        grounds: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
    ),
    purchaseReasons: z.array(z.object({ id: z.enum(PURCHASE_REASONS.map(({ id }) => id)), name: z.string() })),
    noteKinds: z.array(z.object({ id: z.enum(NOTE_KINDS.map(({ id }) => id)), name: z.string() })),
    forecastMeasures: z
      .array(z.object({ id: z.enum(MEASURES), name: z.string(), sentence: z.string() }))
      .describe('What a forecast counts.'),
    forecastTotals: z
      .array(z.object({ id: z.enum(TOTALS), name: z.string() }))
      .describe('What a series of a forecast counts together, where it is no form of the ladder.'),
    urgencyNotice: z.string().describe('Says that the order is a choice of the city’s.'),
  })
  .meta({ id: 'Vocabulary' })
