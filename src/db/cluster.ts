import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { ServerBinaries, ServerUser } from './serverBinaries.ts'

/** The database that the application lives in. */
export const DATABASE = 'boligtrapp'
const LOGINS = ['postgres', 'boligtrapp_owner', 'boligtrapp_app', 'boligtrapp_job'] as const
export type Login = (typeof LOGINS)[number]
export type Passwords = Record<Login, string>

/** The major version whose files the bundled server reads; another needs a dump and a reload. */
const MAJOR = '18'

/** One cluster on disk, and who and what runs it. */
export interface Site {
  dataDir: string
  cluster: string
  logFile: string
  /** False: nothing need be flushed to disk. */
  durable: boolean
  user: ServerUser | undefined
  binaries: ServerBinaries
  passwords: Passwords
}

/** @throws {Error} the files are of another major version. */
export function checkVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version === MAJOR) return
  throw new Error(
    `${cluster} was made by PostgreSQL ${version} and cannot be read by ${MAJOR}. ` +
      'Dump it with the old version and load it into a new folder, or start with an empty DATA_DIR.',
  )
}

/** Made once and kept beside the cluster, readable by this user only. */
export function keepPasswords(dataDir: string, clusterExists: boolean): Passwords {
  const file = join(dataDir, 'postgres-passwords.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Passwords
  if (clusterExists) throw new Error(`${file} is gone, and with it the way into the cluster. Restore it from a copy.`)
  const passwords = Object.fromEntries(LOGINS.map((login) => [login, randomBytes(24).toString('base64url')]))
  writeFileSync(`${file}.new`, JSON.stringify(passwords, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return passwords as Passwords
}

/**
 * Root's server runs as whoever owns the cluster, so that an ordinary user's folder stays hers. A copy that was put back by
 * root belongs to root, whom PostgreSQL refuses, and is handed over.
 * @throws {Error} the cluster belongs to someone else, and this is not root.
 */
export function checkOwner(cluster: string, user: ServerUser | undefined): void {
  const owner = statSync(cluster).uid
  if (owner === (user?.uid ?? process.getuid?.())) return
  if (user === undefined)
    throw new Error(`${cluster} belongs to the user with id ${owner}. Start as that user or as root.`)
  for (const path of readdirSync(cluster, { recursive: true }) as string[]) {
    lchownSync(join(cluster, path), user.uid, user.gid)
  }
  chownSync(cluster, user.uid, user.gid)
}

/**
 * How PostgreSQL is told where its cluster is. As root the server runs as a user who may not be able to reach the folder
 * by name (below /root, for instance). It is started with the folder as its working folder, opened while still root, and
 * /proc/self/cwd leads there without passing the closed parents.
 */
export function clusterName(site: Site, folder: string): string {
  return site.user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : folder
}

/** Starts one of PostgreSQL's programs as the server's user, in a session of its own. */
export function runAs(site: Site, program: string, args: string[], cwd: string, stdio: ('ignore' | 'pipe' | number)[]) {
  const identity = site.user === undefined ? {} : { uid: site.user.uid, gid: site.user.gid }
  // Detached: Ctrl-C in a terminal must not end the database before the application has let go of it.
  return spawn(program, args, {
    ...identity,
    cwd,
    stdio,
    detached: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_MESSAGES: 'C', TZ: 'UTC' },
  })
}

/**
 * Comparison and case follow Unicode by the server's own rules; Norwegian order is asked for where it is shown. pg_trgm,
 * however, asks the C library what a letter is: with the locale `C` it throws æ, ø and å away (tried on 18.4).
 */
const CHARACTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'nb_NO.UTF-8', 'C']

/** Makes the cluster beside its final place and moves it there, so that a broken attempt is never taken for a cluster. */
export async function initialise(site: Site, log: (line: string) => void): Promise<void> {
  log(`Making a database cluster in ${site.cluster}`)
  const passwordFile = join(site.dataDir, 'postgres-password.new')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${site.passwords.postgres}\n`, { mode: 0o600 })
  if (site.user !== undefined) chownSync(passwordFile, site.user.uid, site.user.gid)
  try {
    let complaint = ''
    for (const locale of CHARACTER_LOCALES) {
      complaint = await initialiseWith(site, locale, passwordFile)
      if (!complaint.includes('invalid locale')) break
    }
    if (complaint !== '') throw new Error(`PostgreSQL could not make a cluster in ${site.cluster}: ${complaint}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(`${site.cluster}.new`, site.cluster)
}

/** Returns what initdb complained of, or nothing. */
async function initialiseWith(site: Site, locale: string, passwordFile: string): Promise<string> {
  const draft = `${site.cluster}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (site.user !== undefined) chownSync(draft, site.user.uid, site.user.gid)
  const password = openSync(passwordFile, 'r')
  try {
    const args = [
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      `--lc-ctype=${locale}`,
    ]
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--pwfile=/dev/fd/3', '--no-instructions')
    if (!site.durable) args.push('--no-sync')
    const stdio = ['ignore', 'ignore', 'pipe', password] as const
    const child = runAs(site, site.binaries.initdb, [...args, '-D', clusterName(site, draft)], draft, [...stdio])
    let complaint = ''
    child.stderr?.on('data', (chunk) => {
      complaint += chunk
    })
    const [status] = (await once(child, 'close')) as [number | null]
    return status === 0 ? '' : complaint.trim() || `initdb ended with ${status}`
  } finally {
    closeSync(password)
  }
}

/** Roles, passwords and the database, so that a start that was cut short is completed by the next. */
export async function ensureLogins(site: Site, port: number): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: site.passwords.postgres,
    database: 'postgres',
  })
  await client.connect()
  try {
    const present = await client.query<{ name: string }>('select rolname as name from pg_roles')
    const names = new Set(present.rows.map((row) => row.name))
    const login = async (name: Login, rights: string) => {
      const secret = client.escapeLiteral(site.passwords[name])
      await client.query(`${names.has(name) ? 'alter' : 'create'} role ${name} login ${rights} password ${secret}`)
    }
    await login('boligtrapp_owner', 'createdb createrole')
    // Lets the owner end the sessions that stand in the way of dropping a database.
    await client.query('grant pg_signal_backend to boligtrapp_owner')
    // Made by the owner, so that migrations may set what belongs to these roles.
    await client.query('set role boligtrapp_owner')
    await login('boligtrapp_app', '')
    await login('boligtrapp_job', '')
    const database = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (database.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
