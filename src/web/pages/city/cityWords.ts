import type { Capacity, ShortfallSeries, WaitingTimes } from '../../api/city.ts'
import type { CostRow, Costs } from '../../api/costs.ts'
import { inARow } from '../../ui/listing.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { roughly } from '../costs/costWords.ts'
import type { Shown } from './search.ts'

/** A district, or the whole city, in the figures of the page; null is not known. */
export type CityRow = {
  code: string
  name: string
  /** Needs that wait. */
  need: number | null
  /** Places in use or ready for use. */
  places: number
  free: number
  /** Needs beyond free places of the form they want first. */
  plain: number | null
  /** Needs that go without, whoever moves; of a district, what is certain of it alone. */
  certified: number | null
  /** Half have got a place after so many days, those who still wait counted. */
  waiting: number | null
  /** Whole kroner a month. */
  month: number
}

type Parts = {
  capacity: { items: readonly CapacityCount[] }
  waiting: Pick<WaitingTimes, 'items' | 'total'>
  shortfall: Pick<ShortfallSeries, 'items'>
  cityShortfall: Pick<ShortfallSeries, 'items'>
  costs: Pick<Costs, 'items' | 'total'>
}

/** The districts of the costs in their order, each with what the other parts say of it, and the whole city. */
export function cityRows({ capacity, waiting, shortfall, cityShortfall, costs }: Parts): {
  districts: CityRow[]
  city: CityRow
} {
  const last = newestDay(shortfall.items)
  const lastOfCity = newestDay(cityShortfall.items)
  const row = (
    cost: CostRow,
    counts: readonly CapacityCount[],
    waits: WaitingTimes['total'] | undefined,
    lacking: ShortfallSeries['items'][number] | undefined,
  ): CityRow => ({
    code: cost.district,
    name: cost.districtName,
    ...plainOf(counts),
    certified: lacking?.certified ?? null,
    waiting: waits?.p50 ?? null,
    month: cost.month,
  })
  return {
    districts: costs.items.map((cost) =>
      row(
        cost,
        capacity.items.filter(({ district }) => district === cost.district),
        waiting.items.find(({ district }) => district === cost.district),
        shortfall.items.find(({ day, district }) => day === last && district === cost.district),
      ),
    ),
    city: row(
      costs.total,
      capacity.items,
      waiting.total,
      cityShortfall.items.find(({ day }) => day === lastOfCity),
    ),
  }
}

/** What of a row of the capacity is read: of one district and form. */
type CapacityCount = Pick<Capacity['items'][number], 'district' | 'form' | 'queue' | 'capacity' | 'free'>

/** Rows by form added up, and who waits beyond the free places of the form that they want first. */
function plainOf(counts: readonly CapacityCount[]): Pick<CityRow, 'need' | 'places' | 'free' | 'plain'> {
  const sum = (rows: readonly CapacityCount[], of: (row: CapacityCount) => number) =>
    rows.reduce((total, row) => total + of(row), 0)
  const known = counts.length > 0 && counts.every(({ queue }) => queue !== null)
  const beyond = [...Map.groupBy(counts, ({ form }) => form).values()].map((rows) =>
    Math.max(0, sum(rows, ({ queue }) => queue ?? 0) - sum(rows, ({ free }) => free)),
  )
  return {
    need: known ? sum(counts, ({ queue }) => queue ?? 0) : null,
    places: sum(counts, ({ capacity }) => capacity),
    free: sum(counts, ({ free }) => free),
    plain: known ? beyond.reduce((total, more) => total + more, 0) : null,
  }
}

/** The newest day that there is a row of. */
export function newestDay(items: readonly { day: string }[]): string | undefined {
  return items.reduce<string | undefined>(
    (newest, { day }) => (newest === undefined || day > newest ? day : newest),
    undefined,
  )
}

export type Measure = {
  id: Shown
  title: string
  /** What one number of it is. */
  unit: string
  of(row: CityRow): number | null
}

/** What is compared between the districts, each on one scale for all of them. */
export const MEASURES: readonly Measure[] = [
  { id: 'mangel', title: 'Mangler plass', unit: 'behov utover ledige plasser', of: ({ plain }) => plain },
  { id: 'behov', title: 'Venter', unit: 'behov', of: ({ need }) => need },
  { id: 'plasser', title: 'Tilgjengelige plasser', unit: 'plasser', of: ({ places }) => places },
  { id: 'ventetid', title: 'Ventetid', unit: 'dager til halvparten har fått plass', of: ({ waiting }) => waiting },
  { id: 'kroner', title: 'Hva hullet koster', unit: 'kroner i måneden', of: ({ month }) => month },
]

/** A value of a measure as it is written. */
export function valueInWords({ id, of }: Pick<Measure, 'id' | 'of'>, row: CityRow): string {
  const value = of(row)
  if (value === null) return 'ukjent'
  return id === 'kroner' ? roughly(value) : inNumbers(value)
}

/** The largest value that any district has; what the scale ends at. */
export function largestOf({ of }: Pick<Measure, 'of'>, rows: readonly CityRow[]): number {
  return Math.max(1, ...rows.map((row) => of(row) ?? 0))
}

/** Which of four shades a tile gets, from 0 for nothing known and 1 to 4 for the quarters of the scale. */
export function levelOf(value: number | null, largest: number): 0 | 1 | 2 | 3 | 4 {
  if (value === null) return 0
  const quarter = Math.ceil((4 * value) / largest)
  return quarter <= 1 ? 1 : quarter === 2 ? 2 : quarter === 3 ? 3 : 4
}

/** What a measure's chart shows, in words: the whole, where it is highest and where it is lowest. */
export function measureInWords(measure: Measure, rows: readonly CityRow[], city: CityRow): string {
  const known = rows.filter((row) => measure.of(row) !== null)
  if (known.length === 0) return `${measure.title}: ukjent i alle bydeler.`
  const order = known.toSorted((a, b) => (measure.of(b) ?? 0) - (measure.of(a) ?? 0))
  const named = (row: CityRow) => `${row.name} (${valueInWords(measure, row)})`
  const lowest = order.at(-1)
  const whole = `${measure.title} (${measure.unit}): ${valueInWords(measure, city)} i hele byen.`
  if (order.length < 3 || lowest === undefined) return whole
  return `${whole} Høyest i ${inARow(order.slice(0, 2).map(named))}, lavest i ${named(lowest)}.`
}

/** Certain and plain side by side, never one alone. */
export function lackingInWords({ plain, certified }: Pick<CityRow, 'plain' | 'certified'>): string {
  if (plain === null) return 'Vi vet ikke hvor mange som venter.'
  const certain =
    certified === null
      ? 'Hvor mange som sikkert blir uten, er ikke regnet ut ennå. Det regnes ut hver dag.'
      : `${inNumbers(certified)} blir sikkert uten, uansett hvem som flytter.`
  return `${inNumbers(plain)} venter utover de ledige plassene av boligformen de helst vil ha. ${certain}`
}

/** What the gap costs a month, in a paragraph. */
export function gapInWords({ bought, dischargeReady, temporary, ready, month }: CostRow): string {
  const homes = (count: number) => counted(count, 'husstand', 'husstander')
  return `${homes(bought.now)} bor på en kjøpt plass, ${homes(temporary.households)} i midlertidig botilbud, ${homes(ready.households)} i institusjon og er klare til å flytte videre, og ${homes(dischargeReady.now)} venter som utskrivningsklare. Slik det er i dag, koster det ${roughly(month)} i måneden.`
}
