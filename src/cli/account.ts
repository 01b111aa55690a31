import type { Kysely } from 'kysely'
import { readConfig } from '../config.ts'
import { disableAccount, enableAccount, readAccounts, signOutAccount } from '../db/accounts.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import type { DB } from '../db/types.generated.ts'
import { onDatabase, runCommand } from './support/command.ts'

const USE = 'Use: npm run account -- list | disable NAME | enable NAME | sign-out NAME'

type Change = { change: (db: Kysely<DB>, name: string) => Promise<number | undefined>; said: string }
const CHANGES: Record<string, Change> = {
  disable: { change: disableAccount, said: 'is shut out' },
  enable: { change: enableAccount, said: 'may sign in again' },
  'sign-out': { change: signOutAccount, said: 'is signed out' },
}

/**
 * `npm run account -- list | disable NAME | enable NAME | sign-out NAME`: shuts somebody out at once where the identity provider is
 * slow or gone, lets her in again, or ends her sessions. It works on the database of DATABASE_URL, also while the service runs.
 */
async function main([command = '', name]: string[]): Promise<void> {
  const { change, said } = CHANGES[command] ?? {}
  if (command !== 'list' && (change === undefined || name === undefined)) throw new Error(USE)
  await onDatabase(readConfig(process.env, 'migrating'), async (ownerUrl) => {
    const pool = openPool(ownerUrl, { max: 1 })
    const db = openDatabase(pool)
    try {
      if (change === undefined || name === undefined) return await list(db)
      const ended = await change(db, name)
      if (ended === undefined) throw new Error(`There is no account ${name}. npm run account -- list names them.`)
      console.log(`${name} ${said}; ${ended} sessions were ended.`)
    } finally {
      await pool.end()
    }
  })
}

async function list(db: Kysely<DB>): Promise<void> {
  for (const { username, name, role, districts, disabledAt, sessions, lastSeenAt } of await readAccounts(db)) {
    const standing = disabledAt === null ? `${sessions} sessions` : `shut out since ${disabledAt}`
    const seen = lastSeenAt === null ? '' : `, last seen ${lastSeenAt}`
    console.log(`${username}\t${name}\t${[role, ...districts].join(' ')}\t${standing}${seen}`)
  }
}

await runCommand(main)
