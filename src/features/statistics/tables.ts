import { type Kysely, sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import type { DB } from '../../db/types.generated.ts'
import { dayInOslo } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import type { Table } from '../../http/table.ts'
import { type Field, figure, label, note, region, tableOf, time } from '../../http/tableFields.ts'
import { seriesById } from '../../reference/series.ts'
import { STATISTIC_TABLES, type StatisticTable, UNKNOWN_MARK } from '../../reference/statisticTables.ts'
import type { StatisticTableBody, StatisticTableRow } from './schema.ts'

const OUTSIDE: Record<string, string> = { '0301': 'Oslo i alt', '0301xx': 'Sentrum, Marka og uoppgitt' }

/** What an area of the statistics is called, also where it is no district. */
export function areaName(area: string, district: string | null): string {
  return district ?? OUTSIDE[area] ?? area
}

/** Every revision of every figure of some series, the newest first. */
function revisions(db: Kysely<DB>, series: readonly string[]) {
  return db
    .selectFrom('statisticValue as value')
    .leftJoin('district', (join) =>
      join.onRef('district.code', '=', 'value.area').on(sql<boolean>`upper_inf(district.valid)`),
    )
    .select([
      'value.seriesId',
      'value.area',
      'district.name',
      'value.year',
      'value.revision',
      'value.value',
      'value.status',
      'value.reason',
      'value.source',
      'value.recordedAt',
    ])
    .where('value.seriesId', 'in', [...series])
    .orderBy('value.year')
    .orderBy('value.area')
    .orderBy('value.revision', 'desc')
    .execute()
}

/**
 * A published table with the newest revision of each figure, and the earlier ones beside it.
 * @throws {DomainError} `not_found`
 */
export async function statisticTable({ trx, today }: Acting, id: string): Promise<StatisticTableBody> {
  const table: StatisticTable | undefined = STATISTIC_TABLES.find((one) => one.id === id)
  if (table === undefined) throw notFound()
  const rows = await revisions(
    trx,
    table.series.map((series) => series.id),
  )
  const items = [...Map.groupBy(rows, ({ year, area }) => `${year}/${area}`).values()].map(
    (ofRow): StatisticTableRow => {
      const [{ area, name, year } = { area: '', name: null, year: 0 }] = ofRow
      return {
        area,
        areaName: areaName(area, name),
        year,
        figures: table.series.flatMap((series) => {
          const [shown, ...earlier] = ofRow.filter(({ seriesId }) => seriesId === series.id)
          if (shown === undefined) return []
          return [
            {
              series: series.id,
              value: shown.value,
              status: shown.status as StatisticTableRow['figures'][number]['status'],
              reason: shown.reason,
              source: shown.source,
              revision: shown.revision,
              recordedAt: shown.recordedAt,
              earlier: earlier.map(({ revision, value, source, recordedAt }) => ({
                revision,
                value,
                source,
                recordedAt,
              })),
            },
          ]
        }),
      }
    },
  )
  return {
    id: table.id,
    title: table.title,
    variable: table.variable,
    source: table.source,
    asOf: today,
    series: table.series.map((series) => ({ ...series, unit: seriesById(series.id).unit })),
    notes: [
      `Ukjent er skrevet ${UNKNOWN_MARK}. Det er aldri null.`,
      ...(items.some(({ figures }) => figures.some(({ revision }) => revision > 1))
        ? ['Der et tall er rettet, er den nyeste utgaven vist. Merknaden sier hva som sto før.']
        : []),
    ],
    items,
  }
}

/** The same as a table that a statistics bank would give: areas, years, and a column of figures for each series. */
export function publishedTable(answer: StatisticTableBody): Table {
  const figureOf = ({ figures }: StatisticTableRow, id: string) => figures.find(({ series }) => series === id)
  return tableOf<StatisticTableRow>(
    { name: answer.id, title: answer.title, asOf: answer.asOf, notes: [`Kilde: ${answer.source}`, ...answer.notes] },
    [
      region('Region', 'Område', ({ area }) => area),
      label('RegionName', 'Navn på området', 'Region', (row) => row.areaName),
      time('Tid', 'År', ({ year }) => String(year)),
      ...answer.series.map(
        ({ id, label: title, unit }): Field<StatisticTableRow> =>
          figure(id, title, unit, (row) => {
            const found = figureOf(row, id)
            return found === undefined ? null : (found.value ?? UNKNOWN_MARK)
          }),
      ),
      note('Merknad', 'Merknad', ({ figures }) => remarks(answer, figures)),
      note('Revisjon', 'Revisjon', ({ figures }) => String(Math.max(1, ...figures.map(({ revision }) => revision)))),
    ],
    answer.items,
  )
}

function remarks(answer: StatisticTableBody, figures: StatisticTableRow['figures']): string {
  const nameOf = (id: string) => answer.series.find((series) => series.id === id)?.label ?? id
  return figures
    .flatMap(({ series, reason, revision, earlier, recordedAt }) => [
      ...(reason === null ? [] : [`${nameOf(series)}: ${reason}`]),
      ...(earlier[0] === undefined
        ? []
        : [
            `${nameOf(series)}: revisjon ${revision}, tatt inn ${dayInOslo(new Date(recordedAt))}. Før: ${earlier[0].value ?? 'ukjent'}.`,
          ]),
    ])
    .join(' ')
}
