import { join } from 'node:path'
import type pg from 'pg'
import { keysIn, openKeyring } from '../../access/keyring.ts'
import { SESSION_COOKIE, startSession } from '../../access/session.ts'
import { buildApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import type { Actor } from '../../db/actor.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { openDatabase, openPool } from '../../db/pool.ts'
import { loadReference } from '../../db/reference.ts'
import { prepareDemoCity } from '../../demo/prepare.ts'
import type { Day } from '../../domain/day.ts'
import { forecastTasks } from '../../jobs/forecast.ts'
import { matchingTasks } from '../../jobs/matchingRun.ts'
import { prepareQueue, startQueue } from '../../jobs/queue.ts'

const config = readConfig(process.env)

/** The demo's day, and the folder that measurements use: never that of `npm start`. */
export const demoDate = (config.demoDate ?? '2026-09-01') as Day
export const dataDir = join(config.dataDir, 'bench')

type Database = ReturnType<typeof openDatabase>

/** The program on the whole demo city, with its queue at work, as `npm start` runs it. */
export interface World {
  /** As the application's role. */
  db: Database
  pool: pg.Pool
  /** As the jobs' role. */
  jobDb: Database
  /** One of the demo's people. */
  person(username: string): Promise<Actor>
  /** A request over HTTP, signed in as somebody. @throws {Error} on any answer but a good one */
  request(path: string, as: Actor, init?: RequestInit): Promise<unknown>
  /** What a request is answered with, whatever it is. */
  statusOf(path: string, as: Actor): Promise<number>
  /** Reads past row security, as whoever owns the tables. */
  asOwner<T>(read: (db: Database) => Promise<T>): Promise<T>
  end(): Promise<void>
}

/** Its database in `dataDir`, where the city is made when there is none. */
export async function openCity() {
  const server = await startEmbedded({ dataDir })
  await migrate(server.ownerUrl, { afterMigrations: loadReference })
  const keys = await keysIn(dataDir)
  const keyring = openKeyring(keys.identityKey, keys.fingerprintKey)
  await prepareDemoCity(server.ownerUrl, keyring, demoDate, (text) => console.error(text))
  return { server, keyring }
}

/** Starts it in `dataDir`. */
export async function openWorld(): Promise<World> {
  const { server, keyring } = await openCity()
  const pool = openPool(server.appUrl)
  const db = openDatabase(pool)
  const jobs = { url: server.jobUrl }
  const jobPool = openPool(jobs.url)
  await prepareQueue(server.ownerUrl, jobs)
  const queue = await startQueue(
    jobs,
    (tasksPool) => [matchingTasks(tasksPool, jobs, demoDate), forecastTasks(tasksPool, jobs, demoDate)],
    (text) => console.error(text),
  )
  const app = await buildApp({ db, keyring, demoDate, demoSignIn: true, logLevel: 'silent', queue, webDir: undefined })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const tokens = new Map<string, string>()
  const signedIn = async ({ accountId }: Actor) => {
    const token = tokens.get(accountId) ?? (await startSession(db, accountId))
    tokens.set(accountId, token)
    return { cookie: `${SESSION_COOKIE}=${token}` }
  }
  return {
    db,
    pool,
    jobDb: openDatabase(jobPool),
    async person(username) {
      const { id, name, role, districts, facilities } = await db
        .selectFrom('account')
        .selectAll()
        .where('username', '=', username)
        .executeTakeFirstOrThrow()
      return { accountId: id, name, role: role as Actor['role'], districts, facilities }
    },
    async request(path, actor, init = {}) {
      const headers = { ...(await signedIn(actor)), ...init.headers }
      const answer = await fetch(`${address}/api/v1${path}`, { ...init, headers })
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
      return answer.json()
    },
    async statusOf(path, actor) {
      const answer = await fetch(`${address}/api/v1${path}`, { headers: await signedIn(actor) })
      await answer.arrayBuffer()
      return answer.status
    },
    async asOwner(read) {
      const ownerPool = openPool(server.ownerUrl, { max: 1 })
      try {
        return await read(openDatabase(ownerPool))
      } finally {
        await ownerPool.end()
      }
    },
    async end() {
      await app.close()
      await queue.stop()
      await pool.end()
      await jobPool.end()
      await server.stop()
    },
  }
}

/** Starts a run over the whole city. */
export async function startRun({ request }: World, planner: Actor): Promise<string> {
  return ((await request('/matching-runs', planner, { method: 'POST' })) as { id: string }).id
}

/** Waits until a run is completed, asking every so many milliseconds. @throws {Error} when it ends otherwise */
export async function completed({ request }: World, planner: Actor, id: string, every = 20): Promise<void> {
  for (;;) {
    const { status } = (await request(`/matching-runs/${id}`, planner)) as { status: string }
    if (status === 'completed') return
    if (status === 'failed' || status === 'cancelled') throw new Error(`the run ${status}`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
