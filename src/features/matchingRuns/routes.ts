import { sql } from 'kysely'
import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { MATCHING_JOB } from '../../db/matchingRun.ts'
import { invalid } from '../../domain/error.ts'
import type { RunSummary } from '../../domain/matching/run.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { putInQueue } from '../../http/longJobs.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { RUN_LIMITS } from '../../reference/runLimits.ts'
import { type RunRow, runPage } from './queries.ts'
import { existing, matchingResultRoutes } from './results.ts'
import { matchingRun, newRun, type Summary } from './schema.ts'
import { runTable } from './table.ts'

const tags = ['matching runs']
type Run = z.infer<typeof matchingRun>

/** Runs over the city or over one's own people: started, followed and cancelled. */
export function matchingRunRoutes(app: App, deps: Deps): void {
  app.post(
    '/matching-runs',
    {
      config: { capability: 'start_matching_runs' },
      schema: {
        operationId: 'startMatchingRun',
        tags,
        summary: 'Start a run',
        description:
          'A planner’s run is over the whole city; an officer’s or manager’s is a preview on her own people. It is a job: follow it by its id.',
        body: newRun.nullish(),
        response: { 202: matchingRun.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const row = await startRun(acting, actor, request.body?.districts)
        return { status: 202, body: runBody(row, actor), location: `/api/v1/matching-runs/${row.id}` }
      })
      await putInQueue(deps, request, MATCHING_JOB, { runId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/matching-runs',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'listMatchingRuns',
        tags,
        summary: 'Runs',
        description: 'Runs over the city, and previews of the reader’s own district; newest first.',
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(matchingRun)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const after = idCursor(cursor)
            const page = cutPage(await runPage(trx, limit, after), limit, (row) => [row.id])
            return { items: page.items.map((row) => runBody(row, request.actor)), nextCursor: page.nextCursor }
          }),
        async (rows) => runTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/matching-runs/:id',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'readMatchingRun',
        tags,
        summary: 'One run',
        description:
          'Its state and progress, and when it is completed what it achieved, beside other ways of placing people.',
        params: idParams,
        response: { 200: matchingRun.describe('The run.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => runBody(await existing(acting, request.params.id), request.actor)),
  )

  app.post(
    '/matching-runs/:id/cancellation',
    {
      config: { capability: 'start_matching_runs' },
      schema: {
        operationId: 'cancelMatchingRun',
        tags,
        summary: 'Cancel a run',
        description: 'By whoever asked for it. A run that has ended stays as it is.',
        params: idParams,
        response: { 200: matchingRun.describe('The run.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        await askToCancel(acting.trx, MATCHING_JOB, row, actor.accountId)
        return { status: 200, body: runBody(await existing(acting, row.id), actor) }
      }),
  )

  matchingResultRoutes(app, deps)
}

async function startRun(acting: Acting, actor: Actor, asked: readonly string[] | undefined): Promise<RunRow> {
  const city = actor.role === 'planner'
  const districts = city ? [] : (asked ?? actor.districts)
  if (
    city ? asked !== undefined : districts.some((code) => !actor.districts.includes(code)) || districts.length === 0
  ) {
    throw invalid(
      '/districts',
      'not_own_district',
      city ? 'En kjøring for byen gjelder alle bydeler.' : 'Velg blant dine egne bydeler.',
    )
  }
  const { id } = await acting.trx
    .insertInto('matchingRun')
    .values({
      kind: city ? 'city' : 'preview',
      districts: [...districts],
      asOf: acting.today,
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existing(acting, id)
}

function runBody(row: RunRow, actor: Actor | null): Run {
  const { requestedBy, status, kind, summary, ...rest } = row
  return {
    ...rest,
    status: status as Run['status'],
    kind: kind as Run['kind'],
    mine: requestedBy === actor?.accountId,
    summary: summary === null ? null : summaryBody(summary as unknown as RunSummary),
  }
}

/** A kept summary with the limits' names and sentences. */
function summaryBody({ limits, ...summary }: Omit<RunSummary, 'limits'> & Partial<RunSummary>): Summary {
  if (limits === undefined) return summary
  return {
    ...summary,
    limits: RUN_LIMITS.flatMap(({ id, name, sentence }) =>
      limits.filter((limit) => limit.id === id).map(({ moves }) => ({ id, name, sentence, moves })),
    ),
  }
}
