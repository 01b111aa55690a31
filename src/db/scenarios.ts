import { type Kysely, sql } from 'kysely'
import type { ScenarioChange } from '../domain/forecast/changes.ts'
import type { DB } from './types.generated.ts'

/** Versions of scenarios with what is said of their scenario, whatever version it is. */
export function scenarioVersions(db: Kysely<DB>) {
  return db
    .selectFrom('scenarioVersion as text')
    .innerJoin('scenario', 'scenario.id', 'text.scenarioId')
    .select([
      'scenario.id',
      'scenario.version as newest',
      'scenario.createdBy',
      'scenario.archivedAt',
      'text.version',
      'text.name',
      'text.note',
      'text.changes',
      'text.assumptions',
      'text.policies',
      'text.createdBy as writtenBy',
      'text.createdAt as writtenAt',
    ])
}

export type ScenarioRow = Awaited<ReturnType<ReturnType<typeof scenarioVersions>['executeTakeFirstOrThrow']>>

/** A version of a scenario, the newest when none is named. */
export function scenarioById(db: Kysely<DB>, id: string, version?: number): Promise<ScenarioRow | undefined> {
  return scenarioVersions(db)
    .where('scenario.id', '=', id)
    .where('text.version', '=', version ?? sql<number>`scenario.version`)
    .executeTakeFirst()
}

export const changesOf = ({ changes }: Pick<ScenarioRow, 'changes'>) => changes as unknown as ScenarioChange[]
