import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { TOPICS } from '../../../src/features/events/topics.ts'
import { attended, shownBy } from '../../../src/web/api/changes.ts'

t.test('every topic is shown by something, and an unknown one by nothing', async (t) => {
  for (const topic of TOPICS) t.ok(shownBy([topic]).size > 0, topic)
  t.equal(shownBy(['weather']).size, 0)
  t.ok(shownBy(['needs', 'places']).has('matches'))
})

t.test('what pages ask for and can change while somebody looks follows a topic', async (t) => {
  const source = globSync('src/web/api/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const keys = new Set([...source.matchAll(/queryKey: \[\s*'([a-z0-9-]+)'/g)].map(([, key]) => key ?? ''))
  // reference data, the session, runs (which say their progress themselves), what completed forecasts and comparisons found, and files
  const still = [
    'districts',
    'housing-forms',
    'capacity-measures',
    'vocabulary',
    'statistics',
    'public-tables',
    'session',
    'capabilities',
    'matching-runs',
    'matching-run',
    'forecast-numbers',
    'expansion-plans',
    'expansion-plan',
    'expansion-defaults',
    'matching-policy',
    'policy-trials',
    'policy-trial',
    'return-schedules',
    'return-schedule',
    'comparison-numbers',
    'reason-codes',
    'rules',
    'policies',
    'import-kinds',
    'legal-tracks',
    'showings',
  ]
  const followed = shownBy(TOPICS)
  t.strictSame(
    [...keys].filter((key) => !followed.has(key) && !still.includes(key)),
    [],
  )
})

t.test(
  'after a quarter of an hour untouched a page asks for nothing, and for all that it missed when somebody is back',
  async (t) => {
    let minutes = 0
    const asked: string[][] = []
    const page = attended(
      () => minutes * 60_000,
      (keys) => asked.push([...keys]),
    )
    page.tell(['needs'])
    minutes = 14
    page.tell(['offers'])
    t.strictSame(asked, [['needs'], ['offers']], 'at once while somebody is there')
    minutes = 15
    t.equal(page.isAway(), true)
    page.tell(['needs', 'places'])
    minutes = 60
    page.tell(['needs', 'stays'])
    t.equal(asked.length, 2, 'nothing is asked for, so that the session ends')
    page.isHere()
    t.strictSame(asked[2], ['needs', 'places', 'stays'], 'each once')
    t.equal(page.isAway(), false)
    page.isHere()
    t.equal(asked.length, 3, 'and no more')
    page.tell(['tasks'])
    t.strictSame(asked[3], ['tasks'])
  },
)
