import { openKeyring } from '../../src/access/keyring.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { loadDemoCity } from '../../src/demo/load.ts'
import type { Day } from '../../src/domain/day.ts'
import { TODAY } from './app.ts'

/** The keys of the tests' cities: the templates are sealed with them, and every copy is opened with them. */
export const keyring = openKeyring(
  `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  `f1:${Buffer.alloc(32, 2).toString('base64')}`,
)

function city(size: 'small' | 'oslo') {
  return async (ownerUrl: string): Promise<void> => {
    const pool = openPool(ownerUrl, { max: 2 })
    await loadDemoCity(openDatabase(pool), keyring, { asOf: TODAY as Day, seed: 1, size })
    await pool.end()
  }
}

/** A database with a synthetic city of some hundred places. */
export const SMALL_CITY = { template: 'smallcity', prepare: city('small') }

/** The city of `npm start`, person for person. It takes half a minute to make. */
export const WHOLE_CITY = { template: 'oslocity', prepare: city('oslo') }
