import type { Acting, Actor } from '../../db/actor.ts'
import { forecastPolicies } from '../../db/forecasts.ts'
import { asJson } from '../../db/json.ts'
import { matchingPolicyInForce } from '../../db/matchingPolicy.ts'
import { type AskedChange, checkedChanges, lastDay } from '../../db/scenarioChanges.ts'
import { type ScenarioRow, scenarioById } from '../../db/scenarios.ts'
import { DomainError, notFound, stale } from '../../domain/error.ts'
import { scenarioAssumptions } from '../../domain/forecast/scenarioWords.ts'
import { SCENARIO_LIMITS } from '../../reference/forecastPolicy.ts'
import { scenariosOf } from './queries.ts'
import type { NewScenario } from './schema.ts'

/** @throws {DomainError} `not_found` */
export async function existingScenario({ trx }: Acting, id: string, version?: number): Promise<ScenarioRow> {
  const row = await scenarioById(trx, id, version)
  if (row === undefined) throw notFound()
  return row
}

/** Writes a version, after everything that can be wrong with its changes has been looked at. */
async function writeVersion(acting: Acting, actor: Actor, id: string, version: number, asked: NewScenario) {
  const { trx, now, today } = acting
  const { changes, errors } = await checkedChanges(acting, asked.changes as AskedChange[], lastDay(today))
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  const { version: policyVersion } = await matchingPolicyInForce(acting)
  await trx
    .insertInto('scenarioVersion')
    .values({
      scenarioId: id,
      version,
      name: asked.name,
      note: asked.note ?? null,
      changes: asJson(changes),
      assumptions: scenarioAssumptions(changes),
      policies: asJson(forecastPolicies(policyVersion)),
      createdBy: actor.accountId,
      createdAt: now,
    })
    .execute()
}

/**
 * Makes a scenario with its first version.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_scenarios` when the author has enough of them
 */
export async function createScenario(acting: Acting, actor: Actor, asked: NewScenario): Promise<ScenarioRow> {
  const { trx, now } = acting
  if ((await scenariosOf(trx, actor.accountId)) >= SCENARIO_LIMITS.scenariosMax) {
    throw new DomainError(
      'too_many_scenarios',
      `Du har ${SCENARIO_LIMITS.scenariosMax} scenarioer. Legg bort et du ikke trenger, eller skriv en ny versjon av et du har.`,
    )
  }
  const { id } = await trx
    .insertInto('scenario')
    .values({ createdBy: actor.accountId, createdAt: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeVersion(acting, actor, id, 1, asked)
  return existingScenario(acting, id)
}

/**
 * Writes the next version; the one before stays as it was.
 * @throws {DomainError} `not_found`, `stale_version`, `scenario_archived`, `invalid_value`
 */
export async function changeScenario(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  asked: NewScenario,
): Promise<ScenarioRow> {
  const row = await existingScenario(acting, id)
  mustBeInUse(row)
  const { numUpdatedRows } = await acting.trx
    .updateTable('scenario')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
  await writeVersion(acting, actor, id, version + 1, asked)
  return existingScenario(acting, id)
}

/** Puts a scenario away; comparisons with it stay. @throws {DomainError} `not_found`, `stale_version`, `scenario_archived` */
export async function archiveScenario(acting: Acting, id: string, version: number): Promise<ScenarioRow> {
  mustBeInUse(await existingScenario(acting, id))
  const { numUpdatedRows } = await acting.trx
    .updateTable('scenario')
    .set({ archivedAt: acting.now })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
  return existingScenario(acting, id)
}

function mustBeInUse({ archivedAt }: ScenarioRow): void {
  if (archivedAt !== null) throw new DomainError('scenario_archived', 'Scenarioet er lagt bort. Lag et nytt.')
}
