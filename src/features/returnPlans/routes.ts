import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { existingReturnPlan, type ReturnPlanRow } from '../../db/returnPlans.ts'
import type { Day } from '../../domain/day.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { dayCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { eventBody, planBody, withoutPlanBody } from './body.ts'
import { returnFigureRoutes } from './figureRoutes.ts'
import { recordOutcome } from './outcome.ts'
import { eventsOfPlan, peopleWithoutPlan, plansOf } from './queries.ts'
import {
  agreement,
  changedReturnPlan,
  newReturnPlan,
  outcome,
  peopleQuery,
  personWithoutPlan,
  type ReturnPlanBody,
  returnPlan,
  returnPlanEvent,
  returnPlanQuery,
  withdrawal,
} from './schema.ts'
import { agree, beginPlan, changePlan, withdraw } from './write.ts'

const tags = ['return plans']
const NO_DAY = '2199-12-31' as Day

/** Plans for moving home from VEL's institutions. */
export function returnPlanRoutes(app: App, deps: Deps): void {
  type Asking = Parameters<typeof reading>[1]
  const told = (request: Asking, { today }: Acting, row: ReturnPlanRow) =>
    planBody(deps.keyring, row, request.actor, today)
  const answered = (
    request: Asking,
    acting: Acting,
    row: ReturnPlanRow,
    status: 200 | 201 = 200,
  ): Answer<ReturnPlanBody> => ({
    status,
    body: told(request, acting, row),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/return-plans/${row.id}` } : {}),
  })

  app.get(
    '/return-plans',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listReturnPlans',
        tags,
        summary: 'Return plans',
        description:
          'Of my district’s people; for VEL’s planners of those who live in VEL’s institutions. By target day, those without one last.',
        querystring: returnPlanQuery,
        response: { 200: pageOf(returnPlan).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { limit, cursor, standing, phase, state, district, residentId } = request.query
        const after = dayCursor(cursor)
        const keyOf = ({ targetOn, id }: { targetOn: Day | null; id: string }): [Day, string] => [
          targetOn ?? NO_DAY,
          id,
        ]
        const rows = await plansOf(acting.trx, {
          state,
          ...(district === undefined ? {} : { district }),
          ...(residentId === undefined ? {} : { residentId }),
        })
        const found = rows
          .map((row) => told(request, acting, row))
          .filter((plan) => standing === undefined || plan.standing === standing)
          .filter((plan) => phase === undefined || plan.phase === phase)
          .sort((a, b) => (keyOf(a).join() < keyOf(b).join() ? -1 : 1))
        const rest = after === undefined ? found : found.filter((plan) => keyOf(plan).join() > after.join())
        return cutPage(rest.slice(0, limit + 1), limit, keyOf)
      }),
  )

  app.post(
    '/return-plans',
    {
      config: { capability: 'write_return_plans' },
      schema: {
        operationId: 'beginReturnPlan',
        tags,
        summary: 'Begin a return plan',
        description:
          'For somebody who lives in one of VEL’s institutions. What rule 11 asks for may come later; it is named.',
        body: newReturnPlan,
        response: { 201: returnPlan.describe('The plan.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(request, acting, await beginPlan(acting, actor, request.body), 201),
      ),
  )

  app.get(
    '/return-plans/without-plan',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listPeopleWithoutReturnPlan',
        tags,
        summary: 'People in VEL’s institutions without a return plan',
        description: 'Those whose place closes first stand first.',
        querystring: peopleQuery,
        response: { 200: pageOf(personWithoutPlan).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const { limit, cursor, district } = request.query
        const rows = await peopleWithoutPlan(trx, { district, limit }, dayCursor(cursor))
        const page = cutPage(rows, limit, ({ closesOn, residentId }) => [closesOn ?? NO_DAY, residentId])
        return { items: page.items.map((row) => withoutPlanBody(deps.keyring, row)), nextCursor: page.nextCursor }
      }),
  )

  returnFigureRoutes(app, deps)

  app.get(
    '/return-plans/:id',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'readReturnPlan',
        tags,
        summary: 'One return plan',
        description: 'Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: returnPlan.describe('The plan.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingReturnPlan(acting.trx, request.params.id)
        tagged(reply, row.version)
        return told(request, acting, row)
      }),
  )

  app.get(
    '/return-plans/:id/events',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listReturnPlanEvents',
        tags,
        summary: 'What was done with a plan',
        description: 'Newest first; nothing of it is ever changed.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(returnPlanEvent) }).describe('All of it.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        await existingReturnPlan(trx, request.params.id)
        return { items: (await eventsOfPlan(trx, request.params.id)).map(eventBody) }
      }),
  )

  app.patch(
    '/return-plans/:id',
    {
      config: { capability: 'write_return_plans' },
      schema: {
        operationId: 'changeReturnPlan',
        tags,
        summary: 'Change a return plan',
        description:
          'Changes what is sent and leaves the rest; takes If-Match. What was agreed falls when something it rests on is gone.',
        params: idParams,
        body: changedReturnPlan,
        response: { 200: returnPlan.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const plan = await existingReturnPlan(acting.trx, request.params.id)
        return answered(request, acting, await changePlan(acting, actor, plan, version, request.body))
      }),
  )

  app.post(
    '/return-plans/:id/agreement',
    {
      config: { capability: 'write_return_plans' },
      schema: {
        operationId: 'agreeReturnPlan',
        tags,
        summary: 'The plan is agreed on',
        description: 'By bydel, VEL and the person. What rule 11 misses is named and stops it. Takes If-Match.',
        params: idParams,
        body: agreement,
        response: { 200: returnPlan.describe('As agreed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const plan = await existingReturnPlan(acting.trx, request.params.id)
        return answered(request, acting, await agree(acting, actor, plan, version, request.body.note))
      }),
  )

  app.post(
    '/return-plans/:id/outcome',
    {
      config: { capability: 'write_return_plans' },
      schema: {
        operationId: 'recordReturnOutcome',
        tags,
        summary: 'What came of the plan',
        description: 'Moved home, moved elsewhere, or moved back, as the stays have it. Takes If-Match.',
        params: idParams,
        body: outcome,
        response: {
          200: returnPlan.describe('As it stands now.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const plan = await existingReturnPlan(acting.trx, request.params.id)
        return answered(request, acting, await recordOutcome(acting, actor, plan, version, request.body))
      }),
  )

  app.post(
    '/return-plans/:id/withdrawal',
    {
      config: { capability: 'write_return_plans' },
      schema: {
        operationId: 'withdrawReturnPlan',
        tags,
        summary: 'Take a plan back',
        description: 'With its reason; it stays to be read. Takes If-Match.',
        params: idParams,
        body: withdrawal,
        response: { 200: returnPlan.describe('As taken back.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const plan = await existingReturnPlan(acting.trx, request.params.id)
        return answered(request, acting, await withdraw(acting, actor, plan, version, request.body))
      }),
  )
}
