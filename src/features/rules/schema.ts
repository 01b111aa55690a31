import { z } from 'zod'
import { day, text } from '../../http/fields.ts'

const ruleId = z.string().regex(/^[a-z0-9_.]{2,80}$/, 'Ikke en gyldig regel.')

export const ruleParams = z.strictObject({ id: ruleId })
export const versionParams = z.strictObject({ id: ruleId, version: z.coerce.number().int().min(1).max(100_000) })

export const check = z
  .strictObject({ note: text(1000).describe('What it was checked against, or why it is taken back.') })
  .meta({
    id: 'RuleCheck',
  })

const recorded = z
  .object({
    number: z.number().int().describe('Counted from 1 within the version.'),
    confirmed: z.boolean().describe('False: an earlier confirmation is taken back.'),
    on: day,
    by: z.string(),
    note: z.string(),
  })
  .meta({ id: 'RecordedRuleCheck' })

const version = z
  .object({
    version: z.number().int(),
    title: z.string(),
    sentence: z.string(),
    facts: z
      .array(z.object({ name: z.string(), value: z.string(), sourceInWords: z.string() }))
      .describe('What else a legal track says, each with its source: basis, appeal body and deadline.'),
    sourceInWords: z.string(),
    checked: z
      .boolean()
      .describe('False: «ikke kontrollert». True: it rests on the city’s documents, or is confirmed.'),
    checkedOn: day.nullable().describe('The day of the confirmation that stands.'),
    validFrom: day,
    inForce: z.boolean(),
    author: z.string(),
    reason: z.string().describe('Why this version was made.'),
    checks: z.array(recorded).describe('Newest first; nothing of it is ever changed.'),
  })
  .meta({ id: 'RuleVersion' })

export const ruleHistory = z
  .object({
    id: z.string(),
    kind: z.enum(['domain', 'eligibility', 'readiness', 'legal']),
    versions: z.array(version).describe('Newest first; also those that are not in force yet.'),
  })
  .meta({ id: 'RuleHistory' })
