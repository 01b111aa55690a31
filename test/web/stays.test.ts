import t from 'tap'
import { ApiError } from '../../src/web/api/problem.ts'
import { setAsideOf, transferChoices } from '../../src/web/pages/stays/transferChoices.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const named = {
  placeId: 'p2',
  label: 'H2',
  form: 'municipal',
  facilityName: 'Haugen',
  districtCode: ALNA,
  availableFrom: TODAY,
  vacancyConfirmedAt: null,
  lacks: [],
}

t.test('where somebody can change to, and what can be set aside', async (t) => {
  t.strictSame(
    transferChoices([{ id: 'p1', label: 'H1' }], [named, { ...named, placeId: 'p1' }], TODAY),
    [
      { id: 'p1', label: 'H1' },
      { id: 'p2', label: 'H2, Haugen, aldri bekreftet' },
    ],
    'each once, and one in another house by its house',
  )
  const problem = {
    type: 'x',
    title: 'x',
    status: 409,
    code: 'place_unfit',
    detail: null,
    blocking: null,
    state: null,
    nextBest: [named],
    traceId: null,
    errors: [
      { pointer: '', code: 'place_fits', detail: 'Passer ikke.' },
      { pointer: '/overrides', code: 'features.required', detail: 'Første etasje.' },
    ],
  }
  t.strictSame(setAsideOf(new ApiError(problem)), {
    nextBest: [named],
    setAside: [{ id: 'features.required', title: 'Første etasje.' }],
  })
  t.strictSame(setAsideOf(new Error('lost')), { nextBest: [], setAside: [] })
})

t.test('staff of a house put right what was recorded wrongly, and say who never came', async (t) => {
  const app = await visit(t)
  const { page, see, signIn, accessible, narrow, complaints, owner, deps, origin } = app
  const given = fixturesOf(app)
  const { rows } = await owner.query<{ house: string; name: string }>(
    `select f.id as house, f.name from account a join facility f on f.id = a.facilities[1] where a.username = 'facility_staff'`,
  )
  const { house = '', name = '' } = rows[0] ?? {}
  const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  const place = (label: string) => given.place(house, { label, form: 'assisted', open_during: '[2026-01-01,)' })
  const lived = await place('Ø1')
  const stayer = await given.resident(ALNA, { name: 'Testperson Blivende' })
  await given.livesIn(stayer, lived, '[2026-02-01,)', { form: 'assisted' })
  const mover = await given.resident(ALNA, { name: 'Testperson Byttende' })
  await given.livesIn(mover, await place('Ø2'), '[2026-02-01,)', { form: 'assisted' })
  const lost = await place('Ø3')
  const free = await place('Ø4')
  // said yes to Ø4 in August and was to come on the 30th
  deps.demoDate = '2026-08-20'
  const expected = await given.resident(ALNA, { name: 'Testperson Uteblitt' })
  const needId = await given.need(expected, {
    forms: ['assisted'],
    needed_during: '[2026-08-01,)',
    service_decision_on: '2026-08-01',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const sent = await officer.post('/offers', { needId, placeId: free, moveInOn: '2026-08-30' })
  t.equal(sent.statusCode, 201, sent.body)
  t.equal(
    (await officer.post(`/offers/${sent.json().id}/acceptance`, undefined, { 'if-match': '"1"' })).statusCode,
    200,
  )
  deps.demoDate = TODAY

  await signIn('Ansatt på botilbud')
  await page.goto(`${origin}/bosted/${house}`)
  await see(name)

  await t.test('a departure that never was', async (t) => {
    const card = page.getByRole('listitem', { name: 'Testperson Blivende, Ø1' })
    await card.getByRole('button', { name: /^Registrer utflytting/ }).click()
    await card.getByLabel('Hvorfor?').selectOption({ label: 'Ville flytte selv' })
    await card.getByRole('button', { name: 'Lagre utflyttingen' }).click()
    await card.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Flyttet ut den siste måneden' }).waitFor()
    const left = page.getByRole('listitem', { name: 'Beboer, Ø1' })
    await left.getByText('Flyttet ut 1. september 2026: ville flytte selv.').waitFor()
    await left.getByRole('button', { name: /^Rett utflyttingen/ }).click()
    await accessible('the form of a correction')
    await left.getByRole('button', { name: 'Lagre rettelsen' }).click()
    await left.getByRole('link').first().waitFor()
    await left.getByLabel('Hva var feil?').selectOption({ label: 'Flyttet ikke likevel' })
    await left.getByRole('button', { name: 'Lagre rettelsen' }).click()
    await card.waitFor()
    await left.waitFor({ state: 'detached' })
    const { rows: events } = await owner.query<{ kind: string }>(
      'select e.kind from stay_event e join stay s on s.id = e.stay_id where s.household_id = $1 order by e.id',
      [stayer.householdId],
    )
    t.strictSame(
      events.map(({ kind }) => kind),
      ['departed', 'departure_corrected'],
    )
  })

  await t.test('the day of a move-in', async () => {
    const card = page.getByRole('listitem', { name: 'Testperson Blivende, Ø1' })
    await card.getByRole('button', { name: /^Rett innflyttingen/ }).click()
    await card.getByLabel('Flyttet inn').fill('15.2.2026')
    await card.getByLabel('Hva var feil?').selectOption({ label: 'Feil dag' })
    await card.getByRole('button', { name: 'Lagre rettelsen' }).click()
    await card.getByText('Flyttet inn 15. februar 2026.').waitFor()
  })

  await t.test('who never came', async () => {
    const card = page.getByRole('listitem', { name: /^Tilbud om Ø4/ })
    await card.getByRole('button', { name: 'Kom ikke' }).click()
    await accessible('the form of who never came')
    await card.getByLabel('Hvorfor?').selectOption({ label: 'Fikk ikke kontakt' })
    await card.getByText(/Behovet står der det sto/).waitFor()
    await card.getByRole('button', { name: 'Registrer at husstanden ikke kom' }).click()
    await card.waitFor({ state: 'detached' })
  })

  await t.test('a place that is gone is answered with another', async (t) => {
    const card = page.getByRole('listitem', { name: 'Testperson Byttende, Ø2' })
    await card.getByRole('button', { name: /^Bytt plass/ }).click()
    await card.getByLabel('Ny plass').selectOption({ label: 'Ø3' })
    await card.getByLabel('Hvorfor?').selectOption({ label: 'Plassen må settes i stand' })
    await given.taken(lost, `[${TODAY},)`)
    await card.getByRole('button', { name: 'Lagre byttet' }).click()
    await card.getByRole('heading', { name: 'Plassen er ikke ledig lenger' }).waitFor()
    await accessible('a change of place that was refused')
    await card.getByRole('button', { name: `Bytt til Ø4, ${name} i stedet` }).click()
    t.equal(await card.getByLabel('Ny plass').inputValue(), free)
    await card.getByRole('button', { name: 'Lagre byttet' }).click()
    await page.getByRole('listitem', { name: 'Testperson Byttende, Ø4' }).waitFor()
  })

  await t.test('what the person can say yes to herself is set aside with a reason', async (t) => {
    const wishing = await given.resident(ALNA, { name: 'Testperson Ønskende' })
    await given.livesIn(wishing, await place('Ø5'), '[2026-02-01,)', { form: 'assisted' })
    const ended = { status: 'closed', ended_at: '2026-02-01', ended_reason: 'housed' }
    await given.need(wishing, { forms: ['assisted'], required_features: ['ground_floor'], ...ended })
    await place('Ø6')
    await page.reload()
    const card = page.getByRole('listitem', { name: 'Testperson Ønskende, Ø5' })
    await card.getByRole('button', { name: /^Bytt plass/ }).click()
    await card.getByLabel('Ny plass').selectOption({ label: 'Ø6' })
    await card.getByLabel('Hvorfor?').selectOption({ label: 'Plassen må settes i stand' })
    await card.getByRole('button', { name: 'Lagre byttet' }).click()
    const aside = card.getByRole('group', { name: 'Dette står i veien, men kan settes til side med en grunn' })
    await aside.getByRole('checkbox').check()
    await accessible('a change of place that somebody may set something aside for')
    await aside.getByLabel('Hvorfor settes dette til side?').fill('Hun vil heller bo i andre etasje.')
    await card.getByRole('button', { name: 'Lagre byttet' }).click()
    await page.getByRole('listitem', { name: 'Testperson Ønskende, Ø6' }).waitFor()
    const { rows: kept } = await owner.query(
      `select e.overrides from stay_event e join stay s on s.id = e.stay_id
       where s.household_id = $1 and e.kind = 'transferred_in'`,
      [wishing.householdId],
    )
    t.match(kept, [{ overrides: [{ id: 'features.required', reason: 'Hun vil heller bo i andre etasje.' }] }])
  })

  await narrow('a stay')
  t.strictSame(complaints, [])
})

t.test('an officer is shown where somebody may come back to, and offers it without another reason', async (t) => {
  const app = await visit(t)
  const { page, see, signIn, accessible, complaints, owner, origin } = app
  const given = fixturesOf(app)
  const house = await given.facility({ name: 'Heimen' })
  const person = await given.resident(ALNA, { name: 'Testperson Hjemvendt' })
  const stayId = await given.livesIn(
    person,
    await given.place(house, { form: 'vel_coping' }),
    '[2026-01-01,2026-08-25)',
    {
      form: 'vel_coping',
      departure_reason: 'moved_on',
      right_of_return_until: '2026-11-23',
    },
  )
  await given.place(house, { form: 'vel_coping', label: 'R1' })
  const needId = await given.need(person, {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  await given.assessment(needId, ALNA, officer.accountId)
  await given.consent(person)
  await signIn('Boligkonsulent, Alna')
  await page.goto(`${origin}/behov/${needId}`)
  await see('Sammenlign plasser')
  await page.getByText('Rett til å komme tilbake til Heimen til og med 22. november 2026.').waitFor()
  await accessible('a need with a right to come back')
  await page.getByRole('button', { name: 'Tilby R1, Heimen' }).click()
  await page.getByRole('heading', { name: 'Tilby R1, Heimen' }).waitFor()
  t.equal(await page.getByText(/er en annen boligform enn/).count(), 0, 'coming back needs no other reason')
  await page.getByRole('button', { name: 'Send tilbudet' }).click()
  await page.getByText(/Tilbudet om R1, Heimen er sendt/).waitFor()
  const { rows } = await owner.query("select skip from offer where need_id = $1 and form_given = 'vel_coping'", [
    needId,
  ])
  t.strictSame(rows, [{ skip: 'none' }])
  await page.goto(`${origin}/bosted/${house}`)
  await page.getByRole('heading', { name: 'Flyttet ut den siste måneden' }).waitFor()
  await page.getByText('Rett til å komme tilbake til Heimen til og med 22. november 2026.').waitFor()
  t.ok(stayId)
  t.strictSame(complaints, [])
})
