import { type Kysely, sql } from 'kysely'
import { ownRunPage, ownRunRows } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'

/** The completed run with this id, or the newest one over the city; undefined when there is none that the reader may see. */
export function shortageRun(db: Kysely<DB>, id: string | undefined) {
  return db
    .selectFrom('matchingRun')
    .select(['id', 'asOf', sql<number>`(summary ->> 'needs')::integer`.as('needs')])
    .where('status', '=', 'completed')
    .$if(id === undefined, (query) => query.where('kind', '=', 'city'))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function shortagePageRows(db: Kysely<DB>, runId: string, limit: number, after: number) {
  return db
    .selectFrom('matchingShortage')
    .select(['shortage', 'within', 'needs', 'deficit', 'common', 'sentence'])
    .select(sql<number>`cardinality(place_ids)`.as('places'))
    .where('runId', '=', runId)
    .where('shortage', '>', after)
    .orderBy('shortage')
    .limit(limit + 1)
    .execute()
}

/** How many go without in all: shortages that lie in no other share no need. */
export async function wholeDeficit(db: Kysely<DB>, runId: string): Promise<number> {
  const { deficit } = await db
    .selectFrom('matchingShortage')
    .select(sql<number>`coalesce(sum(deficit), 0)::integer`.as('deficit'))
    .where('runId', '=', runId)
    .where('within', 'is', null)
    .executeTakeFirstOrThrow()
  return deficit
}

/** How many of the reader's own needs each shortage of a run is the innermost of. */
export async function ownNeedsByShortage(db: Kysely<DB>, runId: string): Promise<Map<number, number>> {
  const rows = await ownRunRows(db, runId)
    .select(['row.shortage', sql<number>`count(*)::integer`.as('needs')])
    .where('row.shortage', 'is not', null)
    .groupBy('row.shortage')
    .execute()
  return new Map(rows.map(({ shortage, needs }) => [shortage ?? -1, needs]))
}

/** Which shortage each one of a run lies within. */
export async function nesting(db: Kysely<DB>, runId: string): Promise<Map<number, number | null>> {
  const rows = await db
    .selectFrom('matchingShortage')
    .select(['shortage', 'within'])
    .where('runId', '=', runId)
    .execute()
  return new Map(rows.map(({ shortage, within }) => [shortage, within]))
}

/** The reader's own people in any of these shortages of a run, most urgent first. */
export function ownPeople(
  db: Kysely<DB>,
  runId: string,
  shortages: readonly number[],
  limit: number,
  after: [string, string] | undefined,
) {
  return ownRunPage(db, runId, limit, after)
    .select('row.outcome')
    .where(sql<boolean>`row.shortage = any(${[...shortages]}::integer[])`)
    .execute()
}
