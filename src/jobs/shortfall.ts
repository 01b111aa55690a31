import type pg from 'pg'
import { Piscina } from 'piscina'
import { openDatabase } from '../db/pool.ts'
import { snapshotDue } from '../db/shortfall.ts'
import type { JobConnection } from './connection.ts'
import type { Work } from './queue.ts'
import type { SnapshotTask } from './shortfallThread.ts'

/** The thread is needed once a day, so it ends when it has nothing to do. */
const IDLE_MS = 5_000

/**
 * Every minute it is asked whether a day lacks its snapshot: then a thread takes it, and with it the days on which nothing
 * ran. The first instance to come does it, the others find it done.
 */
export function shortfallWork(pool: pg.Pool, jobs: JobConnection, demoDate: string | undefined): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<SnapshotTask, string[]>({
    filename: new URL('./shortfallThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  })
  return {
    tasks: {
      snapshot_shortfall: async (_payload, { abortSignal }) => {
        if (await snapshotDue(db, demoDate)) {
          await threads.run({ jobs, demoDate }, abortSignal === undefined ? {} : { signal: abortSignal })
        }
      },
    },
    sweeps: ['snapshot_shortfall'],
    concurrency: 1,
    close: () => threads.destroy(),
  }
}
