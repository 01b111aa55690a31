import type pg from 'pg'
import { asActor } from '../db/actor.ts'
import { measureFlagsOnce } from '../db/flags.ts'
import { openDatabase } from '../db/pool.ts'
import type { Work } from './queue.ts'

/** Every minute it is asked whether today's flags are measured; the first instance to find that they are not measures them. */
export function flagWork(pool: pg.Pool, demoDate: string | undefined): Work {
  const db = openDatabase(pool)
  return {
    tasks: {
      measure_flags: async () => {
        await asActor(db, null, demoDate, (acting) => measureFlagsOnce(acting))
      },
    },
    sweeps: ['measure_flags'],
    concurrency: 1,
    close: async () => {},
  }
}
