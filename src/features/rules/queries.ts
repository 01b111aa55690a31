import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** All versions of one rule, the newest first; none when there is no such rule. */
export function versionsOfRule(db: Kysely<DB>, ruleId: string) {
  return db
    .selectFrom('ruleVersion')
    .select(['version', 'title', 'sentence', 'source', 'checked', 'validFrom', 'author', 'reason'])
    .select(sql<'domain' | 'eligibility' | 'readiness' | 'legal'>`kind`.as('kind'))
    .select(sql<Readonly<Record<string, unknown>>>`parameters`.as('parameters'))
    .where('ruleId', '=', ruleId)
    .orderBy('version', 'desc')
    .execute()
}

export type RuleVersionRow = Awaited<ReturnType<typeof versionsOfRule>>[number]
