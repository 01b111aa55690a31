import type { Day } from '../day.ts'

/** A length in days inside a sentence. */
export const inDays = (count: number) => (count === 1 ? '1 dag' : `${count} dager`)

/** The earlier of two deadlines; the one that there is. */
export function earlier(a: Day | null, b: Day): Day {
  return a === null || b < a ? b : a
}
