import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, placeForm } from '../../http/fields.ts'
import { madeFields, policyFields, standingFields } from '../../http/longJobFields.ts'
import { HOME_SOURCES, RETURN_SCHEDULE_POLICY, SCHEDULE_LIMITS } from '../../reference/returnSchedulePolicy.ts'

const { parameters } = RETURN_SCHEDULE_POLICY
const limitId = z.enum(SCHEDULE_LIMITS.map(({ id: limit }) => limit))
const sourceId = z.enum(HOME_SOURCES.map(({ id: source }) => source))

const askedTeam = z
  .strictObject({
    teamId: id,
    capacity: z
      .number()
      .int()
      .min(0, 'Tallet kan ikke være negativt.')
      .max(10_000, 'Skriv høyst 10 000.')
      .nullable()
      .describe('How many people it follows up at once; null: no limit.'),
    newPerMonth: z
      .number()
      .int()
      .min(0, 'Tallet kan ikke være negativt.')
      .max(1000, 'Skriv høyst 1000.')
      .nullable()
      .describe('How many new people it can begin with in a month; null: no limit.'),
  })
  .meta({ id: 'AskedTeamCapacity' })

export const newReturnSchedule = z
  .strictObject({
    until: day.optional().describe(`Moves before this day are looked for; ${parameters.until} when left out.`),
    shareOfVacancies: z
      .number()
      .min(0, 'Andelen kan ikke være negativ.')
      .max(1, 'Andelen kan ikke være over 1.')
      .optional()
      .describe(
        `The share of homes that become vacant which goes to those who move home; ${parameters.shareOfVacancies} when left out.`,
      ),
    certainty: z
      .number()
      .min(0.05, 'Velg minst 0,05.')
      .max(0.95, 'Velg høyst 0,95.')
      .optional()
      .describe(
        `How sure it is to be that so many homes have become vacant by then; ${parameters.certainty} when left out.`,
      ),
    keptMonths: z
      .number()
      .int()
      .min(1, 'Velg minst én måned.')
      .max(24, 'Velg høyst 24 måneder.')
      .optional()
      .describe(`For so many months a vacant home is kept for somebody; ${parameters.keptMonths} when left out.`),
    teams: z
      .array(askedTeam)
      .max(100, 'Velg høyst 100 team.')
      .optional()
      .describe('Teams whose capacity is asked about as another one than is registered.'),
  })
  .meta({ id: 'NewReturnSchedule' })
export type NewReturnSchedule = z.output<typeof newReturnSchedule>

const people = z.number().int()

const summary = z
  .object({
    people: people.describe('With an open plan that says that returning is right.'),
    couldMove: people,
    cannotMove: people,
    homes: z.number().int().describe('That were there to move to, expected ones among them.'),
    homesUsed: z.number().int(),
    groups: z.number().int().describe('Groups of people who compete for homes or teams with each other.'),
    groupsBoundByTeams: z
      .number()
      .int()
      .describe('Of these, bound by a team’s capacity month by month: solved as an integer program.'),
    proven: z
      .boolean()
      .describe('No better schedule exists; false: the time was over in some group before it was certain.'),
    gap: z
      .array(
        z.object({
          tier: z.string().describe('The criterion of the objective that is not proven.'),
          value: z.number(),
          bound: z.number().describe('No schedule has more.'),
        }),
      )
      .describe('Empty when it is proven.'),
    milliseconds: z.number().int(),
  })
  .meta({ id: 'ReturnScheduleSummary' })
export type SummaryBody = z.infer<typeof summary>

export const returnSchedule = z
  .object({
    id,
    ...standingFields,
    asOf: day,
    until: day,
    shareOfVacancies: z.number(),
    certainty: z.number(),
    keptMonths: z.number().int(),
    teams: z.array(askedTeam),
    ...madeFields,
    ...policyFields,
    assumptions: z.array(z.string()).nullable().describe('What it takes for granted, in bokmål.'),
    summary: summary.nullable(),
    peopleUntil: day.nullable().describe('Who could move when is kept until this day; the numbers stay.'),
  })
  .meta({ id: 'ReturnSchedule' })
export type ReturnScheduleBody = z.infer<typeof returnSchedule>

export const numbersQuery = z.strictObject({ district: districtCode.optional(), form: placeForm.optional() })

export const scheduleNumbers = z
  .object({
    asOf: day,
    until: day,
    months: z.array(day).describe('The first day of each month.'),
    items: z
      .array(
        z.object({
          district: z.string().describe('Where they are to move.'),
          districtName: z.string(),
          form: placeForm.nullable().describe('The plan’s form; null: the plan has none yet.'),
          month: day.nullable().describe('The first day of the month they could move in; null: they cannot.'),
          limitedBy: limitId.nullable().describe('What keeps them, the first that is named; null: nothing does.'),
          limitedByName: z.string().nullable(),
          people,
        }),
      )
      .describe('Only what somebody is counted in.'),
    limits: z
      .array(z.object({ id: limitId, name: z.string(), sentence: z.string() }))
      .describe('In the order in which they are named.'),
  })
  .meta({ id: 'ReturnScheduleNumbers' })
export type ScheduleNumbers = z.infer<typeof scheduleNumbers>

export const peopleQuery = pageQuery.extend({
  outcome: z.enum(['could_move', 'cannot_move', 'all']).default('all'),
  limitedBy: limitId.optional().describe('Only those whom this limit keeps.'),
})

export const scheduledPerson = z
  .object({
    returnPlanId: id,
    residentName: z.string().nullable(),
    district: z.string().describe('Where she is to move.'),
    form: placeForm.nullable(),
    targetOn: day.nullable(),
    urgencyClass: z.number().int(),
    movesOn: day.nullable().describe('The first day that suits her in the month; null: she cannot move.'),
    home: z
      .object({
        source: sourceId,
        sourceName: z.string(),
        placeId: id.nullable().describe('Null: not known yet which.'),
        label: z.string().nullable(),
        facilityName: z.string().nullable(),
      })
      .nullable(),
    limitedBy: limitId.nullable(),
    limitedByName: z.string().nullable(),
    limitedBySentence: z.string().nullable(),
    alsoLimitedBy: z.array(z.object({ id: limitId, name: z.string() })).describe('What has to give way beside it.'),
    couldMoveOn: day.nullable().describe('The day, if that gave way.'),
  })
  .meta({ id: 'ScheduledPerson' })
export type ScheduledPerson = z.infer<typeof scheduledPerson>
