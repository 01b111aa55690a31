import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityProvider } from './access/identityProvider.ts'
import { keysIn, openKeyring } from './access/keyring.ts'
import { machineTokens } from './access/machineTokens.ts'
import { buildApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { openChangeFeed } from './db/changes.ts'
import { type EmbeddedServer, startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase, openPool } from './db/pool.ts'
import { loadReference } from './db/reference.ts'
import { prepareDemoCity } from './demo/prepare.ts'
import type { Day } from './domain/day.ts'
import { crashSilently } from './http/crash.ts'
import { openMetrics } from './http/metrics.ts'
import { auditWork } from './jobs/auditSeals.ts'
import { expansionTasks } from './jobs/expansion.ts'
import { flagWork } from './jobs/flags.ts'
import { forecastTasks } from './jobs/forecast.ts'
import { keepLivingCity } from './jobs/livingCity.ts'
import { matchingTasks } from './jobs/matchingRun.ts'
import { placementWork } from './jobs/placementSweep.ts'
import { policyTrialTasks } from './jobs/policyTrial.ts'
import { publicTableWork } from './jobs/publicTables.ts'
import { prepareQueue, startQueue } from './jobs/queue.ts'
import { returnScheduleTasks } from './jobs/returnSchedule.ts'
import { shortfallWork } from './jobs/shortfall.ts'

const WEB = join(import.meta.dirname, '../dist/web')
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
const APP_ROLE = 'boligtrapp_app'
const JOB_ROLE = 'boligtrapp_job'

/** What a newcomer reads while it starts; everything after that is the log's. */
function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Configuration → database → application → listening. */
async function start(config: Config): Promise<void> {
  const embedded: EmbeddedServer | undefined =
    config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir, log: say }) : undefined
  const ownerUrl = config.databaseUrl ?? embedded?.ownerUrl ?? ''
  const stopping = { begun: false }
  const ending: (() => Promise<void>)[] = embedded === undefined ? [] : [() => embedded.stop()]
  try {
    await migrate(ownerUrl, { log: say, afterMigrations: loadReference })
    const keys =
      config.identityKey === undefined || config.fingerprintKey === undefined
        ? await keysIn(config.dataDir)
        : { identityKey: config.identityKey, fingerprintKey: config.fingerprintKey }
    const keyring = openKeyring(keys.identityKey, keys.fingerprintKey, config.readableKeys)
    if (config.demoDate !== undefined) await prepareDemoCity(ownerUrl, keyring, config.demoDate as Day, say)

    const appUrl = config.appDatabaseUrl ?? embedded?.appUrl
    const pool = openPool(appUrl ?? ownerUrl, appUrl === undefined ? { role: APP_ROLE } : {})
    ending.unshift(() => pool.end())
    await refuseStrongRole(pool)
    const jobs =
      embedded === undefined ? { url: config.jobDatabaseUrl ?? ownerUrl, ...jobRole(config) } : { url: embedded.jobUrl }
    await prepareQueue(ownerUrl, jobs)
    const metrics = openMetrics()
    const queue = await startQueue(
      jobs,
      (jobPool) => [
        matchingTasks(jobPool, jobs, config.demoDate),
        forecastTasks(jobPool, jobs, config.demoDate),
        returnScheduleTasks(jobPool, jobs, config.demoDate),
        expansionTasks(jobPool, jobs, config.demoDate),
        policyTrialTasks(jobPool, jobs, config.demoDate),
        placementWork(jobPool, config.demoDate),
        flagWork(jobPool, config.demoDate),
        shortfallWork(jobPool, jobs, config.demoDate),
        publicTableWork(jobPool, config.demoDate),
        auditWork(jobPool, config.auditHeadsFile, say),
      ],
      say,
      metrics.taskEnded,
    )
    ending.unshift(() => queue.stop())
    const changes = openChangeFeed(appUrl ?? ownerUrl, appUrl === undefined ? APP_ROLE : undefined)
    ending.unshift(() => changes.close())
    const livingCity = keepLivingCity(jobs, config.demoDate, changes)
    ending.unshift(() => livingCity.close())
    const app = await buildApp({
      changes,
      db: openDatabase(pool),
      keyring,
      demoDate: config.demoDate,
      demoSignIn: offersDemo(config),
      publicUrl: config.publicUrl,
      limits: config.limits,
      trustedProxies: config.trustedProxies,
      ...(config.signIn === undefined
        ? {}
        : { signIn: { provider: identityProvider(config.signIn.provider), groups: config.signIn.groups } }),
      ...(config.tokens === undefined ? {} : { tokens: machineTokens(config.tokens) }),
      logLevel: config.logLevel,
      queue,
      stopping,
      livingCity,
      pool,
      metrics,
      metricsToken: config.metricsToken,
      webDir: existsSync(join(WEB, 'index.html')) ? WEB : undefined,
    })
    pool.on('error', (error) => app.log.error({ err: { name: error.name } }, 'an idle connection was lost'))
    ending.unshift(() => app.close())
    const address = await app.listen({ port: config.port, host: config.host })
    welcome(address, config)
  } catch (error) {
    for (const end of ending) await end()
    throw error
  }
  endOnSignal(stopping, config.drainSeconds, ending)
}

/** The demo's people are let in only where nobody else can be: without an identity provider, and on loopback. */
function offersDemo({ demoDate, host, publicUrl, signIn }: Config): boolean {
  return demoDate !== undefined && signIn === undefined && publicUrl === undefined && LOOPBACK.has(host)
}

/** Without a login of their own the jobs take their role on the owner's connection. */
function jobRole(config: Config): { role?: string } {
  return config.jobDatabaseUrl === undefined ? { role: JOB_ROLE } : {}
}

/** The application must not be able to pass by row security: not as a superuser, not as an owner. */
async function refuseStrongRole(pool: ReturnType<typeof openPool>): Promise<void> {
  const { rows } = await pool.query<{ strong: boolean; name: string }>(`
    select current_user as name, r.rolsuper or r.rolbypassrls
      or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as strong
    from pg_roles r where r.rolname = current_user`)
  if (rows[0]?.strong !== false) {
    throw new Error(
      `The application connects as ${rows[0]?.name ?? 'nobody'}, which row security does not bind. See APP_DATABASE_URL in README.md.`,
    )
  }
}

function welcome(address: string, config: Config): void {
  say(`\nBoligtrapp is ready: ${address}`)
  if (config.demoDate === undefined) return
  say(`The demo city stands at ${config.demoDate}. Every person and place in it is synthetic.`)
  if (config.signIn !== undefined) {
    say(`Sign in by ${config.signIn.provider.issuer}`)
  } else if (offersDemo(config)) {
    say('Sign in as: officer_alna, officer_grunerlokka, manager_alna, manager_grunerlokka, intake_vel, planner_vel,')
    say('            facility_staff, auditor, administrator')
  } else {
    say('Demo sign-in is off: it is offered on loopback only (HOST).')
  }
}

/** How long it may take to finish what was begun: one statement may take 30 seconds. */
const ENDING_MS = 45_000

/**
 * A signal ends what was begun. For a while it is only said that this instance stops, so that whatever stands in front sends no more
 * requests; then requests are ended, jobs, connections and the embedded server, in this order. A second signal ends at once. Ends
 * with 0 when everything was finished in time, and otherwise with 1.
 */
function endOnSignal(stopping: { begun: boolean }, drainSeconds: number, ending: (() => Promise<void>)[]): void {
  const end = async () => {
    if (stopping.begun) process.exit(1)
    stopping.begun = true
    await sleep(drainSeconds * 1_000)
    setTimeout(() => {
      process.stderr.write('What was begun did not end in time\n')
      process.exit(1)
    }, ENDING_MS)
    let code = 0
    for (const step of ending) {
      await step().catch((error: unknown) => {
        process.stderr.write(`Not ended as it should: ${error instanceof Error ? error.name : 'unknown'}\n`)
        code = 1
      })
    }
    process.exit(code)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

crashSilently()
try {
  await start(readConfig(process.env))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
