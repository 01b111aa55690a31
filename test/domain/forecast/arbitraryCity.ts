import fc from 'fast-check'
import { randomFrom } from '../../../src/demo/random.ts'
import { type Day, dayNumber } from '../../../src/domain/day.ts'
import { type ForecastInput, NEVER, NONE } from '../../../src/domain/forecast/input.ts'

export const TODAY = '2026-09-14' as Day
export const UNTIL = '2027-10-05' as Day
const AS_OF = dayNumber(TODAY)
const YEARS = 4

const FORMS = [
  { id: 'vel_care', step: 1 },
  { id: 'colocated_24h', step: 2 },
  { id: 'municipal_support', step: 3 },
]

interface Sizes {
  districts: number
  places: number
  /** Days a stay, a gap and between two needs of a district, on average. */
  stay: number
  gap: number
  needEvery: number
}

/** A history that anything may be in: handovers, places that closed or will, needs of every kind, some at an impossible end. */
export function cityOf(seed: number, { districts, places, stay, gap, needEvery }: Sizes): ForecastInput {
  const random = randomFrom(seed, 'forecast')
  const areas = [
    ...Array.from({ length: districts }, (_, district) => ({ district, serves: [district] })),
    { district: 0, serves: Array.from({ length: districts }, (_, district) => district) },
    { district: districts - 1, serves: districts > 2 ? [0, districts - 1] : [districts - 1] },
  ]
  const input = {
    asOf: AS_OF,
    since: AS_OF - 365 * YEARS,
    districts: Array.from({ length: districts }, (_, district) => `0301${10 + district}`),
    forms: FORMS,
    areas,
    places: {
      area: [] as number[],
      form: [] as number[],
      opens: [] as number[],
      closes: [] as number[],
      unsure: [] as number[],
    },
    stays: columns('place', 'home', 'from', 'to', 'readySince', 'movedOn', 'lost'),
    needs: columns('home', 'first', 'second', 'livesIn', 'from', 'to', 'given', 'urgency', 'afterLoss'),
  }
  const form = () => random.below(FORMS.length)
  for (let place = 0; place < places; place += 1) {
    const area = random.below(areas.length)
    const opens = random.chance(850) ? AS_OF - 400 - random.below(1500) : AS_OF + random.below(300) - 100
    const closes = random.chance(200) ? Math.max(opens + 1, AS_OF - 30 + random.below(500)) : NEVER
    input.places.area.push(area)
    input.places.form.push(form())
    input.places.opens.push(opens)
    input.places.closes.push(closes)
    input.places.unsure.push(place % 4)
    for (let day = opens + random.below(gap + 1); day < Math.min(closes, AS_OF); ) {
      const end = day + 1 + random.below(2 * stay)
      const open = end >= AS_OF
      const { serves } = areas[area] as (typeof areas)[number]
      put(input.stays, {
        place,
        home: random.pick(serves),
        from: day,
        to: open ? NEVER : end,
        readySince: random.chance(300) ? day + random.below(stay) : NEVER,
        movedOn: random.below(2),
        lost: random.chance(150) ? 1 : 0,
      })
      day = end + random.below(gap + 1)
    }
  }
  for (let home = 0; home < districts; home += 1) {
    for (let day = AS_OF - 365 * YEARS; day < AS_OF; day += 1 + random.below(2 * needEvery)) {
      const end = day + random.below(300)
      const ended = end < AS_OF
      put(input.needs, {
        home,
        first: form(),
        second: random.chance(400) ? form() : NONE,
        livesIn: random.chance(300) ? form() : NONE,
        from: day,
        to: ended ? end : NEVER,
        given: ended && random.chance(500) ? form() : NONE,
        urgency: random.between(1, 5),
        afterLoss: random.chance(50) ? 1 : 0,
      })
    }
  }
  return input
}

function columns<K extends string>(...names: K[]): Record<K, number[]> {
  return Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
}

function put<K extends string>(into: Record<K, number[]>, row: Record<K, number>): void {
  for (const name of Object.keys(row) as K[]) into[name].push(row[name])
}

export const arbitraryCity: fc.Arbitrary<ForecastInput> = fc
  .record({
    seed: fc.integer(),
    districts: fc.integer({ min: 1, max: 4 }),
    places: fc.integer({ min: 0, max: 40 }),
    stay: fc.constantFrom(3, 40, 400),
    gap: fc.constantFrom(0, 5, 60),
    needEvery: fc.constantFrom(6, 40, 700),
  })
  .map(({ seed, ...sizes }) => cityOf(seed, sizes))
