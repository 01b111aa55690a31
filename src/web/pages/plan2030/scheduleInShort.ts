import type { ScheduleNumbers } from '../../api/schedules.ts'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** How many could move and how many are kept by what, of the city or of one bydel. */
export interface Bound {
  couldMove: number
  cannotMove: number
  /** Every limit that there is, in the order in which they are named. */
  limits: { name: string; sentence: string; people: number }[]
}

const sumOf = (items: readonly { people: number }[]) => items.reduce((sum, { people }) => sum + people, 0)

/** @param district those who are to move there; null: the city */
export function boundBy({ items, limits }: Pick<ScheduleNumbers, 'items' | 'limits'>, district: string | null): Bound {
  const own = items.filter((item) => district === null || item.district === district)
  return {
    couldMove: sumOf(own.filter(({ month }) => month !== null)),
    cannotMove: sumOf(own.filter(({ month }) => month === null)),
    limits: limits.map(({ id, name, sentence }) => ({
      name,
      sentence,
      people: sumOf(own.filter(({ limitedBy }) => limitedBy === id)),
    })),
  }
}

/** How many of those for whom returning is right could move in time. */
export function couldMoveInWords({ couldMove, cannotMove }: Bound, until: string, where: string): string {
  const all = couldMove + cannotMove
  if (all === 0) return `Ingen har en plan om å flytte hjem til ${where}.`
  return `${inNumbers(couldMove)} av ${inNumbers(all)} som skal flytte hjem til ${where}, kan flytte innenfor planen sin og før ${dayInWords(until)}. ${inNumbers(cannotMove)} kan ikke.`
}

/** The limit that keeps most of those who cannot move; several where they keep as many. */
export function bindingInWords({ cannotMove, limits }: Bound): string {
  if (cannotMove === 0) return 'Ingen grense stopper noen.'
  const most = Math.max(...limits.map(({ people }) => people))
  const names = limits.filter(({ people }) => people === most).map(({ name }) => `«${name}»`)
  return `Grensen som stopper flest, er ${names.join(' og ')}: ${inNumbers(most)} av ${inNumbers(cannotMove)}.`
}
