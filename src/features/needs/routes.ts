import { z } from 'zod'
import { needPage, readinessFactsOf } from '../../db/needs.ts'
import { invalid } from '../../domain/error.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { needBody, rowBody } from './body.ts'
import { assessmentsOf } from './queries.ts'
import { changeNeed, existing, registerNeed, startNeed } from './register.ts'
import { assessment, changedNeed, need, needRow, newAssessment, newNeed, readiness } from './schema.ts'
import { needTable } from './table.ts'

const tags = ['needs']

/** Housing needs: drafted, registered, changed, assessed; and what each still misses. */
export function needRoutes(app: App, deps: Deps): void {
  const { keyring } = deps

  app.get(
    '/needs',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'listNeeds',
        tags,
        summary: 'The needs of my district',
        description: 'Newest first, a page at a time.',
        querystring: pageQuery.extend({
          status: z
            .enum(['draft', 'registered', 'withdrawn', 'closed'])
            .optional()
            .describe('Absent: drafts and registered.'),
        }),
        response: { 200: listContent('A page.', pageOf(needRow)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const { status } = request.query
            const after = idCursor(cursor)
            const rows = await needPage(trx, {
              limit,
              cursor: after,
              statuses: status === undefined ? ['draft', 'registered'] : [status],
              districts: request.actor?.districts ?? [],
            })
            const page = cutPage(rows, limit, (row) => [row.id])
            return { items: page.items.map((row) => rowBody(keyring, row, today)), nextCursor: page.nextCursor }
          }),
        async (rows) => needTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/needs',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'startNeed',
        tags,
        summary: 'Start a need as a draft',
        description: 'A draft may lack everything but whose it is; it is saved as it goes.',
        body: newNeed,
        response: { 201: need.describe('The draft.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await startNeed(acting, actor, request.body)
        return {
          status: 201,
          body: needBody(keyring, row, acting.today),
          version: row.version,
          location: `/api/v1/needs/${row.id}`,
        }
      }),
  )

  app.get(
    '/needs/:id',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'readNeed',
        tags,
        summary: 'One need',
        description:
          'With its urgency, the grounds for it, and its readiness. Another district’s need answers like a missing one.',
        params: idParams,
        response: { 200: need.describe('The need.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return needBody(keyring, row, acting.today)
      }),
  )

  app.patch(
    '/needs/:id',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'changeNeed',
        tags,
        summary: 'Change a need',
        description: 'Changes what is sent and leaves the rest; takes If-Match.',
        params: idParams,
        body: changedNeed,
        response: { 200: need.describe('The need as changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await changeNeed(acting, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: needBody(keyring, row, acting.today), version: row.version }
      }),
  )

  app.post(
    '/needs/:id/registration',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'registerNeed',
        tags,
        summary: 'Register a draft',
        description:
          'From now on it is ranked. Only not saying what is needed stops it; the rest stops later steps. Takes If-Match.',
        params: idParams,
        response: { 200: need.describe('The registered need.'), ...problems(400, 401, 403, 404, 409, 412, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await registerNeed(acting, request.params.id, versionFrom(request))
        return { status: 200, body: needBody(keyring, row, acting.today), version: row.version }
      }),
  )

  app.get(
    '/needs/:id/readiness',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'readReadiness',
        tags,
        summary: 'What a need misses',
        description: 'Each item with the first step that its lack stops, and what the system does meanwhile.',
        params: idParams,
        response: {
          200: readiness.describe('All items that the need’s forms call for.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        const items = readinessOf(readinessFactsOf(row), acting.today)
        const missing = items.filter(({ present }) => !present)
        return {
          needId: row.id,
          canBeRanked: missing.every(({ stops }) => stops !== 'ranking'),
          missing: missing.length,
          items,
        }
      }),
  )

  app.get(
    '/needs/:id/assessments',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'listAssessments',
        tags,
        summary: 'A need’s assessments',
        description: 'Newest first; none is ever overwritten.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(assessment) }).describe('All of them.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existing(acting, request.params.id)
        return { items: (await assessmentsOf(acting.trx, request.params.id)).map(assessmentBody) }
      }),
  )

  app.post(
    '/needs/:id/assessments',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'addAssessment',
        tags,
        summary: 'Record an assessment',
        description:
          'BrukerPlan’s life areas, living skills and training, dated. The care track is for statistics and decides nothing.',
        params: idParams,
        body: newAssessment,
        response: { 201: assessment.describe('The assessment.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        const { lifeAreas, ...facts } = request.body
        if (facts.assessedOn > acting.today)
          throw invalid('/assessedOn', 'in_the_future', 'Datoen kan ikke være i fremtiden.')
        const { id } = await acting.trx
          .insertInto('assessment')
          .values({
            ...facts,
            lifeAreas: JSON.stringify(lifeAreas),
            needId: row.id,
            holdingDistrict: row.holdingDistrict,
            createdAt: acting.now,
            createdBy: actor.accountId,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        const added = (await assessmentsOf(acting.trx, row.id)).filter((entry) => entry.id === id).map(assessmentBody)
        const [body] = added
        if (body === undefined) throw new Error('the assessment was not kept')
        return { status: 201, body }
      }),
  )
}

function assessmentBody(row: Awaited<ReturnType<typeof assessmentsOf>>[number]): z.infer<typeof assessment> {
  return { ...row, lifeAreas: row.lifeAreas as z.infer<typeof assessment>['lifeAreas'] }
}
