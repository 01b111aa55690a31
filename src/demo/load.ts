import { type Kysely, sql, type Transaction } from 'kysely'
import type { Keyring } from '../access/keyring.ts'
import type { DB } from '../db/types.generated.ts'
import { numberOf } from './calendar.ts'
import { type CityOptions, GENERATOR_VERSION, generateCity } from './generate.ts'
import { breakSomeGlasses } from './glasses.ts'
import { idMaker } from './ids.ts'
import { randomFrom } from './random.ts'
import { referSome } from './referrals.ts'
import type { DemoCity } from './rows.ts'

/** Tells how many rows of all are written, and what was written last (bokmål). */
export type Report = (done: number, total: number, what: string) => void

type Row = object

interface Table {
  name: string
  what: string
  rows: readonly Row[]
  /** Makes the row that is stored; absent: it is stored as it is. */
  stored?: (row: Row) => Row
}

const CHUNK = 4000

/** Row by row they would log a change that nobody made, and raise the city's version each time. */
const LEFT_OUT = ['log_change', 'log_changes', 'raise_city_version', 'record_admission']

/**
 * Makes the city and writes it into an empty, migrated database with its reference data, in one transaction, as the tables'
 * owner (row security does not hold for it). Identities are sealed, each bound to its resident. Nothing is logged as a change.
 */
export async function loadDemoCity(
  db: Kysely<DB>,
  keyring: Keyring,
  options: CityOptions,
  report: Report = () => {},
): Promise<void> {
  const tables = tablesOf(generateCity(options), keyring)
  await db.transaction().execute(async (trx) => {
    // the tables' own row triggers still check; only what records changes is left out
    await switchTriggers(trx, 'disable')
    await insertAll(trx, tables, report)
    // the small city is for tests, which send their own
    if (options.size === 'oslo') {
      const newId = idMaker(randomFrom(options.seed, 'referrals'))
      await referSome(trx, options.asOf, () => newId(numberOf(options.asOf)))
      const glassId = idMaker(randomFrom(options.seed, 'glasses'))
      await breakSomeGlasses(trx, options.asOf, () => glassId(numberOf(options.asOf)))
    }
    // what still waits for the commit would stand in the way of changing its table
    await sql`set constraints all immediate`.execute(trx)
    await switchTriggers(trx, 'enable')
    await sql`update city_version set version = version + 1`.execute(trx)
    await sql`insert into demo_city (as_of, seed, generator)
      values (${options.asOf}::date, ${options.seed}, ${GENERATOR_VERSION})`.execute(trx)
  })
  // fresh statistics, or the first questions are planned as if the tables were empty
  await sql`analyze`.execute(db)
}

async function switchTriggers(trx: Transaction<DB>, how: 'enable' | 'disable'): Promise<void> {
  const { rows } = await sql<{ table: string; trigger: string }>`
    select c.relname as table, t.tgname as trigger
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and p.proname = any (${LEFT_OUT}) and c.relnamespace = 'public'::regnamespace
    order by 1, 2`.execute(trx)
  for (const { table, trigger } of rows) {
    await sql`alter table ${sql.table(table)} ${sql.raw(how)} trigger ${sql.ref(trigger)}`.execute(trx)
  }
}

/** The next rows are written out while the database takes the last ones. */
async function insertAll(trx: Transaction<DB>, tables: readonly Table[], report: Report): Promise<void> {
  const total = tables.reduce((sum, { rows }) => sum + rows.length, 0)
  let done = 0
  let inserting = Promise.resolve()
  for (const { name, what, rows, stored } of tables) {
    const columns = Object.keys(rows[0] === undefined ? {} : (stored?.(rows[0]) ?? rows[0]))
    for (let at = 0; at < rows.length; at += CHUNK) {
      const chunk = rows.slice(at, at + CHUNK)
      const json = jsonOf(stored === undefined ? chunk : chunk.map(stored), columns)
      await inserting
      inserting = insertRows(trx, name, columns.map(snake), json).then(() => {
        done += chunk.length
        report(done, total, what)
      })
      // a failure is met at the next await; without this it would count as unhandled until then
      inserting.catch(() => {})
    }
  }
  await inserting
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** One statement for many rows: they travel as JSON, and PostgreSQL reads them by the table's own column types. */
async function insertRows(trx: Transaction<DB>, table: string, names: readonly string[], json: string): Promise<void> {
  const columns = sql.join(names.map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${json}::json)`.execute(trx)
}

/** Cell by cell: an object for each row, under names that are not its own, took four times as long. */
function jsonOf(rows: readonly Row[], columns: readonly string[]): string {
  const cells = columns.map((column) => ({ column, key: `${JSON.stringify(snake(column))}:` }))
  const written = (row: Row) =>
    cells.map(({ column, key }) => {
      const cell = cellOf((row as Record<string, unknown>)[column])
      return key + (cell === undefined ? 'null' : JSON.stringify(cell))
    })
  return `[${rows.map((row) => `{${written(row).join(',')}}`).join(',')}]`
}

function cellOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if ('from' in value && 'to' in value) return `[${String(value.from)},${value.to === null ? '' : String(value.to)})`
  return value
}

/** The tables in an order in which every reference finds its row. */
function tablesOf(city: DemoCity, keyring: Keyring): Table[] {
  const identities = city.residents.map((resident, index) => ({ resident, identity: city.identities[index] }))
  return [
    { name: 'account', what: 'brukere', rows: city.accounts },
    { name: 'facility', what: 'botilbud', rows: city.facilities, stored: dated },
    { name: 'facility_admission', what: 'botilbud', rows: city.facilityAdmissions },
    { name: 'facility_district', what: 'botilbud', rows: city.facilityDistricts },
    { name: 'cross_district_quota', what: 'botilbud', rows: city.quotas, stored: dated },
    { name: 'place', what: 'plasser', rows: city.places, stored: dated },
    { name: 'closure', what: 'sperringer', rows: city.closures, stored: dated },
    { name: 'household', what: 'husstander', rows: city.households, stored: dated },
    { name: 'household_child', what: 'husstander', rows: city.householdChildren },
    { name: 'resident', what: 'beboere', rows: city.residents, stored: dated },
    {
      name: 'resident_identity',
      what: 'beboere',
      rows: identities,
      stored: (row) => sealed(row as (typeof identities)[number], keyring),
    },
    { name: 'circle_member', what: 'beboere', rows: city.circleMembers },
    { name: 'occupancy', what: 'opphold', rows: city.occupancies },
    { name: 'stay', what: 'opphold', rows: city.stays, stored: dated },
    { name: 'need', what: 'boligbehov', rows: city.needs, stored: dated },
    { name: 'assessment', what: 'kartlegginger', rows: city.assessments },
    { name: 'shortfall_record', what: 'boligbehov', rows: city.shortfallRecords },
    { name: 'consent', what: 'samtykker', rows: city.consents },
    { name: 'never_together', what: 'samtykker', rows: city.neverTogether },
    { name: 'supplier', what: 'avrop', rows: city.suppliers, stored: dated },
    { name: 'framework_agreement', what: 'avrop', rows: city.frameworkAgreements, stored: dated },
    { name: 'quality_note', what: 'avrop', rows: city.qualityNotes, stored: dated },
    { name: 'call_off', what: 'avrop', rows: city.callOffs, stored: dated },
    { name: 'purchase_budget', what: 'avrop', rows: city.purchaseBudgets, stored: dated },
    { name: 'support_team', what: 'tilbakeføring', rows: city.supportTeams, stored: dated },
    { name: 'return_plan', what: 'tilbakeføring', rows: city.returnPlans, stored: dated },
    { name: 'return_plan_event', what: 'tilbakeføring', rows: city.returnPlanEvents },
    { name: 'home_commitment', what: 'tilbakeføring', rows: city.homeCommitments, stored: dated },
    { name: 'capacity_change', what: 'tilbakeføring', rows: city.capacityChanges, stored: dated },
  ]
}

/** A row that has not been changed since it was made. */
function dated(row: Row): Row {
  return 'createdAt' in row ? { ...row, updatedAt: row.createdAt } : row
}

type Named = { resident: DemoCity['residents'][number]; identity: DemoCity['identities'][number] | undefined }

function sealed({ resident, identity }: Named, keyring: Keyring): Row {
  if (identity === undefined) throw new RangeError(`resident ${resident.id} has no identity`)
  const { personalNumber } = identity
  return {
    residentId: resident.id,
    holdingDistrict: resident.holdingDistrict,
    ciphertext: keyring.seal(JSON.stringify(identity), resident.id),
    fingerprint: personalNumber === null ? null : keyring.fingerprint(personalNumber),
  }
}
