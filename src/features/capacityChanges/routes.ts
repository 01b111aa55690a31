import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { capacityChanges } from '../../db/closings.ts'
import { addDays, type Day, isDay } from '../../domain/day.ts'
import { notFound, stale } from '../../domain/error.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { versionFrom } from '../../http/etag.ts'
import { inFormAsked, listContent, listInFormAsked, tableContent } from '../../http/exportTable.ts'
import { districtCode, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { COUNTED_FROM, closingAccountOf, closingsByDistrict, THE_DAY } from './account.ts'
import { changeBody } from './body.ts'
import { capacityChange, capacityChangeQuery, certaintyBody, closingAccount, commitmentStanding } from './schema.ts'
import { accountTable, byDistrictTable, changeTable } from './table.ts'

const tags = ['closings']

/** Places that open and close, with how those who live there are accounted for. */
export function capacityChangeRoutes(app: App, deps: Deps): void {
  app.get(
    '/capacity-changes',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listCapacityChanges',
        tags,
        summary: 'Places that open and close, one by one',
        description:
          'By day. A coming closing of VEL’s says how whoever lives there is accounted for, to those who may see her: red where it comes before her home.',
        querystring: capacityChangeQuery,
        response: { 200: listContent('A page.', pageOf(capacityChange)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) => {
      const { when, institutions, kind, form, state, district, ...asked } = request.query
      const page = async ({ trx, today }: Acting, limit: number, cursor: string | undefined) => {
        const after = readCursor(cursor, z.custom<Day>(isDay), z.uuid(), z.enum(['closing', 'opening']))
        const tomorrow = addDays(today, 1)
        const rows = await capacityChanges(trx, {
          from: when === 'coming' ? tomorrow : COUNTED_FROM,
          // a place that closes on the day itself is not there on it
          to: when === 'past' ? tomorrow : addDays(THE_DAY, 1),
          institutions: institutions === 'true',
          overdue: when === 'coming' && institutions === 'true',
          kind,
          form,
        })
        const keyOf = (row: { day: Day; placeId: string; kind: string }) => [row.day, row.placeId, row.kind]
        const found = rows
          .map((row) => changeBody(deps.keyring, row, today))
          .filter((change) => state === undefined || change.state === state)
          .filter(
            (change) =>
              district === undefined ||
              (change.kind === 'closing' ? change.occupant?.district : change.districtCode) === district,
          )
          .filter((change) => after === undefined || keyOf(change).join() > after.join())
        return cutPage(found.slice(0, limit + 1), limit, keyOf)
      }
      return listInFormAsked(
        request,
        reply,
        asked,
        ({ limit, cursor }) => reading(deps, request, (acting) => page(acting, limit, cursor)),
        async (rows) => changeTable(rows, await dayFor(deps, request)),
      )
    },
  )

  app.put(
    '/places/:id/certainty',
    {
      config: { capability: 'plan_closings' },
      schema: {
        operationId: 'sayCertainty',
        tags,
        summary: 'Say how certain an opening or closing is',
        description:
          'Of the place’s own planned day. Takes If-Match: the version that the list gives, 0 before anybody has said.',
        params: idParams,
        body: certaintyBody,
        response: { 200: capacityChange.describe('As it is now.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, now, today }) => {
        const version = versionFrom(request)
        const { kind, certainty, note } = request.body
        const placeId = request.params.id
        const read = async () => {
          const asked = { from: addDays(today, 1), to: '2199-12-31' as Day, kind, placeId }
          const [row] = [
            ...(await capacityChanges(trx, { ...asked, institutions: true })),
            ...(await capacityChanges(trx, { ...asked, institutions: false })),
          ]
          if (row === undefined) throw notFound()
          return row
        }
        const before = await read()
        if ((before.changeVersion ?? 0) !== version) throw stale()
        const { numInsertedOrUpdatedRows = 0n } =
          version === 0
            ? await trx
                .insertInto('capacityChange')
                .values({ placeId, kind, certainty, note, createdAt: now })
                .onConflict((conflict) => conflict.doNothing())
                .executeTakeFirstOrThrow()
            : {
                numInsertedOrUpdatedRows: (
                  await trx
                    .updateTable('capacityChange')
                    .set({ certainty, note })
                    .where('placeId', '=', placeId)
                    .where('kind', '=', kind)
                    .where('version', '=', version)
                    .executeTakeFirstOrThrow()
                ).numUpdatedRows,
              }
        if (numInsertedOrUpdatedRows === 0n) throw stale()
        const row = await read()
        return { status: 200, body: changeBody(deps.keyring, row, today), version: row.changeVersion ?? 0 }
      }),
  )

  app.get(
    '/capacity-changes/account',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readClosingAccount',
        tags,
        summary: 'Closing against opening, form by form',
        description:
          'VEL’s places from 2021 to the day: what the plan has, what named places tell of, and what is not accounted for. Numbers, and nobody in them.',
        response: { 200: tableContent('By form.', closingAccount), ...problems(401, 403, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, closingAccountOf)
      return inFormAsked(request, reply, answer, () => accountTable(answer))
    },
  )

  app.get(
    '/capacity-changes/districts',
    {
      config: { capability: 'read_return_figures' },
      schema: {
        operationId: 'readClosingsByDistrict',
        tags,
        summary: 'People on places that close, by bydel',
        description: 'How many, with a dated commitment, red, and not accounted for. Numbers, and nobody in them.',
        querystring: z.strictObject({ district: districtCode.optional() }),
        response: { 200: tableContent('By district.', commitmentStanding), ...problems(400, 401, 403, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => closingsByDistrict(acting, request.query.district))
      return inFormAsked(request, reply, answer, () => byDistrictTable(answer))
    },
  )
}
