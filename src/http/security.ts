import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { logRefusal, logSecurityEvent, type SecurityEvent } from '../access/securityEvents.ts'
import { asActor } from '../db/actor.ts'
import type { Deps } from './types.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Somebody who hammers on is told of once in this time, and not each time. */
const TOLD_EVERY_MS = 60_000
const REMEMBERED = 1_000

/** A security event as a caller tells it: what was asked and by whom is the request's. */
export type Told = Pick<SecurityEvent, 'kind' | 'record' | 'detail'>

/** The same with what was asked, for a transaction that is under way. */
export function eventOf(request: FastifyRequest, told: Told): SecurityEvent {
  return { ...told, method: request.method, route: request.routeOptions.url, traceId: request.id }
}

/**
 * Adds to the security log in a transaction of its own, and says the kind in the service's log. What is logged here has been
 * refused already: a log that cannot be written is said too, and changes no answer.
 */
export async function tellSecurity(deps: Deps, request: FastifyRequest, told: Told): Promise<void> {
  request.told = true
  await telling(request, told.kind, () =>
    asActor(deps.db, request.actor, deps.demoDate, ({ trx }) => logSecurityEvent(trx, eventOf(request, told))),
  )
}

async function telling(request: FastifyRequest, kind: string, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (error) {
    const { name, code } = error as { name?: unknown; code?: unknown }
    request.log.error({ security: kind, err: { name, code } }, 'a security event could not be logged')
  }
}

/** The record that an address names, if it names one by its id. */
function soughtIn(request: FastifyRequest): string | undefined {
  const { id } = (request.params ?? {}) as { id?: unknown }
  return typeof id === 'string' && UUID.test(id) ? id : undefined
}

/**
 * Watches what is answered: refusals and other bydeler's records that were asked for are logged when the answer is out, so that
 * no answer takes longer for it; a file is logged before it is sent, and is not sent if it cannot be. No person is shown of whom the
 * log does not say so.
 */
export function watchAnswers(app: FastifyInstance, deps: Deps): void {
  const pending = new Set<Promise<void>>()
  const toldOf = new Map<string, number>()

  function recently(request: FastifyRequest): boolean {
    const key = request.actor?.accountId ?? request.ip
    const now = performance.now()
    const before = toldOf.get(key)
    if (before !== undefined && now - before < TOLD_EVERY_MS) return true
    if (toldOf.size >= REMEMBERED) toldOf.clear()
    toldOf.set(key, now)
    return false
  }

  async function refused(request: FastifyRequest, status: number): Promise<void> {
    const sought = soughtIn(request)
    if (status === 429) {
      if (!recently(request)) await tellSecurity(deps, request, { kind: 'rate_limited' })
    } else if (sought === undefined) {
      if (status === 403) await tellSecurity(deps, request, { kind: 'denied' })
    } else if (request.actor !== null) {
      const kind = status === 403 ? 'denied' : 'hidden_record'
      await telling(request, kind, () =>
        asActor(deps.db, request.actor, deps.demoDate, ({ trx }) =>
          logRefusal(trx, eventOf(request, { kind }), sought, status === 404),
        ),
      )
    }
  }

  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode
    const refusal = status === 403 || status === 404 || status === 429
    if (request.routeOptions.config.capability !== undefined && refusal && !request.told) {
      const logging = refused(request, status)
      pending.add(logging)
      void logging.finally(() => pending.delete(logging))
    }
    done()
  })
  app.decorateRequest('shown', false)
  app.decorateRequest('told', false)
  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    const { shows } = request.routeOptions.config
    if (shows !== undefined && shows !== null && reply.statusCode < 300 && !request.shown) {
      throw new Error('a person was to be shown without a trace')
    }
    const file = reply.getHeader('content-disposition')
    if (typeof file !== 'string' || !file.startsWith('attachment') || reply.statusCode >= 300) return
    const ending = /\.([a-z0-9]{1,8})"?$/.exec(file)?.[1] ?? 'file'
    // what one person's file is of stands in the log of who saw whom, under the same trace
    const kind = request.routeOptions.config.fileEvent ?? 'export'
    await asActor(deps.db, request.actor, deps.demoDate, ({ trx }) =>
      logSecurityEvent(trx, eventOf(request, { kind, detail: ending })),
    )
  })
  // what was refused last is in the log before the database is let go
  app.addHook('onClose', async () => {
    await Promise.all(pending)
  })
}
