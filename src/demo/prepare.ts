import type { Keyring } from '../access/keyring.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import type { Day } from '../domain/day.ts'
import { loadDemoCity } from './load.ts'

const SEED = 1

/**
 * Makes sure that the database holds the demo city of `asOf`: loads it when there is none, with progress said through `say`.
 * @throws {Error} when the database holds the city of another day: its people would stand at the wrong age and time
 */
export async function prepareDemoCity(
  ownerUrl: string,
  keyring: Keyring,
  asOf: Day,
  say: (line: string) => void,
): Promise<void> {
  const pool = openPool(ownerUrl, { max: 2 })
  const db = openDatabase(pool)
  try {
    const city = await db.selectFrom('demoCity').select('asOf').executeTakeFirst()
    if (city === undefined) {
      say(`Making the synthetic city of ${asOf}`)
      await loadDemoCity(db, keyring, { asOf, seed: SEED, size: 'oslo' }, (done, total, what) =>
        say(`  ${what}: ${done} of ${total}`),
      )
    } else if (city.asOf !== asOf) {
      throw new Error(
        `The database holds the demo city of ${city.asOf}, and DEMO_DATE asks for ${asOf}. Choose another DATA_DIR, or remove the old one.`,
      )
    }
  } finally {
    await pool.end()
  }
}
