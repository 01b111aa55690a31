import t from 'tap'
import { visit } from '../support/browser.ts'

t.test('places, figures and the smaller themes are accessible, narrow too, under a strict policy', async (t) => {
  const { page, see, signIn, accessible, complaints, origin } = await visit(t)
  await signIn('Boligkonsulent, Alna')
  const looked = async (heading: string) => {
    await see(heading)
    await accessible(heading)
    await page.setViewportSize({ width: 320, height: 640 })
    // Aksel fits a text area to its width a moment after the window has changed
    await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    t.pass(`at 400 % zoom nothing but a table scrolls sideways: ${heading}`)
    await page.setViewportSize({ width: 1280, height: 900 })
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
