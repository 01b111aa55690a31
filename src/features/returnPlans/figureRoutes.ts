import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { burnDownOf, burnDownSheet, standingSheet, standingTable } from './progress.ts'
import { burnDownTable, returnStandingTable, standingQuery } from './schema.ts'

const tags = ['return plans']

/** How far the city and each bydel are on the way to the day: numbers, and nobody in them. */
export function returnFigureRoutes(app: App, deps: Deps): void {
  app.get(
    '/return-plans/standing',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readReturnStanding',
        tags,
        summary: 'How far each bydel is on the way to the day',
        description:
          'Left, on track, late, without a plan, undecided, rightly staying, moved and moved back. Numbers of every district, and nobody in them.',
        querystring: standingQuery,
        response: { 200: tableContent('By district.', returnStandingTable), ...problems(400, 401, 403, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => standingTable(acting, request.query.district))
      return inFormAsked(request, reply, answer, () => standingSheet(answer))
    },
  )

  app.get(
    '/return-plans/burn-down',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readReturnBurnDown',
        tags,
        summary: 'People left, month by month to the day',
        description:
          'What was, what the plans say, and an even pace to nobody on the day. Of the city or of one district.',
        querystring: standingQuery,
        response: { 200: tableContent('By month.', burnDownTable), ...problems(400, 401, 403, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => burnDownOf(acting, request.query.district))
      return inFormAsked(request, reply, answer, () => burnDownSheet(answer))
    },
  )
}
