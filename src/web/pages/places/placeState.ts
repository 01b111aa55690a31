import type { Place } from '../../api/types.ts'

type Facts = Pick<Place, 'openDuring' | 'taken' | 'closed' | 'admitting' | 'held'>

/** Whether somebody could move in on `day`, and if not, the first reason why, in words. */
export function placeState({ openDuring, taken, closed, admitting, held }: Facts, day: string): string {
  if (openDuring.from > day) return 'Ikke åpnet'
  if (openDuring.to !== null && openDuring.to <= day) return 'Lagt ned'
  if (taken) return 'Opptatt'
  if (closed) return 'Sperret'
  if (!admitting) return 'Ledig, men botilbudet tar ikke imot'
  return held ? 'Holdt av for noen' : 'Ledig'
}
