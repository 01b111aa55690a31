import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { publicTableFile, publicTableList, readPublicTable } from './read.ts'
import { publicTable, publicTableParams, publicTableQuery, publicTables } from './schema.ts'

const tags = ['statistics']

/** What everybody may read: a fixed set of monthly tables, people rounded, never changed once published. */
export function publicTableRoutes(app: App, deps: Deps): void {
  app.get(
    '/public-tables',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listPublicTables',
        tags,
        summary: 'Tables for everybody',
        description: 'The fixed set, with the months of each that are published.',
        querystring: noQuery,
        response: { 200: publicTables.describe('The tables.'), ...problems(400) },
      },
    },
    (request) => reading(deps, request, publicTableList),
  )

  app.get(
    '/public-tables/:id',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'readPublicTable',
        tags,
        summary: 'A month of a table for everybody',
        description:
          'As it was published, once, when the month was over. Counts of people are rounded to the nearest 5 and sums are of the rounded counts; places are exact.',
        params: publicTableParams,
        querystring: publicTableQuery,
        response: { 200: tableContent('The table.', publicTable), ...problems(400, 404, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) =>
        readPublicTable(acting, request.params.id, request.query.month),
      )
      return inFormAsked(request, reply, answer, () => publicTableFile(answer))
    },
  )
}
