import * as oidc from 'openid-client'

/** What the configuration says of the organisation's identity provider. */
export interface ProviderSettings {
  issuer: string
  clientId: string
  /** Absent: a public client, protected by PKCE alone. */
  clientSecret: string | undefined
  scope: string
  /** The claim that lists a person's groups. */
  groupsClaim: string
  /** The one algorithm that its signatures are taken in. */
  algorithm: string
  /** The address at which people use this service, without a slash at its end. */
  publicUrl: string
}

/** What is kept between the way to the provider and the way back; single use. */
export interface SignInSecrets {
  state: string
  nonce: string
  verifier: string
}

/** What the provider says of somebody who has just signed in, or is still signed in. */
export interface ProvidedPerson {
  subject: string
  name: string
  username: string | undefined
  groups: string[]
  refreshToken: string
  idToken: string | undefined
}

export interface IdentityProvider {
  issuer: string
  /** Where to send the browser, and what to keep until it comes back. */
  begin(): Promise<{ address: string; secrets: SignInSecrets }>
  /**
   * Who came back. State, nonce, PKCE, issuer, audience, signature and expiry are checked.
   * @param callback the query of the address that she came back to
   * @throws {ProviderRefused} what came back does not hold, or gives no refresh token to confirm it with
   */
  finish(callback: string, secrets: SignInSecrets): Promise<ProvidedPerson>
  /** Asks whether she is still one of theirs, and what she is now. Null: no longer. */
  confirm(person: { subject: string; refreshToken: string }): Promise<ProvidedPerson | null>
  /** Where the browser ends its session at the provider; null where the provider has no such address. */
  signOutAddress(idToken: string | undefined): Promise<string | null>
}

/** What came back does not hold; `reason` is a word of ours or a code of the library, never what was sent. */
export class ProviderRefused extends Error {
  readonly reason: string

  constructor(reason: string) {
    super(`the sign-in was refused: ${reason}`)
    this.name = 'ProviderRefused'
    this.reason = reason
  }
}

/** It did not answer, or not as a provider: this is nobody's fault who signs in, and passes. */
export class ProviderUnreachable extends Error {
  /** As the driver says of a connection that is not to be had, which answers 503. */
  readonly code = 'ETIMEDOUT'

  constructor(cause: unknown) {
    super('the identity provider does not answer', { cause })
    this.name = 'ProviderUnreachable'
  }
}

/** In seconds; asking again whether somebody is still there takes two questions, and a minute is promised. */
const ANSWER_WITHIN = 4

/** The organisation's sign-in: OpenID Connect, code flow with PKCE. It is looked up when first needed, so it may be down at start. */
export function identityProvider(settings: ProviderSettings): IdentityProvider {
  let known: Promise<oidc.Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined
      throw new ProviderUnreachable(error)
    })
    return known
  }
  const redirectUri = `${settings.publicUrl}/api/v1/session/callback`

  return {
    issuer: settings.issuer,

    async begin() {
      const config = await configuration()
      const secrets = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, secrets }
    },

    async finish(callback, { state, nonce, verifier }) {
      const config = await configuration()
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirectUri}?${callback}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        return await personOf(settings, config, tokens, {})
      } catch (error) {
        throw refusal(error)
      }
    },

    async confirm({ subject, refreshToken }) {
      const config = await configuration()
      try {
        const tokens = await oidc.refreshTokenGrant(config, refreshToken)
        return await personOf(settings, config, tokens, { subject, refreshToken })
      } catch (error) {
        const refused = refusal(error)
        if (refused instanceof ProviderRefused) return null
        throw refused
      }
    },

    async signOutAddress(idToken) {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return null
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${settings.publicUrl}/logg-inn`,
        ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      }).href
    },
  }
}

function discover({ issuer, clientId, clientSecret, algorithm }: ProviderSettings): Promise<oidc.Configuration> {
  // the configuration lets plain http through on loopback only
  const insecure = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  return oidc.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: algorithm },
    clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
    // the signature of an ID token is checked although it comes from the provider itself
    { execute: [oidc.enableNonRepudiationChecks, ...insecure], timeout: ANSWER_WITHIN },
  )
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/** Reads the ID token, and asks the provider for what is not in it. */
async function personOf(
  { groupsClaim }: ProviderSettings,
  config: oidc.Configuration,
  tokens: Tokens,
  before: { subject?: string; refreshToken?: string },
): Promise<ProvidedPerson> {
  const claims: Record<string, unknown> | undefined = tokens.claims()
  const subject = claims?.sub ?? before.subject
  if (typeof subject !== 'string') throw new ProviderRefused('no_subject')
  if (before.subject !== undefined && subject !== before.subject) throw new ProviderRefused('another_subject')
  const refreshToken = tokens.refresh_token ?? before.refreshToken
  if (refreshToken === undefined) throw new ProviderRefused('no_refresh_token')
  const said =
    claims?.[groupsClaim] === undefined || claims.name === undefined
      ? { ...claims, ...(await oidc.fetchUserInfo(config, tokens.access_token, subject)) }
      : claims
  const groups: unknown = said[groupsClaim]
  const username = text(said.preferred_username)
  return {
    subject,
    name: (text(said.name) ?? username ?? 'Uten navn').slice(0, 200),
    username: username?.toLowerCase(),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    refreshToken,
    idToken: tokens.id_token,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The library's codes of what came from the line, or from something in front of the provider; and none at all. */
const PASSING = new Set<unknown>([
  undefined,
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
])

/** Whether the provider said no or what it said does not hold; or else, that it does not answer. */
function refusal(error: unknown): ProviderRefused | ProviderUnreachable {
  if (error instanceof ProviderRefused) return error
  if (error instanceof oidc.AuthorizationResponseError) return new ProviderRefused(named(error.error))
  if (error instanceof oidc.ResponseBodyError) {
    return error.status < 500 ? new ProviderRefused(named(error.error)) : new ProviderUnreachable(error)
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) return new ProviderRefused('challenged')
  const { code } = error as { code?: unknown }
  return PASSING.has(code) ? new ProviderUnreachable(error) : new ProviderRefused(named(String(code).toLowerCase()))
}

/** A code of the standard's form; anything else was written by who knows whom, and is not passed on. */
function named(code: string): string {
  return /^[a-z_]{1,60}$/.test(code) ? code : 'error_response'
}
