import { z } from 'zod'
import { TRAIT_IDS } from '../../domain/matching/shortage.ts'
import { pageOf, pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, placeFeature, placeForm } from '../../http/fields.ts'

export const shortagesQuery = pageQuery.extend({
  runId: id.optional().describe('Absent: the newest completed run over the city.'),
})

export const shortageParams = z.strictObject({ runId: id, number: z.coerce.number().int().min(0).max(1_000_000) })

const shortage = z
  .object({
    number: z.number().int().describe('In its run, from 0.'),
    within: z
      .number()
      .int()
      .nullable()
      .describe('The shortage that this one is the most crowded part of; those without one share no need.'),
    needs: z.number().int(),
    places: z.number().int().describe('All that fit any of them, with the homes that households could leave.'),
    deficit: z.number().int().describe('How many go without, whoever moves: needs less places.'),
    ownNeeds: z.number().int().describe('How many of the needs the reader may open.'),
    forms: z.array(placeForm).describe('Accepted by every one of them.'),
    otherForms: z.array(placeForm).describe('Accepted by some of them.'),
    features: z.array(placeFeature).describe('Required by every one of them.'),
    traits: z.array(z.enum(TRAIT_IDS)).describe('What else leaves every one of them fewer places.'),
    districts: z.array(z.object({ district: districtCode, needs: z.number().int() })),
    sentence: z.string(),
  })
  .meta({ id: 'Shortage' })

export const shortagePage = pageOf(shortage)
  .extend({
    runId: id.nullable().describe('Null: no run over the city is completed yet.'),
    asOf: day.nullable(),
    deficit: z
      .number()
      .int()
      .describe('How many go without in all, whoever moves: the sum of those that are within no other.'),
    needs: z.number().int().describe('How many needs the run was about.'),
    notice: z.string().describe('How to read it: what is certain, and which needs are told in less detail.'),
  })
  .meta({ id: 'ShortagePage' })

export const shortageNeed = z
  .object({
    needId: id,
    residentName: z.string(),
    urgencyClass: z.number().int(),
    outcome: z.enum(['proposed', 'unmet']).describe('What the run found for her: some of a shortage are placed.'),
  })
  .meta({ id: 'ShortageNeed' })

export const shortfallQuery = z.strictObject({
  from: day.optional().describe('92 days before `to` when left out.'),
  to: day.optional().describe('The first day that is not in it; tomorrow when left out.'),
  district: districtCode.optional().describe('One district instead of the city.'),
  groupBy: z.enum(['district', 'form']).optional().describe('What to tell apart on each day.'),
})
export type ShortfallQuery = z.output<typeof shortfallQuery>

const shortfallRow = z
  .object({
    day,
    takenAt: instant.describe('Later than the day where it was missed and told from history afterwards.'),
    district: z.string().optional(),
    districtName: z.string().optional(),
    form: z.string().optional(),
    formName: z.string().optional(),
    waiting: z.number().int().describe('By responsible district and first form.'),
    free: z.number().int(),
    plain: z.number().int().describe('Who wait beyond the free places, form by form.'),
    certified: z
      .number()
      .int()
      .nullable()
      .describe('How many go without, whoever moves; of a district, by itself. Null where nobody can say.'),
    certifiedMissing: z.string().nullable().describe('Why `certified` is null, in bokmål.'),
  })
  .meta({ id: 'ShortfallRow' })
export type ShortfallRow = z.output<typeof shortfallRow>

export const shortfallSeries = z
  .object({
    from: day,
    to: day,
    asOf: day.describe('Today.'),
    notes: z.array(z.string()).describe('What a reader should know, in bokmål.'),
    items: z.array(shortfallRow).describe('Oldest first; a day without a snapshot is not there.'),
  })
  .meta({ id: 'ShortfallSeries' })
export type ShortfallSeries = z.output<typeof shortfallSeries>

export const recordedQuery = z.strictObject({
  from: day.optional().describe('Twelve months before `to` when left out.'),
  to: day.optional().describe('The first day that is not in it; tomorrow when left out.'),
  district: districtCode.optional().describe('One district instead of all.'),
})
export type RecordedQuery = z.output<typeof recordedQuery>

export const recordedShortfall = z
  .object({
    from: day,
    to: day,
    asOf: day.describe('Today.'),
    notes: z.array(z.string()).describe('What is counted, in bokmål.'),
    records: z.number().int().describe('All of them.'),
    items: z.array(
      z.object({
        district: districtCode,
        districtName: z.string(),
        kind: z.enum(['refusal', 'no_capacity', 'no_capacity_lost_place', 'outprioritised', 'forced_skip']),
        kindName: z.string().describe('What happened, in bokmål.'),
        formNeeded: placeForm,
        formNeededName: z.string(),
        formGiven: placeForm.nullable().describe('What she got instead; null: nothing.'),
        formGivenName: z.string().nullable(),
        records: z.number().int(),
        needs: z.number().int().describe('How many needs they are of; one may count more than once.'),
      }),
    ),
  })
  .meta({ id: 'RecordedShortfall' })
export type RecordedShortfall = z.output<typeof recordedShortfall>
