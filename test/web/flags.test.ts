import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import {
  behindInWords,
  closesInWords,
  figureInWords,
  flagTitle,
  grownInWords,
  newestInWords,
  quietInWords,
  sinceInWords,
  withUnit,
} from '../../src/web/pages/flags/flagWords.ts'
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

t.test('its limits, since when, and what stands behind it, in words', async (t) => {
  t.equal(closesInWords({ closesBelow: 92, closesAfterDays: 0, unit: 'percent' }), 'Lukkes under 92 prosent.')
  t.equal(
    closesInWords({ closesBelow: 1, closesAfterDays: 7, unit: 'people' }),
    'Lukkes når det har vært under 1 person i 7 dager.',
  )
  t.match(sinceInWords({ since: '2026-08-02', sinceFrom: 'history' }), /minst siden 2\. august 2026/)
  t.match(sinceInWords({ since: '2026-08-02', sinceFrom: 'raised' }), /^Varslet 2\. august 2026\. .* vet vi ikke\.$/)
  t.equal(
    quietInWords({ belowSince: '2026-09-01', closesOn: '2026-09-08' }),
    'Ikke over grensen siden 1. september 2026. Lukkes 8. september 2026 hvis det holder seg slik.',
  )
  t.equal(quietInWords({ belowSince: null, closesOn: null }), '')
  const figure = { label: 'Alna', unit: 'percent', part: 'districts' } as const
  t.equal(figureInWords({ ...figure, value: 87, note: '23 i 2020, 43 i 2024', unknown: null }), '87 prosent')
  t.equal(
    figureInWords({ ...figure, value: null, note: null, unknown: 'for få til å regne prosent' }),
    'for få til å regne prosent',
  )
  t.equal(figureInWords({ ...figure, value: null, note: null, unknown: null }), 'ukjent')
  const alna = { behind: 12, district: '030112' }
  t.equal(behindInWords(alna, 12, false), '12 lå bak da det ble målt.')
  t.equal(behindInWords(alna, 10, true), '12 lå bak da det ble målt.', 'the rest is on its way')
  t.match(behindInWords(alna, 11, false), /Du ser 11 nå/)
  t.match(behindInWords(alna, 0, false), /Personer ser bare de som arbeider for bydelen deres/)
  t.match(behindInWords({ behind: 300, district: null }, 12, false), /12 av dem er fra bydelen din/)
  t.match(behindInWords({ behind: 0, district: null }, 0, false), /^Ingen lå bak/)
})

t.test('growth in words, also of few', async (t) => {
  const of = (year: number, open: number, percent: number | null) => ({ year, open, percent })
  const grown = { district: null, name: 'Hele byen', base: of(2020, 272.5, 0), until: of(2024, 509.6, 87) }
  t.equal(grownInWords(grown), '87 prosent fra 2020 til 2024, fra 273 til 510 åpne behov i snitt')
  t.equal(newestInWords({ ...grown, newest: of(2025, 590, 117) }), ' Fra 2020 til 2025: 117 prosent.')
  t.equal(newestInWords({ ...grown, newest: grown.until }), '')
  const few = { ...grown, base: of(2020, 7.75, null), until: of(2024, 19, null) }
  t.equal(grownInWords(few), 'for få til å regne prosent fra 2020 til 2024: fra 8 til 19 åpne behov i snitt')
  t.equal(newestInWords({ ...few, newest: of(2025, 20, null) }), '')
})

t.test('a manager sees the city’s growth beside her own flags, opens what is behind one and answers it', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints, urls } = await visit(t)
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
  await page.getByText(/^Hele byen: 87 prosent fra 2020 til 2024, oppgitt av kilden\./).waitFor()
  t.equal(
    await page.getByRole('button', { name: /^Svar på varselet/ }).count(),
    0,
    'the city’s are the planner’s to answer',
  )
  await narrow('the flags')
  t.same(complaints, [])
})
