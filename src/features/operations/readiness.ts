import { sql } from 'kysely'
import type { Readiness } from '../../http/metrics.ts'
import type { Deps } from '../../http/types.ts'

/** The oldest job that is due has waited longer than this when nobody seems to work on the queue, in seconds. */
export const LATE_SECONDS = 300

/** Why an instance is not to be sent requests, in words; null: it is. What waits in the queue is no reason: pages are served all the same. */
export function whyNotReady({ stopping, database, level }: Readiness): string | null {
  if (stopping) return 'Tjenesten stopper. Den gjør ferdig det den har begynt på, og tar ikke imot mer.'
  if (!database) return 'Databasen svarer ikke.'
  if (level.database === level.program) return null
  const at = `Databasen er på ${level.database ?? 'en versjon som ikke er kjent'}, programmet på ${level.program}.`
  return (level.database ?? '') > level.program
    ? `${at} Databasen er nyere: start den versjonen av programmet som hører til.`
    : `${at} Databasen er eldre: start programmet på nytt, så oppdateres den.`
}

/**
 * How this instance stands: its database, the level of both, and whether it was told to stop.
 * @param program the newest step that this program came with
 */
export async function readReadiness({ db, stopping }: Deps, program: string): Promise<Readiness> {
  const level = await levelOf(db)
  return {
    stopping: stopping?.begun ?? false,
    database: level !== undefined,
    level: { database: level ?? null, program },
  }
}

/** A database from before the steps could be asked for. */
const UNDEFINED_FUNCTION = '42883'

/** The newest step that the database has been through, null where it cannot say; undefined when it does not answer. */
async function levelOf(db: Deps['db']): Promise<string | null | undefined> {
  try {
    const { rows } = await sql<{ level: string | null }>`select schema_level() as level from city_version`.execute(db)
    return rows[0]?.level ?? null
  } catch (error) {
    return (error as { code?: unknown }).code === UNDEFINED_FUNCTION ? null : undefined
  }
}

/** How long the oldest job of all that are due has waited, in seconds; null when nobody can say. */
export async function readLag({ queue }: Deps): Promise<number | null> {
  if (queue?.standing === undefined) return null
  try {
    return Math.max(0, ...(await queue.standing()).map(({ lagSeconds }) => lagSeconds))
  } catch {
    return null
  }
}
