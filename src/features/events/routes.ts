import { z } from 'zod'
import type { Actor } from '../../db/actor.ts'
import { DomainError } from '../../domain/error.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { TOPICS, type Topic, topicFor } from './topics.ts'

/** A line is written this often when nothing happens, so that nobody in between takes the connection for dead. */
const HEARTBEAT_MS = 15_000
/** Changes that come close together are told as one: a page asks again once, not once a row. */
const GATHER_MS = 150
/** How long a browser waits before it connects again. */
const RETRY_MS = 2_000
/** Open pages of one account on one instance; the oldest goes when there are more. */
const STREAMS_A_PERSON = 12

interface Stream {
  end(): void
}

/** Server-sent events: something I may see changed. What it is, the page asks for itself, under its own rights. */
export function eventRoutes(app: App, deps: Deps): void {
  const streams = new Map<string, Stream[]>()
  // a server that is closing does not wait for pages that stay open
  app.addHook('preClose', async () => {
    for (const open of [...streams.values()].flat()) open.end()
  })

  app.get(
    '/events',
    {
      config: { capability: 'signed_in' },
      schema: {
        operationId: 'followChanges',
        tags: ['session'],
        summary: 'Something I may see changed',
        description: `Server-sent events that stay open. \`changed\` carries the topics (${TOPICS.join(', ')}) as a JSON array, \`reset\` says that anything may have changed. No event names a record or a person.`,
        response: {
          200: {
            description: 'A stream of events.',
            content: { 'text/event-stream': { schema: z.string() } },
          },
          ...problems(401),
        },
      },
    },
    (request, reply) => {
      const { actor, askAgain } = request
      const { changes } = deps
      if (actor === null) throw new DomainError('not_allowed', 'Logg inn først.')
      if (changes === undefined) throw new DomainError('not_found', 'Endringer følges ikke her.')
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // ended is closed: a kept connection would hold up a service that is stopping
        connection: 'close',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      })
      raw.write(`retry: ${RETRY_MS}\n\n`)
      // a page that connects again may have missed something meanwhile
      if (request.headers['last-event-id'] !== undefined) raw.write(event('reset', []))

      let reader: Actor = actor
      const gathered = new Set<Topic>()
      let gathering: NodeJS.Timeout | undefined
      const flush = () => {
        gathering = undefined
        raw.write(event('changed', [...gathered].sort()))
        gathered.clear()
      }
      const unsubscribe = changes.subscribe((change) => {
        if (change === null) {
          raw.write(event('reset', []))
          return
        }
        const topic = topicFor(reader, change)
        if (topic === undefined) return
        gathered.add(topic)
        gathering ??= setTimeout(flush, GATHER_MS)
      })
      const heart = setInterval(() => {
        raw.write(': \n\n')
        // whoever was signed out, disabled or given another role meanwhile does not go on listening as before
        askAgain?.().then(
          (now) => {
            if (now === null) end()
            else reader = now
          },
          () => {},
        )
      }, deps.heartbeatMs ?? HEARTBEAT_MS)
      const stream: Stream = { end }
      const mine = [...(streams.get(actor.accountId) ?? []), stream]
      streams.set(actor.accountId, mine)
      if (mine.length > STREAMS_A_PERSON) mine[0]?.end()
      raw.on('close', end)
      raw.on('error', end)

      function end() {
        unsubscribe()
        clearInterval(heart)
        clearTimeout(gathering)
        const left = (streams.get(actor?.accountId ?? '') ?? []).filter((other) => other !== stream)
        if (left.length === 0) streams.delete(actor?.accountId ?? '')
        else streams.set(actor?.accountId ?? '', left)
        if (!raw.writableEnded) raw.end()
      }
    },
  )
}

let last = 0

/** One event; its id only tells a page that comes back that it is not new. */
function event(name: 'changed' | 'reset', topics: readonly Topic[]): string {
  last += 1
  return `id: ${last}\nevent: ${name}\ndata: ${JSON.stringify(topics)}\n\n`
}
