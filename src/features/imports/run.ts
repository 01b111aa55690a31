import { type Capability, scopeFor } from '../../access/capabilities.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { DomainError, invalid } from '../../domain/error.ts'
import { folded } from '../../domain/importCell.ts'
import {
  type FileKind,
  IMPORT_KINDS,
  type ImportColumn,
  type ImportKind,
  importColumns,
} from '../../domain/importColumns.ts'
import {
  ERROR_TITLE,
  type Header,
  kindOf,
  type RowError,
  type RowValues,
  readHeader,
  readRow,
} from '../../domain/importRow.ts'
import { BOM, csvLine } from '../../http/csvText.ts'
import { type Check, findWrong } from './checks.ts'
import { type ImportFile, rowsOf } from './file.ts'
import { findNeeds, NEED_CHECKS, saveNeeds } from './needRows.ts'
import { PERSON_CHECKS, savePeople } from './personRows.ts'
import { findPlaces, PLACE_CHECKS, savePlaces } from './placeRows.ts'
import { contentKey, districtOf, ownershipErrors, type Preparing, prepareRow } from './prepare.ts'
import { districtsOn, prepareForBulk, takeTurn } from './queries.ts'
import { analyseStaging, countStaged, createStaging, dropRows, dropSaid, newIds, stage } from './staging.ts'
import { findStays, STAY_CHECKS, saveStays } from './stayRows.ts'
import type { TableRow } from './table.ts'

export const IMPORT_MODES = ['dry_run', 'all_or_nothing', 'accept_good'] as const
export type ImportMode = (typeof IMPORT_MODES)[number]

export interface ImportRequest {
  file: ImportFile
  mode: ImportMode
  /** Undefined: told by the file's columns. */
  kind: ImportKind | undefined
}

export interface BadRow {
  row: number
  errors: { column: string | null; code: string; reason: string }[]
}

export interface ImportOutcome {
  kind: FileKind
  mode: ImportMode
  /** True when the good rows are now registered. */
  written: boolean
  counts: { rows: number; new: number; unchanged: number; changed: number; bad: number }
  /** Every one, in the order of the sheet. */
  badRows: BadRow[]
  /** The bad rows as CSV with «Feil» first, made when asked for; an empty string when there are none. */
  rejected: () => Promise<string>
}

interface Steps {
  capability: Capability
  find: (acting: Acting) => Promise<void>
  checks: readonly Check[]
  save: (acting: Acting, keyring: Keyring, demo: boolean) => Promise<void>
}

const STEPS: Record<ImportKind, Steps> = {
  places: {
    capability: 'import_places',
    find: ({ trx }) => findPlaces(trx),
    checks: PLACE_CHECKS,
    save: ({ trx }) => savePlaces(trx),
  },
  needs: {
    capability: 'import_needs',
    find: ({ trx }) => findNeeds(trx),
    checks: [...PERSON_CHECKS, ...NEED_CHECKS],
    async save({ trx }, keyring, demo) {
      await savePeople(trx, keyring, demo)
      await saveNeeds(trx)
    },
  },
  stays: {
    capability: 'import_stays',
    find: ({ trx }) => findStays(trx),
    checks: [...PERSON_CHECKS, ...STAY_CHECKS],
    async save({ trx }, keyring, demo) {
      await savePeople(trx, keyring, demo)
      await saveStays(trx)
    },
  },
}

/** What is wrong, by row, and which row each id stood in first. A row is told once of each thing that is wrong with it. */
class Wrong {
  readonly byRow = new Map<number, RowError[]>()
  private readonly byKey = new Map<string, number>()

  add(row: number, error: RowError): void {
    const errors = this.byRow.get(row)
    if (errors === undefined) this.byRow.set(row, [error])
    else if (!errors.some(({ column, code }) => column === error.column && code === error.code)) errors.push(error)
  }

  /** The first row that had this id: `row` itself when there was none. */
  firstOf(key: string, row: number): number {
    const first = this.byKey.get(key)
    if (first === undefined) this.byKey.set(key, row)
    return first ?? row
  }
}

/**
 * Reads a file, says of every row whether it is new, unchanged, changed or bad, and writes the good ones when the mode says so:
 * with `all_or_nothing` only when all are good. Everything in the transaction it is given, so a refusal leaves nothing.
 * @throws {DomainError} `not_allowed`, `import_unreadable`, `import_in_progress`, `invalid_value` (no such kind of columns)
 */
export async function runImport(
  acting: Acting,
  actor: Actor,
  keyring: Keyring,
  demo: boolean,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const { trx, today } = acting
  await prepareForBulk(trx)
  const all = importColumns(await districtsOn(trx, today))
  const batches = rowsOf(request.file)
  const { value: first = [] } = await batches.next()
  const [heading, ...rest] = first
  const { kind, header, titles } = readTable(heading?.cells, request.kind, all)
  const { capability, find, checks, save } = STEPS[kind]
  if (scopeFor(actor, capability) === undefined) {
    throw new DomainError('not_allowed', 'Rollen din kan ikke importere dette.')
  }
  const turns = kind === 'places' ? ['places'] : [...actor.districts].sort()
  if (!(await takeTurn(trx, turns))) {
    throw new DomainError('import_in_progress', 'En annen import er i gang. Vent til den er ferdig, og prøv igjen.')
  }
  await createStaging(trx)
  const wrong = new Wrong()
  const preparing: Preparing = {
    kind,
    columns: all[kind],
    keyring,
    contentKey: contentKey(keyring),
    seals: request.mode !== 'dry_run',
    demo,
    districts: actor.districts,
  }
  const staging = { preparing, header, wrong }
  let rows = rest.length
  // the database takes one batch while the next one is read; a failure is told when it is waited for
  const begin = (read: readonly TableRow[]) => {
    const staged = stageRows(acting, staging, read)
    staged.catch(() => {})
    return staged
  }
  let staged = begin(rest)
  for await (const batch of batches) {
    rows += batch.length
    await staged
    staged = begin(batch)
  }
  await staged
  await dropSaid(trx, [...wrong.byRow.keys()])
  await analyseStaging(trx)
  await find(acting)
  // a row that falls may have been what another one rested on
  for (;;) {
    const fallen = await findWrong(trx, checks, (row, error) => wrong.add(row, error))
    if (fallen.length === 0) break
    await dropRows(trx, fallen)
  }
  const bad = wrong.byRow.size
  const counts = { rows, ...(await countStaged(trx)), bad }
  const written = request.mode === 'accept_good' || (request.mode === 'all_or_nothing' && bad === 0)
  if (written && counts.new + counts.changed > 0) await save(acting, keyring, demo)
  const title = new Map(
    all[kind].map((column, at) => [column.key, titles.get(column.key) ?? all[kind][at]?.title ?? '']),
  )
  const badRows = [...wrong.byRow]
    .sort(([a], [b]) => a - b)
    .map(([row, errors]) => ({
      row,
      errors: errors.map(({ column, code, detail }) => ({
        column: column === null ? null : (title.get(column) ?? column),
        code,
        reason: detail,
      })),
    }))
  return { kind, mode: request.mode, written, counts, badRows, rejected: () => rejectedRows(request.file, badRows) }
}

interface Table {
  kind: ImportKind
  header: Header
  /** How the file itself writes each column. */
  titles: ReadonlyMap<string, string>
}

function readTable(
  cells: readonly string[] | undefined,
  asked: ImportKind | undefined,
  all: Record<ImportKind, readonly ImportColumn[]>,
): Table {
  if (cells === undefined) throw new DomainError('import_unreadable', 'Filen er tom.')
  const kind = asked ?? kindOf(cells, all)
  if (kind === undefined) {
    throw invalid(
      '/querystring/kind',
      'unknown_kind',
      `Vi ser ikke av kolonnene hva filen inneholder. Si om det er plasser, behov eller opphold (${IMPORT_KINDS.join(', ')}).`,
    )
  }
  const { header, errors } = readHeader(cells, all[kind])
  if (errors.length > 0) {
    throw new DomainError(
      'import_unreadable',
      'Overskriften i filen er ikke som den skal være.',
      errors.map(({ position, code, detail }) => ({
        pointer: position === null ? '/columns' : `/columns/${position}`,
        code,
        detail,
      })),
    )
  }
  const titles = header.flatMap((column, at) =>
    column === null ? [] : [[column.key, (cells[at] ?? '').trim()] as const],
  )
  return { kind, header, titles: new Map(titles) }
}

interface Staging {
  preparing: Preparing
  header: Header
  wrong: Wrong
}

/** Reads some rows below the heading and stages the good ones. */
async function stageRows(
  { trx, today }: Acting,
  { preparing, header, wrong }: Staging,
  rows: readonly TableRow[],
): Promise<void> {
  const ids = preparing.kind === 'places' || !preparing.seals ? [] : await newIds(trx, rows.length)
  const staged = rows.flatMap(({ number, cells }, at) => {
    const { values, errors } = readRow(preparing.kind, header, cells, today)
    const first = values.externalId === undefined ? number : wrong.firstOf(keyOf(preparing, values), number)
    if (first !== number) {
      wrong.add(first, duplicateOf(number))
      errors.push(duplicateOf(first))
    }
    const misread = new Set(errors.map(({ column }) => column))
    errors.push(...ownershipErrors(preparing, values, misread))
    for (const error of errors) wrong.add(number, error)
    return errors.length > 0 ? [] : [prepareRow(preparing, number, values, ids[at] ?? null)]
  })
  await stage(trx, staged)
}

/** What a row is known by: places by their id in the source, what is a district's by its id there. */
function keyOf(preparing: Preparing, values: RowValues): string {
  const held = preparing.kind === 'places' ? '' : String(districtOf(preparing, values))
  return `${held}\n${String(values.source)}\n${String(values.externalId)}`
}

function duplicateOf(other: number): RowError {
  return { column: 'externalId', code: 'duplicate_id', detail: `Raden har samme id som rad ${other}.` }
}

/** The bad rows as they were sent, with «Feil» first, to be corrected and sent again. The file is read once more for it. */
export async function rejectedRows(file: ImportFile, badRows: readonly BadRow[]): Promise<string> {
  if (badRows.length === 0) return ''
  const reasons = new Map(
    badRows.map(({ row, errors }) => [
      row,
      errors.map(({ column, reason }) => (column === null ? reason : `${column}: ${reason}`)).join(' '),
    ]),
  )
  const lines = [BOM]
  let readOver: number | undefined
  for await (const batch of rowsOf(file)) {
    for (const { number, cells } of batch) {
      const isHeading = lines.length === 1
      if (isHeading) readOver = cells.findIndex((cell) => folded(cell) === folded(ERROR_TITLE))
      const reason = isHeading ? ERROR_TITLE : reasons.get(number)
      if (reason !== undefined) lines.push(csvLine([reason, ...cells.filter((_, at) => at !== readOver)]))
    }
  }
  return lines.join('')
}
