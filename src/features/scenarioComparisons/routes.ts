import type { Acting, Actor } from '../../db/actor.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { type PolicyTeller, policyTeller } from '../../db/matchingPolicy.ts'
import { COMPARISON_JOB } from '../../db/scenarioComparisons.ts'
import { notFound } from '../../domain/error.ts'
import { writtenUnderSentence } from '../../domain/matching/usedPolicy.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { inSheetFormAsked, sheetContent } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import type { Assumed } from '../../http/forecastFields.ts'
import { putInQueue } from '../../http/longJobs.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'
import {
  type ComparisonRow,
  comparedSeries,
  comparisonById,
  comparisonPage,
  type MemberRow,
  membersOf,
} from './queries.ts'
import {
  type ComparisonBody,
  type ComparisonSeriesBody,
  comparison,
  comparisonSeries,
  comparisonSeriesQuery,
  newComparison,
} from './schema.ts'
import { startComparison } from './start.ts'
import { comparisonTable } from './table.ts'

const tags = ['scenarios']

/** Scenarios beside a base on the same chance: asked for by planners, read by them and by the bydeler's managers. */
export function scenarioComparisonRoutes(app: App, deps: Deps): void {
  app.post(
    '/scenario-comparisons',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'startScenarioComparison',
        tags,
        summary: 'Compare scenarios',
        description:
          'One to four versions of scenarios with a base, run by run on the same chance. It is a job: follow it by its id.',
        body: newComparison,
        response: { 202: comparison.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const id = await startComparison(acting, actor, request.body)
        return { status: 202, body: await existing(acting, id, actor), location: `/api/v1/scenario-comparisons/${id}` }
      })
      await putInQueue(deps, request, COMPARISON_JOB, { comparisonId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/scenario-comparisons',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'listScenarioComparisons',
        tags,
        summary: 'Comparisons of scenarios',
        description: 'Newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(comparison).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { trx } = acting
        const { cursor, limit } = request.query
        const page = cutPage(await comparisonPage(trx, limit, idCursor(cursor)), limit, ({ id }) => [id])
        const ids = page.items.map(({ id }) => id)
        const members = ids.length === 0 ? [] : await membersOf(trx, ids)
        const own = (id: string) => members.filter(({ comparisonId }) => comparisonId === id)
        const told = await policyTeller(acting)
        return {
          items: page.items.map((row) => comparisonBody(row, own(row.id), request.actor, told)),
          nextCursor: page.nextCursor,
        }
      }),
  )

  app.get(
    '/scenario-comparisons/:id',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readScenarioComparison',
        tags,
        summary: 'One comparison',
        description: 'Its state and progress, what is compared, and what it takes for granted.',
        params: idParams,
        response: { 200: comparison.describe('The comparison.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => existing(acting, request.params.id, request.actor)),
  )

  app.get(
    '/scenario-comparisons/:id/series',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readScenarioComparisonSeries',
        tags,
        summary: 'The numbers of a comparison',
        description:
          'Of each member its own numbers, and of all but the base what they have more than the base: P10, P50 and P90, month by month. Levels that are zero throughout are left out, and differences where P10, P50 and P90 are all zero throughout. Empty until it is completed.',
        params: idParams,
        querystring: comparisonSeriesQuery,
        response: { 200: sheetContent('The series.', comparisonSeries), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    async (request, reply) => {
      const { body, series } = await reading(deps, request, async (acting) => {
        const { id } = request.params
        const row = await comparisonById(acting.trx, id)
        if (row === undefined) throw notFound()
        const rows = await comparedSeries(acting.trx, id, request.query)
        return {
          body: comparisonBody(row, await membersOf(acting.trx, [id]), request.actor, await policyTeller(acting)),
          series: {
            asOf: row.asOf,
            points: row.points ?? [],
            series: rows as unknown as ComparisonSeriesBody['series'],
          },
        }
      })
      return inSheetFormAsked(request, reply, series, () => comparisonTable(body, series))
    },
  )

  app.post(
    '/scenario-comparisons/:id/cancellation',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'cancelScenarioComparison',
        tags,
        summary: 'Cancel a comparison',
        description: 'By whoever asked for it. One that has ended stays as it is.',
        params: idParams,
        response: { 200: comparison.describe('The comparison.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await comparisonById(acting.trx, request.params.id)
        if (row === undefined) throw notFound()
        await askToCancel(acting.trx, COMPARISON_JOB, row, actor.accountId)
        return { status: 200, body: await existing(acting, row.id, actor) }
      }),
  )
}

async function existing(acting: Acting, id: string, actor: Actor | null): Promise<ComparisonBody> {
  const row = await comparisonById(acting.trx, id)
  if (row === undefined) throw notFound()
  return comparisonBody(row, await membersOf(acting.trx, [id]), actor, await policyTeller(acting))
}

function comparisonBody(
  row: ComparisonRow,
  members: readonly MemberRow[],
  actor: Actor | null,
  told: PolicyTeller,
): ComparisonBody {
  const { requestedBy, status, policies, assumptions, points: _, ...rest } = row
  const matchingPolicy = told(policies)
  return {
    ...rest,
    status: status as ComparisonBody['status'],
    members: members.map(({ comparisonId: __, changes, ...member }) => ({
      ...member,
      changes: changes as unknown as ComparisonBody['members'][number]['changes'],
    })),
    policies: policies as unknown as ComparisonBody['policies'],
    matchingPolicy,
    writtenUnder: (matchingPolicy && writtenUnderSentence(members, matchingPolicy.version)) ?? null,
    assumptions: assumptions as unknown as Assumed | null,
    mine: requestedBy === actor?.accountId,
    notice: FORECAST_POLICY.notice,
  }
}
