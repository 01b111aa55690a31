import type { Workday } from '../../api/workday.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

/** By when, in words: «I dag», «Om 3 dager», «4 dager over fristen». */
export function dueInWords(daysLeft: number | null): string {
  if (daysLeft === null) return 'Ingen frist'
  if (daysLeft === 0) return 'I dag'
  return daysLeft > 0 ? `Om ${days(daysLeft)}` : `${days(-daysLeft)} over fristen`
}

/** How much there is, and how much of it cannot wait. */
export function totalInWords({ total, due, later }: Pick<Workday, 'total' | 'due' | 'later'>): string {
  const rest = later === 0 ? '' : ` ${inNumbers(later)} til har frist senere.`
  if (total === 0) return `Ingenting venter.${rest}`
  return `${inNumbers(total)} ting, ${inNumbers(due)} av dem i dag eller over fristen.${rest}`
}

/** A kind with how many there are: «Vedtak og klager 12, 5 i dag eller over fristen». */
export function countInWords({ name, count, due }: Workday['kinds'][number]): string {
  return due === 0 ? `${name} ${inNumbers(count)}` : `${name} ${inNumbers(count)}, ${inNumbers(due)} nå`
}

const days = (count: number) => counted(count, 'dag', 'dager')
