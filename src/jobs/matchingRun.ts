import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { SILENCE_SECONDS, takeJob } from '../db/longJobs.ts'
import { districtsOfRun, dropOldSnapshots, MATCHING_JOB } from '../db/matchingRun.ts'
import { openDatabase } from '../db/pool.ts'
import type { JobConnection } from './connection.ts'
import { type HowFar, putInQueueAgain, seeThrough, withPort } from './longJob.ts'
import type { ThreadTask } from './matchingThread.ts'
import type { Work } from './queue.ts'

/** Nobody waits longer for an answer; the whole city takes seconds. */
const LIMIT_MS = 10 * 60_000

/** One core is left to those who ask for something; what does not fit waits in the queue. */
const SOLVERS = Math.max(1, availableParallelism() - 1)

interface Payload {
  runId: string
}

/** What tests replace: how long silence lasts before a run is another's to do, what performs it, and how many at a time. */
export interface MatchingOptions {
  solvers?: number
  silenceSeconds?: number
  threadFile?: string
}

/**
 * The tasks of matching runs: this process says how far a run is and whether it is to stop, on `pool`; a thread performs it,
 * on a connection of its own to `jobs`. The thread waits loaded, since loading it would take a tenth of a run.
 */
export function matchingTasks(
  pool: pg.Pool,
  jobs: JobConnection,
  demoDate: string | undefined,
  { silenceSeconds = SILENCE_SECONDS, threadFile, solvers = SOLVERS }: MatchingOptions = {},
): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<ThreadTask, boolean>({
    filename: threadFile ?? new URL('./matchingThread.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: solvers,
  })

  async function work({ runId }: Payload, stopped: AbortSignal): Promise<void> {
    const taken = await takeJob(db, MATCHING_JOB, runId)
    if (taken === undefined) return
    await seeThrough(db, MATCHING_JOB, taken, stopped, LIMIT_MS, async (signal, say) => {
      const asked = { taken, districts: await districtsOfRun(db, runId), demoDate, jobs }
      return withPort<HowFar, boolean>(
        (far) => say(...far),
        (port) => threads.run({ ...asked, port }, { transferList: [port], signal }),
      )
    })
  }

  return {
    tasks: {
      [MATCHING_JOB.table]: (payload, { abortSignal }) => work(payload as Payload, abortSignal),
      sweep_matching_runs: async (_payload, { addJob }) => {
        await dropOldSnapshots(db)
        await putInQueueAgain(db, MATCHING_JOB, silenceSeconds, addJob, (runId) => ({ runId }))
      },
    },
    sweeps: ['sweep_matching_runs'],
    concurrency: solvers,
    close: () => threads.destroy(),
  }
}
