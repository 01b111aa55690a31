import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { FORECAST_JOB } from '../db/forecasts.ts'
import { dropOldInputs, type LongJob, SILENCE_SECONDS, takeJob } from '../db/longJobs.ts'
import { openDatabase } from '../db/pool.ts'
import { COMPARISON_JOB } from '../db/scenarioComparisons.ts'
import type { Paired } from '../domain/forecast/compare.ts'
import { shareRuns } from '../domain/forecast/forecast.ts'
import type { Sketch } from '../domain/forecast/sketch.ts'
import type { JobConnection } from './connection.ts'
import type { ForecastKind, ForecastTask, PreparedForecast, RefusedForecast } from './forecastThread.ts'
import { CannotBeDone, putInQueueAgain, type SayHowFar, seeThrough, withPort } from './longJob.ts'
import type { Work } from './queue.ts'

const LIMIT_MS = 20 * 60_000
/** Threads end when nobody has wanted a forecast for so long. */
const IDLE_MS = 30_000

const JOBS: Record<ForecastKind, LongJob> = { forecast: FORECAST_JOB, comparison: COMPARISON_JOB }

/** The share of a job that is over when the history is read and learnt, and when all runs are made. */
const [LEARNT, MADE] = [0.1, 0.95]

/** What tests replace: how many threads share the runs, and how long silence lasts before a forecast is another's to do. */
export interface ForecastOptions {
  threads?: number
  silenceSeconds?: number
}

/**
 * The tasks of forecasts and of comparisons: one job each, which whichever worker is free takes; within it the runs are shared by as many threads
 * as there are cores. The threads have a lower claim on the cores than requests only in that these do not wait for them.
 */
export function forecastTasks(
  pool: pg.Pool,
  jobs: JobConnection,
  demoDate: string | undefined,
  { threads: count = availableParallelism(), silenceSeconds = SILENCE_SECONDS }: ForecastOptions = {},
): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<ForecastTask, unknown>({
    filename: new URL('./forecastThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: count,
    idleTimeout: IDLE_MS,
  })

  async function simulated(from: PreparedForecast, signal: AbortSignal, say: SayHowFar): Promise<Paired<Sketch>[]> {
    let made = 0
    return Promise.all(
      shareRuns(from, count).map((runs) =>
        withPort(
          (some: number) => {
            made += some
            say(LEARNT + ((MADE - LEARNT) * made) / from.runs, 'simulating')
          },
          (port) => {
            const task = { kind: 'simulate', from, runs, port } as const
            return threads.run(task, { transferList: [port], signal }) as Promise<Paired<Sketch>>
          },
        ),
      ),
    )
  }

  async function work(kind: ForecastKind, id: string, stopped: AbortSignal): Promise<void> {
    const job = JOBS[kind]
    const taken = await takeJob(db, job, id)
    if (taken === undefined) return
    await seeThrough(db, job, taken, stopped, LIMIT_MS, async (signal, say) => {
      const ask = { kind: 'prepare', what: kind, jobs, demoDate, id } as const
      const from = (await threads.run(ask, { signal })) as PreparedForecast | RefusedForecast
      if ('refused' in from) throw new CannotBeDone(from.refused)
      say(LEARNT, 'simulating')
      const sketches = await simulated(from, signal, say)
      say(MADE, 'storing')
      return (await threads.run({ kind: 'store', what: kind, jobs, taken, from, sketches }, { signal })) as boolean
    })
  }

  return {
    tasks: {
      [FORECAST_JOB.table]: (payload, { abortSignal }) =>
        work('forecast', (payload as { forecastId: string }).forecastId, abortSignal),
      [COMPARISON_JOB.table]: (payload, { abortSignal }) =>
        work('comparison', (payload as { comparisonId: string }).comparisonId, abortSignal),
      sweep_forecasts: async (_payload, { addJob }) => {
        await dropOldInputs(db, FORECAST_JOB)
        await dropOldInputs(db, COMPARISON_JOB)
        await putInQueueAgain(db, FORECAST_JOB, silenceSeconds, addJob, (forecastId) => ({ forecastId }))
        await putInQueueAgain(db, COMPARISON_JOB, silenceSeconds, addJob, (comparisonId) => ({ comparisonId }))
      },
    },
    sweeps: ['sweep_forecasts'],
    concurrency: 1,
    close: () => threads.destroy(),
  }
}
