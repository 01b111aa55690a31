/** Shorter says nothing that can be gone through afterwards. */
export const REASON_LENGTH = 20

export const GLASS_STATES = ['waiting', 'unanswered', 'withdrawn', 'refused', 'open', 'ended'] as const
export type GlassState = (typeof GLASS_STATES)[number]

export const GLASS_STATE_NAMES: Record<GlassState, string> = {
  waiting: 'Venter på svar',
  unanswered: 'Ble ikke besvart i tide',
  withdrawn: 'Trukket før noen svarte',
  refused: 'Nei',
  open: 'Åpen',
  ended: 'Avsluttet',
}

export interface GlassFacts {
  approved: boolean | null
  answerBy: string
  endsAt: string | null
  closedAt: string | null
}

/** What has become of a request to see somebody. @param clock the database's own time, an instant */
export function glassState({ approved, answerBy, endsAt, closedAt }: GlassFacts, clock: string): GlassState {
  if (endsAt !== null) return closedAt !== null || Date.parse(clock) >= Date.parse(endsAt) ? 'ended' : 'open'
  if (approved === false) return 'refused'
  if (closedAt !== null) return 'withdrawn'
  return Date.parse(clock) >= Date.parse(answerBy) ? 'unanswered' : 'waiting'
}
