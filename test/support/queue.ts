import { expansionTasks } from '../../src/jobs/expansion.ts'
import { forecastTasks } from '../../src/jobs/forecast.ts'
import { matchingTasks } from '../../src/jobs/matchingRun.ts'
import { policyTrialTasks } from '../../src/jobs/policyTrial.ts'
import { prepareQueue, type Queue, type Say, startQueue, type TaskEnded } from '../../src/jobs/queue.ts'
import { returnScheduleTasks } from '../../src/jobs/returnSchedule.ts'
import { type TestApp, TODAY } from './app.ts'

/** The real queue with a worker on it, and the application adding to it; whoever starts it stops it. */
export async function startWorking(
  { urls, deps }: Pick<TestApp, 'urls' | 'deps'>,
  say: Say = () => {},
  onEnded?: TaskEnded,
): Promise<Queue> {
  const jobs = { url: urls.jobUrl }
  await prepareQueue(urls.ownerUrl, jobs)
  const queue = await startQueue(
    jobs,
    (pool) => [
      matchingTasks(pool, jobs, TODAY),
      forecastTasks(pool, jobs, TODAY, { threads: 1 }),
      returnScheduleTasks(pool, jobs, TODAY),
      expansionTasks(pool, jobs, TODAY, { threads: 1 }),
      policyTrialTasks(pool, jobs, TODAY),
    ],
    say,
    onEnded,
  )
  // the routes look for the queue at each request
  deps.queue = queue
  return queue
}
