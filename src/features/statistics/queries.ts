import type { Kysely } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

export function seriesList(db: Kysely<DB>, id: string | undefined) {
  return db
    .selectFrom('statisticSeries')
    .select(['id', 'title', 'unit', 'subject', 'measure', 'scale', 'source'])
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('position')
    .execute()
}
