import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'

t.test('places, figures and the smaller themes are accessible, narrow too, under a strict policy', async (t) => {
  const app = await visit(t)
  const { page, see, signIn, accessible, narrow, complaints, origin } = app
  await signIn('Boligkonsulent, Alna')
  const looked = async (heading: string) => {
    await see(heading)
    await accessible(heading)
    await narrow(heading)
  }

  const answer = await page.goto(`${origin}/plasser`)
  const policy = new Map(
    (answer?.headers()['content-security-policy'] ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/)
      return [name, values.join(' ')] as const
    }),
  )
  t.equal(policy.get('default-src'), "'self'")
  for (const [name, values] of policy)
    t.notMatch(values, /unsafe-|\*|https?:/, `${name} lets in nothing from elsewhere`)
  await page.getByRole('region', { name: 'Plasser' }).waitFor()
  for (const group of ['Arbeid', 'Plasser', 'Tall', 'Regler og data']) {
    await page.getByRole('button', { name: group, exact: true }).click()
    await looked('Plasser')
  }
  await page.goto(`${origin}/statistikk`)
  const files = page.getByRole('region', { name: 'Tabellene som filer' })
  await files.getByRole('button', { name: /^Hva som er rettet, og når.*HEL008/ }).click()
  await files.getByText(/^Lest inn \d+\. /).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    files.getByRole('button', { name: /^Last ned HEL008.*\(JSON-stat\)/ }).click(),
  ])
  t.match(file.suggestedFilename(), /hel008/)
  await looked('Statistikk')

  await page.goto(`${origin}/hvem-kan-se-hva`)
  await page.getByRole('columnheader', { name: 'Boligkonsulent Din rolle' }).first().waitFor()
  await looked('Hvem kan se hva')

  await t.test('somebody of another bydel is opened for an hour, and one in whose circle she is has one', async () => {
    const given = fixturesOf(app)
    const number = personalNumber()
    await given.resident(GRUNERLOKKA, { name: 'Berit Bevisstløs', number, phone: '40000000' })
    const { rows } = await app.owner.query<{ id: string }>(`select id from account where username = 'officer_alna'`)
    const hidden = await given.resident(ALNA, { name: 'Sara Skjult', address_protection: 'strictly_confidential' })
    await given.inCircle(hidden, rows[0]?.id ?? '')
    await page.goto(`${origin}/nodapning`)
    await page.getByRole('button', { name: 'Åpne personen' }).click()
    await page.getByRole('alert').or(page.getByText('Fødselsnummeret må ha 11 siffer.')).first().waitFor()
    await page.getByLabel('Fødselsnummer').fill(number)
    await page.getByLabel('Hvorfor haster det?').fill('Ligger bevisstløs på legevakten nå.')
    await page.getByRole('button', { name: 'Åpne personen' }).click()
    await page.getByRole('button', { name: 'Vis personen' }).click()
    await page.getByRole('heading', { name: 'Berit Bevisstløs' }).waitFor()
    await looked('Nødåpning')
    await page.getByRole('button', { name: 'Jeg er ferdig' }).click()
    await page.getByText('Avsluttet').waitFor()
    await page.goto(`${origin}/kretser`)
    await page.getByRole('listitem', { name: 'Sara Skjult', exact: true }).waitFor()
    await looked('Kretser')
  })

  await page.goto(`${origin}/behov/ny`)
  await page.getByLabel('Fødselsnummer eller navn').fill('Temaer Testperson')
  await page.getByRole('button', { name: 'Søk' }).click()
  await page.getByRole('button', { name: 'Registrer ny person' }).click()
  await page.getByRole('button', { name: 'Lagre personen og gå videre' }).click()
  for (const theme of ['Privat leie først', 'Samtykker', 'Skal ikke bo sammen', 'Hva er viktig for deg?']) {
    await page.getByRole('link', { name: theme }).click()
    await looked(theme)
    await page.getByRole('link', { name: 'Alle temaene' }).click()
  }
  t.same(complaints, [], 'nothing complained')
})
