import { sql, type Transaction } from 'kysely'
import type { DB } from '../db/types.generated.ts'

/** What the security log tells apart, in words for whoever reads it. A new kind is a line here. */
export const SECURITY_EVENTS = {
  sign_in: 'Logget inn',
  sign_in_failed: 'Innlogging som ikke lyktes',
  sign_out: 'Logget ut',
  sessions_ended: 'Alle økter avsluttet',
  account_disabled: 'Stengte en bruker ute',
  account_enabled: 'Åpnet for en bruker igjen',
  token_refused: 'Ugyldig adgangstegn avvist',
  session_refused: 'Økt avvist',
  forged_request: 'Forespørsel fra et annet nettsted avvist',
  hidden_record: 'Ba om noe som tilhører andre',
  denied: 'Ble nektet tilgang',
  rate_limited: 'For mange forespørsler',
  break_glass: 'Nødåpning',
  break_glass_requested: 'Ba om nødåpning',
  break_glass_approved: 'Godkjente nødåpning',
  break_glass_refused: 'Avslo nødåpning',
  break_glass_unanswered: 'Nødåpning som ingen svarte på i tide',
  break_glass_ended: 'Nødåpning avsluttet',
  break_glass_reviewed: 'Gikk gjennom nødåpning',
  export: 'Hentet ut en fil',
  case_exported: 'Overførte en sak til sakssystemet',
  record_locked: 'Låste en sak',
  record_unlocked: 'Låste opp en sak',
  keys_rotated: 'Byttet krypteringsnøkkel',
} as const
export type SecurityEventKind = keyof typeof SECURITY_EVENTS

export interface SecurityEvent {
  kind: SecurityEventKind
  method?: string | undefined
  /** The route's pattern, as `/api/v1/needs/:id`; never an address. */
  route?: string | undefined
  traceId?: string | undefined
  /** What it was about: a table's name and a row's id. */
  record?: { table: string; id: string } | undefined
  /** A code of lower-case letters, digits and `_.:/-`; never text about anybody. */
  detail?: string | undefined
}

/**
 * Adds to the security log in the transaction of whoever acts (`asActor`): she is the one it is about, and it says nobody where
 * nobody is signed in.
 */
export async function logSecurityEvent(trx: Transaction<DB>, event: SecurityEvent): Promise<void> {
  await trx
    .insertInto('securityEvent')
    .values({
      kind: event.kind,
      method: event.method ?? null,
      route: event.route ?? null,
      traceId: event.traceId ?? null,
      record: event.record?.table ?? null,
      recordId: event.record?.id ?? null,
      detail: event.detail ?? null,
    })
    .execute()
}

/** Adds a refusal, and whose record was asked for where there is one; `onlyHidden` adds it only for another's record. */
export async function logRefusal(
  trx: Transaction<DB>,
  { kind, method, route, traceId }: SecurityEvent,
  sought: string,
  onlyHidden: boolean,
): Promise<void> {
  await sql`select log_refusal(${kind}, ${onlyHidden}, ${sought}::uuid, ${method ?? null}, ${route ?? null},
    ${traceId ?? null})`.execute(trx)
}
