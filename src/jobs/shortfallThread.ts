import { cityCache } from '../db/city.ts'
import { openDatabase } from '../db/pool.ts'
import { takeSnapshots } from '../db/shortfall.ts'
import { type JobConnection, openJobPool } from './connection.ts'

/** What the thread is given. */
export interface SnapshotTask {
  jobs: JobConnection
  demoDate: string | undefined
}

/** Takes the snapshots that are due, away from the event loop that answers requests; answers which days it has kept. */
export default async function shortfallThread({ jobs, demoDate }: SnapshotTask): Promise<string[]> {
  const db = openDatabase(openJobPool(jobs, 1))
  try {
    return await takeSnapshots(db, cityCache(), demoDate)
  } finally {
    await db.destroy()
  }
}
