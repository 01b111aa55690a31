import { randomFrom } from '../../src/demo/random.ts'
import { testApp } from '../support/app.ts'
import { contest } from '../support/contest.ts'
import { startInstance } from '../support/instances.ts'

/**
 * `npm run soak [-- ROUNDS]`: tens of thousands of contested acceptances on a real PostgreSQL through two server processes,
 * some of them twice under one key, half of the rounds among reservations that are declined and withdrawn meanwhile. Says
 * what it counted; anything that must not be is written out and ends it with 1. A round is about 520 requests.
 */
const rounds = Number(process.argv[2] ?? 50)
const ending: (() => Promise<void>)[] = []
const app = await testApp({ teardown: (end) => ending.push(end) })
const instances = [await startInstance(app.urls.appUrl, app.keys), await startInstance(app.urls.appUrl, app.keys)]
try {
  const tally = await contest(
    app,
    instances,
    { rounds, places: 20, needs: 100, bids: 5, reserved: 40, atOnce: 64 },
    randomFrom(20_260_901, 'soak'),
  )
  process.stdout.write(`${JSON.stringify({ ...tally, seconds: Math.round(tally.seconds) }, null, 2)}\n`)
  if (tally.wrong.length > 0) process.exitCode = 1
} finally {
  await Promise.all(instances.map((instance) => instance.stop()))
  for (const end of ending) await end()
}
