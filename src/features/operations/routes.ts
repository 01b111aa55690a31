import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { MIGRATIONS } from '../../db/migrate.ts'
import { newestStep } from '../../db/migrationFiles.ts'
import { notFound } from '../../domain/error.ts'
import type { Metrics } from '../../http/metrics.ts'
import { asksLoopback } from '../../http/origin.ts'
import { sendProblem } from '../../http/problem.ts'
import type { App, Deps } from '../../http/types.ts'
import { LATE_SECONDS, readLag, readReadiness, whyNotReady } from './readiness.ts'

const OPERATION = { config: { unlimited: true }, schema: { hide: true }, logLevel: 'warn' } as const

/** Whether the process lives, and whether it can serve: outside the versioned API, and of no person. */
export function operationRoutes(app: App, deps: Deps, metrics: Metrics): void {
  // of this program as it was started: its files may be replaced while it runs
  const program = newestStep(MIGRATIONS)

  app.get('/livez', OPERATION, () => ({ status: 'ok' }))

  app.get('/readyz', OPERATION, async (request, reply) => {
    const [readiness, lagSeconds] = await Promise.all([readReadiness(deps, await program), readLag(deps)])
    const detail = whyNotReady(readiness)
    if (detail !== null) return sendProblem(reply, request, { code: 'unavailable', detail })
    const queue = lagSeconds === null ? 'unknown' : lagSeconds > LATE_SECONDS ? 'late' : 'ok'
    return { status: 'ok', level: readiness.level.program, queue, jobLagSeconds: lagSeconds }
  })

  app.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (request, reply) => {
    if (!mayRead(deps, request)) throw notFound()
    const { type, body } = await metrics.text(deps, await readReadiness(deps, await program))
    return reply.header('cache-control', 'no-store').type(type).send(body)
  })
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/

/**
 * Whoever shows the token; where there is none, only a program on this machine that asked by no proxy, and only while nobody else
 * is served by one.
 */
function mayRead({ metricsToken, publicUrl }: Deps, request: FastifyRequest): boolean {
  if (metricsToken === undefined) {
    return publicUrl === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '') && asksLoopback(request)
  }
  const shown = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const hash = (token: string) => createHash('sha256').update(token).digest()
  return timingSafeEqual(hash(shown), hash(metricsToken))
}
