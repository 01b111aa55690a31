import { z } from 'zod'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { inFormAsked, listContent, listInFormAsked, tableContent } from '../../http/exportTable.ts'
import { day, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { addPlace, changeClosure, changePlace, closePlace, existingPlace } from './maintain.ts'
import { type ClosureRow, closuresOf, type PlaceRow, placeCounts, placePage } from './queries.ts'
import {
  changedClosure,
  changedPlace,
  closure,
  newClosure,
  newPlace,
  place,
  placeCount,
  placeCountQuery,
  placeQuery,
} from './schema.ts'
import { countTable, placeTable } from './table.ts'

const tags = ['places']
type Place = z.infer<typeof place>
type PlaceCount = z.infer<typeof placeCount>

/** Places and their closures over time. Whether a place is taken is for everybody; by whom is not said here. */
export function placeRoutes(app: App, deps: Deps): void {
  app.get(
    '/places',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listPlaces',
        tags,
        summary: 'Places',
        description: 'A page at a time; with `vacantOn` only those that somebody could move into on that day.',
        querystring: placeQuery,
        response: { 200: listContent('A page.', pageOf(place)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const rows = await placePage(trx, today, { ...request.query, limit }, idCursor(cursor))
            const page = cutPage(rows, limit, (row) => [row.id])
            return { items: page.items.map(placeBody), nextCursor: page.nextCursor }
          }),
        async (rows) => placeTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/place-counts',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'countPlaces',
        tags,
        summary: 'How many places are free',
        description: 'Places open today by form, and how many of them are taken, closed, not admitting and free.',
        querystring: placeCountQuery,
        response: {
          200: tableContent(
            'Forms that have open places, lowest step first.',
            z.object({ asOf: day, items: z.array(placeCount) }),
          ),
          ...problems(400, 401, 403, 406),
        },
      },
    },
    async (request, reply) => {
      const counted = await reading(deps, request, async ({ trx, today }) => {
        const rows = await placeCounts(trx, today, request.query)
        return { asOf: today, items: rows as PlaceCount[] }
      })
      return inFormAsked(request, reply, counted, () => countTable(counted.items, counted.asOf))
    },
  )

  app.post(
    '/places',
    {
      config: { capability: 'maintain_places' },
      schema: {
        operationId: 'addPlace',
        tags,
        summary: 'Add a place',
        description: 'Open within the life of its facility.',
        body: newPlace,
        response: { 201: place.describe('The place.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await addPlace(acting, actor, request.body)
        return { status: 201, body: placeBody(row), version: row.version, location: `/api/v1/places/${row.id}` }
      }),
  )

  app.get(
    '/places/:id',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'readPlace',
        tags,
        summary: 'One place',
        description: 'With whether it is taken or closed today.',
        params: idParams,
        response: { 200: place.describe('The place.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingPlace(acting, request.params.id)
        tagged(reply, row.version)
        return placeBody(row)
      }),
  )

  app.patch(
    '/places/:id',
    {
      config: { capability: 'maintain_places' },
      schema: {
        operationId: 'changePlace',
        tags,
        summary: 'Change a place',
        description: 'Changes what is sent and leaves the rest; takes If-Match.',
        params: idParams,
        body: changedPlace,
        response: { 200: place.describe('The place as changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await changePlace(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: placeBody(row), version: row.version }
      }),
  )

  app.get(
    '/places/:id/closures',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listClosures',
        tags,
        summary: 'A place’s closures',
        description: 'Past, present and planned, in order of time.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(closure) }).describe('All of them.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existingPlace(acting, request.params.id)
        return { items: (await closuresOf(acting.trx, request.params.id)).map(closureBody) }
      }),
  )

  app.post(
    '/places/:id/closures',
    {
      config: { capability: 'close_places' },
      schema: {
        operationId: 'closePlace',
        tags,
        summary: 'Close a place',
        description: 'For a period and a reason. It is not counted as capacity meanwhile unless it admits.',
        params: idParams,
        body: newClosure,
        response: { 201: closure.describe('The closure.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await closePlace(acting, actor, request.params.id, request.body)
        return { status: 201, body: closureBody(row), version: row.version }
      }),
  )

  app.patch(
    '/closures/:id',
    {
      config: { capability: 'close_places' },
      schema: {
        operationId: 'changeClosure',
        tags,
        summary: 'Change a closure',
        description: 'Reopening a place is a closure that ends earlier. Takes If-Match.',
        params: idParams,
        body: changedClosure,
        response: {
          200: closure.describe('The closure as changed.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await changeClosure(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: closureBody(row), version: row.version }
      }),
  )
}

function placeBody({ openFrom, openTo, ...row }: PlaceRow): Place {
  return {
    ...row,
    form: row.form as Place['form'],
    features: row.features as Place['features'],
    openDuring: { from: openFrom, to: openTo },
  }
}

function closureBody({ from, to, ...row }: ClosureRow): z.infer<typeof closure> {
  return { ...row, during: { from, to } }
}
