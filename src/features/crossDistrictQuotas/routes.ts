import { sql } from 'kysely'
import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { type Day, isDay } from '../../domain/day.ts'
import { districtName } from '../../domain/words.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { districtCode, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf } from '../../http/tableFields.ts'
import type { App, Deps } from '../../http/types.ts'
import { addQuota, changeQuota, existing, type QuotaRow, quotaRows } from './maintain.ts'
import { changedQuota, newQuota, type Quota, quota } from './schema.ts'

const tags = ['facilities']

/** How many households of other bydeler a bydel takes into its own homes in a time. Nobody is in them. */
export function crossDistrictQuotaRoutes(app: App, deps: Deps): void {
  app.get(
    '/cross-district-quotas',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listCrossDistrictQuotas',
        tags,
        summary: 'Quotas for households of other bydeler',
        description:
          'By bydel and first day, with what is left out and how much of each is used. A run over the city keeps to them.',
        querystring: pageQuery.extend({ district: districtCode.optional() }),
        response: { 200: listContent('A page.', pageOf(quota)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, (acting) => quotaPage(acting, { ...request.query, limit, cursor })),
        async (rows) => quotaTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/cross-district-quotas',
    {
      config: { capability: 'maintain_facilities' },
      schema: {
        operationId: 'addCrossDistrictQuota',
        tags,
        summary: 'Set a quota',
        description: 'Of one’s own bydel; one on a day.',
        body: newQuota,
        response: { 201: quota.describe('The quota.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await addQuota(acting, actor, request.body)
        const location = `/api/v1/cross-district-quotas/${row.id}`
        return { status: 201, body: quotaBody(row), version: row.version, location }
      }),
  )

  app.get(
    '/cross-district-quotas/:id',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'readCrossDistrictQuota',
        tags,
        summary: 'One quota',
        description: 'With how much of it is used.',
        params: idParams,
        response: { 200: quota.describe('The quota.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return quotaBody(row)
      }),
  )

  app.patch(
    '/cross-district-quotas/:id',
    {
      config: { capability: 'maintain_facilities' },
      schema: {
        operationId: 'changeCrossDistrictQuota',
        tags,
        summary: 'Change a quota',
        description: 'Of one’s own bydel; changes what is sent and leaves the rest. Takes If-Match.',
        params: idParams,
        body: changedQuota,
        response: { 200: quota.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await changeQuota(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: quotaBody(row), version: row.version }
      }),
  )
}

async function quotaPage(
  acting: Acting,
  { district, limit, cursor }: { district?: string | undefined; limit: number; cursor?: string | undefined },
) {
  // a bydel has one quota on a day, so no two of its begin on the same
  const after = readCursor(cursor, districtCode, z.custom<Day>(isDay))
  const rows = await quotaRows(acting)
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(district, lower(during)) > (${after?.[0] ?? ''}, ${after?.[1] ?? ''}::date)`),
    )
    .orderBy('district')
    .orderBy(sql`lower(during)`)
    .limit(limit + 1)
    .execute()
  const page = cutPage(rows, limit, (row) => [row.district, row.from])
  return { items: page.items.map(quotaBody), nextCursor: page.nextCursor }
}

function quotaTable(rows: AsyncIterable<Quota>, asOf: string): Table {
  return tableOf<Quota>(
    {
      name: 'kvoter-fra-andre-bydeler',
      title: 'Kvoter for husstander fra andre bydeler',
      asOf,
      notes: ['Brukt er husstander som har flyttet inn i perioden, og de som har sagt ja og skal flytte inn.'],
    },
    [
      note('id', 'Kvotens id', (row) => row.id),
      note('districtName', 'Bydel', (row) => row.districtName),
      day('from', 'Fra', (row) => row.during.from),
      day('to', 'Til', (row) => row.during.to),
      number('households', 'Husstander', (row) => row.households),
      number('used', 'Brukt', (row) => row.used),
      number('left', 'Igjen', (row) => row.left),
      note('exemptDistricts', 'Bydeler som ikke telles', (row) => row.exemptDistrictNames.join(', ')),
      note('exemptFacilities', 'Botilbud som ikke telles', (row) => row.exemptFacilityNames.join(', ')),
      note('note', 'Merknad', (row) => row.note),
    ],
    rows,
  )
}

function quotaBody({ from, to, ...row }: QuotaRow): Quota {
  return {
    ...row,
    districtName: districtName(row.district),
    exemptDistrictNames: row.exemptDistricts.map(districtName),
    during: { from, to },
    left: Math.max(0, row.households - row.used),
  }
}
