import { randomBytes } from 'node:crypto'
import pg from 'pg'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { databaseServer } from '../support/databaseServer.ts'
import { query } from '../support/query.ts'

/** A name of its own, so that a template of an earlier run is never met. */
const template = `t${randomBytes(6).toString('hex')}`
const sources = ['test/db/testDatabase.test.ts']
t.teardown(async () => {
  const { ownerUrl } = await databaseServer()
  for (const { name } of await query(
    ownerUrl,
    `select datname as name from pg_database where datname ~ '^bt_tpl_${template}'`,
  )) {
    await query(ownerUrl, `drop database ${name}`)
  }
})

t.test('copies are migrated, filled, and do not see each other', async (t) => {
  const one = await testDatabase(t)
  const two = await testDatabase(t)
  t.not(one.ownerUrl, two.ownerUrl)
  await query(one.ownerUrl, 'create table mine (n integer)')
  t.same(await query(two.ownerUrl, "select to_regclass('mine') as mine"), [{ mine: null }])
  t.match(await query(two.ownerUrl, 'select count(*)::int as n from district_code'), [{ n: 15 }])
  t.same(await query(two.appUrl, 'select current_user::text as who'), [{ who: 'boligtrapp_app' }])
  t.same(await query(two.jobUrl, 'select current_user::text as who'), [{ who: 'boligtrapp_job' }])
})

t.test('a named template is prepared once for all who ask, and its changes stay apart', async (t) => {
  let prepared = 0
  const prepare = async (ownerUrl: string) => {
    prepared += 1
    await query(ownerUrl, 'create table demo as select 1 as n')
  }
  const copies = await Promise.all([1, 2, 3, 4].map(() => testDatabase(t, { template, prepare, sources })))
  t.equal(prepared, 1)
  await query(copies[0]?.ownerUrl ?? '', 'insert into demo values (2)')
  for (const copy of copies.slice(1)) t.same(await query(copy.ownerUrl, 'select n from demo'), [{ n: 1 }])
})

t.test('a preparation that fails is reported, leaves no template, and is tried again', async (t) => {
  const failing = () => Promise.reject(new Error('no city'))
  const name = `${template}f`
  await t.rejects(testDatabase(t, { template: name, prepare: failing, sources }), { message: 'no city' })
  const copy = await testDatabase(t, { template: name, prepare: async () => {}, sources })
  t.same(await query(copy.ownerUrl, 'select 1 as one'), [{ one: 1 }])
})

t.test('a copy is dropped when its test ends, also with a connection left open', async (t) => {
  let ownerUrl = ''
  let forgotten: pg.Client | undefined
  await t.test('a test that forgets', async (t) => {
    const database = await testDatabase(t)
    ownerUrl = database.ownerUrl
    forgotten = new pg.Client({ connectionString: database.appUrl })
    forgotten.on('error', () => {})
    await forgotten.connect()
  })
  await t.rejects(query(ownerUrl, 'select 1'), { code: '3D000' })
  await forgotten?.end().catch(() => {})
})
