import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { TOPICS } from '../../../src/features/events/topics.ts'
import { shownBy } from '../../../src/web/api/changes.ts'

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
