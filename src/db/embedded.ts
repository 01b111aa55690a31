import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  checkOwner,
  checkVersion,
  clusterName,
  DATABASE,
  ensureLogins,
  initialise,
  keepPasswords,
  type Login,
  runAs,
  type Site,
} from './cluster.ts'
import { LockHeldError, type ProcessLock, takeLock } from './processLock.ts'
import { type ServerUser, serverBinaries, serverUser } from './serverBinaries.ts'
import { clearLeftovers, readPostmaster } from './serverProcesses.ts'

export interface EmbeddedOptions {
  /** Holds the cluster, its passwords and its log; made when missing. */
  dataDir: string
  /** A fixed TCP port; absent: any free one. */
  port?: number
  log?: (line: string) => void
  /** False: nothing is flushed to disk. For tests only, since a power cut loses the cluster. */
  durable?: boolean
}

export interface EmbeddedServer {
  /** The login that owns the database boligtrapp and may make databases and roles. */
  ownerUrl: string
  /** The application's login: owns nothing, bypasses nothing. */
  appUrl: string
  /** The login of city-wide jobs: owns nothing, bypasses nothing. */
  jobUrl: string
  pid: number
  /** Ends all sessions, writes everything down and waits until the server is gone. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL of its own in `dataDir`, on 127.0.0.1 with passwords that only this user can read. It ends with
 * `stop()`, and also when this process is killed.
 * @throws {Error} a readable reason: already running (with its pid), no rights, no programs for this machine, a cluster of
 * another version.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {})
  const dataDir = resolve(options.dataDir)
  const cluster = join(dataDir, 'postgres')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = lockFolder(dataDir, cluster)
  let server: ChildProcess | undefined
  let wanted = false
  try {
    const exists = existsSync(cluster)
    const user = serverUser(exists ? statSync(cluster) : undefined)
    if (exists) checkOwner(cluster, user)
    const site: Site = {
      dataDir,
      cluster,
      logFile: join(dataDir, 'postgres.log'),
      durable: options.durable ?? true,
      user,
      binaries: serverBinaries(user, log),
      passwords: keepPasswords(dataDir, exists),
    }
    if (exists) {
      checkVersion(cluster)
      await clearLeftovers(cluster, log)
    } else await initialise(site, log)
    const started = await startServer(site, options)
    server = started.server
    const guard = guardAgainstDeath(started.pid, user)
    server.once('exit', () => {
      guard.end()
      lock.release()
      if (!wanted) log(`PostgreSQL (pid ${started.pid}) has ended by itself, see ${site.logFile}`)
    })
    await ensureLogins(site, started.port)
    const url = (login: Login) => `postgres://${login}:${site.passwords[login]}@127.0.0.1:${started.port}/${DATABASE}`
    log(`PostgreSQL (pid ${started.pid}) is running in ${cluster} on 127.0.0.1:${started.port}`)
    return {
      ownerUrl: url('boligtrapp_owner'),
      appUrl: url('boligtrapp_app'),
      jobUrl: url('boligtrapp_job'),
      pid: started.pid,
      stop: () => {
        wanted = true
        return stopServer(started.server)
      },
    }
  } catch (error) {
    wanted = true
    if (server !== undefined) await stopServer(server)
    lock.release()
    throw error
  }
}

function lockFolder(dataDir: string, cluster: string): ProcessLock {
  try {
    return takeLock(join(dataDir, 'postgres.lock'))
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error
    const pid = readPostmaster(cluster)?.pid
    throw new Error(
      `An embedded PostgreSQL${pid === undefined ? '' : ` (pid ${pid})`} already runs in ${dataDir}, ` +
        `started by process ${error.pid}. Stop that process, or give this one another DATA_DIR.`,
      { cause: error },
    )
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP port could be had on 127.0.0.1')
  return address.port
}

interface Started {
  server: ChildProcess
  port: number
  pid: number
}

async function startServer(site: Site, options: EmbeddedOptions): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort())
    const server = launch(site, port)
    // A forgotten stop() must not keep the process alive; the guard ends the server.
    server.unref()
    const pid = await ready(server, site.cluster)
    if (pid !== undefined) return { server, port, pid }
    const said = readFileSync(site.logFile, 'utf8').trim().split('\n').slice(-5).join('\n')
    const taken = said.includes('could not bind') || said.includes('Address already in use')
    // Between asking for a free port and using it another program may have taken it.
    if (taken && options.port === undefined && attempt < 5) continue
    throw new Error(
      taken
        ? `PostgreSQL could not start: port ${port} on 127.0.0.1 is taken`
        : `PostgreSQL could not start in ${site.cluster}:\n${said}`,
    )
  }
}

/** Nothing is flushed, what only a copy or a backup would need is left out, and nobody tidies up at a moment of her own. */
const THROWAWAY: Record<string, string> = {
  autovacuum: 'off',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_connections: '300',
}

function launch(site: Site, port: number): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements and the rows that broke a constraint hold people's data, and the log is not the place for it.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(site.durable ? {} : THROWAWAY),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  if (existsSync(site.logFile)) renameSync(site.logFile, `${site.logFile}.1`)
  // A file, not a pipe: a busy process must not stall the server, and the last words survive them both.
  const output = openSync(site.logFile, 'w', 0o600)
  try {
    return runAs(site, site.binaries.postgres, ['-D', clusterName(site, site.cluster), ...args], site.cluster, [
      'ignore',
      output,
      output,
    ])
  } finally {
    closeSync(output)
  }
}

/** The server's pid when it takes connections, nothing when it has ended instead. Recovery after a crash may take a while. */
async function ready(server: ChildProcess, cluster: string): Promise<number | undefined> {
  let failure: Error | undefined
  server.once('error', (error) => {
    failure = error
  })
  while (failure === undefined && server.exitCode === null && server.signalCode === null) {
    const postmaster = readPostmaster(cluster)
    if (postmaster !== undefined && postmaster.pid === server.pid && postmaster.status === 'ready') return server.pid
    await sleep(20)
  }
  if (failure !== undefined) throw failure
  return undefined
}

/** A shell that waits for this process to be gone, however it goes, and then ends the server. */
function guardAgainstDeath(pid: number, user: ServerUser | undefined): { end(): void } {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    ...identity,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // Without a shell the server outlives a killed process until the next start clears it away.
  guard.on('error', () => {})
  guard.unref()
  const pipe = guard.stdin as (typeof guard.stdin & { unref?: () => void }) | null
  pipe?.unref?.()
  return {
    end() {
      guard.kill('SIGKILL')
      pipe?.destroy()
    },
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.ref()
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    const patience = new AbortController()
    const late = await Promise.race([
      ended.then(() => false),
      sleep(20_000, true, { signal: patience.signal }).catch(() => false),
    ])
    patience.abort()
    if (!late) return
    server.kill(signal)
  }
  await ended
}
