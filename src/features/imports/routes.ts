import { z } from 'zod'
import { notFound } from '../../domain/error.ts'
import { FILE_KINDS, type FileKind, importColumns } from '../../domain/importColumns.ts'
import { reading, writing } from '../../http/acting.ts'
import { BOM, csvLine } from '../../http/csvText.ts'
import { idParams, noQuery } from '../../http/fields.ts'
import { problemSchema } from '../../http/problem.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { CSV_TYPE, JSON_STAT_TYPE, XLSX_TYPE } from './file.ts'
import { reportById, saveReport } from './queries.ts'
import { importKinds, importQuery, importReport, LISTED_ROWS, upload } from './schema.ts'
import { STATISTIC_COLUMNS } from './statistics.ts'
import { takeFile } from './take.ts'
import { registerUploads } from './upload.ts'

const tags = ['imports']
type ImportReport = z.infer<typeof importReport>

/** What the file is called where it is saved. */
const TEMPLATE_NAMES = { places: 'plasser', needs: 'boligbehov', stays: 'opphold', statistics: 'statistikk' } as const

function columnsOf(kind: FileKind): readonly { title: string; key: string; required: boolean }[] {
  return kind === 'statistics' ? STATISTIC_COLUMNS : importColumns([])[kind]
}

const problemContent = { content: { 'application/problem+json': { schema: problemSchema } } }

/** Files of places, needs, stays and figures: tried, or written all or the good ones; the bad rows are handed back with a reason each. */
export function importRoutes(api: App, deps: Deps): void {
  api.register(async (app: App) => {
    registerUploads(app)

    app.post(
      '/imports',
      {
        config: { capability: 'import_files' },
        schema: {
          operationId: 'importFile',
          tags,
          summary: 'Import a file',
          description:
            'The body is the file itself. A row is known by its source and its id there: sent again it changes nothing, and changed it changes what it says. An administrator imports places; an officer or a manager imports needs and stays of her own district. An administrator or a planner imports published figures, also as JSON-stat 2: a revised figure is added and the earlier one is kept. Bad rows are no error of the request: the answer lists them.',
          consumes: [CSV_TYPE, XLSX_TYPE, JSON_STAT_TYPE],
          querystring: importQuery,
          body: upload,
          response: {
            201: importReport.describe('What the file held and what was done; kept for a day.'),
            ...problems(400, 401, 403, 409, 422),
            413: { description: 'The file is larger than 50 MB.', ...problemContent },
            415: { description: 'Neither CSV, XLSX nor JSON-stat.', ...problemContent },
          },
        },
      },
      (request, reply) =>
        writing(deps, request, reply, async (acting, actor) => {
          const { mode, kind } = request.query
          const demo = deps.demoDate !== undefined
          const outcome = await takeFile(acting, actor, deps.keyring, demo, { file: request.body, mode, kind })
          const rejected = await outcome.rejected()
          const id = await saveReport(acting.trx, {
            accountId: actor.accountId,
            kind: outcome.kind,
            mode,
            written: outcome.written,
            counts: outcome.counts,
            badRows: outcome.badRows.slice(0, LISTED_ROWS),
            rejected: (bound) => (rejected === '' ? null : deps.keyring.seal(rejected, bound)),
          })
          const row = await reportById(acting.trx, id)
          if (row === undefined) throw notFound()
          return { status: 201, body: reportBody(row), location: `/api/v1/imports/${id}` }
        }),
    )

    app.get(
      '/import-kinds',
      {
        config: { capability: 'import_files' },
        schema: {
          operationId: 'listImportKinds',
          tags,
          summary: 'What files may hold',
          description: 'The columns of each kind of file, the required ones marked.',
          querystring: noQuery,
          response: {
            200: z.object({ items: z.array(importKinds) }).describe('The kinds.'),
            ...problems(400, 401, 403),
          },
        },
      },
      () => ({
        items: FILE_KINDS.map((kind) => ({
          kind,
          columns: columnsOf(kind).map(({ title, key, required }) => ({ title, key, required })),
        })),
      }),
    )

    app.get(
      '/import-kinds/:kind/template',
      {
        config: { capability: 'import_files' },
        schema: {
          operationId: 'readImportTemplate',
          tags,
          summary: 'An empty file to fill in',
          description: 'The heading of a kind of file, all columns in it, as spreadsheets read CSV.',
          params: z.strictObject({ kind: z.enum(FILE_KINDS) }),
          querystring: noQuery,
          response: {
            200: { description: 'The heading.', content: { [CSV_TYPE]: { schema: z.string() } } },
            ...problems(400, 401, 403),
          },
        },
      },
      (request, reply) => {
        reply.type(`${CSV_TYPE}; charset=utf-8`)
        reply.header('content-disposition', `attachment; filename="${TEMPLATE_NAMES[request.params.kind]}.csv"`)
        return BOM + csvLine(columnsOf(request.params.kind).map(({ title }) => title))
      },
    )

    app.get(
      '/imports/:id',
      {
        config: { capability: 'import_files' },
        schema: {
          operationId: 'readImport',
          tags,
          summary: 'What an import answered',
          description: 'For a day, and for the one who sent the file.',
          params: idParams,
          response: { 200: importReport.describe('The answer.'), ...problems(400, 401, 403, 404) },
        },
      },
      (request) =>
        reading(deps, request, async ({ trx }) => {
          const row = await reportById(trx, request.params.id)
          if (row === undefined) throw notFound()
          return reportBody(row)
        }),
    )

    app.get(
      '/imports/:id/rejected',
      {
        config: { capability: 'import_files' },
        schema: {
          operationId: 'readRejectedRows',
          tags,
          summary: 'The bad rows of an import',
          description:
            'As they were sent, with a column «Feil» first, to be corrected and sent again. No cell is a formula. For a day, and for the one who sent the file.',
          params: idParams,
          response: {
            200: { description: 'The rows.', content: { [CSV_TYPE]: { schema: z.string() } } },
            ...problems(400, 401, 403, 404),
          },
        },
      },
      (request, reply) =>
        reading(deps, request, async ({ trx }) => {
          const row = await reportById(trx, request.params.id)
          if (row?.rejected == null) throw notFound()
          reply.type(`${CSV_TYPE}; charset=utf-8`)
          reply.header('content-disposition', 'attachment; filename="avviste-rader.csv"')
          return deps.keyring.open(row.rejected, row.id)
        }),
    )
  })
}

function reportBody({
  rejected,
  counts,
  badRows,
  ...row
}: NonNullable<Awaited<ReturnType<typeof reportById>>>): ImportReport {
  return {
    ...row,
    kind: row.kind as ImportReport['kind'],
    mode: row.mode as ImportReport['mode'],
    counts: counts as ImportReport['counts'],
    badRows: badRows as ImportReport['badRows'],
    rejected: rejected === null ? null : `/api/v1/imports/${row.id}/rejected`,
  }
}
