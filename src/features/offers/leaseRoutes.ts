import { z } from 'zod'
import { reading, writing } from '../../http/acting.ts'
import { versionFrom } from '../../http/etag.ts'
import { day, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { offerBody } from './body.ts'
import { proposedLease, signLease } from './lease.ts'
import { lease, leaseProposal, offer } from './schema.ts'

const tags = ['offers']

/** The lease of an accepted offer: how long it is proposed to last, and that it is signed. */
export function leaseRoutes(app: App, deps: Deps): void {
  app.get(
    '/offers/:id/lease-proposal',
    {
      config: { capability: 'record_leases' },
      schema: {
        operationId: 'proposeLease',
        tags,
        summary: 'How long the lease of an offer is proposed to last',
        description:
          'For a municipal home: by the household’s children and whether it rents one already, from the day the lease begins. Another length takes a reason.',
        params: idParams,
        querystring: z.strictObject({ from: day.describe('The first day of the lease.') }),
        response: { 200: leaseProposal.describe('The proposal.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) => reading(deps, request, async (acting) => proposedLease(acting, request.params.id, request.query.from)),
  )

  app.post(
    '/offers/:id/lease',
    {
      config: { capability: 'record_leases' },
      schema: {
        operationId: 'signLease',
        tags,
        summary: 'Record that the lease is signed',
        description:
          'Takes If-Match. Only for forms that are let; from then on the person may leave where she lives. A municipal lease of another length than is proposed takes `termReason`.',
        params: idParams,
        body: lease,
        response: { 200: offer.describe('The offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await signLease(acting, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: offerBody(deps.keyring, row, acting), version: row.version }
      }),
  )
}
