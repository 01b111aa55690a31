import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import { contains } from '../../domain/day.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { agreementQuery, changedFrameworkAgreement, frameworkAgreement, newFrameworkAgreement } from './schema.ts'
import { agreementTable } from './table.ts'

const tags = ['costs']

/** Framework agreements with suppliers, shared by all districts: what a day costs, for how long, for how many. */
export function frameworkAgreementRoutes(app: App, deps: Deps): void {
  app.get(
    '/framework-agreements',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'listFrameworkAgreements',
        tags,
        summary: 'Framework agreements',
        description: 'Newest first.',
        querystring: agreementQuery,
        response: { 200: listContent('A page.', pageOf(frameworkAgreement)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const { supplierId, inForce } = request.query
            const after = idCursor(cursor)
            const rows = await agreementRows(acting.trx)
              .$if(supplierId !== undefined, (query) => query.where('agreement.supplierId', '=', supplierId ?? ''))
              .$if(inForce !== undefined, (query) =>
                query.where(sql<boolean>`agreement.valid @> app_today() = ${inForce === 'true'}`),
              )
              .$if(after !== undefined, (query) => query.where('agreement.id', '<', after ?? ''))
              .orderBy('agreement.id', 'desc')
              .limit(limit + 1)
              .execute()
            const page = cutPage(rows, limit, ({ id }) => [id])
            return {
              items: page.items.map((row) => agreementBody(row, acting, request.actor)),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => agreementTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/framework-agreements',
    {
      config: { capability: 'maintain_agreements' },
      schema: {
        operationId: 'addFrameworkAgreement',
        tags,
        summary: 'Add a framework agreement',
        description: 'Seen and used by every district.',
        body: newFrameworkAgreement,
        response: { 201: frameworkAgreement.describe('The agreement.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { valid, ...fields } = request.body
        const supplier = await acting.trx
          .selectFrom('supplier')
          .select('id')
          .where('id', '=', fields.supplierId)
          .executeTakeFirst()
        if (supplier === undefined) throw invalid('/supplierId', 'unknown', 'Velg en leverandør i listen.')
        const { id } = await acting.trx
          .insertInto('frameworkAgreement')
          .values({ ...fields, valid: dateRange(valid), createdAt: acting.now })
          .returning('id')
          .executeTakeFirstOrThrow()
        const row = await existing(acting, id)
        return {
          status: 201,
          body: agreementBody(row, acting, actor),
          version: row.version,
          location: `/api/v1/framework-agreements/${id}`,
        }
      }),
  )

  app.get(
    '/framework-agreements/:id',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'readFrameworkAgreement',
        tags,
        summary: 'One framework agreement',
        description: 'With whether it is in force today.',
        params: idParams,
        response: { 200: frameworkAgreement.describe('The agreement.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return agreementBody(row, acting, request.actor)
      }),
  )

  app.patch(
    '/framework-agreements/:id',
    {
      config: { capability: 'maintain_agreements' },
      schema: {
        operationId: 'changeFrameworkAgreement',
        tags,
        summary: 'Change a framework agreement',
        description:
          'Changes what is sent and leaves the rest, also the price of what is ordered already; takes If-Match.',
        params: idParams,
        body: changedFrameworkAgreement,
        response: { 200: frameworkAgreement.describe('As changed.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const before = await existing(acting, request.params.id)
        const { valid, ...fields } = request.body
        const { numUpdatedRows } = await acting.trx
          .updateTable('frameworkAgreement')
          // an update without columns would not count the version up: the title stands for "touched"
          .set({ title: before.title, ...fields, ...(valid === undefined ? {} : { valid: dateRange(valid) }) })
          .where('id', '=', before.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw stale()
        const row = await existing(acting, before.id)
        return { status: 200, body: agreementBody(row, acting, actor), version: row.version }
      }),
  )
}

function agreementRows(db: Kysely<DB>) {
  return db
    .selectFrom('frameworkAgreement as agreement')
    .innerJoin('supplier', 'supplier.id', 'agreement.supplierId')
    .select([
      'agreement.id',
      'agreement.version',
      'agreement.supplierId',
      'supplier.name as supplierName',
      'agreement.title',
      'agreement.pricePerDay',
      'agreement.places',
      'agreement.dualDiagnosis',
      'agreement.note',
      'agreement.synthetic',
    ])
    .select([rangeFrom('agreement.valid').as('from'), rangeTo('agreement.valid').as('to')])
    .select(
      sql<number>`(select count(*)::integer from call_off c join stay s on s.id = c.stay_id
        where c.agreement_id = agreement.id and c.ordered @> app_today() and s.during @> app_today())`.as(
        'placesInUse',
      ),
    )
}

type AgreementRow = Awaited<ReturnType<ReturnType<typeof agreementRows>['executeTakeFirstOrThrow']>>

async function existing({ trx }: Acting, id: string): Promise<AgreementRow> {
  const row = await agreementRows(trx).where('agreement.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

function agreementBody(
  { from, to, placesInUse, ...row }: AgreementRow,
  { today }: Acting,
  actor: Pick<Actor, 'role'> | null,
): z.infer<typeof frameworkAgreement> {
  const valid = { from, to }
  // a planner sees no purchase at all, and so no count of them either
  return {
    ...row,
    valid,
    inForce: contains(valid, today),
    placesInUse: actor?.role === 'planner' ? null : placesInUse,
  }
}
