/** Why a record is locked. */
export const LOCK_REASONS = {
  case_closed: 'Saken er avsluttet',
  deceased: 'Personen er død',
  moved_away: 'Personen har flyttet fra Oslo',
  wrongly_registered: 'Saken er registrert ved en feil',
} as const
export type LockReason = keyof typeof LOCK_REASONS

/** What goes on in a record, as far as it stands in the way of locking it. */
export interface GoingOn {
  openNeed: boolean
  livesSomewhere: boolean
  openReturnPlan: boolean
}

/** What must end before a record is locked, each as a sentence; nothing: it can be locked. A locked record takes no answer and no move. */
export function stillGoingOn({ openNeed, livesSomewhere, openReturnPlan }: GoingOn): string[] {
  return [
    ...(openNeed ? ['Husstanden har et åpent behov. Avslutt det først.'] : []),
    ...(livesSomewhere ? ['Husstanden bor et sted vi følger opp. Registrer utflyttingen først.'] : []),
    ...(openReturnPlan ? ['Husstanden har en plan for tilbakeføring. Avslutt den først.'] : []),
  ]
}
