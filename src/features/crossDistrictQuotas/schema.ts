import { z } from 'zod'
import { dayRange, districtCode, id, text } from '../../http/fields.ts'
import { distinct } from '../../http/requirements.ts'

const WHOLE = 'Skriv et helt tall.'

const fields = {
  during: dayRange.describe('The days on which a move-in counts.'),
  households: z
    .number(WHOLE)
    .int(WHOLE)
    .min(1, 'Skriv minst 1. Skal ingen fra andre bydeler flytte inn i et hus, er huset bare for egen bydel.')
    .max(10_000, 'Skriv høyst 10 000.')
    .describe('How many households of other bydeler may move in within those days.'),
  exemptDistricts: distinct(districtCode, 30).describe('Other bydeler whose households do not count.'),
  exemptFacilities: distinct(id, 200).describe('Houses of the quota into which nobody counts.'),
  note: text(1000).nullable(),
}

export const newQuota = z
  .strictObject({
    ...fields,
    district: districtCode.describe('Whose homes: houses there that the bydel or Boligbygg runs.'),
    exemptDistricts: fields.exemptDistricts.default([]),
    exemptFacilities: fields.exemptFacilities.default([]),
    note: fields.note.default(null),
  })
  .meta({ id: 'NewCrossDistrictQuota' })
export type NewQuota = z.output<typeof newQuota>

export const changedQuota = z.strictObject(fields).partial().meta({ id: 'ChangedCrossDistrictQuota' })
export type ChangedQuota = z.output<typeof changedQuota>

export const quota = z
  .object({
    id,
    version: z.number().int(),
    district: z.string(),
    districtName: z.string(),
    during: z.object({ from: z.string(), to: z.string().nullable() }),
    households: z.number().int(),
    exemptDistricts: z.array(z.string()),
    exemptDistrictNames: z.array(z.string()).describe('In the order of `exemptDistricts`.'),
    exemptFacilities: z.array(id),
    exemptFacilityNames: z.array(z.string()).describe('In the order of `exemptFacilities`.'),
    note: z.string().nullable(),
    used: z
      .number()
      .int()
      .describe('Households of other bydeler that moved in within its days, or have said yes and are to.'),
    left: z.number().int().describe('How many more may move in; zero also where more have than were to.'),
  })
  .meta({ id: 'CrossDistrictQuota' })
export type Quota = z.infer<typeof quota>
