import t from 'tap'
import type { DistributionRow } from '../../src/web/api/distribution.ts'
import { distributionInWords, overInWords, shareInWords } from '../../src/web/pages/distribution/distributionWords.ts'
import { askedWeights, readDistributionSearch, readWeight } from '../../src/web/pages/distribution/search.ts'
import { visit } from '../support/browser.ts'

t.test('weights as they are typed, and as they stand in the address', async (t) => {
  for (const [typed, weight] of [
    ['1', 1],
    [' 2,5 ', 2.5],
    ['10', 10],
    ['0.25', 0.25],
  ] as const)
    t.equal(readWeight(typed), weight)
  for (const typed of ['', '11', '10,5', '-1', '1e1', '1,234', 'x']) t.equal(readWeight(typed), undefined, typed)
  t.same(readDistributionSearch({ grunnlag: 'register', boligform: 'assisted', vekter: '1-0-2,5' }), {
    grunnlag: 'register',
    boligform: 'assisted',
    vekter: '1-0-2,5',
  })
  t.same(readDistributionSearch({ grunnlag: 'x', boligform: 7, vekter: '1-x' }), {})
  t.equal(askedWeights('1-2,5', ['a', 'b']), 'a:1,b:2.5')
  t.equal(askedWeights('1', ['a', 'b']), undefined, 'of other indicators')
  t.equal(askedWeights('0-0', ['a', 'b']), undefined)
  t.equal(askedWeights(undefined, ['a']), undefined)
})

const row = (districtName: string, over: number | null) => ({ districtName, over }) as DistributionRow

t.test('in words', async (t) => {
  t.equal(overInWords(-12), '12 færre')
  t.equal(overInWords(0), 'som behovet')
  t.equal(overInWords(null), '–')
  t.match(shareInWords(0.125), /^12,5\s%$/)
  t.equal(
    distributionInWords({ capacity: 40, items: [row('A', 9), row('B', -7), row('C', -2), row('D', null)] }),
    '3 bydeler med 40 boliger er sammenlignet. Flest flere enn behovet tilsier har A (9). Flest færre har B (7) og C (2).',
  )
  t.match(distributionInWords({ capacity: 0, items: [row('D', null)] }), /Ingen bydel kan sammenlignes/)
})

t.test('a planner sees what the note claims beside the figures, and weighs them otherwise', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints } = await visit(t)
  await signIn('Planlegger i VEL')
  await openPage('Fordeling')
  await see('Fordeling')
  await page.getByText(/Grorud 0, Bjerke 0,94, Stovner 1,48 og Alna 1,92\. Hele byen har 1,16/).waitFor()
  await page.getByText(/Grorud har 0\. Det er et tall i tabellen/).waitFor()
  const alna = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Alna' }) })
  t.match(await alna.innerText(), /Hviler på 75\s% av vekten/)
  t.match(await page.getByRole('row').filter({ hasText: 'Stovner' }).innerText(), /Den får ingen indeks/)
  await accessible('the distribution')
  await narrow('the distribution')

  await page.getByLabel('I legemiddelassistert rehabilitering (LAR)').fill('x')
  await page.getByRole('button', { name: 'Bruk vektene' }).click()
  await page.getByText('Skriv et tall fra 0 til 10.').waitFor()
  await page.getByLabel('I legemiddelassistert rehabilitering (LAR)').fill('0')
  await page.getByRole('button', { name: 'Bruk vektene' }).click()
  await page.waitForURL(/vekter=/)
  await page.waitForFunction(() => !/Alna[^\n]*Hviler/.test(document.body.innerText))
  t.notMatch(await alna.innerText(), /75/, 'Alna’s index rests on more of the weight now')
  await page.getByLabel('Boliger', { exact: true }).selectOption({ label: 'Registeret i dag' })
  await page.getByText(/Registeret i løsningen/).waitFor()
  t.equal(await page.getByText(/mindre entydige enn teksten/).count(), 0, 'the claim is about the published table')
  await accessible('the distribution of the register')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByRole('button', { name: 'Skriv ut' }).isVisible(), false)
  t.equal(await alna.isVisible(), true)
  t.same(complaints, [])
})
