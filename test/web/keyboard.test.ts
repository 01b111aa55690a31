import t from 'tap'
import { visit } from '../support/browser.ts'

/** More than any page here has to be stepped through. */
const MOST = 80

t.test('a need is registered without a mouse, and where one stands is always seen', async (t) => {
  const { page, see, complaints, origin, owner } = await visit(t)
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return { name: '', seen: false }
      const labels = (element as HTMLInputElement).labels
      const name =
        element.getAttribute('aria-label') ??
        (labels !== null && labels !== undefined && labels.length > 0 ? labels[0]!.textContent : element.textContent)
      // Aksel draws the ring of a checkbox around what holds it, so that is looked at too, with focus and without
      const around = [element, element.closest('.aksel-checkbox, .aksel-radio')]
      const rings = () =>
        around
          .filter((one) => one instanceof HTMLElement)
          .flatMap((one) => [undefined, '::before', '::after'].map((part) => getComputedStyle(one, part)))
          .map(({ outline, boxShadow }) => `${outline} ${boxShadow}`)
          .join()
      const withFocus = rings()
      const held = element as HTMLElement
      held.blur()
      const without = rings()
      held.focus()
      return { name: (name ?? '').trim(), seen: withFocus !== without }
    })
  /** Steps on with Tab, or back, until what is called so has focus. */
  async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
    for (let steps = 0; steps < MOST; steps += 1) {
      await page.keyboard.press(key)
      const at = await focused()
      if (!name.test(at.name)) continue
      t.ok(at.seen, `a ring shows that ${name} has focus`)
      return
    }
    throw new Error(`${MOST} steps did not lead to ${name}`)
  }

  await page.goto(origin)
  await see('Logg inn')
  await tabTo(/^Logg inn som /)
  await page.keyboard.press('Enter')
  await see('Min arbeidsdag')

  await page.reload()
  await see('Min arbeidsdag')
  await tabTo(/^Plasser$/)
  await page.keyboard.press('Enter')
  await tabTo(/^Belegg$/)
  await page.keyboard.press('Escape')
  t.equal((await focused()).name, 'Plasser', 'a group that is closed gives focus back to what opened it')
  await page.keyboard.press('Enter')
  await tabTo(/^Tall$/)
  t.equal(await page.getByRole('link', { name: 'Belegg' }).count(), 0, 'who goes on closes the group behind her')

  await page.reload()
  await see('Min arbeidsdag')
  await tabTo(/^Hopp til innholdet$/)
  await page.keyboard.press('Enter')
  t.equal(await page.evaluate(() => document.activeElement?.id), 'innhold', 'the skip link leads past the menu')
  await tabTo(/^Registrer behov$/)
  await page.keyboard.press('Enter')
  await see('Registrer behov')

  await tabTo(/^Fødselsnummer eller navn/)
  await page.keyboard.type('Tastatur Testperson')
  await page.keyboard.press('Enter')
  await page.getByText('Vi fant ingen i bydelen din.').waitFor()
  await tabTo(/^Registrer ny person$/)
  await page.keyboard.press('Enter')
  await tabTo(/^Fødselsdato/)
  await page.keyboard.type('12.04.1985')
  await tabTo(/^Lagre personen og gå videre$/)
  await page.keyboard.press('Enter')

  await page.getByRole('link', { name: 'Boligform' }).waitFor()
  await tabTo(/^Boligform$/)
  await page.keyboard.press('Enter')
  await see('Boligform')
  for (const form of [/^Kommunal bolig med booppfølging$/, /^Kommunal bolig$/]) {
    await tabTo(form)
    await page.keyboard.press('Space')
  }
  await tabTo(/^Flytt Kommunal bolig opp$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Alt er lagret.').waitFor()
  await page.goto(page.url().replace(/rediger\/.*$/, 'registrer'))
  await see('Se over og registrer')
  await tabTo(/^Registrer behovet$/)
  await page.keyboard.press('Enter')
  await see('Sammenlign plasser')

  const { rows } = await owner.query<{ forms: string[]; status: string }>(
    'select forms, status from need order by id desc limit 1',
  )
  t.same(rows, [{ forms: ['municipal', 'municipal_support'], status: 'registered' }])
  t.same(complaints, [], 'nothing complained')
})
