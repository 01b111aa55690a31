import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { flagTitle, withUnit } from '../../src/web/pages/flags/flagWords.ts'
import { askedDistrict, readFlagSearch } from '../../src/web/pages/flags/search.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'

t.test('which flags are asked for', async (t) => {
  t.same(readFlagSearch({ bydel: '030102', lukket: 'true', x: 1 }), { bydel: '030102', lukket: true })
  t.same(readFlagSearch({ bydel: 'Alna', lukket: 1 }), {})
  t.equal(askedDistrict(undefined, '030112'), '030112')
  t.equal(askedDistrict('byen', '030112'), 'city')
  t.equal(askedDistrict('alle', '030112'), undefined)
  t.equal(askedDistrict('030102', '030112'), '030102')
})

t.test('in words', async (t) => {
  t.equal(withUnit(1, 'places'), '1 plass')
  t.equal(withUnit(1200, 'people'), '1\u00a0200 personer')
  t.equal(flagTitle({ title: 'Nesten fullt', subject: null }), 'Nesten fullt')
  t.equal(flagTitle({ title: 'Nesten fullt', subject: 'kommunal bolig' }), 'Nesten fullt: kommunal bolig')
})

t.test('a manager sees the city’s growth beside her own flags, opens what is behind one and answers it', async (t) => {
  const { page, openPage, see, signIn, accessible, complaints, urls } = await visit(t)
  const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
  await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting))
  await jobs.destroy()

  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Varsler')
  await see('Varsler')
  await page
    .getByText(/^Grünerløkka: /)
    .first()
    .waitFor()
  await accessible('a district’s flags')

  const stale = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /^Ledige plasser er ikke bekreftet/ }) })
  await stale.getByRole('button', { name: /^Se hva som ligger bak/ }).click()
  await stale
    .getByText(/(Aldri b|B)ekreftet/)
    .first()
    .waitFor()
  await stale.getByRole('button', { name: /^Slik er det målt/ }).click()
  await stale.getByText(/Kilde: 004 5\.6/).waitFor()

  await stale.getByRole('button', { name: /^Svar på varselet/ }).click()
  await stale.getByRole('radio', { name: 'Det er løst' }).check()
  await stale.getByRole('button', { name: 'Send svar' }).click()
  await stale.getByText('Hva ble gjort?').waitFor()
  await page.getByRole('link', { name: /Skriv noe/ }).waitFor()
  await accessible('an answer that lacks what was done')
  await stale.getByLabel('Hva ble gjort?').fill('Alle botilbudene er ringt')
  await stale.getByRole('button', { name: 'Send svar' }).click()
  await stale.getByText('Løst', { exact: true }).waitFor()
  await stale.getByRole('button', { name: /^Hva som er gjort/ }).click()
  await stale.getByText(/«Alle botilbudene er ringt»/).waitFor()

  await page.getByLabel('Gjelder').selectOption({ label: 'Hele byen samlet' })
  await page.waitForURL(/bydel=byen/)
  await page.getByRole('heading', { name: /^Behovet vokser: samlokaliserte boliger/ }).waitFor()
  await page.getByText(/^Hele byen: \d+ prosent, (beregnet|oppgitt av kilden)/).waitFor()
  t.equal(
    await page.getByRole('button', { name: /^Svar på varselet/ }).count(),
    0,
    'the city’s are the planner’s to answer',
  )
  await page.setViewportSize({ width: 320, height: 900 })
  t.equal(
    await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
    false,
    'nothing scrolls sideways on a narrow screen',
  )
  t.same(complaints, [])
})
