import { readConfig } from '../config.ts'
import { readHeads } from '../db/auditHeads.ts'
import { AUDIT_LOGS, verifyLog } from '../db/auditSeals.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import { onDatabase, runCommand } from './support/command.ts'

/**
 * `npm run audit:verify [-- FILE]`: reckons the chain of every sealed log again, against the heads that were exported to
 * AUDIT_HEADS_FILE or to FILE. Ends with 1 when a row was changed, taken away or put in.
 */
async function main([file]: string[]): Promise<void> {
  const config = readConfig(process.env, 'migrating')
  await onDatabase(config, async (ownerUrl) => {
    const pool = openPool(ownerUrl, { max: 1, statementMs: 600_000 })
    try {
      const heads = await readHeads(file ?? config.auditHeadsFile)
      for (const log of AUDIT_LOGS) {
        const { batches, rows, unsealed, faults } = await verifyLog(openDatabase(pool), log, heads)
        console.log(`${log}: ${batches} batches, ${rows} rows sealed, ${unsealed} not sealed yet`)
        for (const fault of faults) console.error(fault)
        if (faults.length > 0) process.exitCode = 1
      }
      if (heads.length === 0) console.log('No exported heads were found: only the chain itself is checked.')
      if (process.exitCode !== 1) console.log('Nothing was changed, taken away or put in.')
    } finally {
      await pool.end()
    }
  })
}

await runCommand(main)
