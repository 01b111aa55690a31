import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from './types.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/

/** Whether people use the service by TLS; plain http is for a try-out on loopback alone. */
function overTls(deps: Pick<Deps, 'publicUrl'>): boolean {
  return deps.publicUrl?.startsWith('https:') ?? false
}

/**
 * Whether a request was made on this machine and names it as its host: with another name, a page elsewhere could have led a browser
 * here, and what a proxy hands on is from anywhere.
 */
export function asksLoopback({ hostname, headers }: FastifyRequest): boolean {
  return LOOPBACK.test(hostname) && headers.forwarded === undefined && headers['x-forwarded-for'] === undefined
}

/**
 * Whether a request that changes something was made by a page of another site: browsers say so themselves (`Sec-Fetch-Site`), and
 * older ones say where the page is from (`Origin`). Programs say neither, and have no cookie that somebody else could use.
 */
export function fromElsewhere(deps: Pick<Deps, 'publicUrl'>, request: FastifyRequest): boolean {
  if (SAFE.has(request.method)) return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = request.headers
  return origin !== undefined && origin !== (deps.publicUrl ?? `http://${request.host}`)
}

const COOKIES = { session: 'boligtrapp_session', signIn: 'boligtrapp_sign_in' } as const
type CookieName = keyof typeof COOKIES

/**
 * The name of a cookie. Over TLS a browser takes `__Host-` only from this host itself, for all of it; on loopback's plain http it
 * would take it not at all.
 */
function cookieName(deps: Pick<Deps, 'publicUrl'>, name: CookieName): string {
  return overTls(deps) ? `__Host-${COOKIES[name]}` : COOKIES[name]
}

export function readCookie(deps: Pick<Deps, 'publicUrl'>, request: FastifyRequest, name: CookieName) {
  return request.cookies[cookieName(deps, name)]
}

/** The session goes along with nothing that another site begins; a sign-in comes back from the provider, which is another site. */
const attributes = (deps: Pick<Deps, 'publicUrl'>, name: CookieName) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: name === 'session' ? 'strict' : 'lax',
    secure: overTls(deps),
  }) as const

export function giveCookie(
  deps: Pick<Deps, 'publicUrl'>,
  reply: FastifyReply,
  name: CookieName,
  { value, seconds }: { value: string; seconds: number },
): void {
  reply.setCookie(cookieName(deps, name), value, { ...attributes(deps, name), maxAge: seconds })
}

export function takeCookie(deps: Pick<Deps, 'publicUrl'>, reply: FastifyReply, name: CookieName): void {
  reply.clearCookie(cookieName(deps, name), attributes(deps, name))
}
