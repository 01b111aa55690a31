import type { DayNumber } from './calendar.ts'
import type { Random } from './random.ts'

const MS_PER_DAY = 86_400_000
const OFFICE_OPENS = 8 * 3_600_000
const OFFICE_HOURS = 8 * 3_600_000
const SIXTEEN_BITS = 0x10000

// written once: the city has a million ids
const FOUR_DIGITS = Array.from({ length: SIXTEEN_BITS }, (_, value) => value.toString(16).padStart(4, '0'))
const four = (value: number) => FOUR_DIGITS[value] ?? '0000'

/**
 * Makes ids in the shape of UUID version 7, as the database makes its own: the day they stand for comes first, so that the
 * demo city's records sort by when they came to be.
 */
export function idMaker(random: Random): (day: DayNumber) => string {
  let within = 0
  return (day) => {
    // a moment of the working day, later for each id, so that two records of one day keep their order
    within = (within + 1) % OFFICE_HOURS
    const time = Math.max(0, day) * MS_PER_DAY + OFFICE_OPENS + within
    const high = Math.floor(time / (SIXTEEN_BITS * SIXTEEN_BITS))
    const middle = Math.floor(time / SIXTEEN_BITS) % SIXTEEN_BITS
    const version = 0x7000 + random.below(0x1000)
    const variant = 0x8000 + random.below(0x4000)
    const rest = four(random.below(SIXTEEN_BITS)) + four(random.below(SIXTEEN_BITS)) + four(random.below(SIXTEEN_BITS))
    return `${four(high)}${four(middle)}-${four(time % SIXTEEN_BITS)}-${four(version)}-${four(variant)}-${rest}`
  }
}
