import { parseDay } from '../domain/day.ts'
import { type DayNumber, numberOf } from './calendar.ts'
import { known } from './figures.ts'
import type { SimNeed } from './simulated.ts'

/** Growth is told of no fewer than so many open at a quarter's end, so of a smaller city nothing is calibrated. */
const TOLD_FROM = 20
/** The longest that a registration may be put off: as long as such notes lie at most. */
const LONGEST_DRAFT = 35
const SOURCE_PERIOD = [2020, 2024] as const

/**
 * Makes the growth of the need for co-located homes, measured at the ends of the quarters as the flags measure it, the published
 * one (004: 87 % from 2020 to 2024). The plan's demand comes near it (89–91 % in cities of three seeds: who is open in a year has
 * arrived in the years before it, and homes that open end some waits sooner). What is too much is taken away by registering a few
 * dozen needs, of tens of thousands, some days later, past the end of a quarter. Which ones follows from the needs alone. Needs,
 * and the dates in them, are changed in place.
 */
export function calibrateGrowth(needs: readonly SimNeed[], today: DayNumber): void {
  const [from, to] = SOURCE_PERIOD.map(quarterEnds)
  if (from === undefined || to === undefined || Math.max(...to) >= today) return
  const wanted = 1 + known('colocated_need_growth_since_2020') / 100
  const colocated = needs.filter(({ forms }) => forms.some((form) => form.startsWith('colocated')))
  let before = openAt(colocated, from)
  let after = openAt(colocated, to)
  if (before < TOLD_FROM * from.length) return
  const later = { before: putOff(colocated, from), after: putOff(colocated, to) }
  for (;;) {
    const off = after - before * wanted
    // one need more or less in the later year changes the growth by less than one in the earlier year
    if (off > 0.5 && later.after()) after -= 1
    else if (off < -wanted / 2 && later.before()) before -= 1
    else return
  }
}

function quarterEnds(year: number): DayNumber[] {
  return [`${year}-03-31`, `${year}-06-30`, `${year}-09-30`, `${year}-12-31`].flatMap((text) => {
    const day = parseDay(text)
    return day === undefined ? [] : [numberOf(day)]
  })
}

function openAt(needs: readonly SimNeed[], days: readonly DayNumber[]): number {
  return days.reduce(
    (sum, day) =>
      sum + needs.filter(({ registered, ended }) => registered <= day && (ended === null || ended > day)).length,
    0,
  )
}

/** Registers one more need after the end of its quarter instead of before it, the shortest delay first; false when none is left. */
function putOff(needs: readonly SimNeed[], days: readonly DayNumber[]): () => boolean {
  const waiting = days
    .flatMap((day) =>
      needs
        .filter(
          ({ started, registered, due, ended }) =>
            registered <= day && day + 1 - started <= LONGEST_DRAFT && day + 1 < Math.min(due, ended ?? due),
        )
        .map((need) => ({ need, day, delay: day + 1 - need.started })),
    )
    .sort((a, b) => b.delay - a.delay)
  return () => {
    const next = waiting.pop()
    if (next !== undefined) next.need.registered = next.day + 1
    return next !== undefined
  }
}
