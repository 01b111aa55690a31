import { z } from 'zod'
import { FLAG_STATES } from '../../domain/flags.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, text } from '../../http/fields.ts'
import { FLAG_RULES, FLAG_UNITS } from '../../reference/flagRules.ts'

const ruleId = z.enum(FLAG_RULES.map(({ id: rule }) => rule))

export const flagQuery = pageQuery.extend({
  district: z
    .union([districtCode, z.literal('city')])
    .optional()
    .describe('A district’s flags, or `city` for those of the whole city; absent: all.'),
  ruleId: ruleId.optional(),
  closed: z.enum(['true', 'false']).default('false').describe('Those that have closed by themselves instead.'),
})

export const flag = z
  .object({
    id,
    version: z.number().int(),
    ruleId,
    ruleVersion: z.number().int(),
    title: z.string(),
    sentence: z.string().describe('What was measured, where, and the threshold.'),
    measure: z.string().describe('How it is measured.'),
    next: z.string().describe('What can be done about it.'),
    district: districtCode.nullable().describe('Null: the whole city.'),
    subject: z.string().nullable().describe('What it is about, where the rule looks at several.'),
    basis: z.enum(['computed', 'reported']).describe('`reported`: a source says it and our own data cannot.'),
    measured: z.number(),
    unit: z.enum(FLAG_UNITS),
    threshold: z.number(),
    closesBelow: z.number(),
    closesAfterDays: z.number().int().describe('Closes by itself when it has been below for so many days in a row.'),
    against: z.array(
      z.object({
        label: z.string(),
        value: z.number().nullable(),
        unit: z.string(),
        note: z.string().nullable().describe('What the value was worked out from.'),
        unknown: z.string().nullable().describe('Why there is no value.'),
        part: z.enum(['rule', 'districts']).describe('`districts`: the same figure of each district.'),
      }),
    ),
    behind: z.number().int().describe('How many records stood behind it when it was measured.'),
    source: z.string(),
    since: day.describe('The first day of this time on which it was so.'),
    sinceFrom: z
      .enum(['history', 'raised'])
      .describe('`history`: the data tell since when; `raised`: the day it was raised.'),
    belowSince: day.nullable().describe('Not so any more since this day; null: it still is.'),
    closesOn: day.nullable().describe('When it closes by itself if it stays below.'),
    openedAt: instant,
    measuredAt: instant,
    state: z.enum(FLAG_STATES),
    stateName: z.string(),
    assignedTo: z.string().nullable(),
    mayAnswer: z.boolean().describe('A district’s manager answers hers, a planner those of the city.'),
  })
  .meta({ id: 'Flag' })
export type FlagBody = z.infer<typeof flag>

const flagEvent = z
  .object({
    at: instant,
    kind: z.enum(['opened', 'reopened', 'acknowledged', 'assigned', 'resolved', 'closed']),
    measured: z.number(),
    by: z.string().nullable(),
    comment: z.string().nullable(),
  })
  .meta({ id: 'FlagEvent' })

export const flagWithHistory = flag
  .extend({ events: z.array(flagEvent).describe('What happened to it, oldest first.') })
  .meta({ id: 'FlagWithHistory' })

const comment = text(2000).describe('Shown to everybody who reads the flag: nothing about a person.')
export const acknowledgement = z.strictObject({ comment: comment.optional() }).meta({ id: 'FlagAcknowledgement' })
export const assignment = z.strictObject({ to: text(200), comment: comment.optional() }).meta({ id: 'FlagAssignment' })
export const resolution = z.strictObject({ comment }).meta({ id: 'FlagResolution' })

export const flagRecord = z
  .object({
    kind: z.enum(['need', 'stay', 'place', 'facility']),
    id,
    needId: id.nullable().describe('Where it opens: of a stay, the household’s open need, if there is one.'),
    facilityId: id.nullable(),
    title: z.string(),
    note: z.string(),
    vacancy: z
      .object({ confirmedAt: instant.nullable().describe('When the house last said that it is right; null: never.') })
      .nullable()
      .describe('Of a place where nobody lives: how old the word on it is.'),
  })
  .meta({ id: 'FlagRecord' })
export type FlagRecordBody = z.infer<typeof flagRecord>
