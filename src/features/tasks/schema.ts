import { z } from 'zod'
import { TASK_OUTCOMES } from '../../domain/placement/taskOutcome.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, id, instant, text } from '../../http/fields.ts'

export const taskQuery = pageQuery.extend({
  state: z.enum(['open', 'done', 'dropped']).default('open').describe('`dropped`: what it was about ended by itself.'),
  kind: z.string().max(60).optional(),
  dueBy: day.optional().describe('Due on this day or earlier.'),
  needId: id.optional(),
  stayId: id.optional(),
})
export type TaskQuery = z.output<typeof taskQuery>

const outcomeId = z.enum(TASK_OUTCOMES.map((outcome) => outcome.id))

export const task = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(['open', 'done', 'dropped']),
    kind: z.string(),
    kindName: z.string(),
    dueOn: day,
    daysLeft: z.number().int().describe('Until the day it is due; negative when that has passed.'),
    reason: z.string().describe('Why it is there, and why now; it names nobody.'),
    holdingDistrict: z.string(),
    residentId: id.nullable(),
    residentName: z.string().nullable(),
    needId: id.nullable(),
    offerId: id.nullable(),
    referralId: id.nullable(),
    stayId: id.nullable(),
    decisionId: id.nullable(),
    chainId: id.nullable(),
    createdAt: instant,
    outcomes: z
      .array(
        z.object({ id: outcomeId, name: z.string(), consequence: z.string().nullable(), noteRequired: z.boolean() }),
      )
      .describe('How it can be ended; none when it has.'),
    droppedBecause: z
      .string()
      .nullable()
      .describe('What it was about ended so; null: it is not said, or it has not ended by itself.'),
    done: z
      .object({
        at: instant,
        by: z.string(),
        outcome: z.string(),
        outcomeName: z.string(),
        note: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Task' })
export type TaskBody = z.infer<typeof task>

export const completion = z
  .strictObject({
    outcome: outcomeId.describe('One of the task’s own.'),
    note: text(2000).nullable().default(null),
  })
  .meta({ id: 'TaskCompletion' })
export type CompletionBody = z.output<typeof completion>
