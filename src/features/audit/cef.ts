import { SECURITY_EVENTS, type SecurityEventKind } from '../../access/securityEvents.ts'
import { PURPOSES, type Purpose } from '../../access/showings.ts'

/** One event as a CEF line tells it: keys of ArcSight's dictionary, in order; what is null is left out. */
type Extension = readonly (readonly [key: string, value: string | number | null])[]

const header = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/[\r\n]+/g, ' ')
const value = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('=', '\\=').replaceAll('\r', '\\r').replaceAll('\n', '\\n')

/** A line of ArcSight's Common Event Format, version 0. Severity is 0 to 10. */
function cefLine(signature: string, name: string, severity: number, extension: Extension): string {
  const told = extension.flatMap(([key, told]) => (told === null ? [] : [`${key}=${value(String(told))}`])).join(' ')
  return `CEF:0|Oslo kommune|Boligtrapp|1|${header(signature)}|${header(name)}|${severity}|${told}`
}

interface Logged {
  id: number
  recordedAt: string
  actorId: string | null
  actorRole: string
  method: string | null
  route: string | null
  traceId: string | null
  record: string | null
  recordId: string | null
}

function common({ id, recordedAt, actorId, actorRole, method, route, traceId, record, recordId }: Logged): Extension {
  return [
    ['rt', Date.parse(recordedAt)],
    ['externalId', id],
    ['suid', actorId],
    ['spriv', actorRole === '' ? null : actorRole],
    ['requestMethod', method],
    ['request', route],
    ['cs1Label', traceId === null ? null : 'traceId'],
    ['cs1', traceId],
    ['cs2Label', record === null ? null : 'record'],
    ['cs2', record],
    ['cs3Label', recordId === null ? null : 'recordId'],
    ['cs3', recordId],
  ]
}

/** Who saw whom, by pseudonyms. */
export function showingAsCef(row: Logged & { residentId: string; purpose: string }): string {
  const name = PURPOSES[row.purpose as Purpose]?.name ?? row.purpose
  return cefLine('showing', 'Person vist', 1, [
    ...common(row),
    ['duid', row.residentId],
    ['cs4Label', 'purpose'],
    ['cs4', name],
  ])
}

/** How serious each kind is, from 0 to 10; what is not named is 3. */
const SEVERITY: Partial<Record<string, number>> = {
  export: 2,
  sign_in: 1,
  sign_out: 1,
  hidden_record: 6,
  denied: 4,
  sign_in_failed: 5,
  token_refused: 6,
  forged_request: 7,
  break_glass: 7,
  rate_limited: 4,
}

/** A security event. */
export function securityEventAsCef(row: Logged & { kind: string; detail: string | null }): string {
  const name = SECURITY_EVENTS[row.kind as SecurityEventKind] ?? row.kind
  return cefLine(row.kind, name, SEVERITY[row.kind] ?? 3, [
    ...common(row),
    ['cs4Label', row.detail === null ? null : 'detail'],
    ['cs4', row.detail],
  ])
}
