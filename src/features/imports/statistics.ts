import { type Kysely, sql } from 'kysely'
import { scopeFor } from '../../access/capabilities.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { newestValues } from '../../db/statistics.ts'
import type { DB } from '../../db/types.generated.ts'
import { DomainError } from '../../domain/error.ts'
import { rowsOfCube } from '../../domain/statisticCube.ts'
import {
  type Areas,
  figureKey,
  type Revised,
  readStatisticRows,
  revisionsOf,
  type StatisticError,
} from '../../domain/statisticFile.ts'
import { type SeriesId, seriesById } from '../../reference/series.ts'
import { type ImportFile, rowsOf } from './file.ts'
import { districtsOn, takeTurn } from './queries.ts'
import { type BadRow, type ImportMode, type ImportOutcome, rejectedRows } from './run.ts'
import { type TableRow, unreadable } from './table.ts'

const MOST_ROWS = 20_000

/** The columns of the simplest file, one figure a row; a column for each group or year may stand for series or year and value. */
export const STATISTIC_COLUMNS = [
  { title: 'Område', key: 'area', required: true },
  { title: 'År', key: 'year', required: true },
  { title: 'Serie', key: 'series', required: true },
  { title: 'Verdi', key: 'value', required: true },
  { title: 'Merknad', key: 'reason', required: false },
  { title: 'Kilde', key: 'source', required: false },
] as const

/**
 * Takes in published figures: what is new is added, what differs from what is kept becomes its next revision, and nothing that
 * was kept is lost. Counts are of rows; one that says something new is new, one that revises is changed.
 * @throws {DomainError} `not_allowed`, `import_unreadable`, `import_in_progress`
 */
export async function importStatistics(
  acting: Acting,
  actor: Actor,
  { file, mode }: { file: ImportFile; mode: ImportMode },
): Promise<ImportOutcome> {
  const { trx, today } = acting
  if (scopeFor(actor, 'import_statistics') === undefined)
    throw new DomainError('not_allowed', 'Rollen din kan ikke importere dette.')
  if (!(await takeTurn(trx, ['statistics'])))
    throw new DomainError('import_in_progress', 'En annen import er i gang. Vent til den er ferdig, og prøv igjen.')
  const areas = await districtsOn(trx, today)
  const read = readStatisticRows(await tableOf(file, areas), areas)
  if (read === undefined) {
    throw unreadable('Vi finner ingen overskrift med område og tall. Se hvilke kolonner en fil med statistikk kan ha.')
  }
  const badRows = badRowsOf(read.errors)
  const bad = new Set(badRows.map(({ row }) => row))
  const series = [...new Set(read.observations.map((found) => found.series))]
  const known = series.length === 0 ? [] : await newestValues(trx, undefined, series)
  const { added, changed } = revisionsOf(
    // a row with anything wrong falls as a whole
    read.observations.filter(({ row }) => !bad.has(row)),
    new Map(
      known.map(({ seriesId, area, year, revision, value }) => [
        figureKey({ series: seriesId as SeriesId, area, year }),
        { revision, value },
      ]),
    ),
  )
  const changes = new Set(changed.map(({ row }) => row))
  const news = new Set(added.flatMap(({ row }) => (changes.has(row) ? [] : [row])))
  const written = mode === 'accept_good' || (mode === 'all_or_nothing' && bad.size === 0)
  if (written) await save(trx, actor, [...added, ...changed], `Fil tatt inn ${today}`)
  return {
    kind: 'statistics',
    mode,
    written,
    counts: {
      rows: read.rows,
      new: news.size,
      changed: changes.size,
      unchanged: Math.max(0, read.rows - news.size - changes.size - [...bad].filter((row) => row > 0).length),
      bad: bad.size,
    },
    badRows,
    rejected: () => (file.format === 'json-stat' ? Promise.resolve('') : rejectedRows(file, badRows)),
  }
}

async function tableOf(file: ImportFile, areas: Areas): Promise<TableRow[]> {
  const rows: TableRow[] = []
  if (file.format === 'json-stat') {
    rows.push(...(rowsOfCube(parsed(file.bytes), areas) ?? []))
    if (rows.length === 0) {
      throw unreadable('Filen er ikke et datasett i JSON-stat 2 med områder, år og grupper som vi kjenner.')
    }
  } else for await (const batch of rowsOf(file)) rows.push(...batch)
  if (rows.length > MOST_ROWS) throw unreadable(`Filen har mer enn ${MOST_ROWS} rader. Del den i flere.`)
  return rows
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function badRowsOf(errors: readonly StatisticError[]): BadRow[] {
  return [...Map.groupBy(errors, ({ row }) => row)]
    .sort(([a], [b]) => a - b)
    .map(([row, found]) => ({
      row,
      errors: found.map(({ column, code, detail }) => ({ column, code, reason: detail })),
    }))
}

async function save(db: Kysely<DB>, actor: Actor, figures: readonly Revised[], unsaid: string): Promise<void> {
  const rows = figures.map(({ row, series, area, year, revision, value, source, reason }) => ({
    series,
    area,
    year,
    revision,
    value,
    status: value === null ? 'unknown' : 'read',
    reason: reason ?? (value === null ? 'Oppgitt som ukjent i filen.' : null),
    source: source ?? `${unsaid}. ${seriesById(series).title}`,
    provenance: { file: 'import', row },
  }))
  await sql`
    insert into statistic_value (series_id, area, year, revision, value, precision, status, reason, source, provenance, recorded_by)
    select r.series, r.area, r.year, r.revision, r.value, 'exact', r.status, r.reason, r.source, r.provenance, ${actor.accountId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (series text, area text, year integer, revision integer,
      value numeric, status text, reason text, source text, provenance jsonb)`.execute(db)
}
