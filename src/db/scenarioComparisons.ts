import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { dayOfNumber } from '../domain/day.ts'
import type { ScenarioChange } from '../domain/forecast/changes.ts'
import type { ForecastSeries } from '../domain/forecast/forecast.ts'
import { FORECAST_POLICY } from '../reference/forecastPolicy.ts'
import { asSingles, forecastPolicies, type MadeForecast } from './forecasts.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import type { DB } from './types.generated.ts'

/** A comparison as work that takes its time, with what its user reads when it does not complete. */
export const COMPARISON_JOB = {
  table: 'scenario_comparison',
  one: 'sammenligningen',
  plural: 'sammenligninger',
  cancelled: 'Sammenligningen ble avbrutt.',
  failed: 'Sammenligningen feilet. Den er registrert, prøv igjen.',
  stopped: 'Sammenligningen ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** What is compared: the base first. */
export interface AskedComparison {
  until: string
  runs: number
  seed: number
  members: ScenarioChange[][]
}

export async function askedComparison(db: Kysely<DB>, id: string): Promise<AskedComparison> {
  const row = await db
    .selectFrom('scenarioComparison')
    .select(['until', 'runs', 'seed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const members = await db
    .selectFrom('scenarioComparisonMember')
    .select('changes')
    .where('comparisonId', '=', id)
    .orderBy('position')
    .execute()
  return { ...row, members: members.map(({ changes }) => changes as unknown as ScenarioChange[]) }
}

/** What a finished comparison leaves behind: a member's own numbers, and of all but the first their difference from its. */
export interface MadeComparison extends Omit<MadeForecast, 'series'> {
  levels: readonly (readonly ForecastSeries[])[]
  differences: readonly (readonly ForecastSeries[])[]
}

/** Stores a comparison, all of it or nothing; false when it was cancelled or failed meanwhile. */
export async function saveComparison(db: Kysely<DB>, taken: Taken, made: MadeComparison): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('scenarioComparison')
      .set({
        ...COMPLETED,
        asOf: made.asOf,
        cityVersion: made.cityVersion,
        policies: asJson(forecastPolicies(made.policyVersion)),
        assumptions: asJson(made.assumptions),
        points: sql<Day[]>`${made.points.map(dayOfNumber)}::date[]`,
        input: Buffer.from(made.input),
        inputExpiresAt: sql<string>`now() + make_interval(days => ${FORECAST_POLICY.parameters.inputKeptDays})`,
      })
      .where(stillWanted(taken))
      .executeTakeFirst()
    if (finished.numUpdatedRows === 0n) return false
    for (const [kind, members] of [
      ['level', made.levels],
      ['difference', made.differences],
    ] as const) {
      for (const [at, series] of members.entries()) {
        const position = kind === 'level' ? at : at + 1
        await sql`
          insert into scenario_comparison_series (comparison_id, position, kind, measure, district, form, p10, p50, p90)
          select ${taken.id}::uuid, ${position}, ${kind}, s.measure, s.district, s.form, s.p10, s.p50, s.p90
          from jsonb_to_recordset(${asSingles(series)}::jsonb) as s (measure text, district text, form text,
            p10 real[], p50 real[], p90 real[])`.execute(trx)
      }
    }
    return true
  })
}
