import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { z } from 'zod'
import { DomainError } from '../domain/error.ts'
import { BOM, csvRow } from './csvText.ts'
import { cubeAsText, cubeOf } from './jsonStat.ts'
import type { Table } from './table.ts'
import { workbookOf } from './workbook.ts'

const JSON_TYPE = 'application/json'
const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const JSON_STAT = 'application/vnd.json-stat+json'
/** How much text of a CSV is gathered before it is sent on. */
const CHUNK = 65_536

const FORMATS = { [JSON_TYPE]: 'json', [CSV]: 'csv', [XLSX]: 'xlsx', [JSON_STAT]: 'json-stat' } as const
type Format = (typeof FORMATS)[keyof typeof FORMATS]

/** What a route that gives a table answers with: `body` as JSON, and the same as CSV, XLSX or JSON-stat 2 by `Accept`. */
export function tableContent(description: string, body: z.ZodType) {
  return {
    description: `${description} By \`Accept\` also as CSV (semicolons, decimal comma, UTF-8 with a byte order mark), XLSX or JSON-stat 2.`,
    headers: z.object({ vary: z.string().optional() }),
    content: {
      [JSON_TYPE]: { schema: body },
      [CSV]: { schema: z.string() },
      [XLSX]: { schema: z.string().meta({ format: 'binary' }) },
      [JSON_STAT]: { schema: z.looseObject({ version: z.literal('2.0'), class: z.literal('dataset') }) },
    },
  }
}

/** What a route that gives numbers over time answers with: `body` as JSON, and the same as CSV or XLSX by `Accept`. */
export function sheetContent(description: string, body: z.ZodType) {
  return {
    description: `${description} By \`Accept\` also as CSV (semicolons, decimal comma, UTF-8 with a byte order mark) or XLSX.`,
    headers: z.object({ vary: z.string().optional() }),
    content: {
      [JSON_TYPE]: { schema: body },
      [CSV]: { schema: z.string() },
      [XLSX]: { schema: z.string().meta({ format: 'binary' }) },
    },
  }
}

/** What a route that gives a list answers with: a page of it as JSON, and the whole as CSV or XLSX by `Accept`. */
export function listContent(description: string, page: z.ZodType) {
  return {
    description: `${description} By \`Accept\` the whole list, without names, as CSV (semicolons, decimal comma, UTF-8 with a byte order mark) or XLSX.`,
    headers: z.object({ vary: z.string().optional() }),
    content: {
      [JSON_TYPE]: { schema: page },
      [CSV]: { schema: z.string() },
      [XLSX]: { schema: z.string().meta({ format: 'binary' }) },
    },
  }
}

const TABLE_TYPES = Object.keys(FORMATS)
const LIST_TYPES = TABLE_TYPES.filter((type) => type !== JSON_STAT)

/** Whether somebody would rather have a file than JSON, of a route that has both. */
export function asksForFile(request: Pick<FastifyRequest, 'headers'>): boolean {
  const chosen = new Negotiator(request).mediaType(TABLE_TYPES)
  return chosen !== undefined && chosen !== JSON_TYPE
}

function formatOf(request: FastifyRequest, types: string[] = TABLE_TYPES): Format {
  const chosen = new Negotiator(request).mediaType(types)
  const format = (FORMATS as Record<string, Format>)[chosen ?? '']
  if (format !== undefined) return format
  throw new DomainError('not_acceptable', `Tabellen finnes som ${types.join(', ')}.`)
}

/**
 * Answers in the form that `Accept` asks for: `body` as JSON, or the table as a download, which is only made where it is asked for.
 * @throws {DomainError} `not_acceptable` for a form that there is not.
 */
export async function inFormAsked<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: T,
  makeTable: () => Table,
): Promise<T | FastifyReply> {
  reply.header('vary', 'accept')
  const format = formatOf(request)
  return format === 'json' ? body : send(reply, makeTable(), format)
}

/**
 * Answers as `inFormAsked`, for what is too large and too hollow for JSON-stat.
 * @throws {DomainError} `not_acceptable` for a form that there is not.
 */
export async function inSheetFormAsked<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: T,
  makeTable: () => Table,
): Promise<T | FastifyReply> {
  reply.header('vary', 'accept')
  const format = formatOf(request, LIST_TYPES)
  return format === 'json' ? body : send(reply, makeTable(), format)
}

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** The most that a page holds: an export asks for as few pages as it can. */
const EXPORT_PAGE = 100

/**
 * Answers in the form that `Accept` asks for: one page as JSON, or the whole list as a download, which is read a page at a time
 * while it is written, so that neither a long list nor a slow reader holds a transaction open.
 * @param pageOf reads a page; for JSON the one that was asked for
 * @throws {DomainError} `not_acceptable` for a form that there is not.
 */
export async function listInFormAsked<Item, P extends Page<Item>>(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { limit: number; cursor?: string | undefined },
  pageOf: (asked: { limit: number; cursor: string | undefined }) => Promise<P & Page<Item>>,
  tableOf: (rows: AsyncIterable<Item>, first: P) => Table | Promise<Table>,
): Promise<P | FastifyReply> {
  reply.header('vary', 'accept')
  const format = formatOf(request, LIST_TYPES)
  if (format === 'json') return pageOf({ limit: asked.limit, cursor: asked.cursor })
  const read = (cursor: string | undefined) => pageOf({ limit: EXPORT_PAGE, cursor })
  // a refusal is told as one: nothing is sent before the first page is there
  const first = await read(undefined)
  return send(reply, await tableOf(itemsFrom(first, read), first), format)
}

/** The most rows of a list that a file takes: no list of the city is near it, and none goes on for ever. */
export const EXPORT_ROWS = 100_000

/** @throws {Error} past the most rows, which breaks the file off: half a list must not pass for a whole one. */
async function* itemsFrom<Item>(
  first: Page<Item>,
  read: (cursor: string) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let rows = 0
  for (let page = first; ; page = await read(page.nextCursor)) {
    rows += page.items.length
    if (rows > EXPORT_ROWS) throw new Error('the list is too long for a file')
    yield* page.items
    if (page.nextCursor === null) return
  }
}

async function send(reply: FastifyReply, table: Table, format: Exclude<Format, 'json'>): Promise<FastifyReply> {
  const download = (type: string, ending: string, content: Readable) =>
    reply
      .type(type)
      .header('content-disposition', `attachment; filename="${table.name}-${table.asOf}.${ending}"`)
      .send(content)
  if (format === 'csv') return download(`${CSV}; charset=utf-8; header=present`, 'csv', Readable.from(rowsAsCsv(table)))
  if (format === 'xlsx') return download(XLSX, 'xlsx', workbookOf(table))
  return download(JSON_STAT, 'json', Readable.from(cubeAsText(await cubeOf(table))))
}

/** A table as CSV, a piece at a time, as the rows are read. */
export async function* rowsAsCsv({ columns, rows }: Table): AsyncGenerator<string> {
  const inDays = columns.map(({ kind }) => kind === 'day')
  let text = BOM + csvRow(columns.map(({ title }) => title))
  for await (const row of rows) {
    text += csvRow(row, inDays)
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  yield text
}
