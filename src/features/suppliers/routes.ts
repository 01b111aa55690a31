import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { notFound, stale } from '../../domain/error.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { type SupplierRow, supplierById, supplierPage } from './queries.ts'
import { changedSupplier, newSupplier, supplier } from './schema.ts'
import { supplierTable } from './table.ts'

const tags = ['costs']

/** Suppliers of bought places, shared by all districts. Nobody is in them. */
export function supplierRoutes(app: App, deps: Deps): void {
  app.get(
    '/suppliers',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'listSuppliers',
        tags,
        summary: 'Suppliers of bought places',
        description: 'By name, with what is in force with each and how many notes on quality are shared.',
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(supplier)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const rows = await supplierPage(trx, limit, readCursor(cursor, z.string(), z.uuid()))
            const page = cutPage(rows, limit, (row) => [row.name, row.id])
            return { items: page.items.map(supplierBody), nextCursor: page.nextCursor }
          }),
        async (rows) => supplierTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/suppliers',
    {
      config: { capability: 'maintain_agreements' },
      schema: {
        operationId: 'addSupplier',
        tags,
        summary: 'Add a supplier',
        description: 'Seen and used by every district.',
        body: newSupplier,
        response: { 201: supplier.describe('The supplier.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const { id } = await acting.trx
          .insertInto('supplier')
          .values({ ...request.body, createdAt: acting.now })
          .returning('id')
          .executeTakeFirstOrThrow()
        const row = await existing(acting, id)
        return { status: 201, body: supplierBody(row), version: row.version, location: `/api/v1/suppliers/${id}` }
      }),
  )

  app.get(
    '/suppliers/:id',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'readSupplier',
        tags,
        summary: 'One supplier',
        description: 'With what is in force today.',
        params: idParams,
        response: { 200: supplier.describe('The supplier.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return supplierBody(row)
      }),
  )

  app.patch(
    '/suppliers/:id',
    {
      config: { capability: 'maintain_agreements' },
      schema: {
        operationId: 'renameSupplier',
        tags,
        summary: 'Correct a supplier’s name',
        description: 'Takes If-Match.',
        params: idParams,
        body: changedSupplier,
        response: { 200: supplier.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const before = await existing(acting, request.params.id)
        const { numUpdatedRows } = await acting.trx
          .updateTable('supplier')
          .set(request.body)
          .where('id', '=', before.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw stale()
        const row = await existing(acting, before.id)
        return { status: 200, body: supplierBody(row), version: row.version }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<SupplierRow> {
  const row = await supplierById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

function supplierBody({ good, concern, deviation, ...row }: SupplierRow): z.infer<typeof supplier> {
  return { ...row, notes: { good, concern, deviation } }
}
