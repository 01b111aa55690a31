import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { costsOf } from './costs.ts'
import { costQuery, costs } from './schema.ts'
import { costTable } from './table.ts'

/** What the gap costs, as figures without people. */
export function costRoutes(app: App, deps: Deps): void {
  app.get(
    '/costs',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'readCosts',
        tags: ['costs'],
        summary: 'What the gap costs',
        description:
          'By district: bought places so far, committed and running this year against the budget, the share in the largest cases, days as discharge-ready, temporary accommodation, and those ready to move on; what the same days would cost in an own place, with every assumption.',
        querystring: costQuery,
        response: { 200: tableContent('The year.', costs), ...problems(400, 401, 403, 406) },
      },
    },
    async (request, reply) => {
      const { year, district } = request.query
      const answer = await reading(deps, request, (acting) =>
        costsOf(acting, { ...(year === undefined ? {} : { year }), ...(district === undefined ? {} : { district }) }),
      )
      return inFormAsked(request, reply, answer, costTable(answer))
    },
  )
}
