import { type Kysely, sql } from 'kysely'
import { FORECAST_JOB } from '../../db/forecasts.ts'
import { standingOf } from '../../db/longJobs.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'

const standing = standingOf(FORECAST_JOB)

function forecastRows(db: Kysely<DB>) {
  return (
    db
      .selectFrom('forecast')
      .select([
        'id',
        'progress',
        'stage',
        'asOf',
        'until',
        'runs',
        'seed',
        'changes',
        'requestedBy',
        'requestedAt',
        'startedAt',
        'finishedAt',
        'cityVersion',
        'policies',
        'assumptions',
      ])
      // the driver makes instants of an array of days
      .select(sql<Day[] | null>`points::text[]`.as('points'))
      .select([standing.status.as('status'), standing.error.as('error')])
  )
}

export function forecastById(db: Kysely<DB>, id: string) {
  return forecastRows(db).where('id', '=', id).executeTakeFirst()
}

export type ForecastRow = NonNullable<Awaited<ReturnType<typeof forecastById>>>

export function forecastPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return forecastRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

export function seriesOf(
  db: Kysely<DB>,
  id: string,
  {
    measure,
    district,
    form,
  }: { measure?: string | undefined; district?: string | undefined; form?: string | undefined },
) {
  return db
    .selectFrom('forecastSeries')
    .select(['measure', 'district', 'form', 'p10', 'p50', 'p90'])
    .where('forecastId', '=', id)
    .$if(measure !== undefined, (query) => query.where('measure', '=', measure ?? ''))
    .$if(district === 'city', (query) => query.where('district', 'is', null))
    .$if(district !== undefined && district !== 'city', (query) => query.where('district', '=', district ?? ''))
    .$if(form !== undefined, (query) => query.where('form', '=', form ?? ''))
    .orderBy('measure')
    .orderBy(sql`district nulls first`)
    .orderBy('form')
    .execute()
}
