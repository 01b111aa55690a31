import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Who holds a lock: a pid alone is not enough, because a container gives the same pid out again after a restart. */
interface Holder {
  pid: number
  /** Boot and start time of the process on Linux, elsewhere empty. */
  started: string
}

export interface ProcessLock {
  release(): void
}

/** Thrown when a living process holds the lock. */
export class LockHeldError extends Error {
  readonly pid: number

  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`)
    this.pid = pid
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the name in brackets, which may itself hold blanks and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return ''
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.started === '' || startOf(holder.pid) === holder.started
}

function readHolder(path: string): { text: string; holder: Holder | undefined } | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const value = JSON.parse(text) as Partial<Holder>
    if (typeof value.pid === 'number' && typeof value.started === 'string') {
      return { text, holder: { pid: value.pid, started: value.started } }
    }
  } catch {
    // Half a file means that the machine went down while it was written: nobody holds it.
  }
  return { text, holder: undefined }
}

/** Makes `path` with its content in one step, so that no other process ever reads an empty lock. */
function create(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Takes a lock file for as long as this process lives. One that a dead process left is taken over.
 * @throws {LockHeldError} a living process holds it, this one included.
 */
export function takeLock(path: string): ProcessLock {
  const mine = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
    nonce: randomBytes(8).toString('hex'),
  })
  while (!create(path, mine)) {
    const found = readHolder(path)
    if (found === undefined) continue
    if (found.holder !== undefined && isAlive(found.holder)) throw new LockHeldError(path, found.holder.pid)
    moveAside(path, found.text)
  }
  return {
    release() {
      if (readHolder(path)?.text === mine) rmSync(path, { force: true })
    },
  }
}

/**
 * Removes a dead lock. Between reading and renaming another process may have taken it over: what was moved is then not
 * what was read, and goes back.
 */
function moveAside(path: string, expected: string): void {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  try {
    if (readFileSync(aside, 'utf8') !== expected) linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}
