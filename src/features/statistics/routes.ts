import { z } from 'zod'
import { newestValues } from '../../db/statistics.ts'
import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { STATISTIC_TABLES } from '../../reference/statisticTables.ts'
import { seriesList } from './queries.ts'
import { type series, statistics, statisticTableBody, statisticTableParams, statisticTables } from './schema.ts'
import { areaName, publishedTable, statisticTable } from './tables.ts'

/** The published figures that the system starts from, each with its source. */
export function statisticRoutes(app: App, deps: Deps): void {
  app.get(
    '/statistics',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listStatistics',
        tags: ['statistics'],
        summary: 'Published figures',
        description:
          'Real figures with their source. What is illegible in a source is null with its reason. People and homes, flows and stocks have different scales.',
        querystring: z.strictObject({
          series: z
            .string()
            .regex(/^[a-z0-9_.]{1,100}$/)
            .optional()
            .describe('One series only.'),
          area: z
            .string()
            .regex(/^0301(\d{2}|xx)?$/)
            .optional()
            .describe('One area only.'),
        }),
        response: { 200: statistics.describe('Every series with its newest values.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const values = Map.groupBy(await newestValues(trx, request.query.area), (row) => row.seriesId)
        const rows = await seriesList(trx, request.query.series)
        return {
          synthetic: false as const,
          items: rows.map((row) => ({
            ...row,
            values: (values.get(row.id) ?? []).map(({ seriesId: _, name, revision: __, ...found }) => ({
              ...found,
              areaName: areaName(found.area, name),
            })),
          })) as z.infer<typeof series>[],
        }
      }),
  )

  app.get(
    '/statistics/tables',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listStatisticTables',
        tags: ['statistics'],
        summary: 'Published tables',
        description: 'Those that are kept as tables, with the series in each.',
        querystring: noQuery,
        response: { 200: statisticTables.describe('The tables.'), ...problems(400) },
      },
    },
    () => ({ items: STATISTIC_TABLES.map(({ series, ...table }) => ({ ...table, series: [...series] })) }),
  )

  app.get(
    '/statistics/tables/:id',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'readStatisticTable',
        tags: ['statistics'],
        summary: 'One published table',
        description:
          'The newest revision of each figure with the earlier ones. As CSV and JSON-stat 2 as a statistics bank (PxWeb) would give it, and as it is taken in again.',
        params: statisticTableParams,
        querystring: noQuery,
        response: { 200: tableContent('The table.', statisticTableBody), ...problems(400, 404, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => statisticTable(acting, request.params.id))
      return inFormAsked(request, reply, answer, () => publishedTable(answer))
    },
  )
}
