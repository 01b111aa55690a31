import type { Staffing } from './staffing.ts'

export type Step = 0 | 1 | 2 | 3 | 4
export type Tenure =
  | 'none'
  | 'decision'
  | 'decision_or_agreement'
  | 'decision_and_contract'
  | 'time_limited_lease'
  | 'lease_and_service_decision'
  | 'lease'
export type Purpose = 'home' | 'treatment' | 'stabilisation'
export type Giver = 'vel' | 'district' | 'running_district' | 'supplier' | 'landlord'
export type Decider = 'district' | 'landlord'

/**
 * One housing form. Lengths are policy data (`LADDER_VERSION`), shown with their source; null means that there is no norm
 * or that no source gives a number, and `stayNormText` says which.
 */
export type HousingFormFacts = {
  readonly id: string
  readonly step: Step
  readonly stepName: string
  readonly name: string
  readonly staffing: Staffing
  readonly tenure: Tenure
  /** The longest stay within the norm, in days. A norm in months counts the longest such calendar span, so that nobody is overdue early. */
  readonly stayNormDays: number | null
  readonly stayNormText: string | null
  readonly reviewMonths: number | null
  readonly givenBy: Giver | null
  readonly decidedBy: Decider | null
  readonly purpose: Purpose | null
  readonly purposeReason: string
  /** False for a situation nobody can be placed in. */
  readonly isPlace: boolean
  /** Has places that the resident activates under an agreement (brukerstyrte plasser). */
  readonly selfReferral: boolean
  readonly note: string | null
  readonly source: string
}

/** Version of the ladder with its norms; a change of any value below raises it. */
export const LADDER_VERSION = 1

export const STEP_NAMES = {
  0: 'Utenfor trappen',
  1: 'Institusjon',
  2: 'Samlokalisert bolig',
  3: 'Kommunal bolig',
  4: 'Privat bolig',
} as const satisfies Record<Step, string>

const THREE_MONTHS = 92
const TWELVE_MONTHS = 366
const TWENTY_FOUR_MONTHS = 731

const ordinary = {
  stayNormDays: null,
  stayNormText: null,
  reviewMonths: null,
  selfReferral: false,
  note: null,
} as const
const outside = { ...ordinary, step: 0, stepName: STEP_NAMES[0] } as const
const institution = {
  ...ordinary,
  step: 1,
  stepName: STEP_NAMES[1],
  staffing: 'around_the_clock',
  tenure: 'decision',
  givenBy: 'vel',
  decidedBy: 'district',
  isPlace: true,
} as const
const colocated = {
  ...ordinary,
  step: 2,
  stepName: STEP_NAMES[2],
  tenure: 'lease_and_service_decision',
  givenBy: 'district',
  decidedBy: 'district',
  purpose: 'home',
  isPlace: true,
} as const
const municipalHome = {
  ...ordinary,
  step: 3,
  stepName: STEP_NAMES[3],
  tenure: 'lease',
  stayNormText: 'følger leiekontrakten',
  givenBy: 'district',
  decidedBy: 'district',
  purpose: 'home',
  isPlace: true,
} as const
const privateHome = {
  ...ordinary,
  step: 4,
  stepName: STEP_NAMES[4],
  tenure: 'lease',
  givenBy: 'landlord',
  decidedBy: 'landlord',
  purpose: 'home',
  isPlace: true,
} as const

/** The boligtrapp: a map of the housing forms, lowest step first. It ranks nobody and no form has to be earned (000 4.6). */
export const FORMS = [
  {
    ...outside,
    id: 'no_home',
    name: 'Uten bolig',
    staffing: 'none',
    tenure: 'none',
    givenBy: null,
    decidedBy: null,
    purpose: null,
    purposeReason: 'En situasjon, ikke et tilbud.',
    isPlace: false,
    note: 'Kan ikke velges som boligform.',
    source: '004 situasjonsbildet',
  },
  {
    ...outside,
    id: 'temporary',
    name: 'Midlertidig botilbud',
    staffing: 'varies',
    tenure: 'decision',
    stayNormDays: THREE_MONTHS,
    stayNormText: '3 måneder',
    givenBy: 'district',
    decidedBy: 'district',
    purpose: 'stabilisation',
    purposeReason: 'Et sted å være nå, mens en bolig finnes.',
    isPlace: true,
    note: 'Gis etter sosialtjenesteloven § 27.',
    source: 'F sosialtjenesteloven § 27; egen norm for oppholdstid',
  },
  {
    ...institution,
    id: 'vel_emergency',
    name: 'Akutt (VEL)',
    stayNormDays: 14,
    stayNormText: '14 dager',
    purpose: 'stabilisation',
    purposeReason: 'Trygghet i en krise, til neste steg er klart.',
    source: '004 4.3; F eldre norm for opphold i VEL',
  },
  {
    ...institution,
    id: 'vel_assessment',
    name: 'Utredning (VEL)',
    stayNormDays: THREE_MONTHS,
    stayNormText: '3 måneder',
    purpose: 'stabilisation',
    purposeReason: 'Finne ut hva personen trenger, før boligen velges.',
    source: 'F temaplan for rusinstitusjoner 2021–2030; F eldre norm for opphold i VEL',
  },
  {
    ...institution,
    id: 'vel_coping',
    name: 'Mestring (VEL)',
    stayNormDays: TWELVE_MONTHS,
    stayNormText: '12 måneder',
    purpose: 'treatment',
    purposeReason: 'Tidsavgrenset rehabilitering med et mål og en plan for bolig etterpå.',
    source: '004 2.2; F temaplan for rusinstitusjoner 2021–2030; F eldre norm for opphold i VEL',
  },
  {
    ...institution,
    id: 'vel_resource',
    name: 'Ressurssenter, rusfritt (VEL)',
    tenure: 'decision_or_agreement',
    stayNormDays: TWELVE_MONTHS,
    stayNormText: '12 måneder',
    purpose: 'treatment',
    purposeReason: 'Tidsavgrenset rusfri rehabilitering med en plan for bolig etterpå.',
    selfReferral: true,
    note: 'Har brukerstyrte plasser: beboeren tar selv plassen i bruk etter en avtale.',
    source: '004 4.3; F temaplan for rusinstitusjoner 2021–2030; F eldre norm for opphold i VEL',
  },
  {
    ...institution,
    id: 'vel_care',
    name: 'Omsorg (VEL)',
    stayNormText: 'ingen norm, vurderes hver 6. måned',
    reviewMonths: 6,
    purpose: 'home',
    purposeReason: 'Et varig hjem for noen. Å bli boende kan være riktig.',
    source: '004 situasjonsbildet; F temaplan for rusinstitusjoner 2021–2030; egen frist for ny vurdering',
  },
  {
    ...institution,
    id: 'vel_reinforced',
    name: 'Forsterket bo- og behandling (VEL)',
    staffing: 'around_the_clock_high',
    stayNormText: 'ingen norm, vurderes hver 6. måned',
    reviewMonths: 6,
    purpose: 'treatment',
    purposeReason: 'Langvarig behandling med høy bemanning.',
    source: '004 situasjonsbildet; F temaplan for rusinstitusjoner 2021–2030; egen frist for ny vurdering',
  },
  {
    ...institution,
    id: 'long_term_home',
    name: 'Langtidshjem (Sykehjemsetaten)',
    givenBy: 'district',
    purpose: 'home',
    purposeReason: 'Et varig hjem med heldøgns omsorg.',
    note: 'Drives av Sykehjemsetaten.',
    source: '004 figur 3',
  },
  {
    ...institution,
    id: 'private_institution',
    name: 'Privat heldøgnstilbud (avrop)',
    tenure: 'decision_and_contract',
    stayNormText: 'ingen norm, vurderes hver 3. måned',
    reviewMonths: 3,
    givenBy: 'supplier',
    purpose: 'stabilisation',
    purposeReason: 'Kjøpes når kommunen mangler eget tilbud, og skal kunne avløses av et.',
    note: 'Bydelen kjøper plassen. Formålet kan være et annet i det enkelte avropet.',
    source: '004 4.4; egen frist for ny vurdering',
  },
  {
    ...institution,
    id: 'district_short_stay',
    name: 'Korttidsplass eller rusfritt døgnopphold i bydel',
    stayNormText: 'noen uker; kildene gir ikke noe tall',
    givenBy: 'district',
    purpose: 'stabilisation',
    purposeReason: 'Komme til krefter, slik at det går an å bo videre hjemme.',
    source: '000 4.4; 004 5.2',
  },
  {
    ...colocated,
    id: 'transitional',
    name: 'Overgangsbolig',
    staffing: 'day_or_24h',
    tenure: 'time_limited_lease',
    stayNormDays: TWENTY_FOUR_MONTHS,
    stayNormText: '6–24 måneder',
    purpose: 'stabilisation',
    purposeReason: 'Mellom institusjon og egen bolig, så ingen skrives ut til noe uegnet.',
    source: '004 4.4; 004 5.5; egen norm for oppholdstid',
  },
  {
    ...colocated,
    id: 'citywide_specialised',
    name: 'Byomfattende botilbud i bydelsregi',
    staffing: 'around_the_clock_high',
    reviewMonths: 12,
    givenBy: 'running_district',
    purposeReason: 'Et hjem for dem som trenger mest hjelp.',
    note: 'Gis av bydelen som driver botilbudet. Bydelen personen hører til, fatter vedtaket.',
    source: '004 5.5; egen frist for ny vurdering',
  },
  {
    ...colocated,
    id: 'colocated_24h',
    name: 'Samlokalisert bolig med døgnbemannet personalbase',
    staffing: 'around_the_clock',
    reviewMonths: 12,
    purposeReason: 'Egen leid bolig med personale i huset hele døgnet.',
    note: 'Leiekontrakt og vedtak om tjenester er to ulike ting.',
    source: '002 3.2; 004 situasjonsbildet; egen frist for ny vurdering',
  },
  {
    ...colocated,
    id: 'colocated_day',
    name: 'Samlokalisert bolig med personalbase på dagtid',
    staffing: 'day',
    reviewMonths: 12,
    purposeReason: 'Egen leid bolig med personale i huset om dagen.',
    note: 'Leiekontrakt og vedtak om tjenester er to ulike ting.',
    source: '002 3.2; 004 situasjonsbildet; egen frist for ny vurdering',
  },
  {
    ...colocated,
    id: 'assisted',
    name: 'Omsorgsbolig eller særlig tilrettelagt bolig',
    staffing: 'varies',
    purposeReason: 'Egen leid bolig som er tilpasset, med hjelp fra base eller hjemmetjeneste.',
    source: '000 4.4; 004 tabell 2; F forskrift om kommunal bolig i Oslo, kap. 2',
  },
  {
    ...municipalHome,
    id: 'municipal_support',
    name: 'Kommunal bolig med booppfølging',
    staffing: 'ambulant',
    purposeReason: 'Egen leid bolig med folk som kommer hjem til deg.',
    source: '002 3.1.1; 003 3.1.1; F forskrift om kommunal bolig i Oslo, kap. 3',
  },
  {
    ...municipalHome,
    id: 'municipal',
    name: 'Kommunal bolig',
    staffing: 'none',
    purposeReason: 'Egen leid bolig.',
    source: '003 3.1.2; F forskrift om kommunal bolig i Oslo, kap. 3',
  },
  {
    ...privateHome,
    id: 'private_support',
    name: 'Privat leie med oppfølging',
    staffing: 'ambulant',
    purposeReason: 'Egen leid bolig med folk som kommer hjem til deg.',
    note: 'Kan bygge på en tilvisningsavtale med utleieren. Uten en slik avtale er boligen ikke vår plass.',
    source: '002 5 Bolig; F husleieloven § 9-3',
  },
  {
    ...privateHome,
    id: 'private',
    name: 'Privat leie',
    staffing: 'none',
    purposeReason: 'Egen leid bolig.',
    note: 'Uten en tilvisningsavtale er boligen ikke vår plass.',
    source: '002 5 Bolig; F husleieloven § 9-3',
  },
] as const satisfies readonly HousingFormFacts[]

export type HousingForm = (typeof FORMS)[number]['id']

const byId: ReadonlyMap<string, HousingFormFacts & { readonly id: HousingForm }> = new Map(
  FORMS.map((form) => [form.id, form]),
)

/** The facts of a housing form. Total: every `HousingForm` is in the ladder. */
export function formById(id: HousingForm): HousingFormFacts & { readonly id: HousingForm } {
  const form = byId.get(id)
  if (form === undefined) throw new RangeError(`No such housing form: ${id}`)
  return form
}

/** The step of a housing form, 0 (outside) to 4 (private). */
export function stepOf(id: HousingForm): Step {
  return formById(id).step
}
