import type { ForecastNumbers, ForecastSeries } from '../../api/forecasts.ts'
import type { ReturnBurnDown, ReturnStandingTable } from '../../api/returns.ts'
import { dayInWords } from '../../ui/days.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

type Counts = Pick<
  ReturnStandingTable['total'],
  | 'livingInVel'
  | 'left'
  | 'householdsInVel'
  | 'householdsLeft'
  | 'late'
  | 'without_plan'
  | 'undecided'
  | 'rightly_stays'
>
type Known = number | null

/** A day of the burn-down, in households as a forecast counts, but for who is to move home: what was, what the forecast says, and what the target asks. Null where there is no number. */
export interface BurnDownRow {
  day: string
  lived: Known
  p10: Known
  p50: Known
  p90: Known
  /** Who may live there if those for whom returning is right move at an even pace. */
  target: Known
  left: Known
  planned: Known
  evenPace: Known
}

/** Three numbers of a forecast on one day. */
export interface Interval {
  p10: number
  p50: number
  p90: number
}

/** Who would live in institutions on the day if everybody for whom returning is right had moved. */
export function targetOf({ livingInVel, left }: Counts): number {
  return livingInVel - left
}

/** The same in households, which is what a forecast counts. */
export function householdTargetOf({
  householdsInVel,
  householdsLeft,
}: Pick<Counts, 'householdsInVel' | 'householdsLeft'>): number {
  return householdsInVel - householdsLeft
}

type Quantiles = Pick<ForecastNumbers, 'p10' | 'p50' | 'p90'>

/** One district's numbers in whole people, or the city's; a series that is left out is nought throughout. */
function numbersOf({ points, series }: ForecastSeries, district: string | null): Quantiles {
  const found = series.find((one) => one.district === district)
  const whole = (values: readonly Known[] | undefined) =>
    values?.map((value) => (value === null ? null : Math.round(value))) ?? points.map(() => 0)
  return { p10: whole(found?.p10), p50: whole(found?.p50), p90: whole(found?.p90) }
}

/** What the forecast says of a day; null where it says nothing of it. */
export function onTheDay(series: ForecastSeries, district: string | null, day: string): Interval | null {
  const at = series.points.indexOf(day)
  const { p10, p50, p90 } = numbersOf(series, district)
  const [low, middle, high] = [p10[at] ?? null, p50[at] ?? null, p90[at] ?? null]
  return low === null || middle === null || high === null ? null : { p10: low, p50: middle, p90: high }
}

/** What was, what comes and what should come, day by day, the first day first. */
export function burnDownRows(
  { items, asOf }: ReturnBurnDown,
  counts: Counts,
  series: ForecastSeries | null,
  district: string | null,
): BurnDownRow[] {
  const known = new Map(items.map((item) => [item.day, item]))
  const numbers = series === null ? null : numbersOf(series, district)
  const place = new Map(series?.points.map((day, at) => [day, at]))
  const days = [...new Set([...known.keys(), ...place.keys()])].sort()
  return days.map((day) => {
    const item = known.get(day)
    const at = place.get(day)
    const of = (share: 'p10' | 'p50' | 'p90') =>
      numbers === null || at === undefined ? null : (numbers[share][at] ?? null)
    const evenPace = item?.householdsEvenPace ?? null
    return {
      day,
      lived: item?.householdsInVel ?? null,
      p10: of('p10'),
      p50: of('p50'),
      p90: of('p90'),
      target: evenPace === null || day < asOf ? null : householdTargetOf(counts) + evenPace,
      left: item?.left ?? null,
      planned: item?.planned ?? null,
      evenPace: item?.evenPace ?? null,
    }
  })
}

/** The rows that a table shows: the half-years, today and the last day. */
export function shownRows(rows: readonly BurnDownRow[], today: string): BurnDownRow[] {
  return rows.filter(({ day }, at) => /-(01|07)-01$/.test(day) || day === today || at === rows.length - 1)
}

const people = (count: number) => counted(count, 'person', 'personer')

/** Where it stands and what the target is, for whose people it is about. */
export function standingInWords(counts: Counts, settledBy: string, where: string): string {
  const target = targetOf(counts)
  return `I dag bor ${people(counts.livingInVel)} fra ${where} på Velferdsetatens institusjoner. For ${inNumbers(counts.left)} er det riktig å flytte hjem. Har alle de flyttet, bor ${inNumbers(target)} der ${dayInWords(settledBy)}. Det er målet, ikke en tom institusjon.`
}

/** What the target does not know yet; null where it knows all. */
export function unknownInWords({ without_plan, undecided, rightly_stays }: Counts): string {
  const open =
    without_plan + undecided === 0
      ? 'Det er avgjort for alle.'
      : `Målet er ikke endelig: ${inNumbers(without_plan)} har ingen plan, og for ${inNumbers(undecided)} er det ikke avgjort.`
  return `${open} ${inNumbers(rightly_stays)} skal bli der de bor.`
}

/** «mellom 380 og 425», or the one number that all say. */
function betweenInWords({ p10, p90 }: Pick<Interval, 'p10' | 'p90'>): string {
  return p10 === p90 ? inNumbers(p10) : `mellom ${inNumbers(p10)} og ${inNumbers(p90)}`
}

/** «67 over målet», «3 under målet», «på målet». */
export function besideTarget(value: number, target: number): string {
  if (value === target) return 'på målet'
  return value > target ? `${inNumbers(value - target)} over målet` : `${inNumbers(target - value)} under målet`
}

/** What the forecast says of the day beside the target, both in households. */
export function forecastInWords(end: Interval | null, settledBy: string, counts: Counts): string {
  if (end === null) return `Framskrivingen sier ikke noe om ${dayInWords(settledBy)}.`
  const target = householdTargetOf(counts)
  const sure =
    end.p10 > target
      ? 'Hele intervallet ligger over målet.'
      : end.p90 <= target
        ? 'Hele intervallet er innenfor målet.'
        : 'Målet ligger i intervallet: det kan gå begge veier.'
  return `Fortsetter det som før, med det som er planlagt, bor ${inNumbers(end.p50)} husstander der ${dayInWords(settledBy)}. Målet er ${inNumbers(target)} husstander, så det er ${besideTarget(end.p50, target)}. I 80 prosent av kjøringene er det ${betweenInWords(end)}. ${sure}`
}

/** What the plans say beside an even pace. */
export function plansInWords(rows: readonly BurnDownRow[], late: number): string {
  const last = rows.findLast(({ planned }) => planned !== null)
  if (last?.planned == null) return 'Ingen planer sier at noen skal flytte hjem.'
  const rest =
    last.planned === 0
      ? `Etter planene har alle flyttet ${dayInWords(last.day)}.`
      : `Etter planene gjenstår ${inNumbers(last.planned)} den ${dayInWords(last.day)}.`
  return late === 0 ? rest : `${rest} ${inNumbers(late)} har en plan som ikke holder dagen i dag.`
}
