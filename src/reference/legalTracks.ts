export type LegalTrack = {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly legalBasis: string
  readonly content: string
  readonly appealBody: string
  readonly appealBodySource: string
  readonly deadlineWeeks: number
  readonly deadlineSource: string
  readonly source: string
  /** Until an administrator has confirmed the track, every screen and letter says so. */
  readonly status: 'not_checked' | 'confirmed'
}

/** What `status` is called on the screen. */
export const LEGAL_STATUS_NAMES = {
  not_checked: 'ikke kontrollert',
  confirmed: 'kontrollert',
} as const satisfies Record<LegalTrack['status'], string>

/** Each decision has its own basis, body and deadline; one never stands in for another. */
export const LEGAL_TRACKS = [
  {
    id: 'help_with_home',
    version: 1,
    title: 'Hjelp til å skaffe og beholde bolig',
    legalBasis: 'Boligsosialloven (20.12.2022 nr. 121, i kraft 1.7.2023) § 6',
    content:
      'Et ja eller nei er et enkeltvedtak og sier hva hjelpen i hovedsak går ut på. Det gir rett til hjelp, ikke til en bestemt bolig.',
    appealBody: 'Statsforvalteren',
    appealBodySource: 'F boligsosialloven',
    deadlineWeeks: 3,
    deadlineSource: 'M klagefrist',
    source: 'F boligsosialloven § 6',
    status: 'not_checked',
  },
  {
    id: 'municipal_home',
    version: 1,
    title: 'Kommunal bolig',
    legalBasis: 'Forskrift om kommunal bolig i Oslo fra 1.1.2024, kapittel 2 og 3',
    content:
      'Kapittel 2 gjelder omsorgsbolig og særlig tilrettelagt bolig, kapittel 3 vanlig kommunal bolig. Det kan bli nei bare fordi ingen egnet bolig finnes, og nabolaget kan gjøre en bolig uegnet.',
    appealBody: 'Oslo kommunes klagenemnd',
    appealBodySource: 'F eldre sak',
    deadlineWeeks: 3,
    deadlineSource: 'M klagefrist',
    source: 'F forskrift om kommunal bolig i Oslo',
    status: 'not_checked',
  },
  {
    id: 'temporary_accommodation',
    version: 1,
    title: 'Midlertidig botilbud',
    legalBasis: 'Sosialtjenesteloven § 27',
    content:
      'For den som ikke har et sted å bo nå. Stedet skal være forsvarlig, ingen må lete selv først, og alle som oppholder seg i byen, er med.',
    appealBody: 'Statsforvalteren',
    appealBodySource: 'M klageinstans',
    deadlineWeeks: 3,
    deadlineSource: 'M klagefrist',
    source: 'F sosialtjenesteloven § 27',
    status: 'not_checked',
  },
  {
    id: 'health_and_care',
    version: 1,
    title: 'Helse- og omsorgstjenester og institusjon',
    legalBasis: 'Helse- og omsorgstjenesteloven § 3-2; individuell plan kapittel 7; tvang kapittel 10',
    content: 'Vedtaket gjelder tjenestene og er et annet enn leiekontrakten.',
    appealBody: 'Statsforvalteren',
    appealBodySource: 'F pasient- og brukerrettighetsloven § 7-5',
    deadlineWeeks: 4,
    deadlineSource: 'F pasient- og brukerrettighetsloven § 7-5',
    source: 'F helse- og omsorgstjenesteloven § 3-2; 002 3.2',
    status: 'not_checked',
  },
] as const satisfies readonly LegalTrack[]

export type LegalTrackId = (typeof LEGAL_TRACKS)[number]['id']

type TrackScope = {
  /** A need for one of these forms calls for a decision on the track. */
  readonly forms: readonly string[]
  /** May be refused for lack of a suitable home alone; elsewhere lack is no lawful reason. */
  readonly lackMayRefuse: boolean
  readonly source: string
}

const outsideInstitutions = [
  'temporary',
  'transitional',
  'citywide_specialised',
  'colocated_24h',
  'colocated_day',
  'assisted',
  'municipal_support',
  'municipal',
  'private_support',
  'private',
] as const

/** Which needs call for which decision. Somebody may need several, and one never stands in for another. */
export const LEGAL_TRACK_SCOPES = {
  help_with_home: { forms: outsideInstitutions, lackMayRefuse: false, source: 'F boligsosialloven § 6' },
  municipal_home: {
    forms: [
      'transitional',
      'citywide_specialised',
      'colocated_24h',
      'colocated_day',
      'assisted',
      'municipal_support',
      'municipal',
    ],
    lackMayRefuse: true,
    source: 'F forskrift om kommunal bolig i Oslo, kapittel 2 og 3',
  },
  temporary_accommodation: { forms: ['temporary'], lackMayRefuse: false, source: 'F sosialtjenesteloven § 27' },
  health_and_care: {
    forms: [
      'vel_emergency',
      'vel_assessment',
      'vel_coping',
      'vel_resource',
      'vel_care',
      'vel_reinforced',
      'long_term_home',
      'private_institution',
      'district_short_stay',
      'transitional',
      'citywide_specialised',
      'colocated_24h',
      'colocated_day',
      'assisted',
      'municipal_support',
      'private_support',
    ],
    lackMayRefuse: false,
    source: 'F helse- og omsorgstjenesteloven § 3-2; 002 3.2',
  },
} as const satisfies Record<LegalTrackId, TrackScope>
