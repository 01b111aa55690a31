import { join } from 'node:path'
import { z } from 'zod'
import { ROLES } from './access/capabilities.ts'
import type { Grant, GroupGrant } from './access/grants.ts'
import type { ProviderSettings } from './access/identityProvider.ts'
import type { TokenSettings } from './access/machineTokens.ts'
import { isDay } from './domain/day.ts'
import type { Limits } from './http/limits.ts'
import { DISTRICTS } from './reference/districts.ts'

const key = z
  .string()
  .regex(/^[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=$/, 'must be a key id, a colon and 32 bytes in base64, like k1:AAAA…=')

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/

/** An address of https, or of plain http on this machine itself, where nobody is in between. */
const safeUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https:// address' })
  .refine(
    (address) => !URL.canParse(address) || /^https:/i.test(address) || LOOPBACK.test(new URL(address).hostname),
    'must be an https:// address (http:// only on loopback)',
  )

const origin = safeUrl
  .refine((address) => !URL.canParse(address) || new URL(address).pathname === '/', 'must be an address without a path')
  .transform((address) => new URL(address).origin)

/** Addresses and networks, as `10.0.0.0/8, 127.0.0.1`. */
const networks = z
  .string()
  .transform((list) => list.split(',').map((network) => network.trim()))
  .pipe(
    z.array(
      z.union(
        [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
        'must be addresses or networks, like 10.0.0.0/8, 127.0.0.1',
      ),
    ),
  )

/** So many a minute. */
const limit = z.coerce.number('must be a number').int().min(1)

/** JSON in a variable, with what is wrong in it named like the variable's own. */
function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue('must be JSON')
        return z.NEVER
      }
    })
    .pipe(shape)
}

/** What somebody is here; whoever works for a bydel or a house says which. */
const grant = {
  role: z.enum(ROLES),
  districts: z
    .array(
      z.enum(
        DISTRICTS.map(({ code }) => code),
        'must be codes of bydeler, like 030112',
      ),
    )
    .default([]),
  facilities: z.array(z.uuid('must be ids of houses')).default([]),
}

/** Whether a grant says whose records it reaches, where its role asks for that. */
function saysWhose({ role, districts, facilities }: Grant): boolean {
  if (role === 'housing_officer' || role === 'district_manager') return districts.length > 0
  return role !== 'facility_staff' || facilities.length > 0
}
const WHOSE = 'must name districts for an officer or a manager, and facilities for staff'

const groupGrants = json(
  z.array(z.strictObject({ group: z.string().min(1), ...grant }).refine(saysWhose, WHOSE)).min(1, 'must name a group'),
)

const machines = json(
  z
    .array(z.strictObject({ subject: z.string().min(1), name: z.string().min(1), ...grant }).refine(saysWhose, WHOSE))
    .min(1, 'must name a program'),
)

const algorithm = z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']).default('RS256')

const environment = z.object({
  PORT: z.coerce.number('must be a port number').int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: postgresUrl.optional(),
  APP_DATABASE_URL: postgresUrl.optional(),
  JOB_DATABASE_URL: postgresUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DEMO_CITY: flag.optional(),
  DEMO_DATE: z.string().refine(isDay, 'must be a day, YYYY-MM-DD').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  IDENTITY_KEY: key.optional(),
  FINGERPRINT_KEY: key.optional(),
  PUBLIC_URL: origin.optional(),
  TRUSTED_PROXIES: networks.optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{24,}$/, 'must be at least 24 characters without spaces')
    .optional(),
  LIMIT_ADDRESS: limit.default(6000),
  LIMIT_READS: limit.default(600),
  LIMIT_CHANGES: limit.default(240),
  LIMIT_FILES: limit.default(30),
  OIDC_ISSUER: safeUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, 'must contain openid')
    .default('openid profile offline_access'),
  OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  OIDC_GROUPS: groupGrants.optional(),
  OIDC_ALGORITHM: algorithm,
  TOKEN_ISSUER: safeUrl.optional(),
  TOKEN_KEYS: safeUrl.optional(),
  TOKEN_AUDIENCE: z.string().min(1).optional(),
  TOKEN_ALGORITHM: algorithm,
  TOKEN_CLIENTS: machines.optional(),
  IDENTITY_KEYS_READABLE: z
    .string()
    .transform((keys) => keys.split(','))
    .pipe(z.array(key).max(4))
    .optional(),
  AUDIT_HEADS_FILE: z.string().min(1).optional(),
  DRAIN_SECONDS: z.coerce.number('must be a number of seconds').min(0).max(300).optional(),
})

/** The day the demo city is made for when `DEMO_DATE` says nothing else. */
const DEFAULT_DEMO_DATE = '2026-09-01'

export interface Config {
  port: number
  host: string
  /** The owner's connection; absent: an embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  /** The application's own login; absent: `databaseUrl` with the role boligtrapp_app. */
  appDatabaseUrl: string | undefined
  /** The jobs' own login; absent: `databaseUrl` with the role boligtrapp_job. */
  jobDatabaseUrl: string | undefined
  dataDir: string
  /** The day the demo's clock stands at; absent: no demo city and the database's own clock. */
  demoDate: string | undefined
  logLevel: string
  identityKey: string | undefined
  fingerprintKey: string | undefined
  /** The address at which people use the service; absent: plain http on loopback. */
  publicUrl: string | undefined
  /** Proxies that are believed when they say whom a request is from. */
  trustedProxies: string[]
  /** What whoever reads the metrics has to show; absent: they are for this machine alone. */
  metricsToken: string | undefined
  /** How many requests are taken within a minute. */
  limits: Limits
  /** The organisation's identity provider and what its groups are here; absent: nobody signs in but the demo's people. */
  signIn: { provider: ProviderSettings; groups: readonly GroupGrant[] } | undefined
  /** What programs sign in with; absent: none does. */
  tokens: TokenSettings | undefined
  /** Identity keys that open what they sealed, and seal nothing. */
  readableKeys: string[]
  /** Where the heads of the sealed logs are written. */
  auditHeadsFile: string
  /** How long it is only said that the service stops, before it does. */
  drainSeconds: number
}

/** What stands in front of a service needs so long to notice that it stops. */
const BEHIND_SOMETHING_SECONDS = 5

/** What is required beside an issuer, and what needs one beside it. */
const WITH_ISSUER = ['PUBLIC_URL', 'OIDC_CLIENT_ID', 'OIDC_GROUPS']
const ONLY_WITH_ISSUER = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_GROUPS']
/** Tokens of programs are taken with all of these or none. */
const OF_TOKENS = ['TOKEN_ISSUER', 'TOKEN_KEYS', 'TOKEN_AUDIENCE', 'TOKEN_CLIENTS']

/**
 * Reads the whole environment once. Migrating needs no keys.
 * @throws {Error} one readable message that names every wrong variable at once, never a value of a secret.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  purpose: 'serving' | 'migrating' = 'serving',
): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(present)
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
  const embedded = present.DATABASE_URL === undefined
  if (!embedded && purpose === 'serving') {
    for (const name of ['IDENTITY_KEY', 'FINGERPRINT_KEY']) {
      if (present[name] === undefined) wrong.push(`  ${name} is required with DATABASE_URL (made by: npm run -s key)`)
    }
  }
  for (const name of ['APP_DATABASE_URL', 'JOB_DATABASE_URL']) {
    if (present[name] !== undefined && embedded) wrong.push(`  ${name} needs DATABASE_URL beside it`)
  }
  const issuer = present.OIDC_ISSUER !== undefined
  for (const name of WITH_ISSUER) {
    if (issuer && present[name] === undefined) wrong.push(`  ${name} is required with OIDC_ISSUER`)
  }
  for (const name of ONLY_WITH_ISSUER) {
    if (!issuer && present[name] !== undefined) wrong.push(`  ${name} needs OIDC_ISSUER beside it`)
  }
  const someOfTokens = OF_TOKENS.find((name) => present[name] !== undefined)
  for (const name of OF_TOKENS) {
    if (someOfTokens !== undefined && present[name] === undefined)
      wrong.push(`  ${name} is required with ${someOfTokens}`)
  }
  if (present.TOKEN_AUDIENCE !== undefined && present.TOKEN_AUDIENCE === present.OIDC_CLIENT_ID) {
    wrong.push('  TOKEN_AUDIENCE must not be OIDC_CLIENT_ID: what signs a person in is no token of a program')
  }
  if (!parsed.success || wrong.length > 0) {
    throw new Error(`The configuration is not right:\n${wrong.join('\n')}\nREADME.md has a table of all variables.`)
  }
  const values = parsed.data
  const demo = values.DEMO_CITY ?? embedded
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    appDatabaseUrl: values.APP_DATABASE_URL,
    jobDatabaseUrl: values.JOB_DATABASE_URL,
    dataDir: values.DATA_DIR,
    demoDate: demo ? (values.DEMO_DATE ?? DEFAULT_DEMO_DATE) : undefined,
    logLevel: values.LOG_LEVEL,
    identityKey: values.IDENTITY_KEY,
    fingerprintKey: values.FINGERPRINT_KEY,
    publicUrl: values.PUBLIC_URL,
    trustedProxies: values.TRUSTED_PROXIES ?? [],
    metricsToken: values.METRICS_TOKEN,
    limits: {
      address: values.LIMIT_ADDRESS,
      reads: values.LIMIT_READS,
      changes: values.LIMIT_CHANGES,
      files: values.LIMIT_FILES,
    },
    signIn: signInOf(values),
    tokens: tokensOf(values),
    readableKeys: values.IDENTITY_KEYS_READABLE ?? [],
    auditHeadsFile: values.AUDIT_HEADS_FILE ?? join(values.DATA_DIR, 'audit-heads.jsonl'),
    drainSeconds: values.DRAIN_SECONDS ?? (values.PUBLIC_URL === undefined ? 0 : BEHIND_SOMETHING_SECONDS),
  }
}

function signInOf(values: z.infer<typeof environment>): Config['signIn'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_GROUPS: groups, PUBLIC_URL: publicUrl } = values
  if (issuer === undefined || clientId === undefined || groups === undefined || publicUrl === undefined)
    return undefined
  return {
    provider: {
      issuer,
      clientId,
      clientSecret: values.OIDC_CLIENT_SECRET,
      scope: values.OIDC_SCOPE,
      groupsClaim: values.OIDC_GROUPS_CLAIM,
      algorithm: values.OIDC_ALGORITHM,
      publicUrl,
    },
    groups,
  }
}

function tokensOf(values: z.infer<typeof environment>): Config['tokens'] {
  const { TOKEN_ISSUER: issuer, TOKEN_KEYS: keys, TOKEN_AUDIENCE: audience, TOKEN_CLIENTS: machines } = values
  if (issuer === undefined || keys === undefined || audience === undefined || machines === undefined) return undefined
  return { issuer, keys, audience, algorithm: values.TOKEN_ALGORITHM, machines }
}
