import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Migration } from 'kysely/migration'

/** One step as it lies on disk. */
export interface MigrationFile {
  /** The file's name without its ending, for instance `0003-inventory`; the names decide the order. */
  name: string
  path: string
  /** SHA-256 of the text in hexadecimal, blind to how lines end. */
  checksum: string
}

/** One step as the database remembers it. */
export interface AppliedMigration {
  name: string
  appliedAt: string
  /** Absent: applied by something that kept none. */
  checksum: string | undefined
}

/** What is wrong with the history, the step it is about, and what to do. */
export class MigrationError extends Error {
  readonly reason: 'changed' | 'missing' | 'newer' | 'out_of_order' | 'failed' | 'role'
  readonly migration: string | undefined

  constructor(
    reason: MigrationError['reason'],
    migration: string | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.reason = reason
    this.migration = migration
  }
}

/** The steps in `folder`, in order. Checksums are of the text, so a comment counts: what is applied is frozen. */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  return Promise.all(
    (await stepFiles(folder)).map(async (file) => {
      const path = join(folder, file)
      const text = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
      return { name: file.slice(0, -'.ts'.length), path, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** The name of the newest step in `folder`: the level of this program. */
export async function newestStep(folder: string): Promise<string> {
  return (await stepFiles(folder)).at(-1)?.slice(0, -'.ts'.length) ?? ''
}

async function stepFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')).sort()
}

/** @throws {MigrationError} the file cannot be read as a module, or exports no `up`. */
export async function importMigration(file: MigrationFile): Promise<Migration> {
  let module: Partial<Migration>
  try {
    // The checksum makes another text another module, where one process migrates more than once.
    module = (await import(`${pathToFileURL(file.path).href}?${file.checksum}`)) as Partial<Migration>
  } catch (cause) {
    throw new MigrationError('failed', file.name, `${file.path} cannot be read: ${String(cause)}`, { cause })
  }
  if (typeof module.up !== 'function')
    throw new MigrationError('failed', file.name, `${file.path} exports no function up`)
  return { up: module.up }
}

/**
 * Compares what the database has been through with what this code would do to an empty one.
 * @returns the steps that remain, in order.
 * @throws {MigrationError} they are not the same history; nothing may then be applied.
 */
export function remainingSteps(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]))
  const last = files.at(-1)
  for (const step of applied) {
    const file = byName.get(step.name)
    if (file === undefined && (last === undefined || step.name > last.name)) {
      throw new MigrationError(
        'newer',
        step.name,
        `The database is newer than this program: it has been through ${step.name} (${step.appliedAt}), ` +
          `and the last step here is ${last?.name ?? 'none'}. Start the version that brought it, or a later one.`,
      )
    }
    if (file === undefined) {
      throw new MigrationError(
        'missing',
        step.name,
        `The database has been through ${step.name} (${step.appliedAt}), but its file is gone. ` +
          'Restore it from version control; a step that was applied is never removed or renamed.',
      )
    }
    if (step.checksum !== file.checksum) {
      throw new MigrationError(
        'changed',
        step.name,
        `${step.name} was changed after it was applied (${step.appliedAt}). ` +
          'Restore the file from version control, and put the change into a new step.',
      )
    }
  }
  const done = new Set(applied.map((step) => step.name))
  const newest = [...done].sort().at(-1) ?? ''
  const remaining = files.filter((file) => !done.has(file.name))
  const late = remaining.find((file) => file.name < newest)
  if (late !== undefined) {
    throw new MigrationError(
      'out_of_order',
      late.name,
      `${late.name} comes before ${newest}, which the database has already been through. ` +
        `Give it a name that sorts after ${newest}.`,
    )
  }
  return remaining
}
