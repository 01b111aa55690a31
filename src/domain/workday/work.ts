import { addDays, type Day, daysBetween } from '../day.ts'
import { formById } from '../ladder.ts'
import type { OfferState } from '../placement/offer.ts'
import { named } from '../placement/tasks.ts'
import { taskName } from '../taskNames.ts'
import { formatDay, formInSentence } from '../words.ts'
import type { OfferAtWork, StayAtWork, TaskAtWork, Work, WorkFacts } from './facts.ts'
import { workKindOfTask } from './kinds.ts'
import { decisionWork, needWork } from './needWork.ts'
import { earlier, inDays } from './words.ts'

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
  const asked = new Set(tasks.map(({ needId, kind }) => `${needId} ${kind}`))
  return [
    ...byId.values(),
    ...own,
    // a decision that is a task already stands there
    ...needs.flatMap((need) => decisionWork(need, today, (track) => asked.has(`${need.id} decide_${track}`))),
    ...needs.flatMap((need) => needWork(need, today)),
  ]
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
              `Oppholdet på ${named(place)} har vart ${inDays(beyond)} over normen for ${formInSentence(form)}.${over ? '' : `${agreed} Finn neste bolig.`}`,
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
