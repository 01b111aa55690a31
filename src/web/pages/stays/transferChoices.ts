import { ApiError, type NextBest } from '../../api/problem.ts'
import { confirmedInWords } from '../../ui/days.ts'

type Choice = { id: string; label: string }

/** The places that can be chosen: those that are free in the house, and those that were named when one was lost. */
export function transferChoices(free: readonly Choice[], named: readonly NextBest[], today: string): Choice[] {
  const own = new Set(free.map(({ id }) => id))
  return [
    ...free.map(({ id, label }) => ({ id, label })),
    ...named
      .filter(({ placeId }) => !own.has(placeId))
      .map(({ placeId, label, facilityName, vacancyConfirmedAt }) => ({
        id: placeId,
        label: `${label}, ${facilityName}, ${confirmedInWords(vacancyConfirmedAt, today)}`,
      })),
  ]
}

/** What a refused change of place says can be done: other places, and what can be set aside with a reason. */
export function setAsideOf(error: unknown): { nextBest: NextBest[]; setAside: { id: string; title: string }[] } {
  if (!(error instanceof ApiError)) return { nextBest: [], setAside: [] }
  const { nextBest, errors } = error.problem
  return {
    nextBest,
    setAside: errors
      .filter(({ pointer }) => pointer === '/overrides')
      .map(({ code, detail }) => ({ id: code, title: detail })),
  }
}
