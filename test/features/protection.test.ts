import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { endUnansweredGlasses } from '../../src/db/placementSweep.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Odd Officer' })
const colleague = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Kai Kollega' })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA], name: 'Lise Leder' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA], name: 'Nina Nabo' })
const otherManager = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA], name: 'Mia Manager' })
const auditor = await app.signedInAs({ role: 'auditor' })
const planner = await app.signedInAs({ role: 'planner' })

const numbered = async (district: string, protection = 'none') => {
  const number = personalNumber()
  const person = await given.resident(district, {
    name: 'Berit Bak',
    number,
    phone: '40000000',
    address_protection: protection,
  })
  return { ...person, number }
}
const open = await numbered(ALNA)
const kode7 = await numbered(ALNA, 'confidential')
const kode6 = await numbered(ALNA, 'strictly_confidential')
for (const person of [kode7, kode6]) await given.inCircle(person, officer.accountId)
const house = await given.facility({ name: 'Trygt hus' })
await given.livesIn(open, await given.place(house, { label: 'H7' }))

const REASON = 'Ligger bevisstløs på legevakten nå.'
const ask = (client: typeof officer, number: string, reason = REASON) =>
  client.post('/break-glass', { personalNumber: number, reason })
const at = (version: number) => ({ 'if-match': `"${version}"` })
const tasks = async (client: typeof officer) =>
  (await client.get('/tasks')).json<{ items: { kind: string; residentName: string | null }[] }>().items
/** Requests that ended by themselves, by what is said of it; those that were answered say so too. */
const dropped = async () =>
  (await manager.get('/tasks?state=dropped&kind=answer_break_glass'))
    .json<{ items: { droppedBecause: string }[] }>()
    .items.filter(({ droppedBecause }) => !droppedBecause.startsWith('Besvart'))
const jobs = openPool(app.urls.jobUrl, { max: 1 })
t.teardown(() => jobs.end())
const sweep = () => asActor(openDatabase(jobs), null, TODAY, endUnansweredGlasses)

t.test('a circle is kept by the manager, who does not see whom it is about', async (t) => {
  const seen = (await manager.get('/circles')).json()
  t.equal(seen.items.length, 2)
  t.ok(
    seen.items.every((circle: { residentName: null; members: { name: string }[] }) => circle.residentName === null),
    'she has no name',
  )
  t.match(seen.officers, [{ name: 'Kai Kollega' }, { name: 'Odd Officer' }])
  t.notMatch(JSON.stringify(seen), /Nina|Berit/)
  t.match((await officer.get('/circles')).json().items, [{ residentName: 'Berit Bak' }, { residentName: 'Berit Bak' }])
  t.strictSame((await colleague.get('/circles')).json().items, [], 'who is in none keeps none')
  t.strictSame((await otherManager.get('/circles')).json().items, [], 'nor does another bydel’s manager')
  t.equal((await planner.get('/circles')).statusCode, 403)

  const add = (client: typeof officer, id: string, accountId: string) =>
    client.post(`/circles/${id}/members`, { accountId })
  const remove = (client: typeof officer, id: string, accountId: string) =>
    client.post(`/circles/${id}/members/${accountId}/removal`)
  for (const [what, client] of [
    ['not in it', colleague],
    ['another bydel', otherManager],
  ] as const) {
    const there = await add(client, kode6.residentId, client.accountId)
    const missing = await add(client, '019a0000-0000-7000-8000-000000000000', client.accountId)
    t.equal(there.statusCode, 404, what)
    t.equal(there.body.replace(there.json().traceId, ''), missing.body.replace(missing.json().traceId, ''), what)
  }
  t.equal(
    (await add(manager, open.residentId, colleague.accountId)).statusCode,
    404,
    'who is not protected has no circle',
  )
  t.match(
    (await add(manager, kode6.residentId, manager.accountId)).json(),
    { status: 409, code: 'circle_refused' },
    'herself',
  )
  t.match(
    (await add(manager, kode6.residentId, neighbour.accountId)).json(),
    { status: 409 },
    'another bydel’s officer',
  )
  t.match((await add(manager, kode6.residentId, planner.accountId)).json(), { status: 409 }, 'no officer at all')

  t.equal((await colleague.get(`/residents/${kode6.residentId}`)).statusCode, 404)
  const added = await add(manager, kode6.residentId, colleague.accountId)
  t.match(added.json(), { residentName: null, members: [{ name: 'Kai Kollega' }, { name: 'Odd Officer' }] })
  t.equal((await colleague.get(`/residents/${kode6.residentId}`)).statusCode, 200)
  t.equal((await manager.get(`/residents/${kode6.residentId}`)).statusCode, 404, 'the manager still does not see her')
  t.equal((await remove(manager, kode6.residentId, colleague.accountId)).statusCode, 200)
  t.equal((await colleague.get(`/residents/${kode6.residentId}`)).statusCode, 404)
  t.match(
    (await remove(officer, kode6.residentId, officer.accountId)).json(),
    { status: 409 },
    'somebody is always left',
  )
  const { rows } = await owner.query(
    `select action, actor_id from change_log where table_name = 'circle_member' and actor_id is not null order by id`,
  )
  t.strictSame(
    rows,
    ['insert', 'delete'].map((action) => ({ action, actor_id: manager.accountId })),
    'and each change of it is kept',
  )
  const history = (await officer.get(`/residents/${kode6.residentId}/changes`)).json().items
  t.match(history.slice(0, 2), [
    { action: 'delete', record: 'Medlem av kretsen (Kai Kollega)', by: 'Lise Leder' },
    { action: 'insert', record: 'Medlem av kretsen (Kai Kollega)', by: 'Lise Leder' },
  ])
  t.equal((await manager.get(`/residents/${kode6.residentId}/changes`)).statusCode, 404, 'by those in it alone')
})

t.test('somebody of another bydel is seen for an hour, for a reason that is gone through', async (t) => {
  t.match(
    (await ask(neighbour, open.number, 'Haster')).json(),
    { errors: [{ pointer: '/reason' }] },
    'a reason of 20 characters',
  )
  t.equal((await ask(neighbour, open.number, `${' '.repeat(30)}x`)).statusCode, 422, 'that says something')
  t.equal((await ask(planner, open.number)).statusCode, 403)
  t.match(
    (await ask(officer, open.number)).json(),
    { status: 409, code: 'glass_not_needed' },
    'who sees her needs no glass',
  )
  const asked = await ask(neighbour, open.number)
  t.equal(asked.statusCode, 201)
  const glass = asked.json()
  t.match(glass, { state: 'open', protection: 'none', district: ALNA, mine: true })
  t.equal(Date.parse(glass.endsAt) - Date.parse(glass.openedAt), 3_600_000)
  t.equal((await ask(neighbour, open.number)).json().id, glass.id, 'asked again it is the same')
  const person = (await neighbour.get(`/break-glass/${glass.id}/person`)).json()
  t.match(person, { name: 'Berit Bak', phone: '40000000', home: { label: 'H7', facilityName: 'Trygt hus' } })
  t.notMatch(JSON.stringify(person), open.number, 'the number is not told back')
  const { items: looks } = (await officer.get(`/residents/${open.residentId}/showings`)).json<{
    items: { purpose: string }[]
  }>()
  t.match(
    looks.filter(({ purpose }) => purpose === 'emergency'),
    [{ actor: { name: 'Nina Nabo' }, breakGlassIds: [glass.id] }],
    'from the look one comes to who asked and why',
  )

  t.equal((await neighbour.get(`/residents/${open.residentId}`)).statusCode, 404, 'it opens nothing else')
  for (const other of [officer, manager, otherManager, auditor]) {
    t.ok([403, 404].includes((await other.get(`/break-glass/${glass.id}/person`)).statusCode), 'nor to anybody else')
  }
  t.match(await tasks(manager), [{ kind: 'review_break_glass', residentName: null }], 'the manager is told')
  t.strictSame(await tasks(officer), [], 'and her officers are not')
  t.equal((await neighbour.post(`/break-glass/${glass.id}/review`, { verdict: 'justified' }, at(1))).statusCode, 403)
  t.equal((await otherManager.get(`/break-glass/${glass.id}`)).statusCode, 404)
  t.equal((await auditor.get(`/break-glass/${glass.id}`)).statusCode, 200)
  t.strictSame((await officer.get('/break-glass')).json().items, [], 'a colleague of the bydel sees none of it')

  await t.test('it ends by itself, by the clock of the database', async (t) => {
    await owner.query(
      `update break_glass set opened_at = now() - interval '59 minutes', ends_at = now() + interval '1 minute' where id = $1`,
      [glass.id],
    )
    t.equal((await neighbour.get(`/break-glass/${glass.id}/person`)).statusCode, 200, 'open for an hour')
    await owner.query(`update break_glass set opened_at = now() - interval '1 hour', ends_at = now() where id = $1`, [
      glass.id,
    ])
    t.equal((await neighbour.get(`/break-glass/${glass.id}/person`)).statusCode, 404)
    t.match((await neighbour.get(`/break-glass/${glass.id}`)).json(), { state: 'ended', may: { close: false } })
  })

  await t.test('the manager goes through it', async (t) => {
    const { version } = (await manager.get(`/break-glass/${glass.id}`)).json()
    const review = (body: object) => manager.post(`/break-glass/${glass.id}/review`, body, at(version))
    t.equal((await review({ verdict: 'not_justified' })).statusCode, 422, 'what was wrong is said')
    t.match((await review({ verdict: 'not_justified', note: 'Det hastet ikke.' })).json(), {
      review: { by: 'Lise Leder', verdict: 'not_justified' },
    })
    t.strictSame(await tasks(manager), [], 'and her task is done')
    t.equal((await review({ verdict: 'justified' })).statusCode, 409, 'once')
  })
})

t.test('kode 7 takes another’s yes', async (t) => {
  const asked = await ask(neighbour, kode7.number)
  const glass = asked.json()
  t.match(glass, { state: 'waiting', protection: 'confidential', openedAt: null })
  t.equal((await neighbour.get(`/break-glass/${glass.id}/person`)).statusCode, 404, 'nothing before it')
  t.match(await tasks(manager), [{ kind: 'answer_break_glass' }])
  const answer = (client: typeof officer, approved: boolean, version = glass.version) =>
    client.post(`/break-glass/${glass.id}/answer`, { approved }, at(version))
  t.equal((await answer(neighbour, true)).statusCode, 403)
  t.equal((await answer(otherManager, true)).statusCode, 404, 'a manager elsewhere')
  t.match((await answer(manager, true)).json(), { state: 'open', answered: { by: 'Lise Leder', approved: true } })
  t.match((await neighbour.get(`/break-glass/${glass.id}/person`)).json(), {
    name: 'Berit Bak',
    addressProtection: 'confidential',
  })
  t.match(await tasks(manager), [{ kind: 'review_break_glass' }])
  t.equal((await manager.get(`/break-glass/${glass.id}/person`)).statusCode, 404, 'not to who said yes')

  await owner.query(`update resident set address_protection = 'strictly_confidential' where id = $1`, [
    kode7.residentId,
  ])
  t.equal(
    (await neighbour.get(`/break-glass/${glass.id}/person`)).statusCode,
    404,
    'what becomes kode 6 is closed at once',
  )
  await owner.query(`update resident set address_protection = 'confidential' where id = $1`, [kode7.residentId])
  const closed = await neighbour.post(`/break-glass/${glass.id}/closing`, undefined, at(2))
  t.match(closed.json(), { state: 'ended' })
  t.equal((await neighbour.get(`/break-glass/${glass.id}/person`)).statusCode, 404, 'done is done')

  await t.test('nobody says yes to herself', async (t) => {
    const own = (await ask(manager, kode7.number)).json()
    t.match(own, { state: 'waiting', may: { answer: false } })
    t.equal((await manager.post(`/break-glass/${own.id}/answer`, { approved: true }, at(1))).statusCode, 409)
    await t.rejects(
      owner.query(
        'update break_glass set approved = true, answered_by = requested_by, answered_at = now() where id = $1',
        [own.id],
      ),
      'not even past the application',
    )
    const second = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
    t.match((await second.post(`/break-glass/${own.id}/answer`, { approved: false }, at(1))).json(), {
      state: 'refused',
    })
    t.equal((await manager.get(`/break-glass/${own.id}/person`)).statusCode, 404)
  })

  await t.test('what nobody answers runs out', async (t) => {
    const late = (await ask(colleague, kode7.number)).json()
    await owner.query('update break_glass set answer_by = now() where id = $1', [late.id])
    t.match((await colleague.get(`/break-glass/${late.id}`)).json(), { state: 'unanswered' })
    t.equal((await manager.post(`/break-glass/${late.id}/answer`, { approved: true }, at(2))).statusCode, 409)
    const toAnswer = async () => (await tasks(manager)).filter(({ kind }) => kind === 'answer_break_glass').length
    t.equal(await toAnswer(), 1)
    t.equal(await sweep(), 1)
    t.equal(await sweep(), 0, 'once')
    t.equal(await toAnswer(), 0, 'and leaves no task behind')
    t.match(await dropped(), [{ droppedBecause: 'Ingen svarte innen fristen. Personen ble ikke åpnet.' }])
  })

  await t.test('what is withdrawn is not called unanswered, and leaves no task either', async (t) => {
    const asked = (await ask(neighbour, kode7.number)).json()
    const withdrawn = await neighbour.post(`/break-glass/${asked.id}/closing`, undefined, at(1))
    t.match(withdrawn.json(), { state: 'withdrawn', openedAt: null })
    t.match(await dropped(), [{}, { droppedBecause: /trakk det før noen svarte/ }])
    t.equal(await sweep(), 0)
  })
})

t.test('kode 6 is never opened, and answers like nobody', async (t) => {
  const there = await ask(neighbour, kode6.number)
  const nobody = await ask(neighbour, personalNumber())
  t.equal(there.statusCode, 404)
  t.equal(there.body.replace(there.json().traceId, ''), nobody.body.replace(nobody.json().traceId, ''))
  const beside = await given.resident(GRUNERLOKKA, { number: kode6.number })
  t.equal((await ask(colleague, kode6.number)).statusCode, 404, 'nor where another bydel knows nothing of it')
  await owner.query('delete from resident_identity where resident_id = $1', [beside.residentId])
  const { rows } = await owner.query('select count(*) as n from break_glass where resident_id = $1', [kode6.residentId])
  t.strictSame(rows, [{ n: '0' }])
})

t.test('every use of it is a security event, and none says whom it was about', async (t) => {
  const { rows } = await owner.query<{ kind: string; record: string | null; detail: string | null; n: string }>(
    `select kind, record, detail, count(*) as n from security_event where kind like 'break_glass%' group by 1, 2, 3 order by 1, 3`,
  )
  const of = 'break_glass'
  t.match(rows, [
    { kind: 'break_glass', record: of, n: '2' },
    { kind: 'break_glass_approved', record: of, n: '1' },
    { kind: 'break_glass_ended', record: of, n: '2' },
    { kind: 'break_glass_refused', record: of, n: '1' },
    { kind: 'break_glass_requested', record: null, detail: 'nobody', n: '3' },
    { kind: 'break_glass_requested', record: of, n: '4' },
    { kind: 'break_glass_reviewed', record: of, n: '1' },
    { kind: 'break_glass_unanswered', record: of, n: '1' },
  ])
})
