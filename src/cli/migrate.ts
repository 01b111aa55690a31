import { readConfig } from '../config.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { loadReference } from '../db/reference.ts'

/** `npm run migrate`: brings the database of DATABASE_URL, or the embedded one in DATA_DIR, up to this code. */
async function main(): Promise<void> {
  const config = readConfig(process.env, 'migrating')
  const log = (line: string) => console.log(line)
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir, log }) : undefined
  try {
    const ownerUrl = config.databaseUrl ?? embedded?.ownerUrl ?? ''
    const { applied } = await migrate(ownerUrl, { log, afterMigrations: loadReference })
    log(applied.length === 0 ? 'The database was up to date' : `The database is up to date, ${applied.length} applied`)
  } finally {
    await embedded?.stop()
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
