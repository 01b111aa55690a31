import type { Table } from '../../http/table.ts'
import { dimension, type Field, figure, label, note, tableOf, time } from '../../http/tableFields.ts'
import { FLOW_MEASURES, PLACE_MEASURES } from '../../reference/capacityMeasures.ts'
import { featureNames } from './groups.ts'
import type {
  Capacity,
  CapacityRow,
  CapacitySeries,
  GroupKind,
  SeriesRow,
  StayLengths,
  StayRow,
  WaitingRow,
  WaitingTimes,
} from './schema.ts'

const UNREACHED = 'nås ikke'

interface Grouped {
  district?: string | undefined
  districtName?: string | undefined
  step?: number | undefined
  stepName?: string | undefined
  form?: string | undefined
  formName?: string | undefined
  facilityId?: string | undefined
  facilityName?: string | undefined
  features?: string[] | undefined
}

function groupFields<Row extends Grouped>(kinds: readonly GroupKind[]): Field<Row>[] {
  const fields: Record<GroupKind, Field<Row>[]> = {
    district: [
      dimension('district', 'Bydelsnummer', (row) => row.district ?? ''),
      label('districtName', 'Bydel', 'district', (row) => row.districtName ?? ''),
    ],
    step: [
      dimension('step', 'Trinn', (row) => row.step ?? ''),
      label('stepName', 'Navn på trinnet', 'step', (row) => row.stepName ?? ''),
    ],
    form: [
      dimension('form', 'Boligformkode', (row) => row.form ?? ''),
      label('formName', 'Boligform', 'form', (row) => row.formName ?? ''),
    ],
    facility: [
      dimension('facilityId', 'Botilbudets id', (row) => row.facilityId ?? ''),
      label('facilityName', 'Botilbud', 'facilityId', (row) => row.facilityName ?? ''),
    ],
    features: [
      dimension('features', 'Egenskapskoder', (row) => (row.features ?? []).join(' ')),
      label('featureNames', 'Egenskaper', 'features', (row) => featureNames(row.features ?? [])),
    ],
  }
  return kinds.flatMap((kind) => fields[kind])
}

type PlaceMeasure = (typeof PLACE_MEASURES)[number]['id']
const DAY_ONLY: readonly PlaceMeasure[] = ['openingLater', 'closingLater', 'admissionAssumed']
const flow = (id: (typeof FLOW_MEASURES)[number]['id']) =>
  FLOW_MEASURES.find((measure) => measure.id === id) ?? { name: id, sentence: '' }

/** What the day's table says besides its figures. */
function notesOf({ notes, queueNote }: { notes: readonly string[]; queueNote?: string | null }): string[] {
  return [...notes, ...(queueNote === null || queueNote === undefined ? [] : [queueNote])]
}

/** Capacity of a day as a table; the last row is the sum where the figures are told apart. */
export function capacityTable(kinds: readonly GroupKind[], answer: Capacity): Table {
  const queue = flow('queue')
  const fields: Field<CapacityRow>[] = [
    time('on', 'Dag', () => answer.on),
    ...groupFields<CapacityRow>(kinds),
    ...PLACE_MEASURES.map(({ id, name, sentence }) => figure<CapacityRow>(id, name, sentence, (row) => row[id])),
    figure('queue', queue.name, queue.sentence, (row) => row.queue),
    figure('facilities', 'Antall botilbud', 'Botilbud med åpne plasser.', ({ freshness }) => freshness.facilities),
    figure(
      'fresh',
      'Bekreftet nylig',
      `Botilbud som har bekreftet ledigheten de siste ${answer.staleAfterDays} dagene.`,
      ({ freshness }) => freshness.fresh,
    ),
    figure(
      'stale',
      'Bekreftet for lenge siden',
      'Botilbud som har bekreftet, men før det.',
      ({ freshness }) => freshness.stale,
    ),
    figure('never', 'Aldri bekreftet', 'Botilbud som aldri har bekreftet.', ({ freshness }) => freshness.never),
    figure(
      'oldestDays',
      'Eldste bekreftelse, dager',
      'Hvor gammel den eldste bekreftelsen er i dag.',
      ({ freshness }) => freshness.oldestDays,
    ),
  ]
  const about = {
    name: 'kapasitet',
    title: 'Kapasitet',
    asOf: answer.asOf,
    notes: [`Kapasitet ${answer.on}, slik det er registrert ${answer.asOf}.`, ...notesOf(answer)],
  }
  return tableOf(about, fields, kinds.length === 0 ? [answer.total] : answer.items)
}

/** Capacity over time as a table: a row for each period and group. */
export function seriesTable(kinds: readonly GroupKind[], answer: CapacitySeries): Table {
  const [placeDays, movedIn, departed, turnover, queue] = [
    flow('placeDays'),
    flow('movedIn'),
    flow('departed'),
    flow('turnover'),
    flow('queue'),
  ]
  const measures = PLACE_MEASURES.flatMap((measure) =>
    DAY_ONLY.includes(measure.id) ? [] : [{ ...measure, id: measure.id as keyof SeriesRow['first'] }],
  )
  const capital = (id: string) => `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`
  const fields: Field<SeriesRow>[] = [
    time('from', 'Fra og med', (row) => row.from),
    { id: 'to', title: 'Til', kind: 'day', role: 'note', value: (row) => row.to },
    ...groupFields<SeriesRow>(kinds),
    ...measures.map(({ id, name, sentence }) =>
      figure<SeriesRow>(id, `${name}, første dag`, sentence, (row) => row.first[id]),
    ),
    ...measures.map(({ id, name }) =>
      figure<SeriesRow>(
        `placeDays${capital(id)}`,
        `Plassdøgn: ${name.toLowerCase()}`,
        placeDays.sentence,
        (row) => row.placeDays[id],
      ),
    ),
    figure('movedIn', movedIn.name, movedIn.sentence, (row) => row.movedIn),
    figure('departed', departed.name, departed.sentence, (row) => row.departed),
    figure('turnover', turnover.name, turnover.sentence, (row) => row.turnover),
    figure('queue', `${queue.name}, første dag`, queue.sentence, (row) => row.queue),
  ]
  const about = { name: 'kapasitet-over-tid', title: 'Kapasitet over tid', asOf: answer.asOf, notes: notesOf(answer) }
  return tableOf(about, fields, answer.items)
}

function quantileFields<Row extends Pick<WaitingRow, 'p25' | 'p50' | 'p75' | 'p90'>>(of: string): Field<Row>[] {
  const shares = [
    ['p25', 'en fjerdedel'],
    ['p50', 'halvparten'],
    ['p75', 'tre fjerdedeler'],
    ['p90', 'ni av ti'],
  ] as const
  return shares.map(([id, share]) =>
    figure<Row>(id, `Dager til ${share} ${of}`, `Anslått dager til ${share} ${of}.`, (row) => row[id] ?? UNREACHED),
  )
}

/** Waiting times as a table. */
export function waitingTable(kinds: readonly GroupKind[], answer: WaitingTimes): Table {
  const [housed, still] = [flow('housed'), flow('stillWaiting')]
  const fields: Field<WaitingRow>[] = [
    { id: 'from', title: 'Fra og med', kind: 'day', role: 'note', value: () => answer.from },
    time('to', 'Til', () => answer.to),
    ...groupFields<WaitingRow>(kinds),
    figure('observed', 'Behov', 'Behov som ventet en dag i perioden.', (row) => row.observed),
    figure('housed', housed.name, housed.sentence, (row) => row.housed),
    figure('stillWaiting', still.name, still.sentence, (row) => row.stillWaiting),
    ...quantileFields<WaitingRow>('har fått plass'),
  ]
  const about = {
    name: 'ventetid',
    title: 'Ventetid',
    asOf: answer.asOf,
    notes: [flow('waiting').sentence, ...answer.notes],
  }
  return tableOf(about, fields, kinds.length === 0 ? [answer.total] : answer.items)
}

/** Lengths of stays as a table. */
export function stayTable(kinds: readonly GroupKind[], answer: StayLengths): Table {
  const [beyond, lasting, atNorm] = [flow('beyondNorm'), flow('lasting'), flow('lastingAtNorm')]
  const fields: Field<StayRow>[] = [
    { id: 'from', title: 'Fra og med', kind: 'day', role: 'note', value: () => answer.from },
    time('to', 'Til', () => answer.to),
    ...groupFields<StayRow>(kinds),
    figure('observed', 'Opphold', 'Opphold som varte en dag i perioden.', (row) => row.observed),
    figure('departed', 'Flyttet ut', 'Av dem, de som sluttet i perioden.', (row) => row.departed),
    figure('lasting', lasting.name, lasting.sentence, (row) => row.lasting),
    ...quantileFields<StayRow>('har flyttet ut'),
    figure('normDays', 'Norm, dager', 'Lengste opphold innenfor normen.', (row) => row.normDays),
    note('normText', flow('norm').name, (row) => row.normText),
    figure('beyondNorm', beyond.name, beyond.sentence, (row) => row.beyondNorm),
    figure('lastingAtNorm', atNorm.name, atNorm.sentence, (row) => row.lastingAtNorm),
  ]
  const about = {
    name: 'oppholdstid',
    title: 'Oppholdstid',
    asOf: answer.asOf,
    notes: [flow('stay').sentence, ...answer.notes],
  }
  return tableOf(about, fields, kinds.length === 0 ? [answer.total] : answer.items)
}
