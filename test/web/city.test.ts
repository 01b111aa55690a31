import fc from 'fast-check'
import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import type { CostRow } from '../../src/web/api/costs.ts'
import {
  type CityRow,
  cityRows,
  gapInWords,
  lackingInWords,
  largestOf,
  levelOf,
  MEASURES,
  measureInWords,
  newestDay,
} from '../../src/web/pages/city/cityWords.ts'
import { readCitySearch } from '../../src/web/pages/city/search.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'

const plain = (text: string) => text.replaceAll(/\s/g, ' ')
const row = (change: Partial<CityRow>): CityRow => ({
  code: '030112',
  name: 'Alna',
  need: 0,
  places: 0,
  free: 0,
  plain: 0,
  certified: null,
  waiting: null,
  month: 0,
  ...change,
})
const [lacking, need, , waiting] = MEASURES

t.test('the address holds what is known, and the rest is left out', async (t) => {
  t.same(readCitySearch({ bydel: '030102', vis: 'behov', x: 1 }), { bydel: '030102', vis: 'behov' })
  t.same(readCitySearch({ bydel: 'Alna', vis: 'alt' }), {})
})

t.test('a shade grows with its number, and what is not known has none', async () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b, largest) => {
      const [low, high] = [Math.min(a, b, largest), Math.min(Math.max(a, b), largest)]
      return (
        levelOf(low, largest) <= levelOf(high, largest) && levelOf(low, largest) >= 1 && levelOf(largest, largest) === 4
      )
    }),
  )
  t.equal(levelOf(null, 10), 0)
})

t.test('the rows put together what is known of each district, on its newest day', async (t) => {
  const cost = (district: string, month: number) => ({ district, districtName: district, month }) as CostRow
  const { districts, city } = cityRows({
    costs: { items: [cost('030101', 5), cost('030102', 7)], total: cost('0301', 12) },
    capacity: {
      items: [
        { district: '030101', form: 'municipal', queue: 1, capacity: 5, free: 3 },
        { district: '030102', form: 'municipal', queue: 4, capacity: 9, free: 0 },
        { district: '030102', form: 'colocated_24h', queue: 1, capacity: 6, free: 2 },
      ],
    },
    waiting: { items: [{ district: '030102', p50: 90 }], total: { p50: null } } as never,
    shortfall: {
      items: [
        { day: '2026-08-31', district: '030102', plain: 9, certified: 9 },
        { day: '2026-09-01', district: '030102', plain: 3, certified: 1 },
      ],
    } as never,
    cityShortfall: { items: [{ day: '2026-09-01', plain: 8, certified: 5 }] } as never,
  })
  t.match(districts, [
    { code: '030101', need: 1, places: 5, free: 3, plain: 0, certified: null, waiting: null, month: 5 },
    { code: '030102', need: 5, places: 15, free: 2, plain: 4, certified: 1, waiting: 90, month: 7 },
  ])
  // one bydel's free place of a form is the other's too
  t.match(city, { need: 6, places: 20, plain: 2, certified: 5, waiting: null, month: 12 })
  t.equal(newestDay([]), undefined)
  const nothing = { items: [] }
  const empty = cityRows({
    costs: { items: [], total: cost('0301', 0) },
    capacity: nothing,
    waiting: { ...nothing, total: { p50: null } } as never,
    shortfall: nothing,
    cityShortfall: nothing,
  })
  t.match(empty, { districts: [], city: { need: null, plain: null, certified: null } })
})

t.test('in words', async (t) => {
  const rows = [
    row({ name: 'Alna', need: 5, plain: 2 }),
    row({ name: 'Bjerke', need: 9, plain: 1 }),
    row({ name: 'Sagene', need: 1, plain: null }),
  ]
  t.equal(
    need && measureInWords(need, rows, row({ need: 15 })),
    'Venter (behov): 15 i hele byen. Høyest i Bjerke (9) og Alna (5), lavest i Sagene (1).',
  )
  t.match(lacking && measureInWords(lacking, rows, row({ plain: 3 })), /: 3 i hele byen\.$/)
  t.match(waiting && measureInWords(waiting, rows, row({})), /^Ventetid: ukjent/)
  t.equal(need && largestOf(need, rows), 9)
  t.match(lackingInWords({ plain: null, certified: null }), /^Vi vet ikke/)
  t.match(lackingInWords({ plain: 7, certified: 3 }), /^7 venter utover .* 3 blir sikkert uten/)
  t.match(lackingInWords({ plain: 7, certified: null }), /ikke regnet ut/)
  const gap = {
    bought: { now: 1 },
    dischargeReady: { now: 2 },
    temporary: { households: 3 },
    ready: { households: 4 },
    month: 1_500_000,
  } as CostRow
  t.match(
    plain(gapInWords(gap)),
    /^1 husstand bor på en kjøpt plass, 3 husstander .* koster det 1,5 millioner kr i måneden\.$/,
  )
})

t.test('a planner sees what the gap costs, chooses a bydel on the map, and everything is about it', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints, urls } = await visit(t)
  const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
  await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting))
  await jobs.destroy()

  await signIn('Planlegger i Velferdsetaten')
  await openPage('Byoversikt')
  await see('Byoversikt')
  const gap = page.getByRole('region', { name: 'Hva hullet koster', exact: true })
  await gap.getByText(/koster det .* i måneden\.$/).waitFor()
  const whole = await gap.getByRole('row', { name: /^Kjøpte plasser/ }).innerText()
  await page.getByText('Antatt, ikke en pris').first().waitFor()
  await page.getByRole('heading', { name: 'Andel av boligene mot andel av behovet' }).waitFor()
  await page.getByText('Ingen kjøring over hele byen er ferdig ennå.').waitFor()
  t.equal(
    await page
      .getByRole('table', { name: /^Behov, plasser, mangel/ })
      .getByRole('row')
      .count(),
    17,
  )
  await accessible('the city')

  const tile = page.getByRole('link', { name: /^Grünerløkka/ })
  await tile.focus()
  await page.keyboard.press('Enter')
  await see('Byoversikt: Grünerløkka')
  await page.waitForURL(/bydel=(%22)?030102/)
  t.not(await gap.getByRole('row', { name: /^Kjøpte plasser/ }).innerText(), whole, 'the costs are of the bydel')
  t.equal(
    await page
      .getByRole('table', { name: /^Behov, plasser, mangel/ })
      .getByRole('row')
      .count(),
    3,
  )
  t.equal(await tile.getAttribute('aria-current'), 'page')
  await page.getByText(/^Bydel Grünerløkka har .* av boligene/).waitFor()
  await accessible('a bydel of the city')
  await page.getByLabel('Kartet viser').selectOption({ label: 'Ventetid' })
  await page.waitForURL(/vis=ventetid/)
  await page.reload()
  await see('Byoversikt: Grünerløkka')
  await page.getByRole('heading', { name: 'Ventetid i bydelene' }).waitFor()

  await narrow('the city')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByLabel('Kartet viser').isVisible(), false, 'what is chosen by is not printed')
  t.equal(await gap.getByRole('row', { name: /^Til sammen/ }).isVisible(), true, 'the figures are')
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('link', { name: 'Vis hele byen' }).click()
  await see('Byoversikt')
  t.same(complaints, [])
})
