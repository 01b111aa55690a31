import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openIdentity } from '../../src/access/identity.ts'
import { newKey, openKeyring } from '../../src/access/keyring.ts'
import { privacyDocument } from '../../src/cli/privacyDocument.ts'
import { resealIdentities } from '../../src/db/keyRotation.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { stillGoingOn } from '../../src/domain/recordLock.ts'
import { SECTIONS } from '../../src/features/casePackages/schema.ts'
import { dayOf } from '../../src/web/ui/days.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'
import { refusedBy } from '../support/query.ts'
import { runNode } from '../support/runNode.ts'

const app = await testApp(t)
const { owner, signedInAs, urls, keys } = app
const given = fixturesOf(app)
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Behandler' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA], name: 'Leder Ledersen' })
const neighbour = await signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
const number = personalNumber()

/** A person with a need that ended, a child, a consent, an assessment and a home she has left. */
async function closedCase() {
  const person = await given.resident(ALNA, { name: 'Åse Ødegård', number })
  await given.child(person)
  const consentId = await given.consent(person)
  const needId = await given.need(person, {
    status: 'closed',
    ended_at: '2026-08-20T08:00:00Z',
    ended_reason: 'deceased',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  await given.livesIn(person, await given.place(await given.facility()), '[2025-01-01,2026-08-01)')
  return { ...person, needId, consentId }
}
const closed = await closedCase()

t.test('what goes on stands in the way, each with its sentence', async (t) => {
  const nothing = { openNeed: false, livesSomewhere: false, openReturnPlan: false }
  t.strictSame(stillGoingOn(nothing), [])
  t.match(stillGoingOn({ ...nothing, openNeed: true }), [/åpent behov/])
  t.match(stillGoingOn({ ...nothing, livesSomewhere: true }), [/bor et sted/])
  t.match(stillGoingOn({ ...nothing, openReturnPlan: true }), [/tilbakeføring/])
  const open = await given.resident(ALNA)
  await given.need(open)
  const refused = await manager.post(`/residents/${open.residentId}/locks`, { reason: 'case_closed' })
  t.match(
    { status: refused.statusCode, ...refused.json() },
    { status: 409, code: 'record_in_use', detail: /åpent behov/ },
  )
  t.match((await officer.get(`/residents/${open.residentId}/locks`)).json(), {
    locked: false,
    locks: [],
    why: [/åpent behov/],
  })
})

t.test('what was changed, with when it happened and when it was written down', async (t) => {
  const person = await given.resident(ALNA)
  const needId = await given.need(person)
  const { version } = (await officer.get(`/needs/${needId}`)).json()
  t.equal(
    (await officer.patch(`/needs/${needId}`, { behaviour: 2, forms: ['municipal', 'assisted'] }, version)).statusCode,
    200,
  )
  const { items } = (await officer.get(`/needs/${needId}/changes`)).json()
  t.match(items[0], { by: 'Berit Behandler', roleName: 'Boligkonsulent', record: 'Behov', action: 'update' })
  t.equal(dayOf(items[0].occurredAt), '2026-09-01', 'by the clock that the system reckons with')
  t.ok(Date.parse(items[0].recordedAt) > Date.now() - 3_600_000, 'and by the real one')
  const fields = items[0].changes.map(
    ({ fieldName, before, after }: { fieldName: string; before: string; after: string }) => [fieldName, before, after],
  )
  t.strictSame(
    fields.toSorted(),
    [
      ['Behov knyttet til atferd', null, '2'],
      ['Boligformer', 'Kommunal bolig', 'Kommunal bolig, Omsorgsbolig eller særlig tilrettelagt bolig'],
    ].toSorted(),
  )
  t.equal(items.at(-1).action, 'insert')
  const first = (await officer.get(`/needs/${needId}/changes?limit=1`)).json()
  t.strictSame(
    (await officer.get(`/needs/${needId}/changes?limit=1&cursor=${first.nextCursor}`)).json().items,
    items.slice(1, 2),
  )

  const resident = (await officer.get(`/residents/${person.residentId}`)).json()
  await officer.patch(
    `/residents/${person.residentId}`,
    { name: 'Nytt Navn', household: { children: [{ birthYear: 2020, arrangement: 'living' }] } },
    resident.version,
  )
  const again = (await officer.get(`/residents/${person.residentId}`)).json()
  await officer.patch(`/residents/${person.residentId}`, { household: { children: [] } }, again.version)
  const told = (await officer.get(`/residents/${person.residentId}/changes`)).json()
  t.ok(
    told.items.some(
      ({ record, action }: { record: string; action: string }) => record === 'Barn i husstanden' && action === 'delete',
    ),
    'a child that is gone',
  )
  t.notMatch(JSON.stringify(told), /Nytt Navn|ciphertext/)
  t.equal((await neighbour.get(`/needs/${needId}/changes`)).statusCode, 404)
  t.equal((await neighbour.get(`/residents/${person.residentId}/changes`)).statusCode, 404)
})

t.test('a case is handed over whole', async (t) => {
  t.equal((await officer.get(`/residents/${closed.residentId}/case-package`)).statusCode, 403)
  t.equal((await neighbour.get(`/residents/${closed.residentId}/case-package`)).statusCode, 404)
  const answer = await manager.get(`/residents/${closed.residentId}/case-package`)
  t.equal(answer.statusCode, 200, answer.body.slice(0, 300))
  t.match(answer.headers['content-disposition'], /^attachment; filename="sak-[0-9a-f-]{8}\.json"$/)
  const { format, formatVersion, exportedBy, sha256, content } = answer.json()
  t.strictSame([format, formatVersion, exportedBy], ['boligtrapp.case', 1, 'Leder Ledersen'])
  t.equal(createHash('sha256').update(JSON.stringify(content)).digest('hex'), sha256)
  t.strictSame(Object.keys(content).toSorted(), Object.keys(SECTIONS).toSorted())
  t.match(content.residents, [{ name: 'Åse Ødegård', personalNumber: number, id: closed.residentId }])
  for (const [section, count] of [
    ['children', 1],
    ['needs', 1],
    ['assessments', 1],
    ['consents', 1],
    ['stays', 1],
  ] as const)
    t.equal(content[section].length, count, section)
  t.ok(content.changes.length >= 5, 'with its history')
  const { rows } = await owner.query("select kind from security_event where actor_id = $1 and kind like '%export%'", [
    manager.accountId,
  ])
  t.strictSame(rows, [{ kind: 'case_exported' }])
  const documented = await readFile(join(import.meta.dirname, '../../docs/case-package.md'), 'utf8')
  t.strictSame(
    [...documented.matchAll(/^\| `(\w+)`/gm)].map(([, section]) => section),
    Object.keys(SECTIONS),
    'as the document says',
  )
})

t.test('a locked record is kept, and refuses every change until the lock is lifted', async (t) => {
  t.equal((await officer.post(`/residents/${closed.residentId}/locks`, { reason: 'case_closed' })).statusCode, 403)
  t.equal((await neighbour.post(`/residents/${closed.residentId}/locks`, { reason: 'case_closed' })).statusCode, 404)
  const locked = await manager.post(`/residents/${closed.residentId}/locks`, {
    reason: 'deceased',
    note: 'Meldt av bydelen.',
  })
  t.equal(locked.statusCode, 201, locked.body)
  t.match(locked.json(), {
    locked: true,
    locks: [{ reasonName: 'Personen er død', lockedBy: 'Leder Ledersen', liftedAt: null }],
  })
  const twice = await manager.post(`/residents/${closed.residentId}/locks`, { reason: 'deceased' })
  t.match({ status: twice.statusCode, ...twice.json() }, { status: 409, code: 'record_locked' })

  const read = await officer.get(`/residents/${closed.residentId}`)
  t.equal(read.statusCode, 200, 'it is read as before')
  const refused = [
    await officer.patch(`/residents/${closed.residentId}`, { name: 'Annet Navn' }, read.json().version),
    await officer.post('/needs', { residentId: closed.residentId }),
    await officer.post(`/residents/${closed.residentId}/consents`, { scope: 'facility', givenOn: '2026-09-01' }),
    await officer.post(`/consents/${closed.consentId}/revocation`, { revokedOn: '2026-09-01' }, { 'if-match': '"1"' }),
  ]
  for (const answer of refused)
    t.match({ status: answer.statusCode, ...answer.json() }, { status: 409, code: 'record_locked', detail: /låst/ })
  const { residentId, householdId, needId } = closed
  for (const statement of [
    `update household set adults = 2 where id = '${householdId}'`,
    `update resident set gender = 'man' where id = '${residentId}'`,
    `insert into household_child (household_id, holding_district, birth_year, arrangement) values ('${householdId}', '${ALNA}', 2019, 'living')`,
    `delete from household_child where household_id = '${householdId}'`,
    `update need set behaviour = 1 where id = '${needId}'`,
    `update assessment set living_skills = 'x' where need_id = '${needId}'`,
    `update stay set expected_until = '2026-10-01' where household_id = '${householdId}'`,
    `insert into consent (resident_id, holding_district, scope, given_on) values ('${residentId}', '${ALNA}', 'facility', '2026-01-01')`,
  ]) {
    t.equal(await refusedBy(owner.query(statement)), 'record_locked', `whoever asks: ${statement}`)
  }
  const other = await given.resident(ALNA)
  t.ok(await given.need(other), 'and nobody else’s is')

  t.equal((await manager.post(`/residents/${residentId}/locks/removal`, {})).statusCode, 422, 'with why')
  const lifted = await manager.post(`/residents/${residentId}/locks/removal`, { note: 'Feil person.' })
  t.match(lifted.json(), { locked: false, locks: [{ liftedBy: 'Leder Ledersen', liftedNote: 'Feil person.' }] })
  t.equal(
    (await manager.post(`/residents/${residentId}/locks/removal`, { note: 'x' })).json().code,
    'record_not_locked',
  )
  t.equal((await officer.patch(`/residents/${residentId}`, { gender: 'woman' }, read.json().version)).statusCode, 200)
})

t.test('data that is stale or missing, each where it is put right', async (t) => {
  const house = await given.facility({ name: 'Ubekreftet hus' })
  await given.place(house)
  const person = await given.resident(ALNA, { name: 'Uten Dato' })
  const needId = await given.need(person, {
    responsible_district: null,
    started_at: '2026-07-01T08:00:00Z',
    status: 'draft',
  })
  const { items } = (await manager.get('/data-gaps')).json()
  const gap = (kind: string) => items.find((item: { kind: string }) => item.kind === kind)
  t.ok(gap('vacancy_unconfirmed').records.some(({ id }: { id: string }) => id === house))
  for (const kind of ['responsible_district_unresolved', 'identity_missing', 'need_draft_left'])
    t.ok(
      gap(kind).records.some(({ id, name }: { id: string; name: string }) => id === needId && name === 'Uten Dato'),
      kind,
    )
  t.notOk(JSON.stringify((await neighbour.get('/data-gaps')).json()).includes('Uten Dato'), 'of her own bydel')
})

t.test('a new key takes over, while the program serves and after a stop', async (t) => {
  for (let n = 0; n < 3; n += 1) await given.resident(ALNA, { name: `Person ${n}` })
  const { rows: before } = await owner.query<{ count: string }>('select count(*) from resident_identity')
  const total = Number(before[0]?.count)
  const next = newKey('k2')
  const both = openKeyring(next, keys.fingerprintKey, [keys.identityKey])
  const pool = openPool(urls.ownerUrl, { max: 2 })
  t.teardown(() => pool.end())
  const sealedWith = async () => {
    const { rows } = await owner.query<{ key: string; n: string }>(
      "select convert_from(substring(ciphertext from 2 for get_byte(ciphertext, 0)), 'LATIN1') as key, count(*) as n from resident_identity group by 1 order by 1",
    )
    return Object.fromEntries(rows.map(({ key, n }) => [key, Number(n)]))
  }
  t.strictSame(await sealedWith(), { k1: total })
  // the first person is in another's hands just then: what was done before stays done
  await owner.query(
    `create function planted() returns trigger language plpgsql as $$ begin raise exception 'stopped'; end $$`,
  )
  await owner.query(
    'create trigger planted before update on resident_identity for each statement execute function planted()',
  )
  await t.rejects(resealIdentities(openDatabase(pool), both), /stopped/)
  await owner.query('drop trigger planted on resident_identity')
  t.strictSame(await sealedWith(), { k1: total }, 'nothing is half done')

  const env = { DATABASE_URL: urls.ownerUrl, IDENTITY_KEY: next, FINGERPRINT_KEY: keys.fingerprintKey }
  const command = [join(import.meta.dirname, '../../src/cli/key.ts'), 'rotate']
  const lost = await runNode(command, env)
  t.equal(lost.code, 1, 'without the old key it ends')
  t.match(lost.stderr, /no key k1 here/)
  t.strictSame(await sealedWith(), { k1: total })
  const run = await runNode(command, { ...env, IDENTITY_KEYS_READABLE: keys.identityKey })
  t.equal(run.code, 0, run.stderr)
  t.match(run.stdout, new RegExp(`sealed with k2; ${total} were sealed anew`))
  t.strictSame(await sealedWith(), { k2: total })
  t.equal(await resealIdentities(openDatabase(pool), both), 0, 'there is nothing left to do')
  const { rows } = await owner.query<{ ciphertext: Buffer }>(
    'select ciphertext from resident_identity where resident_id = $1',
    [closed.residentId],
  )
  const alone = openKeyring(next, keys.fingerprintKey)
  t.equal(
    openIdentity(alone, closed.residentId, rows[0]?.ciphertext ?? Buffer.alloc(0)).name,
    'Åse Ødegård',
    'with the new key alone',
  )
  t.throws(() => openIdentity(app.deps.keyring, closed.residentId, rows[0]?.ciphertext ?? Buffer.alloc(0)), /no key k2/)
})

t.test('what is said of privacy is what the tables say', async (t) => {
  t.equal(await readFile(join(import.meta.dirname, '../../docs/privacy.md'), 'utf8'), privacyDocument())
})
