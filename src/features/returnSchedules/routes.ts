import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { type PolicyTeller, policyTeller } from '../../db/matchingPolicy.ts'
import { SCHEDULE_JOB } from '../../db/returnSchedules.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { monthOf, startOfMonth } from '../../domain/returnSchedule/input.ts'
import { districtName } from '../../domain/words.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { dayCursor, idCursor } from '../../http/cursorKeys.ts'
import { inFormAsked, listContent, listInFormAsked, tableContent } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { putInQueue } from '../../http/longJobs.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { nameOf } from '../../reference/returnPlans.ts'
import { HOME_SOURCES, RETURN_SCHEDULE_POLICY, SCHEDULE_LIMITS } from '../../reference/returnSchedulePolicy.ts'
import {
  NEVER_DAY,
  numbersOfSchedule,
  type ScheduledRow,
  type ScheduleJobRow,
  scheduleById,
  scheduledPeople,
  schedulePage,
} from './queries.ts'
import {
  newReturnSchedule,
  numbersQuery,
  peopleQuery,
  type ReturnScheduleBody,
  returnSchedule,
  type ScheduledPerson,
  type ScheduleNumbers,
  scheduledPerson,
  scheduleNumbers,
} from './schema.ts'
import { startSchedule } from './start.ts'
import { numbersTable, peopleTable } from './table.ts'

const tags = ['return schedules']

/** Who could move home when: asked for by planners, read as numbers by everybody who steers, and by a bydel of its own people. */
export function returnScheduleRoutes(app: App, deps: Deps): void {
  app.post(
    '/return-schedules',
    {
      config: { capability: 'start_return_schedules' },
      schema: {
        operationId: 'startReturnSchedule',
        tags,
        summary: 'Ask who could move home when',
        description:
          'It is a job: follow it by its id. An empty body asks with what is registered, until the day of the target.',
        body: newReturnSchedule.nullish(),
        response: { 202: returnSchedule.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const id = await startSchedule(acting, actor, request.body ?? {})
        return {
          status: 202,
          body: await readSchedule(acting, id, actor),
          location: `/api/v1/return-schedules/${id}`,
        }
      })
      await putInQueue(deps, request, SCHEDULE_JOB, { scheduleId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/return-schedules',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'listReturnSchedules',
        tags,
        summary: 'Schedules of who could move home when',
        description: 'Newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(returnSchedule).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { limit, cursor } = request.query
        const page = cutPage(await schedulePage(acting.trx, limit, idCursor(cursor)), limit, (row) => [row.id])
        const told = await policyTeller(acting)
        return { items: page.items.map((row) => scheduleBody(row, request.actor, told)), nextCursor: page.nextCursor }
      }),
  )

  app.get(
    '/return-schedules/:id',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readReturnSchedule',
        tags,
        summary: 'One schedule',
        description: 'Its state and progress, and when it is completed what it came to and takes for granted.',
        params: idParams,
        response: { 200: returnSchedule.describe('The schedule.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => readSchedule(acting, request.params.id, request.actor)),
  )

  app.get(
    '/return-schedules/:id/numbers',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readReturnScheduleNumbers',
        tags,
        summary: 'How many could move when, and what keeps the others',
        description:
          'People by district, form and month, and by what keeps those who cannot move. Nobody is in them. Empty until it is completed.',
        params: idParams,
        querystring: numbersQuery,
        response: { 200: tableContent('The numbers.', scheduleNumbers), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    async (request, reply) => {
      const { answer, assumptions } = await reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        const numbers = await numbersOfSchedule(acting.trx, row.id, request.query)
        const by = (await policyTeller(acting))(row.policies)
        const assumptions = [...(by === null ? [] : [by.sentence]), ...((row.assumptions ?? []) as string[])]
        return { answer: numbersBody(row, numbers), assumptions }
      })
      return inFormAsked(request, reply, answer, () => numbersTable(answer, assumptions))
    },
  )

  app.get(
    '/return-schedules/:id/people',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listScheduledPeople',
        tags,
        summary: 'When my people could move, and what keeps the others',
        description:
          'Of my own district’s people, the first to move first. Kept for a time; empty after it and until the schedule is completed.',
        params: idParams,
        querystring: peopleQuery,
        response: { 200: listContent('A page.', pageOf(scheduledPerson)), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const { id } = await existing(acting, request.params.id)
            const { outcome, limitedBy } = request.query
            const rows = await scheduledPeople(acting.trx, id, { outcome, limitedBy, limit }, dayCursor(cursor))
            const page = cutPage(rows, limit, (row) => [row.movesOn ?? NEVER_DAY, row.returnPlanId])
            return { items: page.items.map((row) => personBody(deps.keyring, row)), nextCursor: page.nextCursor }
          }),
        async (rows) => peopleTable(await dayFor(deps, request), rows),
      ),
  )

  app.post(
    '/return-schedules/:id/cancellation',
    {
      config: { capability: 'start_return_schedules' },
      schema: {
        operationId: 'cancelReturnSchedule',
        tags,
        summary: 'Cancel a schedule',
        description: 'By whoever asked for it. One that has ended stays as it is.',
        params: idParams,
        response: { 200: returnSchedule.describe('The schedule.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        await askToCancel(acting.trx, SCHEDULE_JOB, row, actor.accountId)
        return { status: 200, body: await readSchedule(acting, row.id, actor) }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<ScheduleJobRow> {
  const row = await scheduleById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function readSchedule(acting: Acting, id: string, actor: Actor | null): Promise<ReturnScheduleBody> {
  return scheduleBody(await existing(acting, id), actor, await policyTeller(acting))
}

function scheduleBody(row: ScheduleJobRow, actor: Actor | null, told: PolicyTeller): ReturnScheduleBody {
  const { requestedBy, status, teams, policies, assumptions, summary, ...rest } = row
  return {
    ...rest,
    status: status as ReturnScheduleBody['status'],
    teams: teams as unknown as ReturnScheduleBody['teams'],
    policies: policies as unknown as ReturnScheduleBody['policies'],
    matchingPolicy: told(policies),
    assumptions: assumptions as unknown as ReturnScheduleBody['assumptions'],
    summary: summary as unknown as ReturnScheduleBody['summary'],
    mine: requestedBy === actor?.accountId,
    notice: RETURN_SCHEDULE_POLICY.notice,
  }
}

function numbersBody(
  { asOf, until }: ScheduleJobRow,
  rows: Awaited<ReturnType<typeof numbersOfSchedule>>,
): ScheduleNumbers {
  const last = monthOf(asOf, addDays(until, -1))
  return {
    asOf,
    until,
    months: Array.from({ length: last + 1 }, (_, month) => startOfMonth(asOf, month)),
    items: rows.map(({ district, form, month, limitedBy, people }) => ({
      district,
      districtName: districtName(district),
      form: form as ScheduleNumbers['items'][number]['form'],
      month: month as Day | null,
      limitedBy: limitedBy as ScheduleNumbers['items'][number]['limitedBy'],
      limitedByName: limitedBy === null ? null : nameOf(SCHEDULE_LIMITS, limitedBy),
      people,
    })),
    limits: SCHEDULE_LIMITS.map((limit) => ({ ...limit })),
  }
}

function personBody(keyring: Keyring, row: ScheduledRow): ScheduledPerson {
  const { homeSource, placeId, label, facilityName, limitedBy, alsoLimitedBy } = row
  return {
    returnPlanId: row.returnPlanId,
    residentName: nameIn(keyring, row),
    district: row.district,
    form: row.form as ScheduledPerson['form'],
    targetOn: row.targetOn,
    urgencyClass: row.urgencyClass,
    movesOn: row.movesOn,
    home:
      homeSource === null
        ? null
        : { source: homeSource, sourceName: nameOf(HOME_SOURCES, homeSource), placeId, label, facilityName },
    limitedBy,
    limitedByName: limitedBy === null ? null : nameOf(SCHEDULE_LIMITS, limitedBy),
    limitedBySentence: SCHEDULE_LIMITS.find(({ id }) => id === limitedBy)?.sentence ?? null,
    alsoLimitedBy: alsoLimitedBy.map((id) => ({ id, name: nameOf(SCHEDULE_LIMITS, id) })),
    couldMoveOn: row.couldMoveOn,
  }
}
