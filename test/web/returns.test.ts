import t from 'tap'
import { visit } from '../support/browser.ts'
import { startWorking } from '../support/queue.ts'

t.test('a plan for moving home, from nothing to a home by a day, and what closes beside what opens', async (t) => {
  const visited = await visit(t)
  const { page, see, openPage, signIn, signOut, accessible, complaints, owner } = visited
  const queue = await startWorking(visited)
  t.teardown(() => queue.stop())
  // made while the bydel begins its plan: it reads it below
  const asked = await (await visited.signedInAs({ role: 'planner' })).post('/return-schedules', {})
  t.equal(asked.statusCode, 202)
  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Tilbakeføring')
  await see('Tilbakeføring til Bydel Grünerløkka')
  await page.getByText(/er det riktig å flytte hjem før 1\. januar 2030/).waitFor()
  await page.getByText('Alle bydeler').click()
  await accessible('the list of plans')

  await page
    .getByRole('region', { name: 'Uten plan', exact: true })
    .getByRole('button', { name: /^Begynn på en plan/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 2, name: 'Mangler før planen kan avtales' }).waitFor()
  t.equal(await page.getByRole('region', { name: 'Mangler før planen kan avtales' }).getByRole('listitem').count(), 7)
  t.ok(await page.getByRole('button', { name: 'Planen er avtalt' }).isDisabled(), 'what is missing stops the step')

  await page.getByRole('button', { name: 'Endre planen' }).click()
  const form = page.getByRole('form', { name: 'Endre planen' })
  const fill = (label: string, text: string) => form.getByLabel(label, { exact: true }).fill(text)
  const choose = (label: string, option: string) => form.getByLabel(label).selectOption({ label: option })
  await choose('Er det riktig å flytte hjem?', 'Ja, det er riktig å flytte hjem')
  await fill('Hvorfor?', 'Vil hjem til søsteren.')
  await choose('Hva er viktig for deg? Personens egen del', 'Har svart')
  await fill('Dagen det gjelder', '20.08.2026')
  await fill('Med personens egne ord', 'En dør jeg kan låse selv.')
  await choose('Boligform', 'Kommunal bolig med booppfølging')
  await fill('Måldato', '01.03.2026')
  await form.getByLabel('Team som følger opp').selectOption({ index: 1 })
  await fill('Oppfølgingen begynner, før personen flytter', '01.01.2027')
  await fill('Ansvarlig i bydelen', 'Eva Eier')
  await fill('Kontakt i Velferdsetaten', 'Vidar Vel')
  await accessible('the form')
  await form.getByRole('button', { name: 'Lagre planen' }).click()
  await page.getByRole('link', { name: 'Måldatoen må være etter i dag.' }).waitFor()
  await fill('Måldato', '01.03.2027')
  await form.getByRole('button', { name: 'Lagre planen' }).click()
  await page.getByRole('button', { name: 'Planen er avtalt' }).click()
  await page.getByText('Etablering.').waitFor()
  await page.getByText('«En dør jeg kan låse selv.»').waitFor()

  await page.getByRole('button', { name: 'Si når boligen er klar' }).click()
  await page.getByRole('form', { name: 'Når boligen er klar' }).getByRole('button', { name: 'Lagre' }).click()
  await page.getByText(/Boligen er klar 1\. mars 2027\. Hvilken bolig er ikke bestemt\./).waitFor()
  await accessible('the plan')
  await page.getByText('Planen ble avtalt'.toLowerCase()).waitFor()

  const { rows } =
    await owner.query(`select p.id from return_plan r join stay s on s.household_id = r.household_id and upper_inf(s.during)
    join occupancy o on o.id = s.occupancy_id join place p on p.id = o.place_id where r.district_owner = 'Eva Eier'`)
  await owner.query(`update place set open_during = daterange(lower(open_during), '2027-02-01') where id = $1`, [
    rows[0].id,
  ])
  await openPage('Avvikling mot åpning')
  await see('Avvikling mot åpning')
  const place = page.getByRole('row').filter({ hasText: 'Legges ned før boligen er klar' })
  await place
    .getByText('Bydelen har sagt at boligen er klar 1. mars 2027. Plassen legges ned 1. februar 2027.')
    .waitFor()
  await accessible('closing against opening')
  await page.setViewportSize({ width: 320, height: 640 })
  t.equal(
    await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    true,
    'nothing scrolls sideways at 400 %',
  )
  await page.setViewportSize({ width: 1280, height: 900 })
  await openPage('Hvem kan flytte når')
  await see('Hvem kan flytte når')
  await page.getByRole('heading', { level: 2, name: 'Fra 1. september 2026 til 1. januar 2030' }).waitFor()
  const own = page.getByRole('region', { name: 'Våre egne', exact: true })
  await own.getByRole('heading', { name: 'Kan ikke flytte' }).waitFor()
  t.ok((await own.getByRole('link').count()) > 0, 'her own people, each linked to the plan')
  t.equal(await page.getByRole('button', { name: 'Lag ny tidsplan' }).count(), 0, 'VEL asks for it')
  await page.setViewportSize({ width: 320, height: 640 })
  t.equal(
    await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    true,
    'no schedule scrolls sideways at 400 %',
  )
  await page.setViewportSize({ width: 1280, height: 900 })
  await signOut()

  await signIn('Planlegger i Velferdsetaten')
  await openPage('Tilbakeføring')
  await see('Tilbakeføring')
  // more than one bydel's: she sees who lives in VEL
  const plans = page.getByRole('region', { name: 'Planene, tabell' })
  await plans.getByText('Gamle Oslo').first().waitFor()
  await plans.getByText('Grünerløkka').first().waitFor()

  await openPage('Hvem kan flytte når')
  await page.getByText('Endre forutsetninger').click()
  await page.getByLabel('Hvor mye av boligene som blir ledige').selectOption({ label: '100 prosent' })
  await page.getByRole('button', { name: 'Lag ny tidsplan' }).click()
  await page.getByText(/100 prosent av boligene som blir ledige, regnes til dem/).waitFor()
  await page.getByRole('region', { name: 'Hva som hindrer, etter bydel, tabell' }).waitFor()
  t.equal(await page.getByRole('region', { name: 'Våre egne', exact: true }).count(), 0, 'VEL sees numbers')
  await accessible('who could move when')

  await openPage('Hva må bygges')
  await see('Hva må bygges')
  await page.getByText(/^100 plasser er delt på \d+ bydeler\. Summen stemmer\./).waitFor()
  const ask = page.getByRole('form', { name: 'Ny utregning' })
  await ask.getByText('Boligformer, kostnader og ramme').click()
  for (const form of await ask.getByRole('checkbox').all()) await form.uncheck()
  await ask.getByRole('checkbox', { name: 'Samlokalisert bolig med døgnbemannet personalbase' }).check()
  await ask.getByLabel(/mangle ledig plass/).fill('-2')
  await ask.getByRole('button', { name: 'Regn ut hva som må bygges' }).click()
  await ask.getByRole('link', { name: 'Underdekningen kan ikke være negativ.' }).waitFor()
  await ask.getByLabel(/mangle ledig plass/).fill('1')
  await ask.getByRole('button', { name: 'Regn ut hva som må bygges' }).click()
  await page.getByRole('progressbar', { name: 'Hvor langt utregningen er kommet' }).waitFor()
  await page.getByRole('heading', { level: 2, name: 'Hva prøven viste' }).waitFor({ timeout: 180_000 })
  await page.getByRole('heading', { level: 2, name: 'Hva svaret henger på' }).waitFor()
  await accessible('what must be built')
  await page.setViewportSize({ width: 320, height: 640 })
  await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  t.same(complaints, [])
})
