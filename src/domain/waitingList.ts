import { WAITING_POLICY } from '../reference/policies.ts'
import { byUrgency } from './matching/reasons.ts'
import type { Urgency } from './urgency.ts'

/** One who waits, with what her position is decided by. */
export interface Waiting {
  id: string
  urgency: Urgency
  /** RFC 3339 in UTC: the tie-break. */
  registeredAt: string
}

export interface Position {
  id: string
  position: number
  urgency: Urgency
  /** Why she stands behind the one before her, in a Norwegian sentence. */
  reason: string
  /** How many of each class stand ahead: the answer to «hvorfor ikke meg før?». */
  aheadByClass: { urgencyClass: number; people: number }[]
  targetDays: number
  /** Days beyond the target; 0 while within it. */
  daysOverTarget: number
}

const days = (count: number) => (count === 1 ? '1 dag' : `${count} dager`)

/**
 * The order of the queue with its reasons: urgency class, then days in the situation, then days since registration (all capped
 * by the policy), then who registered first. It ranks; a person decides. No member of the list is named by another's reason.
 */
export function waitingListOf(waiting: readonly Waiting[]): Position[] {
  const ordered = [...waiting].sort(
    (a, b) =>
      byUrgency(a.urgency, b.urgency) ||
      (a.registeredAt < b.registeredAt ? -1 : a.registeredAt > b.registeredAt ? 1 : 0) ||
      (a.id < b.id ? -1 : 1),
  )
  const ahead = new Map<number, number>()
  return ordered.map((entry, index) => {
    const { urgencyClass, daysSinceRegistration } = entry.urgency
    const targetDays = WAITING_POLICY.parameters.targetDays[urgencyClass]
    const position: Position = {
      id: entry.id,
      position: index + 1,
      urgency: entry.urgency,
      reason: reasonOf(entry, ordered[index - 1]),
      aheadByClass: [...ahead].sort(([a], [b]) => a - b).map(([number, people]) => ({ urgencyClass: number, people })),
      targetDays,
      daysOverTarget: Math.max(0, daysSinceRegistration - targetDays),
    }
    ahead.set(urgencyClass, (ahead.get(urgencyClass) ?? 0) + 1)
    return position
  })
}

function reasonOf(mine: Waiting, before: Waiting | undefined): string {
  const { urgency } = mine
  const unknown = 'vi vet ikke hvor lenge situasjonen har vart, så den regnes som ny'
  if (before === undefined) {
    return urgency.daysInSituation === null
      ? `Først: hasteklasse ${urgency.urgencyClass}. Men ${unknown}.`
      : `Først: hasteklasse ${urgency.urgencyClass} og lengst i situasjonen.`
  }
  if (before.urgency.urgencyClass !== urgency.urgencyClass) {
    return `Først i hasteklasse ${urgency.urgencyClass}. De foran er i en mer utsatt situasjon.`
  }
  const situation = (before.urgency.daysInSituation ?? 0) - (urgency.daysInSituation ?? 0)
  // what is missing may cost a place in the queue, and then it is said
  if (situation > 0 && urgency.daysInSituation === null) return `Samme hasteklasse som den foran, men ${unknown}.`
  if (situation > 0) return `Samme hasteklasse som den foran, men ${days(situation)} kortere i situasjonen.`
  const registered = before.urgency.daysSinceRegistration - urgency.daysSinceRegistration
  if (registered > 0) return `Like lenge i situasjonen som den foran, men registrert ${days(registered)} senere.`
  return 'Likt med den foran. Den som ble registrert først, står først.'
}
