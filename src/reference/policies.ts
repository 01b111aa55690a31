export type UrgencyClassNumber = 1 | 2 | 3 | 4 | 5

export type UrgencyClass = {
  readonly number: UrgencyClassNumber
  readonly name: string
  readonly grounds: readonly { readonly id: string; readonly name: string }[]
}

/**
 * The city's order between situations. It is a choice, so the screen says that it is one, and it carries a version.
 * `daysCap` bounds how long a situation counts within a class, so that no wait alone decides; days are whole calendar days.
 */
export const URGENCY_POLICY = {
  version: 1,
  title: 'Hvem kommer først',
  notice: 'Rekkefølgen er et valg byen har gjort, ikke en måling av hvem som har det verst.',
  classes: [
    {
      number: 1,
      name: 'Uten trygt sted i natt',
      grounds: [
        { id: 'no_place_tonight', name: 'Har ikke noe sted å sove i natt' },
        { id: 'violence', name: 'Er utsatt for vold der personen bor' },
        { id: 'children_in_temporary', name: 'Barn bor i midlertidig botilbud' },
      ],
    },
    {
      number: 2,
      name: 'Må ut innen 14 dager',
      grounds: [
        { id: 'discharge_ready', name: 'Er utskrivningsklar' },
        { id: 'release', name: 'Løslates fra fengsel' },
        { id: 'eviction', name: 'Kastes ut av boligen' },
      ],
    },
    {
      number: 3,
      name: 'Har bodd for lenge midlertidig eller uegnet',
      grounds: [
        { id: 'temporary_beyond_norm', name: 'Har bodd i midlertidig botilbud lenger enn normen' },
        { id: 'unsuitable_beyond_norm', name: 'Har bodd i uegnet bolig lenger enn normen' },
      ],
    },
    {
      number: 4,
      name: 'Klar for å flytte videre',
      grounds: [{ id: 'ready_to_move_on', name: 'Er klar for å flytte fra institusjon' }],
    },
    { number: 5, name: 'Andre', grounds: [{ id: 'other', name: 'Ingen av situasjonene over' }] },
  ],
  parameters: {
    mustLeaveWithinDays: 14,
    temporaryNormDays: 92,
    unsuitableNormDays: 184,
    daysInSituationCap: 730,
    daysSinceRegistrationCap: 730,
  },
  source: '004 4.3; 004 4.4; 000 4.1; egen rekkefølge, grenser og tak for dager',
} as const satisfies {
  version: number
  title: string
  notice: string
  classes: readonly UrgencyClass[]
  parameters: Record<string, number>
  source: string
}

export type UrgencyGround = (typeof URGENCY_POLICY)['classes'][number]['grounds'][number]['id']

/** When an assessment is too old to refer on. An assumption until the city sets one: no document gives a number. */
export const ASSESSMENT_POLICY = {
  version: 1,
  title: 'Hvor lenge en kartlegging gjelder',
  parameters: { validDays: 180 },
  source: '002 4.2; egen antall dager',
} as const

export type ObjectiveTier = {
  readonly id: string
  readonly title: string
  readonly direction: 'more' | 'less' | 'fixed_order'
}

/** What a matching run strives for, the weightiest first; a later tier never costs an earlier one anything. */
export const OBJECTIVE_POLICY = {
  version: 1,
  title: 'Hva fordelingen legger vekt på',
  tiers: [
    { id: 'urgency', title: 'Flere i den mest utsatte situasjonen får plass, så den neste', direction: 'more' },
    { id: 'days_in_situation', title: 'De som har hatt det slik lengst', direction: 'more' },
    { id: 'days_since_registration', title: 'De som har ventet lengst', direction: 'more' },
    { id: 'preferred_form', title: 'Boligformen personen helst vil ha', direction: 'more' },
    { id: 'home_district', title: 'Egen bydel', direction: 'more' },
    { id: 'wanted_features', title: 'Flere av ønskene er oppfylt', direction: 'more' },
    { id: 'staffing_fit', title: 'Bemanning som ligger nærmest behovet', direction: 'less' },
    { id: 'conditional_moves', title: 'Færre flyttinger som venter på andre', direction: 'less' },
    { id: 'tie', title: 'Ellers: først registrert, så løpenummer', direction: 'fixed_order' },
  ],
  // a place that opens later than this is planned for, not proposed today
  parameters: { chainMovesMax: 4, horizonDays: 183 },
  source:
    '004 5.1; 003 3.1.3; F ledig innen seks måneder (før 2024); egen rekkefølge mellom hensyn og lengde på boligkjeder',
} as const satisfies {
  version: number
  title: string
  tiers: readonly ObjectiveTier[]
  parameters: Record<string, number>
  source: string
}

export type ObjectiveTierId = (typeof OBJECTIVE_POLICY)['tiers'][number]['id']

/** Lengths of leases, in years. Children count while aged `childAgeFrom`–`childAgeTo`, both included. */
export const LEASE_POLICY = {
  version: 1,
  title: 'Hvor lenge en leiekontrakt varer',
  municipal: {
    firstYears: 5,
    thenYears: 3,
    withChildrenFirstYears: 7,
    withChildrenThenYears: 5,
    childAgeFrom: 0,
    childAgeTo: 14,
    source: 'F forskrift om kommunal bolig i Oslo fra 2024-01-01',
  },
  private: { atLeastYears: 3, mayBeOpenEnded: true, source: 'F husleieloven § 9-3' },
} as const

/**
 * How long somebody should wait at most, in days from registration, by urgency class. An assumption until the city sets it: no
 * document gives a number, so every screen says that it is one.
 */
export const WAITING_POLICY = {
  version: 1,
  title: 'Mål for ventetid',
  parameters: { targetDays: { 1: 1, 2: 14, 3: 92, 4: 92, 5: 183 } },
  source: 'egen mål for ventetid',
} as const satisfies {
  version: number
  title: string
  parameters: { targetDays: Record<UrgencyClassNumber, number> }
  source: string
}

/**
 * Deadlines of placement, in days. The answer from Felles inntak follows an older norm; the others are assumptions until the
 * city sets them, so every screen says that they are.
 */
export const PLACEMENT_POLICY = {
  version: 4,
  title: 'Frister ved tildeling',
  parameters: {
    /** To answer an offer in, when nobody says otherwise, and at most. */
    replyDays: 7,
    replyDaysMax: 60,
    /** To keep a place for a need before it is offered, counted from the day it is reserved. */
    holdDaysMax: 7,
    /** For a bydel to send its offer in a chain that has begun. */
    chainSendDays: 3,
    /** A reminder so long before the answer is due. */
    remindDaysBefore: 2,
    /** For Felles inntak to answer a referral in. */
    referralAnswerDays: 14,
    /** Before a stay is expected to end: time to look for the next home. */
    stayEndsDaysBefore: 30,
    /** Before the right to come back to an institution runs out. */
    returnEndsDaysBefore: 14,
    /** For a decision that was not waited for, because waiting would have left someone outdoors. */
    decisionAfterMoveInDays: 3,
  },
  source: 'F eldre norm for svar fra Felles inntak; egen frister for tilbud og påminnelser',
} as const
