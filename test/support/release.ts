import { renameSync } from 'node:fs'
import { SESSION_COOKIE, startSession } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { appendHeads } from '../../src/db/auditHeads.ts'
import { AUDIT_LOGS, sealLog } from '../../src/db/auditSeals.ts'
import { writeBackup } from '../../src/db/backup/backup.ts'
import { levelOf } from '../../src/db/backup/manifest.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { loadReference } from '../../src/db/reference.ts'
import { loadDemoCity } from '../../src/demo/load.ts'
import type { Day } from '../../src/domain/day.ts'
import { TODAY } from './app.ts'
import { testDatabase } from './database.ts'
import { keyring } from './demoCity.ts'
import { ALNA, fixturesOf } from './fixtures.ts'

/**
 * `node test/support/release.ts FOLDER [LEVEL]`: a backup of a small synthetic city as this version makes it, with an offer that was
 * accepted and logs that were sealed, and the heads of these. Made once for each release and kept in test/fixtures/releases, where
 * test/db/upgrade.test.ts upgrades every one of them.
 */
const [folder = '', to] = process.argv.slice(2)
const ending: (() => Promise<void>)[] = []
try {
  const { ownerUrl, appUrl } = await testDatabase({ teardown: (end) => ending.unshift(end) }, { template: 'empty' })
  await migrate(ownerUrl, { ...(to === undefined ? {} : { to }), afterMigrations: loadReference })
  const owner = openPool(ownerUrl, { max: 2 })
  const pool = openPool(appUrl)
  const db = openDatabase(pool)
  ending.unshift(async () => {
    await pool.end()
    await owner.end()
  })
  await loadDemoCity(openDatabase(owner), keyring, { asOf: TODAY as Day, seed: 1, size: 'small' })
  const deps = { db, keyring, demoDate: TODAY, demoSignIn: true, logLevel: 'silent', webDir: undefined }
  const app = await buildApp(deps)
  ending.unshift(() => app.close())
  const given = fixturesOf({ owner, deps })
  const { rows } = await owner.query<{ id: string }>("select id from account where username = 'officer_alna'")
  const accountId = rows[0]?.id ?? ''
  const cookie = `${SESSION_COOKIE}=${await startSession(db, accountId)}`
  const ask = async (method: 'GET' | 'POST', path: string, payload?: object, headers = {}) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { cookie, ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`)
    return answer.json()
  }
  const person = await given.resident(ALNA, { name: 'Ragnhild Tidligere' })
  const needId = await given.need(person, { needed_during: '[2026-09-01,)', private_rental: 'not_possible' })
  await given.assessment(needId, ALNA, accountId)
  const placeId = await given.place(await given.facility())
  const offer = await ask('POST', '/offers', { needId, placeId, moveInOn: '2026-09-15' })
  await ask('POST', `/offers/${offer.id}/acceptance`, undefined, { 'if-match': '"1"', 'idempotency-key': 'yes' })
  await ask('GET', `/residents/${person.residentId}`)
  await app.inject({ url: '/api/v1/session/sign-in' })

  const draft = `${folder}/draft`
  const heads = await Promise.all(AUDIT_LOGS.map((log) => sealLog(openDatabase(owner), log, '0')))
  const manifest = await writeBackup(ownerUrl, draft)
  renameSync(draft, `${folder}/${levelOf(manifest)}.backup`)
  await appendHeads(`${folder}/${levelOf(manifest)}.heads`, heads.flat())
} finally {
  for (const end of ending) await end()
}
