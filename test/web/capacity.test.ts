import t from 'tap'
import {
  beyondNormInWords,
  dayInSentences,
  estimatedDays,
  outlineOf,
  panelInWords,
} from '../../src/web/pages/capacity/capacityWords.ts'
import { asksOf, monthsBefore, readCapacitySearch } from '../../src/web/pages/capacity/search.ts'
import { visit } from '../support/browser.ts'

const known = { forms: [{ id: 'vel_care' }], features: [{ id: 'own_bath' }] }

t.test('the address says what is shown, and what is malformed is left out', async (t) => {
  const asked = { dag: '2024-02-29', bydel: '030112', boligform: 'vel_care', trinn: 1, egenskaper: 'own_bath', mnd: 24 }
  t.strictSame(readCapacitySearch({ ...asked, bydel: 30112 }), asked, 'a district that lost its quotes')
  t.strictSame(
    readCapacitySearch({ dag: '2025-02-29', bydel: '0301', trinn: 9, bosted: 'x', del: 'person', vis: 'x', aar: 4 }),
    {},
  )
})

t.test('each part asks for its own of what is chosen', async (t) => {
  const { day, series, moves, lengths } = asksOf({ dag: '2024-03-31', boligform: 'vel_care' }, '2026-09-01', known)
  t.strictSame(day, { on: '2024-03-31', groupBy: 'step,form', form: 'vel_care' })
  t.strictSame(series, { from: '2019-03-01', to: '2024-03-01', every: 'month', form: 'vel_care' })
  t.equal(moves.from, '2023-03-31')
  t.strictSame(lengths, { on: '2024-03-31', months: 12, groupBy: 'form', form: 'vel_care' })
  t.equal(asksOf({ dag: '2027-01-01' }, '2026-09-01', known).lengths.on, '2026-09-01', 'no wait of a day to come')
  t.equal(asksOf({ boligform: 'no_such', egenskaper: 'wings' }, '2026-09-01', known).day.features, undefined)
  t.equal(monthsBefore('2024-03-31', 13), '2023-02-28', 'a shorter month ends on its last day')
})

t.test('figures in words: unknown is unknown, and nothing is 0 that is not', async (t) => {
  const none = { places: 0, occupied: 0, occupiedClosed: 0, held: 0, offered: 0, closed: 0, notAdmitting: 0, free: 0 }
  type Total = Parameters<typeof dayInSentences>[0]['total']
  const said = (total: Partial<Total>) => dayInSentences({ on: '2026-09-01', total: { ...none, ...total } as Total })
  t.equal(
    said({ places: 6, occupied: 3, occupiedClosed: 1, closed: 1, free: 1 }),
    '6 plasser. 1 er ledig. 4 er opptatt og 1 er sperret.',
  )
  t.match(said({}), /^Ingen plasser er åpne 1\. september 2026/)
  t.equal(beyondNormInWords({ beyondNorm: 18, lasting: 60, normDays: 14 }), '18 av 60 (30 %)')
  t.equal(beyondNormInWords({ beyondNorm: null, lasting: 60, normDays: null }), 'ingen norm')
  t.equal(estimatedDays(null), 'nås ikke')
  const panel = {
    name: 'Trinn 1',
    points: [
      { from: '2026-06-01', value: 4 },
      { from: '2026-07-01', value: null },
      { from: '2026-08-01', value: 2 },
    ],
  }
  t.equal(panelInWords(panel), 'Fra 4 (juni 2026) til 2 (aug. 2026). Høyest 4 (juni 2026), lavest 2 (aug. 2026).')
  t.equal(outlineOf(panel, 8).length, 2, 'a month that is not known breaks the line')
  t.equal(outlineOf(panel, 8)[0]?.[0]?.y, 0.5, 'on the scale of the largest of all panels')
})

t.test('a manager chooses a day, a district and a measure, reads the definitions and prints', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints, origin } = await visit(t)
  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Kapasitet')
  await see('Kapasitet')
  const sections = ['Plassene', 'Måned for måned', 'Gjennomstrømning', 'Oppholdstid', 'Ventetid']
  for (const name of sections) await page.getByRole('heading', { level: 2, name: new RegExp(`^${name}`) }).waitFor()
  await accessible('capacity')

  await page.getByLabel('Bydel', { exact: true }).selectOption({ label: 'Grünerløkka' })
  await page.waitForURL(/bydel=/)
  await page.getByLabel('Dag', { exact: true }).fill('01.03.2026')
  await page.getByLabel('Dag', { exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Plassene 1. mars 2026' }).waitFor()
  const answer = await page.request.get(`${origin}/api/v1/capacity?on=2026-03-01&district=030102&groupBy=step,form`)
  const { total } = (await answer.json()) as { total: { places: number; free: number } }
  const row = page.getByRole('table', { name: /^Plassene 1\. mars 2026/ }).getByRole('row', { name: /^I alt/ })
  t.equal(await row.getByRole('cell').first().innerText(), String(total.places), 'the page says what the service says')

  await page.getByRole('button', { name: 'Hva tallene betyr: plassene' }).click()
  await page.getByText('Ingen bor der ennå. Noen har takket ja og skal flytte inn.').first().waitFor()
  await page.getByLabel('Vis', { exact: true }).selectOption({ label: 'Ledig' })
  await page.getByRole('heading', { name: 'Måned for måned: ledig' }).waitFor()
  await page.getByRole('button', { name: 'Måned for måned som tabell' }).click()
  await page.getByRole('table', { name: /^Ledig den første dagen/ }).waitFor()
  await page.getByRole('button', { name: /^Flere valg/ }).click()
  await page.getByLabel('Eget bad').check()
  await page.getByText(/bare plasser med eget bad/).waitFor()
  await accessible('capacity, opened')
  await narrow('capacity')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByRole('search').isVisible(), false, 'the filters are not printed')
  await page.getByText('Ingen bor der ennå. Noen har takket ja og skal flytte inn.').last().waitFor()
  await page.emulateMedia({ media: 'screen' })

  await page.reload()
  await page.getByRole('heading', { name: 'Plassene 1. mars 2026' }).waitFor()
  t.equal(await page.getByLabel('Eget bad').isChecked(), true, 'what is chosen stands in the address')
  t.same(complaints, [])
})
