import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/error.ts'
import type { App } from '../../http/types.ts'
import { CSV_TYPE, JSON_STAT_TYPE, XLSX_TYPE } from './file.ts'
import type { Upload } from './schema.ts'

const MOST_BYTES = 50 * 1_048_576

/** Lets the routes of `app`, and no others, take a file as their whole body. */
export function registerUploads(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(CSV_TYPE, (_request: FastifyRequest, payload: IncomingMessage) => received(payload, 'csv'))
  app.addContentTypeParser(XLSX_TYPE, (_request: FastifyRequest, payload: IncomingMessage) => received(payload, 'xlsx'))
  app.addContentTypeParser(JSON_STAT_TYPE, (_request: FastifyRequest, payload: IncomingMessage) =>
    received(payload, 'json-stat'),
  )
  app.addContentTypeParser('*', async () => {
    throw new DomainError(
      'import_format_unknown',
      `Send filen som ${CSV_TYPE} eller ${XLSX_TYPE}, eller statistikk som ${JSON_STAT_TYPE}.`,
    )
  })
}

async function received(payload: IncomingMessage, format: Upload['format']): Promise<Upload> {
  const tooLarge = new DomainError('import_too_large', 'Filen er større enn 50 MB. Del den i flere.')
  if (Number(payload.headers?.['content-length'] ?? 0) > MOST_BYTES) throw tooLarge
  const parts: Buffer[] = []
  let size = 0
  for await (const part of payload as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) throw tooLarge
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  return { format, bytes, toJSON: () => `${format} ${createHash('sha256').update(bytes).digest('hex')}` }
}
