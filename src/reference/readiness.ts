/**
 * The steps of a case, the earliest first. An item stops its own step and the later ones; `none` stops nothing and is only shown.
 * Ranking is never stopped by anything but not knowing what is needed.
 */
export const CASE_STEPS = ['ranking', 'preview', 'referral', 'offer', 'move_in'] as const
export type CaseStep = (typeof CASE_STEPS)[number]

export type ReadinessItem = {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly why: string
  readonly stops: CaseStep | 'none'
  /** What the system does while it is missing: said aloud, so that nothing is assumed silently. */
  readonly meanwhile: string
  /** Housing forms it is asked for; null means all. */
  readonly onlyForForms: readonly string[] | null
  /** Forms it is not asked for, because waiting for it would leave someone outdoors. */
  readonly exemptForms: readonly string[]
  readonly source: string
}

const acute = ['temporary', 'vel_emergency'] as const
const everyForm = { version: 1, onlyForForms: null, exemptForms: [] } as const

export const READINESS_ITEMS = [
  {
    ...everyForm,
    id: 'forms_stated',
    title: 'Hvilken boligform trengs',
    why: 'Uten en boligform vet vi ikke hvilke plasser vi skal se etter.',
    stops: 'ranking',
    meanwhile: 'Behovet er en kladd og står ikke i køen.',
    source: '000 4.6; 004 5.1',
  },
  {
    ...everyForm,
    id: 'window_stated',
    title: 'Når personen kan flytte',
    why: 'En plass må være ledig når personen kan bruke den.',
    stops: 'offer',
    meanwhile: 'Vi regner med at personen kan flytte fra i dag av.',
    source: 'egen tidsrom for flytting',
  },
  {
    ...everyForm,
    id: 'responsible_district_resolved',
    title: 'Avklart ansvarlig bydel',
    why: 'Bydelen som har ansvaret, fatter vedtaket.',
    stops: 'referral',
    meanwhile: 'Bydelen som registrerte behovet, holder det, og fristen løper der.',
    exemptForms: acute,
    source: '004 4.3; 004 5.6',
  },
  {
    ...everyForm,
    id: 'assessment_current',
    title: 'Ny nok kartlegging',
    why: 'Behovene endrer seg, og en gammel kartlegging kan gi feil bolig.',
    stops: 'referral',
    meanwhile: 'Vi bruker den siste kartleggingen og sier hvor gammel den er.',
    exemptForms: acute,
    source: '002 4.2; 004 4.3',
  },
  {
    ...everyForm,
    id: 'private_rental_considered',
    title: 'Vurdering av privat leie',
    why: 'Muligheten for å leie privat skal være vurdert før en kommunal bolig tilbys.',
    stops: 'offer',
    meanwhile: 'Kommunale boliger vises, men kan ikke tilbys før vurderingen eller en begrunnelse er skrevet.',
    onlyForForms: ['municipal', 'municipal_support'],
    source: '002 5 Bolig',
  },
  {
    ...everyForm,
    id: 'service_decision',
    title: 'Vedtak om tjenester',
    why: 'Leiekontrakten gir boligen, vedtaket gir hjelpen. Hjelpen skal være på plass ved innflytting.',
    stops: 'move_in',
    meanwhile: 'Plassen kan tilbys og holdes mens vedtaket skrives.',
    onlyForForms: [
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
    source: '002 3.2; 002 4.2; 004 situasjonsbildet',
  },
  {
    ...everyForm,
    id: 'consent_sharing',
    title: 'Samtykke til å dele opplysninger',
    why: 'En privat leverandør eller utleier får bare vite det personen har sagt ja til. Kommunens egne oppgaver krever ikke samtykke.',
    stops: 'referral',
    meanwhile: 'Vi ser etter plasser uten å dele noe om personen.',
    onlyForForms: ['private_institution', 'private_support', 'private'],
    source: '002 4.2; 003 2.2.2',
  },
  {
    ...everyForm,
    id: 'individual_plan_offered',
    title: 'Tilbud om individuell plan',
    why: 'Den som trenger flere tjenester over tid, skal få tilbud om en plan, og svaret skal stå i saken.',
    stops: 'none',
    meanwhile: 'Alt går videre.',
    source: '002 2.1; 002 5 Oppfølging; F helse- og omsorgstjenesteloven kap. 7',
  },
  {
    ...everyForm,
    id: 'contact_person',
    title: 'Fast kontaktperson',
    why: 'Alle som får hjelp for rusproblemer, skal ha én person å forholde seg til.',
    stops: 'none',
    meanwhile: 'Alt går videre.',
    source: '000 4.1; 002 5 Oppfølging; 003 2.2.4',
  },
] as const satisfies readonly ReadinessItem[]

export type ReadinessItemId = (typeof READINESS_ITEMS)[number]['id']
