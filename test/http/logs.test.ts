import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, personalNumber } from '../support/fixtures.ts'

const CANARY = 'Kanarifuglen Hemmelighetsen'
const PHONE = '99887766'

t.test('a name and a number reach neither the log nor an address', async (t) => {
  const lines: string[] = []
  const app = await testApp(t, { logLevel: 'info', logStream: { write: (line) => lines.push(line) } })
  const given = fixturesOf(app)
  const urls: string[] = []
  app.app.addHook('onRequest', async (request) => {
    urls.push(request.url)
  })
  const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Saksbehandler Synlig' })
  const number = personalNumber()
  const placeId = await given.place(await given.facility())

  const registered = await officer.post(
    '/residents',
    { district: ALNA, name: CANARY, personalNumber: number, phone: PHONE, contactPerson: CANARY },
    { 'idempotency-key': 'canary' },
  )
  const person = registered.json()
  await officer.post('/residents', { district: ALNA, name: CANARY, personalNumber: number })
  await officer.post('/residents', { district: ALNA, name: CANARY, personalNumber: `${number}1` })
  await officer.post('/residents', { district: ALNA, name: CANARY, unknown: CANARY })
  await officer.post('/residents/search', { personalNumber: number })
  await officer.post('/residents/search', { name: 'Kanarifuglen' })
  await officer.get(`/residents/${person.id}`)
  await officer.patch(`/residents/${person.id}`, { name: `${CANARY} igjen` }, person.version)
  const need = (
    await officer.post('/needs', { residentId: person.id, forms: ['municipal'], whatMatters: CANARY })
  ).json()
  await officer.post(`/needs/${need.id}/registration`, undefined, { 'if-match': '"1"' })
  await officer.get('/needs')
  await officer.get(`/needs/${need.id}/matches`)
  await officer.get(`/explanations?needId=${need.id}&placeId=${placeId}`)
  await officer.get(`/places/${placeId}/matches`)
  // somebody puts a number where it does not belong: even then it is not logged
  await officer.get(`/residents/${number}`)
  await officer.get(`/residents?personalNumber=${number}`)
  const asked = urls.filter((url) => !/^\/api\/v1\/residents(\/\d{11}$|\?personalNumber)/.test(url))

  await t.test('nor when something breaks', async (t) => {
    // an error that quotes the row, and a missing table
    await app.owner.query(`create function quote_it() returns trigger language plpgsql as $$
      begin
        raise exception 'cannot keep %', new.what_matters using detail = new.what_matters, table = 'need';
      end $$`)
    await app.owner.query(`create trigger planted before update on need for each row
      when (new.what_matters like '%knus%') execute function quote_it()`)
    const broken = await officer.patch(`/needs/${need.id}`, { whatMatters: `${CANARY} ${number} knus` }, 2)
    t.equal(broken.statusCode, 500)
    await app.owner.query('alter table resident_identity rename to gone')
    const gone = await officer.post('/residents', { district: ALNA, name: CANARY, personalNumber: personalNumber() })
    t.equal(gone.statusCode, 500)
    for (const { body, json } of [broken, gone]) {
      t.strictSame(Object.keys(json()).toSorted(), ['code', 'detail', 'status', 'title', 'traceId', 'type'])
      t.notMatch(body, /planted|gone|resident_identity|cannot keep|Kanari/)
    }
    const failures = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
    t.equal(failures.length, 2, 'both are in the log')
    t.strictSame(
      failures.map(({ reqId }) => reqId),
      [broken.json().traceId, gone.json().traceId],
      'under the id that the user was given',
    )
    t.match(failures[0].err, { code: 'P0001', table: 'need' })
    t.ok(failures[0].err.stack.length > 0, 'with the place in the code')
  })

  const log = lines.join('')
  t.ok(lines.length > 20, 'there is a log')
  for (const secret of [CANARY, 'Kanarifuglen', 'Hemmelighetsen', number, PHONE, officer.cookie, 'Synlig']) {
    t.notOk(log.includes(secret), `${secret} is not in the log`)
    t.notOk(asked.join('\n').includes(secret), `${secret} is in no address`)
  }
  t.notOk(log.includes(person.id) || log.includes(need.id), 'nor do the logs say whose page was opened')
  t.match(log, /"route":"\/api\/v1\/residents\/:id"/, 'but which route it was')
})
