import { availableParallelism } from 'node:os'
import { MessageChannel } from 'node:worker_threads'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { endRun, putBack, reportProgress, SILENCE_SECONDS, sweepRuns, takeRun } from '../db/matchingRun.ts'
import { openDatabase } from '../db/pool.ts'
import type { JobConnection } from './connection.ts'
import type { ThreadTask } from './matchingThread.ts'
import type { Work } from './queue.ts'

const HEARTBEAT_MS = 1_000
/** Nobody waits longer for an answer; the whole city takes seconds. */
const LIMIT_MS = 10 * 60_000

/** One core is left to those who ask for something; what does not fit waits in the queue. */
const SOLVERS = Math.max(1, availableParallelism() - 1)

const MATCHING_RUN = 'matching_run'

interface Payload {
  runId: string
}

/** What tests replace: how long silence lasts before a run counts as failed, what performs it, and how many at a time. */
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
    const taken = await takeRun(db, runId)
    if (taken === undefined) return
    const cancelled = new AbortController()
    const { port1, port2 } = new MessageChannel()
    let at: [number, string] = [0.02, 'reading']
    const heart = setInterval(() => {
      reportProgress(db, runId, at[0], at[1]).then(
        (goOn) => goOn || cancelled.abort(),
        () => {},
      )
    }, HEARTBEAT_MS)
    port1.on('message', (message: [number, string]) => {
      at = message
    })
    try {
      const signal = AbortSignal.any([cancelled.signal, stopped, AbortSignal.timeout(LIMIT_MS)])
      const task = { runId, districts: taken.districts, demoDate, jobs, port: port2 }
      const saved = await threads.run(task, { transferList: [port2], signal })
      // cancelled after the last time it was asked
      if (!saved) await endRun(db, runId, 'cancelled')
    } catch (error) {
      if (cancelled.signal.aborted) await endRun(db, runId, 'cancelled')
      else if (stopped.aborted) await putBack(db, runId)
      else {
        await endRun(db, runId, 'failed')
        throw error
      }
    } finally {
      clearInterval(heart)
      port1.close()
    }
  }

  return {
    tasks: {
      [MATCHING_RUN]: (payload, { abortSignal }) => work(payload as Payload, abortSignal),
      sweep_matching_runs: async (_payload, helpers) => {
        for (const runId of await sweepRuns(db, silenceSeconds)) {
          // a job of a worker that died is locked for hours: it is left behind and the run gets another one
          await helpers.addJob(
            MATCHING_RUN,
            { runId },
            { jobKey: runId, jobKeyMode: 'preserve_run_at', maxAttempts: 1 },
          )
        }
      },
    },
    sweeps: ['sweep_matching_runs'],
    concurrency: solvers,
    close: () => threads.destroy(),
  }
}
