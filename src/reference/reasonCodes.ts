/**
 * What reasons are given for: a no, the end of a need or an offer, a closed place, a departure, a longer stay, a change of place,
 * a move-in that never was, a correction, a lease that is shorter than the law's norm.
 */
export const REASON_KINDS = [
  'decline_resident',
  'decline_provider',
  'withdrawal',
  'closure',
  'offer_withdrawal',
  'departure',
  'extension',
  'transfer',
  'not_arrived',
  'correction',
  'short_lease',
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/**
 * What follows when a reason is recorded.
 * - `keeps_position`: nothing changes in the queue, and the place is not offered to the same need again by itself
 * - `parks`: the need rests for `days`, then ends its rest by itself
 * - `meets_need`: the household has what it needed, and the need is closed
 * - `ends_need`: the need is withdrawn, met or not
 * - `reviews_criteria`: the provider must name the criterion, which is then tested against the data
 * - `links_call_off`: the private purchase that this causes is tied to it
 * - `returns_to_queue`: the need stands where it stood
 * - `must_be_settled`: someone is asked again after `days`, until a real reason stands
 * - `takes_out_of_capacity`: the place is not counted while the closure lasts
 * - `requires_next_home`: nobody leaves before the next lease is signed; out of an institution it carries a right of return
 * - `reviews_need`: whoever holds the household's open need is asked to look at it again
 * - `shortens_lease`: the law has a way for it, which somebody has looked at
 * - `stands_corrected`: what was wrong stays on record beside what is right
 * - `follows_household`: the stay goes on elsewhere or for longer, and what is followed up goes with it
 */
export type ReasonEffect =
  | 'keeps_position'
  | 'parks'
  | 'meets_need'
  | 'ends_need'
  | 'reviews_criteria'
  | 'links_call_off'
  | 'returns_to_queue'
  | 'must_be_settled'
  | 'takes_out_of_capacity'
  | 'requires_next_home'
  | 'reviews_need'
  | 'follows_household'
  | 'stands_corrected'
  | 'shortens_lease'

export type ReasonCode = {
  /** Unique within its kind: `staffing_hse` is both a provider's decline and a closure. */
  readonly id: string
  readonly kind: ReasonKind
  readonly name: string
  readonly consequence: { readonly effect: ReasonEffect; readonly days: number | null; readonly text: string }
  /** Only lack of capacity is evidence of shortfall. */
  readonly countsAsShortfall: boolean
  /** False for reasons that only the system records. */
  readonly offeredToPeople: boolean
  readonly source: string
}

/** Version of the reasons with their consequences. */
export const REASON_CODES_VERSION = 5

const PARK_DAYS = 14
const SETTLE_DAYS = 7

const own = 'egen årsaker med følger'
const keepsPosition = {
  effect: 'keeps_position',
  days: null,
  text: 'Plassen i køen er den samme.',
} as const
const residentDeclines = {
  kind: 'decline_resident',
  consequence: keepsPosition,
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const
const providerDeclines = {
  kind: 'decline_provider',
  countsAsShortfall: false,
  offeredToPeople: true,
} as const
const withdrawal = { kind: 'withdrawal', countsAsShortfall: false, offeredToPeople: true, source: own } as const
const noCapacity = {
  effect: 'returns_to_queue',
  days: null,
  text: 'Behovet står der det sto, og teller som mangel på plass.',
} as const
const foundOwn = {
  effect: 'meets_need',
  days: null,
  text: 'Behovet er dekket. Oppfølgingen fortsetter som avtalt.',
} as const
const closure = {
  kind: 'closure',
  consequence: {
    effect: 'takes_out_of_capacity',
    days: null,
    text: 'Plassen teller ikke som kapasitet så lenge den er sperret.',
  },
  countsAsShortfall: false,
  offeredToPeople: true,
} as const
const offerWithdrawal = {
  kind: 'offer_withdrawal',
  consequence: { effect: 'returns_to_queue', days: null, text: 'Behovet står der det sto, og reservasjonen er over.' },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const
const departure = {
  kind: 'departure',
  consequence: {
    effect: 'reviews_need',
    days: null,
    text: 'Plassen er ledig. Har husstanden et åpent behov, får bydelen en oppgave om å se på det.',
  },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const
const extension = {
  kind: 'extension',
  consequence: {
    effect: 'follows_household',
    days: null,
    text: 'Oppholdet varer lenger. Den første datoen står fortsatt.',
  },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const
const transfer = {
  kind: 'transfer',
  consequence: { effect: 'follows_household', days: null, text: 'Oppfølgingen fortsetter på den nye plassen.' },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const

const notArrived = {
  kind: 'not_arrived',
  consequence: {
    effect: 'returns_to_queue',
    days: null,
    text: 'Plassen er ledig. Behovet står der det sto, med ventetiden sin, og bydelen får en oppgave.',
  },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: own,
} as const
const correction = {
  kind: 'correction',
  consequence: { effect: 'stands_corrected', days: null, text: 'Både det gale og det rette står i loggen.' },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: 'egen feil registrering rettes med spor',
} as const

const shortLease = {
  kind: 'short_lease',
  consequence: {
    effect: 'shortens_lease',
    days: null,
    text: 'Leietiden kan være kortere enn normen. Loven er ikke kontrollert her.',
  },
  countsAsShortfall: false,
  offeredToPeople: true,
  source: 'F husleieloven § 9-3',
} as const

export const REASON_CODES = [
  { ...residentDeclines, id: 'area', name: 'Ønsker ikke området' },
  { ...residentDeclines, id: 'size', name: 'Boligen har feil størrelse' },
  { ...residentDeclines, id: 'housemates', name: 'Vil ikke bo sammen med dem som bor der' },
  { ...residentDeclines, id: 'rules', name: 'Vil ikke ha husreglene' },
  { ...residentDeclines, id: 'health', name: 'Boligen passer ikke med helsen' },
  {
    ...residentDeclines,
    id: 'no_contact',
    name: 'Fikk ikke kontakt',
    consequence: {
      effect: 'parks',
      days: PARK_DAYS,
      text: `Behovet hviler i ${PARK_DAYS} dager og kommer så tilbake av seg selv. Andre tilbud står ved lag.`,
    },
    source: '000 4.2; egen årsaker med følger',
  },
  {
    ...residentDeclines,
    id: 'found_own',
    name: 'Har funnet bolig selv',
    consequence: foundOwn,
  },
  {
    ...providerDeclines,
    id: 'criteria',
    name: 'Oppfyller ikke inntakskriteriene',
    consequence: {
      effect: 'reviews_criteria',
      days: null,
      text: 'Botilbudet sier hvilket kriterium. Passer det ikke med opplysningene, må en av dem rettes.',
    },
    source: '004 4.3',
  },
  {
    ...providerDeclines,
    id: 'risk',
    name: 'For høy risiko for personen eller dem som bor der',
    consequence: keepsPosition,
    source: '000 4.2; 004 4.4',
  },
  {
    ...providerDeclines,
    id: 'place_lost',
    name: 'Plassen finnes ikke lenger',
    consequence: {
      effect: 'returns_to_queue',
      days: null,
      text: 'Behovet står der det sto, og neste plass som passer, vises med en gang.',
    },
    source: own,
  },
  {
    ...providerDeclines,
    id: 'staffing_hse',
    name: 'Mangler bemanning, kompetanse eller trygt arbeidsmiljø (HMS)',
    consequence: {
      effect: 'links_call_off',
      days: null,
      text: 'Kjøper bydelen en privat plass på grunn av dette, knyttes kjøpet til svaret.',
    },
    source: '004 4.3',
  },
  {
    ...providerDeclines,
    id: 'no_capacity',
    name: 'Ingen ledig plass som passer',
    consequence: noCapacity,
    countsAsShortfall: true,
    source: '004 4.3; egen årsaker med følger',
  },
  {
    ...withdrawal,
    id: 'no_capacity',
    name: 'Ingen egnet plass',
    consequence: noCapacity,
    countsAsShortfall: true,
  },
  {
    ...withdrawal,
    id: 'no_capacity_lost_place',
    name: 'Plassen falt bort, og ingen annen passet',
    consequence: noCapacity,
    countsAsShortfall: true,
    offeredToPeople: false,
  },
  {
    ...withdrawal,
    id: 'outprioritised',
    name: 'En annen måtte få plassen først',
    consequence: noCapacity,
    countsAsShortfall: true,
    offeredToPeople: false,
  },
  {
    ...withdrawal,
    id: 'found_own',
    name: 'Har funnet bolig selv',
    consequence: foundOwn,
  },
  {
    ...withdrawal,
    id: 'moved_within',
    name: 'Flyttet til en annen plass hos samme tilbud',
    consequence: { effect: 'meets_need', days: null, text: 'Behovet er dekket. Flyttingen teller ikke som ny.' },
  },
  {
    ...withdrawal,
    id: 'left_city',
    name: 'Har flyttet fra byen',
    consequence: {
      effect: 'ends_need',
      days: null,
      text: 'Behovet trekkes. Flytter personen tilbake, registreres et nytt.',
    },
  },
  {
    ...withdrawal,
    id: 'own_wish',
    name: 'Vil ikke lenger ha hjelp til bolig',
    consequence: {
      effect: 'ends_need',
      days: null,
      text: 'Behovet trekkes. Personen kan be om hjelp igjen når som helst.',
    },
  },
  {
    ...withdrawal,
    id: 'deceased',
    name: 'Personen er død',
    consequence: { effect: 'ends_need', days: null, text: 'Behovet trekkes, og ingen brev sendes.' },
  },
  {
    ...withdrawal,
    id: 'registered_by_mistake',
    name: 'Registrert ved en feil',
    consequence: { effect: 'ends_need', days: null, text: 'Behovet trekkes. Det gale står fortsatt i loggen.' },
    source: 'egen feil registrering rettes med spor',
  },
  {
    ...withdrawal,
    id: 'unknown_pending',
    name: 'Årsaken er ikke kjent ennå',
    consequence: {
      effect: 'must_be_settled',
      days: SETTLE_DAYS,
      text: `Vi spør igjen etter ${SETTLE_DAYS} dager, til årsaken er kjent. Behovet beholder plassen i køen.`,
    },
  },
  { ...closure, id: 'repair', name: 'Reparasjon', source: own },
  { ...closure, id: 'damage', name: 'Brann- eller vannskade', source: own },
  { ...closure, id: 'refurbishment', name: 'Oppussing', source: own },
  { ...closure, id: 'adaptation', name: 'Tilpasning til en beboer', source: '000 4.4' },
  { ...closure, id: 'staffing_hse', name: 'Mangler bemanning eller trygt arbeidsmiljø (HMS)', source: '004 4.3' },
  { ...closure, id: 'competence', name: 'Mangler nødvendig kompetanse', source: '004 4.3' },
  { ...closure, id: 'winding_down', name: 'Bygges ned eller flyttes', source: '003 3; 004 2.2' },
  { ...offerWithdrawal, id: 'sent_by_mistake', name: 'Sendt ved en feil' },
  { ...offerWithdrawal, id: 'needs_changed', name: 'Behovet er et annet nå' },
  { ...offerWithdrawal, id: 'other_offer_accepted', name: 'Personen har takket ja til en annen plass' },
  {
    ...offerWithdrawal,
    id: 'no_capacity_lost_place',
    name: 'Plassen falt bort',
    consequence: noCapacity,
    countsAsShortfall: true,
  },
  {
    ...offerWithdrawal,
    id: 'outprioritised',
    name: 'En annen måtte få plassen først',
    consequence: noCapacity,
    countsAsShortfall: true,
  },
  { ...offerWithdrawal, id: 'need_ended', name: 'Behovet er avsluttet', offeredToPeople: false },
  {
    ...offerWithdrawal,
    id: 'chain_broken',
    name: 'Flyttingen før i boligkjeden ble ikke noe av',
    offeredToPeople: false,
  },
  {
    ...departure,
    id: 'moved_on',
    name: 'Flyttet til ny bolig',
    consequence: {
      effect: 'requires_next_home',
      days: null,
      text: 'Neste kontrakt må være signert først. Den som flytter fra en institusjon, kan komme tilbake en tid.',
    },
    source: '003 3.1.3; 002 3.1.1',
  },
  { ...departure, id: 'own_wish', name: 'Ville flytte selv' },
  { ...departure, id: 'left_city', name: 'Flyttet fra byen' },
  { ...departure, id: 'eviction', name: 'Kastet ut av boligen' },
  { ...departure, id: 'hospital', name: 'Innlagt for lang tid' },
  { ...departure, id: 'prison', name: 'Soner en dom' },
  { ...departure, id: 'deceased', name: 'Er død' },
  {
    ...departure,
    id: 'transferred',
    name: 'Byttet plass',
    consequence: transfer.consequence,
    offeredToPeople: false,
  },
  { ...extension, id: 'next_home_not_ready', name: 'Neste bolig er ikke klar', source: '004 4.3; 004 4.4' },
  { ...extension, id: 'goal_not_reached', name: 'Målet med oppholdet er ikke nådd' },
  { ...extension, id: 'agreement_renewed', name: 'Vedtaket eller kontrakten er fornyet' },
  { ...transfer, id: 'better_fit', name: 'Den andre plassen passer bedre' },
  { ...transfer, id: 'safety', name: 'Tryggere for personen eller dem som bor der' },
  { ...transfer, id: 'repair', name: 'Plassen må settes i stand' },
  { ...transfer, id: 'winding_down', name: 'Plassen bygges ned eller flyttes', source: '003 3; 004 2.2' },
  { ...transfer, id: 'own_wish', name: 'Ville bytte selv' },
  { ...notArrived, id: 'no_contact', name: 'Fikk ikke kontakt' },
  { ...notArrived, id: 'changed_mind', name: 'Ville ikke flytte inn likevel' },
  { ...notArrived, id: 'hospital', name: 'Er innlagt' },
  { ...notArrived, id: 'prison', name: 'Er i fengsel' },
  { ...notArrived, id: 'place_not_ready', name: 'Plassen var ikke klar' },
  {
    ...notArrived,
    id: 'deceased',
    name: 'Er død',
    consequence: {
      effect: 'reviews_need',
      days: null,
      text: 'Plassen er ledig. Bydelen får en oppgave om å avslutte behovet.',
    },
  },
  { ...notArrived, id: 'unknown', name: 'Årsaken er ikke kjent' },
  { ...correction, id: 'did_not_move', name: 'Flyttet ikke likevel' },
  { ...correction, id: 'wrong_person', name: 'Registrert på feil person' },
  { ...correction, id: 'wrong_day', name: 'Feil dag' },
  {
    ...shortLease,
    id: 'part_of_landlords_house',
    name: 'Loft eller sokkel i huset der utleieren bor',
    consequence: {
      ...shortLease.consequence,
      text: 'Leietiden må likevel være minst 1 år. Loven er ikke kontrollert her.',
    },
  },
  {
    ...shortLease,
    id: 'landlord_needs_it',
    name: 'Utleieren skal bruke boligen selv, eller har en annen saklig grunn',
  },
  {
    ...shortLease,
    id: 'set_aside',
    name: 'Boligen er avsatt til vanskeligstilte',
    source: 'F husleieloven § 11-1',
  },
] as const satisfies readonly ReasonCode[]

type ReasonEntry = (typeof REASON_CODES)[number]

/** The ids of one kind, for instance `ReasonId<'decline_resident'>`. */
export type ReasonId<Kind extends ReasonKind> = Extract<ReasonEntry, { readonly kind: Kind }>['id']

/** The reason with this id within a kind, or undefined. */
export function reasonCode(kind: ReasonKind, id: string): ReasonCode | undefined {
  return REASON_CODES.find((reason) => reason.kind === kind && reason.id === id)
}

/** The reason with this id when a person may choose it, or undefined: what the system finds is not offered as a choice. */
export function chosenReason(kind: ReasonKind, id: string): ReasonCode | undefined {
  const reason = reasonCode(kind, id)
  return reason?.offeredToPeople === true ? reason : undefined
}
