import type { Keyring } from '../../access/keyring.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import type { FileKind } from '../../domain/importColumns.ts'
import { saysStatistics } from '../../domain/statisticFile.ts'
import { type ImportFile, rowsOf } from './file.ts'
import { type ImportOutcome, type ImportRequest, runImport } from './run.ts'
import { importStatistics } from './statistics.ts'

/** A file of any kind: records by their columns, or published figures. Throws as the two do. */
export async function takeFile(
  acting: Acting,
  actor: Actor,
  keyring: Keyring,
  demo: boolean,
  { kind, ...request }: Omit<ImportRequest, 'kind'> & { kind: FileKind | undefined },
): Promise<ImportOutcome> {
  if (kind === 'statistics' || (kind === undefined && (await holdsStatistics(request.file))))
    return importStatistics(acting, actor, request)
  return runImport(acting, actor, keyring, demo, { ...request, kind })
}

async function holdsStatistics(file: ImportFile): Promise<boolean> {
  if (file.format === 'json-stat') return true
  const { value: first = [] } = await rowsOf(file).next()
  return saysStatistics(first)
}
