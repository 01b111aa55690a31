import { DISTRICTS } from '../reference/districts.ts'
import type { NeedOrigin } from '../reference/profiles.ts'
import type { Line } from './calendar.ts'
import { demandOf } from './demand.ts'
import { adultThousands, known, needWeight, peopleBy } from './figures.ts'
import { FORM_RATES } from './formRates.ts'
import type { HouseForm } from './houseKinds.ts'
import type { CityPlan, Stock } from './plan.ts'

const CODES = DISTRICTS.map(({ code }) => code as string)
const ALNA = '030112'
const GRUNERLOKKA = '030102'

/** How much of a form's places are lived in, as its rates have it. */
const livedIn = (form: HouseForm) => FORM_RATES[form].livedIn / 1000

/**
 * Places of 2021 by district: a district whose plan gives a number has that number, the others their need times `rate`.
 */
function placesBy(rate: number, published: Partial<Record<string, number>> = {}): Map<string, number> {
  return new Map(CODES.map((code) => [code, published[code] ?? Math.round(needWeight(code) * rate)]))
}

/** Alna has 35 people in homes staffed around the clock and 93 in other homes with help; the rest of its homes have none (000 4). */
const alnaStaffed = known('residents_staffed_round_the_clock_municipal', ALNA) / livedIn('colocated_24h')
const alnaHelped = known('residents_other_municipal', ALNA)
const ALNA_HELPED_BY_DAY = 20
const alnaSupported = (alnaHelped - ALNA_HELPED_BY_DAY * livedIn('colocated_day')) / livedIn('municipal_support')

/** Grünerløkka's 80 homes with staff: around the clock, by day, and for a time (003 3.1.2). */
const grunerlokkaStaffed = known('homes_with_staffing', GRUNERLOKKA)
const GRUNERLOKKA_BY_DAY = 30
const GRUNERLOKKA_FOR_A_TIME = 8
const supportRate = alnaSupported / needWeight(ALNA)
const grunerlokkaSupported = Math.round(needWeight(GRUNERLOKKA) * supportRate)

const around = placesBy(0.76, {
  [ALNA]: Math.round(alnaStaffed),
  [GRUNERLOKKA]: grunerlokkaStaffed - GRUNERLOKKA_BY_DAY - GRUNERLOKKA_FOR_A_TIME,
})
const byDay = placesBy(0.58, { [ALNA]: ALNA_HELPED_BY_DAY, [GRUNERLOKKA]: GRUNERLOKKA_BY_DAY })
const forATime = placesBy(0.16, { [GRUNERLOKKA]: GRUNERLOKKA_FOR_A_TIME })
const supported = placesBy(supportRate, { [ALNA]: Math.round(alnaSupported) })
const municipal = placesBy(16.2, { [GRUNERLOKKA]: known('municipal_homes', GRUNERLOKKA) - grunerlokkaSupported })

/** People in bought places: Alna's 62, and as many for every other district's need (000 4). */
const boughtBy = CODES.map(
  (code) => (needWeight(code) * known('people_in_bought_places_mental_health', ALNA)) / needWeight(ALNA),
)
const bought = boughtBy.reduce((sum, people) => sum + people, 0) / livedIn('private_institution')

/** The plans count homes in 2021, so nothing opens in that year: it grows before and after. */
const around2021 = (count: number, before: number, after: number): Line => [
  [2013, count * before],
  [2020.5, count],
  [2022, count],
  [2026.5, count * after],
  [2030.5, count * (after + (after - 1) * 0.8)],
]

/** VEL's places on a straight line from 2021 to 2030; before that, as in 2021. */
function velLine(
  category: 'emergency' | 'assessment' | 'coping' | 'resource_centre' | 'care' | 'reinforced',
  less = 0,
): Line {
  const series = `vel_plan_${category}` as const
  return [
    [2021, known(series, undefined, 2021) - less],
    [2030, known(series, undefined, 2030) - less],
  ]
}

const common = { batch: 1, operator: 'own', selfReferral: 0 } as const

function inDistricts(
  form: HouseForm,
  counts: ReadonlyMap<string, number>,
  batch: number,
  before: number,
  after: number,
): Stock[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([district, count]) => ({ ...common, form, district, batch, line: around2021(count, before, after) }))
}

function inCity(form: HouseForm, line: Line, more: Partial<Stock> = {}): Stock {
  return { ...common, form, district: null, line, ...more }
}

const ownEmergency = known('vel_emergency_places_own_operation')

const stocks: readonly Stock[] = [
  ...inDistricts('municipal', municipal, 12, 0.97, 1.02),
  ...inDistricts('municipal_support', supported, 4, 0.85, 1.12),
  ...inDistricts('colocated_24h', around, 6, 0.8, 1.2),
  ...inDistricts('colocated_day', byDay, 6, 0.85, 1.12),
  ...inDistricts('transitional', forATime, 5, 0.7, 1.4),
  // homes for people with mental illness, as many as had one in 2024 (004 table 2)
  ...inDistricts(
    'assisted',
    new Map(
      CODES.map((code) => [code, Math.round(known('care_housing_mental_health', code, 2024) / livedIn('assisted'))]),
    ),
    8,
    1,
    1,
  ),
  ...inDistricts('private_support', placesBy(1.15), 3, 0.5, 1.25),
  ...inDistricts('private', placesBy(0.45), 3, 0.6, 1.1),
  ...inDistricts('temporary', placesBy(0.85), 4, 0.9, 1.08),
  ...inDistricts('district_short_stay', placesBy(0.1), 4, 0.7, 1.3),
  inCity('vel_emergency', [[2021, ownEmergency]]),
  inCity('vel_emergency', velLine('emergency', ownEmergency), { operator: 'non_profit' }),
  inCity('vel_assessment', velLine('assessment')),
  inCity('vel_coping', velLine('coping')),
  inCity('vel_resource', velLine('resource_centre'), { selfReferral: 160 }),
  inCity('vel_care', velLine('care')),
  inCity('vel_reinforced', velLine('reinforced')),
  inCity('private_institution', around2021(bought, 0.8, 1.16), { batch: 6 }),
  inCity('citywide_specialised', around2021(52, 0.7, 1.2), { batch: 6 }),
  inCity('long_term_home', around2021(150, 0.9, 1.06), { batch: 8 }),
]

const needWeights = CODES.map(needWeight)
const velPeople = peopleBy('vel_institution_people_admitted_rate', CODES)
const tsbPatients = peopleBy('tsb_patients_rate', CODES)
const prisonAdmissions = peopleBy('prison_admissions_rate', CODES)
const adults = CODES.map(adultThousands)

function needShares(origin: NeedOrigin): readonly number[] {
  switch (origin) {
    case 'vel':
      return velPeople
    case 'private_institution':
      return boughtBy
    case 'specialist_care':
      return tsbPatients
    case 'prison':
      return prisonAdmissions
    case 'hospital':
      return adults
    default:
      return needWeights
  }
}

/** The whole of Oslo: about 16,000 places and 15,000 stays, built on the published figures that its rates come from. */
export function osloPlan(): CityPlan {
  return {
    districts: CODES,
    stocks,
    demand: demandOf(1),
    shares: (form) => (form.startsWith('vel_') ? velPeople : form === 'private_institution' ? boughtBy : needWeights),
    needShares,
    comeBack: velPeople,
    vacancyPercent: 100,
    notAdmittingOneIn: 60,
    slowHouses: true,
    protectedOneIn: 90,
    unresolved: 30,
    neverTogether: 15,
  }
}
