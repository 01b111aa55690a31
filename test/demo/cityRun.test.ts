import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { cityCache } from '../../src/db/city.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { readSnapshot } from '../../src/db/matchingRun.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import type { Against } from '../../src/domain/flags.ts'
import { computeRun } from '../../src/domain/matching/run.ts'
import { DISTRICTS } from '../../src/reference/districts.ts'
import { TODAY } from '../support/app.ts'
import { withComparison } from '../support/comparisonTable.ts'
import { testDatabase } from '../support/database.ts'
import { WHOLE_CITY } from '../support/demoCity.ts'

const { jobUrl, ownerUrl } = await testDatabase(t, WHOLE_CITY)
const pool = openPool(jobUrl, { max: 1 })
t.teardown(() => pool.end())

t.test('the 87 per cent of the source are computed of the demo city, with every bydel’s own beside it', async (t) => {
  const growth = await asActor(openDatabase(pool), null, TODAY, async (acting) => {
    await measureFlagsOnce(acting, true)
    return acting.trx
      .selectFrom('flag')
      .select(['district', 'basis', 'measured', 'period', 'addition', 'against', 'behind'])
      .where('ruleId', '=', 'growth_since_base')
      .orderBy('district', (order) => order.nullsFirst())
      .execute()
  })
  const [city, ...districts] = growth
  t.match(city, { district: null, basis: 'computed', measured: '87', period: 'fra 2020 til 2024' })
  t.match(city?.addition, /^Fra 2020 til 2025: \d+ prosent\.$/, 'with the newer one beside it')
  const beside = (city?.against ?? []) as unknown as Against[]
  t.same(beside[0], { label: 'Vekst fra 2020 til 2024, oppgitt av kilden', value: 87, unit: 'percent' })
  const own = beside.filter(({ part }) => part === 'districts')
  t.equal(own.length, DISTRICTS.length)
  for (const { label, value, note, unknown } of own) {
    t.match(note, /^\d+ i 2020, \d+ i 2024$/, label)
    t.equal(unknown, value === null ? 'for få til å regne prosent' : undefined, label)
  }
  t.ok(own.some(({ value }) => value === null) && own.some(({ value }) => value !== null))
  t.ok(
    districts.length > 1 && districts.length < DISTRICTS.length,
    'and a flag of those that pass the limit themselves',
  )
  t.equal(
    city?.behind,
    (
      await asActor(openDatabase(pool), null, TODAY, ({ trx }) =>
        sql<{ open: number }>`select count(*)::integer as open from need_history
        where ended_at is null and forms && '{colocated_24h,colocated_day}'`.execute(trx),
      )
    ).rows[0]?.open,
  )
})

t.test(
  'both managers of the demo have an emergency to answer or to go through, and one that they have gone through',
  async (t) => {
    const owner = openPool(ownerUrl, { max: 1 })
    const { rows } = await owner.query(
      `select g.holding_district as district, g.protection, g.opened_at is not null as opened, g.approved, g.verdict, t.kind as task,
       (select count(*)::integer from showing s where s.record_id = g.id) as looks
     from break_glass g left join task t on t.break_glass_id = g.id order by g.holding_district desc, g.requested_at`,
    )
    await owner.end()
    t.strictSame(
      rows.map((row) => Object.values(row)),
      [
        ['030112', 'none', true, null, 'justified', null, 1],
        ['030112', 'none', true, null, null, 'review_break_glass', 1],
        ['030112', 'confidential', false, null, null, 'answer_break_glass', 0],
        ['030102', 'none', true, null, 'not_justified', null, 1],
        ['030102', 'confidential', false, false, null, null, 0],
        ['030102', 'none', true, null, null, 'review_break_glass', 1],
      ],
    )
  },
)

t.test('a run over the demo city is proven, and achieves what the README says', async (t) => {
  const snapshot = await asActor(
    openDatabase(pool),
    null,
    TODAY,
    (acting) => readSnapshot(acting, cityCache(), []),
    'reading',
  )
  t.same(
    snapshot.limits.quotas.map(({ district, left }) => [district, left]),
    [
      ['030102', 12],
      ['030112', 8],
      ['030114', 4],
      ['030115', 6],
    ],
    'quotas have what they were given room for, as the database counts',
  )
  t.ok(snapshot.limits.moveIns.length > 0 && snapshot.limits.moveIns.length < 30, 'a few houses say what they take')
  const { summary } = computeRun(snapshot, () => 0)
  t.equal(summary.proven, true, 'no better set of moves keeps to the limits')
  t.same(summary.boundValues, summary.values)
  t.equal(summary.comparison.find(({ id }) => id === 'without_chains')?.proven, true)
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  t.equal(withComparison(readme, summary), readme, 'else `npm run screenshots` writes it anew')
})
