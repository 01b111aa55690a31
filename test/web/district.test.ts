import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { cityCache } from '../../src/db/city.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { takeSnapshots } from '../../src/db/shortfall.ts'
import type { CapacityRow, ShortfallRow } from '../../src/web/api/capacity.ts'
import { ladderSteps, plannedInWords, queueInWords, stepInWords } from '../../src/web/pages/district/ladderWords.ts'
import { drawnDays, shortfallInWords } from '../../src/web/pages/district/shortfallWords.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'

const row = (change: Partial<CapacityRow>): CapacityRow =>
  ({
    step: 2,
    stepName: 'Samlokalisert bolig',
    places: 0,
    occupied: 0,
    occupiedClosed: 0,
    free: 0,
    queue: 0,
    openingLater: 0,
    closingLater: 0,
    ...change,
  }) as CapacityRow

t.test('steps add up their forms, from the lowest up', async (t) => {
  const steps = ladderSteps([
    row({ step: 3, form: 'municipal', places: 10, occupied: 7, occupiedClosed: 1, free: 2, queue: 5 }),
    row({ form: 'colocated_24h', places: 4, occupied: 3, free: 1, queue: 2 }),
    row({ form: 'colocated_day', places: 2, occupied: 2, queue: 1 }),
    row({ step: 4, form: 'private', queue: null }),
  ])
  t.match(steps, [
    { step: 2, places: 6, occupied: 5, free: 1, queue: 3 },
    { step: 3, places: 10, occupied: 8, free: 2, queue: 5 },
    { step: 4, places: 0, queue: null },
  ])
})

t.test('in words', async (t) => {
  t.equal(stepInWords({ places: 6, occupied: 5, free: 1 }), '6 plasser. 5 er opptatt, 1 er ledig.')
  t.equal(stepInWords({ places: 1, occupied: 1, free: 0 }), '1 plass. 1 er opptatt, ingen er ledig.')
  t.equal(stepInWords({ places: 0, occupied: 0, free: 0 }), 'Bydelen har ingen plasser på dette trinnet.')
  t.equal(queueInWords({ queue: 3, free: 1 }), '3 venter, 2 flere enn de ledige plassene.')
  t.equal(queueInWords({ queue: 1, free: 4 }), '1 venter.')
  t.equal(queueInWords({ queue: 2, free: 2 }), '2 venter, like mange som de ledige plassene.')
  t.equal(queueInWords({ queue: null, free: 2 }), 'Vi vet ikke hvor mange som venter.')
  t.equal(plannedInWords({ openingLater: 1, closingLater: 3 }), '1 plass åpner, 3 plasser stenger')
  t.equal(plannedInWords({ openingLater: 0, closingLater: 0 }), null)
})

const on = (day: string, plain: number, certified: number | null): ShortfallRow => ({
  day,
  takenAt: `${day}T00:01:00Z`,
  waiting: plain + 2,
  free: 2,
  plain,
  certified,
  certifiedMissing: certified === null ? 'Ingen regnet.' : null,
})

t.test('the shortfall over time, in words and as drawn', async (t) => {
  t.match(shortfallInWords([]), /Ingen dager er regnet ut ennå/)
  t.equal(
    shortfallInWords([on('2026-08-30', 12, null), on('2026-09-01', 14, 3)]),
    '1. september 2026 ventet 14 flere enn de ledige plassene av boligformen de helst vil ha. 3 av bydelens egne blir uten, uansett hvem som flytter. Differansen er 2 høyere enn 30. august 2026.',
  )
  t.match(shortfallInWords([on('2026-09-01', 14, null)]), /Den sikre mangelen er ikke kjent for den dagen\.$/)
  t.match(shortfallInWords([on('2026-08-31', 4, 0), on('2026-09-01', 4, 0)]), /Ingen av bydelens egne.*den samme som/)
  const { days, most } = drawnDays([on('2026-08-30', 5, null), on('2026-09-02', 10, 4)])
  t.equal(most, 10)
  t.match(days, [
    { at: 0, width: 0.25, plain: 0.5, certified: null },
    { at: 0.75, width: 0.25, plain: 1, certified: 0.4 },
  ])
  t.match(drawnDays([on('2026-09-01', 0, 0)]), { most: 1, days: [{ plain: 0, certified: 0, width: 1 }] })
})

t.test('a manager sees her district’s ladder with its flags, and prints it without them', async (t) => {
  const { page, openPage, see, signIn, accessible, narrow, complaints, urls, owner, origin } = await visit(t)
  const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
  await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting))
  await takeSnapshots(jobs, cityCache(), TODAY)
  await jobs.destroy()

  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Boligtrappen')
  await see('Boligtrappen i Bydel Grünerløkka')
  const step = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Trinn 2: Samlokalisert bolig' }) })
  await step.getByText(/\d+ plasser\. \d+ er opptatt/).waitFor()
  await step
    .getByText(/venter/)
    .first()
    .waitFor()
  const flags = page.getByRole('heading', { name: 'Varsler for bydelen' })
  await flags.waitFor()
  await page.getByText(/For hele byen til sammenligning: behovet vokser/).waitFor()
  const lacking = page.getByRole('heading', { name: 'Mangel over tid' })
  await lacking.waitFor()
  await page.getByText(/flere enn de ledige plassene av boligformen/).waitFor()
  await page.getByRole('button', { name: 'Mangel over tid som tabell' }).click()
  await page.getByRole('rowheader', { name: '1. september 2026' }).waitFor()
  await accessible('the ladder of a district')
  await narrow('the ladder of a district')
  await page.emulateMedia({ media: 'print' })
  t.equal(await flags.isVisible(), false, 'flags are not printed')
  t.equal(await lacking.isVisible(), false, 'nor what lacks')
  t.equal(
    await step
      .getByText(/venter/)
      .first()
      .isVisible(),
    false,
    'nor who waits',
  )
  t.equal(await step.isVisible(), false, 'nor how full the steps are')
  const catalogue = page.getByRole('table', { name: /^Alle boligformene/ })
  for (const form of ['Akutt (VEL)', 'Langtidshjem (Sykehjemsetaten)', 'Privat leie'])
    t.equal(await catalogue.getByRole('rowheader', { name: form, exact: true }).isVisible(), true, form)
  t.ok((await catalogue.getByText('ingen plasser i bydelen').count()) > 0, 'a hole in the ladder is said')
  const words = await catalogue.innerText()
  t.notMatch(words, /opptatt|ledig|venter/i, 'the catalogue tells of places, and of nobody')
  for (const word of ['Stabilisering', 'bemannet hele døgnet', 'leiekontrakt og eget vedtak om tjenester', '14 dager'])
    t.match(words, word)
  await page.emulateMedia({ media: 'screen' })

  await page.getByLabel('Bydel', { exact: true }).selectOption({ label: 'Alna' })
  await see('Boligtrappen i Bydel Alna')

  await t.test('she sets a quota for other bydeler, reads what is wrong, and changes it', async (t) => {
    await openPage('Kvoter')
    await see('Kvoter fra andre bydeler')
    await page.getByText('Ingen bydel har satt noen kvote.').waitFor()
    await page.getByRole('button', { name: 'Legg til en kvote' }).click()
    const form = page.getByRole('form', { name: 'Ny kvote' })
    const households = form.getByLabel('Hvor mange husstander kan flytte inn?')
    await households.fill('0')
    await form.getByLabel('Gjelder fra').fill('1.1.2026')
    await form.getByLabel('Til og med').fill('1.12.2025')
    await form.getByRole('checkbox', { name: 'Alna' }).check()
    t.equal(await form.getByRole('checkbox', { name: 'Grünerløkka' }).count(), 0, 'her own is nothing to leave out')
    await form.getByLabel('Finn botilbud').fill('e')
    await form
      .getByRole('button', { name: /^Ta ut/ })
      .first()
      .click()
    await form.getByRole('button', { name: /^Fjern/ }).waitFor()
    await form.getByRole('button', { name: 'Lagre kvoten' }).click()
    await form.getByRole('link', { name: /^Skriv minst 1\./ }).waitFor()
    await form.getByRole('link', { name: /^Perioden er tom/ }).waitFor()
    await accessible('a quota with what is wrong in it')
    await narrow('a quota with what is wrong in it')
    await households.fill('1')
    await form.getByLabel('Til og med').fill('31.12.2026')
    await form.getByRole('button', { name: 'Lagre kvoten' }).click()
    await form.waitFor({ state: 'detached' })
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Grünerløkka' }) })
    await row.getByText('1. januar 2026 til og med 31. desember 2026').waitFor()
    await row.getByText('Husstander fra Alna').waitFor()
    await row.getByText(/^Innflytting i /).waitFor()

    await page.getByRole('button', { name: 'Legg til en kvote' }).click()
    await households.fill('2')
    await form.getByRole('button', { name: 'Lagre kvoten' }).click()
    await form.getByText('Bydelen har allerede en kvote i en del av denne perioden.').waitFor()
    await form.getByRole('button', { name: 'Avbryt' }).click()
    await form.waitFor({ state: 'detached' })

    await row.getByRole('button', { name: /^Endre kvoten/ }).click()
    const change = page.getByRole('form', { name: 'Endre kvoten for Grünerløkka' })
    await change.getByLabel('Til og med').fill('31.8.2026')
    await change.getByRole('button', { name: 'Lagre endringen' }).click()
    await change.waitFor({ state: 'detached' })
    await row.getByText('1. januar 2026 til og med 31. august 2026').waitFor()
    await row.getByText('Er over').waitFor()
    const { rows } = await owner.query(
      `select district, during::text, households, exempt_districts, cardinality(exempt_facilities) as houses from cross_district_quota`,
    )
    t.strictSame(rows, [
      {
        district: '030102',
        during: '[2026-01-01,2026-09-01)',
        households: 1,
        exempt_districts: ['030112'],
        houses: 1,
      },
    ])

    // somebody else changes it under the open form: the list follows, and what she had read is not written over it
    await row.getByRole('button', { name: /^Endre kvoten/ }).click()
    await owner.query(`update cross_district_quota set note = 'Avtalen er forlenget.'`)
    await row.getByText('Avtalen er forlenget.').waitFor()
    await change.getByLabel('Hvor mange husstander kan flytte inn?').fill('9')
    await change.getByRole('button', { name: 'Lagre endringen' }).click()
    await change.getByText(/^Noen andre har endret dette siden du åpnet det\./).waitFor()
    const { rows: kept } = await owner.query('select households, note from cross_district_quota')
    t.strictSame(kept, [{ households: 1, note: 'Avtalen er forlenget.' }])
    await change.getByRole('button', { name: 'Avbryt' }).click()
    await change.waitFor({ state: 'detached' })
  })

  await t.test('she sets and removes what a house takes in a month', async (t) => {
    const { rows: houses } = await owner.query<{ id: string; name: string }>(
      `select id, name from facility where district_code = '030102' order by name limit 1`,
    )
    const [{ id, name } = { id: '', name: '' }] = houses
    await page.goto(`${origin}/bosted/${id}`)
    await see(name)
    const limit = page.getByRole('region', { name: 'Innflyttinger i måneden' })
    await limit.getByText('Ingen har satt en grense').waitFor()
    await limit.getByRole('button', { name: 'Sett en grense' }).click()
    const number = limit.getByLabel('Hvor mange nye husstander tar huset imot i måneden?')
    await limit.getByRole('button', { name: 'Lagre grensen' }).click()
    await limit.getByText('Skriv hvor mange.').waitFor()
    await number.fill('0')
    await limit.getByRole('button', { name: 'Lagre grensen' }).click()
    await limit.getByRole('link', { name: /^Skriv minst 1\./ }).waitFor()
    await accessible('the form of what a house takes in a month')
    await narrow('the form of what a house takes in a month')
    await number.fill('2')
    await limit.getByRole('button', { name: 'Lagre grensen' }).click()
    await limit.getByText('Huset tar imot høyst 2 nye husstander i en kalendermåned.').waitFor()
    await limit.getByRole('button', { name: 'Fjern grensen' }).click()
    await limit.getByText('Ingen har satt en grense').waitFor()
    const { rows } = await owner.query('select max_move_ins_per_month as most from facility where id = $1', [id])
    t.strictSame(rows, [{ most: null }])
  })
  t.same(complaints, [])
})
