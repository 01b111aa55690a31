import type { Acting, Actor } from '../../db/actor.ts'
import { asJson } from '../../db/json.ts'
import { mustHaveRoom } from '../../db/longJobs.ts'
import { checkedUntil, refusedIn } from '../../db/scenarioChanges.ts'
import { COMPARISON_JOB } from '../../db/scenarioComparisons.ts'
import { changesOf, scenarioById } from '../../db/scenarios.ts'
import { DomainError, type FieldError } from '../../domain/error.ts'
import type { RefusedChange, ScenarioChange } from '../../domain/forecast/changes.ts'
import { scenarioAssumptions } from '../../domain/forecast/scenarioWords.ts'
import { FORECAST_POLICY, SCENARIO_LIMITS } from '../../reference/forecastPolicy.ts'
import type { NewComparison } from './schema.ts'

const { parameters } = FORECAST_POLICY
const AS_PLANNED = 'Som planlagt'

interface Member {
  pointer: string
  scenarioId: string | null
  version: number | null
  name: string
  changes: ScenarioChange[]
  assumptions: string[]
}

/**
 * Registers a comparison to be made, after everything that can be wrong with it today has been looked at: what could be when
 * a scenario was written may have passed since.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_unfinished` when the user has enough that wait
 */
export async function startComparison(acting: Acting, actor: Actor, asked: NewComparison): Promise<string> {
  const { trx, today } = acting
  const { until, errors } = checkedUntil(asked.until, today)
  const { members, unknown } = await membersAsked(acting, asked)
  errors.push(...unknown, ...twice(members))
  if (errors.length === 0) errors.push(...(await refusedNow(acting, members, until)))
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  await mustHaveRoom(trx, COMPARISON_JOB, actor.accountId, SCENARIO_LIMITS.unfinishedMax)
  const { runs = parameters.runs, seed = parameters.seed } = asked
  const { id } = await trx
    .insertInto('scenarioComparison')
    // a job's times are the real clock's, also in the demo: they say how long it took
    .values(({ fn }) => ({
      asOf: today,
      until,
      runs,
      seed,
      requestedBy: actor.accountId,
      requestedAt: fn<string>('now'),
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('scenarioComparisonMember')
    .values(
      members.map(({ scenarioId, version, name, changes, assumptions }, position) => ({
        comparisonId: id,
        position,
        scenarioId,
        scenarioVersion: version,
        name,
        changes: asJson(changes),
        assumptions,
      })),
    )
    .execute()
  return id
}

async function membersAsked({ trx }: Acting, { base, scenarios }: NewComparison) {
  const members: Member[] = []
  const unknown: FieldError[] = []
  for (const [at, ref] of [base ?? null, ...scenarios].entries()) {
    const pointer = at === 0 ? '/base' : `/scenarios/${at - 1}`
    if (ref === null) {
      const changes: ScenarioChange[] = []
      const assumptions = scenarioAssumptions(changes)
      members.push({ pointer, scenarioId: null, version: null, name: AS_PLANNED, changes, assumptions })
      continue
    }
    const row = await scenarioById(trx, ref.scenarioId, ref.version)
    if (row === undefined) {
      unknown.push({ pointer, code: 'unknown', detail: 'Scenarioet eller versjonen finnes ikke.' })
      continue
    }
    const { id: scenarioId, version, name, assumptions } = row
    members.push({ pointer, scenarioId, version, name, changes: changesOf(row), assumptions })
  }
  return { members, unknown }
}

/** The same version twice says nothing, and numbers of two maps cannot stand beside each other. */
function twice(members: readonly Member[]): FieldError[] {
  const errors: FieldError[] = []
  const maps = new Set<string>()
  for (const [at, { pointer, scenarioId, version, name, changes }] of members.entries()) {
    const same = (other: Member) => other.scenarioId === scenarioId && other.version === version
    if (members.findIndex(same) < at)
      errors.push({ pointer, code: 'twice', detail: `«${name}» er med to ganger. Velg et annet scenario.` })
    for (const change of changes) if (change.kind === 'redrawn_districts') maps.add(JSON.stringify(change))
    if (maps.size > 1) {
      const detail = `«${name}» har andre nye bydeler enn et av de andre scenarioene. Sammenlign dem hver for seg.`
      errors.push({ pointer, code: 'other_districts', detail })
      break
    }
  }
  return errors
}

async function refusedNow(acting: Acting, members: readonly Member[], until: Member['changes'][number]['from']) {
  const refused = await refusedIn(
    acting,
    members.map(({ changes }) => changes),
    until,
  )
  return members.flatMap(({ pointer, name }, at) =>
    (refused[at] ?? []).map(({ index, code, detail }: RefusedChange) => ({
      pointer,
      code,
      detail: `«${name}», endring ${index + 1}: ${detail}`,
    })),
  )
}
