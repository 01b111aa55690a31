import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { RunningProvider } from './identityProvider.ts'

/** Claims and what they are signed with; each way of being wrong changes one thing. */
export interface Forgery {
  claims: JWTPayload
  sign(claims: JWTPayload): Promise<string>
}

/** Signs as the provider does. */
export async function signAs(
  key: JsonWebKey,
  claims: JWTPayload,
  header: Record<string, unknown> = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'provider-1', ...header })
    .sign(await importJWK(key as Parameters<typeof importJWK>[0], 'RS256'))
}

/** Every way in which a token can be wrong, made of one that is right. A server notes in `asked` who looks for its keys. */
export async function wrongTokens(provider: Pick<RunningProvider, 'keys'>, asked: string[]) {
  const thief = await generateKeyPair('RS256', { extractable: true })
  const thiefKey = (await exportJWK(thief.privateKey)) as JsonWebKey
  const thiefPublic = { ...(await exportJWK(thief.publicKey)), kid: 'thief', alg: 'RS256', use: 'sig' }
  const keyServer = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: [thiefPublic] }))
  })
  keyServer.listen(0, '127.0.0.1')
  await once(keyServer, 'listening')
  const jku = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`
  const { privateKey, publicKey } = provider.keys
  const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const past = Math.floor(Date.now() / 1000) - 3_600

  const ways: Record<string, (claims: JWTPayload) => Promise<string> | string> = {
    'signed by somebody else': (claims) => signAs(thiefKey, claims),
    'changed after it was signed': async (claims) => {
      const [header, , signature] = (await signAs(privateKey, claims)).split('.')
      const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'vera.vel' })).toString('base64url')
      return `${header}.${changed}.${signature}`
    },
    expired: (claims) => signAs(privateKey, { ...claims, iat: past - 60, exp: past }),
    'not signed (alg: none)': (claims) => new UnsecuredJWT(claims).encode(),
    'HS256 with the public key': (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'provider-1' }).sign(Buffer.from(pem)),
    'for somebody else': (claims) => signAs(privateKey, { ...claims, aud: 'another-service' }),
    'by another issuer': (claims) => signAs(privateKey, { ...claims, iss: 'https://elsewhere.example' }),
    'with a key that nobody knows': (claims) => signAs(thiefKey, claims, { kid: 'unknown' }),
    'with its keys elsewhere (jku)': (claims) => signAs(thiefKey, claims, { kid: 'thief', jku }),
    'with its key in it (jwk)': (claims) => signAs(thiefKey, claims, { kid: 'thief', jwk: thiefPublic }),
    'in another algorithm': async (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'PS256', kid: 'provider-1' })
        .sign(await importJWK(privateKey as Parameters<typeof importJWK>[0], 'PS256')),
    'no token at all': () => 'not.a.token',
  }
  return {
    ways,
    async stop() {
      keyServer.close()
      await once(keyServer, 'close')
    },
  }
}

/** The same of ID tokens, as ways in which a token endpoint answers. */
export async function spoiledTokens(provider: RunningProvider, asked: string[]) {
  const { ways, stop } = await wrongTokens(provider, asked)
  const idTokens: typeof ways = {
    ...ways,
    'of another sign-in (nonce)': (claims) => signAs(provider.keys.privateKey, { ...claims, nonce: 'another' }),
    'without a nonce': ({ nonce: _, ...claims }) => signAs(provider.keys.privateKey, claims),
  }
  const spoil = (way: (claims: JWTPayload) => Promise<string> | string) => async (body: Record<string, unknown>) => ({
    ...body,
    id_token: await way(decodeJwt(String(body.id_token))),
  })
  return { ways: Object.fromEntries(Object.entries(idTokens).map(([what, way]) => [what, spoil(way)])), stop }
}
