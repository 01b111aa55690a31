import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import type { DB } from '../../db/types.generated.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { districtName } from '../../domain/words.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { NOTE_KINDS } from '../../reference/purchases.ts'
import { newQualityNote, qualityNote, qualityNoteQuery } from './schema.ts'

const tags = ['costs']

/** Notes on the quality of suppliers, which every district reads (004 5.6). Of services, never of people. */
export function qualityNoteRoutes(app: App, deps: Deps): void {
  app.get(
    '/quality-notes',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'listQualityNotes',
        tags,
        summary: 'Notes on the quality of suppliers',
        description:
          'From all districts, newest first; those that were taken back say so and keep their text to themselves.',
        querystring: qualityNoteQuery,
        response: { 200: pageOf(qualityNote).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const { limit, cursor, supplierId } = request.query
        const after = idCursor(cursor)
        const rows = await noteRows(trx)
          .$if(supplierId !== undefined, (query) => query.where('note.supplierId', '=', supplierId ?? ''))
          .$if(after !== undefined, (query) => query.where('note.id', '<', after ?? ''))
          .orderBy('note.id', 'desc')
          .limit(limit + 1)
          .execute()
        const page = cutPage(rows, limit, ({ id }) => [id])
        return { items: page.items.map((row) => noteBody(row, request.actor)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/quality-notes',
    {
      config: { capability: 'note_quality' },
      schema: {
        operationId: 'addQualityNote',
        tags,
        summary: 'Share a note on a supplier’s quality',
        description: 'With every district. What looks like a personal number is refused.',
        body: newQualityNote,
        response: { 201: qualityNote.describe('The note.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { trx, now, today } = acting
        const { district, supplierId, notedOn } = request.body
        if (!actor.districts.includes(district))
          throw invalid('/district', 'not_own_district', 'Du kan bare skrive på vegne av din egen bydel.')
        if (notedOn > today) throw invalid('/notedOn', 'in_future', 'Datoen kan ikke være etter i dag.')
        const supplier = await trx.selectFrom('supplier').select('id').where('id', '=', supplierId).executeTakeFirst()
        if (supplier === undefined) throw invalid('/supplierId', 'unknown', 'Velg en leverandør i listen.')
        const { id } = await trx
          .insertInto('qualityNote')
          .values({ ...request.body, writtenBy: actor.accountId, createdAt: now })
          .returning('id')
          .executeTakeFirstOrThrow()
        const row = await existing(acting, id)
        return { status: 201, body: noteBody(row, actor), version: row.version }
      }),
  )

  app.post(
    '/quality-notes/:id/withdrawal',
    {
      config: { capability: 'note_quality' },
      schema: {
        operationId: 'withdrawQualityNote',
        tags,
        summary: 'Take a note back',
        description: 'Those of one’s own district only. Takes If-Match.',
        params: idParams,
        response: { 200: qualityNote.describe('As taken back.'), ...problems(400, 401, 403, 404, 412, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const before = await existing(acting, request.params.id)
        if (!actor.districts.includes(before.district))
          throw new DomainError('not_allowed', 'Bare bydelen som skrev notatet, kan trekke det.')
        if (before.version !== version || before.withdrawnAt !== null) throw stale()
        const { numUpdatedRows } = await acting.trx
          .updateTable('qualityNote')
          .set({ withdrawnAt: acting.now })
          .where('id', '=', before.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw stale()
        const row = await existing(acting, before.id)
        return { status: 200, body: noteBody(row, actor), version: row.version }
      }),
  )
}

function noteRows(db: Kysely<DB>) {
  return db
    .selectFrom('qualityNote as note')
    .innerJoin('account', 'account.id', 'note.writtenBy')
    .select([
      'note.id',
      'note.version',
      'note.supplierId',
      'note.district',
      'note.notedOn',
      'note.kind',
      'note.body',
      'note.withdrawnAt',
      'account.name as writtenBy',
    ])
}

type NoteRow = Awaited<ReturnType<ReturnType<typeof noteRows>['executeTakeFirstOrThrow']>>

async function existing({ trx }: Acting, id: string): Promise<NoteRow> {
  const row = await noteRows(trx).where('note.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

function noteBody(row: NoteRow, actor: Pick<Actor, 'role' | 'districts'> | null): z.infer<typeof qualityNote> {
  const kind = NOTE_KINDS.find(({ id }) => id === row.kind)
  if (kind === undefined) throw new RangeError(`no such kind of note: ${row.kind}`)
  return {
    ...row,
    districtName: districtName(row.district),
    kind: kind.id,
    kindName: kind.name,
    body: row.withdrawnAt === null ? row.body : '',
    mayWithdraw:
      row.withdrawnAt === null && actor !== null && actor.role !== 'planner' && actor.districts.includes(row.district),
  }
}
