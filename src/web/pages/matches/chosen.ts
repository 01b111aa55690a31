/** Side by side there is room for so many places. */
export const MOST_COMPARED = 4

const BEST = 2

/** The places in the address: ids with commas between. Absent means that nobody has chosen yet. */
export function readChosen(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .filter((id) => /^[0-9a-f-]{36}$/.test(id))
    .slice(0, MOST_COMPARED)
}

/** The places as they stand in the address. */
export function writeChosen(ids: string[]): string {
  return ids.join(',')
}

/** What is compared: what was chosen, and until then the best two. */
export function comparedPlaces(chosen: string[] | undefined, ranked: { placeId: string }[]): string[] {
  return chosen ?? ranked.slice(0, BEST).map(({ placeId }) => placeId)
}

/** The choice with one place more or one less. Undefined: there is no room for one more. */
export function toggled(ids: string[], id: string): string[] | undefined {
  if (ids.includes(id)) return ids.filter((other) => other !== id)
  return ids.length < MOST_COMPARED ? [...ids, id] : undefined
}
