import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { unreadable } from './table.ts'

/** What is said of any archive or sheet that is not as it should be. */
export const notXlsx = () => unreadable('Filen kan ikke leses som XLSX. Lagre den på nytt og prøv igjen.')

/** A zip archive in memory: its entries by name, each opened as a stream. */
export interface Zip {
  has(name: string): boolean
  /**
   * The text of an entry, a piece at a time.
   * @throws {DomainError} `import_unreadable` when it is not there, is damaged, or is larger than `most` bytes: a small file
   * can unpack to an enormous one
   */
  read(name: string, most: number): AsyncGenerator<string>
}

/** Opens an archive. @throws {DomainError} `import_unreadable` */
export async function openZip(bytes: Buffer): Promise<Zip> {
  const archive = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error === null && zip !== undefined ? resolve(zip) : reject(notXlsx()),
    )
  })
  const entries = new Map<string, yauzl.Entry>()
  await new Promise<void>((resolve, reject) => {
    archive.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry)
      archive.readEntry()
    })
    archive.on('end', resolve)
    archive.on('error', () => reject(notXlsx()))
    archive.readEntry()
  })
  return {
    has: (name) => entries.has(name),
    async *read(name, most) {
      const entry = entries.get(name)
      if (entry === undefined || entry.uncompressedSize > most) throw notXlsx()
      const stream = await open(archive, entry)
      const decoder = new TextDecoder('utf-8', { fatal: true })
      try {
        for await (const part of stream) yield decoder.decode(part as Buffer, { stream: true })
      } catch {
        throw notXlsx()
      }
    },
  }
}

function open(archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) =>
      error === null && stream !== undefined ? resolve(stream) : reject(notXlsx()),
    )
  })
}
