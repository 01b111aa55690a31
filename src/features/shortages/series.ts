import type { Kysely } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { districtNames } from '../../db/districts.ts'
import type { DB } from '../../db/types.generated.ts'
import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { FORMS, formById, type HousingForm } from '../../domain/ladder.ts'
import { CERTIFIED_MISSING, type CertifiedMissing, type PlainCount, plainSum } from '../../domain/shortfall.ts'
import type { Table } from '../../http/table.ts'
import { dimension, type Field, figure, label, note, tableOf, time } from '../../http/tableFields.ts'
import { FLOW_MEASURES } from '../../reference/capacityMeasures.ts'
import type { ShortfallQuery, ShortfallRow, ShortfallSeries } from './schema.ts'

const DEFAULT_DAYS = 92
const MOST_DAYS = 1100
const BY_FORM =
  'Sikker mangel deles ikke på boligform: den samme personen kan godta flere, og hvem som blir uten, er ikke gitt.'
const OF_DISTRICT =
  'Sikker mangel for en bydel er den bydelen har alene. Det bydeler mangler sammen, er bare med i tallet for byen.'
const PLAIN =
  'Enkel differanse er de som venter utover ledige plasser av boligformen de helst vil ha. Sikker mangel er de som blir uten, uansett hvem som flytter. Ingen av dem sier alt alene.'

const positionOf = new Map<string, number>(FORMS.map(({ id }, position) => [id, position]))

interface Window {
  from: Day
  to: Day
}

/** @throws {DomainError} `invalid_value` for an empty range or one that is too long */
function windowOf({ from, to }: ShortfallQuery, today: Day): Window {
  const end = to ?? addDays(today, 1)
  const start = from ?? addDays(end, -DEFAULT_DAYS)
  if (start >= end) throw invalid('/querystring/to', 'empty_range', 'Til-datoen må være etter fra-datoen.')
  if (daysBetween(start, end) > MOST_DAYS)
    throw invalid('/querystring/from', 'too_many', `Velg høyst ${MOST_DAYS} dager.`)
  return { from: start, to: end }
}

/** Day by day, how many lacked a home: as plain difference and as what was certain, from the snapshots of those days. */
export async function shortfallSeries({ trx, today }: Acting, query: ShortfallQuery): Promise<ShortfallSeries> {
  const window = windowOf(query, today)
  const names = await districtNames(trx)
  const days = await snapshotRows(trx, window)
  const plain = Map.groupBy(await plainRows(trx, window, query.district), ({ day }) => day)
  const certified = Map.groupBy(await certifiedRows(trx, window), ({ day }) => day)
  return {
    ...window,
    asOf: today,
    notes: [
      PLAIN,
      ...(query.groupBy === 'form'
        ? [BY_FORM]
        : query.groupBy === 'district' || query.district !== undefined
          ? [OF_DISTRICT]
          : []),
    ],
    items: days.flatMap(({ day, takenAt, certified: city, missing }): ShortfallRow[] => {
      const counts = plain.get(day) ?? []
      const why = missing === null ? null : CERTIFIED_MISSING[missing as CertifiedMissing]
      const alone = new Map((certified.get(day) ?? []).map((row) => [row.district, row.certified]))
      const certain = (district: string | undefined) =>
        city === null ? null : district === undefined ? city : (alone.get(district) ?? 0)
      const row = (
        labels: Partial<ShortfallRow>,
        of: readonly PlainCount[],
        known: number | null,
        unknown: string | null,
      ) => ({
        day,
        takenAt,
        ...labels,
        ...plainSum(of),
        certified: known,
        certifiedMissing: unknown,
      })
      if (query.groupBy === 'form') {
        return [...Map.groupBy(counts, ({ form }) => form)]
          .sort(([a], [b]) => (positionOf.get(a) ?? 0) - (positionOf.get(b) ?? 0))
          .map(([form, of]) => row({ form, formName: formById(form as HousingForm).name }, of, null, why ?? BY_FORM))
      }
      if (query.groupBy === 'district') {
        const ofDistrict = Map.groupBy(counts, ({ district }) => district)
        return [...new Set([...ofDistrict.keys(), ...(query.district === undefined ? alone.keys() : [])])]
          .sort()
          .map((district) =>
            row(
              { district, districtName: names.get(district) ?? district },
              ofDistrict.get(district) ?? [],
              certain(district),
              why,
            ),
          )
      }
      return [row({}, counts, certain(query.district), why)]
    }),
  }
}

function snapshotRows(db: Kysely<DB>, { from, to }: Window) {
  return db
    .selectFrom('shortfallSnapshot')
    .select(['day', 'takenAt', 'certified', 'missing'])
    .where('day', '>=', from)
    .where('day', '<', to)
    .orderBy('day')
    .$narrowType<{ day: Day }>()
    .execute()
}

function plainRows(db: Kysely<DB>, { from, to }: Window, district: string | undefined) {
  return db
    .selectFrom('shortfallPlain')
    .select(['day', 'district', 'form', 'waiting', 'free'])
    .where('day', '>=', from)
    .where('day', '<', to)
    .$if(district !== undefined, (rows) => rows.where('district', '=', district ?? ''))
    .orderBy('day')
    .execute()
}

function certifiedRows(db: Kysely<DB>, { from, to }: Window) {
  return db
    .selectFrom('shortfallCertified')
    .select(['day', 'district', 'certified'])
    .where('day', '>=', from)
    .where('day', '<', to)
    .execute()
}

/** The same as a table: a row for each day and group. */
export function shortfallTable(groupBy: ShortfallQuery['groupBy'], answer: ShortfallSeries): Table {
  const groups: Field<ShortfallRow>[] =
    groupBy === 'district'
      ? [
          dimension('district', 'Bydelsnummer', (row) => row.district ?? ''),
          label('districtName', 'Bydel', 'district', (row) => row.districtName ?? ''),
        ]
      : groupBy === 'form'
        ? [
            dimension('form', 'Boligformkode', (row) => row.form ?? ''),
            label('formName', 'Boligform', 'form', (row) => row.formName ?? ''),
          ]
        : []
  const queue = FLOW_MEASURES.find(({ id }) => id === 'queue')
  return tableOf<ShortfallRow>(
    { name: 'mangel-over-tid', title: 'Mangel over tid', asOf: answer.asOf, notes: answer.notes },
    [
      time('day', 'Dag', (row) => row.day),
      ...groups,
      figure('waiting', 'Venter', queue?.sentence ?? '', (row) => row.waiting),
      figure('free', 'Ledige plasser', 'Plasser som noen kan få den dagen.', (row) => row.free),
      figure(
        'plain',
        'Enkel differanse',
        'De som venter, utover de ledige plassene av samme boligform.',
        (row) => row.plain,
      ),
      figure(
        'certified',
        'Sikker mangel',
        'De som blir uten, uansett hvem som flytter. Tom der den ikke er kjent.',
        (row) => row.certified,
      ),
      note('certifiedMissing', 'Hvorfor sikker mangel mangler', (row) => row.certifiedMissing),
      note('takenAt', 'Tallene ble tatt', (row) => row.takenAt),
    ],
    answer.items,
  )
}
