import { matchingTasks } from '../../src/jobs/matchingRun.ts'
import { startQueue } from '../../src/jobs/queue.ts'

/** A worker in a process of its own, to be killed. Usage: node worker.ts <url of the jobs' role> <day> <thread file> */
const [url = '', today, threadFile = ''] = process.argv.slice(2)
await startQueue(
  { url },
  (pool) => [matchingTasks(pool, { url }, today, { threadFile })],
  () => {},
)
