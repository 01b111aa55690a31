import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AuditLog, ExportedHead, Seal } from './auditSeals.ts'

/** The heads in a file of exported ones, a JSON object a line; none where there is no file. */
export async function readHeads(path: string): Promise<ExportedHead[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return []
    throw error
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ExportedHead)
}

/** The number of the newest batch of a log among exported heads; 0 where there is none. */
export function newestBatch(heads: readonly ExportedHead[], log: AuditLog): number {
  return heads.reduce((newest, head) => (head.log === log && head.batch > newest ? head.batch : newest), 0)
}

/** Adds heads to the file, one a line; the file is made for its owner alone. */
export async function appendHeads(path: string, seals: readonly Seal[]): Promise<void> {
  if (seals.length === 0) return
  await mkdir(dirname(path), { recursive: true })
  const lines = seals.map(({ log, batch, firstId, lastId, rowCount, head, sealedAt }) =>
    JSON.stringify({ log, batch, firstId, lastId, rowCount, head, sealedAt }),
  )
  await appendFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
}
