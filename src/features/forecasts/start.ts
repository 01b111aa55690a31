import { sql } from 'kysely'
import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { FORECAST_JOB } from '../../db/forecasts.ts'
import { asJson } from '../../db/json.ts'
import { mustHaveRoom } from '../../db/longJobs.ts'
import { type AskedChange, checkedChanges, checkedUntil } from '../../db/scenarioChanges.ts'
import { DomainError } from '../../domain/error.ts'
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'
import type { newForecast } from './schema.ts'

const { parameters } = FORECAST_POLICY

/**
 * Registers a forecast to be made, after everything that can be wrong with it has been looked at.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_unfinished` when the user has enough that wait
 */
export async function startForecast(acting: Acting, actor: Actor, asked: z.infer<typeof newForecast>): Promise<string> {
  const { trx, today } = acting
  const { until, errors } = checkedUntil(asked.until, today)
  const { changes, errors: refused } =
    errors.length > 0
      ? { changes: [], errors: [] }
      : await checkedChanges(acting, (asked.changes ?? []) as AskedChange[], until)
  errors.push(...refused)
  const { runs = parameters.runs, seed = parameters.seed } = asked
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  await mustHaveRoom(trx, FORECAST_JOB, actor.accountId, parameters.unfinishedMax)
  const { id } = await trx
    .insertInto('forecast')
    .values({
      asOf: today,
      until,
      runs,
      seed,
      changes: asJson(changes),
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
