import type { Achievement, MatchingSummary } from '../../api/runs.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** The ways of placing people, in the order they are compared. */
export const ways = [
  'best',
  'without_chains',
  'hardest_place_first',
  'first_come',
] as const satisfies Achievement['id'][]

/** What each way is called here. */
export const wayNames: Record<Achievement['id'], string> = {
  best: 'Beste sett av flyttinger',
  without_chains: 'Uten boligkjeder',
  hardest_place_first: 'Vanskeligste plass først',
  first_come: 'Først registrert, først ute',
}

const more = (count: number) => (count === 1 ? '1 person' : `${inNumbers(count)} personer`)

/** The classes that are singled out: those that cannot wait. */
export const mostUrgent = 'hasteklasse 1 og 2'

/** How many of those that a way places are in them. */
export function urgentPlaced({ byClass }: Pick<Achievement, 'byClass'>): number {
  return (byClass[1] ?? 0) + (byClass[2] ?? 0)
}

/** What a way achieves, as the label of its bar: «Først registrert, først ute: 673, av dem 87 i hasteklasse 1 og 2». */
export function wayInWords(way: Achievement): string {
  return `${wayNames[way.id]}: ${inNumbers(way.placed)}, av dem ${inNumbers(urgentPlaced(way))} i ${mostUrgent}`
}

/** What the comparison says, in a few sentences. */
export function comparisonInWords(comparison: Achievement[]): string {
  const best = comparison.find(({ id }) => id === 'best')
  if (best === undefined) return 'Kjøringen ble ikke sammenlignet med andre måter.'
  const others = ways.slice(1).flatMap((id) => {
    const way = comparison.find((other) => other.id === id)
    return way === undefined
      ? []
      : [`«${wayNames[id].toLowerCase()}» ${inNumbers(way.placed)} (${inNumbers(urgentPlaced(way))})`]
  })
  return [
    `Det beste settet av flyttinger gir plass til ${more(best.placed)}, ${inNumbers(urgentPlaced(best))} av dem i ${mostUrgent}.`,
    ...(others.length === 0 ? [] : [`Andre måter på de samme plassene: ${inARow(others)}.`]),
    'Det legger mest vekt på dem som har det vanskeligst, ikke bare på antallet.',
  ].join(' ')
}

/** How far the answer is from what would be reached without limits on chains, by the weightiest criterion that differs. */
export function distanceInWords({
  values,
  unboundedValues,
}: Pick<MatchingSummary, 'values' | 'unboundedValues'>): string {
  const without = new Map(unboundedValues.map(({ id, value }) => [id, value]))
  const first = values.find(({ id, value }) => (without.get(id) ?? value) !== value)
  if (first === undefined) {
    return 'Grensene for hvor lange og hvor sene boligkjeder kan være, kostet ingenting: svaret er like godt som uten dem.'
  }
  const gap = (without.get(first.id) ?? 0) - first.value
  const [, urgencyClass] = first.id.split('class_')
  if (urgencyClass !== undefined) {
    return `Uten grenser for hvor lange og hvor sene boligkjeder kan være, ville ${more(gap)} til i hasteklasse ${urgencyClass} ha fått plass. Så langt er svaret fra det best tenkelige.`
  }
  return 'Grensene for hvor lange og hvor sene boligkjeder kan være, endret ikke hvor mange som får plass i noen hasteklasse. De endret bare hvem i samme klasse det ble, eller hvor godt plassen passer.'
}
