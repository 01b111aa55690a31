import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { RowError } from '../../domain/importRow.ts'

interface Found {
  row: number
  /** Another row that it is wrong beside, null when it is wrong by itself. */
  other: number | null
}

/** What rows may not say of one another or of what is registered. */
export interface Check {
  readonly column: string | null
  readonly code: string
  /** A bokmål sentence; `other` is how the other row is named. */
  readonly detail: (other: string) => string
  readonly find: RawBuilder<Found>
}

/** A row of `i` that says something it did not say last time: what was right then is not asked again. */
export const says = sql<boolean>`i.known_hash is distinct from i.hash`

/** Rows of `i` of which this is true. */
export function wrongRows(where: RawBuilder<unknown>, from = sql`import_row i`): RawBuilder<Found> {
  return sql<Found>`select i.row, null::integer as other from ${from} where ${says} and (${where})`
}

/**
 * Rows that stand in a group which is wrong as a whole, each with the first other one: one sort, however large the groups are.
 * @param wrong asked of the window `w`, which is the group
 */
export function wrongGroups(
  group: RawBuilder<unknown>,
  wrong: RawBuilder<unknown>,
  where = sql<boolean>`true`,
): RawBuilder<Found> {
  return sql<Found>`
    select g.row, case when g.row = g.first then g.second else g.first end as other
    from (select i.row, ${says} as says, ${wrong} as wrong,
        first_value(i.row) over n as first, nth_value(i.row, 2) over n as second
      from import_row i where ${where} and ${group} is not null
      window w as (partition by ${group}),
        n as (partition by ${group} order by i.row rows between unbounded preceding and unbounded following)) g
    where g.says and g.wrong`
}

/** Asks every check of the staged rows. */
export async function findWrong(
  db: Kysely<DB>,
  checks: readonly Check[],
  add: (row: number, error: RowError) => void,
): Promise<number[]> {
  const wrong = new Set<number>()
  for (const { column, code, detail, find } of checks) {
    const { rows } = await find.execute(db)
    for (const { row, other } of rows) {
      add(row, { column, code, detail: detail(other === null ? 'en annen rad' : `rad ${other}`) })
      wrong.add(row)
    }
  }
  return [...wrong]
}
