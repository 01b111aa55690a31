import { type Kysely, sql } from 'kysely'
import type { DB } from './types.generated.ts'

/** The newest revision of every value, in the order of series, area and year. */
export function newestValues(db: Kysely<DB>, area?: string, series?: readonly string[]) {
  return db
    .selectFrom('statisticValue as value')
    .leftJoin('district', (join) =>
      join.onRef('district.code', '=', 'value.area').on(sql<boolean>`upper_inf(district.valid)`),
    )
    .distinctOn(['value.seriesId', 'value.area', 'value.year'])
    .select([
      'value.seriesId',
      'value.area',
      'district.name',
      'value.year',
      'value.revision',
      'value.value',
      'value.precision',
      'value.status',
      'value.reason',
      'value.source',
    ])
    .$if(area !== undefined, (query) => query.where('value.area', '=', area ?? ''))
    .$if(series !== undefined, (query) => query.where('value.seriesId', 'in', [...(series ?? [])]))
    .orderBy('value.seriesId')
    .orderBy('value.area')
    .orderBy('value.year')
    .orderBy('value.revision', 'desc')
    .execute()
}
