import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { ExpansionAnswer } from '../domain/expansion/answer.ts'
import type { ExpansionAsk } from '../domain/expansion/ask.ts'
import { EXPANSION_POLICY } from '../reference/expansionPolicy.ts'
import { forecastPolicies } from './forecasts.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import type { DB } from './types.generated.ts'

/** A plan of expansion as work that takes its time, with what its user reads when it does not complete. */
export const EXPANSION_JOB = {
  table: 'expansion_plan',
  one: 'utregningen',
  plural: 'utregninger',
  cancelled: 'Utregningen ble avbrutt.',
  failed: 'Utregningen feilet. Den er registrert, prøv igjen.',
  stopped: 'Utregningen ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** How long a program is worked on, how far an assumption is moved, and on which day of a year places open. */
export const EXPANSION_LIMITS = EXPANSION_POLICY.parameters

export async function askedExpansion(db: Kysely<DB>, id: string): Promise<ExpansionAsk> {
  const { ask } = await db.selectFrom('expansionPlan').select('ask').where('id', '=', id).executeTakeFirstOrThrow()
  return ask as unknown as ExpansionAsk
}

/** What a finished plan leaves behind. */
export interface MadeExpansion {
  asOf: Day
  cityVersion: number
  /** The version of the matching policy. */
  policyVersion: number
  assumptions: unknown
  answer: ExpansionAnswer
  /** Packed. */
  input: Uint8Array
}

/** Stores a plan; false when it was cancelled or failed meanwhile. */
export async function saveExpansion(db: Kysely<DB>, taken: Taken, made: MadeExpansion): Promise<boolean> {
  const finished = await db
    .updateTable('expansionPlan')
    .set({
      ...COMPLETED,
      asOf: made.asOf,
      cityVersion: made.cityVersion,
      policies: asJson({ expansion: EXPANSION_POLICY.version, ...forecastPolicies(made.policyVersion) }),
      assumptions: asJson(made.assumptions),
      answer: asJson(made.answer),
      input: Buffer.from(made.input),
      inputExpiresAt: sql<string>`now() + make_interval(days => ${EXPANSION_POLICY.parameters.inputKeptDays})`,
    })
    .where(stillWanted(taken))
    .executeTakeFirst()
  return finished.numUpdatedRows > 0n
}
