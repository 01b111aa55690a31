import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { FORECAST_JOB } from '../../db/forecasts.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { type PolicyTeller, policyTeller } from '../../db/matchingPolicy.ts'
import { notFound } from '../../domain/error.ts'
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
import { type ForecastRow, forecastById, forecastPage, seriesOf } from './queries.ts'
import { forecast, forecastSeries, newForecast, seriesQuery } from './schema.ts'
import { startForecast } from './start.ts'
import { forecastTable } from './table.ts'

const tags = ['forecasts']
type Forecast = z.infer<typeof forecast>
type Series = z.infer<typeof forecastSeries>['series'][number]

/** What may come of the city, month by month: asked for by planners, read by them and by the bydeler's managers. */
export function forecastRoutes(app: App, deps: Deps): void {
  app.post(
    '/forecasts',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'startForecast',
        tags,
        summary: 'Ask for a forecast',
        description:
          'It is a job: follow it by its id. An empty body asks for the city as it is, until the day of the target.',
        body: newForecast.nullish(),
        response: { 202: forecast.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const id = await startForecast(acting, actor, request.body ?? {})
        return {
          status: 202,
          body: await readForecast(acting, id, actor),
          location: `/api/v1/forecasts/${id}`,
        }
      })
      await putInQueue(deps, request, FORECAST_JOB, { forecastId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/forecasts',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'listForecasts',
        tags,
        summary: 'Forecasts',
        description: 'Newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(forecast).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const after = idCursor(request.query.cursor)
        const page = cutPage(await forecastPage(acting.trx, request.query.limit, after), request.query.limit, (row) => [
          row.id,
        ])
        const told = await policyTeller(acting)
        return { items: page.items.map((row) => forecastBody(row, request.actor, told)), nextCursor: page.nextCursor }
      }),
  )

  app.get(
    '/forecasts/:id',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readForecast',
        tags,
        summary: 'One forecast',
        description: 'Its state and progress, and when it is completed what it was made from and takes for granted.',
        params: idParams,
        response: { 200: forecast.describe('The forecast.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => readForecast(acting, request.params.id, request.actor)),
  )

  app.get(
    '/forecasts/:id/series',
    {
      config: { capability: 'read_forecasts' },
      schema: {
        operationId: 'readForecastSeries',
        tags,
        summary: 'The numbers of a forecast',
        description:
          'P10, P50 and P90 of all runs, month by month. Series that are zero throughout are left out. Empty until it is completed.',
        params: idParams,
        querystring: seriesQuery,
        response: { 200: sheetContent('The series.', forecastSeries), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    async (request, reply) => {
      const { body, series } = await reading(deps, request, async (acting) => {
        const found = await existing(acting, request.params.id)
        const rows = await seriesOf(acting.trx, found.id, request.query)
        return {
          body: forecastBody(found, request.actor, await policyTeller(acting)),
          series: { asOf: found.asOf, points: found.points ?? [], series: rows as unknown as Series[] },
        }
      })
      return inSheetFormAsked(request, reply, series, () => forecastTable(body, series))
    },
  )

  app.post(
    '/forecasts/:id/cancellation',
    {
      config: { capability: 'start_forecasts' },
      schema: {
        operationId: 'cancelForecast',
        tags,
        summary: 'Cancel a forecast',
        description: 'By whoever asked for it. A forecast that has ended stays as it is.',
        params: idParams,
        response: { 200: forecast.describe('The forecast.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        await askToCancel(acting.trx, FORECAST_JOB, row, actor.accountId)
        return { status: 200, body: await readForecast(acting, row.id, actor) }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<ForecastRow> {
  const row = await forecastById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function readForecast(acting: Acting, id: string, actor: Actor | null): Promise<Forecast> {
  return forecastBody(await existing(acting, id), actor, await policyTeller(acting))
}

function forecastBody(row: ForecastRow, actor: Actor | null, told: PolicyTeller): Forecast {
  const { requestedBy, status, changes, policies, assumptions, points: _, ...rest } = row
  return {
    ...rest,
    status: status as Forecast['status'],
    changes: changes as unknown as Forecast['changes'],
    policies: policies as unknown as Forecast['policies'],
    matchingPolicy: told(policies),
    assumptions: assumptions as unknown as Assumed | null,
    mine: requestedBy === actor?.accountId,
    notice: FORECAST_POLICY.notice,
  }
}
