import type { Actor } from '../../db/actor.ts'
import { changesOf, type ScenarioRow } from '../../db/scenarios.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor, numberCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { scenarioPage, versionPage } from './queries.ts'
import { newScenario, type ScenarioBody, scenario, scenarioQuery, versionParams } from './schema.ts'
import { archiveScenario, changeScenario, createScenario, existingScenario } from './write.ts'

const tags = ['scenarios']

/** Named, versioned changes to what is planned: written by planners, read by them and by the bydeler's managers. */
export function scenarioRoutes(app: App, deps: Deps): void {
  const answered = (row: ScenarioRow, actor: Actor, status: 200 | 201 = 200): Answer<ScenarioBody> => ({
    status,
    body: scenarioBody(row, actor),
    version: row.newest,
    ...(status === 201 ? { location: `/api/v1/scenarios/${row.id}` } : {}),
  })

  app.get(
    '/scenarios',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'listScenarios',
        tags,
        summary: 'Scenarios',
        description: 'Each as its newest version says, the newest scenario first.',
        querystring: scenarioQuery,
        response: { 200: pageOf(scenario).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const { cursor, limit, archived } = request.query
        const rows = await scenarioPage(trx, { archived: archived === 'true', limit }, idCursor(cursor))
        const page = cutPage(rows, limit, ({ id }) => [id])
        return { items: page.items.map((row) => scenarioBody(row, request.actor)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/scenarios',
    {
      config: { capability: 'write_scenarios' },
      schema: {
        operationId: 'createScenario',
        tags,
        summary: 'Make a scenario',
        description:
          'Every change is looked at against the city of today, and each wrong value is named. The pace of past growth is computed and stands in the change from then on.',
        body: newScenario,
        response: { 201: scenario.describe('Its first version.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(await createScenario(acting, actor, request.body), actor, 201),
      ),
  )

  app.get(
    '/scenarios/:id',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readScenario',
        tags,
        summary: 'One scenario',
        description: 'As its newest version says, which is its entity tag.',
        params: idParams,
        response: { 200: scenario.describe('The newest version.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingScenario(acting, request.params.id)
        tagged(reply, row.newest)
        return scenarioBody(row, request.actor)
      }),
  )

  app.get(
    '/scenarios/:id/versions',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'listScenarioVersions',
        tags,
        summary: 'What a scenario has said',
        description: 'The newest version first.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(scenario).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { cursor, limit } = request.query
        const { id } = await existingScenario(acting, request.params.id)
        const before = cursor === undefined ? undefined : numberCursor(cursor)
        const rows = await versionPage(acting.trx, id, limit, before)
        const page = cutPage(rows, limit, ({ version }) => [String(version)])
        return { items: page.items.map((row) => scenarioBody(row, request.actor)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/scenarios/:id/versions',
    {
      config: { capability: 'write_scenarios' },
      schema: {
        operationId: 'changeScenario',
        tags,
        summary: 'Write a new version of a scenario',
        description: 'Whole, also what stays. The one before is kept, and comparisons with it. Takes If-Match.',
        params: idParams,
        body: newScenario,
        response: {
          201: scenario.describe('The new version.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        return answered(await changeScenario(acting, actor, request.params.id, version, request.body), actor, 201)
      }),
  )

  app.get(
    '/scenarios/:id/versions/:version',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readScenarioVersion',
        tags,
        summary: 'A scenario as a version said',
        description: 'What was written is never written over.',
        params: versionParams,
        response: { 200: scenario.describe('The version.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { id, version } = request.params
        return scenarioBody(await existingScenario(acting, id, version), request.actor)
      }),
  )

  app.post(
    '/scenarios/:id/archival',
    {
      config: { capability: 'write_scenarios' },
      schema: {
        operationId: 'archiveScenario',
        tags,
        summary: 'Put a scenario away',
        description:
          'It is read still, with its comparisons, and no longer counts against its author’s bound. Takes If-Match.',
        params: idParams,
        response: { 200: scenario.describe('Put away.'), ...problems(400, 401, 403, 404, 409, 412, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        return answered(await archiveScenario(acting, request.params.id, version), actor)
      }),
  )
}

function scenarioBody(row: ScenarioRow, actor: Actor | null): ScenarioBody {
  const { newest, createdBy, writtenBy: _, policies, ...rest } = row
  return {
    ...rest,
    newestVersion: newest,
    changes: changesOf(row) as ScenarioBody['changes'],
    policies: policies as unknown as ScenarioBody['policies'],
    mine: createdBy === actor?.accountId,
  }
}
