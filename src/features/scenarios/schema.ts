import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { id, instant, text } from '../../http/fields.ts'
import { scenarioChange, scenarioChanges } from '../../http/forecastFields.ts'

export const newScenario = z
  .strictObject({
    name: text(120).describe('What it is called on screens and in files.'),
    note: text(2000).nullish().describe('Why it is thought of.'),
    changes: scenarioChanges.describe('What is changed beside what is planned already; may be empty.'),
  })
  .meta({ id: 'NewScenario' })
export type NewScenario = z.infer<typeof newScenario>

export const scenario = z
  .object({
    id,
    version: z.number().int().describe('This version.'),
    newestVersion: z.number().int(),
    name: z.string(),
    note: z.string().nullable(),
    changes: z.array(scenarioChange),
    assumptions: z
      .array(z.string())
      .describe('In bokmål: each change as a sentence, and then what is taken for granted of such changes.'),
    policies: z.record(z.string(), z.number().int()).describe('Versions of the policies when it was written.'),
    writtenAt: instant,
    mine: z.boolean().describe('I made its first version, so it counts against my bound.'),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Scenario' })
export type ScenarioBody = z.infer<typeof scenario>

export const scenarioQuery = pageQuery.extend({
  archived: z.enum(['true', 'false']).default('false').describe('Those that are put away instead of the others.'),
})

export const versionParams = z.strictObject({ id, version: z.coerce.number().int().min(1).max(999_999) })
