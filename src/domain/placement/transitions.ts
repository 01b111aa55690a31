import type { CaseStep } from '../../reference/readiness.ts'
import type { OfferState } from './offer.ts'
import type { PreconditionId } from './preconditions.ts'
import type { ReferralState } from './referral.ts'
import type { StayState } from './stay.ts'

/** `none`: it does not exist yet. */
type NeedState = 'draft' | 'registered' | 'withdrawn' | 'closed'
export type PlacementState = 'none' | OfferState | ReferralState | StayState | NeedState

export type Transition = {
  readonly id: string
  readonly subject: 'offer' | 'referral' | 'stay' | 'need'
  readonly action: string
  readonly from: readonly PlacementState[]
  readonly to: PlacementState
  /** A row of the capability table (src/access/capabilities.ts); `system`: time alone does it. */
  readonly capability: string
  /** A missing readiness item that stops one of these steps stops this transition, and no other. */
  readonly steps: readonly CaseStep[]
  readonly preconditions: readonly PreconditionId[]
  readonly consequence: string
  readonly sentence: string
  readonly source: string
}

const VACANCY = ['place_not_closed', 'place_not_taken', 'place_not_held'] as const
const OPEN_OFFER = ['sent', 'conditional', 'superseded'] as const
const OPEN_REFERRAL = ['sent', 'overdue', 'waiting'] as const

/**
 * Every step of placement: from where to where, who, what it needs and what follows. What a need must have was asked when its
 * offer was sent and is frozen on it; the vacancy is asked again every time.
 */
export const TRANSITIONS = [
  {
    id: 'offer.send',
    subject: 'offer',
    action: 'send',
    from: ['none'],
    to: 'sent',
    capability: 'send_offers',
    steps: ['ranking', 'preview', 'referral', 'offer'],
    preconditions: [
      'need_registered',
      'no_home_accepted',
      'not_offered_before',
      'vel_place_referred',
      ...VACANCY,
      'place_fits',
      'skip_explained',
    ],
    consequence: 'Plassen reserveres til svarfristen. Uten reservasjon får den første som takker ja, plassen.',
    sentence: 'Boligkonsulenten sender et tilbud om en plass.',
    source: '002 5 Bolig; 004 5.6',
  },
  {
    id: 'offer.accept',
    subject: 'offer',
    action: 'accept',
    // one whose place is gone is refused for that, and told of the next best
    from: ['sent', 'superseded'],
    to: 'accepted',
    capability: 'answer_offers',
    steps: [],
    preconditions: ['need_registered', 'no_home_accepted', ...VACANCY],
    consequence:
      'Plassen er reservert til innflyttingen. Et hopp over trinn fordi det mangler plass, skrives som underdekning.',
    sentence: 'Personen takker ja.',
    source: '004 4.3; 004 5.6',
  },
  {
    id: 'offer.decline',
    subject: 'offer',
    action: 'decline',
    from: [...OPEN_OFFER, 'accepted'],
    to: 'declined',
    capability: 'answer_offers',
    steps: [],
    preconditions: ['lease_not_signed', 'nobody_left_for_it'],
    consequence: 'Reservasjonen er over, og årsaken har sin følge.',
    sentence: 'Personen eller den som gir plassen, sier nei med en årsak.',
    source: 'egen årsaker med følger',
  },
  {
    id: 'offer.withdraw',
    subject: 'offer',
    action: 'withdraw',
    from: [...OPEN_OFFER, 'accepted'],
    to: 'withdrawn',
    capability: 'send_offers',
    steps: [],
    preconditions: ['nobody_left_for_it'],
    consequence: 'Reservasjonen er over. Mistet plassen fordi det mangler kapasitet, skrives som underdekning.',
    sentence: 'Boligkonsulenten trekker tilbudet med en årsak.',
    source: 'egen tilbaketrekking som et tre',
  },
  {
    id: 'offer.extend',
    subject: 'offer',
    action: 'extend',
    from: ['sent', 'conditional'],
    to: 'sent',
    capability: 'send_offers',
    steps: [],
    preconditions: [],
    consequence: 'Reservasjonen følger den nye fristen, og det kommer en ny påminnelse før den.',
    sentence: 'Svarfristen blir lenger; den gamle står ved siden av.',
    source: 'egen utsettelser legges til',
  },
  {
    id: 'offer.expire',
    subject: 'offer',
    action: 'expire',
    from: OPEN_OFFER,
    to: 'expired',
    capability: 'system',
    steps: [],
    preconditions: [],
    consequence: 'Reservasjonen er over, behovet står der det sto, og boligkonsulenten får en oppgave.',
    sentence: 'Svarfristen er ute etter databasens klokke.',
    source: 'egen frister løper av seg selv',
  },
  {
    id: 'offer.sign_lease',
    subject: 'offer',
    action: 'sign_lease',
    from: ['accepted'],
    to: 'accepted',
    capability: 'record_leases',
    steps: [],
    preconditions: ['form_has_lease', 'step_before_moved'],
    consequence: 'Personen kan flytte ut der hun bor, og inn her.',
    sentence: 'Leiekontrakten er signert.',
    source: '002 3.2; 003 3.1.3',
  },
  {
    id: 'offer.move_in',
    subject: 'offer',
    action: 'move_in',
    from: ['accepted'],
    to: 'moved_in',
    capability: 'record_moves',
    steps: ['move_in'],
    preconditions: ['need_registered', 'lease_signed', 'decision_granted', 'place_not_taken', 'place_not_closed'],
    consequence:
      'Oppholdet begynner, behovet er dekket, andre tilbud til det er trukket, og vi ser hvordan det går etter 1, 3, 6 og 12 måneder.',
    sentence: 'Personen flytter inn.',
    source: '002 3.2; 003 3.1.3; 000 4.6',
  },
  {
    id: 'offer.not_arrive',
    subject: 'offer',
    action: 'not_arrive',
    from: ['accepted'],
    to: 'not_arrived',
    capability: 'record_moves',
    steps: [],
    preconditions: ['move_in_day_passed', 'nobody_left_for_it'],
    consequence:
      'Plassen er ledig, behovet står i køen der det sto, med ventetiden sin, og boligkonsulenten får en oppgave.',
    sentence: 'Husstanden kom ikke, og innflyttingsdagen er over.',
    source: 'egen kom ikke til innflytting',
  },
  {
    id: 'referral.send',
    subject: 'referral',
    action: 'send',
    from: ['none'],
    to: 'sent',
    capability: 'send_referrals',
    steps: ['ranking', 'preview', 'referral'],
    preconditions: ['need_registered', 'no_home_accepted', 'given_by_vel', 'no_open_referral'],
    consequence: 'Felles inntak ser behovet og har en frist for å svare.',
    sentence: 'Bydelen henviser til Felles inntak i Velferdsetaten.',
    source: '004 2.2; F eldre norm for svar fra Felles inntak',
  },
  {
    id: 'referral.give_place',
    subject: 'referral',
    action: 'give_place',
    from: OPEN_REFERRAL,
    to: 'place_given',
    capability: 'answer_referrals',
    steps: ['ranking', 'preview', 'referral'],
    preconditions: [
      'need_registered',
      'no_home_accepted',
      'given_by_vel',
      'not_offered_before',
      ...VACANCY,
      'place_fits',
      'skip_explained',
    ],
    consequence: 'Plassen er reservert, og bydelen svarer på tilbudet sammen med personen.',
    sentence: 'Felles inntak gir en plass.',
    source: '004 2.2; F Felles inntak',
  },
  {
    id: 'referral.wait',
    subject: 'referral',
    action: 'wait',
    from: ['sent', 'overdue'],
    to: 'waiting',
    capability: 'answer_referrals',
    steps: [],
    preconditions: ['need_registered'],
    consequence: 'Henvisningen står på venteliste hos Felles inntak til den får plass eller nei.',
    sentence: 'Felles inntak setter henvisningen på venteliste.',
    source: '004 2.2',
  },
  {
    id: 'referral.decline',
    subject: 'referral',
    action: 'decline',
    from: OPEN_REFERRAL,
    to: 'declined',
    capability: 'answer_referrals',
    steps: [],
    preconditions: [],
    consequence:
      'Årsaken har sin følge. Et inntakskriterium prøves mot opplysningene, og en motsigelse sies til begge. Mangel på plass skrives som underdekning.',
    sentence: 'Felles inntak sier nei med en årsak.',
    source: '004 4.3; egen årsaker med følger',
  },
  {
    id: 'referral.withdraw',
    subject: 'referral',
    action: 'withdraw',
    from: OPEN_REFERRAL,
    to: 'withdrawn',
    capability: 'send_referrals',
    steps: [],
    preconditions: [],
    consequence: 'Felles inntak ser ikke lenger behovet.',
    sentence: 'Bydelen trekker henvisningen.',
    source: 'egen tilbaketrekking som et tre',
  },
  {
    id: 'stay.extend',
    subject: 'stay',
    action: 'extend',
    from: ['present', 'overdue'],
    to: 'present',
    capability: 'record_moves',
    steps: [],
    preconditions: [],
    consequence: 'Den nye datoen legges til; den første og alle mellom står.',
    sentence: 'Oppholdet varer lenger enn avtalt.',
    source: 'egen utsettelser legges til',
  },
  {
    id: 'stay.depart',
    subject: 'stay',
    action: 'depart',
    from: ['present', 'overdue'],
    to: 'departed',
    capability: 'record_moves',
    steps: [],
    preconditions: ['next_home_ready'],
    consequence: 'Plassen er ledig fra dagen. Den som flytter videre fra en institusjon, kan komme tilbake en tid.',
    sentence: 'Personen flytter ut.',
    source: '003 3.1.3; 002 3.1.1',
  },
  {
    id: 'stay.transfer',
    subject: 'stay',
    action: 'transfer',
    from: ['present', 'overdue'],
    to: 'departed',
    capability: 'record_moves',
    steps: [],
    preconditions: ['same_form', 'vel_place_referred', ...VACANCY, 'place_fits'],
    consequence:
      'Husstanden bor på den nye plassen fra samme dag, og oppfølgingen følger med. Det personen selv kan si ja til, kan settes til side med en grunn.',
    sentence: 'Personen bytter plass innen samme boligform.',
    source: '002 3.1.1; egen bytte av plass med en årsak',
  },
  {
    id: 'stay.correct_departure',
    subject: 'stay',
    action: 'correct_departure',
    from: ['departed'],
    to: 'present',
    capability: 'record_moves',
    steps: [],
    preconditions: ['left_by_departure', 'place_not_taken', 'place_not_held', 'next_home_ready'],
    consequence:
      'Plassen er opptatt igjen, og det som skulle følges opp, står som før. Både det gale og det rette står i loggen. Var det bare dagen som var feil, får utflyttingen den rette dagen.',
    sentence: 'Utflyttingen var registrert feil.',
    source: 'egen feil registrering rettes med spor',
  },
  {
    id: 'stay.correct_move_in',
    subject: 'stay',
    action: 'correct_move_in',
    from: ['present', 'overdue', 'departed'],
    to: 'present',
    capability: 'record_moves',
    steps: [],
    preconditions: ['came_by_move_in'],
    consequence: 'Oppholdet har den rette dagen, og oppfølgingen regnes fra den. Den gale dagen står i loggen.',
    sentence: 'Innflyttingen var registrert på feil dag.',
    source: 'egen feil registrering rettes med spor',
  },
  {
    id: 'need.withdraw',
    subject: 'need',
    action: 'withdraw',
    from: ['draft', 'registered'],
    to: 'withdrawn',
    capability: 'register_needs',
    steps: [],
    preconditions: ['nothing_signed', 'nobody_left_for_offer'],
    consequence: 'Det som henger på behovet, trekkes med det: henvisninger, tilbud og reservasjoner.',
    sentence: 'Behovet avsluttes med en årsak. Er det dekket, sier årsaken det.',
    source: 'egen tilbaketrekking som et tre',
  },
  {
    id: 'need.correct_withdrawal',
    subject: 'need',
    action: 'correct_withdrawal',
    from: ['withdrawn', 'closed'],
    to: 'registered',
    capability: 'register_needs',
    steps: [],
    preconditions: ['ended_by_reason', 'no_other_need'],
    consequence:
      'Behovet står i køen med ventetiden sin. Tilbud og henvisninger som falt bort, må sendes på nytt. Både det gale og det rette står i loggen.',
    sentence: 'Behovet var avsluttet ved en feil.',
    source: 'egen feil registrering rettes med spor',
  },
] as const satisfies readonly Transition[]

export type TransitionId = (typeof TRANSITIONS)[number]['id']

/** The row of the table with this id. Total. */
export function transitionById(id: TransitionId): Transition {
  const found: Transition | undefined = TRANSITIONS.find((transition) => transition.id === id)
  if (found === undefined) throw new RangeError(`no such transition: ${id}`)
  return found
}
