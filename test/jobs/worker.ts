import { forecastTasks } from '../../src/jobs/forecast.ts'
import { matchingTasks } from '../../src/jobs/matchingRun.ts'
import { startQueue } from '../../src/jobs/queue.ts'

/** A worker in a process of its own. Usage: node worker.ts <url of the jobs' role> <day> <thread file, or «forecasts»> */
const [url = '', today, what = ''] = process.argv.slice(2)
const queue = await startQueue(
  { url },
  (pool) => [
    what === 'forecasts'
      ? forecastTasks(pool, { url }, today, { threads: 1 })
      : matchingTasks(pool, { url }, today, { threadFile: what }),
  ],
  () => {},
)
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await queue.stop()
  process.exit(0)
})
