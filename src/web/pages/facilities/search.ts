import type { Facility } from '../../api/types.ts'

/** How many hits are shown before one is asked to write more. */
export const HITS_SHOWN = 8

/** Facilities whose name or operator holds every word that was typed, in any order. Nothing typed finds nothing. */
export function facilitiesNamed(facilities: Facility[], typed: string): Facility[] {
  const words = typed
    .toLocaleLowerCase('nb')
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return facilities.filter(({ name, operator }) => {
    const text = `${name} ${operator}`.toLocaleLowerCase('nb')
    return words.every((word) => text.includes(word))
  })
}
