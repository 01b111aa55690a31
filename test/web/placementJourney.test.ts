import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const HOUSE = 'Åsbråten bosenter'

t.test(
  'a need misses an assessment, three places are compared, one is lost to another bydel, the next is lived in, and a manager sees it',
  async (t) => {
    const app = await visit(t)
    const { page, see, signIn, accessible, complaints, origin, owner, context } = app
    const given = fixturesOf(app)
    const house = await given.facility({ name: HOUSE })
    const homes: string[] = []
    for (const label of ['Å1', 'Å2', 'Å3']) homes.push(await given.place(house, { label, form: 'municipal' }))
    const next = () => page.getByRole('button', { name: 'Lagre og fortsett' }).click()

    // the manager's page stands open beside, and is never loaded again
    const browser = context.browser()
    if (browser === null) throw new Error('the context has no browser')
    const beside = await browser.newContext({ locale: 'nb-NO' })
    const managers = await beside.newPage()
    await managers.goto(`${origin}/logg-inn`)
    await managers.getByRole('listitem').filter({ hasText: 'Avdelingsleder i bydel, Alna' }).getByRole('button').click()
    const numbers = managers.getByText(/ledige? av \d.* plasser\. \d/).first()
    await numbers.waitFor()
    const before = (await numbers.textContent()) ?? ''
    let loads = 0
    managers.on('domcontentloaded', () => {
      loads += 1
    })

    await signIn('Boligkonsulent, Alna')
    await see('Min arbeidsdag')
    await page.getByRole('heading', { name: 'Dette trenger deg nå' }).waitFor()
    await page.getByRole('link', { name: 'Registrer behov' }).first().click()
    await see('Registrer behov')
    await page.getByLabel('Fødselsnummer eller navn').fill('Testperson Bjørkelund')
    await page.getByRole('button', { name: 'Søk' }).click()
    await page.getByRole('button', { name: 'Registrer ny person' }).click()
    await page.getByLabel('Fødselsdato').fill('12.04.1985')
    await page.getByRole('radiogroup', { name: 'Kjønn' }).getByLabel('Kvinne').check()
    await page.getByRole('radiogroup', { name: 'Har personen dyr?' }).getByLabel('Nei').check()
    await page.getByRole('button', { name: 'Lagre personen og gå videre' }).click()
    await page.getByRole('link', { name: 'Boligform' }).click()
    await see('Boligform')
    await page.getByRole('checkbox', { name: 'Kommunal bolig', exact: true }).check()
    await next()
    await see('Krav og ønsker til boligen')
    await page.getByLabel(/^Fra og med/).fill('01.09.2026')
    await next()
    await see('Hva huset må kunne ta imot')
    await next()
    await see('Privat leie først')
    await page.getByLabel('Vurdert: det går ikke nå').check()
    await next()
    await see('Kartlegging')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Samtykker')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Skal ikke bo sammen')
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await see('Hva er viktig for deg?')
    await next()
    await see('Se over og registrer')
    await page.getByRole('button', { name: 'Registrer behovet' }).click()
    await see('Sammenlign plasser')
    const address = page.url().replace(/\?.*/, '')

    // what is missing is said with what it stops, here and where a place is offered
    const missing = page.getByRole('region', { name: 'Dette mangler' })
    await missing.getByText('Stopper: henvisning').first().waitFor()
    await page.goto(`${address}?plasser=${homes.join(',')}`)
    const columns = page.getByRole('region', { name: 'Sammenligning', exact: true }).getByRole('columnheader')
    await columns.filter({ hasText: HOUSE }).nth(2).waitFor()
    await page.getByRole('button', { name: `Tilby Å1, ${HOUSE}` }).click()
    const first = page.getByRole('form', { name: `Tilby Å1, ${HOUSE}` })
    await first.getByText('Dette stopper tilbudet:').waitFor()
    await first.getByRole('button', { name: 'Send tilbudet' }).click()
    await first
      .getByRole('alert')
      .getByText(/artlegging/)
      .waitFor()

    await missing.getByRole('link', { name: /^Fyll ut.*kartlegging/i }).click()
    await see('Kartlegging')
    await page.getByRole('button', { name: 'Legg til kartleggingen' }).click()
    await page.getByText('Kartleggingen er lagt til.').waitFor()
    await page.goto(`${address}?plasser=${homes.join(',')}`)
    await page.getByRole('button', { name: `Tilby Å1, ${HOUSE}` }).click()
    await first.getByLabel('Nei, send uten reservasjon').check()
    await first.getByLabel('Svarfrist', { exact: true }).fill('5.9.2026')
    await first.getByRole('button', { name: 'Send tilbudet' }).click()
    const card = (label: string) => page.getByRole('listitem', { name: `Tilbud om ${label}, ${HOUSE}` })
    await card('Å1').getByText('Venter på svar').waitFor()

    await t.test('another bydel’s person says yes first', async (t) => {
      const other = await given.resident(GRUNERLOKKA, { name: 'Testperson Granli', birth_date: '1979-01-01' })
      const need = await given.need(other, {
        forms: ['municipal'],
        needed_during: '[2026-09-01,)',
        private_rental: 'not_possible',
        private_rental_considered_on: '2026-08-20',
      })
      const theirs = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
      await given.assessment(need, GRUNERLOKKA, theirs.accountId)
      await given.consent(other)
      const sent = await theirs.post('/offers', {
        needId: need,
        placeId: homes[0],
        moveInOn: '2026-09-08',
        reserve: false,
      })
      t.equal(sent.statusCode, 201, sent.body)
      const yes = await theirs.post(`/offers/${sent.json().id}/acceptance`, undefined, {
        'if-match': `"${sent.json().version}"`,
      })
      t.equal(yes.statusCode, 200, yes.body)
    })

    // her page says so by itself, with what is next best, and not who
    await card('Å1').getByText('Plassen er gitt til en annen').waitFor()
    await card('Å1').getByText('De nest beste plassene').waitFor()
    t.notMatch(await page.getByRole('main').innerText(), /Granli/, 'nobody is told who')
    await card('Å1').getByRole('button', { name: 'Takker ja' }).waitFor({ state: 'detached' })
    await accessible('a yes that came too late')
    await page
      .getByRole('button', { name: new RegExp(`^Tilby Å[23], ${HOUSE} i stedet`) })
      .first()
      .click()
    const second = page.getByRole('form', { name: new RegExp(`^Tilby Å[23], ${HOUSE}$`) })
    await second.waitFor()
    await second.getByRole('button', { name: 'Send tilbudet' }).click()
    await page.getByText(new RegExp(`^Tilbudet om Å[23], ${HOUSE} er sendt`)).waitFor()
    const nextBest = page.getByRole('listitem', { name: new RegExp(`^Tilbud om Å[23], ${HOUSE}$`) })
    await nextBest.getByRole('button', { name: 'Takker ja' }).click()
    await nextBest.getByText('Takket ja', { exact: true }).waitFor()
    await nextBest.getByRole('button', { name: 'Registrer leiekontrakt' }).click()
    // she moves in before the planned day, so the lease begins that day too
    await nextBest.getByLabel('Leieforholdet begynner').fill('01.09.2026')
    await nextBest.getByText('Forslaget er 5 år').waitFor()
    await nextBest.getByRole('button', { name: 'Lagre leiekontrakten' }).click()
    await nextBest.getByRole('button', { name: 'Registrer innflytting' }).click()
    await nextBest.getByRole('button', { name: 'Lagre innflyttingen' }).click()
    await nextBest.getByText('Innflyttingen er registrert 1. september 2026').waitFor()

    const { rows: stays } = await owner.query(
      `select s.form from stay s join occupancy o on o.id = s.occupancy_id where o.place_id = any($1)`,
      [homes.slice(1)],
    )
    t.strictSame(stays, [{ form: 'municipal' }], 'the stay has begun')

    // the manager's numbers follow, without a reload
    await managers.waitForFunction(
      (was) => [...document.querySelectorAll('p')].every(({ textContent }) => textContent !== was),
      before,
    )
    const taken = (said: string) => Number(/([\d\s ]+) er opptatt/.exec(said)?.[1]?.replaceAll(/\D/g, ''))
    t.equal(taken((await numbers.textContent()) ?? ''), taken(before) + 1, 'one more place is taken')
    t.equal(loads, 0, 'and the page was not loaded again')
    t.ok(taken(before) > 0)

    // and the house shows who came
    await page.goto(`${origin}/bosted/${house}`)
    await see(HOUSE)
    await page
      .getByRole('region', { name: 'Bor her' })
      .getByRole('heading', { name: /Testperson Bjørkelund/ })
      .waitFor()
    await beside.close()
    t.strictSame(complaints, [])
  },
)

t.test(
  'two bydeler have offered one place, the other says yes first, and her yes is told what is next best',
  async (t) => {
    const app = await visit(t)
    const { page, see, signIn, accessible, complaints, origin, owner } = app
    const given = fixturesOf(app)
    const house = await given.facility({ name: HOUSE })
    const homes: string[] = []
    for (const label of ['Å1', 'Å2', 'Å3']) homes.push(await given.place(house, { label, form: 'municipal' }))
    const theirs = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
    const ready = async (district: string, name: string) => {
      const person = await given.resident(district, { name, birth_date: '1979-01-01', gender: 'woman' })
      const needId = await given.need(person, {
        needed_during: '[2026-09-01,)',
        private_rental: 'not_possible',
        private_rental_considered_on: '2026-08-20',
      })
      await given.assessment(needId, district, theirs.accountId)
      return needId
    }
    const hers = await ready(ALNA, 'Testperson Bjørkelund')
    // her page is not told of changes while the line is bad, so what stands on it is older than what is the case
    await page.route('**/api/v1/events', (route) => route.fulfill({ status: 503 }))
    await signIn('Boligkonsulent, Alna')
    await page.goto(`${origin}/behov/${hers}?plasser=${homes.join(',')}`)
    await see('Sammenlign plasser')
    await page.getByRole('button', { name: `Tilby Å1, ${HOUSE}` }).click()
    const form = page.getByRole('form', { name: `Tilby Å1, ${HOUSE}` })
    await form.getByLabel('Nei, send uten reservasjon').check()
    await form.getByRole('button', { name: 'Send tilbudet' }).click()
    const card = page.getByRole('listitem', { name: `Tilbud om Å1, ${HOUSE}` })
    await card.getByText('Venter på svar').waitFor()

    const sent = await theirs.post('/offers', {
      needId: await ready(GRUNERLOKKA, 'Testperson Granli'),
      placeId: homes[0],
      moveInOn: '2026-09-08',
      reserve: false,
    })
    t.equal(sent.statusCode, 201, sent.body)
    const first = await theirs.post(`/offers/${sent.json().id}/acceptance`, undefined, { 'if-match': '"1"' })
    t.equal(first.statusCode, 200, first.body)

    const answer = page.waitForResponse((response) => response.url().endsWith('/acceptance'))
    await card.getByRole('button', { name: 'Takker ja' }).click()
    const refused = await answer
    t.equal(refused.status(), 409)
    const { code, state, nextBest } = await refused.json()
    t.match({ code, state }, { code: 'place_held', state: { kind: 'held' } })
    t.ok(nextBest.length >= 2, 'the next best places come with the refusal')
    await card.getByRole('heading', { name: 'Plassen er ikke ledig lenger' }).waitFor()
    await card.getByText(state.sentence).waitFor()
    await card.getByText('Plassen er gitt til en annen').waitFor()
    t.equal(await card.getByText('De nest beste plassene').count(), 1, 'said once')
    for (const { label, facilityName } of nextBest)
      t.equal(await card.getByRole('button', { name: `Tilby ${label}, ${facilityName} i stedet` }).count(), 1, label)
    t.notMatch(await page.getByRole('main').innerText(), /Granli/, 'nobody is told who')
    await card.getByRole('button', { name: 'Takker ja' }).waitFor({ state: 'detached' })
    await accessible('a yes that was refused')

    const [{ label, facilityName }] = nextBest
    await card.getByRole('button', { name: `Tilby ${label}, ${facilityName} i stedet` }).click()
    const second = page.getByRole('form', { name: `Tilby ${label}, ${facilityName}` })
    await second.getByRole('button', { name: 'Send tilbudet' }).click()
    const next = page.getByRole('listitem', { name: `Tilbud om ${label}, ${facilityName}` })
    await next.getByRole('button', { name: 'Takker ja' }).click()
    await next.getByText('Takket ja', { exact: true }).waitFor()
    const { rows } = await owner.query(
      `select count(*) filter (where accepted_at is not null)::int as yes, count(*)::int as offers from offer where need_id = $1`,
      [hers],
    )
    t.strictSame(rows, [{ yes: 1, offers: 2 }])
    t.strictSame(complaints, [])
  },
)
