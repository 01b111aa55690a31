import type { ReasonCode } from '../../reference/reasonCodes.ts'
import { addDays, type Day } from '../day.ts'
import { formatDay } from '../words.ts'
import { type NamedPlace, type NewTask, nextPlaceTask } from './tasks.ts'

/** Why somebody did not get what she needed: the only reasons that count (lessons 7). */
export type ShortfallKind = 'refusal' | 'no_capacity' | 'no_capacity_lost_place' | 'outprioritised' | 'forced_skip'

/** What follows from a reason, to be carried out with it. */
export type Consequence =
  | { kind: 'park'; until: Day; reason: string }
  | { kind: 'end_need'; reason: string; status: 'closed' | 'withdrawn' }
  | { kind: 'shortfall'; evidence: ShortfallKind }
  | { kind: 'task'; task: NewTask }

const EVIDENCE: readonly string[] = [
  'no_capacity',
  'no_capacity_lost_place',
  'outprioritised',
] satisfies ShortfallKind[]

/** Whether a reason's id is one that shortfall is kept under. */
export function isEvidence(id: string): id is ShortfallKind {
  return EVIDENCE.includes(id)
}

/** What a need is once a reason is recorded: met, withdrawn, or what it was (null). */
export function statusAfter({ consequence }: Pick<ReasonCode, 'consequence'>): 'closed' | 'withdrawn' | null {
  return consequence.effect === 'meets_need' ? 'closed' : consequence.effect === 'ends_need' ? 'withdrawn' : null
}

/**
 * What follows when an offer or a referral ends for `reason`. Nothing of it moves the need in the queue: it keeps its place,
 * rests for some days and comes back by itself, or is over.
 * @param place undefined where no place was named, as when a referral gets a no
 */
export function consequencesOf(reason: ReasonCode, place: NamedPlace | undefined, today: Day): Consequence[] {
  const { effect, days } = reason.consequence
  const next: Consequence[] =
    place === undefined ? [] : [{ kind: 'task', task: nextPlaceTask(place, reason.name, today) }]
  const evidence: Consequence[] =
    reason.countsAsShortfall && isEvidence(reason.id) ? [{ kind: 'shortfall', evidence: reason.id }] : []
  switch (effect) {
    case 'parks': {
      const until = addDays(today, days ?? 0)
      return [
        { kind: 'park', until, reason: reason.id },
        {
          kind: 'task',
          task: {
            kind: 'rest_over',
            dueOn: until,
            reason: `${reason.name}. Behovet hvilte til ${formatDay(until)} og er med i fordelingen igjen. Prøv å få kontakt på nytt.`,
          },
        },
      ]
    }
    case 'meets_need':
    case 'ends_need':
      return [{ kind: 'end_need', reason: reason.id, status: statusAfter(reason) ?? 'withdrawn' }]
    case 'reviews_criteria':
      return [
        {
          kind: 'task',
          task: {
            kind: 'review_criteria',
            dueOn: today,
            reason: `${reason.name}. Se om opplysningene er riktige, eller om kriteriet må rettes.`,
          },
        },
        ...next,
      ]
    case 'must_be_settled':
      return [
        {
          kind: 'task',
          task: {
            kind: 'settle_reason',
            dueOn: addDays(today, days ?? 0),
            reason: `${reason.name}. Finn ut hvorfor, og registrer den egentlige årsaken.`,
          },
        },
      ]
    default:
      return [...evidence, ...next]
  }
}
