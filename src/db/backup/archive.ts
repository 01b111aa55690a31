import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { BackupError, entryOf, MANIFEST_ENTRY, type Manifest, manifestSchema } from './manifest.ts'

/** A backup on disk that is whole. */
export interface Archive {
  manifest: Manifest
  /** The rows of a table as COPY wrote them. */
  rowsOf(table: string): Promise<Readable>
  close(): void
}

/**
 * Opens a backup and reads it through once, so that a damaged one is found before anything is done with it.
 * @throws {BackupError} it is no backup, was broken off, or a table is not as it was written
 */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await opened(file)
  try {
    const entries = await entriesOf(zip)
    const read = (name: string) => streamOf(zip, entries.get(name), `${file}: ${name} is missing`)
    const manifest = await manifestIn(await read(MANIFEST_ENTRY), file)
    for (const { name, sha256 } of manifest.tables) {
      if ((await hashOf(await read(entryOf(name)))) !== sha256) throw damaged(file, `the rows of ${name} are others`)
    }
    return { manifest, rowsOf: (table) => read(entryOf(table)), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof BackupError ? error : damaged(file, 'it cannot be read to its end')
  }
}

const damaged = (file: string, how: string) => new BackupError(`${file} is damaged: ${how}. Use another backup.`)

function opened(file: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error === null && zip !== undefined) resolve(zip)
      else if ((error as { code?: unknown } | null)?.code === 'ENOENT') reject(new BackupError(`There is no ${file}.`))
      else reject(new BackupError(`${file} is no backup, or was broken off while it was written.`))
    })
  })
}

async function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  })
  return entries
}

function streamOf(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, missing: string): Promise<Readable> {
  if (entry === undefined) throw new BackupError(`${missing}. It is no backup of this program.`)
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error === null && stream !== undefined ? resolve(stream) : reject(error),
    )
  })
}

async function manifestIn(stream: Readable, file: string): Promise<Manifest> {
  const parsed = manifestSchema.safeParse(await json(stream))
  if (!parsed.success) throw new BackupError(`${file} is a backup of a kind that this program does not know.`)
  return parsed.data
}

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of stream) hash.update(part as Buffer)
  return hash.digest('hex')
}
