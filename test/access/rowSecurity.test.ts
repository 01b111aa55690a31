import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import { ROLES, type Role } from '../../src/access/capabilities.ts'
import type { Actor } from '../../src/db/actor.ts'
import { ALNA, GRUNERLOKKA, PEOPLES_TABLES } from '../support/fixtures.ts'
import { everythingOf } from '../support/records.ts'
import { actor, codeOf, wall } from '../support/wall.ts'

const { deps, owner, given, as, seen, signedInAs, house, otherHouse, own, foreign, secret, ...people } = await wall(t)
const { officer, colleague, neighbour: nextDoorClient, staff, inAlna, besideHer, nextDoor, inTheHouse } = people

const holders = async (who: Actor | null, table: string) =>
  as(who, async ({ trx }) => {
    const { rows } = await sql<{ holdingDistrict: string }>`
      select distinct holding_district from ${sql.table(table)} order by 1`.execute(trx)
    return rows.map(({ holdingDistrict }) => holdingDistrict)
  })

const HELD = PEOPLES_TABLES.filter((table) => table !== 'circle_member')

t.test('every table about people is under row security, and the owner of none is the application', async (t) => {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not c.relrowsecurity and (has_any_column_privilege('boligtrapp_app', c.oid, 'select, insert, update')
        or has_any_column_privilege('boligtrapp_job', c.oid, 'select, insert, update')) order by 1`)
  t.strictSame(
    rows.map(({ name }) => name),
    [
      'account',
      'city_version',
      'demo_city',
      'district',
      'district_code',
      'flag_measurement',
      'housing_form',
      'occupancy',
      'reason_code',
      'session',
      'statistic_series',
    ],
    'these hold nobody who lives anywhere; a new table must be put under row security or be added here',
  )
  const columns = await owner.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'occupancy' order by 1",
  )
  t.strictSame(
    columns.rows.map(({ name }) => name),
    ['during', 'id', 'place_id'],
    'occupancy holds no person',
  )
})

t.test('no function with elevated rights can be led to a temporary table', async (t) => {
  const { rows } = await owner.query<{ name: string; path: string | null }>(`
    select p.proname as name, array_to_string(p.proconfig, ' ') as path from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`)
  t.ok(rows.length > 5)
  for (const { name, path } of rows) t.equal(path, 'search_path=public, pg_temp', name)
})

t.test('with nobody set, no person is seen', async (t) => {
  for (const table of [...PEOPLES_TABLES, 'change_log', 'idempotency_answer'])
    t.equal(await seen(null, table), 0, table)
  const { rows } = await sql<{ n: number }>`select count(*) as n from resident`.execute(deps.db)
  t.equal(rows[0]?.n, 0, 'nor outside asActor')
})

t.test('each role sees what it may, and never a foreign row', async (t) => {
  const none = ['intake_officer', 'planner', 'auditor', 'administrator'] as const satisfies readonly Role[]
  for (const role of none) {
    const client = await signedInAs({ role })
    for (const table of [...PEOPLES_TABLES, 'change_log']) {
      t.equal(await seen(actor(role, client, [ALNA], [house]), table), 0, `${role} sees nothing of ${table}`)
    }
  }
  for (const role of ['housing_officer', 'district_manager'] as const) {
    const who = actor(role, officer, [ALNA])
    for (const table of HELD) {
      t.strictSame(await holders(who, table), [ALNA], `${role}: ${table} of Alna and of nobody else`)
    }
    t.strictSame(await holders(who, 'change_log'), [ALNA])
  }
  for (const role of ROLES) {
    t.equal(await seen(actor(role, officer), 'resident'), 0, `${role} without districts and houses sees nobody`)
    t.equal(await seen(actor(role, officer), 'occupancy'), 3, `${role} sees which places are taken`)
  }
})

t.test('a protected person is seen by her circle alone', async (t) => {
  const mine: [string, RawBuilder<unknown>][] = [
    ['household', sql`id = ${secret.householdId}`],
    ['household_child', sql`household_id = ${secret.householdId}`],
    ['resident', sql`id = ${secret.residentId}`],
    ['resident_identity', sql`resident_id = ${secret.residentId}`],
    ['stay', sql`household_id = ${secret.householdId}`],
    ['need', sql`id = ${secret.needId}`],
    ['assessment', sql`need_id = ${secret.needId}`],
    ['consent', sql`resident_id = ${secret.residentId}`],
    ['never_together', sql`resident_id = ${secret.residentId}`],
    ['change_log', sql`after ->> 'id' = ${secret.residentId}`],
    ['change_log', sql`after ->> 'household_id' = ${secret.householdId}`],
    ['change_log', sql`after ->> 'need_id' = ${secret.needId}`],
    ['change_log', sql`after ->> 'resident_id' = ${secret.residentId}`],
    ['change_log', sql`after ->> 'id' = ${secret.householdId}`],
  ]
  const manager = actor('district_manager', await signedInAs({ role: 'district_manager' }), [ALNA])
  for (const [table, where] of mine) {
    t.ok((await seen(inAlna, table, where)) > 0, `${table}: her circle sees her`)
    t.equal(await seen(besideHer, table, where), 0, `${table}: another officer of the district does not`)
    t.equal(await seen(manager, table, where), 0, `${table}: the manager does not`)
    t.equal(await seen(inTheHouse, table, where), 0, `${table}: nor the staff where she lives`)
    t.equal(await seen(nextDoor, table, where), 0, `${table}: nor another district`)
  }
  t.equal(await seen(inTheHouse, 'occupancy'), 3, 'the place is taken all the same')
})

t.test('another officer of the district gets 404 through the API, and the search does not find her', async (t) => {
  for (const path of [
    `/residents/${secret.residentId}`,
    `/residents/${secret.residentId}/consents`,
    `/needs/${secret.needId}`,
    `/needs/${secret.needId}/readiness`,
    `/needs/${secret.needId}/matches`,
  ]) {
    t.equal((await officer.get(path)).statusCode, 200, `${path}: her circle`)
    t.equal((await colleague.get(path)).statusCode, 404, `${path}: another officer`)
  }
  const found = await officer.post('/residents/search', { name: 'Kari' })
  const hidden = await colleague.post('/residents/search', { name: 'Kari' })
  t.equal(found.json().items.length, 4)
  t.equal(hidden.json().items.length, 2)
  t.equal((await officer.get('/needs')).json().items.length, 2)
  t.equal((await colleague.get('/needs')).json().items.length, 1)
})

t.test('nobody joins a circle by herself', async (t) => {
  const join = (who: Actor, residentId: string) =>
    codeOf(as(who, ({ trx }) => sql`insert into circle_member values (${residentId}, ${who.accountId})`.execute(trx)))
  const start = (who: Actor, residentId: string) =>
    codeOf(as(who, ({ trx }) => sql`select start_circle(${residentId})`.execute(trx)))
  t.equal(await join(besideHer, secret.residentId), '42501', 'not by writing the row')
  t.equal(await start(besideHer, secret.residentId), '42501', 'not by starting a circle that has begun')
  t.equal(await start(nextDoor, own.residentId), '42501', 'not beforehand, in another district')
  t.equal(await start(inTheHouse, own.residentId), '42501', 'not as staff')
  t.equal(await start(nextDoor, '019a0000-0000-7000-8000-000000000000'), '42501', 'nor of nobody')
  t.equal(await seen(besideHer, 'resident', sql`id = ${secret.residentId}`), 0)

  await t.test('a member beforehand is gone when the person is protected', async (t) => {
    const later = await given.resident(ALNA)
    t.equal(await start(besideHer, later.residentId), 'done')
    const body = (await officer.get(`/residents/${later.residentId}`)).json()
    const changed = await officer.patch(
      `/residents/${later.residentId}`,
      { addressProtection: 'confidential' },
      body.version,
    )
    t.equal(changed.statusCode, 200)
    t.equal((await colleague.get(`/residents/${later.residentId}`)).statusCode, 404)

    const lifted = await officer.patch(
      `/residents/${later.residentId}`,
      { addressProtection: 'none' },
      changed.json().version,
    )
    t.equal(lifted.statusCode, 200)
    t.equal((await colleague.get(`/residents/${later.residentId}`)).statusCode, 200, 'lifted: seen again')
    const again = await colleague.patch(
      `/residents/${later.residentId}`,
      { addressProtection: 'strictly_confidential' },
      lifted.json().version,
    )
    t.equal(again.statusCode, 200, 'and another officer may protect her anew')
    t.equal((await officer.get(`/residents/${later.residentId}`)).statusCode, 404, 'in a circle that starts afresh')
    await owner.query("update resident set address_protection = 'none' where id = $1", [later.residentId])
  })

  await t.test('no temporary table stands in for the circle', async (t) => {
    const visible = await as(besideHer, async ({ trx }) => {
      await sql`create temporary table circle_member (resident_id uuid, account_id uuid) on commit drop`.execute(trx)
      await sql`insert into pg_temp.circle_member values (${secret.residentId}, ${besideHer.accountId})`.execute(trx)
      const { rows } = await sql`select from resident where id = ${secret.residentId}`.execute(trx)
      return rows.length
    })
    t.equal(visible, 0)
  })
})

t.test('whom a role sees is a set that is made once, not a question to each row', async (t) => {
  const { rows } = await owner.query<{ policy: string; qual: string }>(`
    select tablename || '.' || policyname as policy, regexp_replace(qual, '\\s+', ' ', 'g') as qual from pg_policies
    where cmd in ('SELECT', 'ALL') and roles @> '{boligtrapp_app}' and qual is not null order by 1`)
  t.ok(rows.length > 20)
  // asked after the role or the bydel, and last by their cost
  const afterwards = /\b(works_with_people_of|in_circle|(household|need|resident|stay|logged_row)_protected)\(/g
  for (const { policy, qual } of rows) {
    t.notMatch(
      qual.replaceAll(afterwards, '$1 ('),
      /\b\w+\((id|\w+_id)\b/,
      `${policy} asks nothing of each row: ${qual}`,
    )
    if (!/_protected|in_circle/.test(qual)) continue
    t.match(qual, /^\(+(works_with_people_of\(|app_role\(\) = )/, `${policy} asks for the role first`)
  }
})

t.test('staff see those who live in their house, while they live there', async (t) => {
  t.equal(await seen(inTheHouse, 'resident'), 1)
  t.equal(await seen(inTheHouse, 'resident', sql`id = ${own.residentId}`), 1)
  for (const table of ['household', 'household_child', 'resident_identity', 'stay', 'consent']) {
    t.equal(await seen(inTheHouse, table), 1, `${table} of hers`)
  }
  for (const table of ['need', 'assessment', 'never_together', 'change_log', 'circle_member']) {
    t.equal(await seen(inTheHouse, table), 0, `nothing of ${table}`)
  }
  const reading = await staff.get(`/residents/${own.residentId}`)
  t.equal(reading.statusCode, 200)
  t.equal(reading.json().household.children.length, 1, 'her child is not left out')
  t.equal((await staff.get(`/residents/${own.residentId}/never-together`)).statusCode, 403, 'the reason is not theirs')
  t.equal((await staff.get(`/residents/${foreign.residentId}`)).statusCode, 404, 'not those of another house')

  const passing = await given.resident(ALNA)
  const placeId = await given.place(house)
  await given.livesIn(passing, placeId, '[2025-01-01,2026-02-01)')
  t.equal((await staff.get(`/residents/${passing.residentId}`)).statusCode, 404, 'moved out: not seen')
  await given.livesIn(passing, placeId, '[2026-02-01,)')
  t.equal((await staff.get(`/residents/${passing.residentId}`)).statusCode, 200, 'moved in again: seen')
})

t.test('in every table that a person can be in, each role sees hers and nobody else’s', async (t) => {
  const at = (district: string, by: string, where: string, columns = {}) =>
    everythingOf({ owner, given, district, by, house: where, columns })
  await at(ALNA, officer.accountId, house)
  await at(GRUNERLOKKA, nextDoor.accountId, otherHouse)
  const hidden = await at(ALNA, nextDoor.accountId, house, { address_protection: 'strictly_confidential' })
  // every table with whose it is, as the database says it: a new one is found by itself
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where column_name = 'holding_district' and table_schema = 'public'
       and table_name in (select relname from pg_class where relkind = 'r') order by 1`,
  )
  const tables = rows.map(({ name }) => name).filter((name) => !['hold', 'import_key'].includes(name))
  t.ok(tables.length > 25, tables.join(', '))
  const empty: string[] = []
  /** What VEL's roles see of all bydeler, by what a person is to them. */
  const VELS: Partial<Record<Role, readonly string[]>> = {
    intake_officer: [
      'referral',
      'need',
      'household',
      'household_child',
      'resident',
      'resident_identity',
      'assessment',
      'consent',
      'need_hold',
    ],
    planner: [
      'household',
      'resident',
      'resident_identity',
      'consent',
      'stay',
      'stay_event',
      'return_plan',
      'home_commitment',
    ],
  }
  for (const table of tables) {
    const foreign = sql`holding_district = ${GRUNERLOKKA}`
    const { rows: counted } = await owner.query(`select count(*) as n from ${table} where holding_district = $1`, [
      GRUNERLOKKA,
    ])
    if (counted[0]?.n === '0') empty.push(table)
    for (const role of ROLES) {
      const client = role === 'facility_staff' ? staff : officer
      const who = actor(role, client, role === 'facility_staff' ? [] : [ALNA], role === 'facility_staff' ? [house] : [])
      if (VELS[role]?.includes(table) !== true)
        t.equal(await seen(who, table, foreign), 0, `${role}: ${table} of another bydel`)
    }
  }
  t.strictSame(
    empty,
    [
      'break_glass',
      'forecast_need',
      'policy_trial_row',
      'private_lease',
      'record_lock',
      'return_schedule_row',
      'showing',
    ].filter((name) => empty.includes(name)),
    'there was something to see in each',
  )
  for (const [table, column, id] of [
    ['offer', 'id', hidden.records.offer],
    ['referral', 'id', hidden.records.referral],
    ['need_hold', 'need_id', hidden.records.need],
    ['decision', 'id', hidden.records.decision],
    ['appeal', 'id', hidden.records.appeal],
    ['task', 'id', hidden.records.task],
    ['call_off', 'id', hidden.records.callOff],
    ['rental_worksheet', 'need_id', hidden.records.need],
    ['shortfall_record', 'need_id', hidden.records.need],
    ['need_event', 'need_id', hidden.records.need],
    ['stay_event', 'stay_id', hidden.records.stay],
    ['return_plan', 'id', hidden.records.returnPlan],
    ['home_commitment', 'id', hidden.records.homeCommitment],
    ['chain_member', 'need_id', hidden.records.need],
  ] as const) {
    const where = sql`${sql.ref(column)} = ${id}`
    t.ok(
      (await seen(actor('housing_officer', nextDoorClient, [ALNA]), table, where)) > 0,
      `${table}: her circle sees it`,
    )
    for (const role of ROLES) {
      const who = role === 'facility_staff' ? inTheHouse : actor(role, colleague, [ALNA])
      t.equal(await seen(who, table, where), 0, `${role}: ${table} of a protected person`)
    }
  }
})
