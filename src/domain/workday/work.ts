import { URGENCY_POLICY, WAITING_POLICY } from '../../reference/policies.ts'
import type { CaseStep } from '../../reference/readiness.ts'
import { addDays, type Day, daysBetween } from '../day.ts'
import { formById, type HousingForm } from '../ladder.ts'
import type { ReadinessFacts } from '../need.ts'
import type { OfferState } from '../placement/offer.ts'
import { type NamedPlace, named } from '../placement/tasks.ts'
import { readinessOf } from '../readiness.ts'
import { taskName } from '../taskNames.ts'
import { type SituationFacts, type Urgency, urgencyOf } from '../urgency.ts'
import { formatDay, formInSentence } from '../words.ts'
import { type WorkKind, workKindOfTask } from './kinds.ts'

/** What it is about: what it is told apart by, with that one’s id. */
export type WorkSubject = 'need' | 'offer' | 'stay' | 'task'

/** One thing that needs somebody, and why it does now. No sentence of it names anybody. */
export interface Work {
  subject: WorkSubject
  id: string
  /** At least one; the first decides where it stands among equals. */
  kinds: readonly WorkKind[]
  /** Somebody is without a safe place tonight: before everything else that is due. */
  tonight: boolean
  title: string
  /** By when; null: no day is set. */
  dueOn: Day | null
  /** Why now: at least one bokmål sentence. */
  reasons: readonly string[]
  householdId: string | null
  needId: string | null
  offerId: string | null
  stayId: string | null
  /** The house of the stay. */
  facilityId: string | null
  /** The chain in life that it is a part of. */
  chainId: string | null
  /** The open task that says the same, which can be ended from here. */
  taskId: string | null
}

export interface NeedAtWork {
  id: string
  householdId: string
  status: 'draft' | 'registered'
  startedOn: Day
  situation: SituationFacts
  readiness: ReadinessFacts
  /** It rests until this day, because nobody got in touch. */
  parkedUntil: Day | null
  /** An offer to it can still become a home. */
  offered: boolean
  /** The newest run proposed a place. */
  proposed: boolean
}

export interface OfferAtWork {
  id: string
  needId: string
  householdId: string | null
  state: OfferState
  /** The last day to answer. */
  answerBy: Day
  chainId: string | null
  place: NamedPlace
}

export interface StayAtWork {
  id: string
  householdId: string
  /** The household’s open need. */
  needId: string | null
  form: HousingForm
  from: Day
  expectedUntil: Day | null
  /** As sentences name the home. */
  place: NamedPlace
  /** Null for a home outside our places. */
  facilityId: string | null
}

export interface TaskAtWork {
  id: string
  kind: string
  dueOn: Day
  reason: string
  householdId: string | null
  needId: string | null
  offerId: string | null
  stayId: string | null
  facilityId: string | null
  chainId: string | null
}

/** Everything of a bydel that may need somebody; what does not, is sorted out here. */
export interface WorkFacts {
  needs: readonly NeedAtWork[]
  offers: readonly OfferAtWork[]
  stays: readonly StayAtWork[]
  tasks: readonly TaskAtWork[]
}

/** Classes in which nobody can wait: no place tonight, or must leave within two weeks. */
const CANNOT_WAIT = 2

/** Offers that somebody has to do something about: to be answered, or lost and to be replaced. */
const UNANSWERED: readonly OfferState[] = ['sent', 'conditional', 'superseded']

/** A task that says what the offer or the stay it is about says itself. */
const SAYS_THE_SAME: Readonly<Record<string, 'offerId' | 'stayId'>> = {
  offer_reply_due: 'offerId',
  stay_overdue: 'stayId',
}

/**
 * Everything that needs somebody on `today`, in no order. Nothing stands twice: a reminder of an offer or a stay is the offer or
 * the stay, and what a need lacks, that it cannot wait and that a place is proposed is one need.
 */
export function workOf({ needs, offers, stays, tasks }: WorkFacts, today: Day): Work[] {
  const about = [
    ...offers.filter(({ state }) => UNANSWERED.includes(state)).map((offer) => offerWork(offer, today)),
    ...stays.flatMap((stay) => stayWork(stay, today)),
  ]
  const byId = new Map(about.map((work) => [work.id, work]))
  const own = tasks.flatMap((task): Work[] => {
    const same = SAYS_THE_SAME[task.kind]
    const work = same === undefined ? undefined : byId.get(task[same] ?? '')
    // one of each is folded in; a second reminder, should there be one, stands for itself
    if (work === undefined || work.taskId !== null) return [taskWork(task)]
    byId.set(work.id, { ...work, taskId: task.id, dueOn: earlier(work.dueOn, task.dueOn) })
    return []
  })
  return [...byId.values(), ...own, ...needs.flatMap((need) => needWork(need, today))]
}

function earlier(a: Day | null, b: Day): Day {
  return a === null || b < a ? b : a
}

function taskWork({ kind, reason, ...task }: TaskAtWork): Work {
  return {
    ...task,
    subject: 'task',
    kinds: [workKindOfTask(kind)],
    tonight: false,
    title: taskName(kind),
    reasons: [reason],
    taskId: task.id,
  }
}

function offerWork(offer: OfferAtWork, today: Day): Work {
  const { id, needId, householdId, state, answerBy, place, chainId } = offer
  const lost = state === 'superseded'
  const reason = lost
    ? `Tilbudet om ${named(place)} kan ikke godtas lenger. Trekk det, og tilby den nest beste plassen.`
    : state === 'conditional'
      ? `Tilbudet om ${named(place)} blir fast når flyttingen før er svart ja til. Blir det ikke det, løper det ut etter ${formatDay(answerBy)}.`
      : `Tilbudet om ${named(place)} løper ut etter ${formatDay(answerBy)}. Da kan andre få plassen.`
  return {
    subject: 'offer',
    id,
    kinds: chainId === null ? ['offer'] : ['offer', 'chain'],
    tonight: false,
    title: lost
      ? 'Plassen er gitt til en annen'
      : state === 'conditional'
        ? 'Betinget tilbud i en boligkjede'
        : 'Tilbud venter på svar',
    dueOn: lost ? today : answerBy,
    reasons: [reason],
    householdId,
    needId,
    offerId: id,
    stayId: null,
    facilityId: null,
    chainId,
    taskId: null,
  }
}

/**
 * A stay that has gone on for longer than agreed, or than the norm of its form. One that was agreed longer than the norm is due
 * when the agreement ends: until then somebody has decided.
 */
function stayWork(stay: StayAtWork, today: Day): Work[] {
  const { id, householdId, needId, form, from, expectedUntil, place, facilityId } = stay
  const { stayNormDays } = formById(form)
  const over = expectedUntil !== null && expectedUntil < today
  const beyond = stayNormDays === null ? 0 : daysBetween(from, today) - stayNormDays
  if (!over && beyond <= 0) return []
  const agreed = expectedUntil === null ? '' : ` Det er avtalt til ${formatDay(expectedUntil)}.`
  return [
    {
      subject: 'stay',
      id,
      kinds: ['stay'],
      tonight: false,
      title: over ? 'Oppholdet har vart lenger enn avtalt' : 'Oppholdet har vart lenger enn normen',
      dueOn: expectedUntil ?? addDays(from, stayNormDays ?? 0),
      reasons: [
        ...(over
          ? [
              `Bor fortsatt på ${named(place)}.${agreed} Registrer utflytting, finn neste bolig, eller avtal at oppholdet varer lenger.`,
            ]
          : []),
        ...(beyond > 0
          ? [
              `Oppholdet på ${named(place)} har vart ${days(beyond)} over normen for ${formInSentence(form)}.${over ? '' : `${agreed} Finn neste bolig.`}`,
            ]
          : []),
      ],
      householdId,
      needId,
      offerId: null,
      stayId: id,
      facilityId,
      chainId: null,
      taskId: null,
    },
  ]
}

function needWork(need: NeedAtWork, today: Day): Work[] {
  const urgency = urgencyOf(need.situation, today)
  const cannotWait = urgency.urgencyClass <= CANNOT_WAIT && !need.offered
  const rests = need.parkedUntil !== null && need.parkedUntil > today
  const draft = need.status === 'draft'
  const proposed = need.proposed && !need.offered && !rests && !draft
  const missing = missingOf(need.readiness, today)
  const kinds: WorkKind[] = [
    ...(cannotWait ? (['urgent'] as const) : []),
    ...(cannotWait && urgency.grounds.some(({ id }) => id === 'discharge_ready') ? (['discharge_ready'] as const) : []),
    ...(proposed ? (['match'] as const) : []),
    ...(draft || missing !== '' ? (['not_ready'] as const) : []),
  ]
  if (kinds.length === 0) return []
  const reasons = [
    ...(cannotWait ? [urgentReason(need, urgency)] : []),
    ...(cannotWait && rests && need.parkedUntil !== null
      ? [`Behovet hviler til ${formatDay(need.parkedUntil)}, fordi ingen fikk kontakt.`]
      : []),
    ...(proposed ? ['Den siste kjøringen fant en plass, og ingen er tilbudt.'] : []),
    ...(draft ? ['Behovet er en kladd, og står ikke i køen før det er registrert.'] : []),
    ...(missing === '' ? [] : [`Mangler: ${missing}.`]),
  ]
  return [
    {
      subject: 'need',
      id: need.id,
      kinds,
      tonight: cannotWait && urgency.urgencyClass < CANNOT_WAIT,
      title: titleOf(kinds, draft),
      dueOn: cannotWait ? urgentBy(need, urgency, today) : null,
      reasons,
      householdId: need.householdId,
      needId: need.id,
      offerId: null,
      stayId: null,
      facilityId: null,
      chainId: null,
      taskId: null,
    },
  ]
}

function titleOf(kinds: readonly WorkKind[], draft: boolean): string {
  if (kinds.includes('discharge_ready')) return 'Utskrivningsklar, trenger plass'
  if (kinds.includes('urgent')) return 'Trenger plass nå'
  if (kinds.includes('match')) return 'Ny plass er foreslått'
  return draft ? 'Behovet er en kladd' : 'Behovet er ikke klart'
}

/** Tonight for who has nowhere to sleep; else the day she must have left by, or that she should not wait beyond. */
function urgentBy({ situation, startedOn }: NeedAtWork, urgency: Urgency, today: Day): Day {
  if (urgency.urgencyClass < CANNOT_WAIT) return today
  const target = WAITING_POLICY.parameters.targetDays[urgency.urgencyClass]
  return situation.mustLeaveBy ?? addDays(situation.registeredOn ?? startedOn, target)
}

function urgentReason({ situation }: NeedAtWork, { grounds, className, daysInSituation }: Urgency): string {
  const why = grounds.filter(({ urgencyClass }) => urgencyClass <= CANNOT_WAIT).map(({ name }) => name)
  const since =
    daysInSituation === null
      ? ''
      : daysInSituation < URGENCY_POLICY.parameters.daysInSituationCap
        ? `, ${days(daysInSituation)} i situasjonen`
        : `, ${days(daysInSituation)} eller mer i situasjonen`
  const leave = situation.mustLeaveBy === null ? '' : ` Må ut innen ${formatDay(situation.mustLeaveBy)}.`
  return `${why.length === 0 ? className : why.join('. ')}${since}.${leave} Ingen plass er tilbudt.`
}

const STEPS: Record<CaseStep, string> = {
  ranking: 'kø',
  preview: 'forslag',
  referral: 'henvisning',
  offer: 'tilbud',
  move_in: 'innflytting',
}

/** What a need lacks that stops something, and what each stops, inside a sentence; empty when nothing does. */
function missingOf(readiness: ReadinessFacts, today: Day): string {
  return readinessOf(readiness, today)
    .flatMap(({ title, stops, present }) =>
      present || stops === 'none'
        ? []
        : [`${title.charAt(0).toLowerCase()}${title.slice(1)} (stopper ${STEPS[stops]})`],
    )
    .join(', ')
}

const days = (count: number) => (count === 1 ? '1 dag' : `${count} dager`)
