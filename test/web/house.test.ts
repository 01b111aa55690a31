import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

t.test('staff of a house confirm its vacancy, close and open a place, and record who comes and goes', async (t) => {
  const app = await visit(t)
  const { page, see, signIn, accessible, complaints, owner } = app
  const given = fixturesOf(app)
  const { rows: mine } = await owner.query<{ house: string; name: string }>(
    `select f.id as house, f.name from account a join facility f on f.id = a.facilities[1] where a.username = 'facility_staff'`,
  )
  const { house = '', name = '' } = mine[0] ?? {}
  const home = await given.place(house, { label: 'Å1', open_during: '[2026-01-01,)' })
  const lived = await given.place(house, { label: 'Å2', open_during: '[2026-01-01,)' })
  const person = await given.resident(ALNA, { name: 'Testperson Furulund' })
  await given.livesIn(person, lived, '[2026-02-01,)')
  await owner.query(`update facility set vacancy_confirmed_at = '2026-08-29T08:00:00Z' where id = $1`, [house])

  await signIn('Ansatt på botilbud')
  await page.goto(`${app.origin}/bosted/${house}`)
  await see(name)
  await page.getByText('Ledigheten er bekreftet for 3 dager siden.').waitFor()
  await accessible('the page of a house')
  await page.getByRole('button', { name: /^Bekreft at/ }).click()
  await page.getByText('Ledigheten er bekreftet i dag.').waitFor()

  await t.test('closes a place with a reason and who bears the cost, and opens it again', async (t) => {
    await page.getByRole('button', { name: 'Sperr en plass' }).click()
    const form = page.getByRole('form', { name: 'Sperr en plass' })
    await accessible('the form of a closure')
    await form.getByLabel('Hvilken plass?').selectOption({ label: 'Å1' })
    await form.getByLabel('Hvem bærer kostnaden?').fill('Gårdeier')
    await form.getByRole('button', { name: 'Sperr plassen' }).click()
    await form.getByRole('link').first().waitFor()
    t.equal(await form.getByLabel('Hvem bærer kostnaden?').inputValue(), 'Gårdeier', 'a refusal keeps what is typed')
    await form.getByLabel('Hvorfor?').selectOption({ label: 'Reparasjon' })
    await form.getByRole('button', { name: 'Sperr plassen' }).click()
    const closure = page.getByRole('listitem', { name: 'Sperring av Å1' })
    await closure.getByText('Kostnad: Gårdeier.').waitFor()
    await closure.getByRole('button', { name: 'Åpne igjen' }).click()
    await closure.getByRole('button', { name: 'Åpne plassen' }).click()
    await closure.getByText('Fra 1. september 2026 til 2. september 2026.').waitFor()
    const { rows } = await owner.query(
      'select upper(during)::text as opens, cost_owner from closure where place_id = $1',
      [home],
    )
    t.strictSame(rows, [{ opens: '2026-09-02', cost_owner: 'Gårdeier' }])
  })

  await t.test('records a departure; who lived there is no longer shown', async (t) => {
    const stay = page.getByRole('listitem', { name: 'Testperson Furulund, Å2' })
    await stay.getByRole('button', { name: 'Registrer utflytting' }).click()
    await accessible('the form of a departure')
    await stay.getByLabel('Hvorfor?').selectOption({ label: 'Ville flytte selv' })
    await stay.getByLabel('Flyttet ut').fill('1.1.2026')
    await stay.getByRole('button', { name: 'Lagre utflyttingen' }).click()
    await stay.getByRole('link').or(stay.getByRole('alert')).first().waitFor()
    await stay.getByLabel('Flyttet ut').fill('1.9.2026')
    await stay.getByRole('button', { name: 'Lagre utflyttingen' }).click()
    await stay.waitFor({ state: 'detached' })
    const { rows } = await owner.query('select upper(during)::text as until from occupancy where place_id = $1', [
      lived,
    ])
    t.strictSame(rows, [{ until: '2026-09-01' }])
  })

  await page.setViewportSize({ width: 320, height: 640 })
  t.equal(
    await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
    false,
    'at 400 % nothing but tables scrolls sideways',
  )
  t.strictSame(complaints, [])
})
