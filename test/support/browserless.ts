import type { App } from '../../src/http/types.ts'

interface Asked {
  method?: 'GET' | 'POST' | 'DELETE'
  headers?: Record<string, string>
  body?: string
}

interface Answered {
  status: number
  location: string | null
  /** As they were sent. */
  cookies: string[]
  text: string
}

/** A browser without pages: it keeps cookies by host and goes where it is sent. */
export interface Visitor {
  /** What it keeps for the service. */
  cookies: Map<string, string>
  /** Asks once. */
  ask(address: string, asked?: Asked): Promise<Answered>
  /** Asks and follows, until nobody sends it on or the next address is one that `stop` names. */
  go(address: string, stop?: (next: URL) => boolean): Promise<{ at: URL; answered: Answered }>
  /** Goes to the organisation's sign-in, says who it is there, and comes back; `stop` as above. */
  signIn(person: string, stop?: (next: URL) => boolean): Promise<{ at: URL; answered: Answered }>
}

/**
 * @param publicUrl the address at which people use the service; it is asked in this process, everybody else over the net
 */
export function visitor(app: App, publicUrl: string): Visitor {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  async function send(address: URL, { method = 'GET', headers = {}, body }: Asked): Promise<Answered> {
    if (address.origin === publicUrl) {
      const answer = await app.inject({
        method,
        url: address.pathname + address.search,
        headers: { host: address.host, ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      return {
        status: answer.statusCode,
        location: (answer.headers.location as string | undefined) ?? null,
        cookies: [answer.headers['set-cookie'] ?? []].flat(),
        text: answer.body,
      }
    }
    const answer = await fetch(address, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      cookies: answer.headers.getSetCookie(),
      text: await answer.text(),
    }
  }

  const self: Visitor = {
    cookies: jarOf(publicUrl),
    async ask(address, asked = {}) {
      const at = new URL(address, publicUrl)
      const jar = jarOf(at.origin)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answered = await send(at, {
        ...asked,
        headers: { ...(cookie === '' ? {} : { cookie }), ...asked.headers },
      })
      for (const line of answered.cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return answered
    },
    async go(address, stop = () => false) {
      let at = new URL(address, publicUrl)
      let answered = await self.ask(at.href)
      for (let hops = 0; hops < 20 && answered.location !== null; hops += 1) {
        at = new URL(answered.location, at)
        if (stop(at)) break
        answered = await self.ask(at.href)
      }
      return { at, answered }
    },
    async signIn(person, stop) {
      const there = await self.go('/api/v1/session/sign-in')
      // whoever is signed in there already is sent back at once
      if (!there.at.pathname.startsWith('/interaction/')) return there
      const { location } = await self.ask(there.at.href, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ person }).toString(),
      })
      const next = new URL(location ?? '', there.at)
      return self.go(next.href, stop)
    },
  }
  return self
}
