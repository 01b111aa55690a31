import type pg from 'pg'
import { Piscina } from 'piscina'
import { dropOldInputs, SILENCE_SECONDS, takeJob } from '../db/longJobs.ts'
import { TRIAL_JOB } from '../db/policyTrials.ts'
import { openDatabase } from '../db/pool.ts'
import type { JobConnection } from './connection.ts'
import { type HowFar, putInQueueAgain, seeThrough, withPort } from './longJob.ts'
import type { TrialTask } from './policyTrialThread.ts'
import type { Work } from './queue.ts'

/** Two runs over the city, which take seconds. */
const LIMIT_MS = 10 * 60_000
/** The thread ends when nobody has wanted a trial for so long. */
const IDLE_MS = 30_000

/** The tasks of trials of a draft: one at a time, in a thread of its own, so that runs do not wait for them. */
export function policyTrialTasks(
  pool: pg.Pool,
  jobs: JobConnection,
  demoDate: string | undefined,
  { silenceSeconds = SILENCE_SECONDS }: { silenceSeconds?: number } = {},
): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<TrialTask, boolean>({
    filename: new URL('./policyTrialThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  })

  async function work(trialId: string, stopped: AbortSignal): Promise<void> {
    const taken = await takeJob(db, TRIAL_JOB, trialId)
    if (taken === undefined) return
    await seeThrough(db, TRIAL_JOB, taken, stopped, LIMIT_MS, (signal, say) =>
      withPort<HowFar, boolean>(
        (far) => say(...far),
        (port) => threads.run({ taken, demoDate, jobs, port }, { transferList: [port], signal }),
      ),
    )
  }

  return {
    tasks: {
      [TRIAL_JOB.table]: (payload, { abortSignal }) => work((payload as { trialId: string }).trialId, abortSignal),
      sweep_policy_trials: async (_payload, { addJob }) => {
        await dropOldInputs(db, TRIAL_JOB)
        await putInQueueAgain(db, TRIAL_JOB, silenceSeconds, addJob, (trialId) => ({ trialId }))
      },
    },
    sweeps: ['sweep_policy_trials'],
    concurrency: 1,
    close: () => threads.destroy(),
  }
}
