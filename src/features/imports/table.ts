import { DomainError } from '../../domain/error.ts'

/** One row as it stands in the sheet, where the heading is row 1. */
export interface TableRow {
  readonly number: number
  readonly cells: readonly string[]
}

/** How many rows are handed on at a time: few enough that nothing else waits long. */
export const BATCH = 1000

/** A file that cannot be read as what it says it is; the sentence quotes nothing of it. */
export function unreadable(detail: string): DomainError {
  return new DomainError('import_unreadable', detail)
}
