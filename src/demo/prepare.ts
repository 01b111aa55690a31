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
      say(
        `Making the synthetic city of ${asOf}: 16,000 places and ten years of stays and needs, once, in under a minute or so`,
      )
      await loadDemoCity(db, keyring, { asOf, seed: SEED, size: 'oslo' }, everyTenth(say))
    } else if (city.asOf !== asOf) {
      throw new Error(
        `The database holds the demo city of ${city.asOf}, and DEMO_DATE asks for ${asOf}. Choose another DATA_DIR, or remove the old one.`,
      )
    }
  } finally {
    await pool.end()
  }
}

/** Says how far the loading is at every tenth of it. */
function everyTenth(say: (line: string) => void): (done: number, total: number) => void {
  let said = 0
  return (done, total) => {
    const tenths = Math.floor((10 * done) / total)
    if (tenths > said) say(`  ${tenths * 10} %`)
    said = Math.max(said, tenths)
  }
}
