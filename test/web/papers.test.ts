import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

/** Where pictures of each paper go, to be looked at; nothing is written unless it is said. */
const PICTURES = process.env.PAPERS_PICTURES

/** A4 in points, as a pdf has it. */
const A4 = /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/

t.test('every paper of a need is written from one registration, read, issued and printed', async (t) => {
  const { page, see, signIn, accessible, narrow, complaints, origin, owner, deps } = await visit(t)
  const given = fixturesOf({ owner, deps })
  const person = await given.resident(ALNA, { name: 'Siri Prøve', language: 'nn' })
  const needId = await given.need(person, {
    forms: ['municipal', 'vel_coping'],
    origin: 'temporary',
    must_leave_by: '2026-10-01',
    private_rental: 'not_considered',
  })

  /** The page, and the paper alone as it comes out of a printer: on A4 and on no more sheets than it should be. */
  async function printed(name: string, sheets = 2) {
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const text = pdf.toString('latin1')
    const count = (text.match(/\/Type\s*\/Page\b/g) ?? []).length
    t.ok(count >= 1 && count <= sheets, `${name} is printed on ${count} sheets`)
    t.ok(A4.test(text), `${name} is printed on A4`)
    if (PICTURES === undefined) return
    await mkdir(PICTURES, { recursive: true })
    await writeFile(join(PICTURES, `${name}.pdf`), pdf)
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
  }
  const paper = page.getByRole('article')

  await signIn('Boligkonsulent, Alna')
  await see('Min arbeidsdag')
  await page.goto(`${origin}/behov/${needId}`)
  await page.getByRole('link', { name: /^Papirer/ }).click()
  await see('Papirer')
  await page.getByText('Det er ingen brev ennå.').waitFor()
  await page.getByText(/\d+ opplysninger mangler/).waitFor()
  await accessible('the papers before anything is written')

  // the two tracks apart: a no for lack of homes, and the decision beside it
  await page.getByRole('button', { name: 'Skriv utkast om Kommunal bolig' }).click()
  await page.getByRole('button', { name: 'Lag utkastet' }).click()
  await page.getByText('Velg hva vedtaket går ut på.').waitFor()
  await page.getByLabel('Nei nå, fordi vi mangler en egnet bolig').check()
  await page.getByRole('button', { name: 'Lag utkastet' }).click()
  await see('Utkast til vedtak')
  await paper.getByText('Dette er eit utkast').waitFor()
  await accessible('a draft')
  const content = page.getByLabel('Hva vi har bestemt')
  t.match(await content.inputValue(), /Du får ikkje/, 'the draft is in the person’s own language')
  await page.getByRole('radiogroup', { name: 'Språket i vedtaket' }).getByLabel('Bokmål').check()
  await page.getByText('Du får ikke en kommunal bolig nå').first().waitFor()
  await page.getByLabel('Hvorfor svaret er nei').fill('Vi har lett i hele byen og fant ingen bolig som passer for deg.')
  await page.getByText('Ikke lagret').waitFor()
  await page.getByRole('button', { name: 'Lagre utkastet' }).click()
  await paper.getByText('Vi har lett i hele byen').waitFor()
  await page.getByLabel('Dato på vedtaket').fill('02.09.2026')
  await page.getByRole('button', { name: 'Fatt vedtaket' }).click()
  await page.getByRole('link', { name: /dag som kommer/ }).waitFor()
  await accessible('a decision dated in the future')
  await page.getByLabel('Dato på vedtaket').fill('01.09.2026')
  await page.getByRole('button', { name: 'Fatt vedtaket' }).click()
  await page.getByText('Vedtaket er låst.').waitFor()
  t.equal(await page.getByLabel('Hva vi har bestemt').count(), 0, 'what was decided is not to be written in')
  await accessible('an issued decision')
  await printed('decision')

  await page.getByRole('button', { name: 'Registrer en klage' }).click()
  await page.getByLabel('Hva personen klager på').fill('Jeg har ventet lenge nok.')
  await page.getByRole('button', { name: 'Registrer klagen' }).click()
  await page.getByLabel(/Vi holder fast ved vedtaket/).check()
  await accessible('an appeal')
  await page.getByRole('button', { name: 'Lagre', exact: true }).click()
  await page.getByText('Sendt til Oslo kommunes klagenemnd 1. september 2026.').waitFor()

  await page.getByRole('link', { name: 'Alle papirene' }).click()
  await see('Papirer')
  await page.getByText('Kommunal bolig er avslått, og avslaget erstatter ikke dette vedtaket.').waitFor()
  await page.getByRole('button', { name: 'Skriv utkast om Hjelp til' }).click()
  await page.getByLabel('Ja til hjelp').check()
  await page.getByRole('button', { name: 'Lag utkastet' }).click()
  await see('Utkast til vedtak')
  await page.getByRole('button', { name: 'Fatt vedtaket' }).click()
  await page.getByText('Vedtaket er låst.').waitFor()
  await page.getByRole('link', { name: 'Alle papirene' }).click()
  await see('Papirer')
  // the alarm is over
  await page.getByText('avslaget erstatter ikke').waitFor({ state: 'detached' })
  await accessible('the papers with decisions')
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'papers.png'), fullPage: true })

  // the letter in three languages
  await page.getByRole('link', { name: /Se brevet.*Kommunal bolig/ }).click()
  await see('Brev om vedtak')
  for (const [language, words] of [
    ['Nynorsk', 'Slik klagar du'],
    ['English', 'How to appeal'],
    ['Bokmål', 'Slik klager du'],
  ] as const) {
    await page.getByRole('radiogroup', { name: 'Språket i brevet' }).getByLabel(language).check()
    await paper.getByRole('heading', { name: words }).waitFor()
    await accessible(`the letter in ${language}`)
    await printed(`letter-${language}`)
  }
  t.equal(await paper.getAttribute('lang'), 'nb', 'a reader aloud is told the language')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByRole('button', { name: 'Skriv ut' }).isVisible(), false, 'on paper the paper alone')
  t.equal(await page.getByRole('heading', { level: 1 }).isVisible(), false)
  t.equal(await paper.isVisible(), true)
  await page.emulateMedia({ media: null })
  await narrow('a paper')

  // the referral, and what it lacks
  await page.getByRole('link', { name: 'Alle papirene' }).click()
  await page.getByRole('link', { name: 'Se henvisningen' }).click()
  await see('Henvisning til Felles inntak')
  await paper.getByText('Mangler: Det finnes ingen kartlegging.').waitFor()
  await accessible('the referral')
  await printed('referral', 3)

  await page.getByRole('button', { name: 'Send til Felles inntak' }).click()
  await page
    .getByRole('alert')
    .getByRole('listitem')
    .getByText(/artlegging/)
    .waitFor()
  t.equal(
    (await owner.query('select from referral where need_id = $1', [needId])).rowCount,
    0,
    'it is stopped, and says by what',
  )
  // a wish for a place is said once, and can be taken back until it is sent
  const { rows: houses } = await owner.query<{ name: string }>(
    `select f.name from facility f where exists (select from place p where p.facility_id = f.id and p.form = 'vel_coping')
     order by f.name limit 1`,
  )
  const wish = houses[0]?.name ?? ''
  const search = page.getByLabel('Ønsker personen seg til et bestemt sted?')
  const wishFor = async () => {
    await search.fill(wish)
    await page
      .getByRole('button', { name: new RegExp(`Velg.*${wish}`) })
      .first()
      .click()
    await paper.getByText(wish).first().waitFor()
  }
  await wishFor()
  await page.getByRole('button', { name: 'Ta bort ønsket om sted' }).click()
  await paper.getByText(wish).waitFor({ state: 'detached' })
  await wishFor()
  const by = await owner.query(`select id from account where role = 'housing_officer' limit 1`)
  await given.assessment(needId, ALNA, by.rows[0].id)
  await page.getByRole('button', { name: 'Send til Felles inntak' }).click()
  await see('Papirer')
  await page.getByRole('link', { name: /Se brevet.*Henvisning til Felles inntak: Mestring/ }).waitFor()
  await page.getByRole('link', { name: 'Se henvisningen' }).click()
  await page.getByRole('heading', { name: 'Henvisningen er sendt' }).waitFor()
  t.notMatch(page.url(), /sted=/)
  await paper.getByText(wish).first().waitFor()
  await accessible('the referral that was sent')

  // the worksheet, and its conclusion on the need
  await page.getByRole('link', { name: 'Alle papirene' }).click()
  await page.getByRole('link', { name: 'Begynn på regnearket' }).click()
  await see('Regneark for privat leie')
  await accessible('an empty worksheet')
  await page.getByRole('button', { name: 'Legg til en utleier' }).click()
  await page.getByLabel('Navnet på utleieren').fill('Prøve Eiendom AS')
  await page.getByLabel('Boliger i tilvisningsavtalen').fill('3')
  await page.getByRole('button', { name: 'Lagre utleieren' }).click()
  await page.getByRole('option', { name: /Prøve Eiendom AS/ }).waitFor({ state: 'attached' })
  await page.getByLabel('Adressen til boligen').fill('Prøveveien 12')
  await page.getByRole('textbox', { name: 'Første dag' }).fill('01.10.2026')
  await page.getByRole('textbox', { name: 'Siste dag' }).fill('30.09.2028')
  await page.getByRole('textbox', { name: 'Husleie i måneden' }).fill('12 000')
  await page.getByRole('textbox', { name: 'Strøm i måneden' }).fill('900')
  await page.getByRole('radio', { name: 'Depositum' }).check()
  await page.getByRole('textbox', { name: 'Beløp for garanti' }).fill('36000')
  await page.getByRole('radio', { name: 'Søkt, venter på svar' }).check()
  await page.getByRole('radio', { name: 'Det går ikke nå' }).check()
  await page.getByRole('button', { name: 'Lagre regnearket' }).click()
  await page.getByRole('link', { name: /Skriv hvorfor det ikke går/ }).waitFor()
  await page.getByRole('textbox', { name: 'Hvorfor går det ikke?' }).fill('Ingen utleier vil skrive kontrakt nå.')
  await page.getByRole('button', { name: 'Lagre regnearket' }).click()
  await paper.getByText('12 900 kr').first().waitFor()
  await paper.getByText(/kortere enn 3 år/).waitFor()
  await paper.getByText('Vurdert: det går ikke nå, 1. september 2026.').waitFor()
  await page.getByLabel('Behold det som er registrert: det går ikke nå, 1. september 2026').waitFor()
  await accessible('a worksheet')
  await printed('worksheet')

  // the lease of a private home that is offered has the days of the worksheet
  const placeId = await given.place(await given.facility({ operator_kind: 'private' }), { form: 'private' })
  await owner.query(
    `insert into offer (need_id, holding_district, place_id, sent_at, sent_by, move_in_on, reply_by, frozen, form_needed, form_given,
       skip, skip_reason, accepted_at)
     values ($1, $2, $3, '2026-09-01T06:00:00Z', $4, '2026-09-15', '2026-09-08T22:00:00Z', '{}', 'municipal', 'private',
       'chosen', 'Personen vil leie privat.', '2026-09-01T07:00:00Z')`,
    [needId, ALNA, placeId, by.rows[0].id],
  )
  await page.goto(`${origin}/behov/${needId}`)
  await page.getByRole('button', { name: 'Registrer leiekontrakt' }).click()
  const end = page.getByLabel('Første dag etter leieforholdet (kan stå tomt)')
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === '01.10.2028'))
  t.equal(await page.getByLabel('Leieforholdet begynner').inputValue(), '01.10.2026', 'what was typed once')
  t.equal(await end.inputValue(), '01.10.2028')
  await end.fill('01.10.2029')
  await end.blur()
  t.equal(await end.inputValue(), '01.10.2029', 'and what is typed now goes before it')

  t.same(complaints, [])
})
