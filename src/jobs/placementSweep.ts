import type pg from 'pg'
import { asActor } from '../db/actor.ts'
import { endUnansweredGlasses, sweepPlacement } from '../db/placementSweep.ts'
import { openDatabase } from '../db/pool.ts'
import type { Work } from './queue.ts'

/** Every minute: what has run out is ended, and whoever must be is reminded. On the jobs' own connection, as nobody. */
export function placementWork(pool: pg.Pool, demoDate: string | undefined): Work {
  const db = openDatabase(pool)
  return {
    tasks: {
      sweep_placement: async () => {
        await asActor(db, null, demoDate, sweepPlacement)
        await asActor(db, null, demoDate, endUnansweredGlasses)
      },
    },
    sweeps: ['sweep_placement'],
    concurrency: 1,
    close: async () => {},
  }
}
