import type { Line } from './calendar.ts'
import { demandOf } from './demand.ts'
import { needWeight } from './figures.ts'
import type { CityPlan, Stock } from './plan.ts'

const DISTRICTS = ['030112', '030102', '030101']

/** Of Oslo's 2,000 open needs. */
const SHARE = 0.031

const grows = (from: number, to: number): Line => [
  [2016, from],
  [2021, from],
  [2026, to],
  [2029, to + 2],
]
const level = (count: number): Line => [[2016, count]]
const shrinks = (from: number, to: number): Line => [
  [2021, from],
  [2030, to],
]

const common = { batch: 1, operator: 'own', selfReferral: 0 } as const
const inEach = (stock: Pick<Stock, 'form' | 'line'> & Partial<Stock>): Stock[] =>
  DISTRICTS.map((district) => ({ ...common, district, ...stock }))
const inCity = (stock: Pick<Stock, 'form' | 'line'> & Partial<Stock>): Stock => ({
  ...common,
  district: null,
  ...stock,
})

/** Three districts with some of everything, for a first look and for tests: about 300 places, 250 stays and 60 open needs. */
export function smallPlan(): CityPlan {
  const weights = DISTRICTS.map(needWeight)
  return {
    districts: DISTRICTS,
    stocks: [
      ...inEach({ form: 'municipal', line: level(30), batch: 6 }),
      ...inEach({ form: 'municipal_support', line: level(10) }),
      { ...common, district: '030112', form: 'colocated_24h', line: grows(16, 18), batch: 2 },
      { ...common, district: '030102', form: 'colocated_24h', line: grows(10, 12), batch: 2 },
      { ...common, district: '030101', form: 'colocated_24h', line: level(8) },
      ...inEach({ form: 'colocated_day', line: grows(6, 6), batch: 2 }),
      { ...common, district: '030112', form: 'assisted', line: level(8) },
      { ...common, district: '030102', form: 'assisted', line: level(8) },
      { ...common, district: '030101', form: 'transitional', line: level(6) },
      { ...common, district: '030112', form: 'temporary', line: level(8) },
      { ...common, district: '030102', form: 'temporary', line: level(6) },
      { ...common, district: '030101', form: 'district_short_stay', line: level(4) },
      ...inEach({ form: 'private_support', line: level(5) }),
      inCity({ form: 'vel_emergency', line: shrinks(4, 3) }),
      inCity({ form: 'vel_assessment', line: shrinks(10, 6) }),
      inCity({ form: 'vel_coping', line: shrinks(10, 7) }),
      inCity({ form: 'vel_resource', line: shrinks(14, 8), selfReferral: 200 }),
      inCity({ form: 'vel_care', line: shrinks(12, 12) }),
      inCity({ form: 'vel_reinforced', line: shrinks(4, 7) }),
      inCity({ form: 'private_institution', line: level(16) }),
      inCity({ form: 'citywide_specialised', line: level(6) }),
    ],
    demand: demandOf(SHARE),
    shares: () => weights,
    needShares: () => weights,
    comeBack: weights,
    // more is free than in life, so that there is something to compare
    vacancyPercent: 380,
    notAdmittingOneIn: 14,
    slowHouses: false,
    protectedOneIn: 24,
    unresolved: 60,
    neverTogether: 60,
  }
}
