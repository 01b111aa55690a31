import t from 'tap'
import { identityProvider } from '../../src/access/identityProvider.ts'
import { staleAfterDays } from '../../src/web/api/reference.ts'
import type { Rule } from '../../src/web/api/types.ts'
import { appealInWords } from '../../src/web/pages/rules/ruleWords.ts'
import {
  allForms,
  countsInWords,
  rulesInWords,
  unconfirmedInWords,
  waitingByClass,
} from '../../src/web/pages/start/startWords.ts'
import { visit } from '../support/browser.ts'
import { startProvider } from '../support/identityProvider.ts'

const counts = { open: 480, taken: 460, closed: 6, notAdmitting: 2, held: 0, free: 12 }

const aRule = (changes: Partial<Rule>): Rule => ({
  id: 'x',
  version: 1,
  kind: 'domain',
  title: 'X',
  sentence: 'X.',
  parameters: {},
  source: 'egen',
  sourceInWords: 'Fagregel i løsningen',
  checked: false,
  checkedOn: null,
  validFrom: '2026-01-01',
  ...changes,
})

t.test('places in words: only what there is some of is said', (t) => {
  const said = '12 ledige av 480 plasser. 460 er opptatt, 6 er sperret og 2 er i hus som ikke tar imot.'
  t.equal(countsInWords(counts), said)
  t.equal(countsInWords({ ...counts, closed: 0, notAdmitting: 0, free: 1 }), '1 ledig av 480 plasser. 460 er opptatt.')
  t.match(countsInWords({ ...counts, held: 3 }), /460 er opptatt, 3 er holdt av, 6 er sperret/)
  t.equal(
    countsInWords({ open: 1, taken: 0, closed: 1, notAdmitting: 0, held: 0, free: 0 }),
    'Ingen ledige av 1 plass. 0 er opptatt og 1 er sperret.',
  )
  t.equal(countsInWords(allForms([])), 'Ingen plasser er åpne i dag.')
  t.same(allForms([counts, counts]), { open: 960, taken: 920, closed: 12, notAdmitting: 4, held: 0, free: 24 })
  t.end()
})

t.test('houses without a fresh confirmation, rules, and the queue', (t) => {
  t.equal(unconfirmedInWords(0, false, 7), 'Alle botilbud har bekreftet ledigheten de siste 7 dagene.')
  t.match(unconfirmedInWords(100, true, 7), /^Minst 100 botilbud har ikke/)
  t.equal(staleAfterDays([aRule({ id: 'flags', parameters: { staleDataDays: 7 } })]), 7)
  t.equal(staleAfterDays([aRule({ id: 'flags', parameters: { staleDataDays: 'mange' } })]), undefined)
  t.equal(staleAfterDays([]), undefined)
  t.equal(rulesInWords([{ checked: true }, { checked: false }]), '2 regler gjelder. 1 av dem er ikke kontrollert.')
  t.equal(rulesInWords([{ checked: true }]), '1 regel gjelder. Alle er kontrollert.')
  t.same(
    waitingByClass([
      { urgencyClass: 5, urgencyName: 'Andre' },
      { urgencyClass: 1, urgencyName: 'Uten trygt sted i natt' },
      { urgencyClass: 5, urgencyName: 'Andre' },
    ]),
    [
      { urgencyClass: 1, name: 'Uten trygt sted i natt', waiting: 1 },
      { urgencyClass: 5, name: 'Andre', waiting: 2 },
    ],
  )
  const parameters = { legalBasis: 'Loven § 6', appealBody: 'Statsforvalteren', deadlineWeeks: 3 }
  const appeal = 'Hjemmel: Loven § 6. Klage til Statsforvalteren innen 3 uker.'
  t.equal(appealInWords({ kind: 'legal', parameters }), appeal)
  t.equal(appealInWords({ kind: 'domain', parameters }), undefined)
  t.end()
})

t.test('every role has a first page with what needs it, and all of it leads on', async (t) => {
  const { page, origin, deps, see, signIn, signOut, accessible, narrow, complaints, owner } = await visit(t)
  const visitStart = async (person: string, headings: string[]) => {
    await signIn(person)
    await see('Min arbeidsdag')
    for (const name of headings) await page.getByRole('heading', { level: 2, name }).waitFor()
    await accessible(`the first page of ${person}`)
    await narrow(person)
  }

  await visitStart('Planlegger i Velferdsetaten', ['Siste kjøring for byen', 'Plassene i Velferdsetaten i dag'])
  await page.getByRole('link', { name: 'Gå til kjøringer' }).click()
  await see('Kjøringer')
  await signOut()

  await visitStart('Felles inntak i Velferdsetaten', ['Plassene i Velferdsetaten i dag'])
  const free = page.getByRole('link', { name: /ledige:/ }).first()
  const count = Number((await free.innerText()).replace(/\D.*$/s, ''))
  await free.click()
  await see('Plasser')
  await page.getByText(`Viser ${count === 1 ? '1 plass' : `${count} plasser`}. Det er alle.`).waitFor()
  t.pass('the number is as many as the list it leads to has')
  await signOut()

  await signIn('Ansatt på botilbud')
  await see('Min arbeidsdag')
  await page.getByText(/ledige? av/).waitFor()
  await owner.query('update facility set vacancy_confirmed_at = null')
  await page.reload()
  await page.getByText('Ledigheten er aldri bekreftet').waitFor()
  await accessible('the first page of staff')
  await narrow('staff')
  await page.getByRole('button', { name: /^Bekreft at/ }).press('Enter')
  await page.getByText('Ledigheten er bekreftet i dag').waitFor()
  const { rows } = await owner.query<{ confirmed: number }>(
    'select count(*)::int as confirmed from facility where vacancy_confirmed_at is not null',
  )
  t.equal(rows[0]?.confirmed, 1, 'this house and no other')
  await signOut()

  await visitStart('Revisor', ['Regler'])
  await page.getByRole('link', { name: 'Se reglene og kildene' }).click()
  await see('Regler')
  await page.getByText('Ikke kontrollert').first().waitFor()
  await accessible('the rules')
  await narrow('the rules')
  await signOut()

  await visitStart('Administrator', ['Regler', 'Ledighet som må bekreftes', 'Plassene i byen i dag'])
  await page.getByRole('listitem').filter({ hasText: 'aldri bekreftet' }).getByRole('link').first().click()
  await page.getByRole('button', { name: /^Bekreft at/ }).waitFor()
  await signOut()

  await visitStart('Avdelingsleder i bydel, Alna', ['Køen i bydelen', 'Plassene i Bydel Alna i dag', 'Åpne behov'])

  await signOut()
  t.same(complaints, [], 'the browser complained of nothing, and asked nobody else')

  // from now on the organisation signs people in
  const provider = await startProvider({
    publicUrl: origin,
    people: { 'mia.alna': { name: 'Mia Ledersen', groups: ['alna-leder'] } },
  })
  t.teardown(() => provider.stop())
  deps.demoSignIn = false
  deps.publicUrl = origin
  deps.signIn = {
    provider: identityProvider({
      ...provider,
      scope: 'openid profile',
      groupsClaim: 'groups',
      algorithm: 'RS256',
      publicUrl: origin,
    }),
    groups: [{ group: 'alna-leder', role: 'district_manager', districts: ['030112'], facilities: [] }],
  }
  await page.goto(`${origin}/kapasitet`)
  await see('Logg inn')
  await accessible('the way to the organisation’s sign-in')
  await narrow('the way to the organisation’s sign-in')
  await page.getByRole('link', { name: 'Logg inn' }).click()
  await page.getByRole('button', { name: 'Avbryt' }).click()
  await page.getByText('Innloggingen ble avbrutt').waitFor()
  await page.goto(`${origin}/kapasitet`)
  await page.getByRole('link', { name: 'Logg inn' }).click()
  await page.getByRole('button', { name: 'Mia Ledersen' }).click()
  await see('Kapasitet')
  t.pass('she comes back to the page that she asked for')
  await page.getByRole('button', { name: /Mia Ledersen/ }).click()
  await page.getByRole('button', { name: 'Logg ut alle steder' }).click()
  await page.waitForURL(`${provider.issuer}/**`)
  await page.getByRole('button', { name: 'Logg ut' }).click()
  await see('Logg inn')
  await page.getByRole('link', { name: 'Logg inn' }).click()
  await page.getByRole('heading', { name: 'Hvem er du?' }).waitFor()
  t.pass('signed out here and there')
})
