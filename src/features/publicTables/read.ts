import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { districtNames } from '../../db/districts.ts'
import type { PlaceCell } from '../../db/publicTables.ts'
import type { Day } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { formById, type HousingForm, STEP_NAMES, type Step, stepOf } from '../../domain/ladder.ts'
import { countedOn, type PeopleCell, sumsOf } from '../../domain/publicTable.ts'
import type { Table } from '../../http/table.ts'
import { dimension, type Field, figure, label, region, tableOf, time } from '../../http/tableFields.ts'
import { PUBLIC_TABLES, type PublicTableId } from '../../reference/publicTables.ts'
import type { PublicTable, PublicTableCell } from './schema.ts'

const inMonths = (month: string) => month.slice(0, 7)

/** The fixed set, with the months of each that are published. */
export async function publicTableList({ trx }: Acting) {
  const rows = await trx.selectFrom('publicTable').select(['tableId', 'month']).orderBy('month', 'desc').execute()
  return {
    items: PUBLIC_TABLES.map(({ id, title, sentence, holds }) => ({
      id,
      title,
      sentence,
      holds,
      months: rows.filter(({ tableId }) => tableId === id).map(({ month }) => inMonths(month)),
    })),
  }
}

/**
 * A month's table, as it was published.
 * @throws {DomainError} `not_found` for a month that is not published
 */
export async function readPublicTable(
  { trx }: Acting,
  id: PublicTableId,
  month: string | undefined,
): Promise<PublicTable> {
  const row = await trx
    .selectFrom('publicTable')
    .select(['month', 'version', 'publishedAt', 'cells'])
    .where('tableId', '=', id)
    .$if(month !== undefined, (query) => query.where(sql<boolean>`month = ${`${month}-01`}::date`))
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst()
  const table = PUBLIC_TABLES.find((one) => one.id === id)
  if (row === undefined || table === undefined) throw notFound()
  const names = await districtNames(trx)
  const on = countedOn(row.month as Day)
  const cells = row.cells as unknown as (PeopleCell | PlaceCell)[]
  const common = (district: string, step: number) => ({
    district,
    districtName: names.get(district) ?? district,
    step,
    stepName: STEP_NAMES[step as Step],
  })
  return {
    id,
    title: table.title,
    holds: table.holds,
    month: inMonths(row.month),
    countedOn: on,
    publishedAt: row.publishedAt,
    version: row.version,
    notes: [table.sentence, `Talt ${on}. Tabellen endres ikke etter at den er publisert.`],
    items: cells.map(
      (cell): PublicTableCell =>
        'people' in cell
          ? { ...common(cell.district, cell.step), people: cell.people }
          : {
              ...common(cell.district, stepOf(cell.form as HousingForm)),
              form: cell.form,
              formName: formById(cell.form as HousingForm).name,
              places: cell.places,
              admitting: cell.admitting,
            },
    ),
    sums: table.holds === 'people' ? sumsOf(cells as PeopleCell[]) : null,
  }
}

/** The same as a table of cells; sums are left to whoever reads it, and are the same. */
export function publicTableFile(answer: PublicTable): Table {
  const common: Field<PublicTableCell>[] = [
    time('month', 'Måned', () => answer.month),
    region('district', 'Bydelsnummer', (cell) => cell.district),
    label('districtName', 'Bydel', 'district', (cell) => cell.districtName),
  ]
  const about = {
    name: answer.id,
    title: answer.title,
    asOf: answer.countedOn,
    notes: answer.notes,
  }
  if (answer.holds === 'people') {
    return tableOf<PublicTableCell>(
      about,
      [
        ...common,
        dimension('step', 'Trinn', (cell) => String(cell.step)),
        label('stepName', 'Navn på trinnet', 'step', (cell) => cell.stepName),
        figure('people', 'Venter', 'Registrerte behov, rundet av til nærmeste 5.', (cell) => cell.people ?? null),
      ],
      answer.items,
    )
  }
  return tableOf<PublicTableCell>(
    about,
    [
      ...common,
      dimension('form', 'Boligformkode', (cell) => cell.form ?? ''),
      label('formName', 'Boligform', 'form', (cell) => cell.formName ?? ''),
      figure('places', 'Plasser', 'Åpne plasser.', (cell) => cell.places ?? null),
      figure(
        'admitting',
        'Bemannet og tar imot',
        'Av dem, i hus som tok imot og ikke sperret.',
        (cell) => cell.admitting ?? null,
      ),
    ],
    answer.items,
  )
}
