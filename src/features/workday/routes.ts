import { reading } from '../../http/acting.ts'
import { workCursor } from '../../http/cursorKeys.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { readWorkday } from './read.ts'
import { workday, workdayQuery } from './schema.ts'

/** What needs somebody in a bydel now. */
export function workdayRoutes(app: App, deps: Deps): void {
  app.get(
    '/workday',
    {
      config: { capability: 'read_workday' },
      schema: {
        operationId: 'readWorkday',
        tags: ['tasks'],
        summary: 'What needs me now',
        description:
          'Everything in my district that waits for somebody, the nearest deadline first, each with why now: who cannot wait, offers without an answer, chains, stays beyond what was agreed or the norm, decisions, tasks, new matches, needs that are not ready. A page at a time; the counts are of all of it.',
        querystring: workdayQuery,
        response: { 200: workday.describe('A page, with the counts.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { kind, within, limit, cursor } = request.query
        return readWorkday(acting, deps.keyring, { kind, within, limit, after: workCursor(cursor) })
      }),
  )
}
