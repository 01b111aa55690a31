import t from 'tap'
import { randomFrom } from '../../src/demo/random.ts'
import { testApp } from '../support/app.ts'
import { contest } from '../support/contest.ts'
import { startInstance } from '../support/instances.ts'

// the bounded part of `npm run soak`, which does the same for tens of thousands
t.test('hundreds say yes to the same places through two processes: nobody is placed twice', async (t) => {
  const app = await testApp(t)
  const instances = [
    await startInstance(app.urls.appUrl, app.keys),
    await startInstance(app.urls.appUrl, app.keys),
  ] as const
  t.teardown(() => Promise.all(instances.map((instance) => instance.stop())).then(() => {}))
  const tally = await contest(
    app,
    instances,
    { rounds: 2, places: 12, needs: 60, bids: 4, reserved: 40, atOnce: 40 },
    randomFrom(20_260_901, 'contest'),
  )
  t.strictSame(tally.wrong, [])
  t.ok(tally.asked >= 480, `${tally.asked} asked`)
  // the round without reservations fills every place, the other may leave one whose bidders withdrew
  t.ok(tally.won >= 12, `${tally.won} won`)
  t.ok((tally.refused.place_held ?? 0) > 100, 'places were contested')
  t.ok((tally.refused.home_accepted ?? 0) > 10, 'and so were needs')
})
