import type { SeriesId } from './series.ts'

/**
 * What need is measured by when homes are shared out on paper. That all indicators weigh alike is a choice and no finding, so
 * whoever looks may weigh them otherwise, and the page shows which weights were used.
 */
export const DISTRIBUTION_POLICY = {
  version: 1,
  title: 'Behovsbasert fordeling',
  notice: 'Vektene er et valg. Ingen kilde sier hvor mye hvert tall bør telle.',
  indicators: [
    { series: 'vel_institution_people_admitted_rate', weight: 1 },
    { series: 'gp_consultation_patients_rate', weight: 1 },
    { series: 'lar_patients_rate', weight: 1 },
    { series: 'tsb_patients_rate', weight: 1 },
    { series: 'prison_admissions_rate', weight: 1 },
  ],
  /** The homes that the published table counts the residents of. */
  homes: 'care_housing_mental_health',
  population: 'adult_population',
  /** The forms of the register that stand beside them: homes with a base or with help that comes with the decision. */
  forms: ['colocated_24h', 'colocated_day', 'assisted'],
  weightMax: 10,
  source: '004 tabell 1; 004 tabell 2; egen lik vekt',
} as const satisfies {
  version: number
  title: string
  notice: string
  indicators: readonly { series: SeriesId; weight: number }[]
  homes: SeriesId
  population: SeriesId
  forms: readonly string[]
  weightMax: number
  source: string
}

/** What the note says below its table of homes, in our words, and the districts that it names (004, under table 2). */
export const DISTRIBUTION_CLAIM = {
  districts: ['030110', '030109', '030111', '030112'],
  area: 'Groruddalen',
  says: 'Notatet sier at noen bydeler med store utfordringer har få boliger, og at bydelene i Groruddalen særlig bør få mer, fordi de lenge har hatt mer psykisk sykdom og rus.',
  source: '004 under tabell 2',
} as const
