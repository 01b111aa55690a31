import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

t.test('staff of a house confirm its vacancy, close and open a place, and record who comes and goes', async (t) => {
  const app = await visit(t)
  const { page, see, signIn, accessible, narrow, complaints, owner } = app
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
  await page.getByText('Ledigheten er bekreftet for 3 dager siden').waitFor()
  await accessible('the page of a house')
  await page.getByRole('button', { name: /^Bekreft at/ }).click()
  await page.getByText('Ledigheten er bekreftet i dag').waitFor()

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

  await t.test(
    'records the lease and the move-in, and nothing is pulled from under her while she writes',
    async (t) => {
      const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
      const accepted = async (name: string, label: string) => {
        const needId = await given.need(await given.resident(ALNA, { name }), {
          needed_during: '[2026-09-01,)',
          private_rental: 'not_possible',
          private_rental_considered_on: '2026-08-01',
        })
        await given.assessment(needId, ALNA, officer.accountId)
        const placeId = await given.place(house, { label, open_during: '[2026-01-01,)' })
        const sent = await officer.post('/offers', { needId, placeId, moveInOn: '2026-09-01' })
        t.equal(sent.statusCode, 201, sent.body)
        const yes = await officer.post(`/offers/${sent.json().id}/acceptance`, undefined, { 'if-match': '"1"' })
        t.equal(yes.statusCode, 200, yes.body)
        return placeId
      }
      const placeId = await accepted('Testperson Innflytter', 'Å3')
      const expected = page.getByRole('region', { name: 'Skal flytte inn' })
      const card = expected.getByRole('listitem', { name: /^Tilbud om Å3/ })
      await card.getByText('Testperson Innflytter').waitFor()
      await card.getByRole('button', { name: 'Registrer leiekontrakt' }).click()
      await card.getByRole('button', { name: 'Lagre leiekontrakten' }).click()
      await card.getByText('Leiekontrakten er signert 1. september 2026').waitFor()
      await card.getByRole('button', { name: 'Registrer innflytting' }).click()
      const day = card.getByLabel('Flyttet inn')
      await day.fill('31.8.2026')

      // somebody else's yes would stand above hers
      const before = await day.boundingBox()
      await accepted('Testperson Nestemann', 'Å4')
      const news = expected.getByRole('status')
      await news.getByText('Ny informasjon').waitFor()
      t.strictSame(await day.boundingBox(), before, 'what she is on stays where it is')
      t.equal(await day.inputValue(), '31.8.2026')
      t.equal(await expected.getByText('Testperson Nestemann').count(), 0)
      await accessible('news beside a form')
      await news.getByRole('button', { name: 'Vis den' }).click()
      await expected.getByText('Testperson Nestemann').waitFor()
      t.equal(await news.textContent(), '')
      t.ok(await day.evaluate((field) => field === document.activeElement), 'and she is where she was')
      t.equal(await day.inputValue(), '31.08.2026', 'with what she wrote')

      await card.getByRole('button', { name: 'Lagre innflyttingen' }).click()
      await page.getByText('Innflyttingen kan ikke være før tilbudet ble sendt.').first().waitFor()
      await day.fill('1.9.2026')
      await card.getByRole('button', { name: 'Lagre innflyttingen' }).click()
      await page.getByRole('listitem', { name: 'Testperson Innflytter, Å3' }).waitFor()
      await card.waitFor({ state: 'detached' })
      const { rows } = await owner.query('select lower(during)::text as since from occupancy where place_id = $1', [
        placeId,
      ])
      t.strictSame(rows, [{ since: '2026-09-01' }])
    },
  )

  await narrow('the house')
  t.strictSame(complaints, [])
})
