import { sql } from 'kysely'
import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { readForecastPlaces } from '../../db/forecastInput.ts'
import type { Json } from '../../db/types.generated.ts'
import { addMonths, type Day, parseDay } from '../../domain/day.ts'
import { DomainError, type FieldError } from '../../domain/error.ts'
import { type RefusedChange, refusedChanges, type ScenarioChange } from '../../domain/forecast/changes.ts'
import { pointsOf } from '../../domain/forecast/forecast.ts'
import { planOf } from '../../domain/forecast/plan.ts'
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'
import { unfinishedOf } from './queries.ts'
import type { newForecast } from './schema.ts'

const { parameters } = FORECAST_POLICY

/** What was asked for, complete and within the bounds; every wrong value is named at once. */
function decided(asked: z.infer<typeof newForecast>, today: Day) {
  const until = asked.until ?? parseDay(parameters.until) ?? today
  const last = addMonths(today, 12 * parameters.yearsMax)
  const errors: FieldError[] = []
  const refuse = (code: string, detail: string) => errors.push({ pointer: '/until', code, detail })
  if (until <= today) refuse('day_in_the_past', 'Dagen må være etter i dag.')
  if (until > last) {
    const detail = `En framskriving kan gå høyst ${parameters.yearsMax} år fram. Velg en dag til og med ${last}.`
    refuse('too_far', detail)
  }
  const { runs = parameters.runs, seed = parameters.seed } = asked
  return { until, runs, seed, changes: (asked.changes ?? []) as ScenarioChange[], errors }
}

const fieldErrors = (refused: readonly RefusedChange[]): FieldError[] =>
  refused.map(({ index, field, code, detail }) => ({ pointer: `/changes/${index}/${field}`, code, detail }))

/**
 * Registers a forecast to be made, after everything that can be wrong with it has been looked at.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_unfinished` when the user has enough that wait
 */
export async function startForecast(acting: Acting, actor: Actor, asked: z.infer<typeof newForecast>): Promise<string> {
  const { trx, today } = acting
  const { until, runs, seed, changes, errors } = decided(asked, today)
  const { input } = await readForecastPlaces(acting)
  const known = { today, until, districts: input.districts, forms: input.forms.map(({ id }) => id) }
  if (errors.length === 0) errors.push(...fieldErrors(refusedChanges(changes, known)))
  // places can only be counted where the changes make sense by themselves
  if (errors.length === 0) errors.push(...fieldErrors(planOf(input, pointsOf(today, until), changes).refused))
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  if ((await unfinishedOf(trx, actor.accountId)) >= parameters.unfinishedMax) {
    throw new DomainError(
      'too_many_unfinished',
      `Du har ${parameters.unfinishedMax} framskrivinger som ikke er ferdige. Vent til en av dem er ferdig, eller avbryt en.`,
    )
  }
  const { id } = await trx
    .insertInto('forecast')
    .values({
      asOf: today,
      until,
      runs,
      seed,
      changes: sql<Json>`${JSON.stringify(changes)}::jsonb`,
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
