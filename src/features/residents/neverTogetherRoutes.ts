import { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import { invalid, notFound } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { neverTogetherOf, residentById } from './queries.ts'
import { neverTogether, newNeverTogether } from './schema.ts'

const tags = ['residents']

/** Who must not live in the same house. */
export function neverTogetherRoutes(app: App, deps: Deps): void {
  const { keyring } = deps

  app.get(
    '/residents/:id/never-together',
    {
      // the reason is for those who may write one, not for the staff of the house she lives in
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'listNeverTogether',
        tags,
        summary: 'Who must not live in the same house',
        description: 'The people whom this person must not live with; a name is shown only of the reader’s own people.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(neverTogether) }).describe('All of them.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if ((await residentById(trx, request.params.id)) === undefined) throw notFound()
        const rows = await neverTogetherOf(trx, request.params.id)
        return {
          items: rows.map(({ ciphertext, ...row }) => ({
            ...row,
            otherName: ciphertext === null ? null : openIdentity(keyring, row.otherResidentId, ciphertext).name,
          })),
        }
      }),
  )

  app.post(
    '/residents/:id/never-together',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'addNeverTogether',
        tags,
        summary: 'Record that two people must not live in the same house',
        description: 'Effective for both, wherever they live. The reason stays with the district that wrote it.',
        params: idParams,
        body: newNeverTogether,
        response: { 201: neverTogether.describe('The pair.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx }) => {
        const { otherResidentId, reason } = request.body
        const row = await residentById(trx, request.params.id)
        const other = await residentById(trx, otherResidentId)
        if (row === undefined) throw notFound()
        if (other === undefined)
          throw invalid('/otherResidentId', 'unknown_resident', 'Vi finner ikke den andre personen.')
        if (other.id === row.id) throw invalid('/otherResidentId', 'same_resident', 'Velg en annen person.')
        const { id } = await trx
          .insertInto('neverTogether')
          .values({ residentId: row.id, holdingDistrict: row.holdingDistrict, otherResidentId, reason })
          .onConflict((conflict) => conflict.columns(['residentId', 'otherResidentId']).doUpdateSet({ reason }))
          .returning('id')
          .executeTakeFirstOrThrow()
        const otherName = openIdentity(keyring, other.id, other.ciphertext).name
        return { status: 201, body: { id, otherResidentId, otherName, reason } }
      }),
  )
}
