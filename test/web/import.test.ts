import { readFile } from 'node:fs/promises'
import t from 'tap'
import { visit } from '../support/browser.ts'

const row = (id: number, name: string, forms: string) => `prøve;${id};${name};${forms}`
const sheet = (...rows: string[]) => ['Kilde;Ekstern id;Navn;Boligformer', ...rows, ''].join('\n')

t.test('an officer tries a file, reads what is wrong, takes the good rows and corrects the rest', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints, owner } = await visit(t)
  const needs = async () => {
    const { rows } = await owner.query<{ needs: number }>('select count(*)::int as needs from need')
    return rows[0]?.needs ?? -1
  }
  const choose = (text: string) =>
    page
      .getByLabel('Fil', { exact: true })
      .setInputFiles({ name: 'behov.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const fact = (term: string) =>
    page
      .locator('dl div')
      .filter({ has: page.getByText(term, { exact: true }) })
      .locator('dd')
      .innerText()

  await signIn('Boligkonsulent, Alna')
  await openPage('Import')
  await see('Import')
  await accessible('the import')
  await page.getByRole('button', { name: 'Hvilke kolonner skal filen ha?' }).press('Enter')
  await page
    .getByText(/^Må være med: Kilde, Ekstern id/)
    .first()
    .waitFor()
  await accessible('the columns')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /tom fil for boligbehov/ }).click()
  const template = await download
  t.equal(template.suggestedFilename(), 'boligbehov.csv')
  t.match(await readFile(await template.path(), 'utf8'), /"Kilde";"Ekstern id";"Bydel"/)

  await page.getByRole('button', { name: 'Prøv filen' }).click()
  await page.getByText('Velg en fil som slutter på .csv, .xlsx eller .json.').waitFor()

  const before = await needs()
  const bad = row(3, 'Rad Tre', 'Slott')
  const text = sheet(row(1, 'Rad En', 'Kommunal bolig'), row(2, 'Rad To', 'Privat leie'), bad)
  await choose(text)
  await page.getByRole('button', { name: 'Prøv filen' }).click()
  await page.getByRole('heading', { name: 'Slik går det om du importerer' }).waitFor()
  const errors = page.getByRole('region', { name: 'Rader med feil' })
  t.match(await errors.getByRole('row').nth(1).innerText(), /^4\s+Boligformer\s+.*boligform/, 'row, column and reason')
  t.same([await fact('Nye'), await fact('Med feil')], ['2', '1'])
  t.equal(await needs(), before, 'trying changes nothing')
  await accessible('what a try says')
  await narrow('what a try says')

  await page.getByRole('button', { name: 'Importer', exact: true }).click()
  await page.getByRole('heading', { name: 'Resultatet av importen' }).waitFor()
  t.equal(await needs(), before + 2, 'the good rows are taken')
  const returned = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Last ned radene med feil (CSV)' }).click()
  const rejected = await readFile(await (await returned).path(), 'utf8')
  t.match(rejected, /"Rad Tre"/)
  t.notMatch(rejected, /"Rad En"/)

  await choose(text.replace('Slott', 'Kommunal bolig'))
  await page.getByRole('button', { name: 'Prøv filen' }).click()
  await page.getByRole('heading', { name: 'Slik går det om du importerer' }).waitFor()
  t.same([await fact('Nye'), await fact('Uendret'), await fact('Med feil')], ['1', '2', '0'])
  await page.getByRole('button', { name: 'Importer', exact: true }).click()
  await page.getByRole('heading', { name: 'Resultatet av importen' }).waitFor()
  t.equal(await needs(), before + 3)
  await accessible('what came of it')

  await page.getByRole('button', { name: 'Prøv filen' }).click()
  await page.getByRole('heading', { name: 'Slik går det om du importerer' }).waitFor()
  t.equal(await fact('Uendret'), '3', 'the same file again changes nothing')
  t.equal(await page.getByRole('button', { name: 'Importer', exact: true }).count(), 0, 'so there is nothing to take')
  t.same(complaints, [], 'nothing complained')
})
