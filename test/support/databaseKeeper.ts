import { mkdirSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/db/embedded.ts'

/**
 * A process of its own that holds the one PostgreSQL of a test run, since the test files come and go. Each test process keeps
 * a connection to its socket open and says who runs the tests. When nobody is connected, and whoever ran the tests is gone,
 * the server is stopped and the process ends. Two of them never live on one folder: the second fails on the server's lock.
 *
 * Usage: node databaseKeeper.ts <folder>
 */

/** Without a runner to wait for: long enough for the next file that is started by hand. */
const GRACE = 2_000
/** After the runner is gone: long enough for a last process of another run to say that it is here. */
const SHORT_GRACE = 300
/** A runner that never ends, an editor's for instance, does not keep an idle server. */
const LONGEST_IDLE = 10 * 60_000

const folder = process.argv[2] ?? ''
const socketPath = join(folder, 'keeper.sock')
const clients = new Set<Socket>()
const runners = new Set<number>()

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** What a killed run left behind. No test can be using it: this is the only keeper, and it has no client yet. */
async function dropLeftovers(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where datname ~ '^bt_(test|draft)_'",
    )
    for (const { name } of rows) await client.query(`drop database if exists ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

mkdirSync(folder, { recursive: true, mode: 0o700 })
const database = await startEmbedded({
  dataDir: folder,
  durable: false,
  log: (line) => process.stdout.write(`${line}\n`),
})
let asked = false
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    asked = true
  })
}
await dropLeftovers(database.ownerUrl)

const { ownerUrl, appUrl, jobUrl } = database
const answer = `${JSON.stringify({ ownerUrl, appUrl, jobUrl })}\n`
const server = createServer((client) => {
  clients.add(client)
  client.on('error', () => {})
  client.on('close', () => clients.delete(client))
  client.once('data', (line) => {
    const runner = Number(line.toString().trim())
    if (Number.isInteger(runner) && runner > 0) runners.add(runner)
    client.write(answer)
  })
})
rmSync(socketPath, { force: true })
server.listen(socketPath)

let idleSince = Date.now()
let grace = GRACE
while (!asked) {
  await sleep(200)
  const idle = Date.now() - idleSince
  for (const pid of runners) {
    if (isRunning(pid)) continue
    runners.delete(pid)
    grace = SHORT_GRACE
  }
  if (clients.size > 0) idleSince = Date.now()
  else if (idle > LONGEST_IDLE || (idle > grace && runners.size === 0)) break
}
// Closed before the server stops: who comes now finds nobody and starts another keeper.
server.close()
for (const client of clients) client.destroy()
await database.stop()
