import type { Capacity, CapacityRow, SeriesRow, StayLengthRow } from '../../api/capacity.ts'
import { dayInWords, monthInShort } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'
import type { Drawn } from './search.ts'

type Grouped = Pick<CapacityRow, 'districtName' | 'step' | 'stepName' | 'formName' | 'facilityName' | 'features'>

/** What a row is of: a form, a district, a house, a set of features, or all of it. */
export function rowName(row: Grouped, feature: (id: string) => string): string {
  if (row.facilityName !== undefined) return row.facilityName
  if (row.features !== undefined)
    return row.features.length === 0 ? 'Ingen egenskaper' : row.features.map(feature).join(', ')
  if (row.formName !== undefined) return row.formName
  if (row.districtName !== undefined) return row.districtName
  if (row.step !== undefined) return `Trinn ${row.step}: ${row.stepName}`
  return 'I alt'
}

/** The day in a sentence or two: what is there, what is free, and what keeps the rest. */
export function dayInSentences({ on, total }: Pick<Capacity, 'on' | 'total'>): string {
  if (total.places === 0) return `Ingen plasser er åpne ${dayInWords(on)} i dette utvalget.`
  const parts = (
    [
      [total.occupied + total.occupiedClosed, 'opptatt'],
      [total.held, 'holdt av'],
      [total.offered, 'tilbudt'],
      [total.closed, 'sperret'],
      [total.notAdmitting, 'i hus som ikke tar imot'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${inNumbers(count)} er ${word}`)
  const free =
    total.free === 0 ? 'Ingen er ledig' : `${inNumbers(total.free)} er ${total.free === 1 ? 'ledig' : 'ledige'}`
  const rest = parts.length === 0 ? '' : ` ${inARow(parts)}.`
  return `${inNumbers(total.places)} ${total.places === 1 ? 'plass' : 'plasser'}. ${free}.${rest}`
}

/** What is counted but is no place, and what was assumed; null where there is nothing to say. */
export function asideInWords({ occupiedOutside, admissionAssumed }: CapacityRow): string | null {
  const told = [
    ...(occupiedOutside === 0
      ? []
      : [`${inNumbers(occupiedOutside)} bor der uten at plassen er åpen, og er ikke med i tabellen.`]),
    ...(admissionAssumed === 0 ? [] : [`For ${inNumbers(admissionAssumed)} plasser er inntaket den dagen ikke kjent.`]),
  ]
  return told.length === 0 ? null : told.join(' ')
}

/** What is drawn of a period; null where it is not known. */
function drawnOf(row: SeriesRow, measure: Drawn): number | null {
  if (measure === 'queue') return row.queue
  if (measure === 'movedIn' || measure === 'departed') return row[measure]
  return row.first[measure]
}

export interface Panel {
  name: string
  points: { from: string; value: number | null }[]
}

/** The series by group, in the order of the answer. */
export function panelsOf(rows: readonly SeriesRow[], measure: Drawn, nameOf: (row: SeriesRow) => string): Panel[] {
  return [...Map.groupBy(rows, nameOf)].map(([name, group]) => ({
    name,
    points: group.map((row) => ({ from: row.from, value: drawnOf(row, measure) })),
  }))
}

/** The largest of all panels: they are drawn on one scale. */
export function largestOf(panels: readonly Panel[]): number {
  return Math.max(0, ...panels.flatMap(({ points }) => points.map(({ value }) => value ?? 0)))
}

/** What a panel shows, for those who do not see it: first, last, highest and lowest. */
export function panelInWords({ points }: Panel): string {
  const known = points.flatMap(({ from, value }) => (value === null ? [] : [{ from, value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return 'Ikke kjent.'
  const said = ({ from, value }: { from: string; value: number }) => `${inNumbers(value)} (${monthInShort(from)})`
  const high = known.reduce((best, point) => (point.value > best.value ? point : best), first)
  const low = known.reduce((best, point) => (point.value < best.value ? point : best), first)
  if (high.value === low.value) return `${inNumbers(first.value)} hele tiden.`
  return `Fra ${said(first)} til ${said(last)}. Høyest ${said(high)}, lavest ${said(low)}.`
}

/**
 * The outline of a panel in a box of 0–1 by 0–1, upper left first; a month that is not known breaks it.
 * @returns one list of corners for each unbroken stretch
 */
export function outlineOf({ points }: Panel, largest: number): { x: number; y: number }[][] {
  const width = Math.max(1, points.length - 1)
  const stretches: { x: number; y: number }[][] = [[]]
  for (const [at, { value }] of points.entries()) {
    if (value === null) stretches.push([])
    else stretches.at(-1)?.push({ x: at / width, y: largest === 0 ? 1 : 1 - value / largest })
  }
  return stretches.filter((stretch) => stretch.length > 0)
}

/** «18 av 60 (30 prosent)», or why there is no share. */
export function beyondNormInWords({
  beyondNorm,
  lasting,
  normDays,
}: Pick<StayLengthRow, 'beyondNorm' | 'lasting' | 'normDays'>): string {
  if (normDays === null || beyondNorm === null) return 'ingen norm'
  if (lasting === 0) return 'ingen bor der'
  return `${inNumbers(beyondNorm)} av ${inNumbers(lasting)} (${percent(beyondNorm / lasting)})`
}

/** A share in whole per cent: «30 %». */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

/** Days of an estimate; where it does not get there, the reader is told so. */
export function estimatedDays(days: number | null): string {
  return days === null ? 'nås ikke' : inNumbers(days)
}

/** A count; what is not known is never 0. */
export function knownNumber(value: number | null): string {
  return value === null ? 'ukjent' : inNumbers(value)
}

/** «120 flyttet inn og 115 ut.» */
export function movesInWords(rows: readonly Pick<SeriesRow, 'movedIn' | 'departed'>[]): string {
  const [movedIn, departed] = (['movedIn', 'departed'] as const).map((id) =>
    rows.reduce((sum, row) => sum + row[id], 0),
  )
  return `${inNumbers(movedIn ?? 0)} flyttet inn og ${inNumbers(departed ?? 0)} ut.`
}

/** How many stays are over the norm of their form, of those that have one. */
export function normsInWords(rows: readonly Pick<StayLengthRow, 'beyondNorm' | 'lasting' | 'normDays'>[]): string {
  const withNorm = rows.filter(({ normDays, beyondNorm }) => normDays !== null && beyondNorm !== null)
  if (withNorm.length === 0) return 'Ingen av boligformene her har en norm for hvor lenge oppholdet skal vare.'
  const lasting = withNorm.reduce((sum, row) => sum + row.lasting, 0)
  const beyond = withNorm.reduce((sum, row) => sum + (row.beyondNorm ?? 0), 0)
  if (lasting === 0) return 'Ingen bor nå på plasser der boligformen har en norm.'
  return `${inNumbers(beyond)} av ${inNumbers(lasting)} (${percent(beyond / lasting)}) på plasser med en norm har bodd der lenger enn normen.`
}
