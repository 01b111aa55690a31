import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { FORMS, LADDER_VERSION } from '../domain/ladder.ts'
import { DECISION_POLICY } from '../reference/decisionPolicy.ts'
import { DISTRIBUTION_POLICY } from '../reference/distributionPolicy.ts'
import { DISTRICTS } from '../reference/districts.ts'
import { ELIGIBILITY_RULES } from '../reference/eligibilityRules.ts'
import { EXPANSION_POLICY } from '../reference/expansionPolicy.ts'
import { FORECAST_POLICY } from '../reference/forecastPolicy.ts'
import { LEGAL_TRACKS } from '../reference/legalTracks.ts'
import {
  ASSESSMENT_POLICY,
  LEASE_POLICY,
  OBJECTIVE_POLICY,
  PLACEMENT_POLICY,
  URGENCY_POLICY,
  WAITING_POLICY,
} from '../reference/policies.ts'
import { READINESS_ITEMS } from '../reference/readiness.ts'
import { REASON_CODES, REASON_CODES_VERSION } from '../reference/reasonCodes.ts'
import { RETURN_POLICY } from '../reference/returnPlans.ts'
import { RETURN_SCHEDULE_POLICY } from '../reference/returnSchedulePolicy.ts'
import { RULES } from '../reference/rules.ts'
import { SERIES, scaleOf } from '../reference/series.ts'
import { parseSource } from '../reference/sources.ts'
import { readStatistics, STATISTICS_FILES } from '../reference/statistics.ts'
import { asJson } from './json.ts'
import type { DB } from './types.generated.ts'

const DATA = join(import.meta.dirname, '../reference/data')
const AUTHOR = 'Boligtrapp'
const VALID_FROM = '2026-01-01' as Day

/**
 * Writes the reference data that the code carries into the database, as its owner: after every migration, again and again
 * without effect. Rules, policies and figures are versions: one that is there is never overwritten.
 */
export async function loadReference(db: Kysely<DB>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('boligtrapp.reference', 0))`.execute(trx)
    await loadDistricts(trx)
    await loadForms(trx)
    await loadReasons(trx)
    await loadRules(trx)
    await loadPolicies(trx)
    await loadStatistics(trx)
  })
}

async function loadDistricts(db: Kysely<DB>): Promise<void> {
  await db
    .insertInto('districtCode')
    .values(DISTRICTS.map(({ code }) => ({ code })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const { code, name, validFrom, validTo, source } of DISTRICTS) {
    await sql`insert into district (code, name, valid, source)
      select ${code}, ${name}, daterange(${validFrom}::date, ${validTo}::date), ${source}
      where not exists (select from district where code = ${code})`.execute(db)
  }
}

async function loadForms(db: Kysely<DB>): Promise<void> {
  for (const [position, { id, step, name, isPlace, source, ...facts }] of FORMS.entries()) {
    await db
      .insertInto('housingForm')
      .values({ id, version: LADDER_VERSION, step, position, name, isPlace, source, facts: asJson(facts) })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ version: LADDER_VERSION, step, position, name, isPlace, source, facts: asJson(facts) }),
      )
      .execute()
  }
}

async function loadReasons(db: Kysely<DB>): Promise<void> {
  for (const { consequence, ...reason } of REASON_CODES) {
    const values = { ...reason, version: REASON_CODES_VERSION, consequence: asJson(consequence) }
    await db
      .insertInto('reasonCode')
      .values(values)
      .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(values))
      .execute()
  }
}

interface RuleRow {
  ruleId: string
  version: number
  kind: 'domain' | 'eligibility' | 'readiness' | 'legal'
  title: string
  sentence: string
  parameters: unknown
  source: string
  checked: boolean
}

/** What was found on public pages, remembered or chosen by us stays «ikke kontrollert» until an administrator confirms it. */
function restsOnDocuments(source: string): boolean {
  return parseSource(source).every(({ certainty }) => certainty === 'document')
}

function ruleRows(): RuleRow[] {
  return [
    ...RULES.map(
      ({ id, version, title, sentence, source, parameters }): RuleRow => ({
        ruleId: id,
        version,
        kind: 'domain',
        title,
        sentence,
        source,
        parameters,
        checked: restsOnDocuments(source),
      }),
    ),
    ...ELIGIBILITY_RULES.map(
      ({ id, version, title, sentence, source, relaxable }): RuleRow => ({
        ruleId: id,
        version,
        kind: 'eligibility',
        title,
        sentence,
        source,
        parameters: { relaxable },
        checked: restsOnDocuments(source),
      }),
    ),
    ...READINESS_ITEMS.map(
      ({ id, version, title, why, source, ...parameters }): RuleRow => ({
        ruleId: `readiness.${id}`,
        version,
        kind: 'readiness',
        title,
        sentence: why,
        source,
        parameters,
        checked: restsOnDocuments(source),
      }),
    ),
    ...LEGAL_TRACKS.map(
      ({ id, version, title, content, source, status, ...parameters }): RuleRow => ({
        ruleId: `legal.${id}`,
        version,
        kind: 'legal',
        title,
        sentence: content,
        source,
        parameters,
        checked: status !== 'not_checked',
      }),
    ),
  ]
}

async function loadRules(db: Kysely<DB>): Promise<void> {
  await db
    .insertInto('ruleVersion')
    .values(
      ruleRows().map((row) => ({
        ...row,
        parameters: asJson(row.parameters),
        validFrom: VALID_FROM,
        author: AUTHOR,
        reason: 'Første utgave',
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function loadPolicies(db: Kysely<DB>): Promise<void> {
  const { municipal, private: privateLease, ...lease } = LEASE_POLICY
  const policies = [
    { policyId: 'urgency', ...URGENCY_POLICY },
    { policyId: 'assessment', ...ASSESSMENT_POLICY },
    { policyId: 'waiting', ...WAITING_POLICY },
    { policyId: 'decision', ...DECISION_POLICY },
    { policyId: 'distribution', ...DISTRIBUTION_POLICY },
    { policyId: 'matching_objective', ...OBJECTIVE_POLICY },
    { policyId: 'placement', ...PLACEMENT_POLICY },
    { policyId: 'return_home', ...RETURN_POLICY },
    { policyId: 'return_schedule', ...RETURN_SCHEDULE_POLICY },
    { policyId: 'forecast', ...FORECAST_POLICY },
    { policyId: 'expansion', ...EXPANSION_POLICY },
    { policyId: 'lease', ...lease, source: `${municipal.source}; ${privateLease.source}`, municipal, privateLease },
  ]
  await db
    .insertInto('policyVersion')
    .values(
      policies.map(({ policyId, version, title, source, ...parameters }) => ({
        policyId,
        version,
        title,
        source,
        parameters: asJson(parameters),
        validFrom: VALID_FROM,
        author: AUTHOR,
        reason: 'Første utgave',
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function loadStatistics(db: Kysely<DB>): Promise<void> {
  await db
    .insertInto('statisticSeries')
    .values(
      SERIES.map(({ id, title, unit, subject, measure, source }, position) => ({
        id,
        position,
        title,
        unit,
        subject,
        measure,
        scale: scaleOf({ id, title, unit, subject, measure, source, year: null }),
        source,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const file of STATISTICS_FILES) {
    const rows = readStatistics(file, await readFile(join(DATA, file), 'utf8'))
    await db
      .insertInto('statisticValue')
      .values(
        rows.map(({ series, scale: _scale, provenance, ...row }) => ({
          ...row,
          seriesId: series,
          provenance: asJson(provenance),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
