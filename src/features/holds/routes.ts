import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { existingHold, type HoldRow, stateOfHold } from '../../db/holds.ts'
import { lastDayBefore } from '../../domain/day.ts'
import { actionsOf } from '../../domain/placement/decide.ts'
import { HOLD_STATE_NAMES } from '../../domain/placement/hold.ts'
import { transitionById } from '../../domain/placement/transitions.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { byNeed, contested } from '../../http/contested.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { holdPage } from './queries.ts'
import { release, reservePlace } from './reserve.ts'
import { type HoldBody, hold, holdQuery, newHold } from './schema.ts'

const tags = ['holds']

/** A reserved place as it is answered with, now. */
function holdBody(row: HoldRow, { now }: Pick<Acting, 'now'>): HoldBody {
  const state = stateOfHold(row, now)
  return {
    id: row.id,
    version: row.version,
    state,
    stateName: HOLD_STATE_NAMES[state],
    needId: row.needId,
    holdingDistrict: row.holdingDistrict,
    place: {
      id: row.placeId,
      label: row.label,
      form: row.form as HoldBody['place']['form'],
      facilityId: row.facilityId,
      facilityName: row.facilityName,
      districtCode: row.districtCode,
    },
    moveInOn: row.moveInOn,
    keepUntil: row.expiresAt === null ? null : lastDayBefore(row.expiresAt),
    expiresAt: row.expiresAt,
    reservedAt: row.createdAt,
    reservedBy: row.reservedByName,
    endedAt: row.endedAt,
    offerId: row.offerId,
    actions: actionsOf([transitionById('hold.release')], { state, readiness: [], failing: [], overridden: [] }),
  }
}

/** Places that are reserved for needs: kept, given back, or taken over by an offer of the place to the same need. */
export function holdRoutes(app: App, deps: Deps, readCity: ReadCity): void {
  const answered = (status: 200 | 201, row: HoldRow, acting: Acting): Answer<HoldBody> => ({
    status,
    body: holdBody(row, acting),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/holds/${row.id}` } : {}),
  })

  app.get(
    '/holds',
    {
      config: { capability: 'reserve_places' },
      schema: {
        operationId: 'listHolds',
        tags,
        summary: 'Reserved places',
        description: 'Those of my district, newest first, a page at a time.',
        querystring: holdQuery,
        response: { 200: pageOf(hold).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const rows = await holdPage(acting.trx, request.query, idCursor(request.query.cursor))
        const page = cutPage(rows, request.query.limit, (row) => [row.id])
        return { items: page.items.map((row) => holdBody(row, acting)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/holds',
    {
      config: { capability: 'reserve_places' },
      schema: {
        operationId: 'reservePlace',
        tags,
        summary: 'Reserve a place for a need',
        description:
          'Nobody else can be given the place until the day is over; nothing is offered by it. One place at a time for a need (409 `hold_exists`); a place that somebody else has answers 409 with its state and the next best places. `POST /offers` of the same place to the same need takes it over.',
        body: newHold,
        response: { 201: hold.describe('The reserved place.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        byNeed(readCity),
        writing(deps, request, reply, async (acting, actor) =>
          answered(201, await reservePlace(acting, actor, request.body), acting),
        ),
      ),
  )

  app.get(
    '/holds/:id',
    {
      config: { capability: 'reserve_places' },
      schema: {
        operationId: 'readHold',
        tags,
        summary: 'One reserved place',
        description: 'With its state, derived now. Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: hold.describe('The reserved place.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingHold(acting.trx, request.params.id)
        tagged(reply, row.version)
        return holdBody(row, acting)
      }),
  )

  app.post(
    '/holds/:id/release',
    {
      config: { capability: 'reserve_places' },
      schema: {
        operationId: 'releaseHold',
        tags,
        summary: 'Give a reserved place back',
        description:
          'Takes If-Match. The place is free at once. One that an offer has taken over is given back by withdrawing that.',
        params: idParams,
        response: { 200: hold.describe('The reserved place.'), ...problems(400, 401, 403, 404, 409, 412, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(200, await release(acting, request.params.id, versionFrom(request)), acting),
      ),
  )
}
