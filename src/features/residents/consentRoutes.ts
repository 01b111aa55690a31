import { z } from 'zod'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { consentById, consentsOf, residentById } from './queries.ts'
import { consent, newConsent, revocation } from './schema.ts'

const tags = ['residents']

/** What people have agreed to share, and no longer. */
export function consentRoutes(app: App, deps: Deps): void {
  app.get(
    '/residents/:id/consents',
    {
      config: { capability: 'read_residents' },
      schema: {
        operationId: 'listConsents',
        tags,
        summary: 'A person’s consents',
        description: 'Consents to share with others, given and revoked.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(consent) }).describe('All of them, oldest first.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if ((await residentById(trx, request.params.id)) === undefined) throw notFound()
        return { items: (await consentsOf(trx, request.params.id)).map(consentBody) }
      }),
  )

  app.post(
    '/residents/:id/consents',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'giveConsent',
        tags,
        summary: 'Record a consent',
        description: 'The person agrees to sharing within one scope. It is dated and can be revoked.',
        params: idParams,
        body: newConsent,
        response: { 201: consent.describe('The consent.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, today }) => {
        const row = await residentById(trx, request.params.id)
        if (row === undefined) throw notFound()
        if (request.body.givenOn > today)
          throw invalid('/givenOn', 'in_the_future', 'Samtykket kan ikke være gitt i fremtiden.')
        const { id } = await trx
          .insertInto('consent')
          .values({ ...request.body, residentId: row.id, holdingDistrict: row.holdingDistrict })
          .returning('id')
          .executeTakeFirstOrThrow()
        const given = await consentById(trx, id)
        if (given === undefined) throw notFound()
        return { status: 201, body: consentBody(given), version: given.version }
      }),
  )

  app.post(
    '/consents/:id/revocation',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'revokeConsent',
        tags,
        summary: 'Revoke a consent',
        description: 'Takes If-Match. What was shared before stays shared; nothing more is.',
        params: idParams,
        body: revocation,
        response: { 200: consent.describe('The consent as revoked.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, today }) => {
        const version = versionFrom(request)
        const given = await consentById(trx, request.params.id)
        if (given === undefined) throw notFound()
        const { revokedOn } = request.body
        if (revokedOn < given.givenOn || revokedOn > today) {
          throw invalid('/revokedOn', 'out_of_range', 'Datoen må være mellom dagen samtykket ble gitt, og i dag.')
        }
        const updated = await trx
          .updateTable('consent')
          .set({ revokedOn })
          .where('id', '=', given.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (updated.numUpdatedRows === 0n) throw stale()
        return { status: 200, body: consentBody({ ...given, revokedOn, version: version + 1 }), version: version + 1 }
      }),
  )
}

function consentBody(row: NonNullable<Awaited<ReturnType<typeof consentById>>>): z.infer<typeof consent> {
  return { ...row, scope: row.scope as z.infer<typeof consent>['scope'] }
}
