import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { type Cells, csvOf, needRows, personalNumbers, placeRows, stayRows } from '../../src/cli/bench/importSheets.ts'
import { asActor } from '../../src/db/actor.ts'
import { runImport } from '../../src/features/imports/run.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, GRUNERLOKKA } from '../support/fixtures.ts'
import { importFile, importXlsx, wrongIn } from '../support/importFiles.ts'

const { owner, deps, signedInAs, anonymous } = await testApp(t)
const admin = await signedInAs({ role: 'administrator' })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
const CSV = { 'content-type': 'text/csv' }

/** Everything but what an import keeps for itself, and what repeats an answer. */
const counted = async () => {
  const { idempotency_answer: _, ...rows } = await countRows(owner)
  return rows
}
const versions = async () => {
  const tables = ['place', 'need', 'stay', 'resident', 'household']
  const { rows } = await owner.query(`select ${tables.map((name) => `(select sum(version) from ${name}) as ${name}`)}`)
  return rows[0]
}

const KINDS = [
  { client: admin, rows: placeRows(40) },
  { client: officer, rows: needRows(40) },
  { client: officer, rows: stayRows(40, 40) },
]

t.test('each kind is taken from CSV; the same file again changes nothing, as CSV or as XLSX', async (t) => {
  for (const { client, rows } of KINDS) {
    const first = await importFile(client, csvOf(rows), 'all_or_nothing')
    t.match(first, { written: true, counts: { rows: 40, new: 40, unchanged: 0, changed: 0, bad: 0 }, rejected: null })
    const before = [await counted(), await versions()]
    for (const again of [
      await importFile(client, csvOf(rows), 'all_or_nothing'),
      await importXlsx(client, rows, 'all_or_nothing'),
    ]) {
      t.match(again, { kind: first.kind, counts: { rows: 40, new: 0, unchanged: 40, changed: 0, bad: 0 } })
    }
    t.strictSame([await counted(), await versions()], before)
  }
})

t.test('a file that takes longer to read than an idle transaction may live is taken all the same', async (t) => {
  const { rows } = await owner.query("select id, name from account where role = 'administrator' limit 1")
  const actor = {
    accountId: rows[0].id,
    name: rows[0].name,
    role: 'administrator',
    districts: [],
    facilities: [],
  } as const
  const slow = {
    format: 'csv' as const,
    get bytes() {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200)
      return csvOf(placeRows(3))
    },
  }
  const outcome = await asActor(deps.db, actor, TODAY, async (acting) => {
    await sql`select set_config('idle_in_transaction_session_timeout', '400', true)`.execute(acting.trx)
    return runImport(acting, actor, deps.keyring, true, { file: slow, mode: 'dry_run', kind: 'places' })
  })
  t.match(outcome.counts, { rows: 3, bad: 0 })
})

t.test('what is registered is what the rows say', async (t) => {
  const { rows: places } = await owner.query(`
    select f.name, f.district_code, p.form, lower(p.open_during)::text as opens, p.max_household, p.features
    from place p join facility f on f.id = p.facility_id where p.label = 'H1'`)
  t.match(places[0], {
    name: 'Hus 0',
    district_code: ALNA,
    form: 'municipal_support',
    opens: '2015-01-01',
    max_household: 6,
    features: ['own_kitchen'],
  })
  const { rows: needs } = await owner.query(`
    select n.status, n.forms, n.origin, n.what_matters, (n.registered_at at time zone 'Europe/Oslo')::date::text as registered,
      n.required_features, h.adults, r.gender, r.birth_date::text, r.synthetic, h.pets,
      array(select c.birth_year from household_child c where c.household_id = h.id order by 1) as children
    from import_key k join need n on n.id = k.target_id join household h on h.id = n.household_id
      join resident r on r.household_id = h.id where k.external_id = 'N-2'`)
  t.match(needs, [
    {
      status: 'registered',
      forms: ['transitional'],
      origin: 'vel',
      what_matters: '«Ro» og "hage"\ntil hunden',
      registered: '2026-03-15',
      required_features: ['ground_floor', 'own_bathroom'],
      adults: 1,
      gender: 'woman',
      birth_date: '1962-03-12',
      synthetic: true,
      pets: false,
      children: [2012, 2016],
    },
  ])
  const page = (await officer.get('/needs?limit=50')).json()
  t.equal(page.items.length, 40)
  t.ok(page.items.some(({ residentName }: { residentName: string }) => residentName === 'Åse Prøve 3'))
  const { rows: stays } = await owner.query(`
    select count(*)::int as stays, count(distinct s.household_id)::int as households, count(o.id)::int as taken
    from stay s join occupancy o on o.id = s.occupancy_id and o.during = s.during`)
  t.strictSame(
    stays,
    [{ stays: 40, households: 40, taken: 40 }],
    'the same people, found by the id they have in the source',
  )
})

t.test('a changed row changes what it says, once, and leaves what it does not say', async (t) => {
  const [first, ...others] = needRows(40)
  const { rows: before } = await owner.query("select target_id as id from import_key where external_id = 'N-0'")
  const need = (await officer.get(`/needs/${before[0].id}`)).json()
  const { Telefon: _, 'Hva er viktig for deg': __, ...said } = first as Cells
  const changed = { ...said, Boligformer: 'Overgangsbolig', Navn: 'Kari Nytt', Voksne: '2', Barn: '2019' }
  const report = await importFile(officer, csvOf([changed, ...others]), 'all_or_nothing')
  t.match(report.counts, { new: 0, unchanged: 39, changed: 1, bad: 0 })
  const after = (await officer.get(`/needs/${need.id}`)).json()
  t.match(after, { version: need.version + 1, forms: ['transitional'], whatMatters: need.whatMatters })
  const resident = (await officer.get(`/residents/${need.resident.id}`)).json()
  t.match(resident, {
    name: 'Kari Nytt',
    phone: '+47 400 00000',
    household: { adults: 2, children: [{ birthYear: 2019 }] },
  })
  t.match((await importFile(officer, csvOf([changed]), 'all_or_nothing')).counts, { unchanged: 1 })
  t.equal((await officer.get(`/needs/${need.id}`)).json().version, need.version + 1)
  await importFile(officer, csvOf(needRows(40)), 'all_or_nothing')
})

t.test('what somebody has changed since stands, until the row says something else', async (t) => {
  const { rows } = await owner.query("select target_id as id from import_key where external_id = 'N-5'")
  const path = `/needs/${rows[0].id}`
  await officer.patch(path, { whatMatters: 'Skrevet på skjermen' }, (await officer.get(path)).json().version)
  await importFile(officer, csvOf(needRows(40)), 'all_or_nothing')
  t.equal((await officer.get(path)).json().whatMatters, 'Skrevet på skjermen')
})

const BAD: [Cells, string][] = [
  [{ Boligformer: 'Slott' }, 'Boligformer unknown_value'],
  [{ Fødselsdato: '30.2.1980' }, 'Fødselsdato invalid_day'],
  [{ Fødselsdato: '2030-01-01' }, 'Fødselsdato in_the_future'],
  [{ 'Trengs fra': '2026-12-01', 'Trengs til': '2026-12-01' }, 'Trengs til empty_range'],
  [{ Bydel: 'Atlantis' }, 'Bydel unknown_value'],
  [{ Bydel: 'Grünerløkka' }, 'Bydel not_own_district'],
  [{ Fødselsnummer: '12345678901' }, 'Fødselsnummer invalid_personal_number'],
  [{ Fødselsnummer: '1234' }, 'Fødselsnummer invalid_personal_number'],
  [{ Voksne: '0' }, 'Voksne invalid_number'],
  [{ Tolk: 'kanskje' }, 'Tolk invalid_yes_no'],
  [{ Krav: 'Heis; heis' }, 'Krav twice'],
  [{ Krav: 'Heis', Ønsker: 'lift' }, 'Ønsker also_required'],
  [{ 'Privat leie': 'Går videre uten' }, 'Grunn til svaret om privat leie missing'],
  [{ Navn: 'x'.repeat(201) }, 'Navn too_long'],
  [{ Navn: '' }, 'Navn missing'],
  [{ Barn: '1815' }, 'Barn invalid_year'],
  [{ Boligformer: '', Registrert: '2026-01-01' }, 'Boligformer missing'],
  [{ Avsluttet: '2026-01-01', Registrert: '2026-02-01' }, 'Avsluttet before_registration'],
  [{ Kilde: '' }, 'Kilde missing'],
]

t.test('each bad row is named with its row, column and reason, and never with what stands in it', async (t) => {
  const numbers = personalNumbers()
  for (let skipped = 0; skipped < 60; skipped += 1) numbers.next()
  const extra = { 'Trengs til': '', 'Grunn til svaret om privat leie': '', Avsluttet: '' }
  const rows = BAD.map(
    ([wrong], at): Cells => ({
      ...needRows(1)[0],
      ...extra,
      'Ekstern id': `bad-${at}`,
      'Person-id': `bad-${at}`,
      Fødselsnummer: numbers.next().value ?? '',
      ...wrong,
    }),
  )
  const before = await counted()
  const report = await importFile(officer, csvOf(rows), 'all_or_nothing')
  t.match(report, { written: false, counts: { rows: BAD.length, bad: BAD.length } })
  t.strictSame(
    wrongIn(report),
    BAD.map(([, wrong], at) => `${at + 2} ${wrong}`),
  )
  t.strictSame(await counted(), before)
  for (const { errors } of report.badRows) {
    for (const { reason } of errors) {
      t.match(reason, /^[A-ZÆØÅ].*\.$/s)
      t.notMatch(reason, /\d{5}|Slott|Atlantis|x{20}/)
    }
  }
})

t.test('the bad rows come back as CSV, are corrected and sent again', async (t) => {
  const rows = needRows(45)
  const broken = rows.map((row, at) =>
    at >= 42 ? { ...row, Kjønn: '=cmd|x', Telefon: '-47', Navn: `@${row.Navn}` } : row,
  )
  const first = await importFile(officer, csvOf(broken), 'accept_good')
  t.match(first, { written: true, counts: { rows: 45, new: 2, unchanged: 40, changed: 0, bad: 3 } })
  t.strictSame(wrongIn(first), ['44 Kjønn unknown_value', '45 Kjønn unknown_value', '46 Kjønn unknown_value'])

  const answer = await officer.get(first.rejected ?? '')
  t.match(answer.headers, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': /^attachment/ })
  t.match(answer.body, /^\uFEFF"Feil";"Kilde"/)
  t.equal(answer.body.trim().split('\r\n').length, 4)
  t.notMatch(answer.body, /(^|;)"[=+\-@]/m, 'no cell is a formula')

  const unchanged = await importFile(officer, Buffer.from(answer.body), 'accept_good')
  t.match(unchanged.counts, { rows: 3, bad: 3 }, 'nothing has become right by itself')
  const corrected = answer.body.replaceAll(`'=cmd|x`, 'Kvinne')
  t.match((await importFile(officer, Buffer.from(corrected), 'all_or_nothing')).counts, { rows: 3, new: 3, bad: 0 })
  const hits = (await officer.post('/residents/search', { name: rows[44]?.Navn })).json()
  t.match(hits.items, [{ name: `@${rows[44]?.Navn}` }], 'the sign that guarded it is gone')
})

t.test('a dry run says what would happen and changes nothing', async (t) => {
  const before = [await counted(), await versions()]
  const rows = needRows(60).map((row, at) =>
    at < 3 ? { ...row, Rus: 'Vil bo rusfritt', Krav: 'Heis; Eget bad' } : row,
  )
  const report = await importFile(officer, csvOf(rows), 'dry_run')
  t.match(report, { written: false, counts: { rows: 60, new: 15, bad: 0 } })
  t.strictSame([await counted(), await versions()], before)
})

/** Twelve good rows of a kind that nothing is known of yet. */
const FRESH: ((round: number) => { client: typeof admin; rows: Cells[] })[] = [
  (round) => ({
    client: admin,
    rows: placeRows(12).map((row, at) => ({ ...row, 'Ekstern id': `p${round}-${at}`, Botilbud: `Nytt hus ${round}` })),
  }),
  (round) => ({
    client: officer,
    rows: needRows(12).map((row, at) => ({ ...row, ...newcomer(round, at), 'Ekstern id': `n${round}-${at}` })),
  }),
  (round) => ({
    client: officer,
    rows: stayRows(12, 12).map((row, at) => ({
      ...row,
      ...newcomer(round, at),
      'Ekstern id': `s${round}-${at}`,
      'Flyttet inn': '2018-02-01',
      'Flyttet ut': '2019-02-01',
    })),
  }),
]
const newcomer = (round: number, at: number) => ({ 'Person-id': `${round}-${at}`, Fødselsnummer: '' })

const SPOILS: readonly Cells[] = [{ Kilde: '' }, { Bydel: 'Atlantis' }, { 'Ekstern id': 'the same' }]

t.test('all or nothing leaves nothing when rows are bad; the good ones alone are all taken', async (t) => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FRESH),
      fc.uniqueArray(fc.nat(11), { minLength: 2, maxLength: 4 }),
      fc.constantFrom(...SPOILS),
      async (fresh, spoilt, how) => {
        round += 1
        const { client, rows } = fresh(round)
        const table = rows.map((row, at) => (spoilt.includes(at) ? { ...row, ...how } : row))
        const before = await counted()
        const report = await importFile(client, csvOf(table), 'all_or_nothing')
        t.match(report, { written: false, counts: { rows: 12, new: 12 - spoilt.length, bad: spoilt.length } })
        t.strictSame(
          report.badRows.map(({ row }) => row),
          spoilt.map((at) => at + 2).sort((a, b) => a - b),
        )
        t.strictSame(await counted(), before)
        t.match(await importFile(client, csvOf(table), 'accept_good'), { written: true, counts: report.counts })
        t.match((await importFile(client, csvOf(table), 'accept_good')).counts, {
          new: 0,
          unchanged: 12 - spoilt.length,
          changed: 0,
          bad: spoilt.length,
        })
        // the next round finds the same days free
        await owner.query('delete from stay where id in (select target_id from import_key where external_id like $1)', [
          's%-%',
        ])
        await owner.query('delete from occupancy o where not exists (select from stay s where s.occupancy_id = o.id)')
      },
    ),
    { numRuns: 12 },
  )
})

t.test('a file that cannot be one is refused, and nothing of it is repeated', async (t) => {
  const secret = '01819012345'
  const post = (body: unknown, headers: Record<string, string> = CSV, query = 'mode=dry_run') =>
    officer.post(`/imports?${query}`, body, headers)
  for (const [answer, status, code] of [
    [await post(Buffer.from('')), 422, 'import_unreadable'],
    [await post(Buffer.from(`Navn;${secret}\n`)), 422, 'invalid_value'],
    [
      await post(Buffer.from(`Kilde;Ekstern id;${secret}\na;b;c\n`), CSV, 'mode=dry_run&kind=needs'),
      422,
      'import_unreadable',
    ],
    [
      await post(Buffer.from(`Kilde;Kilde;Ekstern id\na;b;c\n`), CSV, 'mode=dry_run&kind=needs'),
      422,
      'import_unreadable',
    ],
    [await post(Buffer.from('Kilde\na\n'), CSV, 'mode=dry_run&kind=stays'), 422, 'import_unreadable'],
    [await post({ rows: [] }, { 'content-type': 'application/json' }), 415, 'import_format_unknown'],
    [await post(Buffer.alloc(50 * 1_048_576 + 1, 'a')), 413, 'import_too_large'],
    [await post(csvOf(needRows(1)), CSV, 'mode=everything'), 400, 'invalid_request'],
    [await post(csvOf(needRows(1)), CSV, ''), 400, 'invalid_request'],
  ] as const) {
    t.equal(answer.statusCode, status, answer.body)
    t.equal(answer.json().code, code)
    t.notMatch(answer.body, secret)
  }
  const missing = await post(Buffer.from('Kilde;Ekstern id;Navnn\na;b;c\n'), CSV, 'mode=dry_run&kind=stays')
  t.match(missing.json().errors, [
    { pointer: '/columns/3', code: 'unknown_column', detail: 'Kolonne 3 har en overskrift vi ikke kjenner.' },
    { pointer: '/columns', code: 'missing_column', detail: 'Kolonnen «Flyttet inn» mangler.' },
  ])
})

t.test('only this route takes more than a megabyte, and only files', async (t) => {
  const big = csvOf(needRows(4000))
  t.ok(big.length > 1_048_576)
  t.equal((await importFile(officer, big, 'dry_run')).counts.rows, 4000)
  t.equal((await officer.post('/needs', big, CSV)).statusCode, 415)
  t.equal((await officer.post('/needs', { whatMatters: 'x'.repeat(1_100_000) })).statusCode, 413)
})

t.test('who may import what', async (t) => {
  const files = { places: csvOf(placeRows(1)), needs: csvOf(needRows(1)), stays: csvOf(stayRows(1, 1)) }
  const status = async (client: typeof officer, kind: keyof typeof files) =>
    (await client.post('/imports?mode=dry_run', files[kind], CSV)).statusCode
  const may = async (client: typeof officer) => [
    await status(client, 'places'),
    await status(client, 'needs'),
    await status(client, 'stays'),
  ]
  t.strictSame(await may(admin), [201, 403, 403])
  t.strictSame(await may(officer), [403, 201, 201])
  t.strictSame(await may(await signedInAs({ role: 'district_manager', districts: [ALNA] })), [403, 201, 201])
  for (const role of ['intake_officer', 'planner', 'facility_staff', 'auditor']) {
    t.strictSame(await may(await signedInAs({ role })), [403, 403, 403], role)
  }
  t.strictSame(await may(anonymous), [401, 401, 401])
})

t.test('an answer is read again by the one who got it, and by nobody else', async (t) => {
  const report = await importFile(officer, csvOf([{ ...needRows(1)[0], Kjønn: 'x' }]), 'dry_run')
  t.strictSame((await officer.get(`/imports/${report.id}`)).json(), report)
  const other = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
  for (const path of [`/imports/${report.id}`, `/imports/${report.id}/rejected`]) {
    t.equal((await other.get(path)).statusCode, 404)
    t.equal((await admin.get(path)).statusCode, 404)
  }
  const { rows } = await owner.query('select rejected from import_report where id = $1', [report.id])
  t.notMatch(rows[0].rejected.toString('latin1'), 'Kari', 'kept sealed')
  await owner.query("update import_report set created_at = now() - interval '25 hours' where id = $1", [report.id])
  t.equal((await officer.get(`/imports/${report.id}`)).statusCode, 404)
  await importFile(other, csvOf(needRows(1)), 'dry_run')
  t.equal(
    (await owner.query('select from import_report where id = $1', [report.id])).rowCount,
    0,
    'and then it is gone',
  )
})

t.test(
  'the same request again is answered again and not done again; another file under the key is refused',
  async (t) => {
    const headers = { ...CSV, 'idempotency-key': 'import-1' }
    const first = await officer.post('/imports?mode=accept_good', csvOf(needRows(2)), headers)
    const second = await officer.post('/imports?mode=accept_good', csvOf(needRows(2)), headers)
    t.equal(second.json().id, first.json().id)
    t.equal(second.headers.location, `/api/v1/imports/${first.json().id}`)
    const other = await officer.post('/imports?mode=accept_good', csvOf(needRows(3)), headers)
    t.equal(other.json().code, 'key_reused')
  },
)

t.test('two imports of one district take turns: the second is told to wait', async (t) => {
  const [one, two] = await Promise.all(
    [1, 2].map(() => officer.post('/imports?mode=dry_run', csvOf(needRows(400)), CSV)),
  )
  const codes = [one?.statusCode, two?.statusCode].sort()
  t.ok(codes[0] === 201, String(codes))
  const refused = [one, two].find((answer) => answer?.statusCode === 409)
  if (refused !== undefined) t.equal(refused.json().code, 'import_in_progress')
  const neighbour = await signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
  const elsewhere = needRows(1).map((row) => ({ ...row, Bydel: GRUNERLOKKA }))
  t.match(
    await importFile(neighbour, csvOf(elsewhere), 'all_or_nothing'),
    { counts: { new: 1 } },
    'as for the first time',
  )
})

t.test('days that are still to come are told by the clock of the demo', async (t) => {
  const row = { ...needRows(1)[0], 'Slik siden': TODAY }
  t.match((await importFile(officer, csvOf([row]), 'dry_run')).counts, { bad: 0 })
})

t.test('an empty file of each kind can be had, and is read back as what it is', async (t) => {
  const kinds = (await admin.get('/import-kinds')).json().items as {
    kind: string
    columns: { title: string; key: string; required: boolean }[]
  }[]
  t.strictSame(
    kinds.map(({ kind }) => kind),
    ['places', 'needs', 'stays', 'statistics'],
  )
  for (const { kind, columns } of kinds) {
    const template = await admin.get(`/import-kinds/${kind}/template`)
    t.match(template.headers, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': /^attachment/ })
    const client = kind === 'places' || kind === 'statistics' ? admin : officer
    t.match(await importFile(client, Buffer.from(template.body), 'all_or_nothing'), {
      kind,
      counts: { rows: 0, bad: 0 },
    })
    t.ok(columns.some(({ required }) => required) && columns.some(({ required }) => !required), kind)
    const short = (by: 'title' | 'key') =>
      Buffer.from(
        `${columns
          .filter(({ required }) => required)
          .map((column) => column[by])
          .join(';')}\n`,
      )
    for (const by of ['title', 'key'] as const) {
      // what places must have holds what stays must have not: the kind is said
      const answer = await client.post(`/imports?mode=dry_run&kind=${kind}`, short(by), CSV)
      t.equal(answer.statusCode, 201, `the required columns are enough for ${kind}, by ${by}: ${answer.body}`)
    }
  }
  t.equal((await admin.get('/import-kinds/andre/template')).statusCode, 400)
})
