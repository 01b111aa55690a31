import t from 'tap'
import type { CostRow } from '../../src/web/api/costs.ts'
import {
  boughtInWords,
  dischargeInWords,
  exposureInWords,
  ownPlaceInWords,
  percent,
  roughly,
} from '../../src/web/pages/costs/costWords.ts'
import { visit } from '../support/browser.ts'

const plain = (text: string) => text.replaceAll(/\s/g, ' ')

const bought = {
  households: 12,
  now: 10,
  peopleNow: 11,
  unpricedNow: 0,
  days: 100,
  daysUnpriced: 0,
  spent: 1_000_000,
  committed: 200_000,
  running: 3_400_000,
  month: 300_000,
  sameDaysInOwnPlace: 550_000,
  budget: 5_000_000,
  shareOfBudget: 92,
  largestCases: 2_300_000,
  largestShare: 50,
  largestShareOfBudget: 46,
}

t.test('in words', async (t) => {
  t.equal(plain(roughly(999_999)), '999 999 kr')
  t.equal(plain(roughly(12_350_000)), '12,4 millioner kr')
  t.equal(percent(null), 'ukjent')
  t.match(
    plain(boughtInWords({ bought }, 2026)),
    /^10 husstander bor .* brukt 1,0 millioner kr.* 200 000 kr bestilt.* 3,4 millioner kr løper.* 92 prosent av budsjettet på 5,0 millioner kr\.$/,
  )
  t.match(
    plain(boughtInWords({ bought: { ...bought, now: 1, unpricedNow: 1, budget: null } }, 2026)),
    /^1 husstand bor .*ikke satt noe budsjett\. 1 husstand bor på en kjøpt plass uten registrert pris/,
  )
  t.equal(
    plain(exposureInWords({ bought }, { largestCount: 3 })),
    'De 3 dyreste av 12 opphold binder 2,3 millioner kr i år. Det er 50 prosent av det som kjøpes og 46 prosent av budsjettet.',
  )
  t.match(
    exposureInWords({ bought: { ...bought, households: 1 } }, { largestCount: 3 }),
    /^Det dyreste oppholdet binder/,
  )
  t.match(exposureInWords({ bought: { ...bought, largestShare: null } }, { largestCount: 3 }), /^Ingen/)
  t.match(plain(ownPlaceInWords({ bought })), /^100 døgn .* 450 000 kr mindre\.$/)
  t.match(plain(ownPlaceInWords({ bought: { ...bought, spent: 500_000 } })), /50 000 kr mer\.$/)
  t.match(ownPlaceInWords({ bought: { ...bought, daysUnpriced: 100 } }), /^Ingen døgn/)
  const dischargeReady: CostRow['dischargeReady'] = {
    now: 2,
    peopleNow: 2,
    days: 15,
    paid: 73_275,
    sameDaysInOwnPlace: 37_500,
    month: 0,
  }
  t.match(
    plain(dischargeInWords({ dischargeReady })),
    /^2 husstander venter .* 15 døgn, som koster 73 275 kr .* 37 500 kr\.$/,
  )
})

t.test('a manager registers a price, ends it, sets the budget and shares a note; a planner sees nobody', async (t) => {
  const { page, openPage, see, signIn, signOut, accessible, narrow, complaints, owner } = await visit(t)
  await owner.query(`delete from call_off where id in (select c.id from call_off c join stay s on s.id = c.stay_id
    where s.holding_district = '030102' and upper_inf(s.during) and not household_protected(s.household_id) order by c.id limit 1)`)

  await signIn('Avdelingsleder i bydel, Grünerløkka')
  await openPage('Kjøp og kostnader')
  await see('Kjøp og kostnader i Bydel Grünerløkka')
  await accessible('costs of a bydel')
  const missing = page.getByRole('region', { name: 'Kjøpte plasser uten registrert pris' })
  const someone = missing.getByRole('listitem').first()
  const name = (await someone.getByRole('heading').innerText()).trim()
  const before = await missing.getByRole('listitem').count()
  await someone.getByRole('button', { name: /^Registrer prisen/ }).click()
  await accessible('the form of a price')
  await someone.getByLabel('Rammeavtale').selectOption({ index: 0 })
  await someone.getByRole('button', { name: 'Lagre prisen' }).click()
  await someone.getByText('Skriv hva et døgn koster, i hele kroner.').first().waitFor()
  await someone.getByLabel('Pris for et døgn, kroner').fill('9 500')
  await someone.getByLabel('Hvorfor ble plassen kjøpt?').selectOption({ label: 'Det hastet' })
  await someone.getByRole('button', { name: 'Lagre prisen' }).click()
  await page.waitForFunction(
    (count) => document.querySelectorAll('[aria-labelledby="uten-pris"] li').length < count,
    before,
  )
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText(/9\s500 kr/).waitFor()
  await row.getByRole('button', { name: /^Endre sluttdato/ }).click()
  await row.getByLabel('Første dag som ikke er bestilt').fill('01.12.2026')
  await row.getByRole('button', { name: 'Lagre' }).click()
  await row.getByText('1. desember 2026').waitFor()

  await page.getByRole('button', { name: /^Vis dem som bor i midlertidig botilbud/ }).click()
  await page
    .getByText(/, siden \d+\. \w+ \d{4}/)
    .first()
    .waitFor()

  await page.getByRole('button', { name: 'Endre budsjettet' }).click()
  await page.getByLabel('Budsjettet for kjøpte plasser i 2026, kroner').fill('12 000 000')
  await page.getByRole('button', { name: 'Lagre budsjettet' }).click()
  await page.getByText(/budsjettet på 12,0 millioner kr/).waitFor()

  await page
    .getByRole('button', { name: /^Skriv et notat/ })
    .first()
    .click()
  const note = page.getByLabel('Notat om tilbudet')
  await note.fill('Gjelder 178580 12345')
  await page.getByRole('button', { name: 'Del notatet' }).click()
  await page
    .getByText(/ser ut som et fødselsnummer/)
    .first()
    .waitFor()
  t.equal(await note.inputValue(), 'Gjelder 178580 12345', 'what was typed is kept')
  await note.fill('Ny daglig leder fra i høst.')
  await page.getByRole('button', { name: 'Del notatet' }).click()
  await page
    .getByRole('button', { name: /^Notater:/ })
    .first()
    .click()
  await page.getByText(/Bydel Grünerløkka, 1\. september 2026: Ny daglig leder fra i høst\./).waitFor()
  await accessible('a note that is shared')
  const shared = page.getByRole('listitem').filter({ hasText: 'Ny daglig leder fra i høst.' }).last()
  await shared.getByRole('button', { name: /^Trekk notatet/ }).click()
  await shared.getByRole('button', { name: /^Ja, trekk notatet/ }).click()
  await page.getByText(/Bydel Grünerløkka, 1\. september 2026: trukket/).waitFor()
  await narrow('costs of a bydel')

  await signOut()
  await signIn('Planlegger i Velferdsetaten')
  await openPage('Kjøp og kostnader')
  await see('Kjøp og kostnader')
  t.equal(await page.getByRole('heading', { name: 'Kjøp som løper' }).count(), 0)
  t.equal(await page.getByText(name).count(), 0, 'a planner sees nobody')
  await page.getByLabel('Ny leverandør').fill('Nyttårssol Omsorg AS')
  await page.getByRole('button', { name: 'Legg til leverandøren' }).click()
  await page.getByRole('button', { name: /^Legg til en rammeavtale med Nyttårssol/ }).click()
  await page.getByLabel('Hva avtalen heter').fill('Heldøgn 2026')
  await page.getByLabel('Pris for et døgn, kroner').fill('8000')
  await page.getByLabel('Gjelder fra').fill('01.01.2026')
  await page.getByRole('button', { name: 'Lagre rammeavtalen' }).click()
  await page.getByText(/Heldøgn 2026: 8\s000 kr i døgnet, fra 1\. januar 2026 til den sies opp/).waitFor()
  const agreement = page.getByRole('listitem').filter({ hasText: 'Heldøgn 2026' }).last()
  await agreement.getByRole('button', { name: /^Endre avtalen/ }).click()
  await accessible('the form of a change')
  await agreement.getByLabel('Pris for et døgn, kroner').fill('8500')
  await agreement.getByLabel('Høyeste antall plasser (kan stå tomt)').fill('12')
  await agreement.getByRole('button', { name: 'Lagre endringen' }).click()
  await page.getByText(/Heldøgn 2026: 8\s500 kr i døgnet, .* opptil 12 plasser/).waitFor()
  t.same(complaints, [])
})
