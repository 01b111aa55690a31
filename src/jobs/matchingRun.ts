import { MessageChannel } from 'node:worker_threads'
import type { TaskList } from 'graphile-worker'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import {
  endRun,
  putBack,
  readSnapshot,
  reportProgress,
  SILENCE_SECONDS,
  saveRun,
  sweepRuns,
  takeRun,
} from '../db/matchingRun.ts'
import { openDatabase } from '../db/pool.ts'
import type { Computed } from './matchingThread.ts'

const HEARTBEAT_MS = 1_000
/** Nobody waits longer for an answer; the whole city takes seconds. */
const LIMIT_MS = 10 * 60_000

const MATCHING_RUN = 'matching_run'

interface Payload {
  runId: string
}

/** What tests replace: how long silence lasts before a run counts as failed, and what computes it. */
export interface MatchingOptions {
  silenceSeconds?: number
  threadFile?: string
}

/** The tasks of matching runs, on the jobs' own connection. */
export function matchingTasks(
  pool: pg.Pool,
  demoDate: string | undefined,
  { silenceSeconds = SILENCE_SECONDS, threadFile }: MatchingOptions = {},
): { tasks: TaskList; close(): Promise<void> } {
  const db = openDatabase(pool)
  const readCity = cityCache()
  const threads = new Piscina<unknown, Computed>({
    filename: threadFile ?? new URL('./matchingThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
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
      const snapshot = await asActor(
        db,
        null,
        demoDate,
        (acting) => readSnapshot(acting, readCity, taken.districts),
        'reading',
      )
      const signal = AbortSignal.any([cancelled.signal, stopped, AbortSignal.timeout(LIMIT_MS)])
      const { result, packed } = await threads.run({ snapshot, port: port2 }, { transferList: [port2], signal })
      const saved = await saveRun(db, runId, snapshot, packed, result)
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
    close: () => threads.destroy(),
  }
}
