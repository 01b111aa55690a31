import { explain } from '../../src/domain/eligibility.ts'
import { pairIn } from '../../src/domain/match.ts'
import type { Requirements } from '../../src/domain/need.ts'
import type { City, Place } from '../../src/domain/place.ts'
import { HOUSE, PLACE, TODAY } from './baseline.ts'

/** The rules that fail for each place, from the explanation, not from the compiled pass. */
export function failing(city: City, need: Requirements): string[][] {
  return city.places.map((place) =>
    explain(pairIn(city, need, place))
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ ruleId }) => ruleId),
  )
}

/** A city of the baseline's house with a place for each change. */
export function cityOf(...places: Partial<Place>[]): City {
  return {
    version: 1,
    today: TODAY,
    facilities: new Map([[HOUSE.id, HOUSE]]),
    places: places.map((place, i) => ({ ...PLACE, id: `place-${i + 1}`, ...place })),
  }
}
