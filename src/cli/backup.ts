import { statSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { writeBackup } from '../db/backup/backup.ts'
import { levelOf } from '../db/backup/manifest.ts'
import { onDatabase, runCommand } from './support/command.ts'

/**
 * `npm run backup -- FILE`: all rows of the database of DATABASE_URL, or of the embedded one in DATA_DIR, as they are at one moment,
 * also while the service runs on it. docs/operations.md says what belongs beside the file.
 */
async function main([file]: string[]): Promise<void> {
  if (file === undefined) throw new Error('Use: npm run backup -- FILE')
  const manifest = await onDatabase(readConfig(process.env, 'migrating'), (ownerUrl) => writeBackup(ownerUrl, file))
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(
    `${file}: ${rows} rows of ${manifest.tables.length} tables at ${levelOf(manifest)}, ${statSync(file).size} bytes`,
  )
  console.log('It is not encrypted. Keep it where only those may read it who may read everything in it.')
  if (manifest.identityKeys.length > 0) {
    console.log(
      `Names and personal numbers in it are sealed with ${manifest.identityKeys.join(', ')}, which is not in it. ` +
        'Without that key nobody can read them: keep it too, somewhere else.',
    )
  }
}

await runCommand(main)
