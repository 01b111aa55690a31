import { z } from 'zod'
import { TASK_OUTCOMES } from '../../domain/placement/taskOutcome.ts'
import { WORK_KINDS } from '../../domain/workday/kinds.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, id } from '../../http/fields.ts'

const kind = z.enum(WORK_KINDS.map((known) => known.id)).meta({ id: 'WorkKind' })

export const workdayQuery = pageQuery.extend({
  kind: kind.optional().describe('Only things of this kind; what is counted stays the same.'),
  within: z
    .enum(['two_weeks', 'any'])
    .default('two_weeks')
    .describe('How far ahead deadlines are shown. What has no deadline is always shown.'),
})

const workTask = z
  .object({
    id,
    version: z.number().int(),
    kind: z.string(),
    kindName: z.string(),
    outcomes: z.array(
      z.object({
        id: z.enum(TASK_OUTCOMES.map((outcome) => outcome.id)),
        name: z.string(),
        consequence: z.string().nullable(),
        noteRequired: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'WorkTask' })

const work = z
  .object({
    subject: z.enum(['need', 'decision', 'offer', 'stay', 'task']).describe('What it is about.'),
    id: id.describe('Of what it is about; of decisions that are missing, the need’s.'),
    kinds: z.array(kind).describe('At least one; the first is what it mostly is.'),
    title: z.string(),
    residentName: z.string().nullable().describe('Whom it is about; null where that is not the reader’s to know.'),
    dueOn: day.nullable().describe('Null: no day is set.'),
    daysLeft: z.number().int().nullable().describe('Until that day; negative when it has passed.'),
    reasons: z.array(z.string()).describe('Why now, in sentences that name nobody.'),
    needId: id.nullable(),
    offerId: id.nullable(),
    stayId: id.nullable(),
    facilityId: id.nullable().describe('The house of the stay.'),
    chainId: id.nullable().describe('The chain in life that it is a part of.'),
    task: workTask.nullable().describe('The open task that says the same, and how it can be ended.'),
  })
  .meta({ id: 'Work' })
export type WorkBody = z.infer<typeof work>

export const workday = z
  .object({
    asOf: day,
    horizon: day.nullable().describe('The last day whose deadlines are shown; null: all of them.'),
    total: z.number().int().describe('Things within the horizon, each once.'),
    due: z.number().int().describe('Of them, due today or over their day.'),
    later: z.number().int().describe('Things with a deadline after the horizon, which are left out.'),
    kinds: z
      .array(z.object({ kind, name: z.string(), count: z.number().int(), due: z.number().int() }))
      .describe('Every kind with how many there are; something of two kinds counts in both.'),
    items: z.array(work).describe('A page, the nearest deadline first.'),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Workday' })
export type WorkdayBody = z.infer<typeof workday>
