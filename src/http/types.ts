import '@fastify/cookie'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Capability, Open, Role, Scope } from '../access/capabilities.ts'
import type { Keyring } from '../access/keyring.ts'
import type { MachineTokens } from '../access/machineTokens.ts'
import type { SecurityEventKind } from '../access/securityEvents.ts'
import type { Shown } from '../access/showings.ts'
import type { OrganisationSignIn } from '../access/signIn.ts'
import type { Actor } from '../db/actor.ts'
import type { ChangeFeed } from '../db/changes.ts'
import type { QueueStanding } from '../db/queueStanding.ts'
import type { DB } from '../db/types.generated.ts'
import type { CityPreview } from '../domain/matching/livingCity.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'

/** What the application is built from; every feature gets it as it is. */
export interface Deps {
  db: Kysely<DB>
  keyring: Keyring
  /** The day the demo's clock stands at; absent: the database's own clock. */
  demoDate: string | undefined
  /** Demo sign-in is offered: no identity provider, and the server listens on loopback only. */
  demoSignIn: boolean
  /** The organisation's sign-in; absent: there is none. */
  signIn?: OrganisationSignIn
  /** What programs sign in with; absent: none is taken. */
  tokens?: MachineTokens
  /** The address at which people use the service, as the configuration gives it; absent: plain http on loopback. */
  publicUrl?: string | undefined
  /** How often somebody may ask; absent: as often as she likes. */
  limits?: Limits
  /** Proxies that are believed when they say whom a request is from: addresses or networks; absent: none. */
  trustedProxies?: string[]
  logLevel: string
  /** Where the log goes; absent: standard output. */
  logStream?: { write(line: string): void }
  /** Work that is done after the answer; absent where nothing is to be done later. */
  queue?: {
    add(task: string, payload: unknown, key: string): Promise<void>
    /** How it stands; absent where nobody can say. */
    standing?(): Promise<QueueStanding[]>
  }
  /** The best set of moves, kept up while the city changes; absent where nobody keeps it. */
  livingCity?: { previewOf(pseudonym: string): Promise<CityPreview | undefined> }
  /** The connections that serve requests, to be counted; absent: they are not. */
  pool?: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>
  /** Whether this instance was told to stop; absent: it never is. */
  stopping?: { readonly begun: boolean }
  /** What is counted; absent: it is counted for this application alone. */
  metrics?: Metrics
  /** What whoever reads the metrics has to show; absent: they are for this machine alone. */
  metricsToken?: string | undefined
  /** What was committed by whichever instance; absent where no page follows changes. */
  changes?: Pick<ChangeFeed, 'subscribe'>
  /** How often an open stream of events says that it is there and looks who is listening, in milliseconds; absent: 15 seconds. */
  heartbeatMs?: number
  /** The folder of the built web application; absent: the API alone. */
  webDir: string | undefined
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** An operation that is asked for by machines, and is never refused for being asked for too often. */
    unlimited?: boolean
    /** What the route takes; `public` needs no sign-in. A route of the API without it fails at start. */
    capability?: Capability | Open
    /** Whom it shows, as its pattern says: set when it is registered. */
    shows?: Shown | null
    /** What the security log calls a file of it; absent: `export`. */
    fileEvent?: SecurityEventKind
  }
  interface FastifySchema {
    /** Written by the hook that requires it, for the document. */
    'x-capability'?: Capability | Open
    'x-scopes'?: Partial<Record<Role, Scope>>
  }
  interface FastifyRequest {
    actor: Actor | null
    /** Who she is by now, for what stays open after the answer has begun; null: nobody is signed in. */
    askAgain: (() => Promise<Actor | null>) | null
    /** Whom this answer shows is in the log. */
    shown: boolean
    /** What was refused is in the security log already. */
    told: boolean
  }
}
