import { reading } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { costsOf } from './costs.ts'
import { gapPeople } from './people.ts'
import { costQuery, costs, gapPerson, gapQuery } from './schema.ts'
import { costTable } from './table.ts'

/** What the gap costs, as figures without people; and to a bydel, whom its own figures are of. */
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
      return inFormAsked(request, reply, answer, () => costTable(answer))
    },
  )

  app.get(
    '/gap-people',
    {
      config: { capability: 'read_call_offs' },
      schema: {
        operationId: 'listGapPeople',
        tags: ['costs'],
        summary: 'My own people behind the figures of the gap',
        description:
          'Of one’s own district: in temporary accommodation, ready to move on from an institution, or reported ready for discharge.',
        querystring: gapQuery,
        response: { 200: pageOf(gapPerson).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const people = await gapPeople(trx, deps.keyring, request.query, idCursor(request.query.cursor))
        return cutPage(people, request.query.limit, ({ id }) => [id])
      }),
  )
}
