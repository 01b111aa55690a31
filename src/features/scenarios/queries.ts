import { type Kysely, sql } from 'kysely'
import { scenarioVersions } from '../../db/scenarios.ts'
import type { DB } from '../../db/types.generated.ts'

/** One page of scenarios as they are now, the newest scenario first. */
export function scenarioPage(
  db: Kysely<DB>,
  { archived, limit }: { archived: boolean; limit: number },
  cursor: string | undefined,
) {
  return scenarioVersions(db)
    .whereRef('text.version', '=', 'scenario.version')
    .where('scenario.archivedAt', archived ? 'is not' : 'is', null)
    .$if(cursor !== undefined, (query) => query.where('scenario.id', '<', cursor ?? ''))
    .orderBy('scenario.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** One page of a scenario's versions, the newest first. */
export function versionPage(db: Kysely<DB>, id: string, limit: number, before: number | undefined) {
  return scenarioVersions(db)
    .where('scenario.id', '=', id)
    .$if(before !== undefined, (query) => query.where('text.version', '<', before ?? 0))
    .orderBy('text.version', 'desc')
    .limit(limit + 1)
    .execute()
}

/** How many scenarios of an author are not put away; no other of hers is added until this transaction is over. */
export async function scenariosOf(db: Kysely<DB>, accountId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('scenario/' || ${accountId}, 0))`.execute(db)
  const { count } = await db
    .selectFrom('scenario')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('createdBy', '=', accountId)
    .where('archivedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
