import type { Achievement, MatchingSummary } from '../../api/runs.ts'
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

/** What the comparison says, in a sentence. */
export function comparisonInWords(comparison: Achievement[]): string {
  const best = comparison.find(({ id }) => id === 'best')
  if (best === undefined) return 'Kjøringen ble ikke sammenlignet med andre måter.'
  const parts = ways.slice(1).flatMap((id) => {
    const other = comparison.find((way) => way.id === id)
    if (other === undefined) return []
    const gap = best.placed - other.placed
    const name = wayNames[id].toLowerCase()
    if (gap === 0) return [`like mange som «${name}»`]
    return [gap > 0 ? `${more(gap)} flere enn «${name}»` : `${more(-gap)} færre enn «${name}»`]
  })
  return `Det beste settet av flyttinger gir plass til ${more(best.placed)}: ${parts.join(', ')}. Det legger mest vekt på dem som har det vanskeligst, ikke bare på antallet.`
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
