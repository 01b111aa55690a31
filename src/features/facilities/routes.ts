import { z } from 'zod'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { day, districtCode, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { addFacility, changeFacility, confirmVacancy, existing } from './maintain.ts'
import { type FacilityRow, facilityPage } from './queries.ts'
import { changedFacility, facility, newFacility } from './schema.ts'
import { facilityTable } from './table.ts'

const tags = ['facilities']
type Facility = z.infer<typeof facility>

/** Botilbud: sites with places, an operator, the districts they serve, and admission criteria. */
export function facilityRoutes(app: App, deps: Deps): void {
  app.get(
    '/facilities',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listFacilities',
        tags,
        summary: 'Facilities',
        description: 'By name, a page at a time.',
        querystring: pageQuery.extend({
          district: districtCode.optional(),
          confirmedBefore: day
            .optional()
            .describe('Only facilities open today whose vacancy was last confirmed before this day, or never.'),
        }),
        response: { 200: listContent('A page.', pageOf(facility)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const after = readCursor(cursor, z.string(), z.uuid())
            const page = cutPage(await facilityPage(trx, today, limit, after, request.query), limit, (row) => [
              row.name,
              row.id,
            ])
            return { items: page.items.map(facilityBody), nextCursor: page.nextCursor }
          }),
        async (rows) => facilityTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/facilities',
    {
      config: { capability: 'maintain_facilities' },
      schema: {
        operationId: 'addFacility',
        tags,
        summary: 'Add a facility',
        description: 'A district manager adds them in her own district.',
        body: newFacility,
        response: { 201: facility.describe('The facility.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await addFacility(acting, actor, request.body)
        return { status: 201, body: facilityBody(row), version: row.version, location: `/api/v1/facilities/${row.id}` }
      }),
  )

  app.get(
    '/facilities/:id',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'readFacility',
        tags,
        summary: 'One facility',
        description: 'With its criteria, how many of its places are free today, and when that was last confirmed.',
        params: idParams,
        response: { 200: facility.describe('The facility.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return facilityBody(row)
      }),
  )

  app.patch(
    '/facilities/:id',
    {
      config: { capability: 'maintain_facilities' },
      schema: {
        operationId: 'changeFacility',
        tags,
        summary: 'Change a facility',
        description: 'Changes what is sent and leaves the rest; takes If-Match.',
        params: idParams,
        body: changedFacility,
        response: {
          200: facility.describe('The facility as changed.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await changeFacility(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: facilityBody(row), version: row.version }
      }),
  )

  app.post(
    '/facilities/:id/vacancy-confirmation',
    {
      config: { capability: 'maintain_places' },
      schema: {
        operationId: 'confirmVacancy',
        tags,
        summary: 'Confirm the vacancy',
        description: 'Says that the free places of a facility are right as of now. Takes Idempotency-Key.',
        params: idParams,
        response: {
          200: facility.describe('The facility as confirmed.'),
          ...problems(400, 401, 403, 404, 409, 422),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await confirmVacancy(acting, actor, request.params.id)
        return { status: 200, body: facilityBody(row), version: row.version }
      }),
  )
}

function facilityBody({ openFrom, openTo, served, ...row }: FacilityRow): Facility {
  return {
    ...row,
    operatorKind: row.operatorKind as Facility['operatorKind'],
    serves: row.serves as Facility['serves'],
    genders: row.genders as Facility['genders'],
    substanceStance: row.substanceStance as Facility['substanceStance'],
    openDuring: { from: openFrom, to: openTo },
    servedDistricts: served.map(({ districtCode: code, from, to }) => ({ districtCode: code, during: { from, to } })),
  }
}
