import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { newKey, openKeyring } from '../../src/access/keyring.ts'
import { SESSION_COOKIE, startSession } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openChangeFeed } from '../../src/db/changes.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import type { App, Deps } from '../../src/http/types.ts'
import { type TestDatabaseOptions, testDatabase } from './database.ts'
import type { DatabaseUrls } from './databaseServer.ts'

/** The day the tests' clock stands at. */
export const TODAY = '2026-09-01'

interface Test {
  teardown(end: () => Promise<void>): unknown
}

interface Account {
  role: string
  districts?: string[]
  facilities?: string[]
  name?: string
}

export interface Client {
  accountId: string
  cookie: string
  get(path: string): Promise<LightMyRequestResponse>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  patch(
    path: string,
    body: unknown,
    version?: number | string,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
  put(path: string, body: unknown, version: number, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  delete(path: string): Promise<LightMyRequestResponse>
}

export interface TestApp {
  app: App
  deps: Deps
  /** Of this test's own database. */
  urls: DatabaseUrls
  /** What the keyring was opened with, for another instance of the application. */
  keys: { identityKey: string; fingerprintKey: string }
  /** The owner's connection: row security does not bind it, so tests can see what is really stored. */
  owner: pg.Pool
  signedInAs(account: Account): Promise<Client>
  anonymous: Client
}

let accounts = 0

/** The real application on a database of its own, connected as the application's own login; closed with the test. */
export async function testApp(
  test: Test,
  options: Partial<Deps> & { database?: TestDatabaseOptions } = {},
): Promise<TestApp> {
  const { database, ...overrides } = options
  let dropDatabase = async () => {}
  const urls = await testDatabase(
    {
      teardown(end) {
        dropDatabase = end
      },
    },
    database,
  )
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 2 })
  // the database is dropped with force, which a connection that is just closing may still hear
  owner.on('error', () => {})
  const pool = openPool(urls.appUrl)
  const changes = openChangeFeed(urls.appUrl)
  const keys = { identityKey: newKey('k1'), fingerprintKey: newKey('f1') }
  const deps: Deps = {
    changes,
    db: openDatabase(pool),
    keyring: openKeyring(keys.identityKey, keys.fingerprintKey),
    demoDate: TODAY,
    demoSignIn: true,
    logLevel: 'silent',
    webDir: undefined,
    ...overrides,
  }
  const app = await buildApp(deps)
  // what was opened last is closed first, and all of it before the database is dropped
  test.teardown(async () => {
    await app.close()
    await changes.close()
    await pool.end()
    await owner.end()
    await dropDatabase()
  })
  const clientFor = (cookie: string, accountId: string): Client => {
    const headers = cookie === '' ? {} : { cookie: `${SESSION_COOKIE}=${cookie}` }
    const send = (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body?: unknown,
      more: Record<string, string> = {},
    ) =>
      app.inject({
        method,
        url: path.startsWith('/') && !path.startsWith('/api') ? `/api/v1${path}` : path,
        headers: { ...headers, ...more },
        ...(body === undefined ? {} : { payload: body as object }),
      })
    return {
      accountId,
      cookie,
      get: (path) => send('GET', path),
      post: (path, body, more) => send('POST', path, body, more),
      patch: (path, body, version, more) =>
        send('PATCH', path, body, { ...(version === undefined ? {} : { 'if-match': `"${version}"` }), ...more }),
      put: (path, body, version, more) => send('PUT', path, body, { 'if-match': `"${version}"`, ...more }),
      delete: (path) => send('DELETE', path),
    }
  }
  return {
    app,
    deps,
    urls,
    keys,
    owner,
    anonymous: clientFor('', ''),
    async signedInAs({ role, districts = [], facilities = [], name = 'Prøve Prøvesen' }) {
      accounts += 1
      const { rows } = await owner.query<{ id: string }>(
        `insert into account (username, name, role, districts, facilities, synthetic)
         values ($1, $2, $3, $4, $5, true) returning id`,
        [`${role}_${process.pid}_${accounts}`, name, role, districts, facilities],
      )
      const accountId = rows[0]?.id ?? ''
      return clientFor(await startSession(deps.db, accountId), accountId)
    },
  }
}
