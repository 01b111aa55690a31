import { type Kysely, sql } from 'kysely'
import { standingOf } from '../../db/longJobs.ts'
import { COMPARISON_JOB } from '../../db/scenarioComparisons.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { ComparisonSeriesQuery } from './schema.ts'

const standing = standingOf(COMPARISON_JOB)

function comparisonRows(db: Kysely<DB>) {
  return (
    db
      .selectFrom('scenarioComparison')
      .select([
        'id',
        'progress',
        'stage',
        'asOf',
        'until',
        'runs',
        'seed',
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

export function comparisonById(db: Kysely<DB>, id: string) {
  return comparisonRows(db).where('id', '=', id).executeTakeFirst()
}

export type ComparisonRow = NonNullable<Awaited<ReturnType<typeof comparisonById>>>

export function comparisonPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return comparisonRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** The members of comparisons, each one's base first. */
export function membersOf(db: Kysely<DB>, ids: readonly string[]) {
  return db
    .selectFrom('scenarioComparisonMember as member')
    .leftJoin('scenarioVersion as text', (join) =>
      join.onRef('text.scenarioId', '=', 'member.scenarioId').onRef('text.version', '=', 'member.scenarioVersion'),
    )
    .select([
      'member.comparisonId',
      'member.position',
      'member.scenarioId',
      'member.scenarioVersion as version',
      'member.name',
      'member.changes',
      'member.assumptions',
    ])
    .select(sql<number | null>`(text.policies->>'objective')::integer`.as('policyVersion'))
    .where('member.comparisonId', 'in', [...ids])
    .orderBy('comparisonId')
    .orderBy('position')
    .execute()
}

export type MemberRow = Awaited<ReturnType<typeof membersOf>>[number]

export function comparedSeries(
  db: Kysely<DB>,
  id: string,
  { position, kind, measure, district, form }: ComparisonSeriesQuery,
) {
  return db
    .selectFrom('scenarioComparisonSeries')
    .select(['position', 'kind', 'measure', 'district', 'form', 'p10', 'p50', 'p90'])
    .where('comparisonId', '=', id)
    .$if(position !== undefined, (query) => query.where('position', '=', position ?? 0))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(measure !== undefined, (query) => query.where('measure', '=', measure ?? ''))
    .$if(district === 'city', (query) => query.where('district', 'is', null))
    .$if(district !== undefined && district !== 'city', (query) => query.where('district', '=', district ?? ''))
    .$if(form !== undefined, (query) => query.where('form', '=', form ?? ''))
    .orderBy('position')
    .orderBy('kind', 'desc')
    .orderBy('measure')
    .orderBy(sql`district nulls first`)
    .orderBy('form')
    .execute()
}
