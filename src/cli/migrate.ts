import { readConfig } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { loadReference } from '../db/reference.ts'
import { onDatabase, runCommand } from './support/command.ts'

/** `npm run migrate`: brings the database of DATABASE_URL, or the embedded one in DATA_DIR, up to this code. */
async function main(): Promise<void> {
  const log = (line: string) => console.log(line)
  const work = async (ownerUrl: string) => {
    const { applied } = await migrate(ownerUrl, { log, afterMigrations: loadReference })
    log(applied.length === 0 ? 'The database was up to date' : `The database is up to date, ${applied.length} applied`)
  }
  await onDatabase(readConfig(process.env, 'migrating'), work, log)
}

await runCommand(main)
