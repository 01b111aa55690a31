import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Capability } from '../access/capabilities.ts'
import { scopeOf } from '../access/capabilities.ts'
import { actorOf } from '../access/signIn.ts'
import { DomainError } from '../domain/error.ts'
import { noQuery } from './fields.ts'
import { fromElsewhere, readCookie } from './origin.ts'
import { problemSchema, sendProblem } from './problem.ts'
import { tellSecurity } from './security.ts'
import type { Deps } from './types.ts'

const problemContent = { content: { 'application/problem+json': { schema: problemSchema } } }

const PROBLEMS: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'Nobody is signed in.',
  403: 'The role does not have this capability.',
  404: 'Not there, or held by another district: the two answer alike.',
  406: 'Not in any form that `Accept` allows.',
  409: 'In conflict with what is registered.',
  412: 'Somebody else changed it since it was read.',
  422: 'A value is wrong; `errors` names each.',
  428: 'If-Match is missing.',
}

/** Response schemas of the problems a route can answer with, besides 500 and 503 which every route can. */
export function problems<S extends keyof typeof PROBLEMS>(...statuses: S[]) {
  const entries = [...statuses, 500, 503].map((status) => [
    status,
    { description: PROBLEMS[status] ?? 'Something is wrong on our side; try again.', ...problemContent },
  ])
  return Object.fromEntries(entries) as Record<S, { description: string; content: typeof problemContent.content }>
}

/**
 * Who is asking, and may she: what a page of another site sends is refused, the session's cookie is looked up once a request, and
 * a route's `capability` is checked before anything of the request is parsed. A route of the API that names no capability stops the start.
 */
export function registerAccess(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest('actor', null)
  app.decorateRequest('askAgain', null)
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/')) return
    if (route.config?.capability === undefined) {
      throw new Error(`${String(route.method)} ${route.url} names no capability`)
    }
    // one that states no query takes none
    route.schema = { querystring: noQuery, ...route.schema }
  })
  app.addHook('onRequest', async (request, reply) => {
    const capability = request.routeOptions.config.capability
    if (capability === undefined) return
    reply.header('cache-control', 'no-store')
    if (fromElsewhere(deps, request)) {
      await tellSecurity(deps, request, { kind: 'forged_request' })
      return sendProblem(reply, request, { code: 'from_elsewhere', detail: 'Åpne siden her og prøv igjen.' })
    }
    const token = readCookie(deps, request, 'session')
    if (token !== undefined) {
      request.actor = await actorOf(deps, token)
      request.askAgain = () => actorOf(deps, token, false)
    }
    if (capability === 'public') return
    if (request.actor === null) {
      return sendProblem(reply, request, { code: 'not_signed_in', detail: 'Logg inn og prøv igjen.' })
    }
    if (capability !== 'signed_in') requireCapability(request, capability)
  })
}

function requireCapability(request: FastifyRequest, capability: Capability): void {
  if (request.actor === null || scopeOf(request.actor.role, capability) === undefined) {
    throw new DomainError('not_allowed', 'Rollen din har ikke tilgang til dette.')
  }
}
