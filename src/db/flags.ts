import { type Kysely, sql } from 'kysely'
import { type Day, dayInOslo } from '../domain/day.ts'
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
    .select([
      'id',
      'ruleId',
      'district',
      'subject',
      'closedAt',
      'resolvedAt',
      'belowSince',
      'since',
      'sinceFrom',
      'measured',
    ])
    .orderBy('id')
    .forUpdate()
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const { raise, reopen, keep, quiet, close } = flagChanges(
    rows.map(({ id, district, subject, ruleId, closedAt, resolvedAt, belowSince }) => ({
      id,
      district,
      subject,
      belowSince,
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
        ...sinceOf(measurement, { since: today, sinceFrom: 'raised' }),
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
    // what was answered and is still so has been so all the time
    const stood = byId.get(id)
    const from = stood === undefined || stood.closedAt !== null ? { since: today, sinceFrom: 'raised' } : stood
    await trx
      .updateTable('flag')
      .set({
        ...valuesOf(measurement, now),
        ...sinceOf(measurement, from),
        openedAt: now,
        belowSince: null,
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
    const stood = byId.get(id)
    await trx
      .updateTable('flag')
      .set({
        ...valuesOf(measurement, now),
        ...(stood === undefined ? {} : sinceOf(measurement, stood)),
        belowSince: null,
      })
      .where('id', '=', id)
      .execute()
  }
  for (const { id, measurement, belowSince } of quiet) {
    await trx
      .updateTable('flag')
      .set({ ...belowOf(measurement, now), belowSince })
      .where('id', '=', id)
      .execute()
  }
  for (const { id, measurement } of close) {
    await trx
      .updateTable('flag')
      .set({ ...belowOf(measurement, now), closedAt: now })
      .where('id', '=', id)
      .execute()
    await tell(trx, id, 'closed', measurement?.measured ?? 0, now)
  }
  return {
    raised: raise.length,
    reopened: reopen.length,
    closed: close.length,
    standing: keep.length + quiet.length,
  }
}

/** A cause that is not measured any more is at zero, with nothing behind it. */
function belowOf(measurement: Measurement | undefined, now: string) {
  if (measurement !== undefined) return valuesOf(measurement, now)
  return { measured: 0, behind: 0, addition: null, against: sql<Json>`'[]'::jsonb`, measuredAt: now }
}

/** The earliest day that is known of this time that it stands: what history tells, or the day it was raised. */
function sinceOf({ since }: Measurement, stood: { since: Day; sinceFrom: string }) {
  const { since: from, sinceFrom } = stood
  return since !== null && since <= from ? { since, sinceFrom: 'history' } : { since: from, sinceFrom }
}

function valuesOf(measurement: Measurement, now: string) {
  const { ruleId, measured, against, basis, behind, run, period, addition } = measurement
  const rule = flagRuleById(ruleId)
  return {
    ruleVersion: rule.version,
    basis,
    measured,
    threshold: rule.opensAt,
    against: sql<Json>`${JSON.stringify(against)}::jsonb`,
    source: rule.source,
    behind: behind ?? measured,
    runId: run?.id ?? null,
    shortages: run === undefined || run.shortages === null ? null : [...run.shortages],
    period: period ?? null,
    addition: addition ?? null,
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
