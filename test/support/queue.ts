import { setTimeout as sleep } from 'node:timers/promises'
import { expansionTasks } from '../../src/jobs/expansion.ts'
import { forecastTasks } from '../../src/jobs/forecast.ts'
import { matchingTasks } from '../../src/jobs/matchingRun.ts'
import { policyTrialTasks } from '../../src/jobs/policyTrial.ts'
import { prepareQueue, type Queue, type Say, startQueue, type TaskEnded } from '../../src/jobs/queue.ts'
import { returnScheduleTasks } from '../../src/jobs/returnSchedule.ts'
import { type Client, type TestApp, TODAY } from './app.ts'

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

/** How long a job may take on a busy machine. */
const MOST_MS = 120_000

/**
 * What a long job has become, asked for at its address, as a page asks, until it has ended.
 * @throws {Error} it has not ended in two minutes
 */
export async function ended<Job extends { status: string }>(
  client: Pick<Client, 'get'>,
  address: string,
): Promise<Job> {
  const begun = performance.now()
  for (;;) {
    const job = (await client.get(address)).json<Job>()
    if (job.status !== 'queued' && job.status !== 'running') return job
    if (performance.now() - begun > MOST_MS) throw new Error(`${address} did not end: ${JSON.stringify(job)}`)
    await sleep(50)
  }
}
