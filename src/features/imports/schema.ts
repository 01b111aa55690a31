import { z } from 'zod'
import { FILE_KINDS } from '../../domain/importColumns.ts'
import { id, instant } from '../../http/fields.ts'
import type { ImportFile } from './file.ts'
import { IMPORT_MODES } from './run.ts'

/** How many bad rows an answer lists; all of them are in the file of rejected rows. */
export const LISTED_ROWS = 100

export const importQuery = z.strictObject({
  mode: z
    .enum(IMPORT_MODES)
    .describe('Only say what would happen; write all rows or none; or write the good rows and return the bad ones.'),
  kind: z.enum(FILE_KINDS).optional().describe('Absent: told by the columns.'),
})

/** The bytes of a file; as JSON it is only a hash, which is what tells one request from another. */
export type Upload = ImportFile & { toJSON(): string }

export const upload = z
  .custom<Upload>((value) => typeof value === 'object' && value !== null && 'bytes' in value, 'Send en fil.')
  .meta({ type: 'string', format: 'binary', description: 'At most 50 MB and 200,000 rows.' })

/** What a file of each kind may hold: known from the words alone, so no district of the day has to be asked for. */
export const importKinds = z
  .object({
    kind: z.enum(FILE_KINDS),
    columns: z.array(
      z.object({
        title: z.string().describe('The heading in bokmål.'),
        key: z.string().describe('The heading in English.'),
        required: z.boolean().describe('The column must be there, with a value in each row.'),
      }),
    ),
  })
  .meta({ id: 'ImportKind' })

const badRow = z
  .object({
    row: z.number().int().describe('As in the sheet: the heading is row 1.'),
    errors: z.array(
      z.object({
        column: z.string().nullable().describe('As the file writes it; null: the row as a whole.'),
        code: z.string(),
        reason: z.string().describe('In bokmål. Quotes nothing of the row.'),
      }),
    ),
  })
  .meta({ id: 'ImportBadRow' })

export const importReport = z
  .object({
    id,
    kind: z.enum(FILE_KINDS),
    mode: z.enum(IMPORT_MODES),
    written: z.boolean().describe('The good rows are registered now.'),
    counts: z.object({
      rows: z.number().int(),
      new: z.number().int(),
      unchanged: z.number().int().describe('Say the same as the last time they were imported; left alone.'),
      changed: z.number().int(),
      bad: z.number().int(),
    }),
    badRows: z.array(badRow).describe(`The first ${LISTED_ROWS}, in the order of the sheet.`),
    rejected: z.string().nullable().describe('Where all bad rows can be had as CSV; null when there are none.'),
    createdAt: instant,
  })
  .meta({ id: 'ImportReport' })
