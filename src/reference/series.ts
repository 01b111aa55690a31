export type Subject = 'people' | 'homes' | 'places' | 'admissions' | 'households' | 'patients' | 'cases' | 'percent'
export type Measure = 'stock' | 'flow' | 'rate' | 'growth'

export type Series = {
  readonly id: string
  readonly title: string
  readonly unit: string
  /** What is counted; null only for values whose column nobody can tell. */
  readonly subject: Subject | null
  readonly measure: Measure
  /** Null where the years differ from row to row. */
  readonly year: number | null
  readonly source: string
}

const perThousand = { unit: 'per 1 000 voksne', measure: 'rate', year: 2024, source: '004 tabell 1' } as const
const careHousing = {
  unit: 'beboere',
  subject: 'people',
  measure: 'stock',
  year: 2024,
  source: '004 tabell 2 (HEL008)',
} as const
const velPlan = {
  unit: 'plasser',
  subject: 'places',
  measure: 'stock',
  year: null,
  source: 'F temaplan for rusinstitusjoner 2021–2030, offentlig sammendrag',
} as const
const alnaPlan = { unit: 'personer', subject: 'people', measure: 'stock', year: 2021, source: '000 4' } as const
const city2024 = { year: 2024, source: '004 situasjonsbildet' } as const

/**
 * Every series of the real figures. Subject and measure decide which may share a scale: people and homes are different
 * things, and so are how many there are on a day and how many there were in a year.
 */
export const SERIES = [
  {
    id: 'adult_population',
    title: 'Innbyggere 18 år og eldre',
    unit: 'personer',
    subject: 'people',
    measure: 'stock',
    year: 2025,
    source: '004 tabell 1 (SSB 2025-01-01)',
  },
  { ...careHousing, id: 'care_housing_total', title: 'Beboere med vedtak om bolig til pleie og omsorg' },
  { ...careHousing, id: 'care_housing_elderly_dementia', title: 'Av dem: eldre og mennesker med demens' },
  { ...careHousing, id: 'care_housing_physical_disability', title: 'Av dem: mennesker med funksjonsnedsettelse' },
  { ...careHousing, id: 'care_housing_intellectual_disability', title: 'Av dem: mennesker med utviklingshemming' },
  { ...careHousing, id: 'care_housing_mental_health', title: 'Av dem: mennesker med psykiske lidelser' },
  {
    ...perThousand,
    id: 'vel_institution_people_admitted_rate',
    title: 'Innlagt i VELs rusinstitusjoner',
    subject: 'people',
  },
  {
    ...perThousand,
    id: 'gp_consultation_patients_rate',
    title: 'Hos fastlegen på grunn av rus',
    subject: 'patients',
  },
  { ...perThousand, id: 'lar_patients_rate', title: 'I legemiddelassistert rehabilitering (LAR)', subject: 'patients' },
  {
    ...perThousand,
    id: 'tsb_patients_rate',
    title: 'I tverrfaglig spesialisert rusbehandling (TSB)',
    subject: 'patients',
  },
  { ...perThousand, id: 'prison_admissions_rate', title: 'Innsettelser i fengsel', subject: 'admissions' },
  { ...perThousand, id: 'column_unknown_rate', title: 'Verdi uten kjent kolonne', subject: null },
  { ...velPlan, id: 'vel_plan_emergency', title: 'VEL: akutt' },
  { ...velPlan, id: 'vel_plan_assessment', title: 'VEL: utredning' },
  { ...velPlan, id: 'vel_plan_coping', title: 'VEL: mestring' },
  { ...velPlan, id: 'vel_plan_resource_centre', title: 'VEL: ressurssenter' },
  { ...velPlan, id: 'vel_plan_care', title: 'VEL: omsorg' },
  { ...velPlan, id: 'vel_plan_reinforced', title: 'VEL: forsterket bo- og behandling' },
  { ...velPlan, id: 'vel_places_planned_2021', title: 'VEL: alle plasser i 2021', year: 2021 },
  { ...velPlan, id: 'vel_places_planned_2030', title: 'VEL: planlagte plasser i 2030', year: 2030 },
  {
    ...city2024,
    id: 'households_substance_or_dual_without_suitable_home',
    title: 'Husstander med rus- eller ROP-problemer uten egnet bolig',
    unit: 'husstander',
    subject: 'households',
    measure: 'stock',
  },
  {
    ...city2024,
    id: 'colocated_need_growth_since_2020',
    title: 'Vekst siden 2020 i behovet for samlokaliserte boliger',
    unit: 'prosent',
    subject: 'percent',
    measure: 'growth',
  },
  {
    ...city2024,
    id: 'people_admitted_to_vel_institutions',
    title: 'Personer innlagt i VELs rusinstitusjoner i løpet av året',
    unit: 'personer i året',
    subject: 'people',
    measure: 'flow',
  },
  {
    id: 'vel_emergency_places_own_operation',
    title: 'Akuttplasser VEL driver selv',
    unit: 'plasser',
    subject: 'places',
    measure: 'stock',
    year: 2025,
    source: '004 4.3',
  },
  {
    id: 'people_using_self_referral_places',
    title: 'Personer som brukte brukerstyrte plasser i løpet av året',
    unit: 'personer i året',
    subject: 'people',
    measure: 'flow',
    year: 2024,
    source: '004 4.3',
  },
  {
    id: 'framework_agreement_places_also_dual_diagnosis',
    title: 'Kjøpte heldøgnsplasser der noen også har en ruslidelse',
    unit: 'plasser',
    subject: 'places',
    measure: 'stock',
    year: 2025,
    source: '004 4.4',
  },
  {
    ...city2024,
    id: 'tsb_patients',
    title: 'Personer som fikk TSB i løpet av året',
    unit: 'personer i året',
    subject: 'people',
    measure: 'flow',
  },
  {
    ...city2024,
    id: 'tsb_payment_liability_cases',
    title: 'Saker med betalingsplikt fra TSB',
    unit: 'saker i året',
    subject: 'cases',
    measure: 'flow',
  },
  {
    ...city2024,
    id: 'gp_contacts_substance',
    title: 'Personer i kontakt med fastlegen på grunn av rus i løpet av året',
    unit: 'personer i året',
    subject: 'people',
    measure: 'flow',
  },
  { ...alnaPlan, id: 'residents_staffed_round_the_clock_municipal', title: 'I døgnbemannet kommunal bolig' },
  { ...alnaPlan, id: 'residents_other_municipal', title: 'I annen kommunal bolig' },
  { ...alnaPlan, id: 'people_in_bought_places_mental_health', title: 'I kjøpte plasser, psykiske lidelser' },
  { ...alnaPlan, id: 'mapped_brukerplan', title: 'Kartlagt med BrukerPlan', year: 2019 },
  { ...alnaPlan, id: 'mapped_brukerplan_mental_only', title: 'Kartlagt: bare psykisk lidelse', year: 2019 },
  {
    ...alnaPlan,
    id: 'mapped_brukerplan_substance_or_dual',
    title: 'Kartlagt: rus, eller rus og psykisk lidelse',
    year: 2019,
    source: '000 4; 002 2.1',
  },
  {
    id: 'vel_institution_people',
    title: 'Personer i VELs institusjoner i løpet av året',
    unit: 'personer i året',
    subject: 'people',
    measure: 'flow',
    year: null,
    source: '002 2.1',
  },
  {
    id: 'vel_institution_admissions',
    title: 'Inntak i VELs institusjoner i løpet av året',
    unit: 'inntak i året',
    subject: 'admissions',
    measure: 'flow',
    year: null,
    source: '002 2.1',
  },
  {
    id: 'homes_with_staffing',
    title: 'Boliger med bemanning',
    unit: 'boliger',
    subject: 'homes',
    measure: 'stock',
    year: 2021,
    source: '003 3.1.2',
  },
  {
    id: 'municipal_homes',
    title: 'Kommunale boliger',
    unit: 'boliger',
    subject: 'homes',
    measure: 'stock',
    year: 2021,
    source: '003 3.1.2',
  },
] as const satisfies readonly Series[]

export type SeriesId = (typeof SERIES)[number]['id']

const byId: ReadonlyMap<string, Series> = new Map(SERIES.map((series) => [series.id, series]))

/** True for the id of a series above. */
export function isSeriesId(id: string): id is SeriesId {
  return byId.has(id)
}

/** The description of a series. Total over `SeriesId`. */
export function seriesById(id: SeriesId): Series {
  const series = byId.get(id)
  if (series === undefined) throw new RangeError(`No such series: ${id}`)
  return series
}

/**
 * The scale a series is drawn on, `people.stock` for instance. A chart takes values of one scale only.
 * Null: the values belong on no scale, because what they count is unknown.
 */
export function scaleOf(series: Series): string | null {
  return series.subject === null ? null : `${series.subject}.${series.measure}`
}
