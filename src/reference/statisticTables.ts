import type { SeriesId } from './series.ts'

export interface StatisticTable {
  readonly id: string
  readonly title: string
  /** What tells the series of the table apart, as the source calls it. */
  readonly variable: string
  readonly source: string
  /** The series in the table's order, each by the name that the source gives it there. */
  readonly series: readonly { readonly id: SeriesId; readonly label: string }[]
}

/**
 * The published tables that are kept as tables: given out, and taken in when their publisher gives out new or revised ones.
 * The names of a table's series are its own, and no two tables use the same.
 */
export const STATISTIC_TABLES = [
  {
    id: 'hel008',
    title: 'HEL008: Beboere med vedtak om bolig til pleie- og omsorgsformål etter brukergrupper',
    variable: 'Brukergruppe',
    source: '004 tabell 2 (HEL008)',
    series: [
      { id: 'care_housing_total', label: 'I alt' },
      { id: 'care_housing_elderly_dementia', label: 'Eldre og mennesker med demenssykdom' },
      { id: 'care_housing_physical_disability', label: 'Funksjonshemmede' },
      { id: 'care_housing_intellectual_disability', label: 'Utviklingshemmede' },
      { id: 'care_housing_mental_health', label: 'Personer med psykiske lidelser' },
    ],
  },
  {
    id: 'russtatistikk',
    title: 'Helhetlig russtatistikk: personer per 1 000 voksne',
    variable: 'Tjeneste',
    source: '004 tabell 1',
    series: [
      { id: 'vel_institution_people_admitted_rate', label: 'Opphold i VELs rusinstitusjoner' },
      { id: 'gp_consultation_patients_rate', label: 'Konsultasjon hos fastlege, rus' },
      { id: 'lar_patients_rate', label: 'Pasienter i LAR' },
      { id: 'tsb_patients_rate', label: 'Pasienter i TSB' },
      { id: 'prison_admissions_rate', label: 'Innsettelser i fengsel' },
    ],
  },
  {
    id: 'brukerplan',
    title: 'BrukerPlan: kartlagte i kommunale tjenester',
    variable: 'Problem',
    source: '000 4; 002 2.1',
    series: [
      { id: 'mapped_brukerplan', label: 'Kartlagt i alt' },
      { id: 'mapped_brukerplan_mental_only', label: 'Psykisk lidelse alene' },
      { id: 'mapped_brukerplan_substance_or_dual', label: 'Rus, eller rus og psykisk lidelse' },
    ],
  },
] as const satisfies readonly StatisticTable[]

export type StatisticTableId = (typeof STATISTIC_TABLES)[number]['id']

/** What a table, also the publishers' own, writes where it has no figure that can be read. It is unknown and never 0. */
export const UNKNOWN_MARK = '..'
