import { MessageChannel } from 'node:worker_threads'
import type { TaskList } from 'graphile-worker'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import { endRun, readSnapshot, reportProgress, saveRun, sweepRuns, takeRun } from '../db/matchingRun.ts'
import { openDatabase } from '../db/pool.ts'
import type { RunResult } from '../domain/matching/run.ts'

const HEARTBEAT_MS = 1_000
/** Nobody waits longer for an answer; the whole city takes seconds. */
const LIMIT_MS = 10 * 60_000

const MATCHING_RUN = 'matching_run'

interface Payload {
  runId: string
}

/** The tasks of matching runs, on the jobs' own connection. */
export function matchingTasks(
  pool: pg.Pool,
  demoDate: string | undefined,
): { tasks: TaskList; close(): Promise<void> } {
  const db = openDatabase(pool)
  const readCity = cityCache()
  const threads = new Piscina<unknown, RunResult>({
    filename: new URL('./matchingThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
  })

  async function work({ runId }: Payload): Promise<void> {
    const taken = await takeRun(db, runId)
    if (taken === undefined) return
    const stop = new AbortController()
    const { port1, port2 } = new MessageChannel()
    let at: [number, string] = [0.02, 'reading']
    port1.on('message', (message: [number, string]) => {
      at = message
    })
    const heart = setInterval(() => {
      reportProgress(db, runId, at[0], at[1]).then(
        (goOn) => goOn || stop.abort(),
        () => {},
      )
    }, HEARTBEAT_MS)
    try {
      const snapshot = await asActor(db, null, demoDate, (acting) => readSnapshot(acting, readCity, taken.districts))
      const result = await threads.run(
        { snapshot, port: port2 },
        { transferList: [port2], signal: AbortSignal.any([stop.signal, AbortSignal.timeout(LIMIT_MS)]) },
      )
      await saveRun(db, runId, snapshot, result)
      if (stop.signal.aborted) await endRun(db, runId, 'cancelled', 'Kjøringen ble avbrutt.')
    } catch (error) {
      const cancelled = stop.signal.aborted
      await endRun(
        db,
        runId,
        cancelled ? 'cancelled' : 'failed',
        cancelled ? 'Kjøringen ble avbrutt.' : 'Kjøringen feilet. Den er registrert, prøv igjen.',
      )
      if (!cancelled) throw error
    } finally {
      clearInterval(heart)
      port1.close()
    }
  }

  return {
    tasks: {
      [MATCHING_RUN]: (payload) => work(payload as Payload),
      sweep_matching_runs: async (_payload, helpers) => {
        for (const runId of await sweepRuns(db)) {
          await helpers.addJob(MATCHING_RUN, { runId }, { jobKey: runId, jobKeyMode: 'unsafe_dedupe', maxAttempts: 1 })
        }
      },
    },
    close: () => threads.destroy(),
  }
}
