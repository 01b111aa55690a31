import { newKey, openKeyring } from '../access/keyring.ts'
import { readConfig } from '../config.ts'
import { resealIdentities } from '../db/keyRotation.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import { runCommand } from './support/command.ts'

/**
 * `npm run -s key [-- ID]`: the keys that the configuration needs beside DATABASE_URL, made here and kept nowhere; with an id, one new
 * identity key. `npm run key -- rotate`: seals every identity with IDENTITY_KEY that one of IDENTITY_KEYS_READABLE sealed; it can be
 * stopped and run again, also while the program serves. docs/privacy.md says the order.
 */
async function main([command]: string[]): Promise<void> {
  if (command === 'rotate') return rotate()
  if (command === undefined) {
    console.log(`IDENTITY_KEY=${newKey('k1')}\nFINGERPRINT_KEY=${newKey('f1')}`)
    return
  }
  if (!/^[a-z0-9]{1,16}$/.test(command)) throw new Error('Use: npm run -s key [-- ID], or npm run key -- rotate')
  console.log(`IDENTITY_KEY=${newKey(command)}`)
}

async function rotate(): Promise<void> {
  const { databaseUrl, identityKey, fingerprintKey, readableKeys } = readConfig(process.env)
  if (databaseUrl === undefined || identityKey === undefined || fingerprintKey === undefined) {
    throw new Error('Keys are rotated in the database of DATABASE_URL; a try-out keeps the ones it made.')
  }
  const keyring = openKeyring(identityKey, fingerprintKey, readableKeys)
  const pool = openPool(databaseUrl, { max: 1 })
  try {
    const done = await resealIdentities(openDatabase(pool), keyring, (sealed) => console.log(`${sealed} sealed anew`))
    console.log(`Every identity is sealed with ${keyring.keyId}; ${done} were sealed anew.`)
  } finally {
    await pool.end()
  }
}

await runCommand(main)
