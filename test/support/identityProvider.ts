import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Somebody at the provider. */
export interface ProviderPerson {
  name: string
  groups: string[]
}

/** A real identity provider on loopback, for tests and for trying sign-in out. Its people sign in by choosing who they are. */
export interface RunningProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** By their names there, which are their subjects too; whoever is taken out can no longer sign in. */
  people: Map<string, ProviderPerson>
  /** What it signs with, and what everybody may know of it. */
  keys: { privateKey: JsonWebKey; publicKey: JsonWebKey }
  /** Changes what the token endpoint answers, as a provider that is not to be trusted. */
  spoil: ((body: Record<string, unknown>) => Promise<Record<string, unknown>>) | undefined
  /** Addresses that it was asked at, without their queries. */
  asked: string[]
  stop(): Promise<void>
}

/** A program at the provider that asks for tokens of its own. */
export interface ProviderMachine {
  clientId: string
  clientSecret: string
}

export interface ProviderOptions {
  port?: number
  host?: string
  /** The address at which people use the service. */
  publicUrl: string
  people: Record<string, ProviderPerson>
  /** Absent: made anew. */
  clientSecret?: string
  machines?: readonly ProviderMachine[]
  /** Whom tokens for programs are for, and which scopes there are. */
  audience?: string
  scopes?: readonly string[]
}

export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { port = 0, host = '127.0.0.1', publicUrl, machines = [], audience = 'boligtrapp-api', scopes = [] } = options
  const { clientSecret = randomUUID() } = options
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map(Object.entries(options.people))
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const named = { kid: 'provider-1', use: 'sig', alg: 'RS256' }
  const keys = {
    privateKey: { ...pair.privateKey.export({ format: 'jwk' }), ...named },
    publicKey: { ...pair.publicKey.export({ format: 'jwk' }), ...named },
  }
  const clientId = 'boligtrapp'

  const provider = new Provider(issuer, {
    jwks: { keys: [keys.privateKey] },
    cookies: { keys: [randomUUID()] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/api/v1/session/callback`],
        post_logout_redirect_uris: [`${publicUrl}/logg-inn`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      ...machines.map((machine) => ({
        client_id: machine.clientId,
        client_secret: machine.clientSecret,
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      })),
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
    findAccount: (_context, subject) => {
      const person = people.get(subject)
      if (person === undefined) return undefined
      const { name, groups } = person
      return { accountId: subject, claims: () => ({ sub: subject, name, preferred_username: subject, groups }) }
    },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // everybody has agreed that the service may know who they are
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const known = session.grantIdFor(client.clientId)
      if (known !== undefined) return provider.Grant.find(known)
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile offline_access')
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => (machines.length === 0 ? [] : `${issuer}/api`),
        getResourceServerInfo: () => ({
          scope: scopes.join(' '),
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = page(
            'Logg ut',
            `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Logg ut</button>`,
          )
        },
      },
    },
  })

  const running: RunningProvider = {
    issuer,
    clientId,
    clientSecret,
    people,
    keys,
    spoil: undefined,
    asked: [],
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  provider.use(async (context, next) => {
    running.asked.push(context.path)
    if (!context.path.startsWith('/interaction/')) {
      await next()
      if (context.path === '/token' && running.spoil !== undefined && context.status === 200) {
        context.body = await running.spoil(context.body as Record<string, unknown>)
      }
      return
    }
    await provider.interactionDetails(context.req, context.res)
    if (context.method !== 'POST') {
      context.body = page('Hvem er du?', buttonsFor(people))
      return
    }
    const accountId = (await formOf(context.req)).get('person') ?? ''
    const result = people.has(accountId) ? { login: { accountId } } : { error: 'access_denied' }
    context.redirect(await provider.interactionResult(context.req, context.res, result))
  })
  server.on('request', provider.callback())
  return running
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const part of request) text += String(part)
  return new URLSearchParams(text)
}

function buttonsFor(people: ReadonlyMap<string, ProviderPerson>): string {
  const buttons = [...people].map(
    ([subject, { name, groups }]) =>
      `<p><button name="person" value="${subject}">${name}</button> ${subject}: ${groups.join(', ')}</p>`,
  )
  return `<form method="post">${buttons.join('')}<p><button name="person" value="">Avbryt</button></p></form>`
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="nb"><title>${title}</title><h1>${title}</h1>${body}</html>`
}
