import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Capability } from '../access/capabilities.ts'
import { isOpen, scopeFor, scopesOf } from '../access/capabilities.ts'
import { TokenRefused } from '../access/machineTokens.ts'
import { shownBy } from '../access/showings.ts'
import { actorOf } from '../access/signIn.ts'
import { DomainError } from '../domain/error.ts'
import { noQuery } from './fields.ts'
import { type Limiter, tooMany } from './limits.ts'
import { fromElsewhere, readCookie } from './origin.ts'
import { problemSchema, sendProblem } from './problem.ts'
import { tellSecurity } from './security.ts'
import type { Deps } from './types.ts'

const problemContent = { content: { 'application/problem+json': { schema: problemSchema } } }

const PROBLEMS: Record<number, string> = {
  400: 'The request cannot be read, or has a field that does not exist.',
  401: 'Nobody is signed in.',
  403: 'The role does not have this capability.',
  404: 'Not there, or held by another district: the two answer alike.',
  406: 'Not in any form that `Accept` allows.',
  409: 'In conflict with what is registered.',
  412: 'Somebody else changed it since it was read.',
  422: 'A value is wrong; `errors` names each.',
  428: 'If-Match is missing.',
  429: 'Asked for too often; `Retry-After` says in how many seconds to try again.',
}

/** Response schemas of the problems a route can answer with, besides 429, 500 and 503 which every route can. */
export function problems<S extends keyof typeof PROBLEMS>(...statuses: S[]) {
  const entries = [...statuses, 429, 500, 503].map((status) => [
    status,
    { description: PROBLEMS[status] ?? 'Something is wrong on our side; try again.', ...problemContent },
  ])
  return Object.fromEntries(entries) as Record<S, { description: string; content: typeof problemContent.content }>
}

/**
 * Who is asking, and may she: what a page of another site sends is refused, the session's cookie is looked up once a request,
 * whoever asks too often is told to wait, and a route's `capability` is checked before anything of the request is parsed. How far
 * it reaches in her role is the table's word too: for people it is row security that keeps it, for houses `reachesFacility`. A
 * route of the API that names no capability stops the start.
 */
export function registerAccess(app: FastifyInstance, deps: Deps, limiter?: Limiter): void {
  app.decorateRequest('actor', null)
  app.decorateRequest('askAgain', null)
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/')) return
    const capability = route.config?.capability
    if (capability === undefined) throw new Error(`${String(route.method)} ${route.url} names no capability`)
    // the document says it too, so that the tests of access and docs/access.md are made from it
    const taken = isOpen(capability) ? {} : { 'x-scopes': scopesOf(capability) }
    route.config = { ...route.config, shows: shownBy(String(route.method), route.url, capability) }
    // one that states no query takes none
    route.schema = { querystring: noQuery, ...route.schema, 'x-capability': capability, ...taken }
  })
  app.addHook('onRequest', async (request, reply) => {
    const capability = request.routeOptions.config.capability
    if (capability === undefined) return
    reply.header('cache-control', 'no-store')
    const program = bearerToken(request)
    // a token is sent by whoever has it; only what a browser adds by itself can be made use of from elsewhere
    if (program === undefined && fromElsewhere(deps, request)) {
      await tellSecurity(deps, request, { kind: 'forged_request' })
      return sendProblem(reply, request, { code: 'from_elsewhere', detail: 'Åpne siden her og prøv igjen.' })
    }
    if (program === undefined) await recognise(deps, request)
    else if (!(await recogniseProgram(deps, request, program))) {
      reply.header('www-authenticate', 'Bearer error="invalid_token"')
      return sendProblem(reply, request, { code: 'not_signed_in', detail: 'Adgangstegnet gjelder ikke. Hent et nytt.' })
    }
    const seconds = (await limiter?.(request)) ?? null
    if (seconds !== null) return sendProblem(reply, request, tooMany(seconds))
    if (capability === 'public') return
    if (request.actor === null) {
      return sendProblem(reply, request, { code: 'not_signed_in', detail: 'Logg inn og prøv igjen.' })
    }
    if (!isOpen(capability)) requireCapability(request, capability)
    // what is open to everybody who is signed in is for people
    else if (request.actor.limitedTo !== undefined)
      throw new DomainError('not_allowed', 'Dette er ikke for programmer.')
  })
}

/** Whoever the session's cookie belongs to. */
async function recognise(deps: Deps, request: FastifyRequest): Promise<void> {
  const token = readCookie(deps, request, 'session')
  if (token === undefined) return
  request.actor = await actorOf(deps, token)
  request.askAgain = () => actorOf(deps, token, false)
}

/** What follows `Bearer`; undefined when nothing of that kind was sent, as when a proxy asks for a password of its own. */
function bearerToken({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization === undefined ? undefined : /^bearer\b\s*(.*)$/i.exec(authorization)?.[1]
}

/** Whichever program a token belongs to; false when it does not hold. A cookie beside it does not count. */
async function recogniseProgram(deps: Deps, request: FastifyRequest, token: string): Promise<boolean> {
  try {
    if (deps.tokens === undefined) throw new TokenRefused('none_taken')
    request.actor = await deps.tokens.actorOf(deps.db, token)
    return true
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    await tellSecurity(deps, request, { kind: 'token_refused', detail: error.reason })
    return false
  }
}

function requireCapability(request: FastifyRequest, capability: Capability): void {
  if (request.actor === null || scopeFor(request.actor, capability) === undefined) {
    throw new DomainError('not_allowed', 'Rollen din har ikke tilgang til dette.')
  }
}
