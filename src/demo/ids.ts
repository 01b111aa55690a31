import type { DayNumber } from './calendar.ts'
import type { Random } from './random.ts'

const MS_PER_DAY = 86_400_000
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/**
 * Makes ids in the shape of UUID version 7, as the database makes its own: the day they stand for comes first, so that the
 * demo city's records sort by when they came to be.
 */
export function idMaker(random: Random): (day: DayNumber) => string {
  let within = 0
  return (day) => {
    // a moment of the working day, later for each id, so that two records of one day keep their order
    within = (within + 1) % 28_800_000
    const time = hex(Math.max(0, day) * MS_PER_DAY + 28_800_000 + within, 12)
    const a = hex(random.below(0x1000), 3)
    const b = hex(0x8000 + random.below(0x4000), 4)
    const c = hex(random.below(0x1000000), 6) + hex(random.below(0x1000000), 6)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${b}-${c}`
  }
}
