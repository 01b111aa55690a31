import type { HousingForm } from '../domain/ladder.ts'
import type { NeedOrigin } from '../reference/profiles.ts'
import { type Line, startOf, valueAt, yearOf } from './calendar.ts'
import { known } from './figures.ts'
import { type Demand, scaled } from './plan.ts'
import type { Quantiles } from './random.ts'

/** What people ask for, in order of preference, and how long such a need stays open (days, assumptions). */
interface Wish {
  readonly forms: readonly (readonly HousingForm[])[]
  readonly wait: Quantiles
}

const WISHES = {
  colocated: {
    forms: [
      ['colocated_24h', 'colocated_day'],
      ['colocated_24h'],
      ['colocated_day', 'colocated_24h'],
      ['colocated_24h', 'citywide_specialised'],
      ['colocated_day', 'municipal_support'],
      ['colocated_24h', 'transitional', 'colocated_day'],
    ],
    wait: [40, 180, 360, 560, 820, 1300],
  },
  municipal: {
    forms: [
      ['municipal'],
      ['municipal', 'private'],
      ['municipal', 'private_support'],
      ['municipal', 'municipal_support'],
    ],
    wait: [8, 30, 60, 95, 145, 280],
  },
  municipal_support: {
    forms: [['municipal_support'], ['municipal_support', 'private_support'], ['municipal_support', 'municipal']],
    wait: [30, 150, 320, 500, 720, 1100],
  },
  private_support: {
    forms: [['private_support'], ['private_support', 'private'], ['private_support', 'municipal_support']],
    wait: [14, 70, 150, 240, 370, 640],
  },
  private: { forms: [['private'], ['private', 'private_support']], wait: [7, 25, 45, 65, 95, 170] },
  assisted: { forms: [['assisted'], ['assisted', 'municipal_support']], wait: [40, 160, 300, 450, 640, 1000] },
  transitional: {
    forms: [['transitional'], ['transitional', 'municipal_support']],
    wait: [20, 100, 200, 310, 430, 650],
  },
  citywide: { forms: [['citywide_specialised']], wait: [200, 500, 800, 1050, 1350, 1700] },
  vel: {
    forms: [
      ['vel_assessment'],
      ['vel_coping', 'vel_resource'],
      ['vel_assessment', 'vel_coping'],
      ['vel_resource'],
      ['vel_care'],
      ['vel_coping'],
    ],
    wait: [5, 20, 40, 70, 110, 200],
  },
  reinforced: {
    forms: [
      ['vel_reinforced', 'private_institution'],
      ['vel_reinforced', 'vel_care'],
    ],
    wait: [60, 180, 320, 470, 650, 900],
  },
  bought: {
    forms: [['private_institution'], ['private_institution', 'vel_reinforced']],
    wait: [3, 15, 32, 52, 80, 150],
  },
  long_term: { forms: [['long_term_home'], ['long_term_home', 'vel_care']], wait: [20, 80, 150, 220, 300, 450] },
  short_stay: { forms: [['district_short_stay']], wait: [1, 3, 5, 8, 13, 25] },
  temporary: { forms: [['temporary'], ['temporary', 'vel_emergency']], wait: [1, 2, 4, 7, 12, 25] },
} as const satisfies Record<string, Wish>

type WishId = keyof typeof WISHES

/**
 * Open needs in Oslo in the autumn of 2026, by where the person is and what is asked for. The totals are the city's 2,000, the
 * 600 who live in an institution (225 in VEL, 375 in bought places), and the households without a suitable home (004); how
 * they divide inside is assumed.
 */
const OPEN_2026: Partial<Record<NeedOrigin, Partial<Record<WishId, number>>>> = {
  vel: {
    colocated: 105,
    municipal_support: 50,
    private_support: 20,
    assisted: 20,
    municipal: 12,
    transitional: 10,
    citywide: 4,
    reinforced: 4,
  },
  private_institution: {
    colocated: 220,
    citywide: 32,
    assisted: 36,
    municipal_support: 45,
    transitional: 20,
    reinforced: 10,
    long_term: 10,
  },
  no_home: {
    colocated: 88,
    municipal_support: 100,
    municipal: 70,
    private_support: 30,
    vel: 38,
    temporary: 12,
    bought: 3,
  },
  temporary: { colocated: 74, municipal: 116, municipal_support: 65, private_support: 45, vel: 23, transitional: 15 },
  with_others: {
    colocated: 60,
    municipal: 92,
    municipal_support: 35,
    private_support: 35,
    private: 15,
    vel: 12,
    temporary: 3,
  },
  specialist_care: { colocated: 42, transitional: 22, municipal_support: 10, assisted: 10, bought: 26 },
  prison: { colocated: 10, municipal_support: 20, transitional: 6, vel: 9, municipal: 5 },
  hospital: { assisted: 6, long_term: 7, short_stay: 7 },
  home: {
    colocated: 20,
    municipal: 62,
    assisted: 22,
    private_support: 8,
    municipal_support: 10,
    vel: 10,
    long_term: 4,
    short_stay: 4,
  },
  municipal_home: { colocated: 15, municipal: 86, municipal_support: 15, assisted: 16, long_term: 4, vel: 4 },
  colocated_home: { colocated: 8, municipal_support: 15, municipal: 7 },
  long_term_home: { assisted: 6, colocated: 4 },
  unknown: { municipal_support: 5, municipal: 5 },
}

const GROWTH_FROM = 2012
const GROWTH_TO = 2025
const AFTERWARDS_A_YEAR = 1.03

/**
 * Need for co-located homes beside its level in September 2026: growing evenly so that any day of 2024 has 87 % more than the
 * same day of 2020 (004 situasjonsbildet, the only growth of it that is published), and slowly after that, which is assumed.
 */
function colocatedGrowth(): Line {
  const aYear = (1 + known('colocated_need_growth_since_2020') / 100) ** (1 / 4)
  const line: [number, number][] = []
  let level = 1
  // quarters, because a straight line over a whole year would bend the growth
  for (let quarter = GROWTH_FROM * 4; quarter <= (GROWTH_TO + 6) * 4; quarter += 1) {
    line.push([quarter / 4, level])
    level *= (quarter < GROWTH_TO * 4 ? aYear : AFTERWARDS_A_YEAR) ** (1 / 4)
  }
  return line
}

/** How the other needs have grown. */
const ORDINARY_GROWTH: Line = [
  [2016, 0.93],
  [2024, 1],
  [2027, 1],
]

const REFERENCE_DAY = startOf(2026.66)

/** All needs of a city whose size is `share` of Oslo's. */
export function demandOf(share: number): Demand[] {
  const growth = colocatedGrowth()
  const now = valueAt(growth, REFERENCE_DAY)
  return Object.entries(OPEN_2026).flatMap(([origin, wishes]) =>
    Object.entries(wishes).map(([wish, open]): Demand => {
      const { forms, wait } = WISHES[wish as WishId]
      const line = wish === 'colocated' ? scaled(growth, (open * share) / now) : scaled(ORDINARY_GROWTH, open * share)
      return { origin: origin as NeedOrigin, forms, wait, open: line }
    }),
  )
}

/** How much the need for co-located homes grows in one district beside the city's, from one year to the next. */
export function tilted(weights: readonly number[], tilts: readonly number[], day: number): number[] {
  const years = yearOf(day) - 2022
  return weights.map((weight, index) => weight * Math.max(0.4, 1 + ((tilts[index] ?? 0) / 1000) * years))
}
