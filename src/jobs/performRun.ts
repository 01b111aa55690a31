import type { Kysely } from 'kysely'
import { asActor } from '../db/actor.ts'
import type { ReadCity } from '../db/city.ts'
import type { Taken } from '../db/longJobs.ts'
import { readSnapshot, saveRun } from '../db/matchingRun.ts'
import { packSnapshot } from '../db/packedSnapshot.ts'
import type { DB } from '../db/types.generated.ts'
import { computeRun, type RunSummary } from '../domain/matching/run.ts'
import { mipSolver } from './highs.ts'

/** Which run, over which districts' needs: none named means the whole city. */
export interface AskedRun {
  taken: Taken
  districts: readonly string[]
  demoDate: string | undefined
}

export interface Performed {
  /** False when the run was cancelled, failed or given to another worker meanwhile: then nothing of it is stored. */
  saved: boolean
  /** How long each phase took; `store` packs the snapshot and writes everything down. */
  milliseconds: RunSummary['milliseconds'] & { load: number; store: number }
}

/** How long what the first search does not prove is searched for, at the most: the demo's city takes three to eight on a busy machine. */
export const SEARCH_SECONDS = 10

/**
 * A run from database to stored, explained result: load, decide, save. The decision takes a second of pure computing for the
 * whole city, so it is done where nobody waits for the event loop. Progress is said as a share and a stage.
 * @throws {Error} when the result does not pass its checkers: then nothing is stored
 */
export async function performRun(
  db: Kysely<DB>,
  readCity: ReadCity,
  { taken, districts, demoDate }: AskedRun,
  progress: (share: number, stage: string) => void = () => {},
): Promise<Performed> {
  const begun = performance.now()
  const solving = mipSolver()
  const snapshot = await asActor(db, null, demoDate, (acting) => readSnapshot(acting, readCity, districts), 'reading')
  const loaded = performance.now()
  const clock = () => performance.now()
  const means = { solve: await solving, seconds: SEARCH_SECONDS, clock }
  const result = computeRun(snapshot, clock, progress, districts.length === 0, means)
  const computed = performance.now()
  progress(0.95, 'storing')
  const saved = await saveRun(db, taken, snapshot, packSnapshot(snapshot), result)
  return {
    saved,
    milliseconds: {
      ...result.summary.milliseconds,
      load: loaded - begun,
      store: performance.now() - computed,
    },
  }
}
