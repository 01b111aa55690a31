import { RETURN_POLICY } from './returnPlans.ts'

/**
 * How a schedule of who could move home when is made when nobody says otherwise, and how much may be asked for. Shares and
 * lengths are assumptions until the city sets them; each is shown with the answer.
 */
export const RETURN_SCHEDULE_POLICY = {
  version: 1,
  title: 'Hvem kan flytte når',
  notice:
    'En tidsplan er ikke et vedtak og ikke et tilbud. Den viser når boliger, team og planer går opp, slik de er registrert i dag.',
  parameters: {
    /** «Innen 2030», the day of rule 11. */
    until: RETURN_POLICY.parameters.settledBy,
    /** No schedule reaches further: the rates of ten years say little of more. */
    yearsMax: 10,
    /** The share of homes that become vacant which goes to those who move home; the rest goes to others who wait. */
    shareOfVacancies: 0.25,
    /** How sure it is to be that so many homes have become vacant by then. */
    certainty: 0.5,
    /** A home that is vacant is kept for so many months for somebody who moves home. */
    keptMonths: 3,
    /** A team follows somebody up for so long after the move. */
    followUpMonths: RETURN_POLICY.parameters.followUpMonths,
    /** Schedules of one user that wait or are being made. */
    unfinishedMax: 5,
    /** How long who could move when is kept, and what it was computed from; the numbers stay. */
    keptDays: 90,
    /** The most seconds that one group of people whom a team's capacity binds is searched for. */
    searchSeconds: 20,
  },
  source: '003 3.1.3; 000 4.6; egen antakelse om andel, sikkerhet og hvor lenge en bolig holdes',
} as const

/**
 * What keeps somebody from moving within the window of her plan, in the order in which they are named: first what those who
 * own the plan can mend by themselves, last what somebody has to build.
 */
export const SCHEDULE_LIMITS = [
  {
    id: 'plan_incomplete',
    name: 'Planen er ikke ferdig',
    sentence: 'Planen mangler noe av det den trenger før noen kan flytte.',
  },
  {
    id: 'support_not_agreed',
    name: 'Oppfølging er ikke avtalt',
    sentence: 'Planen har ikke noe team som begynner før måldatoen.',
  },
  {
    id: 'window',
    name: 'Tiden i planen',
    sentence: 'Det passer utenfor tiden mellom tidligste dag og måldato, men ikke innenfor.',
  },
  {
    id: 'team_full',
    name: 'Teamet er fullt',
    sentence: 'Boligen finnes, men teamet kan ikke ta flere da.',
  },
  {
    id: 'no_home',
    name: 'Ingen bolig',
    sentence: 'Ingen bolig av boligformen i bydelen er ledig for personen i den tiden.',
  },
] as const
export type ScheduleLimit = (typeof SCHEDULE_LIMITS)[number]['id']

/** Where a home comes from. */
export const HOME_SOURCES = [
  { id: 'committed', name: 'Bolig som bydelen har satt av' },
  { id: 'vacant', name: 'Ledig i dag' },
  { id: 'opening', name: 'Åpner' },
  { id: 'expected', name: 'Ventes å bli ledig' },
] as const
export type HomeSource = (typeof HOME_SOURCES)[number]['id']
