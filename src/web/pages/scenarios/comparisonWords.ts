import type { ComparedNumbers, ComparedScenario, Comparison, ComparisonSeries } from '../../api/scenarios.ts'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'

export type Measure = ComparedNumbers['measure']

/** What more of a measure is called in a sentence. */
export const UNITS: Record<Measure, (count: number) => string> = {
  queue: () => 'som venter',
  shortfall: () => 'som mangler plass',
  waitedDays: (count) => (Math.abs(count) === 1 ? 'dag ventet' : 'dager ventet'),
  residents: (count) => (Math.abs(count) === 1 ? 'husstand' : 'husstander'),
  occupied: (count) => (Math.abs(count) === 1 ? 'opptatt plass' : 'opptatte plasser'),
}

/** P10, P50 and P90 of one day; null where it is not known. */
export type Known = { p10: number | null; p50: number | null; p90: number | null }

const QUANTILES = ['p10', 'p50', 'p90'] as const

/** «12 samlokaliserte i Alna og Veksten stopper, mot Som planlagt». */
export function comparisonName({ members }: Pick<Comparison, 'members'>): string {
  const [base, ...others] = members
  const names = others.map(({ name }) => `«${name}»`)
  const last = names.pop() ?? ''
  const all = names.length === 0 ? last : `${names.join(', ')} og ${last}`
  return `${all} mot «${base?.name ?? ''}»`
}

/**
 * What a series is of. One that is left out is nought throughout; of how long people have waited it is unknown, since nobody waits
 * in most runs.
 */
export function numbersOf(
  { points, series }: ComparisonSeries,
  of: { measure: Measure; position: number; kind: ComparedNumbers['kind']; district: string | null },
): Pick<ComparedNumbers, 'p10' | 'p50' | 'p90'> {
  const nothing = points.map(() => (of.measure === 'waitedDays' ? null : 0))
  const found = series.find(
    ({ position, kind, district }) => position === of.position && kind === of.kind && district === of.district,
  )
  // the quantiles alone: whoever takes all values of it is to find numbers only
  return { p10: found?.p10 ?? nothing, p50: found?.p50 ?? nothing, p90: found?.p90 ?? nothing }
}

/** A series' numbers of one point in time. */
export function knownAt(numbers: Pick<ComparedNumbers, 'p10' | 'p50' | 'p90'>, at: number): Known {
  const [p10 = null, p50 = null, p90 = null] = QUANTILES.map((share) => numbers[share].at(at) ?? null)
  return { p10, p50, p90 }
}

const rounded = (value: number) => Math.round(value * 10) / 10

/** «312 (298 til 330)»; days are told with a decimal at most. */
export function levelInWords({ p10, p50, p90 }: Known): string {
  if (p10 === null || p50 === null || p90 === null) return '–'
  return `${inNumbers(rounded(p50))} (${inNumbers(rounded(p10))} til ${inNumbers(rounded(p90))})`
}

/** «+12» or «−3», and «0» without a sign. */
function signed(value: number): string {
  const size = inNumbers(Math.abs(rounded(value)))
  if (rounded(value) === 0) return '0'
  return value > 0 ? `+${size}` : `−${size}`
}

/** «−12 (−18 til −5)». */
export function differenceInWords({ p10, p50, p90 }: Known): string {
  if (p10 === null || p50 === null || p90 === null) return '–'
  return `${signed(p50)} (${signed(p10)} til ${signed(p90)})`
}

/** What a scenario does on the last day, and how sure it is, as a sentence. */
export function effectInWords(
  { name }: Pick<ComparedScenario, 'name'>,
  measure: Measure,
  difference: Known,
  until: string,
): string {
  const { p10, p50, p90 } = difference
  const when = dayInWords(until)
  if (p10 === null || p50 === null || p90 === null)
    return `Hva «${name}» gjør ${when}, er ikke kjent: i de fleste kjøringene venter ingen.`
  const between = `mellom ${signed(p10)} og ${signed(p90)} i 80 prosent av kjøringene`
  const [low, high] = [rounded(p10), rounded(p90)]
  if (low === 0 && high === 0) return `«${name}» endrer ikke dette tallet ${when}.`
  const sure =
    low > 0 || high < 0
      ? 'Retningen er den samme i hele intervallet.'
      : 'Intervallet rommer også ingen forskjell, så det er ikke sikkert.'
  const middle = rounded(p50)
  const said =
    middle === 0
      ? 'ingen forskjell'
      : `${inNumbers(Math.abs(middle))} ${middle > 0 ? 'flere' : 'færre'} ${UNITS[measure](middle)}`
  return `«${name}» gir ${said} ${when} (${between}). ${sure}`
}

/** The points that a table shows: today, the first day of each year, and the last day. */
export function yearPoints(points: readonly string[]): number[] {
  return points.flatMap((day, at) => (at === 0 || at === points.length - 1 || day.endsWith('-01-01') ? [at] : []))
}
