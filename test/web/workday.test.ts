import t from 'tap'
import { WORK_KINDS } from '../../src/domain/workday/kinds.ts'
import { isWorkSlug, kindOf, slugOf } from '../../src/web/pages/workday/workKinds.ts'
import { countInWords, dueInWords, totalInWords } from '../../src/web/pages/workday/workWords.ts'
import { heldRows, sameRows } from '../../src/web/ui/steadyRows.ts'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

/** Where pictures go, to be looked at; nothing is written unless it is said. */
const PICTURES = process.env.WORKDAY_PICTURES

t.test('when and how much, in words', async (t) => {
  t.equal(dueInWords(null), 'Ingen frist')
  t.equal(dueInWords(0), 'I dag')
  t.equal(dueInWords(1), 'Om 1 dag')
  t.equal(dueInWords(-4), '4 dager over fristen')
  t.equal(totalInWords({ total: 0, due: 0, later: 0 }), 'Ingenting venter.')
  t.equal(
    totalInWords({ total: 12, due: 3, later: 2 }),
    '12 ting, 3 av dem i dag eller over fristen. 2 til har frist senere.',
  )
  t.equal(countInWords({ kind: 'stay', name: 'Opphold', count: 4, due: 0 }), 'Opphold 4')
  t.equal(countInWords({ kind: 'stay', name: 'Opphold', count: 4, due: 1 }), 'Opphold 4, 1 nå')
})

t.test('of a list that comes anew the rows stand where they stood, as they are now', async (t) => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id, group: '', item: id.toUpperCase() }))
  const ids = ({ rows: shown, fresh }: ReturnType<typeof heldRows>) => [shown.map(({ id }) => id).join(''), fresh]
  t.strictSame(ids(heldRows(rows('a', 'b'), rows('a', 'b'))), ['ab', false])
  t.strictSame(ids(heldRows(rows('a', 'b'), rows('a', 'b', 'c'))), ['abc', false], 'what comes behind moves nothing')
  t.strictSame(ids(heldRows(rows('a', 'b'), rows('n', 'a', 'b'))), ['ab', true])
  t.strictSame(ids(heldRows(rows('a', 'b'), rows('b', 'a'))), ['ab', true])
  t.strictSame(ids(heldRows(rows('a', 'b'), rows('b'))), ['ab', true], 'one that is gone stands as it was')
  const elsewhere = [{ id: 'a', group: 'over', item: 'now' }]
  t.strictSame(heldRows(rows('a'), elsewhere), { rows: [{ id: 'a', group: '', item: 'now' }], fresh: true })
  t.ok(sameRows(rows('a'), rows('a')))
  t.notOk(sameRows(rows('a'), elsewhere))
})

t.test('every kind has a word in the address, and leads back', async (t) => {
  for (const { id } of WORK_KINDS) {
    const slug = slugOf(id)
    t.ok(isWorkSlug(slug), id)
    if (slug !== undefined) t.equal(kindOf(slug), id)
  }
  t.notOk(isWorkSlug('toString'))
})

t.test('an officer with more than a page of work finds who cannot wait first, and every kind counted', async (t) => {
  const app = await visit(t)
  const { page, signIn, see, accessible, narrow, complaints, owner, origin } = app
  const given = fixturesOf(app)
  // registered long ago: the newest page of needs does not hold it
  const urgent = await given.resident(ALNA, { name: 'Testperson Hastesen' })
  await given.need(urgent, {
    urgency_grounds: ['no_place_tonight'],
    registered_at: '2026-02-01T08:00:00Z',
    id: '01900000-0000-7000-8000-000000000001',
  })
  const person = await given.resident(ALNA, { name: 'Testperson Oppgavesen' })
  const needId = await given.need(person)
  for (let n = 0; n < 130; n += 1)
    await owner.query(
      `insert into task (kind, holding_district, need_id, due_on, reason)
       values ('settle_reason', $1, $2, '2026-09-02'::date + $3::integer, $4)`,
      [ALNA, await given.need(await given.resident(ALNA)), n % 10, `Finn ut av sak ${n}.`],
    )
  await owner.query(
    `insert into task (kind, holding_district, need_id, due_on, reason) values
      ('chain_broken', $1, $2, '2026-08-30', 'Kjeden brast.'), ('decide_municipal_home', $1, $2, '2026-08-20', 'Vedtaket er sent.'),
      ('check_3m', $1, $2, '2026-12-01', 'Spør hvordan det går.')`,
    [ALNA, needId],
  )
  const picture = async (name: string) => {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  }
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/')) asked.push(new URL(request.url()).pathname.slice('/api/v1'.length))
  })
  await signIn('Boligkonsulent, Alna')
  await see('Min arbeidsdag')
  const work = page.getByRole('region', { name: 'Dette trenger deg nå' })
  await work.getByRole('listitem', { name: 'Trenger plass nå, Testperson Hastesen' }).waitFor()
  t.strictSame(
    asked.filter((path) => /^\/(workday|tasks|offers|stays|waiting-lists)/.test(path)),
    ['/workday'],
    'all of it is one request',
  )
  const kinds = work.getByRole('list', { name: 'Slag' }).getByRole('button')
  t.equal(await kinds.count(), WORK_KINDS.length + 1, 'every kind is there')
  await kinds.filter({ hasText: /^Andre oppgaver 130$/ }).waitFor()
  await kinds.filter({ hasText: /^Boligkjeder \d+, \d+ nå$/ }).waitFor()
  await accessible('what needs her now')

  await t.test('what is on the last page is there too', async (t) => {
    await kinds.filter({ hasText: 'Andre oppgaver' }).click()
    await page.waitForURL(/slag=oppgaver/)
    await work.getByText('Viser 20 av 130. Det er flere.').waitFor()
    for (let shown = 20; shown < 130; shown += 20) {
      await work.getByRole('button', { name: 'Vis flere' }).click()
      await work.getByText(`Viser ${Math.min(shown + 20, 130)} av 130`).waitFor()
    }
    t.equal(await work.locator('ol > li').count(), 130)
    t.equal(new Set(await work.locator('ol > li').allInnerTexts()).size, 130, 'each once')
  })

  await t.test('a deadline further ahead is counted, and shown when asked for', async (t) => {
    await work.getByText(/til har frist senere/).waitFor()
    t.equal(await work.getByText('Spør hvordan det går.').count(), 0)
    await work.getByRole('button', { name: /^Vis også frister etter 15\. september 2026/ }).click()
    await page.waitForURL(/frist=alle/)
    await kinds.filter({ hasText: /^Andre oppgaver 131$/ }).waitFor()
    await work.getByRole('button', { name: /^Vis bare/ }).click()
    await kinds.filter({ hasText: /^Andre oppgaver 130$/ }).waitFor()
  })

  await t.test('a task is ended from its row, and the list follows', async () => {
    await page.goto(`${origin}/?slag=kjeder`)
    const row = work.getByRole('listitem', { name: 'Boligkjeden brast, Testperson Oppgavesen' })
    await row.getByText('Kjeden brast.').waitFor()
    await row.getByRole('button', { name: /^Ferdig/ }).click()
    await row.getByLabel('Hva kom ut av det?').selectOption({ label: 'Gjort' })
    await row.getByRole('button', { name: 'Lagre' }).click()
    await row.waitFor({ state: 'detached' })
    await accessible('one kind')
  })

  await t.test('what comes before the row she is on waits until she asks for it', async (t) => {
    await page.goto(`${origin}/`)
    const list = page.getByRole('region', { name: 'Dette trenger deg nå' })
    const link = list.locator('ol > li').nth(3).getByRole('link').first()
    await link.focus()
    const [before, href] = [await link.boundingBox(), await link.getAttribute('href')]
    // she has waited longest of those who have nowhere to stay tonight, so she stands first
    await given.need(await given.resident(ALNA, { name: 'Testperson Sistemann' }), {
      urgency_grounds: ['no_place_tonight'],
      registered_at: '2026-01-01T08:00:00Z',
    })
    const show = list.getByRole('button', { name: 'Vis den' })
    await show.waitFor()
    const focused = page.locator(':focus')
    t.strictSame(await focused.boundingBox(), before, 'it stays where it is')
    t.equal(await focused.getAttribute('href'), href)
    t.equal(await list.getByText('Testperson Sistemann').count(), 0)
    await show.click()
    await list.getByText('Testperson Sistemann').first().waitFor()
    t.equal(await focused.getAttribute('href'), href, 'and she is where she was')
  })

  await t.test('from a task to the end of a need: what ends first, what ends with it, and a correction', async (t) => {
    const leaver = await given.resident(ALNA, { name: 'Testperson Sluttesen' })
    const ending = await given.need(leaver, {
      forms: ['municipal', 'vel_coping'],
      needed_during: '[2026-09-01,)',
      private_rental: 'not_possible',
      private_rental_considered_on: '2026-08-01',
    })
    await owner.query(
      `insert into task (kind, holding_district, need_id, due_on, reason)
       values ('need_after_departure', $1, $2, '2026-08-01', 'Behovet er fortsatt åpent. Avslutt det.')`,
      [ALNA, ending],
    )
    const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
    await given.assessment(ending, ALNA, officer.accountId)
    const house = await given.facility({ name: 'Sluttheimen' })
    const version = (number: number) => ({ 'if-match': `"${number}"` })
    const offer = async (label: string, reserve: boolean) => {
      const placeId = await given.place(house, { label, form: 'municipal' })
      const sent = await officer.post('/offers', { needId: ending, placeId, moveInOn: '2026-09-15', reserve })
      t.equal(sent.statusCode, 201, sent.body)
      return sent.json().id as string
    }
    await officer.post('/referrals', { needId: ending, form: 'vel_coping' })
    await offer('S1', true)
    const signed = await offer('S2', true)
    await officer.post(`/offers/${signed}/acceptance`, undefined, version(1))
    const during = { from: '2026-09-15', to: null }
    const lease = await officer.post(
      `/offers/${signed}/lease`,
      { signedOn: '2026-09-01', during, termReason: 'Avtalt slik.' },
      version(2),
    )
    t.equal(lease.statusCode, 200, lease.body)

    await page.goto(`${origin}/?slag=oppgaver`)
    await work.getByRole('link', { name: 'Avslutt behovet til Testperson Sluttesen' }).click()
    await see('Avslutt behovet')
    const first = page.getByRole('region', { name: 'Dette må avsluttes først' })
    const card = first.getByRole('listitem', { name: 'Tilbud om S2, Sluttheimen' })
    await card.waitFor()
    t.equal(await first.getByText('S1').count(), 0, 'what ends with the need is not in the way')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Velg hvorfor behovet avsluttes.').waitFor()
    t.equal(await page.getByLabel('En annen måtte få plassen først').count(), 0, 'the system’s reasons are not offered')
    await page.getByLabel('Har flyttet fra byen').check()
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page
      .getByRole('form')
      .getByText('Leiekontrakten for et tilbud er signert. Trekk det tilbudet først.')
      .waitFor()
    await accessible('a need that cannot end yet')
    await picture('avslutt-hinder')
    await narrow('what is in the way')

    await card.getByRole('button', { name: 'Trekk tilbudet' }).click()
    await card.getByLabel('Hvorfor?').selectOption({ label: 'Plassen falt bort' })
    await card.getByText(/teller som mangel på plass/).waitFor()
    await card.getByRole('button', { name: 'Trekk tilbudet' }).last().click()
    await first.waitFor({ state: 'detached' })
    const { rows } = await owner.query('select kind from shortfall_record where need_id = $1', [ending])
    t.strictSame(rows, [{ kind: 'no_capacity_lost_place' }], 'a place that fell away is shortfall')

    await page.getByLabel('Mer om det (kan stå tomt)').fill('Bor hos broren i Bergen.')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    const confirm = page.getByRole('region', { name: 'Skal behovet avsluttes?' })
    await confirm.getByText('Tilbudet om S1, Sluttheimen trekkes.').waitFor()
    await confirm.getByText(/^Henvisningen til .* trekkes\.$/).waitFor()
    await confirm.getByText('Det teller ikke i tallene for mangel på plass.').waitFor()
    await accessible('before a need ends')
    await picture('avslutt-bekreft')
    await confirm.getByRole('button', { name: 'Ja, avslutt behovet' }).click()

    await see('Avsluttet behov')
    const ended = page.getByRole('region', { name: 'Behovet er avsluttet: trukket' })
    await ended.getByText(/^Avsluttet 1\. september 2026 av .+: har flyttet fra byen\.$/).waitFor()
    await ended.getByText('Bor hos broren i Bergen.').waitFor()
    await page.getByRole('link', { name: 'Avslutt behovet' }).waitFor({ state: 'detached' })
    await accessible('a need that has ended')
    await picture('avsluttet')
    await ended.getByRole('button', { name: 'Behovet ble avsluttet ved en feil' }).click()
    await ended.getByRole('button', { name: 'Åpne behovet igjen' }).click()
    await ended.getByRole('link', { name: /.+/ }).first().waitFor()
    await accessible('a correction without what was wrong')
    await ended.getByLabel('Hva var feil?').fill('Det var broren som flyttet.')
    await ended.getByRole('button', { name: 'Åpne behovet igjen' }).click()
    const told = page.getByRole('region', { name: 'Registrert om behovet' })
    await told.getByText(/^Rettet 1\. september 2026 av /).waitFor()
    await told.getByText(/har flyttet fra byen/).waitFor()
    await page.getByRole('link', { name: 'Avslutt behovet' }).waitFor()
    await narrow('a need with its trace')

    // she moves into a home that she rents herself: what the worksheet says is shown, and not typed again
    await page.getByRole('link', { name: 'Har flyttet inn i en privat bolig' }).click()
    await see('Registrer privat bolig')
    await page.getByText('Utleier og leietid må stå i regnearket for privat leie først.').waitFor()
    await accessible('a private home before its worksheet')
    const landlord = (await officer.post('/landlords', { district: ALNA, name: 'Hybelhuset AS' })).json()
    const sheet = {
      ...{ landlordId: landlord.id, address: 'Prøveveien 12', rentMonth: 12_000, electricityMonth: null },
      ...{
        guarantee: 'guarantee',
        guaranteeAmount: 40_000,
        housingAllowance: 'not_applied',
        housingAllowanceMonth: null,
      },
      ...{ leaseDuring: { from: '2026-09-01', to: '2028-09-01' }, conclusion: null },
    }
    const saved = await officer.put(`/needs/${ending}/rental-worksheet`, sheet, 0)
    t.equal(saved.statusCode, 200, saved.body)
    const agreed = page.getByRole('region', { name: 'Avtalt i regnearket' })
    await agreed.getByText('Hybelhuset AS').waitFor()
    const home = page.getByRole('form', { name: 'Registrer privat bolig' })
    await home.getByLabel('Leiekontrakten er signert').fill('01.09.2026')
    await home.getByRole('button', { name: 'Lagre innflyttingen' }).click()
    await home.getByRole('link', { name: /kortere enn 3 år/ }).waitFor()
    await accessible('a lease that is too short')
    await home.getByLabel(/kortere enn 3 år/).selectOption({ label: 'Boligen er avsatt til vanskeligstilte' })
    await picture('privat-bolig')
    await narrow('a private home')
    await home.getByRole('button', { name: 'Lagre innflyttingen' }).click()
    await see('Avsluttet behov')
    await page
      .getByRole('region', { name: 'Behovet er avsluttet: dekket' })
      .getByText(/: flyttet inn\.$/)
      .waitFor()
    const lives = page.getByRole('region', { name: 'Hjemmet nå' })
    await lives.getByRole('listitem', { name: 'Testperson Sluttesen, privat leie' }).waitFor()
    await lives.getByText('Avtalt til 1. september 2028.').waitFor()
    await accessible('a need that a private home met')
    await picture('privat-dekket')
  })

  await page.goto(`${origin}/`)
  await work.getByRole('listitem').first().waitFor()
  await narrow('the workday')
  t.strictSame(complaints, [])
})
