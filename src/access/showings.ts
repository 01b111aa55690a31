import { sql, type Transaction } from 'kysely'
import type { DB } from '../db/types.generated.ts'
import type { Capability, Open } from './capabilities.ts'

/**
 * Why people are looked at, in words for whoever reads who saw whom, and the law it rests on (../../docs/privacy.md says it whole).
 * Legal bases are named, not quoted, and checked by nobody yet: docs/privacy.md says so.
 */
export const PURPOSES = {
  person: { name: 'Personopplysninger', legalBasis: 'Personvernforordningen artikkel 6 nr. 1 e og 9 nr. 2 h' },
  need: { name: 'Behov og kartlegging', legalBasis: 'Boligsosialloven § 6' },
  find_home: { name: 'Finne og tilby bolig', legalBasis: 'Boligsosialloven § 6' },
  housing: { name: 'Innflytting, botid og utflytting', legalBasis: 'Boligsosialloven § 6' },
  intake: { name: 'Henvisning til Velferdsetaten', legalBasis: 'Helse- og omsorgstjenesteloven § 3-2' },
  purchase: { name: 'Kjøp av plass', legalBasis: 'Helse- og omsorgstjenesteloven § 3-2' },
  return_home: { name: 'Tilbakeføring til egen bydel', legalBasis: 'Helse- og omsorgstjenesteloven § 3-2' },
  papers: { name: 'Vedtak, klage og brev', legalBasis: 'Forvaltningsloven kapittel IV–VI' },
  task: { name: 'Oppgaver med frist', legalBasis: 'Boligsosialloven § 6' },
  import: { name: 'Innlesing fra fil', legalBasis: 'Personvernforordningen artikkel 6 nr. 1 e og 9 nr. 2 h' },
  archive: {
    name: 'Arkiv og overføring til sakssystemet',
    legalBasis: 'Arkivlova og personvernforordningen artikkel 6 nr. 1 c',
  },
  emergency: { name: 'Nødåpning', legalBasis: 'Nødrett, straffeloven § 17' },
  review: { name: 'Kontroll av innsyn', legalBasis: 'Personvernforordningen artikkel 32 og Normen' },
} as const
export type Purpose = keyof typeof PURPOSES

/** What each capability that reaches people is for. A capability that is not here reaches nobody's record. */
const PURPOSE_OF = {
  read_residents: 'person',
  register_residents: 'person',
  maintain_circles: 'person',
  break_glass: 'emergency',
  read_needs: 'need',
  register_needs: 'need',
  match_needs: 'find_home',
  send_offers: 'find_home',
  reserve_places: 'find_home',
  answer_offers: 'find_home',
  read_offers: 'find_home',
  record_leases: 'housing',
  record_moves: 'housing',
  record_private_homes: 'housing',
  read_stays: 'housing',
  send_referrals: 'intake',
  answer_referrals: 'intake',
  read_referrals: 'intake',
  read_tasks: 'task',
  read_workday: 'task',
  complete_tasks: 'task',
  read_call_offs: 'purchase',
  order_places: 'purchase',
  read_return_plans: 'return_home',
  write_return_plans: 'return_home',
  commit_homes: 'return_home',
  read_papers: 'papers',
  write_papers: 'papers',
  issue_decisions: 'papers',
  lock_records: 'archive',
  export_cases: 'archive',
  read_showings: 'review',
  review_showings: 'review',
  read_data_gaps: 'review',
  import_needs: 'import',
  import_stays: 'import',
} as const satisfies Partial<Record<Capability, Purpose>>

/** The purpose of a capability that reaches people's records, or undefined; what is open reaches none. */
export function purposeOf(capability: Capability | Open): Purpose | undefined {
  return (PURPOSE_OF as Partial<Record<Capability | Open, Purpose>>)[capability]
}

/** Resources whose every record is of somebody: whatever is answered of one of them shows a person. */
const OF_PEOPLE = [
  'residents',
  'needs',
  'consents',
  'holds',
  'offers',
  'referrals',
  'decisions',
  'appeals',
  'stays',
  'call-offs',
  'return-plans',
  'home-commitments',
  'tasks',
  'circles',
]
const OF_ONE = new RegExp(`^/api/v1/(${OF_PEOPLE.join('|')})/(:id|\\{id\\})(/|$)`)
const MADE = new RegExp(`^/api/v1/(${OF_PEOPLE.join('|')})$`)

/** Routes under a person's capability that show nobody by herself: rows in a list, or something that is of nobody. */
const SHOWS_NOBODY = new Set([
  'GET /api/v1/needs',
  'GET /api/v1/holds',
  'GET /api/v1/offers',
  'GET /api/v1/referrals',
  'GET /api/v1/referrals/counts',
  'GET /api/v1/stays',
  'GET /api/v1/call-offs',
  'GET /api/v1/unpriced-stays',
  'GET /api/v1/gap-people',
  'GET /api/v1/return-plans',
  'GET /api/v1/return-plans/without-plan',
  'GET /api/v1/return-schedules/:id/people',
  'GET /api/v1/home-commitments',
  'GET /api/v1/tasks',
  'GET /api/v1/workday',
  'GET /api/v1/waiting-lists',
  'GET /api/v1/decision-alarms',
  'GET /api/v1/landlords',
  'POST /api/v1/landlords',
  'GET /api/v1/landlords/:id',
  'PATCH /api/v1/landlords/:id',
  'GET /api/v1/places/:id/matches',
  'GET /api/v1/matching-runs/:id/proposals',
  'GET /api/v1/matching-runs/:id/unmet',
  'GET /api/v1/policy-trials/:id/needs',
  'GET /api/v1/shortages/:runId/:number/needs',
  'POST /api/v1/match-previews',
  'POST /api/v1/residents/search',
  'GET /api/v1/audit/showings',
  'GET /api/v1/circles',
  'POST /api/v1/break-glass',
  'POST /api/v1/break-glass/:id/closing',
  'GET /api/v1/data-gaps',
  'POST /api/v1/chains',
  'POST /api/v1/chains/:id/withdrawal',
])

/** Where a route says whom it shows: the address's id, the id of what was made, or the need that the query names. */
export type Shown = 'path' | 'made' | 'query'

/**
 * Whom a route shows, by its method and pattern; null: nobody by herself.
 * @throws {Error} for a route under a person's capability of which that is not known, so that none can be added without.
 */
export function shownBy(method: string, url: string, capability: Capability | Open): Shown | null {
  const purpose = purposeOf(capability)
  if (OF_ONE.test(url)) {
    if (purpose === undefined)
      throw new Error(`${method} ${url}: ${capability} needs a purpose in src/access/showings.ts`)
    return 'path'
  }
  if (purpose === undefined) return null
  if (url === '/api/v1/break-glass/:id/person') return 'path'
  if (method === 'POST' && MADE.test(url)) return 'made'
  if (url === '/api/v1/explanations') return 'query'
  // every read is offered as HEAD too
  if (SHOWS_NOBODY.has(`${method === 'HEAD' ? 'GET' : method} ${url}`)) return null
  throw new Error(`${method} ${url}: say in src/access/showings.ts whether it shows a person`)
}

export interface Showing {
  /** The record that is shown; whose it is, the database knows. */
  recordId: string
  purpose: Purpose
  method: string
  /** The route's pattern. */
  route: string
  traceId: string
}

/**
 * Adds to the log who saw whom, in the transaction that shows her: where it cannot be added, the transaction fails and nothing is
 * shown. The one function that every route that shows a person passes through.
 */
export async function logShowing(trx: Transaction<DB>, showing: Showing): Promise<void> {
  const { recordId, purpose, method, route, traceId } = showing
  await sql`select log_showing(${recordId}::uuid, ${purpose}, ${method}, ${route}, ${traceId})`.execute(trx)
}
