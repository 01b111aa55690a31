import { z } from 'zod'
import { ProviderRefused, ProviderUnreachable } from '../../access/identityProvider.ts'
import { SESSION_HOURS } from '../../access/session.ts'
import { ATTEMPT_SECONDS, beginSignIn, finishSignIn, type OrganisationSignIn } from '../../access/signIn.ts'
import { notFound } from '../../domain/error.ts'
import { giveCookie, readCookie, takeCookie } from '../../http/origin.ts'
import { problems } from '../../http/route.ts'
import { tellSecurity } from '../../http/security.ts'
import type { App, Deps } from '../../http/types.ts'

/** The page to sign in on, which also says what went wrong. */
const SIGN_IN_PAGE = '/logg-inn'
const tags = ['session']

/** What a client that goes where it is sent ends at. */
const followed = {
  description: 'The page that one is led to, once the browser has gone there.',
  content: { 'text/html': { schema: z.string() } },
}

/** What is said on the page of a reason; the log has the reason itself. */
function shownFor(error: unknown): 'utilgjengelig' | 'ingen_tilgang' | 'avbrutt' | 'mislyktes' {
  if (error instanceof ProviderUnreachable) return 'utilgjengelig'
  const reason = error instanceof ProviderRefused ? error.reason : ''
  if (reason === 'no_group' || reason === 'disabled') return 'ingen_tilgang'
  return reason === 'access_denied' ? 'avbrutt' : 'mislyktes'
}

function pageAddress(search: Record<string, string | null>): string {
  const said = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== null)
  return said.length === 0 ? SIGN_IN_PAGE : `${SIGN_IN_PAGE}?${new URLSearchParams(said)}`
}

/** The way to the organisation's sign-in and back. Both are visited by the browser itself, so they answer with an address. */
export function signInRoutes(app: App, deps: Deps): void {
  const offered = (): OrganisationSignIn => {
    if (deps.signIn === undefined) throw notFound()
    return deps.signIn
  }

  app.get(
    '/session/sign-in',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'startSignIn',
        tags,
        summary: 'Sign in by the organisation',
        description:
          'Leads the browser to the organisation’s sign-in (OpenID Connect, code flow with PKCE). Not there unless one is configured.',
        querystring: z.strictObject({
          returnTo: z.string().max(2_000).optional().describe('The page that was asked for before signing in.'),
        }),
        response: {
          200: followed,
          302: z.null().describe('To the organisation’s sign-in, or back to the page when it does not answer.'),
          ...problems(400, 404),
        },
      },
    },
    async (request, reply) => {
      const signIn = offered()
      const returnTo = request.query.returnTo ?? null
      try {
        const { address, token } = await beginSignIn(deps, signIn, {
          returnTo,
          earlier: readCookie(deps, request, 'session'),
        })
        giveCookie(deps, reply, 'signIn', { value: token, seconds: ATTEMPT_SECONDS })
        return reply.redirect(address, 302)
      } catch (error) {
        if (!(error instanceof ProviderUnreachable)) throw error
        request.log.error({ err: { name: error.name } }, 'the identity provider does not answer')
        return reply.redirect(pageAddress({ feil: shownFor(error), fra: returnTo }), 302)
      }
    },
  )

  app.get(
    '/session/callback',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'finishSignIn',
        tags,
        summary: 'Come back from the organisation’s sign-in',
        description:
          'What the provider sends the browser to. A sign-in holds once, in the browser that began it; a new session gets a new token.',
        // a provider may add to what the standard names
        querystring: z.looseObject({
          state: z.string().max(1_000).optional(),
          code: z.string().max(8_000).optional(),
          iss: z.string().max(1_000).optional(),
          error: z.string().max(200).optional(),
        }),
        response: {
          200: followed,
          302: z.null().describe('To the page, signed in or with what went wrong.'),
          ...problems(400, 404),
        },
      },
    },
    async (request, reply) => {
      const signIn = offered()
      const token = readCookie(deps, request, 'signIn')
      takeCookie(deps, reply, 'signIn')
      const callback = request.url.slice(request.url.indexOf('?') + 1)
      const finished = await finishSignIn(deps, signIn, { token, callback })
      const { returnTo, session } = finished
      if (session === null) {
        const { because } = finished
        const detail = because instanceof ProviderRefused ? because.reason : 'no_answer'
        await tellSecurity(deps, request, { kind: 'sign_in_failed', detail })
        // the page that was asked for is still there when she tries again
        return reply.redirect(pageAddress({ feil: shownFor(because), fra: returnTo }), 302)
      }
      giveCookie(deps, reply, 'session', { value: session, seconds: SESSION_HOURS * 3600 })
      return reply.redirect(pageAddress({ fra: returnTo }), 302)
    },
  )
}
