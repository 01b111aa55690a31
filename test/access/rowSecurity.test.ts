import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import { ROLES, type Role } from '../../src/access/capabilities.ts'
import { type Acting, type Actor, asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, PEOPLES_TABLES, type Person } from '../support/fixtures.ts'

/**
 * The wall behind the routes: raw SQL as the application's own login, with nothing but `asActor` in front. Two districts, each
 * with a person in everything a person can be in; a protected one; one who lives in a house with staff.
 */
const { deps, owner, signedInAs } = await testApp(t)
const given = fixturesOf({ owner, deps })

const house = await given.facility()
const otherHouse = await given.facility({ name: 'Løkka bosenter', district_code: GRUNERLOKKA })

interface Known extends Person {
  needId: string
}

async function everythingAbout(district: string, placeId: string, author: Client, columns = {}): Promise<Known> {
  const person = await given.resident(district, columns)
  const other = await given.resident(district, columns)
  await given.child(person)
  await given.consent(person)
  await given.apart(person, other)
  await given.livesIn(person, placeId)
  const needId = await given.need(person)
  await given.assessment(needId, district, author.accountId)
  if ('address_protection' in columns) {
    await given.inCircle(person, author.accountId)
    await given.inCircle(other, author.accountId)
  }
  return { ...person, needId }
}

const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const colleague = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const staff = await signedInAs({ role: 'facility_staff', facilities: [house] })

const own = await everythingAbout(ALNA, await given.place(house), officer)
const foreign = await everythingAbout(GRUNERLOKKA, await given.place(otherHouse), neighbour)
const secret = await everythingAbout(ALNA, await given.place(house), officer, {
  address_protection: 'strictly_confidential',
})

const actor = (role: Role, client: Client, districts: string[] = [], facilities: string[] = []): Actor => ({
  accountId: client.accountId,
  name: 'Prøve',
  role,
  districts,
  facilities,
})
const inAlna = actor('housing_officer', officer, [ALNA])
const besideHer = actor('housing_officer', colleague, [ALNA])
const nextDoor = actor('housing_officer', neighbour, [GRUNERLOKKA])
const inTheHouse = actor('facility_staff', staff, [], [house])

const as = <T>(who: Actor | null, work: (acting: Acting) => Promise<T>) => asActor(deps.db, who, TODAY, work)

/** How many rows of a table an actor sees. */
async function seen(who: Actor | null, table: string, where: RawBuilder<unknown> = sql`true`): Promise<number> {
  return as(who, async ({ trx }) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where ${where}`.execute(trx)
    return rows[0]?.n ?? -1
  })
}

const holders = async (who: Actor | null, table: string) =>
  as(who, async ({ trx }) => {
    const { rows } = await sql<{ holdingDistrict: string }>`
      select distinct holding_district from ${sql.table(table)} order by 1`.execute(trx)
    return rows.map(({ holdingDistrict }) => holdingDistrict)
  })

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

const HELD = PEOPLES_TABLES.filter((table) => table !== 'circle_member')

t.test('every table about people is under row security, and the owner of none is the application', async (t) => {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not c.relrowsecurity order by 1`)
  t.strictSame(
    rows.map(({ name }) => name).filter((name) => !name.startsWith('kysely') && !name.includes('migration')),
    [
      'account',
      'city_version',
      'demo_city',
      'district',
      'district_code',
      'housing_form',
      'occupancy',
      'reason_code',
      'session',
      'statistic_series',
      'statistic_value',
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
    code(as(who, ({ trx }) => sql`insert into circle_member values (${residentId}, ${who.accountId})`.execute(trx)))
  const start = (who: Actor, residentId: string) =>
    code(as(who, ({ trx }) => sql`select start_circle(${residentId})`.execute(trx)))
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

t.test('what is not hers cannot be written, and what she may only see cannot either', async (t) => {
  const before = await countRows(owner)
  const written = (who: Actor, statement: RawBuilder<unknown>) =>
    code(
      as(who, async ({ trx }) => {
        const { numAffectedRows } = await statement.execute(trx)
        if (numAffectedRows === 0n) throw Object.assign(new Error('nothing'), { code: 'no row' })
      }),
    )
  const none = 'no row'
  for (const [name, statement] of [
    ['household', sql`update household set adults = 2 where id = ${foreign.householdId}`],
    ['resident', sql`update resident set gender = 'man' where id = ${foreign.residentId}`],
    ['identity', sql`update resident_identity set ciphertext = ''::bytea where resident_id = ${foreign.residentId}`],
    ['need', sql`update need set behaviour = 3 where id = ${foreign.needId}`],
    ['stay', sql`update stay set expected_until = '2027-01-01' where household_id = ${foreign.householdId}`],
    ['consent', sql`update consent set revoked_on = '2026-08-01' where resident_id = ${foreign.residentId}`],
    ['child', sql`delete from household_child where household_id = ${foreign.householdId}`],
    ['pair', sql`delete from never_together where resident_id = ${foreign.residentId}`],
  ] as const) {
    t.equal(await written(inAlna, statement), none, `${name} of another district is not there to be changed`)
  }
  for (const [name, statement] of [
    ['resident', sql`update resident set gender = 'man' where id = ${own.residentId}`],
    ['identity', sql`update resident_identity set ciphertext = ''::bytea where resident_id = ${own.residentId}`],
    ['consent', sql`update consent set revoked_on = '2026-08-01' where resident_id = ${own.residentId}`],
    ['child', sql`delete from household_child where household_id = ${own.householdId}`],
    ['pair', sql`delete from never_together where resident_id = ${own.residentId}`],
  ] as const) {
    t.equal(await written(inTheHouse, statement), none, `${name}: staff may see, not change`)
  }
  const consent = sql`insert into consent (resident_id, holding_district, scope, given_on)
    values (${own.residentId}, ${ALNA}, 'facility', '2026-08-01')`
  const household = sql`insert into household (holding_district) values (${GRUNERLOKKA})`
  const need = sql`insert into need (household_id, holding_district) values (${foreign.householdId}, ${GRUNERLOKKA})`
  const assessment = sql`insert into assessment (need_id, holding_district, assessed_on, created_by)
    values (${foreign.needId}, ${GRUNERLOKKA}, '2026-08-01', ${inAlna.accountId})`
  t.equal(await written(inTheHouse, consent), '42501', 'staff record no consent')
  t.equal(await written(inAlna, household), '42501', 'no household for another district')
  t.equal(await written(inAlna, need), '42501', 'no need for another district')
  t.equal(await written(inAlna, assessment), '42501', 'no assessment for another district')
  t.equal(
    await written(inAlna, sql`update resident set holding_district = ${GRUNERLOKKA} where id = ${own.residentId}`),
    '42501',
    'nobody is pushed over to another district',
  )
  t.equal(
    await written(
      inAlna,
      sql`insert into household_child (household_id, holding_district, birth_year, arrangement)
        values (${foreign.householdId}, ${ALNA}, 2018, 'living')`,
    ),
    '23503',
    'a foreign household does not become hers by saying so',
  )
  for (const table of ['resident', 'household', 'need', 'stay', 'consent', 'assessment', 'place', 'facility']) {
    t.equal(await written(inAlna, sql`delete from ${sql.table(table)}`), '42501', `nothing of ${table} is deleted`)
  }
  t.strictSame(await countRows(owner), before, 'and nothing is lost')
})

t.test('the inventory is written by those who maintain it', async (t) => {
  const placeIn = (facilityId: string) => sql`insert into place (facility_id, label, form, open_during)
    values (${facilityId}, gen_random_uuid()::text, 'municipal', '[2026-01-01,)')`
  const attempt = (who: Actor, statement: RawBuilder<unknown>) => code(as(who, ({ trx }) => statement.execute(trx)))
  const manager = actor('district_manager', officer, [ALNA])
  t.equal(await attempt(manager, placeIn(house)), 'done')
  t.equal(await attempt(inTheHouse, placeIn(house)), 'done')
  t.equal(await attempt(actor('administrator', officer), placeIn(otherHouse)), 'done')
  t.equal(await attempt(manager, placeIn(otherHouse)), '42501', 'a manager in her district')
  t.equal(await attempt(inTheHouse, placeIn(otherHouse)), '42501', 'staff in their house')
  for (const role of ['housing_officer', 'intake_officer', 'planner', 'auditor'] as const) {
    t.equal(await attempt(actor(role, officer, [ALNA], [house]), placeIn(house)), '42501', role)
  }
  for (const role of ROLES) {
    const occupy = sql`insert into occupancy (place_id, during) select id, '[2030-01-01,)' from place limit 1`
    t.equal(await attempt(actor(role, officer, [ALNA], [house]), occupy), '42501', `${role} takes no place by hand`)
  }
})

t.test('the change log is appended to by triggers alone', async (t) => {
  const attempt = (statement: RawBuilder<unknown>) => code(as(inAlna, ({ trx }) => statement.execute(trx)))
  t.equal(
    await attempt(sql`insert into change_log (occurred_at, actor_role, table_name, row_id, action)
      values (now(), '', 'x', 'x', 'insert')`),
    '42501',
  )
  t.equal(await attempt(sql`update change_log set actor_role = ''`), '42501')
  t.equal(await attempt(sql`delete from change_log`), '42501')
  t.equal(await attempt(sql`truncate change_log`), '42501')
  t.equal(await attempt(sql`alter table change_log disable trigger all`), '42501')
  for (const statement of [
    'update change_log set actor_role = $$$$',
    'delete from change_log',
    'truncate change_log',
  ]) {
    t.equal(await code(owner.query(statement)), '42501', `not even the owner by a slip: ${statement}`)
  }
  await as(inAlna, ({ trx }) => sql`update need set behaviour = 2 where id = ${own.needId}`.execute(trx))
  const { rows } = await owner.query(
    `select actor_id, actor_role, action, holding_district, before ->> 'behaviour' as before, after ->> 'behaviour' as after,
       (occurred_at at time zone 'Europe/Oslo')::date::text as occurred, recorded_at > now() - interval '1 hour' as recorded_now
     from change_log where table_name = 'need' and row_id = $1 order by id desc limit 1`,
    [own.needId],
  )
  t.strictSame(rows[0], {
    actor_id: inAlna.accountId,
    actor_role: 'housing_officer',
    action: 'update',
    holding_district: ALNA,
    before: null,
    after: '2',
    occurred: TODAY,
    recorded_now: true,
  })
})

t.test('rules and policies are added to, by an administrator, and never overwritten', async (t) => {
  const administrator = actor('administrator', officer)
  const attempt = (who: Actor, statement: RawBuilder<unknown>) => code(as(who, ({ trx }) => statement.execute(trx)))
  const rule = sql`insert into rule_version (rule_id, version, kind, title, sentence, source, valid_from, author, reason)
    values ('test.rule', 1, 'domain', 'T', 'S', 'egen', '2026-01-01', 'A', 'R')`
  const policy = sql`insert into policy_version (policy_id, version, title, parameters, source, valid_from, author, reason)
    values ('test.policy', 1, 'T', '{}', 'egen', '2026-01-01', 'A', 'R')`
  t.equal(await attempt(inAlna, rule), '42501')
  t.equal(await attempt(inAlna, policy), '42501')
  t.equal(await attempt(administrator, rule), 'done')
  t.equal(await attempt(administrator, policy), 'done')
  for (const table of ['rule_version', 'policy_version']) {
    t.equal(await attempt(administrator, sql`update ${sql.table(table)} set title = 'x'`), '42501', table)
    t.equal(await attempt(administrator, sql`delete from ${sql.table(table)}`), '42501', table)
    for (const statement of [`update ${table} set title = 'x'`, `delete from ${table}`, `truncate ${table}`]) {
      t.equal(await code(owner.query(statement)), '42501', statement)
    }
  }
})

t.test('one account’s stored answers are not another’s', async (t) => {
  await as(inAlna, ({ trx }) =>
    sql`insert into idempotency_answer (actor_id, key, request_hash, status, answer)
      values (${inAlna.accountId}, 'k', ''::bytea, 200, ''::bytea)`.execute(trx),
  )
  t.equal(await seen(inAlna, 'idempotency_answer'), 1)
  t.equal(await seen(besideHer, 'idempotency_answer'), 0)
  t.equal(
    await code(
      as(besideHer, ({ trx }) =>
        sql`insert into idempotency_answer (actor_id, key, request_hash, status, answer)
          values (${inAlna.accountId}, 'k2', ''::bytea, 200, ''::bytea)`.execute(trx),
      ),
    ),
    '42501',
  )
})
