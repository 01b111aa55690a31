import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { existingOffer, type OfferRow } from '../../db/offers.ts'
import { type Answer, dayFor, reading, writing } from '../../http/acting.ts'
import { byNeed, contested } from '../../http/contested.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { acceptOffer, declineOffer, withdrawOfferFor } from './answer.ts'
import { offerBody } from './body.ts'
import { leaseRoutes } from './leaseRoutes.ts'
import { moveIn } from './moveIn.ts'
import { notArrive } from './notArrive.ts'
import { offerPage } from './queries.ts'
import {
  decline,
  moveIn as movedIn,
  newOffer,
  notArrived,
  type OfferBody,
  offer,
  offerQuery,
  offerWithdrawal,
  replyExtension,
} from './schema.ts'
import { extendReply, sendOffer } from './send.ts'
import { offerTable } from './table.ts'

const tags = ['offers']

/** Offers of places: sent, answered, withdrawn, and what leads from a yes to the move-in. */
export function offerRoutes(app: App, deps: Deps, readCity: ReadCity): void {
  const nextBestOf = byNeed(readCity)
  const answered = (status: 200 | 201, row: OfferRow, acting: Acting): Answer<OfferBody> => ({
    status,
    body: offerBody(deps.keyring, row, acting),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/offers/${row.id}` } : {}),
  })

  app.get(
    '/offers',
    {
      config: { capability: 'read_offers' },
      schema: {
        operationId: 'listOffers',
        tags,
        summary: 'Offers',
        description:
          'Newest first, a page at a time: those of my district; for intake those it gave on a referral; for a house the accepted ones, who is expected.',
        querystring: offerQuery,
        response: { 200: listContent('A page.', pageOf(offer)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const after = idCursor(cursor)
            const rows = await offerPage(acting.trx, { ...request.query, limit }, after)
            const page = cutPage(rows, limit, (row) => [row.id])
            return { items: page.items.map((row) => offerBody(deps.keyring, row, acting)), nextCursor: page.nextCursor }
          }),
        async (rows) => offerTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/offers',
    {
      config: { capability: 'send_offers' },
      schema: {
        operationId: 'sendOffer',
        tags,
        summary: 'Offer a place to a need',
        description:
          'Reserved, it holds the place until the answer. What the need lacks stops it (409 `step_stopped`, each item in `errors`); a place that somebody else has answers 409 with its state and the next best places.',
        body: newOffer,
        response: { 201: offer.describe('The offer.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        nextBestOf,
        writing(deps, request, reply, async (acting, actor) =>
          answered(201, await sendOffer(acting, actor, request.body), acting),
        ),
      ),
  )

  app.get(
    '/offers/:id',
    {
      config: { capability: 'read_offers' },
      schema: {
        operationId: 'readOffer',
        tags,
        summary: 'One offer',
        description:
          'With its state, derived now, and what can be done with it. Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: offer.describe('The offer.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingOffer(acting.trx, request.params.id)
        tagged(reply, row.version)
        return offerBody(deps.keyring, row, acting)
      }),
  )

  app.post(
    '/offers/:id/acceptance',
    {
      config: { capability: 'answer_offers' },
      schema: {
        operationId: 'acceptOffer',
        tags,
        summary: 'The person says yes',
        description:
          'Takes If-Match. Of everybody who asks for one place, one wins; the others get 409 `place_held` or `place_taken` with the place’s `state` and `nextBest`. The place is held firmly until the move-in.',
        params: idParams,
        response: { 200: offer.describe('The accepted offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        nextBestOf,
        writing(deps, request, reply, async (acting, actor) =>
          answered(200, await acceptOffer(acting, actor, request.params.id, versionFrom(request)), acting),
        ),
      ),
  )

  app.post(
    '/offers/:id/decline',
    {
      config: { capability: 'answer_offers' },
      schema: {
        operationId: 'declineOffer',
        tags,
        summary: 'The person, or whoever gives the place, says no',
        description:
          'Takes If-Match. The reason has its consequence (reason codes); a criterion is tried against the data, and a contradiction is said in `declined.criterion`.',
        params: idParams,
        body: decline,
        response: { 200: offer.describe('The declined offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(200, await declineOffer(acting, request.params.id, versionFrom(request), request.body), acting),
      ),
  )

  app.post(
    '/offers/:id/withdrawal',
    {
      config: { capability: 'send_offers' },
      schema: {
        operationId: 'withdrawOffer',
        tags,
        summary: 'Take an offer back',
        description:
          'Takes If-Match. The hold ends with it; a reason that is lack of capacity is kept as evidence, once.',
        params: idParams,
        body: offerWithdrawal,
        response: { 200: offer.describe('The withdrawn offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(
          200,
          await withdrawOfferFor(acting, request.params.id, versionFrom(request), request.body.reason),
          acting,
        ),
      ),
  )

  app.post(
    '/offers/:id/extension',
    {
      config: { capability: 'send_offers' },
      schema: {
        operationId: 'extendOffer',
        tags,
        summary: 'Give more time to answer',
        description: 'Takes If-Match. The earlier deadline stays on record.',
        params: idParams,
        body: replyExtension,
        response: { 200: offer.describe('The offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(
          200,
          await extendReply(acting, request.params.id, versionFrom(request), request.body.answerBy),
          acting,
        ),
      ),
  )

  leaseRoutes(app, deps)

  app.post(
    '/offers/:id/move-in',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'moveIn',
        tags,
        summary: 'Record the move-in',
        description:
          'Takes If-Match. The stay begins (`stayId`), the need is met, other offers to it are withdrawn, and looking in after 1, 3, 6 and 12 months becomes tasks. By the bydel or the house.',
        params: idParams,
        body: movedIn,
        response: { 200: offer.describe('The offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        nextBestOf,
        writing(deps, request, reply, async (acting) =>
          answered(
            200,
            await moveIn(acting, request.params.id, versionFrom(request), request.body.on, request.body.expectedUntil),
            acting,
          ),
        ),
      ),
  )

  app.post(
    '/offers/:id/non-arrival',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'recordNonArrival',
        tags,
        summary: 'Record that the household never came',
        description:
          'Takes If-Match. From the day after the planned move-in (409 `move_in_not_over`). The place is free, the need stands in the queue where it stood, and its district gets a task. By the bydel or the house.',
        params: idParams,
        body: notArrived,
        response: { 200: offer.describe('The offer.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(200, await notArrive(acting, actor, request.params.id, versionFrom(request), request.body), acting),
      ),
  )
}
