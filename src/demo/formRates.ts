import type { HousingForm } from '../domain/ladder.ts'
import type { Quantiles } from './random.ts'

/** How a kind of place is used over time. Days; assumptions where no document gives a number, one place to change them. */
export interface FormRates {
  /** How long people mean to stay when they move in. Waiting for the next home makes the actual stay longer. */
  readonly stay: Quantiles
  /** From one moves out until the next moves in. */
  readonly vacancy: Quantiles
  /** Share of the places lived in when the history begins, in thousandths. */
  readonly livedIn: number
  /** Admissions of somebody who has been there before, in thousandths (002 2.1: three admissions a person and year in VEL). */
  readonly known: number
  /** Ages of those who move in. */
  readonly ages: Quantiles
  /** Men among them, in thousandths (004: two of three patients in TSB are men). */
  readonly men: number
  /** Weights of behaviour levels 0–3 and of security levels 0–2. */
  readonly behaviour: readonly [number, number, number, number]
  readonly security: readonly [number, number, number]
}

const institutionAges = [19, 29, 37, 45, 53, 61, 76] as const
const homeAges = [19, 27, 35, 44, 54, 65, 88] as const

const institution = {
  known: 300,
  ages: institutionAges,
  men: 670,
  behaviour: [18, 40, 30, 12],
  security: [70, 25, 5],
} as const
const home = {
  known: 0,
  ages: homeAges,
  men: 540,
  behaviour: [70, 24, 5, 1],
  security: [92, 7, 1],
} as const
const staffedHome = { ...home, men: 620, behaviour: [22, 44, 27, 7], security: [74, 21, 5] } as const

/** A place that the resident takes into use under an agreement follows other rates than the rest of its house. */
export type RatesKey = Exclude<HousingForm, 'no_home'> | 'self_referral'

export const FORM_RATES: Record<RatesKey, FormRates> = {
  temporary: {
    ...home,
    stay: [2, 12, 30, 62, 120, 250],
    vacancy: [0, 2, 6, 14, 30, 60],
    livedIn: 860,
    known: 250,
    ages: [19, 26, 34, 43, 53, 72],
    men: 640,
    behaviour: [34, 42, 20, 4],
    security: [84, 14, 2],
  },
  vel_emergency: {
    ...institution,
    stay: [1, 1, 2, 5, 9, 20],
    vacancy: [0, 0, 0, 1, 1, 3],
    livedIn: 900,
    known: 930,
    behaviour: [10, 36, 36, 18],
  },
  vel_assessment: {
    ...institution,
    stay: [10, 35, 60, 85, 110, 190],
    vacancy: [1, 4, 9, 18, 34, 70],
    livedIn: 850,
    known: 900,
  },
  vel_coping: {
    ...institution,
    stay: [30, 110, 190, 260, 340, 480],
    vacancy: [2, 10, 24, 44, 75, 140],
    livedIn: 850,
    known: 900,
  },
  vel_resource: {
    ...institution,
    stay: [14, 70, 130, 190, 270, 400],
    vacancy: [10, 50, 95, 150, 220, 360],
    livedIn: 650,
    known: 900,
    behaviour: [40, 45, 14, 1],
  },
  self_referral: {
    ...institution,
    stay: [2, 5, 8, 12, 15, 21],
    vacancy: [1, 3, 6, 9, 14, 30],
    livedIn: 550,
    known: 975,
    behaviour: [45, 45, 10, 0],
  },
  vel_care: {
    ...institution,
    stay: [180, 900, 1700, 2600, 3600, 6000],
    vacancy: [0, 4, 9, 16, 26, 45],
    livedIn: 985,
    ages: [42, 52, 57, 62, 68, 82],
    behaviour: [12, 40, 36, 12],
  },
  vel_reinforced: {
    ...institution,
    stay: [180, 600, 1100, 1700, 2500, 4200],
    vacancy: [0, 3, 7, 13, 22, 40],
    livedIn: 985,
    behaviour: [0, 8, 42, 50],
    security: [30, 45, 25],
  },
  long_term_home: {
    ...institution,
    stay: [120, 500, 1000, 1600, 2400, 4200],
    vacancy: [1, 5, 11, 20, 35, 70],
    livedIn: 975,
    known: 0,
    ages: [55, 62, 67, 72, 79, 92],
    men: 560,
    behaviour: [30, 45, 22, 3],
  },
  private_institution: {
    ...institution,
    stay: [60, 250, 480, 760, 1150, 2400],
    vacancy: [0, 6, 16, 32, 60, 120],
    livedIn: 950,
    known: 100,
    behaviour: [4, 22, 42, 32],
    security: [38, 42, 20],
  },
  district_short_stay: {
    ...institution,
    stay: [5, 12, 20, 28, 40, 80],
    vacancy: [0, 2, 4, 8, 14, 30],
    livedIn: 800,
    known: 450,
    ages: [30, 45, 54, 62, 70, 84],
    behaviour: [35, 45, 18, 2],
  },
  transitional: {
    ...staffedHome,
    stay: [60, 200, 330, 460, 590, 760],
    vacancy: [5, 15, 30, 48, 75, 130],
    livedIn: 900,
    known: 100,
  },
  citywide_specialised: {
    ...staffedHome,
    stay: [300, 1100, 1900, 2700, 3600, 5500],
    vacancy: [10, 30, 60, 95, 140, 220],
    livedIn: 960,
    behaviour: [0, 6, 40, 54],
    security: [20, 45, 35],
  },
  colocated_24h: {
    ...staffedHome,
    stay: [200, 1000, 1800, 2600, 3700, 6500],
    vacancy: [6, 20, 40, 65, 100, 170],
    livedIn: 975,
  },
  colocated_day: {
    ...staffedHome,
    stay: [200, 900, 1600, 2400, 3400, 6000],
    vacancy: [8, 24, 48, 78, 115, 190],
    livedIn: 970,
    behaviour: [34, 46, 18, 2],
  },
  assisted: {
    ...staffedHome,
    stay: [300, 1400, 2400, 3500, 4800, 8000],
    vacancy: [5, 20, 40, 65, 95, 160],
    livedIn: 980,
    ages: [24, 38, 47, 56, 64, 84],
    behaviour: [50, 38, 11, 1],
  },
  municipal_support: {
    ...staffedHome,
    stay: [150, 800, 1500, 2100, 3100, 6000],
    vacancy: [5, 20, 42, 70, 105, 180],
    livedIn: 970,
    behaviour: [38, 44, 16, 2],
  },
  municipal: {
    ...home,
    stay: [180, 1000, 1800, 2300, 3500, 8500],
    vacancy: [15, 65, 130, 215, 320, 520],
    livedIn: 920,
  },
  private_support: {
    ...home,
    stay: [120, 500, 900, 1150, 1600, 3200],
    vacancy: [4, 18, 40, 72, 115, 210],
    livedIn: 940,
    ages: [19, 25, 32, 40, 50, 74],
    behaviour: [58, 36, 6, 0],
  },
  private: {
    ...home,
    stay: [120, 450, 900, 1150, 1700, 3600],
    vacancy: [4, 18, 40, 72, 115, 210],
    livedIn: 940,
    ages: [19, 26, 34, 43, 53, 78],
    behaviour: [80, 19, 1, 0],
  },
}
