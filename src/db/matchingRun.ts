import { type Kysely, sql } from 'kysely'
import { dayInOslo } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { Prices } from '../domain/matching/price.ts'
import type { RunResult } from '../domain/matching/run.ts'
import { type RunNeed, type Snapshot, snapshotOf, snapshotUnder } from '../domain/matching/snapshot.ts'
import type { Requirements } from '../domain/need.ts'
import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'
import type { ReadCity } from './city.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import { matchingPolicyInForce } from './matchingPolicy.ts'
import { windowOf } from './needs.ts'
import { readRunLimits } from './runLimits.ts'
import type { DB } from './types.generated.ts'

/** How long a run can be computed again from its snapshot; pseudonymous, and still about people. */
const SNAPSHOT_DAYS = 90

/** The pseudonymised features of every registered need, or of some districts' only; read under the jobs' own role. */
async function runNeeds({ trx, today }: Acting, districts: readonly string[]): Promise<RunNeed[]> {
  const rows = await trx
    .selectFrom('matchingNeed')
    .selectAll()
    .$if(districts.length > 0, (query) => query.where('holdingDistrict', 'in', [...districts]))
    .execute()
  return rows.map(
    (row): RunNeed => ({
      pseudonym: given(row.pseudonym),
      apartFrom: given(row.apartFrom),
      shielded: given(row.shielded),
      holdingDistrict: given(row.holdingDistrict),
      registeredAt: given(row.registeredAt),
      situation: {
        grounds: given(row.urgencyGrounds),
        origin: row.origin,
        situationSince: row.situationSince,
        mustLeaveBy: row.mustLeaveBy,
        readyToMoveOnSince: row.readyToMoveOnSince,
        childrenLiving: given(row.childrenLiving),
        registeredOn: dayInOslo(new Date(given(row.registeredAt))),
      },
      requirements: {
        forms: given(row.forms) as HousingForm[],
        requiredFeatures: given(row.requiredFeatures),
        wantedFeatures: given(row.wantedFeatures),
        district: row.responsibleDistrict ?? given(row.holdingDistrict),
        excludedDistricts: given(row.excludedDistricts),
        wantedDistricts: given(row.wantedDistricts),
        excludedFacilities: given(row.excludedFacilities),
        facilitiesToAvoid: given(row.facilitiesToAvoid),
        ownPlaces: given(row.ownPlaces),
        ownHolds: given(row.ownHolds),
        adults: given(row.adults),
        childrenLiving: given(row.childrenLiving),
        childrenVisiting: given(row.childrenVisiting),
        age: row.age,
        gender: given(row.gender) as Requirements['gender'],
        pets: row.pets,
        substanceStance: given(row.substanceStance) as Requirements['substanceStance'],
        behaviour: row.behaviour,
        security: row.security,
        window: windowOf({ from: row.neededFrom, to: row.neededTo }, today),
      },
    }),
  )
}

/** A view's columns are nullable to the database; these never are, by the tables behind it. */
function given<T>(value: T | null): T {
  if (value === null) throw new Error('a registered need lacks what the database requires of it')
  return value
}

/**
 * Everything that a run is computed from, as of the transaction: a reading one, so that city, needs and the policy in force are
 * of one moment.
 */
export async function readSnapshot(
  acting: Acting,
  readCity: ReadCity,
  districts: readonly string[],
): Promise<Snapshot> {
  const registered = await readRegistered(acting, readCity, districts)
  const { version, policy } = await matchingPolicyInForce(acting)
  return version === OBJECTIVE_POLICY.version ? registered : snapshotUnder(registered, version, policy)
}

/** The same with the needs as they are registered, under the first version of the policy: for a trial of others. */
export async function readRegistered(
  acting: Acting,
  readCity: ReadCity,
  districts: readonly string[],
): Promise<Snapshot> {
  const city = await readCity(acting)
  const policy = {
    objective: OBJECTIVE_POLICY.version,
    urgency: URGENCY_POLICY.version,
    chainMovesMax: OBJECTIVE_POLICY.parameters.chainMovesMax,
  }
  return snapshotOf(city, await runNeeds(acting, districts), policy, await readRunLimits(acting))
}

/** A run over the city as work that takes its time, with what its user reads when it does not complete. */
export const MATCHING_JOB = {
  table: 'matching_run',
  one: 'kjøringen',
  plural: 'kjøringer',
  cancelled: 'Kjøringen ble avbrutt.',
  failed: 'Kjøringen feilet. Den er registrert, prøv igjen.',
  stopped: 'Kjøringen ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** The newest completed run that the reader may see, of any kind or over the city; undefined before the first. */
export async function newestRun(db: Kysely<DB>, kind?: 'city'): Promise<string | undefined> {
  const run = await db
    .selectFrom('matchingRun')
    .select('id')
    .where('status', '=', 'completed')
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return run?.id
}

/** Whether the reader may see the run. */
export async function runIsSeen(db: Kysely<DB>, runId: string): Promise<boolean> {
  return (await db.selectFrom('matchingRun').select('id').where('id', '=', runId).executeTakeFirst()) !== undefined
}

/** Whose needs a run is about: no district named means the whole city. */
export async function districtsOfRun(db: Kysely<DB>, id: string): Promise<string[]> {
  const { districts } = await db
    .selectFrom('matchingRun')
    .select('districts')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return districts
}

/** Stores a verified result with the snapshot it was computed from, all of it or nothing; false when it was cancelled or failed meanwhile. */
export async function saveRun(
  db: Kysely<DB>,
  taken: Taken,
  snapshot: Snapshot,
  packed: Uint8Array,
  { rows, chains, shortages, prices, summary }: RunResult,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('matchingRun')
      .set({
        ...COMPLETED,
        asOf: snapshot.asOf,
        objectiveVersion: snapshot.policy.objective,
        urgencyVersion: snapshot.policy.urgency,
        cityVersion: snapshot.cityVersion,
        summary: asJson(summary),
        pricedPlaces: prices === null ? null : asJson(prices.usual),
        snapshot: Buffer.from(packed),
        snapshotExpiresAt: sql<string>`now() + make_interval(days => ${SNAPSHOT_DAYS})`,
      })
      .where(stillWanted(taken))
      .executeTakeFirst()
    if (finished.numUpdatedRows === 0n) return false
    await sql`
      insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, chain, position, shortage, detail)
      select ${taken.id}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (pseudonym uuid, "holdingDistrict" text,
        outcome text, "urgencyClass" integer, "placeId" uuid, "movesOn" date, chain integer, position integer, shortage integer, detail jsonb)`.execute(
      trx,
    )
    await sql`
      insert into matching_chain (run_id, chain, kind, moves, frees, districts)
      select ${taken.id}::uuid, c.chain, c.kind, c.moves, c.frees, array(select jsonb_array_elements_text(c.districts))
      from jsonb_to_recordset(${JSON.stringify(chains)}::jsonb) as c (chain integer, kind text, moves jsonb, frees uuid, districts jsonb)`.execute(
      trx,
    )
    await sql`
      insert into matching_shortage (run_id, shortage, within, needs, deficit, place_ids, common, sentence)
      select ${taken.id}::uuid, s.shortage, s.within, s.needs, s.deficit, array(select jsonb_array_elements_text(s."placeIds")::uuid),
        s.common, s.sentence
      from jsonb_to_recordset(${JSON.stringify(shortages)}::jsonb) as s (shortage integer, within integer, needs integer,
        deficit integer, "placeIds" jsonb, common jsonb, sentence text)`.execute(trx)
    if (prices !== null) await savePrices(trx, taken.id, prices)
    return true
  })
}

async function savePrices(trx: Kysely<DB>, runId: string, { items }: Prices): Promise<void> {
  const rows = items.map(({ byClass, ...rest }, position) => ({ ...rest, position, byClass: Object.values(byClass) }))
  await sql`
    insert into matching_price (run_id, position, form, variant, district, fits, people, by_class, released, moves)
    select ${runId}::uuid, p.position, p.form, p.variant, p.district, p.fits, p.people,
      array(select jsonb_array_elements_text(p."byClass")::integer), p.released, p.moves
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (position integer, form text, variant text, district text,
      fits integer, people integer, "byClass" jsonb, released jsonb, moves jsonb)`.execute(trx)
}

/** Snapshots past their time go. */
export async function dropOldSnapshots(db: Kysely<DB>): Promise<void> {
  await sql`update matching_run set snapshot = null where snapshot_expires_at < now() and snapshot is not null`.execute(
    db,
  )
}
