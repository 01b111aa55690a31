import type { Day } from '../domain/day.ts'
import type { Measurement } from '../domain/flags.ts'

/** A count of one district, and since when it has been more than none, where history tells. */
export interface ByDistrict {
  district: string
  measured: number
  since?: Day | null
}

/** Counts of districts as a rule measures them that compares them with nothing else. */
export function plainly(ruleId: Measurement['ruleId'], rows: readonly ByDistrict[]): Measurement[] {
  return rows.map(({ district, measured, since }) => ({
    ruleId,
    district,
    subject: null,
    measured,
    against: [],
    since: since ?? null,
    basis: 'computed',
  }))
}
