import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a server writes about itself in postmaster.pid: the lines are listed in PostgreSQL's pidfile.h. */
export interface Postmaster {
  pid: number
  status: string
}

/** Reads postmaster.pid, which may be half written or left by a server that is gone. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : undefined
  } catch {
    return undefined
  }
}

/**
 * The PostgreSQL processes of this cluster: every one of them works in the cluster's folder all its life. The number in
 * postmaster.pid proves nothing, since it may by now belong to another program.
 */
function processesOf(cluster: string): number[] {
  if (process.platform !== 'linux') {
    const pid = readPostmaster(cluster)?.pid
    if (pid === undefined) return []
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return stdout?.includes('postgres') ? [pid] : []
  }
  const home = statSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const folder = statSync(`/proc/${pid}/cwd`)
        const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '')
        return folder.ino === home.ino && folder.dev === home.dev && program === 'postgres'
      } catch {
        return false
      }
    })
    .map(Number)
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

async function gone(cluster: string, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (processesOf(cluster).length > 0) {
    if (Date.now() > end) return false
    await sleep(25)
  }
  return true
}

/**
 * Stops what an earlier, killed process left running on this cluster, and removes a stale postmaster.pid.
 * @throws {Error} something on the cluster does not end even when killed.
 */
export async function clearLeftovers(cluster: string, log: (line: string) => void): Promise<void> {
  const running = processesOf(cluster)
  if (running.length > 0) {
    const postmaster = running.filter((pid) => pid === readPostmaster(cluster)?.pid)
    log(`Stopping the PostgreSQL (pid ${postmaster[0] ?? running[0]}) that an earlier process left running`)
    if (postmaster.length > 0) signal(postmaster, 'SIGINT')
    if (postmaster.length === 0 || !(await gone(cluster, 30_000))) {
      signal(processesOf(cluster), 'SIGQUIT')
      if (!(await gone(cluster, 5_000))) signal(processesOf(cluster), 'SIGKILL')
    }
    if (!(await gone(cluster, 5_000))) {
      throw new Error(`PostgreSQL (pid ${processesOf(cluster).join(', ')}) on ${cluster} does not stop`)
    }
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}
