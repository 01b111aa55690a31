import type { FastifyInstance } from 'fastify'

const utf8 = new TextDecoder('utf-8', { fatal: true })

class UnreadableBody extends Error {
  readonly statusCode = 400
}

/**
 * Reads JSON bodies strictly: invalid UTF-8 is refused, not replaced by question marks, and so are a NUL and half a surrogate
 * pair, which PostgreSQL could not keep as they were sent.
 */
export function registerJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string
    try {
      text = utf8.decode(body as Buffer)
    } catch {
      done(new UnreadableBody('invalid UTF-8'), undefined)
      return
    }
    if (text.trim() === '') {
      done(null, undefined)
      return
    }
    parse(request, text, (error, value) => {
      if (error !== null) done(new UnreadableBody('invalid JSON'), undefined)
      else if (!storable(value)) done(new UnreadableBody('text that cannot be stored'), undefined)
      else done(null, value)
    })
  })
}

function storable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (Array.isArray(value)) return value.every(storable)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(([key, inner]) => storable(key) && storable(inner))
}
