import t from 'tap'
import { type Cells, csvOf } from '../../src/cli/bench/importSheets.ts'
import { asActor } from '../../src/db/actor.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'
import { importFile, wrongIn } from '../support/importFiles.ts'
import { actor } from '../support/wall.ts'

const test = await testApp(t)
const { owner, deps, signedInAs } = test
const given = fixturesOf(test)
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const colleague = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

let ids = 0

/** A need of somebody nobody knows, with an id of its own. */
function need(cells: Cells = {}): Cells {
  ids += 1
  return {
    Kilde: 'Fagsystem',
    'Ekstern id': `N${ids}`,
    Navn: `Ny Person ${ids}`,
    Boligformer: 'Kommunal bolig',
    ...cells,
  }
}
const ended = { Registrert: '2024-01-01', Avsluttet: '2024-06-01', 'Grunn til avslutning': 'deceased' }
const take = (rows: Cells[], client = officer) => importFile(client, csvOf(rows), 'all_or_nothing')
const wrong = async (rows: Cells[], client = officer) => wrongIn(await importFile(client, csvOf(rows), 'dry_run'))
const households = async () => (await countRows(owner)).household

t.test(
  'another bydel’s person is never told of: the row of a stranger and of somebody they know answer alike',
  async (t) => {
    const number = personalNumber()
    await given.resident(GRUNERLOKKA, { number })
    const before = await countRows(owner)
    const known = await importFile(
      officer,
      csvOf([need({ Bydel: 'Grünerløkka', Fødselsnummer: number })]),
      'accept_good',
    )
    const stranger = await importFile(
      officer,
      csvOf([need({ Bydel: 'Grünerløkka', Fødselsnummer: personalNumber() })]),
      'accept_good',
    )
    t.strictSame(known.badRows, stranger.badRows)
    t.strictSame(known.badRows[0]?.errors, [
      { column: 'Bydel', code: 'not_own_district', reason: 'Du kan bare importere rader for din egen bydel.' },
    ])
    t.strictSame(await countRows(owner), before)
    t.match((await take([need({ Fødselsnummer: number })])).counts, { new: 1 }, 'in her own bydel she is somebody new')
  },
)

t.test('the same id in the source is two records in two bydeler', async (t) => {
  const row = need({ 'Person-id': 'same' })
  t.match((await take([row])).counts, { new: 1 })
  t.match((await take([row], neighbour)).counts, { new: 1 }, 'and neither is told of the other')
})

t.test('a person of the bydel is found by number or by the id she has in the source', async (t) => {
  const number = personalNumber()
  const person = await given.resident(ALNA, { number, name: 'Kari Kjent', phone: '22 22 22 22' })
  const before = await households()
  const row = need({ Navn: '', Fødselsnummer: `${number.slice(0, 6)} ${number.slice(6)}`, 'Person-id': 'K1' })
  t.match((await take([row])).counts, { new: 1 })
  t.equal(await households(), before)
  t.match((await officer.get(`/residents/${person.residentId}`)).json(), {
    name: 'Kari Kjent',
    phone: '22 22 22 22',
    version: 1,
  })
  const later = need({ Navn: '', 'Person-id': 'K1', ...ended })
  t.match((await take([later])).counts, { new: 1 })
  t.equal(await households(), before)
})

t.test('a number that has lost its first zero in a spreadsheet is still a number', async (t) => {
  let number = personalNumber()
  while (!number.startsWith('0')) number = personalNumber()
  t.match((await take([need({ Fødselsnummer: number.slice(1) })])).counts, { new: 1 })
  const found = (await officer.post('/residents/search', { personalNumber: number })).json()
  t.equal(found.items.length, 1)
})

t.test('several rows of one person register her once, and must agree on her', async (t) => {
  const before = await households()
  const person = { 'Person-id': 'P7', Navn: 'Ola Flere', Kjønn: 'Mann' }
  await take([need({ ...person, ...ended }), need({ 'Person-id': 'P7', Navn: '' }), need({ ...person, ...ended })])
  t.equal(await households(), (before ?? 0) + 1)
  const other = { 'Person-id': 'P8', Navn: 'En' }
  t.strictSame(await wrong([need({ ...other, ...ended }), need({ ...other, Navn: 'To', ...ended })]), [
    '2 - contradiction',
    '3 - contradiction',
  ])
  const [one, two] = [personalNumber(), personalNumber()]
  t.strictSame(
    await wrong([
      need({ 'Person-id': 'A', Fødselsnummer: one, ...ended }),
      need({ 'Person-id': 'B', Fødselsnummer: one }),
    ]),
    ['2 Fødselsnummer two_ids', '3 Fødselsnummer two_ids'],
  )
  t.match(
    await wrong([
      need({ 'Person-id': 'A', Fødselsnummer: one, ...ended }),
      need({ 'Person-id': 'A', Fødselsnummer: two }),
    ]),
    ['2 Fødselsnummer two_numbers'],
  )
})

t.test('a row that is about two people, or about another one than last time', async (t) => {
  const [one, two] = [personalNumber(), personalNumber()]
  await take([need({ 'Person-id': 'X1', Fødselsnummer: one }), need({ 'Person-id': 'X2', Fødselsnummer: two })])
  t.strictSame(await wrong([need({ 'Person-id': 'X1', Fødselsnummer: two, ...ended })]), ['2 Person-id other_person'])
  const row = need({ Fødselsnummer: personalNumber() })
  await take([row])
  t.strictSame(await wrong([{ ...row, Fødselsnummer: one, ...ended }]), ['2 - other_person'])
})

t.test('the same id twice in a file is wrong in both rows, each naming the other', async (t) => {
  const row = need()
  const report = await importFile(officer, csvOf([row, need(), { ...row, Navn: 'En annen' }]), 'accept_good')
  t.match(report, { counts: { new: 1, bad: 2 } })
  t.match(report.badRows, [
    { row: 2, errors: [{ column: 'Ekstern id', code: 'duplicate_id', reason: /rad 4/ }] },
    { row: 4, errors: [{ column: 'Ekstern id', code: 'duplicate_id', reason: /rad 2/ }] },
  ])
})

t.test('a household has one open need: in the file, and beside what is registered', async (t) => {
  const person = { 'Person-id': 'O1', Navn: 'Åpen Behovsen' }
  t.match((await importFile(officer, csvOf([need(person), need(person)]), 'dry_run')).badRows, [
    { row: 2, errors: [{ code: 'open_need_exists', reason: /rad 3/ }] },
    { row: 3, errors: [{ code: 'open_need_exists', reason: /rad 2/ }] },
  ])
  const first = need(person)
  await take([first])
  t.strictSame(await wrong([need(person)]), ['2 - open_need_exists'])
  const next = [
    { ...first, ...ended },
    need({ ...person, ...Object.fromEntries(Object.keys(ended).map((name) => [name, ''])) }),
  ]
  t.match((await take(next)).counts, { changed: 1, new: 1 }, 'unless the same file ends the first one')
  t.strictSame(await wrong([{ ...first, Boligformer: 'Overgangsbolig' }]), [
    '2 - need_not_open',
    '2 - open_need_exists',
  ])
})

t.test('when the row that would have ended the first need falls, the next one falls with it', async (t) => {
  const person = { 'Person-id': 'O2', Navn: 'Avhengig Person' }
  const first = need(person)
  await take([first])
  const ends = { ...first, ...ended, 'Person-id': 'O2', Fødselsnummer: '' }
  const rows = [
    { ...ends, Kjønn: 'ugyldig' },
    { ...need(person), Kjønn: '' },
  ].map((row) => ({ Avsluttet: '', Registrert: '', ...row }))
  t.strictSame(await wrong(rows), ['2 Kjønn unknown_value', '3 - open_need_exists'])
})

t.test('who protects a person is in her circle; another officer is told only that she may not', async (t) => {
  const number = personalNumber()
  const row = need({ Fødselsnummer: number, 'Person-id': 'S1', Adressesperre: 'Kode 6' })
  t.match((await take([row])).counts, { new: 1 })
  t.match((await take([{ ...row, Krav: 'Heis' }])).counts, { changed: 1 })
  for (const again of [row, need({ Fødselsnummer: number }), need({ 'Person-id': 'S1', ...ended })]) {
    const report = await importFile(colleague, csvOf([{ ...again, Ønsker: 'Heis' }]), 'accept_good')
    t.match(report, { counts: { bad: 1 }, badRows: [{ errors: [{ code: 'hidden_person' }] }] })
  }
  const same = await importFile(colleague, csvOf([{ ...row, Krav: 'Heis' }]), 'accept_good')
  t.match(same, { counts: { bad: 1, unchanged: 0 } }, 'nor that it is as it was sent before')
  const keysFor = (client: typeof officer) =>
    asActor(deps.db, actor('housing_officer', client, [ALNA]), TODAY, ({ trx }) =>
      trx
        .selectFrom('importKey')
        .select('kind')
        .where('externalId', 'in', ['S1', row['Ekstern id'] ?? ''])
        .execute(),
    )
  t.equal((await keysFor(officer)).length, 2)
  t.strictSame(await keysFor(colleague), [], 'by what id another system knows her is read in her circle alone')
})

t.test('a person who is protected from now on is the importer’s to see', async (t) => {
  const row = need({ 'Person-id': 'S2' })
  await take([row])
  await take([{ ...row, Adressesperre: 'kode 7' }])
  const seen = async (client: typeof officer) =>
    (await client.post('/residents/search', { name: row.Navn })).json().items.length
  t.equal(await seen(officer), 1)
  t.equal(await seen(colleague), 0)
})

t.test(
  'a draft becomes a registered need when the file says a form, and every change is logged with who made it',
  async (t) => {
    const row = need({ Boligformer: '' })
    await take([row])
    const { rows } = await owner.query('select target_id as id from import_key where external_id = $1', [
      row['Ekstern id'],
    ])
    const path = `/needs/${rows[0].id}`
    t.match((await officer.get(path)).json(), { status: 'draft', version: 1, registeredAt: null })
    await take([{ ...row, Boligformer: 'Kommunal bolig' }])
    t.match((await officer.get(path)).json(), { status: 'registered', version: 2, forms: ['municipal'] })
    const log = await owner.query(
      "select actor_id, action from change_log where table_name = 'need' and row_id = $1 order by id",
      [rows[0].id],
    )
    t.strictSame(log.rows, [
      { actor_id: officer.accountId, action: 'insert' },
      { actor_id: officer.accountId, action: 'update' },
    ])
  },
)

t.test('an account of several bydeler says which in each row', async (t) => {
  const both = await signedInAs({ role: 'district_manager', districts: [ALNA, GRUNERLOKKA] })
  t.strictSame(await wrong([need()], both), ['2 Bydel missing'])
  t.match((await take([need({ Bydel: 'Alna' }), need({ Bydel: '030102' })], both)).counts, { new: 2 })
})

t.test('a need that has ended is taken with its reason', async (t) => {
  const row = need({ ...ended, 'Grunn til avslutning': 'no_capacity' })
  await take([row])
  const { rows } = await owner.query(
    `select n.status, n.ended_reason, (n.ended_at at time zone 'Europe/Oslo')::date::text as ended from import_key k
     join need n on n.id = k.target_id where k.external_id = $1`,
    [row['Ekstern id']],
  )
  t.strictSame(rows, [{ status: 'withdrawn', ended_reason: 'no_capacity', ended: '2024-06-01' }])
})
