import type { NeedRow, Offer, Stay, Task } from '../../api/types.ts'
import type { WaitingListEntry } from '../../api/waitingList.ts'
import { dayInWords, daysFrom } from '../../ui/days.ts'
import { listed } from '../../ui/names.ts'
import { placeOf } from '../offers/offerWords.ts'
import { WORK_KINDS, type WorkKind } from './workKinds.ts'

/** One thing that needs somebody, and why it does now. */
export type WorkRow = {
  key: string
  kind: WorkKind
  /** What it is, in a few words. */
  what: string
  /** Whom it is about; null where that is not to be seen. */
  who: string | null
  /** By when; null: no day is set. */
  due: string | null
  /** Why now. */
  why: string
  /** Where it is done. */
  needId: string | null
  facilityId: string | null
  /** The chain in life that it is a part of. */
  chainId: string | null
  task: Task | null
}

/** What the rows are made of. */
export type WorkFacts = {
  tasks: Task[]
  offers: Offer[]
  waiting: WaitingListEntry[]
  needs: NeedRow[]
  overdue: Stay[]
}

/** Classes in which nobody can wait: no place tonight, or must leave within two weeks. */
const URGENT = 2

const order = Object.keys(WORK_KINDS)

/**
 * Everything that needs an officer, the nearest deadline first and what has none last. What a task is about already stands
 * once, as the task.
 */
export function workRows({ tasks, offers, waiting, needs, overdue }: WorkFacts, today: string): WorkRow[] {
  const offersWithTask = new Set(tasks.map(({ offerId }) => offerId))
  const staysWithTask = new Set(tasks.map(({ stayId }) => stayId))
  const offered = new Set(offers.map(({ needId }) => needId))
  return [
    ...tasks.map(taskRow),
    ...offers
      .filter(({ id, state }) => state !== 'accepted' && !offersWithTask.has(id))
      .map((offer) => offerRow(offer, today)),
    ...waiting
      .filter(({ urgencyClass, needId }) => urgencyClass <= URGENT && !offered.has(needId))
      .map((entry) => urgentRow(entry, today)),
    ...overdue.filter(({ id }) => !staysWithTask.has(id)).map(overdueRow),
    ...waiting
      .filter(
        ({ lastRun, needId, urgencyClass }) =>
          lastRun?.outcome === 'proposed' && urgencyClass > URGENT && !offered.has(needId),
      )
      .map(proposedRow),
    ...needs.filter(({ status, stopping }) => status === 'draft' || stopping.length > 0).map(notReadyRow),
  ].sort(byDeadline(today))
}

/** What is over its day is due now, as what is due today is: among them those who cannot wait come first, then the oldest. */
function byDeadline(today: string) {
  const day = ({ due }: WorkRow) => (due === null ? '9999' : due < today ? today : due)
  const place = ({ kind, due }: WorkRow) => `${order.indexOf(kind)} ${due ?? ''}`
  return (a: WorkRow, b: WorkRow) => day(a).localeCompare(day(b)) || place(a).localeCompare(place(b))
}

function taskRow(task: Task): WorkRow {
  return {
    key: `oppgave ${task.id}`,
    kind: 'oppgaver',
    what: task.kindName,
    who: task.residentName,
    due: task.dueOn,
    why: task.reason,
    needId: task.needId,
    facilityId: null,
    chainId: task.chainId,
    task,
  }
}

function offerRow(offer: Offer, today: string): WorkRow {
  const lost = offer.state === 'superseded'
  const waits = offer.state === 'conditional'
  return {
    key: `tilbud ${offer.id}`,
    kind: 'tilbud',
    what: lost ? 'Plassen er gitt til en annen' : waits ? 'Betinget tilbud i en boligkjede' : 'Tilbud venter på svar',
    who: offer.residentName,
    due: lost ? today : offer.answerBy,
    why: lost
      ? `Tilbudet om ${placeOf(offer)} kan ikke godtas lenger. Trekk det, og tilby den nest beste plassen.`
      : waits
        ? `Tilbudet om ${placeOf(offer)} blir fast når flyttingen før er svart ja til. Blir det ikke det, løper det ut etter ${dayInWords(offer.answerBy)}.`
        : `Tilbudet om ${placeOf(offer)} løper ut etter ${dayInWords(offer.answerBy)}. Da kan andre få plassen.`,
    needId: offer.needId,
    facilityId: null,
    chainId: offer.chainId,
    task: null,
  }
}

function urgentRow(entry: WaitingListEntry, today: string): WorkRow {
  const since = entry.daysInSituation === null ? '' : `, ${count(entry.daysInSituation)} i situasjonen`
  const grounds = entry.grounds.length === 0 ? entry.urgencyName : listed(entry.grounds)
  return {
    key: `haster ${entry.needId}`,
    kind: 'hastesaker',
    what: 'Trenger plass nå',
    who: entry.residentName,
    due: today,
    why: `${grounds}${since}. Ingen plass er tilbudt.`,
    needId: entry.needId,
    facilityId: null,
    chainId: null,
    task: null,
  }
}

function overdueRow(stay: Stay): WorkRow {
  const where = stay.place === null ? '' : ` på ${stay.place.label}, ${stay.place.facilityName}`
  return {
    key: `opphold ${stay.id}`,
    kind: 'opphold',
    what: 'Opphold over tiden',
    who: stay.residentName,
    due: stay.expectedUntil,
    why: `Bor fortsatt${where}. Registrer utflytting, finn neste bolig, eller avtal at oppholdet varer lenger.`,
    needId: null,
    facilityId: stay.place?.facilityId ?? null,
    chainId: null,
    task: null,
  }
}

function proposedRow(entry: WaitingListEntry): WorkRow {
  return {
    key: `forslag ${entry.needId}`,
    kind: 'forslag',
    what: 'Ny plass er foreslått',
    who: entry.residentName,
    due: null,
    why: `Den siste kjøringen fant en plass, og ingen er tilbudt. Nummer ${entry.position} i køen.`,
    needId: entry.needId,
    facilityId: null,
    chainId: null,
    task: null,
  }
}

const steps: Record<NeedRow['stopping'][number]['stops'], string> = {
  ranking: 'kø',
  preview: 'forslag',
  referral: 'henvisning',
  offer: 'tilbud',
  move_in: 'innflytting',
}

function notReadyRow(need: NeedRow): WorkRow {
  const missing = need.stopping.map(({ title, stops }) => `${title.toLowerCase()} (stopper ${steps[stops]})`).join(', ')
  return {
    key: `mangler ${need.id}`,
    kind: 'mangler',
    what: need.status === 'draft' ? 'Behovet er en kladd' : 'Behovet er ikke klart',
    who: need.residentName,
    due: null,
    why:
      need.status === 'draft'
        ? `Det står ikke i køen før det er registrert.${missing === '' ? '' : ` Mangler: ${missing}.`}`
        : `Mangler: ${missing}.`,
    needId: need.id,
    facilityId: null,
    chainId: null,
    task: null,
  }
}

function count(days: number): string {
  return days === 1 ? '1 dag' : `${days} dager`
}

/** By when, in words: «i dag», «om 3 dager», «4 dager over fristen». */
export function dueInWords(due: string | null, today: string): string {
  if (due === null) return 'Ingen frist'
  const days = daysFrom(today, due)
  if (days === 0) return 'I dag'
  return days > 0 ? `Om ${count(days)}` : `${count(-days)} over fristen`
}
