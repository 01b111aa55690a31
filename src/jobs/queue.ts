import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Logger,
  makeWorkerUtils,
  type Runner,
  type RunnerOptions,
  run,
  runMigrations,
  type TaskList,
  type WorkerUtils,
} from 'graphile-worker'
import pg from 'pg'
import { type QueueStanding, readQueueStanding } from '../db/queueStanding.ts'
import { type JobConnection, openJobPool } from './connection.ts'

/** What the queue has to say of itself; errors only, and never a payload. */
export type Say = (line: string) => void

/** Work that is done after the answer, by whichever instance is free. */
export interface Queue {
  add(task: string, payload: unknown, key: string): Promise<void>
  standing(): Promise<QueueStanding[]>
  stop(): Promise<void>
}

/**
 * One part of what is worked on: its tasks, which of them look every minute, and at the start, for what is left to do, how
 * much is done at a time, and what ends with it.
 */
export interface Work {
  tasks: TaskList
  sweeps: readonly string[]
  concurrency: number
  close(): Promise<void>
}

/**
 * Makes or upgrades the queue's own schema as the role that works on it, so that this role needs no right to anybody
 * else's tables. It may create a schema only for that moment.
 */
export async function prepareQueue(ownerUrl: string, jobs: JobConnection): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'boligtrapp queue' })
  await owner.connect()
  const pool = openJobPool(jobs, 1)
  try {
    await owner.query(`select pg_advisory_lock(hashtextextended('boligtrapp.queue', 0))`)
    const { rows } = await owner.query<{ name: string }>('select quote_ident(current_database()) as name')
    await owner.query(`grant create on database ${rows[0]?.name} to boligtrapp_job`)
    try {
      await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
    } finally {
      await owner.query(`revoke create on database ${rows[0]?.name} from boligtrapp_job`)
    }
  } finally {
    await pool.end()
    await owner.end()
  }
}

/** How long after its end the worker is started again. */
const AGAIN_MS = 1_000

/**
 * Works until it is stopped. The worker gives up where it cannot tell how a job ended, as when the database is gone: it is
 * started again until the database is back.
 */
async function keepWorking(options: RunnerOptions): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  const { signal } = stopping
  const stopped = once(signal, 'abort')
  async function startedAgain(): Promise<Runner | undefined> {
    while (!signal.aborted) {
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => {})
      // the database may not be back yet, which the pool has said
      const runner = signal.aborted ? undefined : await run(options).catch(() => undefined)
      if (runner !== undefined) return runner
    }
    return undefined
  }
  async function work(first: Runner): Promise<void> {
    for (let runner: Runner | undefined = first; runner !== undefined; runner = await startedAgain()) {
      const ended = runner.promise.then(
        () => true,
        () => true,
      )
      await Promise.race([ended, stopped])
      if (signal.aborted) await runner.stop().catch(() => {})
    }
  }
  const working = work(await run(options))
  return {
    async stop() {
      stopping.abort()
      await working
    },
  }
}

/** Is told how each task ended that was worked on here. */
export type TaskEnded = (ended: { task: string; seconds: number; ok: boolean }) => void

function timed(tasks: TaskList, onEnded: TaskEnded): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, work]) => [
      task,
      async (...asked: Parameters<NonNullable<typeof work>>) => {
        const began = performance.now()
        let ok = false
        try {
          const result = await work?.(...asked)
          ok = true
          return result
        } catch (error) {
          throw quotingNothing(error)
        } finally {
          onEnded({ task, seconds: (performance.now() - began) / 1_000, ok })
        }
      },
    ]),
  )
}

/** What the database says may quote a person's values, and the queue keeps and says why a job failed: its code is said instead. */
function quotingNothing(error: unknown): unknown {
  if (!(error instanceof Error && 'severity' in error && 'code' in error)) return error
  const masked = new Error(`the database said ${String(error.code)}`)
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  masked.stack = [masked.message, ...at].join('\n')
  return masked
}

/**
 * Starts working on the queue, so many jobs at a time; the rest waits.
 * Without `work` it only adds jobs, for an instance that serves requests alone.
 */
export async function startQueue(
  jobs: JobConnection,
  work: ((pool: pg.Pool) => readonly Work[]) | undefined,
  say: Say,
  onEnded: TaskEnded = () => {},
): Promise<Queue> {
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') say(message)
  })
  const pool = openJobPool(jobs, 4)
  const parts = work?.(pool) ?? []
  const sweeps = parts.flatMap((part) => part.sweeps)
  const utils: WorkerUtils = await makeWorkerUtils({ pgPool: pool, logger })
  const worker =
    parts.length === 0
      ? undefined
      : await keepWorking({
          pgPool: pool,
          logger,
          concurrency: parts.reduce((sum, { concurrency }) => sum + concurrency, 0),
          noHandleSignals: true,
          pollInterval: 1000,
          gracefulShutdownAbortTimeout: 500,
          taskList: timed(Object.assign({}, ...parts.map(({ tasks }) => tasks)) as TaskList, onEnded),
          crontab: sweeps.map((sweep) => `* * * * * ${sweep}`).join('\n'),
          // one at a time, the worker's last word on a job is awaited by nobody: a lost connection there would end the process
          preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        })
  // what waits since before the start is found at once, not at the next full minute
  for (const sweep of sweeps) await utils.addJob(sweep, {}, { jobKey: sweep, maxAttempts: 1 })
  return {
    async add(task, payload, key) {
      await utils.addJob(task, payload, { jobKey: key, maxAttempts: 1 })
    },
    standing: () => readQueueStanding(pool),
    async stop() {
      await worker?.stop()
      for (const part of parts) await part.close()
      await utils.release()
      // the queue does not wait for its last word on a job, which stands in line for a connection before this
      await pool.query('select')
      await pool.end()
    },
  }
}
