import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** The newest revision of every value, in the order of series, area and year. */
export function newestValues(db: Kysely<DB>, area: string | undefined) {
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
      'value.value',
      'value.precision',
      'value.status',
      'value.reason',
      'value.source',
    ])
    .$if(area !== undefined, (query) => query.where('value.area', '=', area ?? ''))
    .orderBy('value.seriesId')
    .orderBy('value.area')
    .orderBy('value.year')
    .orderBy('value.revision', 'desc')
    .execute()
}

export function seriesList(db: Kysely<DB>, id: string | undefined) {
  return db
    .selectFrom('statisticSeries')
    .select(['id', 'title', 'unit', 'subject', 'measure', 'scale', 'source'])
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('position')
    .execute()
}
