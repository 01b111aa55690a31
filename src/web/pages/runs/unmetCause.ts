import type { RunUnmet } from '../../api/runs.ts'

/** How many places a rule keeps away, and how many of them fail no other. */
export type Exclusion = { id: string; title: string; places: number; alone: number }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What each rule keeps away from somebody whom no place fits; the document leaves the parts of a cause open. */
export function exclusionsOf(cause: RunUnmet['cause']): Exclusion[] {
  const { excludedBy } = cause
  if (!Array.isArray(excludedBy)) return []
  return excludedBy.filter(isRecord).flatMap(({ ruleId, title, places, alone }) => {
    const numbers = typeof places === 'number' && typeof alone === 'number'
    return numbers && typeof ruleId === 'string' && typeof title === 'string'
      ? [{ id: ruleId, title, places, alone }]
      : []
  })
}
