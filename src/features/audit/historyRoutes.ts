import { notFound } from '../../domain/error.ts'
import { reading } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { logCursor } from '../../http/cursorKeys.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { changeBody, changesOf } from './history.ts'
import { seesNeed, seesResident } from './queries.ts'
import { recordChange } from './schema.ts'

const tags = ['audit']

/** Who changed what of a person or a need, with when it happened and when it was written down. */
export function historyRoutes(app: App, deps: Deps): void {
  const pageOfChanges = async (
    trx: Parameters<typeof changesOf>[0],
    kind: 'need' | 'resident',
    id: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ) => {
    const rows = await changesOf(trx, kind, id, limit, logCursor(cursor))
    const page = cutPage(rows, limit, (row) => [String(row.id)])
    return { ...page, items: page.items.map(changeBody) }
  }

  app.get(
    '/residents/:id/changes',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'listResidentChanges',
        tags,
        summary: 'What was changed of a person',
        description:
          'Of herself, her household, her homes and her consents, the newest first. Names and numbers are kept encrypted and are not in it.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(recordChange).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if (!(await seesResident(trx, request.params.id))) throw notFound()
        return pageOfChanges(trx, 'resident', request.params.id, request.query)
      }),
  )

  app.get(
    '/needs/:id/changes',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'listNeedChanges',
        tags,
        summary: 'What was changed of a need',
        description:
          'Of the need and what was written for it, the newest first: assessments, offers, referrals, decisions.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(recordChange).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if (!(await seesNeed(trx, request.params.id))) throw notFound()
        return pageOfChanges(trx, 'need', request.params.id, request.query)
      }),
  )
}
