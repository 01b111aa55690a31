import { type Kysely, sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { districtNames } from '../../db/districts.ts'
import type { DB } from '../../db/types.generated.ts'
import { addDays, addMonths, type Day } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { FORMS, formById } from '../../domain/ladder.ts'
import type { ShortfallKind } from '../../domain/placement/consequences.ts'
import type { Table } from '../../http/table.ts'
import { dimension, figure, label, region, tableOf, time } from '../../http/tableFields.ts'
import type { RecordedQuery, RecordedShortfall } from './schema.ts'

const DEFAULT_MONTHS = 12
const NOTE =
  'Registrert da det skjedde, og aldri regnet ut etterpå: ett nei teller én gang, og et behov kan telle flere ganger. Bare mangel på plass er med. Andre grunner til et nei er ikke.'

/** What was recorded, as a user reads it, in the order that it is listed. */
const KIND_NAMES: Record<ShortfallKind, string> = {
  refusal: 'Avslag på kommunal bolig fordi det manglet en egnet bolig',
  no_capacity: 'Nei til henvisning, eller behovet ble trukket, fordi det manglet plass',
  no_capacity_lost_place: 'Plassen falt bort',
  outprioritised: 'En annen måtte få plassen først',
  forced_skip: 'Fikk en annen boligform fordi den rette manglet',
}
const LADDER = FORMS.map(({ id }) => id)
const KINDS = Object.keys(KIND_NAMES) as ShortfallKind[]

type RecordedRow = Omit<
  RecordedShortfall['items'][number],
  'districtName' | 'kindName' | 'formNeededName' | 'formGivenName'
>

function recordedRows(db: Kysely<DB>, { from, to }: { from: Day; to: Day }, district: string | undefined) {
  return sql<RecordedRow>`
    select district, kind, form_needed, form_given, records::integer as records, needs::integer as needs
    from recorded_shortfall(${from}::date, ${addDays(to, -1)}::date)
    where ${district ?? null}::text is null or district = ${district ?? null}::text`.execute(db)
}

/**
 * How often somebody did not get what was needed because there was no room, as it was recorded when it happened: the city's
 * districts or one, counts alone.
 * @throws {DomainError} `invalid_value` for an empty range
 */
export async function recordedShortfall({ trx, today }: Acting, query: RecordedQuery): Promise<RecordedShortfall> {
  const to = query.to ?? addDays(today, 1)
  const from = query.from ?? addMonths(to, -DEFAULT_MONTHS)
  if (from >= to) throw invalid('/querystring/to', 'empty_range', 'Til-datoen må være etter fra-datoen.')
  const names = await districtNames(trx)
  const { rows } = await recordedRows(trx, { from, to }, query.district)
  return {
    from,
    to,
    asOf: today,
    notes: [NOTE],
    items: rows
      .toSorted(
        (a, b) =>
          a.district.localeCompare(b.district) ||
          KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
          LADDER.indexOf(a.formNeeded) - LADDER.indexOf(b.formNeeded),
      )
      .map(({ district, kind, formNeeded, formGiven, records, needs }) => ({
        district,
        districtName: names.get(district) ?? district,
        kind,
        kindName: KIND_NAMES[kind],
        formNeeded,
        formNeededName: formById(formNeeded).name,
        formGiven,
        formGivenName: formGiven === null ? null : formById(formGiven).name,
        records,
        needs,
      })),
    records: rows.reduce((sum, { records }) => sum + records, 0),
  }
}

/** The same as a table: a row for each district, what happened, the form needed and the form given. */
export function recordedTable({ from, to, asOf, notes, items }: RecordedShortfall): Table {
  type Row = RecordedShortfall['items'][number]
  return tableOf<Row>(
    {
      name: 'registrert-mangel',
      title: 'Registrert mangel på plass',
      asOf,
      notes: [`Fra ${from} til og med ${addDays(to, -1)}.`, ...notes],
    },
    [
      time('from', 'Fra og med', () => from),
      region('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      dimension('kind', 'Kode for hva som skjedde', (row) => row.kind),
      label('kindName', 'Hva som skjedde', 'kind', (row) => row.kindName),
      dimension('formNeeded', 'Kode for boligformen som trengtes', (row) => row.formNeeded),
      label('formNeededName', 'Trengte', 'formNeeded', (row) => row.formNeededName),
      dimension('formGiven', 'Kode for boligformen som ble gitt', (row) => row.formGiven ?? ''),
      label('formGivenName', 'Fikk', 'formGiven', (row) => row.formGivenName ?? 'Ingen'),
      figure('records', 'Ganger', 'Så mange ganger det er registrert.', (row) => row.records),
      figure('needs', 'Behov', 'Så mange behov det gjelder.', (row) => row.needs),
    ],
    items,
  )
}
