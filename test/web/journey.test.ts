import t from 'tap'
import { visit } from '../support/browser.ts'

t.test(
  'an officer registers a need, sees what fits and why the rest does not, and next door sees nothing',
  async (t) => {
    const { page, see, signIn, signOut, accessible, narrow, complaints, origin } = await visit(t)
    const next = () => page.getByRole('button', { name: 'Lagre og fortsett' }).click()

    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(origin)
    await see('Logg inn')
    await accessible('the sign-in page')
    await signIn('Boligkonsulent, Alna')
    await see('Min arbeidsdag')
    await accessible('the first page')

    await page.getByRole('link', { name: 'Registrer behov' }).first().click()
    await see('Registrer behov')
    await page.getByLabel('Fødselsnummer eller navn').fill('Testperson Fjellheim')
    await page.getByRole('button', { name: 'Søk' }).click()
    await page.getByText('Vi fant ingen i bydelen din.').waitFor()
    t.notMatch(page.url(), /Testperson/, 'what was searched for stands in no address')
    await page.getByRole('button', { name: 'Registrer ny person' }).click()
    await page.getByLabel('Fødselsdato').fill('12.04.1985')
    await page.getByRole('radiogroup', { name: 'Kjønn' }).getByLabel('Kvinne').check()
    await page.getByRole('radiogroup', { name: 'Har personen dyr?' }).getByLabel('Nei').check()
    await accessible('the form for a new person')
    await page.getByLabel('Fødselsnummer (kan fylles ut senere)').fill('12')
    await page.getByRole('button', { name: 'Lagre personen og gå videre' }).click()
    await page.getByRole('link', { name: /11 siffer/ }).click()
    t.match(
      await page.evaluate(() => (document.activeElement as HTMLInputElement).value),
      '12',
      'the error leads to its field, and what was typed is kept',
    )
    await page.getByLabel('Fødselsnummer (kan fylles ut senere)').fill('')
    await page.getByRole('button', { name: 'Lagre personen og gå videre' }).click()

    await page.getByRole('link', { name: 'Boligform' }).waitFor()
    await accessible('the task list')
    await page.getByRole('link', { name: 'Situasjonen nå' }).click()
    await see('Situasjonen nå')
    await page.getByLabel('Hvor er personen nå?').selectOption({ label: 'Midlertidig botilbud' })
    await page.getByLabel('Siden når?').fill('01.03.2026')
    await accessible('the situation')
    await next()
    await see('Boligform')
    await page.getByRole('checkbox', { name: 'Samlokalisert bolig med døgnbemannet personalbase' }).check()
    await page.getByRole('checkbox', { name: 'Kommunal bolig', exact: true }).check()
    const fits = page.getByRole('heading', { name: /Passer for/ })
    await fits.waitFor()
    t.match(
      await fits.textContent(),
      /Passer for \d+ plass(er)? nå/,
      'how many places fit is said as the requirements are set',
    )
    await page.getByRole('button', { name: 'Flytt Kommunal bolig opp' }).press('Enter')
    await accessible('the forms')
    await next()
    await see('Krav og ønsker til boligen')
    await accessible('the requirements')
    await next()
    await see('Hva huset må kunne ta imot')
    await page.getByRole('radiogroup', { name: 'Kan personen bo rusfritt?' }).getByLabel('Kan bo rusfritt').check()
    await accessible('what the house must take')
    await next()
    await see('Privat leie først')
    await page.getByLabel('Vurdert: det går ikke nå').check()
    await next()
    await see('Kartlegging')
    await accessible('the assessments')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Samtykker')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Skal ikke bo sammen')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Hva er viktig for deg?')
    await page.getByRole('textbox', { name: 'Hva er viktig for deg?' }).fill('Ro og en dør å lukke')
    await next()

    await see('Se over og registrer')
    await page.getByText('Ro og en dør å lukke').waitFor()
    await accessible('the check of answers')
    await page.getByRole('button', { name: 'Registrer behovet' }).click()
    await see('Sammenlign plasser')
    await page.getByRole('region', { name: 'Sammenligning', exact: true }).waitFor()
    await accessible('the comparison')

    // a place that does not fit, chosen by hand: every no is explained
    await page.getByLabel('Finn botilbud').fill('a')
    await page
      .getByRole('button', { name: /^Vis plassene i/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Legg til/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'Sammenligning', exact: true }).getByText('Mangler').first().waitFor()
    await accessible('the comparison with a place that does not fit')

    const address = page.url()
    await narrow('the comparison')

    const kept = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      cookies: document.cookie,
    }))
    const { session, ...others } = kept
    t.strictSame(others, { local: {}, databases: [], caches: [], cookies: '' }, 'the browser keeps nothing')
    t.notMatch(JSON.stringify(session), /Fjellheim|Testperson|1985/, 'but where a page was scrolled to, and of nobody')
    t.notMatch(asked.join(' '), /Fjellheim|Testperson|1985/, 'and no address names her')

    await signOut()
    await signIn('Boligkonsulent, Grünerløkka')
    await page.goto(address)
    await see('Vi finner ikke siden')
    const foreign = await page.getByRole('main').innerText()
    await page.goto(address.replace(/[0-9a-f]{12}$/, '000000000000'))
    await see('Vi finner ikke siden')
    t.equal(await page.getByRole('main').innerText(), foreign, 'a foreign need looks exactly like a missing one')

    t.same(complaints, [], 'the browser complained of nothing, and asked nobody else')
  },
)
