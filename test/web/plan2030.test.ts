import fc from 'fast-check'
import t from 'tap'
import type { ForecastSeries } from '../../src/web/api/forecasts.ts'
import type { ReturnBurnDown, ReturnStandingTable } from '../../src/web/api/returns.ts'
import {
  atTheEnd,
  besideTarget,
  burnDownRows,
  forecastInWords,
  shownRows,
  standingInWords,
  targetOf,
} from '../../src/web/pages/plan2030/burnDownWords.ts'
import { readPlan2030Search } from '../../src/web/pages/plan2030/search.ts'
import { placeOf, scaleOf, stretchesOf, yearsOf } from '../../src/web/ui/lineChart.ts'
import { readNumber } from '../../src/web/ui/numbers.ts'
import { visit } from '../support/browser.ts'
import { startWorking } from '../support/queue.ts'

const plain = (text: string) => text.replaceAll(/\s/g, ' ')
const counts = {
  livingInVel: 10,
  left: 4,
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
    ...more,
  })
  const burnDown: ReturnBurnDown = {
    asOf: '2026-09-01',
    settledBy: '2030-01-01',
    district: null,
    notes: [],
    items: [
      month('2026-08-01', { livingInVel: 11, left: 5 }),
      month('2026-09-01', { livingInVel: 10, left: 4, planned: 4, plannedWithoutDay: 0, evenPace: 4 }),
      month('2030-01-01', { planned: 1, plannedWithoutDay: 1, evenPace: 0 }),
    ],
  }
  const series: ForecastSeries = {
    asOf: '2026-09-01',
    points: ['2026-09-01', '2028-04-01', '2030-01-01'],
    series: [
      {
        measure: 'residents',
        district: null,
        form: 'institutions',
        p10: [10, 8, 5],
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
  t.equal(targetOf(counts), 6)
  t.same(atTheEnd(series, '030112'), { p10: 0, p50: 0, p90: 0 }, 'what is left out is nought')
  t.equal(
    plain(standingInWords(counts, '2030-01-01', 'Oslo')),
    'I dag bor 10 personer fra Oslo på Velferdsetatens institusjoner. For 4 er det riktig å flytte hjem. Har alle de flyttet, bor 6 der 1. januar 2030. Det er målet, ikke en tom institusjon.',
  )
  t.equal(
    plain(forecastInWords(atTheEnd(series, null), { until: '2030-01-01' }, counts)),
    'Fortsetter det som før, med det som er planlagt, bor 8 husstander der 1. januar 2030: 2 over målet. I 80 prosent av kjøringene er det mellom 5 og 12. Målet ligger i intervallet: det kan gå begge veier.',
  )
  t.equal(besideTarget(3, 6), '3 under målet')
})

t.test('a planner follows the city and a bydel to the day, and a manager her own', async (t) => {
  const { page, see, openPage, signIn, signOut, accessible, complaints, urls, deps, owner, signedInAs } = await visit(t)
  const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
  t.teardown(() => queue.stop())
  const narrow = async (what: string) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    t.pass(`nothing scrolls sideways at 400 %: ${what}`)
    await page.setViewportSize({ width: 1280, height: 900 })
  }

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
  await planner.post('/forecasts', { runs: 100 }, { 'idempotency-key': 'a smaller one' })
  await page
    .getByText(/^Fortsetter det som før, med det som er planlagt, bor \d+ husstander der/)
    .waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: 'Hva framskrivingen forutsetter' }).waitFor()
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
