import { z } from 'zod'
import { isDay } from './domain/day.ts'

const key = z
  .string()
  .regex(/^[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=$/, 'must be a key id, a colon and 32 bytes in base64, like k1:AAAA…=')

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

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
}

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
  }
}
