import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, lstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { ensureApplicationRoles } from '../../src/db/applicationRoles.ts'

export interface DatabaseUrls {
  /** Owns the database; may make roles and databases. */
  ownerUrl: string
  /** Logs in as boligtrapp_app. */
  appUrl: string
  /** Logs in as boligtrapp_job. */
  jobUrl: string
}

/** How long a first start may take on a slow machine. */
const PATIENCE = 60_000

const root = resolve(import.meta.dirname, '../..')

/** One folder for each checkout, so that two of them never share a server. */
function keeperFolder(): string {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 10)
  const folder = join(tmpdir(), `boligtrapp-test-${process.getuid?.() ?? 0}-${checkout}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) throw new Error(`${folder} belongs to someone else`)
  return folder
}

/** Asks the keeper for its server. The connection stays open while this process lives, and does not keep it alive. */
function ask(socketPath: string): Promise<DatabaseUrls | undefined> {
  return new Promise((settle) => {
    const socket: Socket = connect(socketPath)
    let answer = ''
    socket.on('connect', () => socket.write(`${process.env.TAP === undefined ? 0 : process.ppid}\n`))
    socket.on('data', (part) => {
      answer += part
      if (!answer.endsWith('\n')) return
      socket.unref()
      settle(JSON.parse(answer) as DatabaseUrls)
    })
    socket.on('error', () => settle(undefined))
    socket.on('close', () => settle(undefined))
  })
}

/** The keeper is told nothing of tap's: it is not part of any test, and outlives the one that starts it. */
function startKeeper(folder: string) {
  const log = openSync(join(folder, 'keeper.log'), 'w', 0o600)
  try {
    const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env
    const keeper = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./databaseKeeper.ts')), folder], {
      detached: true,
      cwd: '/',
      env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE },
      stdio: ['ignore', log, log],
    })
    keeper.on('error', () => {})
    keeper.unref()
    return keeper
  } finally {
    closeSync(log)
  }
}

async function fromKeeper(): Promise<DatabaseUrls> {
  const folder = keeperFolder()
  const end = Date.now() + PATIENCE
  let keeper: ReturnType<typeof startKeeper> | undefined
  while (Date.now() < end) {
    const found = await ask(join(folder, 'keeper.sock'))
    if (found !== undefined) return found
    // One that has ended met another that is starting or stopping; whoever is left will answer.
    if (keeper === undefined || keeper.exitCode !== null || keeper.signalCode !== null) keeper = startKeeper(folder)
    await sleep(100)
  }
  throw new Error(`No PostgreSQL for the tests:\n${readFileSync(join(folder, 'keeper.log'), 'utf8')}`)
}

/** A server that is already there needs the application's roles with a login; the password is made from the owner's. */
async function fromUrl(ownerUrl: string): Promise<DatabaseUrls> {
  const password = createHash('sha256').update(`boligtrapp test ${ownerUrl}`).digest('base64url')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // Two test processes that alter one role at once would fail on its row.
    await client.query('select pg_advisory_lock(hashtext($1))', ['boligtrapp test roles'])
    await ensureApplicationRoles(client)
    for (const role of ['boligtrapp_app', 'boligtrapp_job']) {
      await client.query(`alter role ${role} login password ${client.escapeLiteral(password)}`)
    }
  } finally {
    await client.end()
  }
  const as = (user: string) => Object.assign(new URL(ownerUrl), { username: user, password }).href
  return { ownerUrl, appUrl: as('boligtrapp_app'), jobUrl: as('boligtrapp_job') }
}

let found: Promise<DatabaseUrls> | undefined

/** The server of this test run: TEST_DATABASE_URL, or an embedded one that all test processes of this checkout share. */
export function databaseServer(): Promise<DatabaseUrls> {
  const given = process.env.TEST_DATABASE_URL
  found ??= given === undefined || given === '' ? fromKeeper() : fromUrl(given)
  return found
}
