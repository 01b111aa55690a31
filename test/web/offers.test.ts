import { join } from 'node:path'
import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

/** Where pictures of Felles inntak's pages go, to be looked at; nothing is written unless it is said. */
const PICTURES = process.env.REFERRAL_PICTURES

t.test(
  'an officer offers a place, loses it to another, offers the next best, and follows it to the move-in',
  async (t) => {
    const app = await visit(t)
    const { page, context, see, signIn, accessible, narrow, complaints, origin, owner } = app
    const given = fixturesOf(app)
    // three homes that fit nobody else's wishes better: the only ones of their house, in her own bydel
    const house = await given.facility({ name: 'Åsbråten bosenter' })
    const homes: string[] = []
    for (const label of ['Å1', 'Å2', 'Å3']) homes.push(await given.place(house, { label, form: 'municipal' }))
    const [first = ''] = homes
    const person = await given.resident(ALNA, { name: 'Testperson Bjørk', birth_date: '1980-01-01' })
    const need = await given.need(person, {
      forms: ['municipal'],
      needed_during: '[2026-09-01,)',
      private_rental: 'not_possible',
      private_rental_reason: 'Ingen utleier',
      private_rental_considered_on: '2026-08-20',
    })
    const other = await given.resident(ALNA, { name: 'Testperson Gran', birth_date: '1980-01-01' })
    const { rows } = await owner.query<{ id: string }>(`select id from account where username = 'officer_alna'`)
    await given.assessment(need, ALNA, rows[0]?.id ?? '')
    await given.consent(person)

    await signIn('Boligkonsulent, Alna')
    await page.goto(`${origin}/behov/${need}?plasser=${homes.join(',')}`)
    await see('Sammenlign plasser')
    await page.getByText('Ingen plasser er tilbudt ennå').waitFor()

    await t.test(
      'a place is reserved while the offer is prepared, seen by everybody as held, and given back',
      async (t) => {
        await page.getByRole('button', { name: 'Reserver Å2, Åsbråten bosenter' }).click()
        const reserving = page.getByRole('form', { name: 'Reserver Å2, Åsbråten bosenter' })
        t.equal(await reserving.getByLabel('Hold av til og med').inputValue(), '08.09.2026')
        await accessible('the form of a reservation')
        await reserving.getByLabel('Hold av til og med').fill('20.9.2026')
        await reserving.getByRole('button', { name: 'Reserver plassen' }).click()
        await page.getByText('En plass kan holdes av i høyst 7 dager uten et tilbud.').first().waitFor()
        await reserving.getByLabel('Hold av til og med').fill('4.9.2026')
        await reserving.getByRole('button', { name: 'Reserver plassen' }).click()
        await page.getByText('Å2, Åsbråten bosenter er reservert til og med 4. september 2026.').waitFor()
        const held = page.getByRole('listitem', { name: 'Reservert: Å2, Åsbråten bosenter' })
        await held.getByText(/Holdes av til og med 4\. september 2026/).waitFor()
        // the places are read again beside the offers: one place at a time
        await page
          .getByRole('button', { name: /^Reserver Å/ })
          .first()
          .waitFor({ state: 'detached' })
        await accessible('a reserved place')
        await narrow('a reserved place')
        const { items } = (
          await app
            .signedInAs({ role: 'housing_officer', districts: ['030102'] })
            .then((theirs) => theirs.get(`/occupancy?facilityId=${house}`))
        ).json()
        t.match(
          items.find(({ placeId }: { placeId: string }) => placeId === homes[1]),
          { segments: [{ state: 'vacant' }, { state: 'held', hold: { reserved: true } }] },
        )
        await held.getByRole('button', { name: /^Frigi plassen/ }).click()
        await page.getByText('Å2, Åsbråten bosenter er frigitt.').waitFor()
        await held.waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'Reserver Å1, Åsbråten bosenter' }).waitFor()
      },
    )
    await page.getByRole('button', { name: 'Tilby Å1, Åsbråten bosenter' }).click()
    const form = page.getByRole('form', { name: 'Tilby Å1, Åsbråten bosenter' })
    await form.waitFor()
    t.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      'Tilby Å1, Åsbråten bosenter',
      'focus follows',
    )
    await accessible('the form of an offer')
    await form.getByLabel('Nei, send uten reservasjon').check()
    await form.getByLabel('Svarfrist', { exact: true }).fill('5.9.2026')
    await form.getByLabel('Innflytting', { exact: true }).fill('15.9.2026')

    // meanwhile somebody else is given it
    await given.need(other)
    await owner.query(`insert into hold (place_id, holding_district, during) values ($1, $2, '[2026-09-01,)')`, [
      first,
      ALNA,
    ])
    await form.getByRole('button', { name: 'Send tilbudet' }).click()
    await page.getByRole('heading', { name: 'Plassen er ikke ledig lenger' }).waitFor()
    const lost = await page.getByRole('main').innerText()
    t.notMatch(lost, /Gran/, 'nobody is told who')
    await accessible('a place lost to another')
    t.equal(await form.getByLabel('Svarfrist', { exact: true }).inputValue(), '05.09.2026', 'what was typed is kept')
    await narrow('a place lost to another')
    await page
      .getByRole('button', { name: /^Tilby Å[23], Åsbråten bosenter i stedet/ })
      .first()
      .click()
    const next = page.getByRole('form', { name: /^Tilby Å[23], Åsbråten bosenter$/ })
    await next.waitFor()
    t.equal(await next.getByLabel('Svarfrist', { exact: true }).inputValue(), '05.09.2026', 'also for the next place')
    t.equal(await next.getByLabel('Innflytting', { exact: true }).inputValue(), '15.09.2026')
    t.ok(await next.getByLabel('Nei, send uten reservasjon').isChecked())
    await next.getByRole('button', { name: 'Send tilbudet' }).click()
    await page.getByText(/^Tilbudet om Å[23], Åsbråten bosenter er sendt/).waitFor()

    const card = page.getByRole('listitem', { name: /^Tilbud om Å/ })
    await card.getByText('Venter på svar').waitFor()
    await card.getByText('Sendt uten reservasjon').waitFor()
    await accessible('an offer that waits for its answer')

    await t.test('somebody else changed it: the page follows, and what is open stays', async () => {
      await card.getByRole('button', { name: 'Gi lengre frist' }).click()
      await card.getByLabel('Ny svarfrist').fill('7.9.2026')
      const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/offers?needId') && answer.ok())
      await owner.query('update offer set updated_at = now() where need_id = $1', [need])
      await asked
      await page.waitForTimeout(500)
      t.equal(await card.getByLabel('Ny svarfrist').inputValue(), '7.9.2026')
      await card.getByRole('button', { name: 'Lagre den nye fristen' }).click()
      await card.getByText('Svarfrist 7. september 2026, forlenget fra 5. september 2026.').waitFor()
    })

    await t.test('a colleague offers another place meanwhile: what is being written stays where it is', async (t) => {
      await card.getByRole('button', { name: 'Takker nei' }).click()
      const note = card.getByRole('textbox').first()
      await note.fill('Hun vil tenke på det')
      const before = await note.boundingBox()
      const colleague = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
      const elsewhere = await given.place(await given.facility({ name: 'Ødegården' }), { label: 'Ø9' })
      const sent = await colleague.post('/offers', { needId: need, placeId: elsewhere, moveInOn: '2026-09-20' })
      t.equal(sent.statusCode, 201, sent.body)
      const offers = page.getByRole('region', { name: 'Tilbud', exact: true })
      await offers.getByText('Ny informasjon').waitFor()
      t.strictSame(await note.boundingBox(), before)
      t.equal(await note.inputValue(), 'Hun vil tenke på det')
      await offers.getByRole('button', { name: 'Vis den' }).click()
      const theirs = page.getByRole('listitem', { name: 'Tilbud om Ø9, Ødegården' })
      await theirs.getByText('Venter på svar').waitFor()
      t.equal(await note.inputValue(), 'Hun vil tenke på det')
      await card.getByRole('button', { name: 'Avbryt' }).click()
      await colleague.post(`/offers/${sent.json().id}/withdrawal`, { reason: 'needs_changed' }, { 'if-match': '"1"' })
      await theirs.getByText('Trukket', { exact: true }).waitFor()
    })

    await card.getByRole('button', { name: 'Takker ja' }).click()
    await card.getByText('Takket ja', { exact: true }).waitFor()
    await card.getByText('Før innflytting: Leiekontrakten må være signert').waitFor()
    await card.getByRole('button', { name: 'Registrer leiekontrakt' }).click()
    // she moves in before the planned day, so the lease begins that day too
    await card.getByLabel('Leieforholdet begynner').fill('01.09.2026')
    await card.getByRole('button', { name: 'Lagre leiekontrakten' }).click()
    await card.getByText('Leiekontrakten er signert 1. september 2026').waitFor()
    await card.getByRole('button', { name: 'Registrer innflytting' }).click()
    await accessible('the form of a move-in')
    await card.getByLabel('Flyttet inn').fill('2.9.2026')
    await card.getByRole('button', { name: 'Lagre innflyttingen' }).click()
    await page.getByText('Innflyttingen kan ikke være i fremtiden.').first().waitFor()
    await card.getByLabel('Flyttet inn').fill('1.9.2026')
    await card.getByRole('button', { name: 'Lagre innflyttingen' }).click()
    await card.getByText('Innflyttingen er registrert 1. september 2026').waitFor()
    const { rows: taken } = await owner.query('select place_id from occupancy where place_id = any($1)', [homes])
    t.equal(taken.length, 1, 'the place is taken')
    t.not(taken[0]?.place_id, first, 'and it is the next best')
    await t.test(
      'one of VEL’s places is had through Felles inntak, and a no for lack of capacity is shortfall',
      async (t) => {
        const vel = await given.facility({
          name: 'Solbakken mestring',
          operator: 'Velferdsetaten',
          operator_kind: 'vel',
        })
        const rooms: string[] = []
        for (const label of ['M1', 'M2', 'M3']) rooms.push(await given.place(vel, { label, form: 'vel_coping' }))
        const needOf = async (name: string, forms: string[]) => {
          const id = await given.need(await given.resident(ALNA, { name, birth_date: '1985-05-05' }), {
            forms,
            needed_during: '[2026-09-01,)',
            service_decision_on: '2026-08-25',
            must_leave_by: '2026-09-10',
          })
          await given.assessment(id, ALNA, rows[0]?.id ?? '')
          return id
        }
        const looked = async (what: string, window = page) => {
          await accessible(what, window)
          if (PICTURES !== undefined)
            await window.screenshot({ path: join(PICTURES, `${what.replaceAll(' ', '-')}.png`), fullPage: true })
        }
        const lind = await needOf('Testperson Lind', ['vel_coping'])
        await page.goto(`${origin}/behov/${lind}?plasser=${rooms.slice(0, 2).join(',')}`)
        await page.getByRole('button', { name: 'Henvis om M1, Solbakken mestring' }).click()
        await page.getByRole('heading', { name: 'Henvis til Felles inntak om M1, Solbakken mestring' }).waitFor()
        await looked('a referral for a place')
        await page.getByRole('button', { name: 'Send henvisningen' }).click()
        await page.getByText(/^Henvisningen til mestring \(VEL\) er sendt/).waitFor()
        const card = page.getByRole('listitem', { name: 'Henvisning til Mestring (VEL)' })
        await card.getByText('Foreslått plass: M1, Solbakken mestring.').waitFor()
        await looked('a need with a referral')

        const desk = await (
          await context.browser()?.newContext({ locale: 'nb-NO', viewport: { width: 1280, height: 900 } })
        )?.newPage()
        if (desk === undefined) throw new Error('no second browser window')
        desk.setDefaultTimeout(60_000)
        await desk.goto(`${origin}/logg-inn`)
        await desk.getByRole('listitem').filter({ hasText: 'Felles inntak' }).getByRole('button').click()
        await desk.getByRole('heading', { name: 'Henvisninger som venter på deg' }).waitFor()
        await desk.getByText(/henvisning(er)? venter på svar/).waitFor()
        await looked('the start of Felles inntak', desk)
        await desk.getByRole('link', { name: 'Se alle henvisningene' }).click()
        await desk.getByRole('heading', { level: 1, name: 'Henvisninger' }).waitFor()
        const row = desk.getByRole('listitem', { name: 'Testperson Lind: Mestring (VEL)' })
        await row.getByText('Må flytte innen 10. september 2026, om 9 dager.').waitFor()
        await looked('the list of referrals', desk)
        await row.getByRole('link', { name: 'Testperson Lind' }).click()
        await desk.getByRole('heading', { level: 1, name: 'Henvisning: Mestring (VEL)' }).waitFor()
        const answer = desk.getByRole('form', { name: 'Svar på henvisningen' })
        t.ok(await answer.getByLabel('M1, Solbakken mestring').isChecked(), 'what the bydel found is chosen')
        await looked('a referral', desk)
        await narrow('a referral', desk)
        await answer.getByLabel('Innflytting', { exact: true }).fill('1.9.2026')
        await answer.getByLabel(/^Mer om det/).fill('Ring vakten når dere kommer.')

        // meanwhile somebody else is given it
        await owner.query(`insert into hold (place_id, holding_district, during) values ($1, $2, '[2026-09-01,)')`, [
          rooms[0],
          ALNA,
        ])
        await answer.getByRole('button', { name: 'Gi plassen' }).click()
        await desk.getByRole('heading', { name: 'Plassen er ikke ledig lenger' }).waitFor()
        await looked('a place that was lost', desk)
        t.equal(await answer.getByLabel(/^Mer om det/).inputValue(), 'Ring vakten når dere kommer.')
        await answer.getByRole('button', { name: 'Gi M2, Solbakken mestring i stedet' }).click()
        await answer.getByRole('button', { name: 'Gi plassen' }).click()
        await desk.getByText('Svaret er sendt til bydelen: fikk plass.').waitFor()
        await desk.getByText(/^Tilbudet: venter på svar/).waitFor()
        await looked('an answered referral', desk)

        // the officer sees it without asking again, and the person moves in
        await card.getByText('Fikk plass').waitFor()
        await card.getByText(/Felles inntak har gitt plass: M2, Solbakken mestring\. Trekk tilbudet/).waitFor()
        const offered = page.getByRole('listitem', { name: 'Tilbud om M2, Solbakken mestring' })
        await offered.getByRole('button', { name: 'Takker ja' }).click()
        await offered.getByRole('button', { name: 'Registrer innflytting' }).click()
        await offered.getByRole('button', { name: 'Lagre innflyttingen' }).click()
        await offered.getByText('Innflyttingen er registrert 1. september 2026').waitFor()

        // taken back once, with its reason; referred again, and refused for lack of capacity
        const ask = await needOf('Testperson Ask', ['vel_coping', 'vel_assessment'])
        const refer = async () => {
          await page.goto(`${origin}/behov/${ask}/papirer/henvisning`)
          await page.getByRole('button', { name: 'Send til Felles inntak' }).click()
          await see('Papirer')
          await page.goto(`${origin}/behov/${ask}`)
        }
        await refer()
        await card.getByRole('button', { name: /^Trekk henvisningen/ }).click()
        await looked('the form that takes a referral back')
        await card.getByLabel('Sendt ved en feil').check()
        await card.getByRole('button', { name: 'Trekk henvisningen', exact: true }).click()
        await card.getByText('Trukket 1. september 2026: sendt ved en feil.').waitFor()
        await refer()
        await desk.goto(`${origin}/henvisninger?boligform=vel_coping`)
        await desk.getByRole('link', { name: 'Testperson Ask' }).click()
        await answer.getByLabel('Si nei').click()
        await answer.getByLabel('Hvorfor?').selectOption({ label: 'Ingen ledig plass som passer' })
        await looked('a no', desk)
        await answer.getByRole('button', { name: 'Send avslaget' }).click()
        await desk.getByText('Personen er ikke lenger synlig for Felles inntak').waitFor()
        await card.first().getByText('Fikk nei', { exact: true }).waitFor()
        await card
          .first()
          .getByText(/teller som mangel på plass/)
          .waitFor()
        const kept = await owner.query('select kind, form_needed from shortfall_record where need_id = $1', [ask])
        t.same(kept.rows, [{ kind: 'no_capacity', form_needed: 'vel_coping' }])
      },
    )
    t.strictSame(complaints, [])
  },
)
