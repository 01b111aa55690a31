import { type Kysely, sql } from 'kysely'
import { dayInOslo } from '../domain/day.ts'
import { flagChanges, type Measurement } from '../domain/flags.ts'
import { type FlagRuleId, flagRuleById } from '../reference/flagRules.ts'
import type { Acting } from './actor.ts'
import { measureFlags } from './flagMeasures.ts'
import { newestRun } from './matchingRun.ts'
import type { DB, Json } from './types.generated.ts'

/** What a measuring of all flags changed. */
export interface Flagged {
  raised: number
  reopened: number
  closed: number
  standing: number
}

/**
 * Measures and keeps the flags of today, once a day however many instances there are, and again when a run over the city has been
 * completed since; undefined when it is done already. After downtime the first to come does it: a flag says what is so today.
 */
export async function measureFlagsOnce(acting: Acting, always = false): Promise<Flagged | undefined> {
  const { trx, today } = acting
  await sql`select pg_advisory_xact_lock(hashtextextended('boligtrapp.flags', 0))`.execute(trx)
  const run = await newestRun(trx, 'city')
  const last = await trx.selectFrom('flagMeasurement').select(['measuredOn', 'runId']).executeTakeFirst()
  if (!always && last?.measuredOn === today && last.runId === (run ?? null)) return undefined
  const flagged = await keepFlags(acting, await measureFlags(acting))
  await sql`insert into flag_measurement (measured_on, run_id) values (${today}::date, ${run ?? null}::uuid)
    on conflict (only_row) do update set measured_on = excluded.measured_on, run_id = excluded.run_id`.execute(trx)
  return flagged
}

async function keepFlags({ trx, now, today }: Acting, measurements: readonly Measurement[]): Promise<Flagged> {
  const rows = await trx
    .selectFrom('flag')
    .select(['id', 'ruleId', 'district', 'subject', 'closedAt', 'resolvedAt'])
    .orderBy('id')
    .forUpdate()
    .execute()
  const { raise, reopen, keep, close } = flagChanges(
    rows.map(({ ruleId, closedAt, resolvedAt, ...row }) => ({
      ...row,
      ruleId: ruleId as FlagRuleId,
      closed: closedAt !== null,
      resolvedOn: resolvedAt === null ? null : dayInOslo(new Date(resolvedAt)),
    })),
    measurements,
    today,
  )
  for (const measurement of raise) {
    const { id } = await trx
      .insertInto('flag')
      .values({
        ...valuesOf(measurement, now),
        district: measurement.district,
        subject: measurement.subject,
        ruleId: measurement.ruleId,
        openedAt: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tell(trx, id, 'opened', measurement.measured, now)
  }
  for (const { id, measurement } of reopen) {
    await trx
      .updateTable('flag')
      .set({
        ...valuesOf(measurement, now),
        openedAt: now,
        closedAt: null,
        resolvedAt: null,
        assignedAt: null,
        assignedTo: null,
        acknowledgedAt: null,
      })
      .where('id', '=', id)
      .execute()
    await tell(trx, id, 'reopened', measurement.measured, now)
  }
  for (const { id, measurement } of keep) {
    await trx.updateTable('flag').set(valuesOf(measurement, now)).where('id', '=', id).execute()
  }
  for (const { id, measured } of close) {
    await trx.updateTable('flag').set({ measured, measuredAt: now, closedAt: now }).where('id', '=', id).execute()
    await tell(trx, id, 'closed', measured, now)
  }
  return { raised: raise.length, reopened: reopen.length, closed: close.length, standing: keep.length }
}

function valuesOf({ ruleId, measured, against, since, basis }: Measurement, now: string) {
  const rule = flagRuleById(ruleId)
  return {
    ruleVersion: rule.version,
    basis,
    measured,
    threshold: rule.opensAt,
    against: sql<Json>`${JSON.stringify(against)}::jsonb`,
    source: rule.source,
    since,
    measuredAt: now,
  }
}

async function tell(
  db: Kysely<DB>,
  flagId: string,
  kind: 'opened' | 'reopened' | 'closed',
  measured: number,
  at: string,
): Promise<void> {
  await db.insertInto('flagEvent').values({ flagId, kind, measured, at }).execute()
}
