import type { MessagePort } from 'node:worker_threads'
import { cityCache } from '../db/city.ts'
import { type JobConnection, threadDatabase } from './connection.ts'
import { type AskedRun, performRun } from './performRun.ts'

/** What the thread is given; progress goes back through `port` as `[share, stage]`. */
export interface ThreadTask extends AskedRun {
  jobs: JobConnection
  port: MessagePort
}

const readCity = cityCache()

/**
 * Performs a run away from the event loop that answers requests, reading and storing included: rows of the whole city are
 * parsed and written out here, and nothing but progress crosses over. The connection and the compiled city are kept for the
 * next run. Answers whether the result was stored.
 */
export default async function matchingThread({ jobs, port, ...asked }: ThreadTask): Promise<boolean> {
  const { saved } = await performRun(threadDatabase(jobs), readCity, asked, (share, stage) =>
    port.postMessage([share, stage]),
  )
  return saved
}
