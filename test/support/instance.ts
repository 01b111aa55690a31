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
let how: 'kill' | 'cut' = 'kill'
let dead = false
let statements = 0

/** SIGKILL is not caught and not waited for: the statement is never sent. What is cut off is never answered either. */
function crash(client: pg.Client): Promise<never> {
  if (how === 'kill') process.kill(process.pid, 'SIGKILL')
  dead = true
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection
  stream.destroy()
  process.send?.({ cut: true })
  return new Promise(() => {})
}

const { query } = pg.Client.prototype
pg.Client.prototype.query = function counted(this: pg.Client, ...asked: unknown[]) {
  const run = () => (query as (...asked: unknown[]) => unknown).apply(this, asked)
  if (dead) return new Promise(() => {})
  if (killAt === undefined) return run()
  statements += 1
  if (statements === killAt) return crash(this)
  const answer = run()
  if (asked[0] === 'commit' && killAt === 'answer') return (answer as Promise<unknown>).then(() => crash(this))
  return answer
} as typeof query

// those that are cut off are never given back
const pool = openPool(APP_URL, { max: Number(CONNECTIONS) })
const app = await buildApp({
  db: openDatabase(pool),
  keyring: openKeyring(IDENTITY_KEY, FINGERPRINT_KEY),
  demoDate: TODAY,
  demoSignIn: false,
  logLevel: 'silent',
  webDir: undefined,
})
process.on('message', (message: { killAt: number | 'answer'; how: 'kill' | 'cut' }) => {
  killAt = message.killAt
  how = message.how
  dead = false
  statements = 0
  process.send?.({ armed: true })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ address: await app.listen({ port: 0, host: '127.0.0.1' }) })
