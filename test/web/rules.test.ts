import t from 'tap'
import type { Rule } from '../../src/web/api/types.ts'
import { checkedInWords, nextUnchecked, trackOfRule } from '../../src/web/pages/rules/ruleWords.ts'
import { visit } from '../support/browser.ts'

const rule = (id: string, kind: Rule['kind'], checked: boolean) => ({ id, kind, checked }) as Rule

t.test('what is said of a rule, and which comes next', async (t) => {
  t.equal(checkedInWords({ checked: false, checkedOn: null }), 'Ikke kontrollert')
  t.equal(checkedInWords({ checked: true, checkedOn: null }), 'Fra byens dokumenter')
  t.equal(checkedInWords({ checked: true, checkedOn: '2026-09-01' }), 'Kontrollert 1. september 2026')
  t.equal(trackOfRule('legal.municipal_home'), 'municipal_home')
  t.equal(trackOfRule('flags'), undefined)
  const rules = [
    rule('legal', 'legal', false),
    rule('a', 'eligibility', false),
    rule('b', 'domain', true),
    rule('c', 'domain', false),
  ]
  t.equal(nextUnchecked(rules, 'a')?.id, 'c', 'in the order of the page, past what is checked')
  t.equal(nextUnchecked(rules, 'legal')?.id, 'a', 'from the start at the end')
  t.equal(nextUnchecked([rule('a', 'domain', false)], 'a'), undefined)
})

t.test('the administrator confirms a legal track, takes it back, and changes it; others only read', async (t) => {
  const { page, see, signIn, signOut, accessible, narrow, complaints, origin } = await visit(t)
  await signIn('Administrator')
  await see('Min arbeidsdag')
  await page.getByRole('link', { name: 'Bekreft reglene som ikke er kontrollert' }).click()
  await see('Regler')
  t.equal(await page.getByText('Fra byens dokumenter').count(), 0, 'what needs nobody is not among them')
  await accessible('rules that nobody has confirmed')
  await narrow('rules that nobody has confirmed')
  await page.getByRole('link', { name: 'Kommunal bolig' }).click()
  await see('Kommunal bolig')
  const first = page.getByRole('region', { name: 'Utgave 1', exact: true })
  await first.getByText('Ikke kontrollert', { exact: true }).waitFor()
  await first.getByText('Oslo kommunes klagenemnd').waitFor()
  await accessible('a rule to be confirmed')
  await narrow('a rule to be confirmed')

  await page.getByRole('button', { name: 'Bekreft regelen' }).click()
  await page.getByRole('link', { name: /Skriv noe her/ }).waitFor()
  await page.getByLabel('Hva har du kontrollert den mot?').fill('Forskriften på Lovdata.')
  await page.getByRole('button', { name: 'Bekreft regelen' }).press('Enter')
  await page.getByText('Regelen er bekreftet.').waitFor()
  await first.getByText('Kontrollert 1. september 2026', { exact: true }).waitFor()
  await first.getByText(/Kontrollert 1\. september 2026 av .+\./).waitFor()
  await first.getByText('«Forskriften på Lovdata.»').waitFor()
  t.equal(await first.getByText(/ikke kontrollert/i).count(), 0)
  await accessible('a confirmed rule')

  await page.getByRole('button', { name: 'Skriv en ny utgave' }).click()
  t.equal(await page.getByLabel('Klageinstans').inputValue(), 'Oslo kommunes klagenemnd', 'nothing is typed again')
  await page.getByLabel('Klagefrist i uker').fill('6')
  await accessible('a new version')
  await page.getByRole('button', { name: 'Lagre den nye utgaven' }).click()
  await page.getByRole('link', { name: /Skriv noe her/ }).waitFor()
  await page.getByLabel('Hvorfor endres den?').fill('Fristen er endret.')
  await page.getByRole('button', { name: 'Lagre den nye utgaven' }).click()
  await page.getByText('Den er ikke kontrollert ennå.').waitFor()
  const second = page.getByRole('region', { name: 'Utgave 2', exact: true })
  await second.getByText('Ikke kontrollert', { exact: true }).waitFor()
  await first.getByText('Denne utgaven gjelder ikke i dag.').waitFor()
  await second.getByLabel('Hva har du kontrollert den mot?').fill('Endringen av forskriften.')
  await second.getByRole('button', { name: 'Bekreft regelen' }).click()
  await second.getByText('Kontrollert 1. september 2026', { exact: true }).waitFor()
  await second.getByLabel('Hvorfor?').fill('Feil paragraf.')
  await second.getByRole('button', { name: 'Trekk kontrollen tilbake' }).click()
  await second.getByText('Kontrollen er trukket tilbake 1. september 2026').waitFor()
  await second.getByText('Ikke kontrollert', { exact: true }).waitFor()
  await accessible('a rule with its trace')

  await page.getByRole('link', { name: /^Neste som ikke er kontrollert/ }).click()
  await first.getByText('Ikke kontrollert', { exact: true }).waitFor()
  t.not(new URL(page.url()).pathname, '/regler/legal.municipal_home')
  await signOut()

  for (const person of ['Revisor', 'Boligkonsulent, Alna']) {
    await signIn(person)
    await page.goto(`${origin}/regler/legal.municipal_home`)
    await see('Kommunal bolig')
    await page.getByText('«Forskriften på Lovdata.»').waitFor()
    t.equal(await page.getByRole('button', { name: /Bekreft|Trekk|ny utgave/ }).count(), 0, `${person} only reads`)
    await signOut()
  }
  t.same(complaints, [])
})
