import { type Kysely, sql } from 'kysely'
import { type Actor, asActor } from '../db/actor.ts'
import type { DB } from '../db/types.generated.ts'
import { externalAccount } from './externalAccount.ts'
import { type GroupGrant, grantOf } from './grants.ts'
import {
  type IdentityProvider,
  type ProvidedPerson,
  ProviderRefused,
  ProviderUnreachable,
  type SignInSecrets,
} from './identityProvider.ts'
import type { Keyring } from './keyring.ts'
import { logSecurityEvent } from './securityEvents.ts'
import { ASK_AFTER, endSession, hashOf, liveSession, newToken, startSession } from './session.ts'

/** Whoever was sent to the provider comes back within this, in seconds. */
export const ATTEMPT_SECONDS = 600
/** A provider that did not answer is asked again after so long, in seconds. */
const RETRY_SECONDS = 15

/** The organisation's sign-in, and what its groups are here. */
export interface OrganisationSignIn {
  provider: IdentityProvider
  groups: readonly GroupGrant[]
}

/** What signing in is done with. */
export interface SignInDeps {
  db: Kysely<DB>
  keyring: Keyring
  signIn?: OrganisationSignIn
}

interface Attempt extends SignInSecrets {
  /** The address that was asked for before signing in. */
  returnTo: string | null
  /** The session that the browser had when it set out, which ends when another begins: its hash in base64. */
  earlier: string | null
}

/** What is kept of a provider with a session, sealed. */
interface Agreement {
  subject: string
  refreshToken: string
  idToken: string | undefined
}

/** Begins a sign-in: where to send the browser, and the token by which it is known when it comes back. */
export async function beginSignIn(
  { db, keyring }: SignInDeps,
  { provider }: OrganisationSignIn,
  { returnTo, earlier }: { returnTo: string | null; earlier: string | undefined },
): Promise<{ address: string; token: string }> {
  const { address, secrets } = await provider.begin()
  const { token, hash } = newToken()
  const attempt: Attempt = {
    ...secrets,
    returnTo,
    earlier: earlier === undefined ? null : hashOf(earlier).toString('base64'),
  }
  await db.deleteFrom('signInAttempt').where('expiresAt', '<', sql<string>`now()`).execute()
  await db
    .insertInto('signInAttempt')
    .values({
      tokenHash: hash,
      secrets: keyring.seal(JSON.stringify(attempt), hash.toString('base64')),
      expiresAt: sql<string>`now() + make_interval(secs => ${ATTEMPT_SECONDS})`,
    })
    .execute()
  return { address, token }
}

/** What came of a sign-in; the page that was asked for is told whatever it was, and null where it is not known. */
type FinishedSignIn = { returnTo: string | null } & (
  | { session: string }
  | { session: null; because: ProviderRefused | ProviderUnreachable }
)

/** Ends a sign-in that came back with `callback`. The attempt is used up whatever comes of it. */
export async function finishSignIn(
  deps: SignInDeps,
  signIn: OrganisationSignIn,
  { token, callback }: { token: string | undefined; callback: string },
): Promise<FinishedSignIn> {
  const attempt = token === undefined ? null : await takeAttempt(deps, token)
  if (attempt === null) return { returnTo: null, session: null, because: new ProviderRefused('no_attempt') }
  const { returnTo } = attempt
  try {
    return { returnTo, session: await signedInBy(deps, signIn, attempt, callback) }
  } catch (error) {
    if (error instanceof ProviderRefused || error instanceof ProviderUnreachable) {
      return { returnTo, session: null, because: error }
    }
    throw error
  }
}

/** A new session with a new token; the earlier one is over. @throws {ProviderRefused} with the reason */
async function signedInBy(
  deps: SignInDeps,
  { provider, groups }: OrganisationSignIn,
  attempt: Attempt,
  callback: string,
): Promise<string> {
  const { db } = deps
  const person = await provider.finish(callback, attempt)
  const accountId = await accountOf(db, provider, groups, person)
  if (attempt.earlier !== null) await endSession(db, Buffer.from(attempt.earlier, 'base64'))
  const session = await startSession(db, accountId)
  await agreed(deps, hashOf(session), person)
  return session
}

/** The attempt of a token, which is gone with it. */
async function takeAttempt({ db, keyring }: SignInDeps, token: string): Promise<Attempt | null> {
  const hash = hashOf(token)
  const row = await db
    .deleteFrom('signInAttempt')
    .where('tokenHash', '=', hash)
    .returning(['secrets', sql<boolean>`expires_at < now()`.as('expired')])
    .executeTakeFirst()
  if (row === undefined || row.expired) return null
  return JSON.parse(keyring.open(row.secrets, hash.toString('base64'))) as Attempt
}

/**
 * The account of a person of the provider, made or brought up to what her groups say.
 * @throws {ProviderRefused} when no group of hers is known here, or the account is disabled
 */
async function accountOf(
  db: Kysely<DB>,
  { issuer }: IdentityProvider,
  groups: readonly GroupGrant[],
  person: ProvidedPerson,
): Promise<string> {
  const grant = grantOf(person.groups, groups)
  if (grant === null) throw new ProviderRefused('no_group')
  const id = await externalAccount(db, { issuer, ...person }, grant)
  if (id === null) throw new ProviderRefused('disabled')
  return id
}

/** Keeps what the provider is asked with the next time. */
async function agreed({ db, keyring }: SignInDeps, hash: Buffer, person: ProvidedPerson): Promise<void> {
  const { subject, refreshToken, idToken } = person
  const agreement: Agreement = { subject, refreshToken, idToken }
  await db
    .updateTable('session')
    .set({
      agreement: keyring.seal(JSON.stringify(agreement), hash.toString('base64')),
      confirmedAt: sql<string>`now()`,
    })
    .where('tokenHash', '=', hash)
    .execute()
}

/**
 * Where a browser whose session has just ended goes to end the one at the provider; null where there is none, or it does not
 * answer: being signed out here does not wait for it.
 */
export async function signOutAddress(
  { keyring, signIn }: SignInDeps,
  hash: Buffer,
  agreement: Buffer | null,
): Promise<string | null> {
  if (signIn === undefined || agreement === null) return null
  return signIn.provider.signOutAddress(openAgreement(keyring, hash, agreement).idToken).catch(() => null)
}

function openAgreement(keyring: Keyring, hash: Buffer, sealed: Buffer): Agreement {
  return JSON.parse(keyring.open(sealed, hash.toString('base64'))) as Agreement
}

/**
 * Who a session's token belongs to, or null. Whoever signs in by the organisation is asked for again at the provider every
 * three quarters of a minute, so that one who is disabled or given other groups there is refused or is another here within a minute.
 * @param using whether this counts as using the session
 * @throws {ProviderUnreachable} when the provider has not answered for a quarter of an hour
 */
export async function actorOf(deps: SignInDeps, token: string, using = true): Promise<Actor | null> {
  const session = await liveSession(deps.db, token, using)
  if (session === null) return null
  if (session.issuer === null) return session.actor
  // an account of a provider that is not this service's any more is nobody's
  if (deps.signIn?.provider.issuer !== session.issuer) return null
  if (!session.due) return session.actor
  const asked = await ask(deps, deps.signIn, session.hash)
  if (asked === 'no') {
    const refused = { kind: 'session_refused', detail: 'by_provider' } as const
    await asActor(deps.db, session.actor, undefined, ({ trx }) => logSecurityEvent(trx, refused))
    return null
  }
  if (asked === 'no_answer' && session.unconfirmed) throw new ProviderUnreachable('for too long')
  if (asked !== 'yes') return session.actor
  return (await liveSession(deps.db, token, false))?.actor ?? null
}

/** Asks the provider for one session; only one request of all instances does at a time, the others go on meanwhile. */
async function ask(
  deps: SignInDeps,
  { provider, groups }: OrganisationSignIn,
  hash: Buffer,
): Promise<'yes' | 'no' | 'no_answer' | 'being_asked'> {
  const { db, keyring } = deps
  const mine = await db
    .updateTable('session')
    .set({ askedAt: sql<string>`now()` })
    .where('tokenHash', '=', hash)
    .where('askedAt', '<', sql<string>`now() - make_interval(secs => ${ASK_AFTER})`)
    .returning('agreement')
    .executeTakeFirst()
  if (mine === undefined) return 'being_asked'
  try {
    const person = mine.agreement === null ? null : await provider.confirm(openAgreement(keyring, hash, mine.agreement))
    if (person === null) throw new ProviderRefused('no_longer')
    await accountOf(db, provider, groups, person)
    await agreed(deps, hash, person)
    return 'yes'
  } catch (error) {
    if (error instanceof ProviderRefused) {
      await endSession(db, hash)
      return 'no'
    }
    if (!(error instanceof ProviderUnreachable)) throw error
    await db
      .updateTable('session')
      .set({ askedAt: sql<string>`now() - make_interval(secs => ${ASK_AFTER - RETRY_SECONDS})` })
      .where('tokenHash', '=', hash)
      .execute()
    return 'no_answer'
  }
}
