import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import { ROLES } from '../../src/access/capabilities.ts'
import type { Actor } from '../../src/db/actor.ts'
import { TODAY } from '../support/app.ts'
import { ALNA, countRows, GRUNERLOKKA } from '../support/fixtures.ts'
import { actor, codeOf, wall } from '../support/wall.ts'

const { owner, as, seen, attempt, house, otherHouse, own, foreign, ...people } = await wall(t)
const { officer, inAlna, besideHer, inTheHouse } = people

t.test('what is not hers cannot be written, and what she may only see cannot either', async (t) => {
  const before = await countRows(owner)
  const written = (who: Actor, statement: RawBuilder<unknown>) =>
    codeOf(
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
  t.equal(
    await attempt(
      inAlna,
      sql`insert into change_log (occurred_at, actor_role, table_name, row_id, action)
      values (now(), '', 'x', 'x', 'insert')`,
    ),
    '42501',
  )
  t.equal(await attempt(inAlna, sql`update change_log set actor_role = ''`), '42501')
  t.equal(await attempt(inAlna, sql`delete from change_log`), '42501')
  t.equal(await attempt(inAlna, sql`truncate change_log`), '42501')
  t.equal(await attempt(inAlna, sql`alter table change_log disable trigger all`), '42501')
  for (const statement of [
    'update change_log set actor_role = $$$$',
    'delete from change_log',
    'truncate change_log',
  ]) {
    t.equal(await codeOf(owner.query(statement)), '42501', `not even the owner by a slip: ${statement}`)
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
    for (const statement of [`update ${table} set title = 'x'`, `delete from ${table}`, `truncate ${table} cascade`]) {
      t.equal(await codeOf(owner.query(statement)), '42501', statement)
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
    await codeOf(
      as(besideHer, ({ trx }) =>
        sql`insert into idempotency_answer (actor_id, key, request_hash, status, answer)
          values (${inAlna.accountId}, 'k2', ''::bytea, 200, ''::bytea)`.execute(trx),
      ),
    ),
    '42501',
  )
})
