import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { SESSION_COOKIE, startSession } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { readHeads } from '../../src/db/auditHeads.ts'
import { AUDIT_LOGS, verifyLog } from '../../src/db/auditSeals.ts'
import { restoreBackup } from '../../src/db/backup/restore.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { loadReference } from '../../src/db/reference.ts'
import { TODAY } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { keyring } from '../support/demoCity.ts'
import { query } from '../support/query.ts'
import { contentsOf } from '../support/wholeDatabase.ts'

/** A backup of each release, and the heads of its logs; `node test/support/release.ts` makes one. */
const RELEASES = join(import.meta.dirname, '../fixtures/releases')

/** What a step has changed in rows that were there, by table: which step, and why. Nothing else of them may change. */
const CHANGED: Record<string, string> = {}

/** A start adds what this version brings, and leaves every row that was there: the forecast's policy has its second version. */
const ADDED = new Set(['policy_version'])

const releases = readdirSync(RELEASES).filter((name) => name.endsWith('.backup'))
if (releases.length === 0) throw new Error('there is no release')

for (const release of releases) {
  t.test(`${release} is upgraded with everything in it`, async (t) => {
    const file = join(RELEASES, release)
    const { ownerUrl, appUrl } = await testDatabase(t, { template: 'empty' })
    const { tables } = await restoreBackup(ownerUrl, file)
    const columns = new Map(tables.map((table) => [table.name, table.columns]))
    const before = await contentsOf(ownerUrl, columns)
    for (const table of [
      'resident',
      'resident_identity',
      'need',
      'offer',
      'stay',
      'occupancy',
      'showing',
      'audit_seal',
    ])
      t.ok((before.get(table)?.rows ?? 0) > 0, `there are rows of ${table}`)

    const { applied } = await migrate(ownerUrl)
    t.ok(applied.length > 0, `${applied.length} steps were applied`)
    const after = await contentsOf(ownerUrl, columns)
    for (const [table, content] of before) {
      if (CHANGED[table] === undefined) t.strictSame(after.get(table), content, `${table} is as it was`)
    }

    const rowsOf = async (table: string) =>
      (await query(ownerUrl, `select row::text from ${table} as row`)).map(({ row }) => String(row))
    const there = new Map<string, string[]>()
    for (const table of ADDED) there.set(table, await rowsOf(table))
    await migrate(ownerUrl, { afterMigrations: loadReference })
    for (const [table, rows] of there) {
      const now = new Set(await rowsOf(table))
      t.strictSame(
        rows.filter((row) => !now.has(row)),
        [],
        `${table} has still what it had`,
      )
      t.ok(rows.length > 0, `${table} had some`)
    }
    const started = await contentsOf(ownerUrl, columns)
    for (const [table, content] of after) {
      if (!ADDED.has(table)) t.strictSame(started.get(table), content, `${table} is so after a start too`)
    }

    const pool = openPool(appUrl)
    const db = openDatabase(pool)
    const app = await buildApp({
      db,
      keyring,
      demoDate: TODAY,
      demoSignIn: true,
      logLevel: 'silent',
      webDir: undefined,
    })
    t.teardown(async () => {
      await app.close()
      await pool.end()
    })
    t.equal((await app.inject('/readyz')).statusCode, 200)
    const [officer] = await query<{ id: string }>(ownerUrl, "select id from account where username = 'officer_alna'")
    const cookie = `${SESSION_COOKIE}=${await startSession(db, officer?.id ?? '')}`
    const [accepted] = await query<{ id: string; resident: string }>(
      ownerUrl,
      `select o.id, r.id as resident from offer o join need n on n.id = o.need_id join resident r on r.household_id = n.household_id
       where o.accepted_at is not null`,
    )
    const ask = async (path: string) => (await app.inject({ url: `/api/v1${path}`, headers: { cookie } })).json()
    t.match(await ask(`/offers/${accepted?.id}`), { state: 'accepted' })
    t.match(await ask(`/residents/${accepted?.resident}`), { name: 'Ragnhild Tidligere' })
    const heads = await readHeads(file.replace(/backup$/, 'heads'))
    t.equal(heads.length > 0, true)
    const owner = openDatabase(openPool(ownerUrl, { max: 1 }))
    for (const log of AUDIT_LOGS) t.strictSame((await verifyLog(owner, log, heads)).faults, [], log)
    await owner.destroy()
  })
}
