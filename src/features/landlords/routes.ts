import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { type LandlordRow, landlordById, landlordPage } from '../../db/landlords.ts'
import type { Day } from '../../domain/day.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { referralRight, referralRightInWords } from '../../domain/papers/rental.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { changedLandlord, landlord, newLandlord } from './schema.ts'

const tags = ['papers']

/** Landlords that a district rents from, each with its tilvisningsavtale. */
export function landlordRoutes(app: App, deps: Deps): void {
  app.get(
    '/landlords',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'listLandlords',
        tags,
        summary: 'The landlords of my district',
        description: 'By name, a page at a time.',
        querystring: pageQuery,
        response: { 200: pageOf(landlord).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const { limit, cursor } = request.query
        const rows = await landlordPage(trx, limit, readCursor(cursor, z.string(), z.uuid()))
        const page = cutPage(rows, limit, (row) => [row.name, row.id])
        return { items: page.items.map((row) => landlordBody(row, today)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/landlords',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'addLandlord',
        tags,
        summary: 'Add a landlord',
        description: 'To the reader’s own district.',
        body: newLandlord,
        response: { 201: landlord.describe('The landlord.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { district, ...fields } = request.body
        if (!actor.districts.includes(district))
          throw invalid('/district', 'not_own_district', 'Du kan bare legge til utleiere i din egen bydel.')
        checkAgreement(fields)
        const { id } = await acting.trx
          .insertInto('landlord')
          .values({ ...fields, holdingDistrict: district, createdAt: acting.now })
          .returning('id')
          .executeTakeFirstOrThrow()
        const row = await existing(acting, id)
        return {
          status: 201,
          body: landlordBody(row, acting.today),
          version: row.version,
          location: `/api/v1/landlords/${id}`,
        }
      }),
  )

  app.get(
    '/landlords/:id',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'readLandlord',
        tags,
        summary: 'One landlord',
        description: 'With what is left of the tilvisningsavtale.',
        params: idParams,
        response: { 200: landlord.describe('The landlord.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return landlordBody(row, acting.today)
      }),
  )

  app.patch(
    '/landlords/:id',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'changeLandlord',
        tags,
        summary: 'Change a landlord',
        description: 'Changes what is sent and leaves the rest; takes If-Match.',
        params: idParams,
        body: changedLandlord,
        response: { 200: landlord.describe('As changed.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const before = await existing(acting, request.params.id)
        const { referralHomes = before.referralHomes, referralUntil = before.referralUntil } = request.body
        checkAgreement({ referralHomes, referralUntil })
        const result = await acting.trx
          .updateTable('landlord')
          // an update without columns would not count the version up: the name stands for "touched"
          .set({ name: before.name, ...request.body })
          .where('id', '=', before.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (result.numUpdatedRows === 0n) throw stale()
        const row = await existing(acting, before.id)
        return { status: 200, body: landlordBody(row, acting.today), version: row.version }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<LandlordRow> {
  const row = await landlordById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

function checkAgreement({ referralHomes, referralUntil }: Pick<LandlordRow, 'referralHomes' | 'referralUntil'>): void {
  if (referralHomes === null && referralUntil !== null) {
    throw invalid('/referralHomes', 'missing', 'Skriv hvor mange boliger tilvisningsavtalen gjelder.')
  }
}

function landlordBody(row: LandlordRow, today: Day): z.infer<typeof landlord> {
  const { holdingDistrict, ...fields } = row
  return {
    ...fields,
    district: holdingDistrict,
    referralRight: referralRight(row, today),
    referralInWords: referralRightInWords(row, today),
  }
}
