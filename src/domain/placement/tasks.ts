import { type Day, lastDayBefore } from '../day.ts'
import { formById, type HousingForm } from '../ladder.ts'
import { formatDay } from '../words.ts'

/** What somebody has to do, by kind. Made by the transition that causes it, once; dropped when what it is about is over. */
export const TASK_KINDS = [
  { id: 'offer_reply_due', name: 'Svarfristen nærmer seg' },
  { id: 'offer_expired', name: 'Tilbudet er løpt ut' },
  { id: 'chain_offer_due', name: 'Send tilbudet i boligkjeden' },
  { id: 'chain_firm', name: 'Tilbudet kan besvares' },
  { id: 'chain_broken', name: 'Boligkjeden brast' },
  { id: 'find_next_place', name: 'Finn neste plass' },
  { id: 'rest_over', name: 'Hvilen er over' },
  { id: 'settle_reason', name: 'Finn ut årsaken' },
  { id: 'review_criteria', name: 'Se på inntakskriteriet' },
  { id: 'prepare_move_in', name: 'Gjør klart til innflytting' },
  { id: 'withdraw_other_offers', name: 'Trekk de andre tilbudene' },
  { id: 'not_arrived', name: 'Kom ikke til innflyttingen' },
  { id: 'referral_answer_due', name: 'Felles inntak skal svare' },
  { id: 'referral_answered', name: 'Felles inntak har svart' },
  { id: 'end_previous_stay', name: 'Avslutt forrige opphold' },
  { id: 'decision_due', name: 'Fatt vedtaket' },
  { id: 'stay_ends', name: 'Oppholdet går mot slutten' },
  { id: 'stay_overdue', name: 'Oppholdet har vart lenger enn avtalt' },
  { id: 'review_stay', name: 'Se om oppholdet fortsatt er riktig' },
  { id: 'home_at_risk', name: 'Hjemmet er i fare' },
  { id: 'more_help', name: 'Mer hjelp i hjemmet' },
  { id: 'need_after_departure', name: 'Se på behovet på nytt' },
  { id: 'return_right_ends', name: 'Retten til å komme tilbake går ut' },
  { id: 'check_1m', name: 'Hvordan går det etter 1 måned' },
  { id: 'check_3m', name: 'Hvordan går det etter 3 måneder' },
  { id: 'check_6m', name: 'Hvordan går det etter 6 måneder' },
  { id: 'check_12m', name: 'Hvordan går det etter 12 måneder' },
  { id: 'decide_help_with_home', name: 'Fatt vedtak om hjelp til bolig' },
  { id: 'decide_municipal_home', name: 'Fatt vedtak om kommunal bolig' },
  { id: 'decide_temporary_accommodation', name: 'Fatt vedtak om midlertidig botilbud' },
  { id: 'decide_health_and_care', name: 'Fatt vedtak om helse- og omsorgstjenester' },
  { id: 'forward_appeal', name: 'Svar på klagen' },
  { id: 'appeal_answer_due', name: 'Spør om svar på klagen' },
] as const
export type TaskKind = (typeof TASK_KINDS)[number]['id']

/** A task before it is stored: when it is due and why it is there, in a bokmål sentence without anybody's name. */
export interface NewTask {
  kind: TaskKind
  dueOn: Day
  reason: string
}

/** A place as a sentence names it: «H0203, Furuset bosenter»; a home outside our places by its form alone. */
export interface NamedPlace {
  label: string
  facilityName: string | null
}

/** How a sentence names a place. */
export const named = ({ label, facilityName }: NamedPlace) =>
  facilityName === null ? label : `${label}, ${facilityName}`

/** @param replyBy the deadline, an instant */
export function replyDueTask(place: NamedPlace, replyBy: string): NewTask {
  const day = lastDayBefore(replyBy)
  return {
    kind: 'offer_reply_due',
    dueOn: day,
    reason: `Tilbudet om ${named(place)} må besvares innen ${formatDay(day)}. Så går reservasjonen ut.`,
  }
}

/** @param replyBy the deadline that passed, an instant */
export function expiredTask(place: NamedPlace, replyBy: string): NewTask {
  const day = lastDayBefore(replyBy)
  return {
    kind: 'offer_expired',
    dueOn: day,
    reason: `Tilbudet om ${named(place)} løp ut ${formatDay(day)} uten svar. Behovet står der det sto. Se på neste plass.`,
  }
}

export function nextPlaceTask(place: NamedPlace, reasonName: string, today: Day): NewTask {
  return {
    kind: 'find_next_place',
    dueOn: today,
    reason: `Det ble ikke ${named(place)}: ${reasonName.toLowerCase()}. Se på neste plass som passer.`,
  }
}

export function prepareMoveInTask(place: NamedPlace, form: HousingForm, moveInOn: Day): NewTask {
  const paper = hasLease(form) ? 'Leiekontrakten må være signert' : 'Vedtaket må være fattet'
  return {
    kind: 'prepare_move_in',
    dueOn: moveInOn,
    reason: `Personen har takket ja til ${named(place)} fra ${formatDay(moveInOn)}. ${paper} før innflytting.`,
  }
}

/** Somebody never came: her need is in the queue where it was, and somebody finds out where she is. */
export function notArrivedTask(
  place: NamedPlace,
  moveInOn: Day,
  reason: { id: string; name: string },
  leaseSigned: boolean,
  today: Day,
): NewTask {
  const next =
    reason.id === 'deceased'
      ? 'Avslutt behovet.'
      : 'Behovet står i køen der det sto. Finn ut hvor personen er, og hva som trengs nå.'
  return {
    kind: 'not_arrived',
    dueOn: today,
    reason: `Kom ikke til ${named(place)} ${formatDay(moveInOn)}: ${reason.name.toLowerCase()}. ${leaseSigned ? 'Leiekontrakten er signert: avklar den med utleier. ' : ''}${next}`,
  }
}

export function otherOffersTask(count: number, today: Day): NewTask {
  return {
    kind: 'withdraw_other_offers',
    dueOn: today,
    reason: `Personen har takket ja til en plass, og ${count === 1 ? 'ett annet tilbud' : `${count} andre tilbud`} står fortsatt. Trekk det som ikke trengs, så andre kan få plassen.`,
  }
}

/** True where the home is let under a lease; else it is given by decision. */
export function hasLease(form: HousingForm): boolean {
  return formById(form).tenure.includes('lease')
}

/** Where nobody waits for a paper, because waiting would leave someone outdoors (as in readiness, `exemptForms`). */
export function isAcute(form: HousingForm): boolean {
  return form === 'temporary' || form === 'vel_emergency'
}
