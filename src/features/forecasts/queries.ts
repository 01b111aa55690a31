import { type Kysely, sql } from 'kysely'
import { FORECAST_JOB } from '../../db/forecasts.ts'
import { SILENCE_SECONDS } from '../../db/longJobs.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'

const silent = sql`status = 'running' and heartbeat_at < now() - make_interval(secs => ${SILENCE_SECONDS})`

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
      // a worker that no longer says that it lives has failed, whether or not anybody has swept up yet
      .select(
        sql<string>`case when ${silent} then 'failed' when status = 'queued' and cancel_requested then 'cancelled' else status end`.as(
          'status',
        ),
      )
      .select(sql<string | null>`case when ${silent} then ${FORECAST_JOB.stopped} else error end`.as('error'))
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

/** How many of somebody's forecasts wait or are being made; nobody else of hers is counted until this transaction is over. */
export async function unfinishedOf(db: Kysely<DB>, accountId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('forecast/' || ${accountId}, 0))`.execute(db)
  const { count } = await db
    .selectFrom('forecast')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('requestedBy', '=', accountId)
    .where('status', 'in', ['queued', 'running'])
    .where('cancelRequested', '=', false)
    .where(sql<boolean>`not (${silent})`)
    .executeTakeFirstOrThrow()
  return Number(count)
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
