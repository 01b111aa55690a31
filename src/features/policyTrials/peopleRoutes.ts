import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import { placesNamed } from '../../db/places.ts'
import { dayFor, reading } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { classCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { readTrial } from './body.ts'
import { ownTrialPage } from './queries.ts'
import { trialNeed } from './schema.ts'
import { trialNeedTable } from './table.ts'

type TrialNeed = z.infer<typeof trialNeed>

/** Whom of her own people a draft is something to, for whoever works with them. */
export function trialPeopleRoutes(app: App, deps: Deps): void {
  app.get(
    '/policy-trials/:id/needs',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listPolicyTrialNeeds',
        tags: ['policy trials'],
        summary: 'My people that a draft is something to',
        description: 'Most urgent first, with the place that each policy would give them.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(trialNeed)), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const { row } = await readTrial(acting, request.params.id)
            const rows = await ownTrialPage(acting.trx, row.id, limit, classCursor(cursor))
            const page = cutPage(rows, limit, ({ urgencyClass, needId }) => [String(urgencyClass), needId])
            const ids = page.items.flatMap(({ beforePlaceId, afterPlaceId }) => [beforePlaceId, afterPlaceId])
            const named = await placesNamed(
              acting.trx,
              ids.filter((id) => id !== null),
            )
            const places = new Map(named.map(({ vacancyConfirmedAt: _, ...place }) => [place.id, place]))
            const placeOf = (id: string | null) => (places.get(id ?? '') ?? null) as TrialNeed['before']
            return {
              items: page.items.map(
                ({
                  needId,
                  residentId,
                  ciphertext,
                  urgencyClass,
                  outcome,
                  beforePlaceId,
                  afterPlaceId,
                }): TrialNeed => ({
                  needId,
                  residentName: openIdentity(deps.keyring, residentId, ciphertext).name,
                  urgencyClass,
                  outcome: outcome as TrialNeed['outcome'],
                  before: placeOf(beforePlaceId),
                  after: placeOf(afterPlaceId),
                }),
              ),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => trialNeedTable(rows, await dayFor(deps, request)),
      ),
  )
}
