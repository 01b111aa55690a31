import type pg from 'pg'
import { appendHeads, newestBatch, readHeads } from '../db/auditHeads.ts'
import {
  AUDIT_LOGS,
  type AuditLog,
  recordVerification,
  sealLog,
  sealsAfter,
  verificationDue,
  verifyLog,
} from '../db/auditSeals.ts'
import { openDatabase } from '../db/pool.ts'
import type { Say, Work } from './queue.ts'

/** A row is sealed at the latest this long after it was written, or when there are a thousand. */
const WAITED = '10 minutes'

/**
 * Every minute the logs of who saw whom and of security events are sealed as far as it is time, and the heads that this instance's
 * file lacks are written to it and said in the service's log; once a day the chains are checked. Each instance keeps a file.
 */
export function auditWork(pool: pg.Pool, headsFile: string, say: Say): Work {
  const db = openDatabase(pool)
  const written = new Map<AuditLog, number>()

  async function exportHeads(log: AuditLog): Promise<void> {
    const newest = written.get(log) ?? newestBatch(await readHeads(headsFile), log)
    const seals = await sealsAfter(db, log, newest)
    await appendHeads(headsFile, seals)
    for (const { batch, head } of seals) say(`audit head: ${log} ${batch} ${head}`)
    written.set(log, seals.at(-1)?.batch ?? newest)
  }

  return {
    tasks: {
      seal_audit: async () => {
        for (const log of AUDIT_LOGS) {
          await sealLog(db, log, WAITED)
          await exportHeads(log)
        }
      },
      verify_audit: async () => {
        for (const log of AUDIT_LOGS) {
          if (!(await verificationDue(db, log))) continue
          const verification = await verifyLog(db, log, await readHeads(headsFile))
          await recordVerification(db, verification)
          for (const fault of verification.faults) say(`audit fault: ${fault}`)
        }
      },
    },
    sweeps: ['seal_audit', 'verify_audit'],
    concurrency: 1,
    close: async () => {},
  }
}
