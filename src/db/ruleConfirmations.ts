import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { DB } from './types.generated.ts'

/** What somebody said of one version of a rule, and who and when. */
export interface RuleCheck {
  ruleId: string
  version: number
  number: number
  confirmed: boolean
  decidedOn: Day
  decidedBy: string
  note: string
}

/** All that was said of the rules, or of one of them, the newest first. */
export function ruleChecks(db: Kysely<DB>, ruleId?: string): Promise<RuleCheck[]> {
  return db
    .selectFrom('ruleConfirmation')
    .innerJoin('account', 'account.id', 'ruleConfirmation.decidedBy')
    .select(['ruleId', 'version', 'number', 'confirmed', 'decidedOn', 'account.name as decidedBy', 'note'])
    .$if(ruleId !== undefined, (query) => query.where('ruleId', '=', ruleId ?? ''))
    .orderBy('ruleId')
    .orderBy('version', 'desc')
    .orderBy('number', 'desc')
    .execute()
}

/** The confirmation that stands for a version, undefined while there is none. @param checks newest first, as `ruleChecks` gives them */
export function standingCheck(checks: readonly RuleCheck[], ruleId: string, version: number): RuleCheck | undefined {
  const last = checks.find((check) => check.ruleId === ruleId && check.version === version)
  return last?.confirmed === true ? last : undefined
}

/** Has the others wait who want to say something of the same version, until this transaction is over. */
export async function lockRule(db: Kysely<DB>, ruleId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rule_confirmation/${ruleId}`}, 0))`.execute(db)
}

/** Adds to what was said; nothing of it is ever changed. The day is the database's. */
export async function insertRuleCheck(
  db: Kysely<DB>,
  check: Omit<RuleCheck, 'decidedOn' | 'decidedBy'> & { accountId: string },
): Promise<void> {
  const { accountId, ...row } = check
  await db
    .insertInto('ruleConfirmation')
    .values({ ...row, decidedBy: accountId })
    .execute()
}
