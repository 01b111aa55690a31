import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { readDistribution } from './read.ts'
import { distribution, distributionQuery } from './schema.ts'
import { readSplit, split, splitQuery, splitTable } from './split.ts'
import { distributionTable } from './table.ts'

/** Who has more and who has less than the need would give, with the weights in sight. */
export function distributionRoutes(app: App, deps: Deps): void {
  app.get(
    '/distribution',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readDistribution',
        tags: ['capacity'],
        summary: 'Share of homes against share of need',
        description:
          'Need is adults times an index of published rates, whose weights are a choice and can be chosen. A district of which nothing can be read gets no index and is not compared.',
        querystring: distributionQuery,
        response: { 200: tableContent('The districts.', distribution), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => readDistribution(acting, request.query))
      return inFormAsked(request, reply, answer, () => distributionTable(answer))
    },
  )

  app.get(
    '/distribution/split',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'splitPlaces',
        tags: ['capacity'],
        summary: 'New places shared out by need',
        description:
          'Whole places that add up, by the largest remainder, over the districts that have an index. A district of which nothing can be read gets none here, and it is said.',
        querystring: splitQuery,
        response: { 200: tableContent('The districts.', split), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => readSplit(acting, request.query))
      return inFormAsked(request, reply, answer, () => splitTable(answer))
    },
  )
}
