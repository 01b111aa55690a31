import type pg from 'pg'
import { Piscina } from 'piscina'
import { SILENCE_SECONDS, takeJob } from '../db/longJobs.ts'
import { openDatabase } from '../db/pool.ts'
import { dropOldSchedules, SCHEDULE_JOB } from '../db/returnSchedules.ts'
import type { JobConnection } from './connection.ts'
import { type HowFar, putInQueueAgain, seeThrough, withPort } from './longJob.ts'
import type { Work } from './queue.ts'
import type { ScheduleTask } from './returnScheduleThread.ts'

const LIMIT_MS = 10 * 60_000
/** The thread ends when nobody has wanted a schedule for so long. */
const IDLE_MS = 30_000

/** The tasks of schedules of who could move home when: one job each, which whichever worker is free takes, on a thread of its own. */
export function returnScheduleTasks(pool: pg.Pool, jobs: JobConnection, demoDate: string | undefined): Work {
  const db = openDatabase(pool)
  const threads = new Piscina<ScheduleTask, boolean>({
    filename: new URL('./returnScheduleThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  })

  async function work(scheduleId: string, stopped: AbortSignal): Promise<void> {
    const taken = await takeJob(db, SCHEDULE_JOB, scheduleId)
    if (taken === undefined) return
    await seeThrough(db, SCHEDULE_JOB, taken, stopped, LIMIT_MS, (signal, say) =>
      withPort<HowFar, boolean>(
        (far) => say(...far),
        (port) => threads.run({ jobs, demoDate, taken, port }, { transferList: [port], signal }),
      ),
    )
  }

  return {
    tasks: {
      [SCHEDULE_JOB.table]: (payload, { abortSignal }) =>
        work((payload as { scheduleId: string }).scheduleId, abortSignal),
      sweep_return_schedules: async (_payload, { addJob }) => {
        await dropOldSchedules(db)
        await putInQueueAgain(db, SCHEDULE_JOB, SILENCE_SECONDS, addJob, (scheduleId) => ({ scheduleId }))
      },
    },
    sweeps: ['sweep_return_schedules'],
    concurrency: 1,
    close: () => threads.destroy(),
  }
}
