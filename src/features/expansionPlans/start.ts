import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { EXPANSION_JOB } from '../../db/expansionPlans.ts'
import { readForecastPlaces } from '../../db/forecastInput.ts'
import { asJson } from '../../db/json.ts'
import { mustHaveRoom } from '../../db/longJobs.ts'
import { type Day, parseDay } from '../../domain/day.ts'
import { DomainError } from '../../domain/error.ts'
import { type ExpansionAsk, refusedAsk } from '../../domain/expansion/ask.ts'
import { EXPANSION_POLICY } from '../../reference/expansionPolicy.ts'
import type { NewExpansionPlan } from './schema.ts'

const { parameters } = EXPANSION_POLICY

/** The question with everything in it that was left out. */
function wholeAsk(asked: NewExpansionPlan, today: Day): ExpansionAsk {
  const costs = new Map<string, number>(parameters.forms.map(({ form, costPerPlace }) => [form, costPerPlace]))
  return {
    by: asked.by ?? parseDay(parameters.by) ?? today,
    level: asked.level ?? parameters.level,
    forms: (asked.forms ?? parameters.forms).map(({ form, costPerPlace }) => ({
      form,
      costPerPlace: costPerPlace ?? costs.get(form) ?? 0,
    })),
    perDistrictYear: asked.perDistrictYear ?? parameters.perDistrictYear,
    limits: (asked.limits ?? []).map(({ district, form, year, most }) => ({
      ...(district === undefined ? {} : { district }),
      ...(form === undefined ? {} : { form }),
      ...(year === undefined ? {} : { year }),
      most,
    })),
    budget: asked.budget ?? null,
    goal: asked.goal ?? 'fewest_places',
    runs: asked.runs ?? parameters.runs,
    seed: asked.seed ?? parameters.seed,
  }
}

/**
 * Registers a plan to be made, after everything that can be wrong with the question has been looked at.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_unfinished` when the user has enough that wait
 */
export async function startPlan(acting: Acting, actor: Actor, asked: NewExpansionPlan): Promise<string> {
  const { trx, today } = acting
  const ask = wholeAsk(asked, today)
  const { input } = await readForecastPlaces(acting)
  const errors = refusedAsk(ask, { today, districts: input.districts }, parameters)
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  await mustHaveRoom(trx, EXPANSION_JOB, actor.accountId, parameters.unfinishedMax)
  const { id } = await trx
    .insertInto('expansionPlan')
    .values({
      asOf: today,
      ask: asJson(ask),
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
