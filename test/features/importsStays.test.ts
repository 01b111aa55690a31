import t from 'tap'
import { type Cells, csvOf, placeRows } from '../../src/cli/bench/importSheets.ts'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { importFile, wrongIn } from '../support/importFiles.ts'

const test = await testApp(t)
const { owner, signedInAs } = test
const given = fixturesOf(test)
const admin = await signedInAs({ role: 'administrator' })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })

const house = await given.facility({ name: 'Importhuset', operator: 'Bydel Alna' })
let ids = 0

/** A free place of its own for one test. */
async function place(columns: Record<string, unknown> = {}): Promise<string> {
  ids += 1
  await given.place(house, { label: `L${ids}`, ...columns })
  return `L${ids}`
}
function stay(label: string, from: string, to: string, cells: Cells = {}): Cells {
  ids += 1
  return {
    Kilde: 'Fagsystem',
    'Ekstern id': `S${ids}`,
    Navn: `Beboer ${ids}`,
    Botilbud: label === '' ? '' : 'importhuset',
    Plass: label,
    'Flyttet inn': from,
    'Flyttet ut': to,
    ...cells,
  }
}
const take = (rows: Cells[]) => importFile(officer, csvOf(rows), 'all_or_nothing')
const wrong = async (rows: Cells[]) => wrongIn(await importFile(officer, csvOf(rows), 'dry_run'))
const takenIn = async (label: string) => {
  const { rows } = await owner.query(
    'select o.during::text from occupancy o join place p on p.id = o.place_id where p.label = $1 order by o.during',
    [label],
  )
  return rows.map(({ during }) => during)
}

t.test('two households in one place on the same day: both rows are bad, and each names the other', async (t) => {
  const label = await place()
  const rows = [
    stay(label, '2020-01-01', '2020-06-01'),
    stay(label, '2020-05-31', '2020-09-01'),
    stay(label, '2020-09-01', ''),
  ]
  const report = await importFile(officer, csvOf(rows), 'accept_good')
  t.match(report, { counts: { new: 1, bad: 2 } })
  t.match(report.badRows, [
    { row: 2, errors: [{ column: 'Flyttet inn', code: 'overlap_in_file', reason: /rad 3/ }] },
    { row: 3, errors: [{ column: 'Flyttet inn', code: 'overlap_in_file', reason: /rad 2/ }] },
  ])
  t.strictSame(await takenIn(label), ['[2020-09-01,)'])
  t.match((await take([stay(label, '2020-06-01', '2020-09-01')])).counts, { new: 1 }, 'out and in on one day')
})

t.test('a place that is taken, by whomever and in whichever bydel', async (t) => {
  const label = await place()
  const { rows } = await owner.query('select id from place where label = $1', [label])
  await given.livesIn(await given.resident(GRUNERLOKKA), rows[0].id, '[2025-01-01,)')
  t.strictSame(await wrong([stay(label, '2024-01-01', '')]), ['2 Flyttet inn place_taken'])
  t.strictSame(await wrong([stay(label, '2024-01-01', '2025-01-01')]), [])
})

t.test('a stay outside the life of its place', async (t) => {
  const label = await place({ open_during: '[2021-01-01,2027-01-01)' })
  const closed = await place({ open_during: '[2021-01-01,2024-01-01)' })
  const shut = await place({ open_during: '[2021-01-01,2024-01-01)' })
  t.strictSame(
    await wrong([
      stay(label, '2020-12-31', '2021-02-01'),
      stay(closed, '2023-12-01', '2024-01-02'),
      stay(shut, '2022-06-01', ''),
      stay(label, '2022-01-01', ''),
    ]),
    ['2 Flyttet inn outside_place', '3 Flyttet inn outside_place', '4 Flyttet inn outside_place'],
    'who lives there may outstay the day it is to close, not the day it closed',
  )
})

t.test('the whole household must have room', async (t) => {
  const label = await place({ max_household: 2 })
  const family = { Voksne: '2', Barn: '2015' }
  t.strictSame(await wrong([stay(label, '2024-01-01', '', family)]), ['2 Plass too_small'])
  const home = await place({ max_household: 3 })
  t.match((await take([stay(home, '2024-01-01', '', { ...family, 'Person-id': 'F1', Navn: 'Familien' })])).counts, {
    new: 1,
  })
  t.strictSame(await wrong([stay(label, '2025-01-01', '', { 'Person-id': 'F1', Navn: '' })]), ['2 Plass too_small'])
})

t.test('places that are not there, are two, or have another form', async (t) => {
  const label = await place()
  const twin = await given.facility({ name: 'Importhuset', operator: 'En annen', district_code: GRUNERLOKKA })
  const twice = await place()
  await given.place(twin, { label: twice })
  t.strictSame(
    await wrong([
      stay('L-finnes ikke', '2024-01-01', ''),
      { ...stay('', '2024-01-01', ''), 'Plassens id': 'finnes ikke' },
      stay(twice, '2024-01-01', ''),
      stay(label, '2024-01-01', '', { Boligform: 'Overgangsbolig' }),
      stay('', '2024-01-01', ''),
      { ...stay(label, '2024-01-01', ''), Botilbud: '' },
      stay(label, '2024-01-01', '2024-01-01'),
      stay(label, '2026-09-02', ''),
      stay(label, '2026-08-01', '2026-09-02'),
    ]),
    [
      '2 Plass unknown_place',
      '3 Plassens id unknown_place',
      '4 Plass ambiguous_place',
      '5 Boligform other_form',
      '6 Boligform missing',
      '7 Botilbud missing',
      '8 Flyttet ut empty_range',
      '9 Flyttet inn in_the_future',
      '10 Flyttet ut in_the_future',
    ],
  )
})

t.test('a private home that is no place of ours is a stay without one', async (t) => {
  t.match((await take([stay('', '2024-01-01', '', { Boligform: 'Privat leie' })])).counts, { new: 1 })
})

t.test('stays give up days to each other within one file', async (t) => {
  const label = await place()
  const [one, two, three] = [
    stay(label, '2020-01-01', '2020-06-01'),
    stay(label, '2020-06-01', '2020-09-01'),
    stay(label, '2020-09-01', ''),
  ]
  await take([one, two, three])
  const moved = [
    { ...one, 'Flyttet inn': '2020-02-01', 'Flyttet ut': '2020-07-01' },
    { ...two, 'Flyttet inn': '2020-07-01', 'Flyttet ut': '2020-10-01' },
    { ...three, 'Flyttet inn': '2020-10-01' },
  ]
  t.match((await take(moved)).counts, { changed: 3, bad: 0 })
  t.strictSame(await takenIn(label), ['[2020-02-01,2020-07-01)', '[2020-07-01,2020-10-01)', '[2020-10-01,)'])
  t.match((await take(moved)).counts, { unchanged: 3 })
  const { rows } = await owner.query(
    `select distinct s.version from stay s join import_key k on k.target_id = s.id
    where k.external_id = any($1)`,
    [[one, two, three].map((row) => row['Ekstern id'])],
  )
  t.strictSame(rows, [{ version: 2 }], 'each changed once')
  const fallen = [
    { ...moved[0], 'Flyttet ut': '2020-08-01' },
    { ...moved[1], 'Flyttet inn': '2020-08-01', Voksne: '0' },
  ]
  t.strictSame(
    await wrong(fallen as Cells[]),
    ['2 Flyttet inn place_taken', '3 Voksne invalid_number'],
    'one falls with the other',
  )
})

t.test('moving out, correcting the place, and never losing one', async (t) => {
  const [first, second] = [await place(), await place()]
  const row = stay(first, '2024-01-01', '')
  await take([row])
  await take([{ ...row, 'Flyttet ut': '2025-01-01' }])
  t.strictSame(await takenIn(first), ['[2024-01-01,2025-01-01)'])
  await take([{ ...row, Plass: second, 'Flyttet ut': '2025-01-01' }])
  t.strictSame([await takenIn(first), await takenIn(second)], [[], ['[2024-01-01,2025-01-01)']])
  t.strictSame(await wrong([{ ...row, Plass: '', Botilbud: '', Boligform: 'Privat leie' }]), ['2 Plassens id missing'])
})

t.test('another bydel’s stay is neither changed nor told of', async (t) => {
  const label = await place()
  const row = stay(label, '2024-01-01', '')
  const neighbour = await signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
  await importFile(neighbour, csvOf([row]), 'all_or_nothing')
  const before = await countRows(owner)
  t.strictSame(await wrong([row]), ['2 Flyttet inn place_taken'], 'the place is taken, as everybody can read')
  t.strictSame(await countRows(owner), before)
})

t.test('places: wrong rows, and a place that somebody has made by hand is taken over', async (t) => {
  const [base] = placeRows(1)
  const row = (cells: Cells): Cells => {
    ids += 1
    return { ...base, 'Ekstern id': `H${ids}`, Botilbud: 'Et nytt hus', Plass: `H${ids}`, ...cells }
  }
  const places = async (rows: Cells[]) => wrongIn(await importFile(admin, csvOf(rows), 'dry_run'))
  const unknown = { Botilbud: 'Finnes ikke', 'Type driver': '' }
  t.strictSame(
    await places([
      row(unknown),
      row({ Åpner: '2009-12-31' }),
      row({ Plass: 'samme' }),
      row({ Plass: 'samme' }),
      row({ 'For hvem': 'Bestemte bydeler' }),
      row({ Boligform: 'Uten bolig' }),
      row({ Åpner: '2020-01-01', Stenger: '2020-01-01' }),
    ]),
    [
      '2 Botilbud unknown_facility',
      '3 Åpner outside_facility',
      '4 Plass duplicate_label',
      '5 Plass duplicate_label',
      '6 For bydelene missing',
      '7 Boligform unknown_value',
      '8 Stenger empty_range',
    ],
  )
  t.strictSame(await places([row({}), row({ 'For hvem': 'Egen bydel' })]), [
    '2 Botilbud contradiction',
    '3 Botilbud contradiction',
  ])
  const label = await place()
  const own = {
    Botilbud: 'Importhuset',
    Driver: 'Bydel Alna',
    Bydel: 'Alna',
    'Type driver': '',
    'For hvem': '',
    'Botilbudet åpner': '',
  }
  const before = (await countRows(owner)).place
  const adopted = row({ ...own, Plass: label, Åpner: '2020-01-01', 'Tar høyst': '4', Stenger: '' })
  t.match((await importFile(admin, csvOf([adopted]), 'all_or_nothing')).counts, { changed: 1, new: 0 })
  t.equal((await countRows(owner)).place, before)
  t.strictSame(
    await places([row({ ...own, Plass: label, Åpner: '2020-01-01' })]),
    ['2 Plass duplicate_label'],
    'it has its id now',
  )
  t.strictSame(
    await places([
      {
        ...adopted,
        Botilbud: 'Et nytt hus',
        'Type driver': 'Boligbygg',
        'For hvem': 'Hele byen',
        'Botilbudet åpner': '2010-01-01',
      },
    ]),
    ['2 Botilbud other_facility'],
  )
})
