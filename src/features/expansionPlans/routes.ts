import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { districtNames } from '../../db/districts.ts'
import { EXPANSION_JOB } from '../../db/expansionPlans.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { policyTeller } from '../../db/matchingPolicy.ts'
import { type Day, parseDay } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { putInQueue } from '../../http/longJobs.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { EXPANSION_POLICY } from '../../reference/expansionPolicy.ts'
import { formNamed, planBody } from './body.ts'
import { type PlanRow, planById, planPage } from './queries.ts'
import { type ExpansionPlan, expansionDefaults, expansionPlan, newExpansionPlan } from './schema.ts'
import { startPlan } from './start.ts'
import { planTable } from './table.ts'

const tags = ['expansion plans']

/** What must be built where so that nobody is short of more than a level: asked by planners, read by managers too. */
export function expansionPlanRoutes(app: App, deps: Deps): void {
  app.get(
    '/expansion-plans/defaults',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readExpansionDefaults',
        tags,
        summary: 'What a plan takes when nothing else is said',
        description: 'Forms that can be built with their assumed costs, the level, the limits and the day.',
        response: { 200: expansionDefaults.describe('The defaults.'), ...problems(401, 403) },
      },
    },
    async () => defaults,
  )

  app.post(
    '/expansion-plans',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'startExpansionPlan',
        tags,
        summary: 'Ask what must be built',
        description:
          'The smallest expansion that brings every district’s P90 shortfall to a level by a day, within limits, checked by simulation. It is a job: follow it by its id.',
        body: newExpansionPlan.nullish(),
        response: { 202: expansionPlan.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const id = await startPlan(acting, actor, request.body ?? {})
        return {
          status: 202,
          body: await readPlan(acting, id, actor),
          location: `/api/v1/expansion-plans/${id}`,
        }
      })
      await putInQueue(deps, request, EXPANSION_JOB, { planId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/expansion-plans',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'listExpansionPlans',
        tags,
        summary: 'Plans of expansion',
        description: 'Newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(expansionPlan).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { trx } = acting
        const after = idCursor(request.query.cursor)
        const { limit } = request.query
        const page = cutPage(await planPage(trx, limit, after), limit, (row) => [row.id])
        const [names, told] = [await districtNames(trx), await policyTeller(acting)]
        return {
          items: page.items.map((row) => planBody(row, request.actor, names, told)),
          nextCursor: page.nextCursor,
        }
      }),
  )

  app.get(
    '/expansion-plans/:id',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readExpansionPlan',
        tags,
        summary: 'One plan of expansion',
        description:
          'Its state and progress, and when it is completed what to build where and when, the check, what it hangs on and what binds.',
        params: idParams,
        response: { 200: tableContent('The plan.', expansionPlan), ...problems(400, 401, 403, 404, 406) },
      },
    },
    async (request, reply) => {
      const plan = await reading(deps, request, (acting) => readPlan(acting, request.params.id, request.actor))
      return inFormAsked(request, reply, plan, () => planTable(plan))
    },
  )

  app.post(
    '/expansion-plans/:id/cancellation',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'cancelExpansionPlan',
        tags,
        summary: 'Cancel a plan of expansion',
        description: 'By whoever asked for it. One that has ended stays as it is.',
        params: idParams,
        response: { 200: expansionPlan.describe('The plan.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        await askToCancel(acting.trx, EXPANSION_JOB, row, actor.accountId)
        return { status: 200, body: await readPlan(acting, row.id, actor) }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<PlanRow> {
  const row = await planById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function readPlan(acting: Acting, id: string, actor: Actor | null): Promise<ExpansionPlan> {
  const row = await existing(acting, id)
  return planBody(row, actor, await districtNames(acting.trx), await policyTeller(acting))
}

const { parameters, notice, source } = EXPANSION_POLICY
const defaults: z.infer<typeof expansionDefaults> = {
  by: parseDay(parameters.by) as Day,
  level: parameters.level,
  perDistrictYear: parameters.perDistrictYear,
  runs: parameters.runs,
  seed: parameters.seed,
  opensOn: parameters.opensOn,
  forms: parameters.forms.map(({ form, costPerPlace }) => ({ ...formNamed(form), costPerPlace })),
  costSentence: parameters.costSentence,
  notice,
  source,
}
