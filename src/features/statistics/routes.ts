import { z } from 'zod'
import { newestValues } from '../../db/statistics.ts'
import { reading } from '../../http/acting.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { seriesList } from './queries.ts'
import { type series, statistics } from './schema.ts'

const OUTSIDE: Record<string, string> = { '0301': 'Oslo i alt', '0301xx': 'Sentrum, Marka og uoppgitt' }

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
              areaName: name ?? OUTSIDE[found.area] ?? found.area,
            })),
          })) as z.infer<typeof series>[],
        }
      }),
  )
}
