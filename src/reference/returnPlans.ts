import { ruleById } from './rules.ts'

const { settledBy, checksAfterMonths } = ruleById('return_plan').parameters

/**
 * What «innen 2030» means, and when a plan is late. The day is rule 11's; the lengths are assumptions until the city sets them.
 * The target is everybody for whom returning is right, not an empty institution.
 */
export const RETURN_POLICY = {
  version: 1,
  title: 'Tilbakeføring til egen bydel',
  notice: 'Målet gjelder dem det er riktig å flytte hjem for. Noen skal bli der de bor, og det er ikke et avvik.',
  parameters: {
    /** Moved before this day. */
    settledBy,
    /** Follow-up is over when this many months have passed since the move. */
    followUpMonths: Math.max(...checksAfterMonths),
    /** So long before the target day a plan should be agreed. */
    agreedDaysBefore: 90,
    /** What VEL's plan counts from (temaplan for rusinstitusjoner 2021–2030). */
    placesCountedFrom: '2021-01-01',
  },
  source:
    '003 3.1.3; 000 4.6; F temaplan for rusinstitusjoner 2021–2030; egen tolkning av «innen 2030» og egne frister',
} as const

/** Whether returning is right for somebody. */
export const VERDICTS = [
  { id: 'right', name: 'Ja, det er riktig å flytte hjem' },
  { id: 'rightly_stays', name: 'Nei, personen skal bli der personen bor' },
  { id: 'undecided', name: 'Ikke avgjort ennå' },
] as const
export type Verdict = (typeof VERDICTS)[number]['id']

/** How far the person's own part has come. */
export const OWN_PARTS = [
  { id: 'offered', name: 'Spurt, ikke svart' },
  { id: 'answered', name: 'Har svart' },
  { id: 'not_wanted', name: 'Ønsket ikke å være med' },
] as const
export type OwnPart = (typeof OWN_PARTS)[number]['id']

/** How a plan stands, told from its days in this order; never stored. */
export const RETURN_PHASES = [
  { id: 'withdrawn', name: 'Trukket' },
  { id: 'moved_back', name: 'Flyttet tilbake' },
  { id: 'moved_elsewhere', name: 'Flyttet et annet sted' },
  { id: 'finished', name: 'Flyttet hjem, oppfølgingen er over' },
  { id: 'follow_up', name: 'Oppfølging' },
  { id: 'rightly_stays', name: 'Skal bli' },
  { id: 'establishing', name: 'Etablering' },
  { id: 'planning', name: 'Planlegging' },
] as const
export type ReturnPhase = (typeof RETURN_PHASES)[number]['id']

/** Where somebody stands on the way to the day; each is in one of them. */
export const RETURN_STANDINGS = [
  { id: 'on_track', name: 'I rute', sentence: 'Det er riktig å flytte hjem, og planen holder dagen.' },
  { id: 'late', name: 'Forsinket', sentence: 'Det er riktig å flytte hjem, men planen holder ikke dagen.' },
  {
    id: 'without_plan',
    name: 'Uten plan',
    sentence: 'Bor på en av VELs institusjoner, og ingen har begynt på en plan.',
  },
  { id: 'undecided', name: 'Ikke avgjort', sentence: 'Planen sier ikke ennå om det er riktig å flytte hjem.' },
  { id: 'rightly_stays', name: 'Skal bli', sentence: 'Det er riktig å bli boende på institusjonen.' },
  {
    id: 'moved_unwritten',
    name: 'Har flyttet, ikke skrevet ned',
    sentence: 'Planen er åpen, men personen bor ikke lenger på noen av VELs institusjoner.',
  },
  { id: 'moved_home', name: 'Flyttet hjem', sentence: 'Har flyttet hjem etter planen.' },
  { id: 'moved_elsewhere', name: 'Flyttet et annet sted', sentence: 'Har flyttet ut, men ikke hjem til bydelen.' },
  { id: 'moved_back', name: 'Flyttet tilbake', sentence: 'Flyttet ut etter planen, og bor på institusjon igjen.' },
] as const
export type ReturnStanding = (typeof RETURN_STANDINGS)[number]['id']

/** Why a plan does not hold the day. */
export const LATE_REASONS = [
  { id: 'no_target', sentence: 'Planen har ingen måldato.' },
  { id: 'target_passed', sentence: 'Måldatoen er passert.' },
  { id: 'after_the_day', sentence: 'Måldatoen er etter dagen byen har satt.' },
  {
    id: 'not_agreed',
    sentence: `Planen er ikke avtalt, og det er under ${RETURN_POLICY.parameters.agreedDaysBefore} dager til måldatoen.`,
  },
  { id: 'support_not_planned', sentence: 'Oppfølgingen begynner ikke før flyttingen.' },
  { id: 'closes_first', sentence: 'Plassen personen bor på, legges ned før måldatoen.' },
] as const
export type LateReason = (typeof LATE_REASONS)[number]['id']

export const PLAN_WITHDRAWALS = [
  { id: 'person_declined', name: 'Personen ønsker ikke planen' },
  { id: 'other_institution', name: 'Flyttet til en annen institusjon' },
  { id: 'deceased', name: 'Personen er død' },
  { id: 'wrongly_registered', name: 'Feil registrert' },
  { id: 'other', name: 'Annet' },
] as const

export const PLAN_OUTCOMES = [
  { id: 'moved_home', name: 'Flyttet hjem til bydelen' },
  { id: 'moved_elsewhere', name: 'Flyttet et annet sted' },
  { id: 'moved_back', name: 'Flyttet tilbake til institusjon' },
] as const
export type PlanOutcome = (typeof PLAN_OUTCOMES)[number]['id']

/** Rule 11 as data: what a plan needs. What is missing is shown, and stops its step. */
export const PLAN_ITEMS = [
  {
    id: 'verdict_given',
    title: 'Om det er riktig å flytte hjem',
    why: 'Målet gjelder dem det er riktig for. Noen skal bli der de bor.',
    pointer: '/verdict',
    stops: 'agreement',
    source: '003 3.1.3; 000 4.6',
  },
  {
    id: 'own_part',
    title: 'Personens egen del: hva er viktig for deg?',
    why: 'Planen lages sammen med personen. Den som ikke ønsker å være med, skal være spurt.',
    pointer: '/ownPart',
    stops: 'agreement',
    source: '003 3.1.3; 002 5 Bolig',
  },
  {
    id: 'district_owner',
    title: 'Ansvarlig i bydelen',
    why: 'Noen må eie planen også når den ene slutter.',
    pointer: '/districtOwner',
    stops: 'agreement',
    source: '003 3.1.3',
  },
  {
    id: 'vel_contact',
    title: 'Kontakt i Velferdsetaten',
    why: 'Planen lages av bydelen og Velferdsetaten sammen.',
    pointer: '/velContact',
    stops: 'agreement',
    source: '003 3.1.3',
  },
  {
    id: 'target_form',
    title: 'Boligform',
    why: 'Uten en boligform vet vi ikke hvilke boliger som må være klare.',
    pointer: '/targetForm',
    stops: 'agreement',
    source: '000 4.6',
  },
  {
    id: 'target_on',
    title: 'Måldato',
    why: 'Boligen, teamet og personen må vite når.',
    pointer: '/targetOn',
    stops: 'agreement',
    source: '003 3.1.3',
  },
  {
    id: 'support_before_move',
    title: 'Oppfølging som begynner før flyttingen',
    why: 'Relasjonen skal være der før personen flytter.',
    pointer: '/supportFrom',
    stops: 'agreement',
    source: '003 3.1.3; 002 5 Bolig',
  },
] as const
export type PlanItemId = (typeof PLAN_ITEMS)[number]['id']

/** The entry's name. Total: of what is stored, an id that the table lacks stands for itself. */
export function nameOf(table: readonly { id: string; name: string }[], id: string): string {
  return table.find((entry) => entry.id === id)?.name ?? id
}

/** VEL's forms with the figures of the plan that each is counted against. */
export const VEL_PLAN_FORMS = [
  { form: 'vel_emergency', series: 'vel_plan_emergency' },
  { form: 'vel_assessment', series: 'vel_plan_assessment' },
  { form: 'vel_coping', series: 'vel_plan_coping' },
  { form: 'vel_resource', series: 'vel_plan_resource_centre' },
  { form: 'vel_care', series: 'vel_plan_care' },
  { form: 'vel_reinforced', series: 'vel_plan_reinforced' },
] as const
/** The years of the plan: what it counted in the first, and what there is to be in the last. */
export const VEL_PLAN_YEARS = { first: 2021, last: 2030 } as const

export const CHANGE_CERTAINTIES = [
  { id: 'decided', name: 'Vedtatt' },
  { id: 'planned', name: 'Planlagt' },
  { id: 'possible', name: 'Mulig' },
] as const
