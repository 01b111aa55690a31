import { URGENCY_POLICY, WAITING_POLICY } from '../../reference/policies.ts'
import type { CaseStep } from '../../reference/readiness.ts'
import { addDays, type Day } from '../day.ts'
import type { ReadinessFacts } from '../need.ts'
import { trackStandings } from '../papers/decision.ts'
import { standingInWords, trackTitle } from '../papers/trackWords.ts'
import { readinessOf } from '../readiness.ts'
import { type Urgency, urgencyOf } from '../urgency.ts'
import { formatDay } from '../words.ts'
import type { NeedAtWork, Work } from './facts.ts'
import type { WorkKind } from './kinds.ts'
import { earlier, inDays } from './words.ts'

/** Classes in which nobody can wait: no place tonight, or must leave within two weeks. */
const CANNOT_WAIT = 2

/** Legal tracks of a need whose deadline has passed without a decision, or that a refusal called for at once. */
export function decisionWork(need: NeedAtWork, today: Day, isTask: (track: string) => boolean): Work[] {
  const { id, householdId, status, situation, readiness, decisions } = need
  const late = trackStandings(
    {
      forms: readiness.forms,
      registeredOn: situation.registeredOn,
      open: status === 'registered',
      serviceDecisionOn: readiness.serviceDecisionOn,
    },
    decisions,
    today,
  ).filter(({ track, alarm }) => alarm !== null && !isTask(track))
  if (late.length === 0) return []
  return [
    {
      subject: 'decision',
      id,
      kinds: ['decision'],
      tonight: false,
      title: late.length === 1 ? 'Vedtaket er forsinket' : 'Vedtakene er forsinket',
      dueOn: late.reduce<Day | null>((first, { dueOn }) => (dueOn === null ? first : earlier(first, dueOn)), null),
      reasons: late.map((standing) => `${trackTitle(standing.track)}: ${standingInWords(standing)}`),
      householdId,
      needId: id,
      offerId: null,
      stayId: null,
      facilityId: null,
      chainId: null,
      taskId: null,
    },
  ]
}

/** What a need asks for now: one thing, whether it cannot wait, a place is proposed, or something is missing. */
export function needWork(need: NeedAtWork, today: Day): Work[] {
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
        ? `, ${inDays(daysInSituation)} i situasjonen`
        : `, ${inDays(daysInSituation)} eller mer i situasjonen`
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
