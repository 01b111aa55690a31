import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { cityCache } from '../../src/db/city.ts'
import { readSnapshot } from '../../src/db/matchingRun.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { computeRun } from '../../src/domain/matching/run.ts'
import { TODAY } from '../support/app.ts'
import { withComparison } from '../support/comparisonTable.ts'
import { testDatabase } from '../support/database.ts'
import { WHOLE_CITY } from '../support/demoCity.ts'

t.test('a run over the demo city is proven, and achieves what the README says', async (t) => {
  const { jobUrl } = await testDatabase(t, WHOLE_CITY)
  const pool = openPool(jobUrl, { max: 1 })
  t.teardown(() => pool.end())
  const snapshot = await asActor(
    openDatabase(pool),
    null,
    TODAY,
    (acting) => readSnapshot(acting, cityCache(), []),
    'reading',
  )
  const { summary } = computeRun(snapshot, () => 0)
  t.equal(summary.proven, true, 'no better set of moves keeps to the limits')
  t.same(summary.boundValues, summary.values)
  t.equal(summary.comparison.find(({ id }) => id === 'without_chains')?.proven, true)
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  t.equal(withComparison(readme, summary), readme, 'else `npm run screenshots` writes it anew')
})
