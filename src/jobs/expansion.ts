import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { Piscina } from 'piscina'
import { EXPANSION_JOB, EXPANSION_LIMITS } from '../db/expansionPlans.ts'
import { dropOldInputs, SILENCE_SECONDS, takeJob } from '../db/longJobs.ts'
import { openDatabase } from '../db/pool.ts'
import { type AnswerMeans, answerOf } from '../domain/expansion/answer.ts'
import { changesOf } from '../domain/expansion/ask.ts'
import { sampleOf } from '../domain/expansion/sample.ts'
import { shareRuns } from '../domain/forecast/forecast.ts'
import type { MipAnswer } from '../solver/mip.ts'
import type { JobConnection } from './connection.ts'
import type { ExpansionTask, PreparedExpansion } from './expansionThread.ts'
import type { ForecastOptions } from './forecast.ts'
import { putInQueueAgain, seeThrough } from './longJob.ts'
import type { Work } from './queue.ts'

const LIMIT_MS = 40 * 60_000
/** Threads end when nobody has wanted a plan for so long. */
const IDLE_MS = 30_000
/** The share of a job that is over when the history is read and learnt, and when everything is simulated. */
const [LEARNT, MADE] = [0.03, 0.98]

/**
 * The tasks of plans of expansion: one job each, which whichever worker is free takes. Simulations are shared by as many
 * threads as there are cores, and programs are solved in one of them with a limit of time.
 */
export function expansionTasks(
  pool: pg.Pool,
  jobs: JobConnection,
  demoDate: string | undefined,
  { threads: count = availableParallelism(), silenceSeconds = SILENCE_SECONDS }: ForecastOptions = {},
): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<ExpansionTask, unknown>({
    filename: new URL('./expansionThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: count,
    idleTimeout: IDLE_MS,
  })

  function meansOf(prepared: PreparedExpansion, signal: AbortSignal, say: AnswerMeans['say']): AnswerMeans {
    const { planId, learnt, ask, space, today } = prepared
    const from = { planId, learnt, ask, space, today }
    return {
      say,
      solve: async (mip) => (await threads.run({ kind: 'solve', mip }, { signal })) as MipAnswer,
      async simulate(counts, { seed, runs, variant }) {
        const changes = [...changesOf(space, counts), ...(variant?.changes ?? [])]
        const samples = await Promise.all(
          shareRuns({ seed, runs }, count).map((part) => {
            const task = { kind: 'sample', from, changes, staysFactor: variant?.staysFactor ?? 1, runs: part } as const
            return threads.run(task, { signal }) as Promise<Float32Array>
          }),
        )
        return sampleOf(samples, space.districts.length, space.forms.length)
      },
    }
  }

  async function work(planId: string, stopped: AbortSignal): Promise<void> {
    const taken = await takeJob(db, EXPANSION_JOB, planId)
    if (taken === undefined) return
    await seeThrough(db, EXPANSION_JOB, taken, stopped, LIMIT_MS, async (signal, say) => {
      const asked = { kind: 'prepare', jobs, demoDate, planId } as const
      const from = (await threads.run(asked, { signal })) as PreparedExpansion
      const { ask, space, today, assumptions } = from
      const { stays, losses, costs, roundsMax } = EXPANSION_LIMITS
      say(LEARNT, 'simulating')
      const means = meansOf(from, signal, (share) => say(LEARNT + (MADE - LEARNT) * share, 'simulating'))
      const world = { today, assumptions, ends: { stays, losses, costs }, roundsMax }
      const answer = await answerOf(space, ask, world, means)
      say(MADE, 'storing')
      return (await threads.run({ kind: 'store', jobs, taken, from, answer }, { signal })) as boolean
    })
  }

  return {
    tasks: {
      [EXPANSION_JOB.table]: (payload, { abortSignal }) => work((payload as { planId: string }).planId, abortSignal),
      sweep_expansion_plans: async (_payload, { addJob }) => {
        await dropOldInputs(db, EXPANSION_JOB)
        await putInQueueAgain(db, EXPANSION_JOB, silenceSeconds, addJob, (planId) => ({ planId }))
      },
    },
    sweeps: ['sweep_expansion_plans'],
    concurrency: 1,
    close: () => threads.destroy(),
  }
}
