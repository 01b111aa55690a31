import { Piscina } from 'piscina'
import type { ChangeFeed } from '../db/changes.ts'
import type { CityPreview } from '../domain/matching/livingCity.ts'
import type { JobConnection } from './connection.ts'
import type { LivingTask } from './livingCityThread.ts'

/** What a need's part of the best set of moves hangs on, beside the city's own version. */
const TABLES = ['need', 'household', 'household_child', 'resident', 'never_together', 'stay', 'need_hold', 'offer']

/**
 * The best set of moves of the whole city, in a thread of its own: solved when it is first asked for, under the jobs' own role,
 * and repaired when it is asked for after something changed. Nobody who asks waits for more than one reading of the city.
 */
export function keepLivingCity(
  jobs: JobConnection,
  demoDate: string | undefined,
  changes: Pick<ChangeFeed, 'subscribe'> | undefined,
): { previewOf(pseudonym: string): Promise<CityPreview | undefined>; close(): Promise<void> } {
  const threads = new Piscina<LivingTask, CityPreview | null>({
    filename: new URL('./livingCityThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    // what it keeps would be gone with it
    idleTimeout: Number.POSITIVE_INFINITY,
  })
  let changed = true
  const end = changes?.subscribe((change) => {
    if (change === null || TABLES.includes(change.table)) changed = true
  })
  return {
    async previewOf(pseudonym) {
      const task = { jobs, demoDate, pseudonym, needsChanged: changed || changes === undefined }
      changed = false
      try {
        return (await threads.run(task)) ?? undefined
      } catch (error) {
        changed = true
        throw error
      }
    },
    async close() {
      end?.()
      await threads.destroy()
    },
  }
}
