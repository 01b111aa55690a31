import type { EventKinds, RecordChange, SecurityEvent, Showing } from '../../api/audit.ts'
import { clockOf, dayOf, momentInWords } from '../../ui/days.ts'
import { isId } from '../../ui/searchValues.ts'

/** How often, as one says it: «én gang», «6 ganger». */
export function timesInWords(times: number): string {
  return times === 1 ? 'én gang' : `${times} ganger`
}

/** When on the day: «kl. 14:05», «kl. 14:05–15:20». */
export function hoursInWords({ firstAt, lastAt }: Pick<Showing, 'firstAt' | 'lastAt'>): string {
  const [first, last] = [clockOf(firstAt), clockOf(lastAt)]
  return first === last ? `kl. ${first}` : `kl. ${first}–${last}`
}

/** What of the security log is shown, as it stands in an address, with the kinds behind it. */
export const EVENT_GROUPS = {
  avslag: {
    name: 'Avslag og skjulte poster',
    kinds: ['denied', 'hidden_record', 'rate_limited', 'forged_request'],
  },
  innlogging: {
    name: 'Innlogging',
    kinds: [
      'sign_in',
      'sign_in_failed',
      'sign_out',
      'sessions_ended',
      'account_disabled',
      'account_enabled',
      'token_refused',
      'session_refused',
    ],
  },
  nodapning: {
    name: 'Nødåpninger',
    kinds: [
      'break_glass',
      'break_glass_requested',
      'break_glass_approved',
      'break_glass_refused',
      'break_glass_unanswered',
      'break_glass_ended',
      'break_glass_reviewed',
    ],
  },
  filer: { name: 'Filer som er hentet ut', kinds: ['export', 'case_exported'] },
} as const satisfies Record<string, { name: string; kinds: EventKinds }>
export type EventGroup = keyof typeof EVENT_GROUPS

/** What is shown: of the security log, and who saw whom by one account or of one person, by their ids. */
export type InsightSearch = { vis?: EventGroup; ansatt?: string; person?: string }

/** As the address has it; what is not known is left out, and so is everything that is no id, such as a number. */
export function readInsightSearch({ vis, ansatt, person }: Record<string, unknown>): InsightSearch {
  return {
    ...(typeof vis === 'string' && Object.hasOwn(EVENT_GROUPS, vis) ? { vis: vis as EventGroup } : {}),
    ...(isId(ansatt) ? { ansatt } : {}),
    ...(isId(person) ? { person } : {}),
  }
}

/** How a person is named to whoever may not see who she is: «…1234abcd». */
export function pseudonym(residentId: string): string {
  return `…${residentId.slice(-8)}`
}

/** When it was written down, where that is another day than the one that it is dated: the demo's date stands still. */
export function writtenInWords(at: string, recordedAt: string): string | null {
  return dayOf(at) === dayOf(recordedAt) ? null : `Skrevet ${momentInWords(recordedAt)}`
}

/** What an event was about: «behov …1234abcd», «papirer: vedtak …1234abcd», «opphold som xlsx». */
export function aboutInWords({ kind, about, record, recordId, detail }: SecurityEvent): string {
  if (kind === 'export' && detail !== null) return `${about} som ${detail}`
  if (record === null || recordId === null) return about
  const what = record.toLowerCase()
  return what === about ? `${about} ${pseudonym(recordId)}` : `${about}: ${what} ${pseudonym(recordId)}`
}

const ACTIONS: Record<RecordChange['action'], string> = { insert: 'registrert', update: 'endret', delete: 'fjernet' }

/** «Behov endret». */
export function changeInWords({ record, action }: RecordChange): string {
  return `${record} ${ACTIONS[action]}`
}

/** «av Berit Olsen, Boligkonsulent», «av systemet». */
export function byInWords({ by, roleName }: RecordChange): string {
  if (by === null) return 'av systemet'
  return roleName === null ? `av ${by}` : `av ${by}, ${roleName.toLowerCase()}`
}
