import { type Kysely, sql } from 'kysely'
import { type Day, dayOfNumber } from '../domain/day.ts'
import type { ScenarioChange } from '../domain/forecast/changes.ts'
import type { ForecastSeries } from '../domain/forecast/forecast.ts'
import { FORECAST_POLICY } from '../reference/forecastPolicy.ts'
import { URGENCY_POLICY } from '../reference/policies.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import type { DB } from './types.generated.ts'

/** A forecast as work that takes its time, with what its user reads when it does not complete. */
export const FORECAST_JOB = {
  table: 'forecast',
  one: 'framskrivingen',
  plural: 'framskrivinger',
  cancelled: 'Framskrivingen ble avbrutt.',
  failed: 'Framskrivingen feilet. Den er registrert, prøv igjen.',
  stopped: 'Framskrivingen ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** The policies that a forecast follows, by their versions. @param objective that of the matching policy */
export const forecastPolicies = (objective: number) => ({
  forecast: FORECAST_POLICY.version,
  urgency: URGENCY_POLICY.version,
  objective,
})

/** What a forecast was asked to be. */
export interface AskedForecast {
  until: string
  runs: number
  seed: number
  changes: ScenarioChange[]
}

export async function askedForecast(db: Kysely<DB>, id: string): Promise<AskedForecast> {
  const row = await db
    .selectFrom('forecast')
    .select(['until', 'runs', 'seed', 'changes'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...row, changes: row.changes as unknown as ScenarioChange[] }
}

/** What a finished forecast leaves behind. */
export interface MadeForecast {
  asOf: Day
  cityVersion: number
  /** The version of the matching policy. */
  policyVersion: number
  assumptions: unknown
  /** As `dayNumber` counts. */
  points: readonly number[]
  series: readonly ForecastSeries[]
  /** Packed. */
  input: Uint8Array
}

/** Stores a forecast, all of it or nothing; false when it was cancelled or failed meanwhile. */
export async function saveForecast(db: Kysely<DB>, taken: Taken, made: MadeForecast): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('forecast')
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
    await sql`
      insert into forecast_series (forecast_id, measure, district, form, p10, p50, p90)
      select ${taken.id}::uuid, s.measure, s.district, s.form, s.p10, s.p50, s.p90
      from jsonb_to_recordset(${asSingles(made.series)}::jsonb) as s (measure text, district text, form text,
        p10 real[], p50 real[], p90 real[])`.execute(trx)
    return true
  })
}

/** Made 32 bits here: PostgreSQL rounds the decimal digits, which falls the other way where a number lies halfway. */
export function asSingles(series: readonly ForecastSeries[]): string {
  return JSON.stringify(series, (_, value: unknown) => (typeof value === 'number' ? Math.fround(value) : value))
}
