import t from 'tap'
import { readProblem } from '../../src/web/api/problem.ts'
import type { Explanation } from '../../src/web/api/types.ts'
import {
  blankDraft,
  moveInOf,
  offerBody,
  overridable,
  proposedAnswerBy,
  skipQuestion,
  stopsOffer,
} from '../../src/web/pages/offers/draft.ts'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { aNeed } from './records.ts'

const today = '2026-09-01'
const rule = (ruleId: string, outcome: 'passed' | 'failed', relaxable: 'person' | 'facility') => ({
  ruleId,
  title: ruleId,
  source: '',
  outcome,
  needed: '',
  offered: '',
  sentence: 'Den er for liten.',
  relaxable,
})
const anExplanation = (changes: Partial<Explanation> = {}): Explanation => ({
  needId: 'n',
  placeId: 'p',
  eligible: true,
  place: {
    label: 'H1',
    form: 'municipal',
    facilityId: 'f',
    facilityName: 'Haugen',
    districtCode: ALNA,
    features: [],
    vacancyConfirmedAt: null,
  },
  availableFrom: '2026-09-10',
  fit: null,
  rules: [],
  missingSteps: [],
  ...changes,
})

t.test('what is proposed for an offer, and what is written over it', async (t) => {
  const there = anExplanation()
  t.equal(moveInOf(blankDraft, there, today), '2026-09-10', 'not before the place is free')
  t.equal(moveInOf(blankDraft, { ...there, availableFrom: today }, today), '2026-09-08', 'with a week to answer')
  const acute = { ...there.place, form: 'temporary' as const }
  t.equal(
    moveInOf(blankDraft, { place: acute, availableFrom: today }, today),
    today,
    'or at once where nobody can wait',
  )
  t.equal(moveInOf({ moveInOn: '2026-10-01' }, there, today), '2026-10-01')
  t.equal(moveInOf({ moveInOn: '2026-09-05' }, there, today), '2026-09-10', 'a day kept from an earlier place')
  t.equal(moveInOf({ moveInOn: '31.2.' }, there, today), '31.2.', 'what is no day is for the service to refuse')
  t.equal(proposedAnswerBy('2026-09-10', today), '2026-09-08')
  t.equal(proposedAnswerBy('2026-09-03', today), '2026-09-03')
  t.equal(skipQuestion(['assisted', 'municipal'], 'assisted'), 'none')
  t.equal(skipQuestion(['assisted', 'municipal'], 'municipal'), 'may')
  t.equal(skipQuestion(['assisted'], 'municipal'), 'must')
})

t.test('what can be set aside, and what cannot', async (t) => {
  const missingSteps = [
    { id: 'private_rental_considered', title: 'Privat leie', stops: 'offer' },
    { id: 'assessment_current', title: 'Kartlegging', stops: 'referral' },
    { id: 'service_decision', title: 'Vedtak', stops: 'move_in' },
  ]
  const rules = [
    rule('features.required', 'failed', 'person'),
    rule('age', 'failed', 'facility'),
    rule('district', 'passed', 'person'),
    rule('form.accepted', 'failed', 'person'),
  ]
  const there = anExplanation({ missingSteps, rules })
  t.strictSame(
    overridable(there).map(({ id }) => id),
    ['private_rental_considered', 'features.required'],
  )
  t.strictSame(
    stopsOffer(there),
    [{ id: 'assessment_current', title: 'Kartlegging', stops: 'referral' }].map(({ id, title, stops }) => ({
      id,
      title,
      stops,
    })),
  )
  const need = aNeed({ forms: ['assisted'] })
  const overrides = { 'features.required': ' Hun vil ', private_rental_considered: ' ', gone: 'fra en annen plass' }
  const body = offerBody(need, there, { ...blankDraft, skip: 'forced', skipReason: ' Ingen ledige ', overrides }, today)
  t.match(body, {
    moveInOn: '2026-09-10',
    answerBy: '2026-09-08',
    reserve: true,
    skip: 'forced',
    skipReason: 'Ingen ledige',
  })
  t.strictSame(
    body.overrides,
    [{ id: 'features.required', reason: 'Hun vil' }],
    'only what is asked here and has a reason',
  )
  t.match(
    offerBody(aNeed({ forms: ['municipal'] }), there, { ...blankDraft, skip: 'forced', skipReason: 'x' }, today),
    { skip: 'none', skipReason: null },
    'the form most wanted is no skip',
  )
})

t.test('a lost place says what it is and what is next, and nothing of either is taken for granted', async (t) => {
  const next = {
    placeId: 'p',
    label: 'H2',
    form: 'municipal',
    facilityName: 'Haugen',
    districtCode: ALNA,
    availableFrom: today,
    lacks: [],
  }
  const body = {
    title: 'Plassen er reservert',
    state: { kind: 'held', until: null, sentence: 'Reservert.' },
    nextBest: [next, { placeId: 1 }, null],
  }
  t.match(readProblem(409, body), { state: { sentence: 'Reservert.' }, nextBest: [next] })
  t.equal(readProblem(409, body).nextBest.length, 1)
  t.match(readProblem(409, { title: 'Nei', state: 'held', nextBest: {} }), { state: null, nextBest: [] })
})

t.test(
  'an officer offers a place, loses it to another, offers the next best, and follows it to the move-in',
  async (t) => {
    const app = await visit(t)
    const { page, see, signIn, accessible, complaints, origin, owner } = app
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
    const scrollsSideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

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
        t.equal(await page.getByRole('button', { name: /^Reserver Å/ }).count(), 0, 'one place at a time')
        await accessible('a reserved place')
        await page.setViewportSize({ width: 320, height: 640 })
        t.equal(await scrollsSideways(), false)
        await page.setViewportSize({ width: 1280, height: 900 })
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
    await page.setViewportSize({ width: 320, height: 640 })
    t.equal(await scrollsSideways(), false)
    await page.setViewportSize({ width: 1280, height: 900 })
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
      await owner.query('update offer set updated_at = now() where need_id = $1', [need])
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
    t.strictSame(complaints, [])
  },
)
