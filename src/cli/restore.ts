import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { levelOf } from '../db/backup/manifest.ts'
import { restoreBackup } from '../db/backup/restore.ts'
import { onDatabase, runCommand } from './support/command.ts'

/**
 * `npm run restore -- FILE`: puts a backup into the empty database of DATABASE_URL, or into an embedded one that is made in an empty
 * DATA_DIR. Nothing is ever written over.
 */
async function main([file]: string[]): Promise<void> {
  if (file === undefined) throw new Error('Use: npm run restore -- FILE')
  const config = readConfig(process.env, 'migrating')
  const manifest = await onDatabase(config, (ownerUrl) => restoreBackup(ownerUrl, file))
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(
    `${rows} rows of ${manifest.tables.length} tables of ${manifest.madeAt} are back, each table as it was written.`,
  )
  console.log(`The schema is at ${levelOf(manifest)}; the next start brings it up to this program.`)
  if (manifest.identityKeys.length > 0) {
    const where =
      config.databaseUrl === undefined ? join(config.dataDir, 'keys.json') : 'IDENTITY_KEY and FINGERPRINT_KEY'
    console.log(
      `Before that, give it the keys that belong to it in ${where}: identities are sealed with ${manifest.identityKeys.join(', ')}.`,
    )
  }
  console.log('Then check the sealed logs against the exported heads: npm run audit:verify')
}

await runCommand(main)
