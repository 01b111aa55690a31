import t from 'tap'
import { visit } from '../support/browser.ts'
import { fixturesOf, GRUNERLOKKA, type Person } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const ALNA = '030112'
const HOUSE = 'Kjedehuset'

t.test(
  'a chain begins from a run, becomes firm in order, breaks, and its officer sees why and what comes instead',
  async (t) => {
    const app = await visit(t)
    const { page, openPage, see, signIn, accessible, narrow, complaints, deps, urls, owner, origin } = app
    const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
    // stopped before the database is dropped
    t.teardown(() => queue.stop())
    const given = fixturesOf(app)
    const theirs = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

    // a house for the very old, whom no other house takes, and three of them: each waits for the one before to move
    const house = await given.facility({ name: HOUSE, min_age: 95 })
    await owner.query('update facility set max_age = 94, min_age = least(min_age, 94) where id <> $1', [house])
    await given.place(house, { label: 'K1', features: ['ground_floor'] })
    const second = await given.place(house, { label: 'K2', features: ['own_bathroom'] })
    const third = await given.place(house, { label: 'K3' })
    const old = (district: string, name: string) => given.resident(district, { name, birth_date: '1928-03-04' })
    const waits = async (person: Person, columns: Record<string, unknown>) => {
      const needId = await given.need(person, {
        needed_during: '[2026-09-01,)',
        private_rental: 'not_possible',
        private_rental_considered_on: '2026-08-20',
        ...columns,
      })
      await given.assessment(needId, person.district, theirs.accountId)
      await given.consent(person)
      return needId
    }
    const first = await old(ALNA, 'Testperson Første')
    await given.livesIn(first, second)
    const firstNeed = await waits(first, { required_features: ['ground_floor'] })
    const neighbour = await old(GRUNERLOKKA, 'Testperson Andre')
    await given.livesIn(neighbour, third)
    const theirNeed = await waits(neighbour, { required_features: ['own_bathroom'] })
    const last = await old(ALNA, 'Testperson Tredje')
    await waits(last, { urgency_grounds: ['no_place_tonight'] })

    const planner = await app.signedInAs({ role: 'planner' })
    const run = (await planner.post('/matching-runs', {})).json().id as string
    t.match(await ended(planner, `/matching-runs/${run}`), { status: 'completed' })

    const fits = async (what: string) => {
      await accessible(what)
      await narrow(what)
    }
    const move = (number: number) => page.getByRole('listitem', { name: `Flytting ${number}`, exact: true })

    await signIn('Boligkonsulent, Alna')
    await openPage('Kjeder')
    await see('Kjeder')
    await page.getByRole('heading', { name: 'Ingen kjeder er i gang' }).waitFor()
    await accessible('no chains yet')

    // the page of a need draws the chain that it is proposed in, and so does the run
    await page.goto(`${origin}/behov/${firstNeed}`)
    const onNeed = page.getByRole('region', { name: 'Foreslått i en boligkjede' })
    await onNeed.getByText(`kan flytte inn i K1, ${HOUSE}`).waitFor()
    await onNeed.getByRole('button', { name: /^Sett kjeden i gang/ }).waitFor()
    await accessible('a need that is proposed in a chain')
    await page.goto(`${origin}/kjoringer/${run}`)
    const proposed = page.getByRole('listitem').filter({ hasText: `Testperson Første kan flytte inn i K1, ${HOUSE}` })
    const panel = page.locator('li.panel').filter({ has: proposed })
    await panel.getByText(/En person, hasteklasse \d, kan flytte inn i K2/).waitFor()
    await panel.getByRole('button', { name: /^Sett kjeden i gang/ }).click()
    await see('Boligkjede')
    const address = page.url()
    await page
      .getByText('Du har igjen å sende tilbudet i flytting 1 og 3. Andre har igjen å sende tilbudet i flytting 2.')
      .waitFor()
    await page.getByText('Bydeler med i kjeden: Grünerløkka og Alna.').waitFor()
    await move(2)
      .getByText(/en person i hasteklasse/)
      .waitFor()
    t.notMatch(
      await page.getByRole('main').innerText(),
      /Andre kan|Testperson Andre/,
      'another bydel’s person is unnamed',
    )
    await fits('a chain that has begun')

    // what taking somebody out means is said before it is done
    await move(3).getByRole('button', { name: 'Ta personen ut av kjeden i flytting 3' }).click()
    await move(3)
      .getByText(/^Da brytes kjeden her/)
      .waitFor()
    await move(3).getByRole('button', { name: 'Avbryt' }).click()

    // her own two offers; the third is conditional, and has no deadline of its own yet
    await move(1).getByRole('button', { name: 'Send tilbudet i flytting 1' }).click()
    const form = page.getByRole('form', { name: `Tilby K1, ${HOUSE}` })
    await form.getByLabel('Svarfrist', { exact: true }).waitFor()
    await accessible('the offer of a move')
    await form.getByRole('button', { name: 'Send tilbudet' }).click()
    await move(1).getByText('Fast tilbud', { exact: true }).waitFor()
    await page.getByText(`Tilbudet om K1, ${HOUSE} er sendt.`).waitFor()
    await move(3).getByRole('button', { name: 'Send tilbudet i flytting 3' }).click()
    const conditional = page.getByRole('form', { name: `Tilby K3, ${HOUSE}` })
    await conditional.getByText(/^Tilbudet er betinget\./).waitFor()
    t.equal(await conditional.getByLabel('Svarfrist', { exact: true }).count(), 0)
    await conditional.getByRole('button', { name: 'Send tilbudet' }).click()
    await move(3).getByText('Betinget tilbud', { exact: true }).waitFor()
    await move(3)
      .getByText(/^Venter på flytting 2: den som bor på plassen, må svare ja først/)
      .waitFor()
    t.equal(await move(3).getByRole('button', { name: 'Takker ja' }).count(), 0, 'nobody answers for a home not freed')

    // the other bydel sends its own, and the open page says so by itself
    const id = address.split('/').at(-1) ?? ''
    const sent = await theirs.post('/offers', {
      needId: theirNeed,
      placeId: second,
      moveInOn: (await theirs.get(`/chains/${id}`)).json().steps[1].plannedOn,
      chain: { id, position: 1 },
    })
    t.equal(sent.statusCode, 201, sent.body)
    await move(2).getByText('Betinget tilbud', { exact: true }).waitFor()
    await move(1).getByRole('button', { name: 'Takker ja' }).click()
    await move(1).getByText('Svart ja', { exact: true }).waitFor()
    await move(2).getByText('Fast tilbud', { exact: true }).waitFor()
    await move(2)
      .getByText(/^Venter på at personen svarer\. Svarfrist/)
      .waitFor()
    await fits('a chain on its way')

    const { version } = (await theirs.get(`/offers/${sent.json().id}`)).json()
    const no = await theirs.post(
      `/offers/${sent.json().id}/decline`,
      { party: 'resident', reason: 'area' },
      { 'if-match': `"${version}"` },
    )
    t.equal(no.statusCode, 200, no.body)
    await move(2).getByText('Brutt', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'Dette brøt kjeden' }).waitFor()
    await page
      .getByText(new RegExp(`^Flytting 2, til K2, ${HOUSE}, ble brutt .*Det ble sagt nei til plassen\\.$`))
      .waitFor()
    await page.getByText(/^Flytting 3 falt med den/).waitFor()
    await move(3).getByText('Den som bor på plassen, flytter ikke likevel.').waitFor()
    await move(1).getByText('Svart ja', { exact: true }).waitFor()
    // the queue looks for what was ordered every full minute; here it does so now
    await queue.add('sweep_matching_runs', {}, 'sweep_matching_runs')
    await page.getByText(/^Resten er foreslått på nytt\./).waitFor({ timeout: 60_000 })
    await move(3)
      .getByText(/^Den nye kjøringen (foreslår|fant ingen plass)/)
      .waitFor()
    await fits('a broken chain')

    await page.getByRole('link', { name: 'Min arbeidsdag' }).first().click()
    await see('Min arbeidsdag')
    const task = page.getByRole('listitem', { name: 'Boligkjeden brast, Testperson Tredje' })
    await task.getByText(/flytter ikke likevel.*En ny fordeling er bestilt/).waitFor()
    await task.getByRole('link', { name: /^Åpne boligkjeden/ }).click()
    await see('Boligkjede')
    t.equal(page.url(), address, 'the task leads to its chain')

    await page.getByRole('link', { name: 'Testperson Første' }).click()
    await see('Sammenlign plasser')
    await page
      .getByRole('region', { name: 'Boligkjede', exact: true })
      .getByRole('link', { name: /^3 flyttinger, den første til K1/ })
      .waitFor()
    const card = page.getByRole('listitem', { name: `Tilbud om K1, ${HOUSE}` })
    await card.getByRole('link', { name: /^Del av en boligkjede/ }).click()
    await see('Boligkjede')
    await page.getByRole('link', { name: 'Tilbake til kjedene' }).click()
    await see('Kjeder')
    await page.getByText('Delvis brutt', { exact: true }).waitFor()
    await page.getByText('Dine: Testperson Første og Testperson Tredje.').waitFor()
    await fits('the chains')
    await page.getByRole('radio', { name: 'Avsluttet' }).click()
    await page.getByRole('heading', { name: 'Ingen kjeder er avsluttet' }).waitFor()
    t.same(complaints, [], 'nothing complained')
  },
)
