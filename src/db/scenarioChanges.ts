import { addMonths, type Day, parseDay } from '../domain/day.ts'
import type { FieldError } from '../domain/error.ts'
import { type RefusedChange, refusedChanges, type ScenarioChange } from '../domain/forecast/changes.ts'
import { pointsOf } from '../domain/forecast/forecast.ts'
import { planOf } from '../domain/forecast/plan.ts'
import { paceOf } from '../domain/growth.ts'
import { FORECAST_POLICY } from '../reference/forecastPolicy.ts'
import type { Acting } from './actor.ts'
import { readForecastPlaces } from './forecastInput.ts'
import { needGrowth } from './growth.ts'

const { parameters } = FORECAST_POLICY

/** A change as it is asked for: what is computed of past growth may be missing. */
export type AskedChange =
  | Exclude<ScenarioChange, { kind: 'past_growth' }>
  | Pick<Extract<ScenarioChange, { kind: 'past_growth' }>, 'kind' | 'from' | 'district'>

/** The last day that a forecast may be of. */
export function lastDay(today: Day): Day {
  return addMonths(today, 12 * parameters.yearsMax)
}

/** The last day of a forecast, the target's when none is asked for, and what is wrong with it. */
export function checkedUntil(asked: Day | undefined, today: Day): { until: Day; errors: FieldError[] } {
  const until = asked ?? parseDay(parameters.until) ?? today
  const last = lastDay(today)
  const errors: FieldError[] = []
  const refuse = (code: string, detail: string) => errors.push({ pointer: '/until', code, detail })
  if (until <= today) refuse('day_in_the_past', 'Dagen må være etter i dag.')
  if (until > last) {
    const detail = `En framskriving kan gå høyst ${parameters.yearsMax} år fram. Velg en dag til og med ${last}.`
    refuse('too_far', detail)
  }
  return { until, errors }
}

/**
 * Puts the pace of the history into changes of past growth.
 * @returns the changes whole, and `unknown` for those of which the history tells no pace
 */
async function withPace(
  { trx, today }: Acting,
  asked: readonly AskedChange[],
): Promise<{ changes: ScenarioChange[]; unknown: RefusedChange[] }> {
  const unknown: RefusedChange[] = []
  const growth = asked.some(({ kind }) => kind === 'past_growth') ? await needGrowth(trx, today) : undefined
  const changes = asked.map((change, index): ScenarioChange => {
    if (change.kind !== 'past_growth') return change
    const { kind, from, district } = change
    const of = growth?.computed.find((row) => row.district === (district ?? null))
    const perYear = of === undefined ? null : paceOf(of)
    if (of === undefined || perYear === null) {
      const detail = `Så få behov var åpne i ${growth?.baseYear ?? 'det første året'} at veksten siden da ikke kan regnes ut.`
      unknown.push({ index, field: 'kind', code: 'unknown', detail })
    }
    return {
      kind,
      from,
      ...(district === undefined ? {} : { district }),
      perYear: perYear ?? 0,
      baseYear: of?.base.year ?? 0,
      untilYear: of?.newest.year ?? 0,
      percent: of?.newest.percent ?? 0,
    }
  })
  return { changes, unknown }
}

/** Everything that is wrong with changes in a forecast from today until a day; places are those of the transaction's snapshot. */
export async function refusedIn(
  acting: Acting,
  lists: readonly (readonly ScenarioChange[])[],
  until: Day,
): Promise<RefusedChange[][]> {
  const { today } = acting
  const { input } = await readForecastPlaces(acting)
  const known = { today, until, districts: input.districts, forms: input.forms.map(({ id }) => id) }
  return lists.map((changes) => {
    const refused = refusedChanges(changes, known)
    // places can only be counted where the changes make sense by themselves
    return refused.length > 0 ? refused : planOf(input, pointsOf(today, until), changes).refused
  })
}

/** The changes that are meant, or what is wrong with which of them, by pointers into `/changes`. */
export async function checkedChanges(
  acting: Acting,
  asked: readonly AskedChange[],
  until: Day,
): Promise<{ changes: ScenarioChange[]; errors: FieldError[] }> {
  const { changes, unknown } = await withPace(acting, asked)
  const [refused = []] = unknown.length > 0 ? [unknown] : await refusedIn(acting, [changes], until)
  const errors = refused.map(({ index, field, code, detail }) => ({
    pointer: `/changes/${index}/${field}`,
    code,
    detail,
  }))
  return { changes, errors }
}
