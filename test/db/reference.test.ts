import t from 'tap'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { loadReference } from '../../src/db/reference.ts'
import { testDatabase } from '../support/database.ts'
import { query, refusedBy } from '../support/query.ts'

const TABLES = [
  'district',
  'district_code',
  'housing_form',
  'reason_code',
  'rule_version',
  'policy_version',
  'statistic_series',
  'statistic_value',
]

const urls = await testDatabase(t)
const pool = openPool(urls.ownerUrl, { max: 6 })
const db = openDatabase(pool)
t.teardown(() => pool.end())

async function contents(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const table of TABLES)
    all[table] = await query(urls.ownerUrl, `select * from ${table} r order by to_jsonb(r)::text`)
  return all
}

t.test('loading again, also at the same time, changes nothing', async (t) => {
  const before = await contents()
  await Promise.all([loadReference(db), loadReference(db), loadReference(db)])
  t.strictSame(await contents(), before)
  for (const table of TABLES) t.ok((before[table] as unknown[]).length > 0, table)
})

t.test('a newer version, a revision and a redrawn map stay as they are', async (t) => {
  await query(
    urls.ownerUrl,
    `insert into rule_version (rule_id, version, kind, title, sentence, source, valid_from, author, reason)
     select rule_id, 2, kind, 'Ny tittel', sentence, source, '2026-08-01', 'Byen', 'Vedtak' from rule_version
     where rule_id = 'form.accepted'`,
  )
  await query(
    urls.ownerUrl,
    `insert into statistic_value (series_id, area, year, revision, value, precision, status, source, provenance)
     select series_id, area, year, 2, value + 1, precision, status, source, provenance from statistic_value
     where series_id = 'care_housing_total' and area = '0301'`,
  )
  await query(urls.ownerUrl, "update district set valid = '[2004-01-01,2028-01-01)' where code = '030112'")
  await query(
    urls.ownerUrl,
    "insert into district (code, name, valid, source) values ('030112', 'Alna og mer', '[2028-01-01,)', 'test')",
  )
  const before = await contents()
  await loadReference(db)
  t.strictSame(await contents(), before)
})

t.test('what is wrong about a figure or a district cannot be written', async (t) => {
  const value = (columns: string, values: string) =>
    query(
      urls.ownerUrl,
      `insert into statistic_value (series_id, area, year, precision, source, provenance, ${columns})
       values ('care_housing_total', '030112', 1999, 'exact', 'test', '{}', ${values})`,
    )
  t.equal(await refusedBy(value('status, value', "'unknown', 0")), 'unknown_is_null', 'unknown is never zero')
  t.equal(await refusedBy(value('status, value, reason', "'read', null, 'x'")), 'unknown_is_null')
  t.equal(await refusedBy(value('status, value', "'unknown', null")), 'unknown_has_reason')
  t.equal(await refusedBy(value('status, value, reason', "'unknown', null, ''")), 'unknown_has_reason')
  await t.rejects(
    query(urls.ownerUrl, "insert into district values ('030101', 'To', '[2020-01-01,)', 'test')"),
    { code: '23P01' },
    'a code means one district on a day',
  )
})
