import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import t from 'tap'
import { readXlsx } from '../../src/features/imports/xlsx.ts'
import type { ForecastSeries } from '../../src/web/api/forecasts.ts'
import type { ReturnBurnDown, ReturnStandingTable } from '../../src/web/api/returns.ts'
import type { ScenarioChange } from '../../src/web/api/scenarios.ts'
import {
  besideTarget,
  burnDownRows,
  forecastInWords,
  onTheDay,
  shownRows,
  standingInWords,
  targetOf,
} from '../../src/web/pages/plan2030/burnDownWords.ts'
import { bindingInWords, boundBy, couldMoveInWords } from '../../src/web/pages/plan2030/scheduleInShort.ts'
import { readPlan2030Search } from '../../src/web/pages/plan2030/search.ts'
import {
  differenceInWords,
  effectInWords,
  knownAt,
  levelInWords,
  numbersOf,
} from '../../src/web/pages/scenarios/comparisonWords.ts'
import { changeBody, emptyChange, scenarioDraftOf } from '../../src/web/pages/scenarios/scenarioDraft.ts'
import { placeOf, scaleOf, stretchesOf, yearsOf } from '../../src/web/ui/lineChart.ts'
import { readNumber } from '../../src/web/ui/numbers.ts'
import { visit } from '../support/browser.ts'
import { startWorking } from '../support/queue.ts'

const plain = (text: string) => text.replaceAll(/\s/g, ' ')
const counts = {
  livingInVel: 12,
  left: 5,
  householdsInVel: 10,
  householdsLeft: 4,
  late: 1,
  without_plan: 2,
  undecided: 1,
  rightly_stays: 3,
} as ReturnStandingTable['total']

t.test('the address holds a bydel and a forecast, and nothing else', async (t) => {
  const framskriving = '019c0000-0000-7000-8000-000000000000'
  t.same(readPlan2030Search({ bydel: '030112', framskriving, navn: 'Kari' }), { bydel: '030112', framskriving })
  t.same(readPlan2030Search({ bydel: 30112 }), { bydel: '030112' })
  t.same(readPlan2030Search({ bydel: 'alle' }), { bydel: 'alle' })
  t.same(readPlan2030Search({ bydel: 'Alna', framskriving: '1' }), {})
})

t.test('a scale holds every value and nought, in few even steps', async () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: -5000, max: 20_000 }))), (values) => {
      const { low, high, ticks } = scaleOf(values)
      const known = [0, ...values.filter((value) => value !== null)]
      const steps = ticks.slice(1).map((tick, at) => tick - ticks[at]!)
      return (
        low < high &&
        known.every((value) => low <= value && value <= high) &&
        ticks.includes(0) &&
        ticks.length <= 8 &&
        new Set(steps).size === 1 &&
        ticks[0] === low &&
        ticks.at(-1) === high
      )
    }),
  )
})

t.test('a line breaks where nothing is known, and lies in time as its days do', async (t) => {
  const days = ['2026-01-01', '2026-01-11', '2026-01-21', '2026-02-10']
  t.equal(placeOf(days, '2026-01-11'), 0.25)
  t.same(stretchesOf(days, [10, null, 0, 5], { low: 0, high: 10, ticks: [0, 10] }), [
    [{ x: 0, y: 0 }],
    [
      { x: 0.5, y: 1 },
      { x: 1, y: 0.5 },
    ],
  ])
  t.same(yearsOf(['2021-01-01', '2030-01-01']), ['2022-01-01', '2024-01-01', '2026-01-01', '2028-01-01', '2030-01-01'])
  t.same(yearsOf(['2026-09-01', '2026-10-01']), [])
})

t.test('a number is read as it is written here, and what is none is not', async (t) => {
  for (const [typed, number] of [
    ['1 200', 1200],
    ['1,5', 1.5],
    ['−3', -3],
    ['', null],
    ['12 %', undefined],
    ['1.2.3', undefined],
  ] as const)
    t.equal(readNumber(typed), number, typed)
})

t.test('what was, what comes and the target stand on one line of days, and nothing is made up', async (t) => {
  const month = (day: string, more: object) => ({
    day,
    livingInVel: null,
    left: null,
    planned: null,
    plannedWithoutDay: null,
    evenPace: null,
    householdsInVel: null,
    householdsEvenPace: null,
    ...more,
  })
  const burnDown: ReturnBurnDown = {
    asOf: '2026-09-01',
    settledBy: '2030-01-01',
    district: null,
    notes: [],
    items: [
      month('2026-08-01', { livingInVel: 13, householdsInVel: 11, left: 6 }),
      month('2026-09-01', {
        livingInVel: 12,
        householdsInVel: 10,
        left: 5,
        planned: 5,
        plannedWithoutDay: 0,
        evenPace: 5,
        householdsEvenPace: 4,
      }),
      month('2030-01-01', { planned: 1, plannedWithoutDay: 1, evenPace: 0, householdsEvenPace: 0 }),
    ],
  }
  const series: ForecastSeries = {
    asOf: '2026-09-01',
    points: ['2026-09-01', '2028-04-01', '2030-01-01'],
    series: [
      {
        measure: 'residents',
        district: null,
        form: 'vel',
        p10: [10, 8, 5.2],
        p50: [10, 9, 8],
        p90: [10, 11, 12],
      },
    ],
  }
  const rows = burnDownRows(burnDown, counts, series, null)
  t.same(
    rows.map(({ day, lived, p50, target }) => [day, lived, p50, target]),
    [
      ['2026-08-01', 11, null, null],
      ['2026-09-01', 10, 10, 10],
      ['2028-04-01', null, 9, null],
      ['2030-01-01', null, 8, 6],
    ],
  )
  t.same(
    shownRows(rows, '2026-09-01').map(({ day }) => day),
    ['2026-09-01', '2030-01-01'],
  )
  t.equal(targetOf(counts), 7)
  t.same(onTheDay(series, '030112', '2030-01-01'), { p10: 0, p50: 0, p90: 0 }, 'what is left out is nought')
  t.equal(
    plain(standingInWords(counts, '2030-01-01', 'Oslo')),
    'I dag bor 12 personer fra Oslo på Velferdsetatens institusjoner. For 5 er det riktig å flytte hjem. Har alle de flyttet, bor 7 der 1. januar 2030. Det er målet, ikke en tom institusjon.',
  )
  t.equal(
    plain(forecastInWords(onTheDay(series, null, '2030-01-01'), '2030-01-01', counts)),
    'Fortsetter det som før, med det som er planlagt, bor 8 husstander der 1. januar 2030. Målet er 6 husstander, så det er 2 over målet. I 80 prosent av kjøringene er det mellom 5 og 12. Målet ligger i intervallet: det kan gå begge veier.',
  )
  t.equal(onTheDay(series, null, '2031-01-01'), null, 'of a day that it does not reach it says nothing')
  t.equal(besideTarget(3, 6), '3 under målet')
})

t.test('which limit binds is told of the city and of a bydel alone', async (t) => {
  const limits = [
    { id: 'team_full' as const, name: 'Teamet er fullt', sentence: 'Boligen finnes.' },
    { id: 'no_home' as const, name: 'Ingen bolig', sentence: 'Ingen er ledig.' },
  ]
  const item = (district: string, people: number, limitedBy: 'team_full' | 'no_home' | null) => ({
    district,
    districtName: district,
    form: null,
    month: limitedBy === null ? '2027-01-01' : null,
    limitedBy,
    limitedByName: null,
    people,
  })
  const items = [
    item('030112', 3, null),
    item('030112', 2, 'team_full'),
    item('030101', 5, 'no_home'),
    item('030112', 1, 'no_home'),
  ]
  t.equal(bindingInWords(boundBy({ items, limits }, null)), 'Grensen som stopper flest, er «Ingen bolig»: 6 av 8.')
  const alna = boundBy({ items, limits }, '030112')
  t.equal(bindingInWords(alna), 'Grensen som stopper flest, er «Teamet er fullt»: 2 av 3.')
  t.equal(
    plain(couldMoveInWords(alna, '2030-01-01', 'Bydel Alna')),
    '3 av 6 som skal flytte hjem til Bydel Alna, kan flytte innenfor planen sin og før 1. januar 2030. 3 kan ikke.',
  )
})

t.test('how long nobody has waited is unknown, and how many wait is nought', async (t) => {
  const left = { points: ['2030-01-01'], series: [] } as unknown as Parameters<typeof numbersOf>[0]
  const of = (measure: 'waitedDays' | 'queue') =>
    knownAt(numbersOf(left, { measure, position: 1, kind: 'difference', district: null }), -1)
  t.equal(levelInWords(of('waitedDays')), '–')
  t.match(effectInWords({ name: 'A' }, 'waitedDays', of('waitedDays'), '2030-01-01'), /er ikke kjent/)
  t.match(effectInWords({ name: 'A' }, 'queue', of('queue'), '2030-01-01'), /endrer ikke dette tallet/)
})

t.test('a change comes back from the form as it went in, and what is not filled in is left out', async (t) => {
  const changes: ScenarioChange[] = [
    { kind: 'open_places', from: '2027-08-01', district: '030112', form: 'colocated_24h', places: 12, forCity: true },
    { kind: 'close_places', from: '2028-01-01', form: 'vel_care', places: 30 },
    { kind: 'growth', from: '2027-01-01', perYear: 0.07 },
    { kind: 'growth', from: '2027-01-01', district: '030101', form: 'municipal', perYear: 0 },
    { kind: 'arrivals', from: '2027-01-01', factor: 1.5 },
    { kind: 'team_capacity', from: '2027-01-01', district: '030102', factor: 2 },
    { kind: 'loss_rate', from: '2027-01-01', factor: 0.5 },
    { kind: 'without_possible', from: '2027-01-01' },
    {
      kind: 'redrawn_districts',
      from: '2028-01-01',
      districts: [{ code: '030121', name: 'Groruddalen' }],
      shares: [{ from: '030112', to: '030121', share: 0.35 }],
    },
  ]
  const draft = scenarioDraftOf({ name: 'Alt', note: null, changes })
  t.same(draft.changes.map(changeBody), changes)
  t.same(changeBody(emptyChange(0, 'close_places')), { kind: 'close_places' })
})

t.test('a compared series is its quantiles and nothing else, so that its picture has a scale', async (t) => {
  const of = { measure: 'queue' as const, position: 1, kind: 'level' as const, district: null }
  const one = { ...of, form: 'all' as const, p10: [1], p50: [2], p90: [3] }
  const series = { asOf: '2026-09-01', points: ['2026-09-01'], series: [one] }
  t.strictSame(numbersOf(series, of), { p10: [1], p50: [2], p90: [3] })
  t.strictSame(numbersOf(series, { ...of, position: 2 }), { p10: [0], p50: [0], p90: [0] })
})

t.test('a planner follows the city and a bydel to the day, and a manager her own', async (t) => {
  const { page, see, openPage, signIn, signOut, accessible, narrow, complaints, urls, deps, owner, signedInAs } =
    await visit(t)
  const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
  t.teardown(() => queue.stop())

  await signIn('Planlegger i Velferdsetaten')
  await openPage('Plan mot 2030')
  await see('Plan mot 2030: Oslo')
  await page.getByText(/^Ingen har laget en framskriving av byen ennå\./).waitFor()
  await page.getByText(/^I dag bor \d+ personer fra Oslo på Velferdsetatens institusjoner\./).waitFor()
  await page.getByRole('button', { name: 'Lag en framskriving' }).click()
  await page.getByRole('button', { name: 'Avbryt framskrivingen' }).click()
  await page.getByRole('status').filter({ hasText: 'Avbrutt' }).waitFor()
  // a smaller one, asked for elsewhere: the page hears of it
  const planner = await signedInAs({ role: 'planner' })
  t.equal((await planner.post('/forecasts', { runs: 100 }, { 'idempotency-key': 'smaller' })).statusCode, 202)
  await page
    .getByText(/^Fortsetter det som før, med det som er planlagt, bor \d+ husstander der/)
    .waitFor({ timeout: 60_000 })
  const assumed = page.getByRole('region', { name: 'Hva framskrivingen forutsetter' })
  await assumed.getByText(/^Regnet med regelen «Hva fordelingen legger vekt på», utgave 1, i kraft fra/).waitFor()
  await page.getByRole('button', { name: 'Nedtellingen som tabell, hvert halvår' }).click()
  const table = page.getByRole('region', { name: 'Nedtellingen for Oslo, tabell' })
  t.equal(await table.getByRole('row', { name: /^1\. januar 2030/ }).count(), 1)
  await accessible('the plan toward 2030')
  await narrow('the plan toward 2030')

  await page.getByRole('link', { name: 'Avvikling mot åpning: plassene, én for én' }).click()
  await see('Avvikling mot åpning')
  await page
    .getByRole('button', { name: /^Si hvor sikkert det er/ })
    .first()
    .click()
  await page.getByLabel('Hvor sikkert er det?').selectOption({ label: 'Vedtatt' })
  await page.getByLabel(/^Hvor det er vedtatt/).fill('Sak 12/26')
  await accessible('how certain a closing is')
  await page.getByRole('button', { name: 'Lagre' }).click()
  await page.getByText('Vedtatt. Sak 12/26').waitFor()
  await signOut()

  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Plan mot 2030')
  await see('Plan mot 2030: Bydel Grünerløkka')
  await page.getByText(/^Fortsetter det som før/).waitFor()
  t.equal(await page.getByRole('button', { name: /^Lag en/ }).count(), 0, 'a manager reads forecasts')
  await openPage('Avvikling mot åpning')
  await page.getByRole('link', { name: 'Team som følger opp' }).click()
  await see('Team som følger opp')
  await page.getByRole('button', { name: 'Legg til et team' }).click()
  const form = page.getByRole('form', { name: 'Nytt team' })
  await form.getByRole('button', { name: 'Lagre' }).click()
  await form.getByRole('alert').or(form.getByRole('link')).first().waitFor()
  await form.getByLabel('Navn').fill('Kveldsteamet')
  await form.getByLabel('Hvor mange følger teamet opp samtidig?').fill('12')
  await accessible('the teams')
  await form.getByRole('button', { name: 'Lagre' }).click()
  await page.getByRole('row', { name: /^Kveldsteamet Grünerløkka 12 Ingen har sagt Nei/ }).waitFor()
  await page.getByRole('button', { name: 'Endre Kveldsteamet' }).click()
  const change = page.getByRole('form', { name: 'Endre Kveldsteamet' })
  await change.getByLabel('Hvor mange nye kan det begynne med i måneden?').fill('2')
  await change.getByRole('button', { name: 'Lagre' }).click()
  await page.getByRole('row', { name: /^Kveldsteamet Grünerløkka 12 2 Nei/ }).waitFor()
  await narrow('the teams')
  const { rows } = await owner.query(`select capacity, new_per_month from support_team where name = 'Kveldsteamet'`)
  t.same(rows, [{ capacity: 12, new_per_month: 2 }])
  t.same(complaints, [])
})

t.test('the planner compares two scenarios, and the file has the numbers that stand on the screen', async (t) => {
  const { page, see, openPage, signIn, signOut, accessible, narrow, complaints, urls, deps, owner, signedInAs } =
    await visit(t)
  const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
  t.teardown(() => queue.stop())

  await signIn('Planlegger i Velferdsetaten')
  await openPage('Plan mot 2030')
  await see('Plan mot 2030: Oslo')
  await page.getByRole('link', { name: 'Scenarioer', exact: true }).click()
  await see('Scenarioer')
  await page.getByText('Ingen scenarioer ennå').waitFor()
  await page.getByRole('link', { name: 'Lag et scenario' }).click()
  await see('Nytt scenario')
  const form = page.getByRole('form', { name: 'Nytt scenario' })
  await form.getByLabel('Navn').fill('12 samlokaliserte på Grünerløkka')
  const first = form.getByRole('group', { name: 'Endring 1' })
  await first.getByLabel('Fra og med').fill('01.08.2025')
  await first.getByLabel('Hvor mange plasser?').fill('12')
  await first.getByLabel('Boligform').selectOption({ label: 'Samlokalisert bolig med døgnbemannet personalbase' })
  await first.getByLabel('Bydel', { exact: true }).selectOption({ label: 'Grünerløkka' })
  await form.getByRole('button', { name: 'Legg til en endring' }).click()
  const second = form.getByRole('group', { name: 'Endring 2' })
  await second.getByLabel('Hva endres?').selectOption({ label: 'Bydelene tegnes om' })
  await accessible('a new scenario')
  await second.getByRole('button', { name: 'Ta bort endring 2' }).click()
  await form.getByRole('button', { name: 'Lagre scenarioet' }).click()
  await form.getByRole('link', { name: 'Dagen er passert. Velg en dag fra i dag av.' }).click()
  await first.getByLabel('Fra og med').fill('01.08.2027')
  await form.getByRole('button', { name: 'Lagre scenarioet' }).click()
  await see('12 samlokaliserte på Grünerløkka')
  await page.getByText(/^Fra 1\. august 2027 åpner 12 plasser i samlokalisert bolig/).waitFor()
  await page.getByRole('button', { name: 'Skriv en ny versjon' }).click()
  const anew = page.getByRole('form', { name: 'Ny versjon av scenarioet' })
  await anew.getByLabel('Hvor mange plasser?').fill('10')
  await anew.getByRole('button', { name: 'Lagre som ny versjon' }).click()
  await page.getByText(/^Fra 1\. august 2027 åpner 10 plasser i samlokalisert bolig/).waitFor()
  await page.getByText(/^Versjon 2, skrevet/).waitFor()
  await accessible('a scenario')

  // another planner's, which the page hears of
  await page.getByRole('link', { name: 'Scenarioer', exact: true }).click()
  await see('Scenarioer')
  const planner = await signedInAs({ role: 'planner' })
  // written after a new version of how places are shared out
  await owner.query(
    `insert into policy_version (policy_id, version, title, parameters, source, valid_from, author, reason)
     select policy_id, 2, title, parameters, source, valid_from, 'En planlegger', 'Prøvd' from policy_version
     where policy_id = 'matching_objective'`,
  )
  const more = { name: 'Veksten stopper', changes: [{ kind: 'growth', from: '2026-10-01', perYear: 0 }] }
  t.equal((await planner.post('/scenarios', more, { 'idempotency-key': 'another' })).statusCode, 201)
  await page.getByRole('checkbox', { name: 'Veksten stopper' }).check()
  await page.getByRole('checkbox', { name: '12 samlokaliserte på Grünerløkka' }).check()
  await page.getByLabel('Hvor nøye').selectOption({ label: 'Raskt og grovt: 100 kjøringer' })
  await accessible('the scenarios')
  await page.getByRole('button', { name: 'Sammenlign', exact: true }).click()
  await see('Scenarioer side om side')
  await page.getByText(/^«12 samlokaliserte på Grünerløkka» (gir|endrer)/).waitFor({ timeout: 90_000 })
  await page.getByText(/» mens utgave 1 gjaldt.*Alt er regnet med utgave 2\.$/).waitFor()
  await page.getByLabel('Vis', { exact: true }).selectOption({ label: 'Opptatte plasser' })
  await page.getByLabel('Bydel', { exact: true }).selectOption({ label: 'Grünerløkka' })
  await page
    .getByLabel('Boligform', { exact: true })
    .selectOption({ label: 'Samlokalisert bolig med døgnbemannet personalbase' })
  const table = page.getByRole('region', { name: 'Scenarioene 1. januar 2030, tabell' })
  await page.getByText(/^«12 samlokaliserte på Grünerløkka» gir .* flere opptatte plasser 1\. januar 2030/).waitFor()
  await accessible('the comparison')
  await narrow('the comparison')

  const shown = await Promise.all(
    (await table.getByRole('row').all()).slice(1).map(async (row) => plain(await row.innerText()).trim()),
  )
  t.equal(shown.length, 3)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Last ned tallene som vises (Excel)' }).click(),
  ])
  const bytes = await readFile(await file.path())
  const rows: string[][] = []
  for await (const part of readXlsx(bytes)) rows.push(...part.map(({ cells }) => cells.map(String)))
  const [head = [], ...lines] = rows
  const column = (title: string) => head.indexOf(title)
  const inFile = (name: string, kind: string) => {
    const line = lines.find(
      (cells) =>
        cells[column('Scenario')] === name &&
        cells[column('Tallet er')] === kind &&
        cells[column('Dag')]?.startsWith('2030-01-01'),
    )
    const [p10 = 0, p50 = 0, p90 = 0] = ['P10', 'P50', 'P90'].map((title) => Number(line?.[column(title)] ?? 0))
    return { p10, p50, p90 }
  }
  for (const name of ['Som planlagt', 'Veksten stopper', '12 samlokaliserte på Grünerløkka']) {
    const level = plain(levelInWords(inFile(name, 'Nivå')))
    const difference =
      name === 'Som planlagt' ? 'grunnlaget' : plain(differenceInWords(inFile(name, 'Forskjell fra grunnlaget')))
    t.ok(
      shown.includes(`${name} ${level} ${difference}`),
      `${name} is in the file as on the screen: ${shown.join('; ')}`,
    )
  }

  const address = page.url()
  // where building helps most, and how much of it
  const asked = { by: '2027-10-01', level: 0, perDistrictYear: 3, runs: 50, forms: [{ form: 'colocated_24h' }] }
  t.equal((await planner.post('/expansion-plans', asked, { 'idempotency-key': 'build' })).statusCode, 202)
  await openPage('Plan mot 2030')
  await page.getByRole('link', { name: 'Hva må bygges: hvor, når og hva det koster' }).click()
  await see('Hva må bygges')
  await page
    .getByRole('heading', { name: /uten ledig plass i hver bydel 1\. oktober 2027/ })
    .waitFor({ timeout: 90_000 })
  const needed = page.getByRole('region', { name: 'Nye plasser, tabell' })
  t.ok((await needed.getByRole('row').count()) > 1, 'the bydel where new places are needed is named')
  await page.goto(address)
  await see('Scenarioer side om side')

  // what is shared is the address, and a manager who gets it sees the same
  await signOut()
  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await page.goto(address)
  await see('Scenarioer side om side')
  await page.getByText(/^«12 samlokaliserte på Grünerløkka» gir .* flere opptatte plasser 1\. januar 2030/).waitFor()
  await page.emulateMedia({ media: 'print' })
  // opened as soon as the page hears that it goes to paper
  await page.getByRole('rowheader', { name: '1. januar 2028' }).waitFor()
  const paper = await page.getByRole('main').innerText()
  t.match(paper, /Fra 1\. august 2027 åpner 10 plasser/, 'the paper has what is taken for granted')
  t.match(paper, /1\. januar 2028/, 'and the numbers year by year')
  t.same(complaints, [])
})
