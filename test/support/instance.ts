import pg from 'pg'
import { openKeyring } from '../../src/access/keyring.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'

/**
 * The application as a process of its own, for tests of several instances on one database. It ends when its parent does, and
 * on request as a crash would end it: right before a statement, or after the commit and before anybody hears of it.
 */
const { APP_URL = '', IDENTITY_KEY = '', FINGERPRINT_KEY = '', TODAY, CONNECTIONS = '10' } = process.env

let killAt: number | 'answer' | undefined
let statements = 0

/** SIGKILL is not caught and not waited for: the statement is never sent. */
function crash(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}

const { query } = pg.Client.prototype
pg.Client.prototype.query = function counted(this: pg.Client, ...asked: unknown[]) {
  const run = () => (query as (...asked: unknown[]) => unknown).apply(this, asked)
  if (killAt === undefined) return run()
  statements += 1
  if (statements === killAt) return crash()
  const answer = run()
  if (asked[0] === 'commit' && killAt === 'answer') return (answer as Promise<unknown>).then(crash)
  return answer
} as typeof query

const pool = openPool(APP_URL, { max: Number(CONNECTIONS) })
const app = await buildApp({
  db: openDatabase(pool),
  keyring: openKeyring(IDENTITY_KEY, FINGERPRINT_KEY),
  demoDate: TODAY,
  demoSignIn: false,
  logLevel: 'silent',
  webDir: undefined,
})
process.on('message', (message: { killAt: number | 'answer' } | 'count') => {
  if (message === 'count') {
    process.send?.({ statements })
    return
  }
  killAt = message.killAt
  statements = 0
  process.send?.({ armed: true })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ address: await app.listen({ port: 0, host: '127.0.0.1' }) })
