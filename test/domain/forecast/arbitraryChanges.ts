import fc from 'fast-check'
import type { Day } from '../../../src/domain/day.ts'
import type { ScenarioChange } from '../../../src/domain/forecast/changes.ts'
import type { ForecastInput } from '../../../src/domain/forecast/input.ts'
import { TODAY } from './arbitraryCity.ts'

/** Changes of a city, of every kind: districts are redrawn once at most. */
export function changesFor(input: ForecastInput): fc.Arbitrary<ScenarioChange[]> {
  const from = fc.constantFrom('2026-10-01' as Day, '2027-02-03' as Day, TODAY)
  const district = fc.constantFrom(...input.districts)
  const form = fc.constantFrom(...input.forms.map(({ id }) => id))
  const places = fc.integer({ min: 1, max: 6 })
  const past = { baseYear: 2020, untilYear: 2025, percent: 60 }
  const some = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('open_places' as const), from, district, form, places, forCity: fc.boolean() }),
      fc.record({ kind: fc.constant('close_places' as const), from, district, form, places }),
      fc.record({ kind: fc.constant('close_places' as const), from, form, places }),
      fc.record({ kind: fc.constant('growth' as const), from, form, perYear: fc.constantFrom(-0.5, 0, 2) }),
      fc
        .record({ kind: fc.constant('past_growth' as const), from, district, perYear: fc.constantFrom(-0.1, 0.3) })
        .map((change) => ({ ...change, ...past })),
      fc.record({ kind: fc.constant('arrivals' as const), from, district, factor: fc.constantFrom(0, 0.5, 3) }),
      fc.record({ kind: fc.constant('team_capacity' as const), from, factor: fc.constantFrom(0.5, 2) }),
      fc.record({ kind: fc.constant('loss_rate' as const), from, factor: fc.constantFrom(0, 4) }),
    ),
    { maxLength: 4 },
  )
  const certainOnly = fc.array(fc.record({ kind: fc.constant('without_possible' as const), from }), { maxLength: 1 })
  return fc
    .record({ some, certainOnly, redrawn: redrawnOf(input, from) })
    .map(({ some: changes, certainOnly: only, redrawn }) => [...changes, ...only, ...redrawn])
}

/** No redrawing, or one of some districts into two new ones. */
function redrawnOf({ districts }: ForecastInput, from: fc.Arbitrary<Day>): fc.Arbitrary<ScenarioChange[]> {
  const codes = ['030190', '030191'] as const
  const one = fc
    .record({ from, old: fc.subarray([...districts], { minLength: 1 }), share: fc.constantFrom(0.25, 0.5) })
    .map(
      ({ from: day, old, share }): ScenarioChange => ({
        kind: 'redrawn_districts',
        from: day,
        districts: codes.map((code) => ({ code, name: code })),
        shares: old.flatMap((code) => [
          { from: code, to: codes[0], share },
          { from: code, to: codes[1], share: 1 - share },
        ]),
      }),
    )
  return fc.array(one, { maxLength: 1 })
}
