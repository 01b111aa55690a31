import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { existingStay, nextHomesOf, type StayRow } from '../../db/stays.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { contested } from '../../http/contested.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { stayBody, stayDetailBody, stayEventBody } from './body.ts'
import { correctDeparture, correctMoveIn } from './correct.ts'
import { depart } from './depart.ts'
import { extend } from './extend.ts'
import { recordPrivateHome } from './privateHome.ts'
import { eventsOf, privateLeaseOf, stayPage } from './queries.ts'
import { returnsOfNeed } from './return.ts'
import {
  departure,
  departureCorrection,
  extension,
  moveInCorrection,
  privateHome,
  rightOfReturn,
  type StayDetail,
  stay,
  stayDetail,
  stayEvent,
  stayQuery,
  transfer,
} from './schema.ts'
import { stayTable } from './table.ts'
import { nextPlacesForStay, transfer as transferStay } from './transfer.ts'

const tags = ['stays']

/** Stays: who lives where, for how long, and how she leaves. */
export function stayRoutes(app: App, deps: Deps, readCity: ReadCity): void {
  const detail = async (acting: Acting, row: StayRow): Promise<StayDetail> =>
    stayDetailBody(
      deps.keyring,
      row,
      await nextHomesOf(acting, row.id),
      await privateLeaseOf(acting.trx, row.id),
      acting.today,
    )
  const answered = async (status: 200 | 201, row: StayRow, acting: Acting): Promise<Answer<StayDetail>> => ({
    status,
    body: await detail(acting, row),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/stays/${row.id}` } : {}),
  })

  app.get(
    '/stays',
    {
      config: { capability: 'read_stays' },
      schema: {
        operationId: 'listStays',
        tags,
        summary: 'Stays',
        description:
          'Newest first, a page at a time: of my district’s people wherever they live; for a house of those who live in it, left it last month or may still come back.',
        querystring: stayQuery,
        response: { 200: listContent('A page.', pageOf(stay)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const rows = await stayPage(trx, { ...request.query, limit }, idCursor(cursor))
            const page = cutPage(rows, limit, (row) => [row.id])
            return { items: page.items.map((row) => stayBody(deps.keyring, row, today)), nextCursor: page.nextCursor }
          }),
        async (rows) => stayTable(rows, await reading(deps, request, async ({ today }) => today)),
      ),
  )

  app.get(
    '/stays/:id',
    {
      config: { capability: 'read_stays' },
      schema: {
        operationId: 'readStay',
        tags,
        summary: 'One stay',
        description: 'With where its household can move on to. Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingStay(acting.trx, request.params.id)
        tagged(reply, row.version)
        return detail(acting, row)
      }),
  )

  app.get(
    '/stays/:id/events',
    {
      config: { capability: 'read_stays' },
      schema: {
        operationId: 'listStayEvents',
        tags,
        summary: 'What happened to a stay',
        description: 'As it was recorded, the earliest first; nothing of it is ever changed.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(stayEvent) }).describe('All of it.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        await existingStay(trx, request.params.id)
        return { items: (await eventsOf(trx, request.params.id)).map(stayEventBody) }
      }),
  )

  app.get(
    '/needs/:id/rights-of-return',
    {
      config: { capability: 'read_stays' },
      schema: {
        operationId: 'listRightsOfReturn',
        tags,
        summary: 'Where the household of a need may come back to',
        description:
          'After it moved on from an institution, while the days run and it has not come back. A place there is shown before all others to this need and may be offered whatever form the need asks for; it takes no place from another need.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(rightOfReturn) }).describe('The longest first.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => ({ items: await returnsOfNeed(acting, readCity, request.params.id) })),
  )

  app.post(
    '/needs/:id/private-home',
    {
      config: { capability: 'record_private_homes' },
      schema: {
        operationId: 'recordPrivateHome',
        tags,
        summary: 'Record that somebody moved into a private home outside our places',
        description:
          'Takes If-Match, of the need. Landlord, rent, guarantee and term are the private-rental worksheet’s, and are kept as they were. The stay begins without a place, the need is met, offers and referrals to it end, looking in after 1, 3, 6 and 12 months becomes tasks, and the home she comes from may overlap. 409 `lease_missing` where the worksheet does not say the lease, it was signed later or does not last that day, `decision_missing` where support is to be decided on, `withdrawal_blocked` where the lease for one of our places is signed.',
        params: idParams,
        body: privateHome,
        response: { 201: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(
          201,
          await recordPrivateHome(acting, actor, request.params.id, versionFrom(request), request.body),
          acting,
        ),
      ),
  )

  app.post(
    '/stays/:id/departure',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'departFromStay',
        tags,
        summary: 'Record a departure',
        description:
          'Takes If-Match. The actual day. `moved_on` takes the next home: a signed lease, a decision where the form is given by one, or another home that is lived in (409 `next_home_missing`). By the bydel or the house.',
        params: idParams,
        body: departure,
        response: { 200: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(200, await depart(acting, request.params.id, versionFrom(request), request.body), acting),
      ),
  )

  app.post(
    '/stays/:id/extension',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'extendStay',
        tags,
        summary: 'Agree on a later end',
        description: 'Takes If-Match. Added to what was agreed before, which stays on record.',
        params: idParams,
        body: extension,
        response: { 200: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(200, await extend(acting, actor, request.params.id, versionFrom(request), request.body), acting),
      ),
  )

  app.post(
    '/stays/:id/transfer',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'transferStay',
        tags,
        summary: 'Move to another place of the same form',
        description:
          'Takes If-Match. Out of the one place and into the other on one day, or neither; what is followed up goes with the household. A house moves people between its own places. A place that somebody else has answers 409 with its state and other places of the form.',
        params: idParams,
        body: transfer,
        response: { 201: stayDetail.describe('The new stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        (acting, { placeId }) => nextPlacesForStay(acting, request.actor, readCity, request.params.id, placeId),
        writing(deps, request, reply, async (acting) =>
          answered(201, await transferStay(acting, request.params.id, versionFrom(request), request.body), acting),
        ),
      ),
  )

  app.post(
    '/stays/:id/departure-correction',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'correctDeparture',
        tags,
        summary: 'Correct a departure that was recorded wrongly',
        description:
          'Takes If-Match. Without a day she has not left: the stay goes on, with what was to be followed up. Both stay on record. 409 `place_taken` or `place_held` with the place’s `state` where it has been given to somebody else meanwhile.',
        params: idParams,
        body: departureCorrection,
        response: { 200: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(200, await correctDeparture(acting, request.params.id, versionFrom(request), request.body), acting),
      ),
  )

  app.post(
    '/stays/:id/move-in-correction',
    {
      config: { capability: 'record_moves' },
      schema: {
        operationId: 'correctMoveIn',
        tags,
        summary: 'Correct the day of a move-in',
        description:
          'Takes If-Match. The checks after it are counted from the right day; the wrong one stays on record. 409 `place_taken` where somebody else lived there then.',
        params: idParams,
        body: moveInCorrection,
        response: { 200: stayDetail.describe('The stay.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(200, await correctMoveIn(acting, request.params.id, versionFrom(request), request.body), acting),
      ),
  )
}
