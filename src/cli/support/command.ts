import { startEmbedded } from '../../db/embedded.ts'

/** Runs a command to its end; what goes wrong is said in a sentence, and the process then ends with 1. */
export async function runCommand(main: (words: string[]) => Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

/**
 * Works on the database of DATABASE_URL, or on the embedded one in DATA_DIR, which is started for it and stopped after it.
 * @param work is given the owner's address
 * @param log what the embedded one says while it starts
 */
export async function onDatabase<T>(
  { databaseUrl, dataDir }: { databaseUrl?: string | undefined; dataDir: string },
  work: (ownerUrl: string) => Promise<T>,
  log: (line: string) => void = () => {},
): Promise<T> {
  if (databaseUrl !== undefined) return work(databaseUrl)
  const embedded = await startEmbedded({ dataDir, log })
  try {
    return await work(embedded.ownerUrl)
  } finally {
    await embedded.stop()
  }
}
