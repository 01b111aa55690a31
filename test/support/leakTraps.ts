import type pg from 'pg'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import type { Client } from './app.ts'

/** What is told to open pages, from now on. */
export async function listen(origin: string, { cookie }: Client) {
  const ending = new AbortController()
  const stream = await fetch(`${origin}/api/v1/events`, {
    headers: { cookie: `${SESSION_COOKIE}=${cookie}` },
    signal: ending.signal,
  })
  let text = ''
  const heard = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) text += part
  })().catch(() => {})
  return async () => {
    ending.abort()
    await heard
    return text
  }
}

/** A pool that knows who is signed in, and fails at whatever is asked next, with an error that quotes it and `secret`. */
export function quoting(pool: pg.Pool, secret: string): pg.Pool {
  pool.on('connect', (client) => {
    const { query } = client
    client.query = ((...asked: unknown[]) => {
      const [text] = asked
      if (typeof text === 'string' && !/^(begin|start|set|commit|rollback)\b|"session"|set_config/i.test(text)) {
        const error = new Error(`cannot keep ${JSON.stringify(asked)} ${secret}`)
        return Promise.reject(Object.assign(error, { code: 'XX000', detail: secret, hint: secret, where: secret }))
      }
      return (query as (...asked: unknown[]) => unknown).apply(client, asked)
    }) as typeof query
  })
  return pool
}
