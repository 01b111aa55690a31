import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { ROLES, scopeOf } from '../../src/access/capabilities.ts'
import { asActor } from '../../src/db/actor.ts'
import { DomainError } from '../../src/domain/error.ts'
import { nextCheck } from '../../src/domain/ruleConfirmation.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const administrator = await app.signedInAs({ role: 'administrator', name: 'Ada Administrator' })
const other = await app.signedInAs({ role: 'administrator', name: 'Britt Administrator' })

const RULE = 'legal.municipal_home'
const NOTE = { note: 'Lest mot forskriften på Lovdata.' }
const confirm = (by = administrator, version = 1, rule = RULE) =>
  by.post(`/rules/${rule}/versions/${version}/confirmation`, NOTE)
const withdraw = (note: string, version = 1) =>
  administrator.post(`/rules/${RULE}/versions/${version}/confirmation-withdrawal`, { note })

/** Waits until it is so, for at most ten seconds. */
async function until(so: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await so()); waited += 20) {
    if (waited > 10_000) throw new Error('it never came')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

interface Checked {
  id: string
  checked: boolean
  checkedOn: string | null
  sourceInWords: string
}
async function ruleIn(id: string): Promise<Checked | undefined> {
  const { items } = (await app.anonymous.get('/rules')).json() as { items: Checked[] }
  return items.find((rule) => rule.id === id)
}

t.test('what may be said next of a version', async (t) => {
  const refused = (code: string) => (error: unknown) => error instanceof DomainError && error.code === code
  for (const [last, confirmed, answer] of [
    [undefined, true, 1],
    [undefined, false, 'rule_not_confirmed'],
    [{ number: 1, confirmed: true }, true, 'rule_confirmed'],
    [{ number: 1, confirmed: true }, false, 2],
    [{ number: 2, confirmed: false }, true, 3],
    [{ number: 2, confirmed: false }, false, 'rule_not_confirmed'],
  ] as const) {
    const said = () => nextCheck(last, confirmed)
    if (typeof answer === 'number') t.equal(said(), answer)
    else {
      let thrown: unknown
      try {
        said()
      } catch (error) {
        thrown = error
      }
      t.ok(refused(answer)(thrown), answer)
    }
  }
})

t.test('an administrator goes good for a version, and pages, decisions and letters say on which day', async (t) => {
  const needId = await given.need(await given.resident(ALNA))
  const { id } = (
    await officer.post(`/needs/${needId}/decisions`, { track: 'municipal_home', outcome: 'granted' })
  ).json()
  const letter = async () => (await officer.get(`/decisions/${id}/letter`)).json()
  t.match((await letter()).marks, [/utkast/, /Ikke kontrollert/])
  t.match(await ruleIn(RULE), { checked: false, checkedOn: null, sourceInWords: /ikke kontrollert/ })

  const confirmed = await confirm()
  t.equal(confirmed.statusCode, 201, confirmed.body)
  t.match(confirmed.json(), {
    id: RULE,
    kind: 'legal',
    versions: [
      {
        version: 1,
        inForce: true,
        checked: true,
        checkedOn: TODAY,
        facts: [
          { name: 'Hjemmel', value: /Forskrift/ },
          { name: 'Klageinstans', value: 'Oslo kommunes klagenemnd', sourceInWords: /eldre sak/ },
          { name: 'Klagefrist i uker', value: '3' },
        ],
        checks: [{ confirmed: true, on: TODAY, by: 'Ada Administrator', note: NOTE.note }],
      },
    ],
  })
  t.notMatch(confirmed.body, /ikke kontrollert/)
  t.match(await ruleIn(RULE), { checked: true, checkedOn: TODAY, sourceInWords: 'Funnet på offentlige sider' })
  const { items } = (await officer.get('/legal-tracks')).json()
  t.match(items[1], { id: 'municipal_home', inForce: { checked: true, checkedOn: TODAY } })
  t.match((await officer.get(`/decisions/${id}`)).json(), { track: { checked: true, checkedOn: TODAY } })
  const { marks, sections } = await letter()
  t.equal(marks.length, 1, 'a draft still, and nothing else')
  t.match(JSON.stringify(sections), /ble kontrollert 1\. september 2026/)
  t.match((await confirm(other)).json(), { status: 409, code: 'rule_confirmed' })
})

t.test('taken back and given again, all of it stays in the trace with name, day and note', async (t) => {
  t.match((await withdraw('Forskriften er endret.')).json(), {
    versions: [{ checked: false, checkedOn: null, checks: [{ confirmed: false }, { confirmed: true }] }],
  })
  t.match(await ruleIn(RULE), { checked: false, checkedOn: null })
  t.match((await withdraw('En gang til.')).json(), { status: 409, code: 'rule_not_confirmed' })
  t.equal((await confirm(other)).statusCode, 201)
  const [newest] = (await officer.get(`/rules/${RULE}`)).json().versions
  t.match(
    newest.checks.map(({ confirmed, by }: { confirmed: boolean; by: string }) => [confirmed, by]),
    [
      [true, 'Britt Administrator'],
      [false, 'Ada Administrator'],
      [true, 'Ada Administrator'],
    ],
  )
  for (const statement of [
    `update rule_confirmation set note = 'noe annet'`,
    'delete from rule_confirmation',
    'truncate rule_confirmation',
  ]) {
    await t.rejects(owner.query(statement), /append-only/, 'not even past the application')
  }
})

t.test('a rule that is changed is a new version, and nobody has confirmed that one', async (t) => {
  const { items } = (await officer.get('/legal-tracks')).json()
  const { title, legalBasis, content, appealBody, validFrom: _ } = items[1].inForce
  const body = { title, legalBasis, content, appealBody, deadlineWeeks: 6, validFrom: TODAY, reason: 'Ny frist.' }
  const added = await administrator.post('/legal-tracks/municipal_home/versions', body, { 'if-match': '"1"' })
  t.match(added.json(), { inForce: { version: 2, checked: false }, versions: [{}, { version: 1, checked: true }] })
  t.match(await ruleIn(RULE), { checked: false, checkedOn: null })
  const checked = await administrator.post(
    '/legal-tracks/municipal_home/versions',
    { ...body, checked: true },
    { 'if-match': '"2"' },
  )
  t.equal(checked.statusCode, 400, 'it is not written as confirmed either')
  t.equal((await confirm(administrator, 2)).statusCode, 201)
  t.match(await ruleIn(RULE), { checked: true, checkedOn: TODAY })

  await owner.query(
    `insert into rule_version (rule_id, version, kind, title, sentence, source, valid_from, author, reason)
     select rule_id, 2, kind, title, 'En annen regel.', 'egen', $1, 'Byen', 'Vedtak' from rule_version where rule_id = 'flags'`,
    [TODAY],
  )
  t.match((await confirm(administrator, 1, 'flags')).json(), { kind: 'domain' })
  t.match(await ruleIn('flags'), { checked: false }, 'what was confirmed is the version before')
})

t.test('one of two who confirm at once is told that it is done', async (t) => {
  const first = new pg.Client({ connectionString: app.urls.ownerUrl })
  t.teardown(() => first.end())
  await first.connect()
  await first.query('begin')
  await first.query(`select pg_advisory_xact_lock(hashtextextended('rule_confirmation/districts_served', 0))`)
  const second = confirm(other, 1, 'districts_served')
  // she has asked, and the first is not done: nothing of hers is to be read yet
  await until(async () => {
    const { rowCount } = await first.query(`select from pg_locks where locktype = 'advisory' and not granted`)
    return rowCount === 1
  })
  await first.query(
    `insert into rule_confirmation (rule_id, version, number, confirmed, decided_on, decided_by, note)
     values ('districts_served', 1, 1, true, $1, $2, 'Lest.')`,
    [TODAY, administrator.accountId],
  )
  await first.query('commit')
  t.match((await second).json(), { status: 409, code: 'rule_confirmed' })
})

t.test('nobody else may, whatever she asks', async (t) => {
  const before = (await owner.query('select count(*)::int as rows from rule_confirmation')).rows
  for (const role of ROLES.filter((name) => name !== 'administrator')) {
    t.equal(scopeOf(role, 'confirm_rules'), undefined)
    const client = await app.signedInAs({ role, districts: [ALNA] })
    t.equal((await confirm(client, 1, 'flags')).statusCode, 403, role)
    t.equal((await client.post('/rules/flags/versions/1/confirmation-withdrawal', NOTE)).statusCode, 403, role)
    t.equal((await client.get('/rules/flags')).statusCode, 200, `${role} may see who did`)
    await t.rejects(
      asActor(deps.db, actor(role, client, [ALNA]), TODAY, ({ trx }) =>
        sql`insert into rule_confirmation (rule_id, version, number, confirmed, decided_by, note)
          values ('flags', 2, 1, true, ${client.accountId}, 'x')`.execute(trx),
      ),
      { code: '42501' },
      `${role}: nor past the application`,
    )
  }
  t.equal((await confirm(app.anonymous, 1, 'flags')).statusCode, 401)
  t.equal((await app.anonymous.get('/rules/flags')).statusCode, 401)
  t.strictSame((await owner.query('select count(*)::int as rows from rule_confirmation')).rows, before)
})

t.test('in nobody else’s name, on no other day, and about nothing that is not there', async (t) => {
  const ada = actor('administrator', administrator)
  const write = (columns: string, by: string, on = TODAY, number = 1) =>
    asActor(deps.db, ada, TODAY, ({ trx }) =>
      sql`insert into rule_confirmation (rule_id, version, number, confirmed, decided_by, decided_on, note)
        values ('flags', 2, ${number}, true, ${by}, ${on}, ${columns})`.execute(trx),
    )
  await t.rejects(write('x', other.accountId), { code: '42501' })
  await t.rejects(write('x', ada.accountId, '2026-08-31'), { code: '42501' })
  await t.rejects(write(' ', ada.accountId), { code: '23514' }, 'without a note')
  await t.rejects(write('x', ada.accountId, TODAY, 2), /rule_confirmation_alternates/)
  t.equal((await confirm(administrator, 9)).statusCode, 404)
  t.equal((await confirm(administrator, 1, 'no_such_rule')).statusCode, 404)
  t.equal((await administrator.get('/rules/no_such_rule')).statusCode, 404)
  t.equal((await administrator.post('/rules/flags/versions/2/confirmation', { note: ' ' })).statusCode, 422)
})
