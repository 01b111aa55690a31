import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Kysely } from 'kysely'
import type { Actor } from '../db/actor.ts'
import type { DB } from '../db/types.generated.ts'
import type { Capability } from './capabilities.ts'
import { externalAccount } from './externalAccount.ts'
import type { Grant } from './grants.ts'
import { ProviderUnreachable } from './identityProvider.ts'

/**
 * What a token's scopes let a program do, of what its role may here. Nothing that decides about a person is among them: that is
 * for people.
 */
const MACHINE_SCOPES = {
  'boligtrapp.figures.read': ['read_reference', 'read_inventory', 'read_capacity'],
  'boligtrapp.places.write': ['read_inventory', 'maintain_facilities', 'maintain_places', 'close_places'],
  'boligtrapp.places.import': ['import_files', 'import_places'],
  'boligtrapp.needs.import': ['import_files', 'import_needs'],
  'boligtrapp.stays.import': ['import_files', 'import_stays'],
  'boligtrapp.statistics.import': ['import_files', 'import_statistics'],
} as const satisfies Record<string, readonly Capability[]>

/** A program that may ask, and what it is here. */
export interface Machine extends Grant {
  /** The subject of its tokens. */
  subject: string
  name: string
}

/** What the configuration says of tokens. Everything is pinned; of a token's own header only the key's id is used. */
export interface TokenSettings {
  issuer: string
  /** Where the issuer's public keys are. */
  keys: string
  audience: string
  algorithm: string
  machines: readonly Machine[]
}

/** A token that does not hold; `reason` is a code, never what was in it. */
export class TokenRefused extends Error {
  readonly reason: string

  constructor(reason: string) {
    super(`the token was refused: ${reason}`)
    this.name = 'TokenRefused'
    this.reason = reason
  }
}

export interface MachineTokens {
  /**
   * Which program a token is of, limited to what its scopes say.
   * @throws {TokenRefused} it does not hold, or nobody here knows its subject; {ProviderUnreachable} the keys cannot be fetched
   */
  actorOf(db: Kysely<DB>, token: string): Promise<Actor>
}

/** Clocks of two machines may differ by so many seconds. */
const CLOCKS_DIFFER = 5
/** An access token is short-lived; one that claims to last longer was not made for this. */
const LONGEST_LIFE = '1 day'
const ANSWER_WITHIN_MS = 4_000

export function machineTokens({ issuer, keys, audience, algorithm, machines }: TokenSettings): MachineTokens {
  const known = new Map(machines.map((machine) => [machine.subject, machine]))
  const publicKeys = createRemoteJWKSet(new URL(keys), { timeoutDuration: ANSWER_WITHIN_MS })

  async function claimsOf(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, publicKeys, {
        issuer,
        audience,
        algorithms: [algorithm],
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: LONGEST_LIFE,
        clockTolerance: CLOCKS_DIFFER,
      })
      return payload
    } catch (error) {
      // of the library's own errors only these two are about the line to the issuer
      const refused =
        error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== NO_KEYS
      if (refused) throw new TokenRefused(error.code.toLowerCase())
      throw new ProviderUnreachable(error)
    }
  }

  return {
    async actorOf(db, token) {
      const claims = await claimsOf(token)
      const machine = known.get(claims.sub ?? '')
      if (machine === undefined) throw new TokenRefused('unknown_subject')
      const accountId = await externalAccount(db, { issuer, ...machine }, machine)
      if (accountId === null) throw new TokenRefused('disabled')
      const { name, role, districts, facilities } = machine
      return { accountId, name, role, districts, facilities, limitedTo: grantedBy(claims.scope ?? claims.scp) }
    },
  }
}

const NO_KEYS = 'ERR_JOSE_GENERIC'

/** What the scopes of a token let it do; a scope that is not known here gives nothing. */
function grantedBy(scopes: unknown): Capability[] {
  const named = Array.isArray(scopes) ? scopes : typeof scopes === 'string' ? scopes.split(' ') : []
  const table: Record<string, readonly Capability[]> = MACHINE_SCOPES
  return [
    ...new Set(named.flatMap((scope) => (Object.hasOwn(table, String(scope)) ? (table[String(scope)] ?? []) : []))),
  ]
}
