import type pg from 'pg'
import { asActor } from '../db/actor.ts'
import { openDatabase } from '../db/pool.ts'
import { publishTables } from '../db/publicTables.ts'
import type { Work } from './queue.ts'

/** Every minute it is asked whether a month that is over lacks its tables; the first instance to come publishes them. */
export function publicTableWork(pool: pg.Pool, demoDate: string | undefined): Work {
  const db = openDatabase(pool)
  return {
    tasks: {
      publish_tables: async () => {
        await asActor(db, null, demoDate, publishTables)
      },
    },
    sweeps: ['publish_tables'],
    concurrency: 1,
    close: async () => {},
  }
}
