import { mkdirSync } from 'node:fs'
import t from 'tap'
import { recordVerification, sealLog, verifyLog } from '../../src/db/auditSeals.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import {
  aboutInWords,
  byInWords,
  changeInWords,
  hoursInWords,
  readInsightSearch,
  timesInWords,
  writtenInWords,
} from '../../src/web/pages/insight/insightWords.ts'
import { momentInWords } from '../../src/web/ui/days.ts'
import { counted } from '../../src/web/ui/numbers.ts'
import { visit } from '../support/browser.ts'

t.test('moments, looks and changes in words', async (t) => {
  t.equal(momentInWords('2026-09-01T12:05:00Z'), '1. september 2026 kl. 14:05')
  t.equal(momentInWords('2026-08-31T22:30:00Z'), '1. september 2026 kl. 00:30', 'in Oslo')
  t.equal(hoursInWords({ firstAt: '2026-09-01T12:05:00Z', lastAt: '2026-09-01T12:05:30Z' }), 'kl. 14:05')
  t.equal(hoursInWords({ firstAt: '2026-09-01T12:05:00Z', lastAt: '2026-09-01T13:20:00Z' }), 'kl. 14:05–15:20')
  t.equal(timesInWords(1), 'én gang')
  t.equal(timesInWords(6), '6 ganger')
  const event = {
    kind: 'hidden_record',
    about: 'behov',
    record: 'Behov',
    recordId: '019a0000-0000-7000-8000-0123456789ab',
    detail: null,
  }
  t.equal(aboutInWords(event as Parameters<typeof aboutInWords>[0]), 'behov …456789ab')
  t.equal(
    aboutInWords({ ...event, about: 'papirer' } as Parameters<typeof aboutInWords>[0]),
    'papirer: behov …456789ab',
  )
  t.equal(
    aboutInWords({ ...event, kind: 'export', detail: 'xlsx' } as Parameters<typeof aboutInWords>[0]),
    'behov som xlsx',
  )
  const change = { by: 'Berit', roleName: 'Boligkonsulent', record: 'Behov', action: 'update' } as Parameters<
    typeof byInWords
  >[0]
  t.equal(`${changeInWords(change)} ${byInWords(change)}`, 'Behov endret av Berit, boligkonsulent')
  t.equal(byInWords({ ...change, by: null }), 'av systemet')
  t.strictSame(readInsightSearch({ vis: 'filer' }), { vis: 'filer' })
  t.strictSame(readInsightSearch({ vis: 'toString' }), {})
  const id = '019a0000-0000-7000-8000-0123456789ab'
  t.strictSame(readInsightSearch({ person: id, ansatt: id }), { ansatt: id, person: id })
  t.strictSame(readInsightSearch({ person: '17858012345', ansatt: '%' }), {}, 'a number is no id')
  t.equal(counted(1, 'bolk', 'bolker'), '1 bolk')
  t.equal(counted(1200, 'rad', 'rader'), `1${String.fromCodePoint(0xa0)}200 rader`)
  t.equal(writtenInWords('2026-09-01T12:05:00Z', '2026-09-01T12:06:00Z'), null)
  t.equal(
    writtenInWords('2026-09-01T12:05:00Z', '2026-11-30T12:06:00Z'),
    'Skrevet 30. november 2026 kl. 13:06',
    'where the demo’s date stands still',
  )
})

t.test(
  'a planner opens an officer’s case by its address and finds nothing; the auditor sees the attempt',
  async (t) => {
    const { page, see, openPage, signIn, signOut, accessible, narrow, complaints, origin, owner, urls } = await visit(t)
    const picture = async (name: string) => {
      if (process.env.SHOTS === undefined) return
      mkdirSync(process.env.SHOTS, { recursive: true })
      await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
    }
    const { rows } = await owner.query<{ id: string }>(
      "select n.id from need n where n.status = 'registered' and n.holding_district = '030112' order by n.id limit 1",
    )
    const needId = rows[0]?.id ?? ''
    // somebody of another bydel helped her in an emergency, and her manager has not gone through it yet
    const { rows: glasses } = await owner.query<{ id: string; resident_id: string }>(
      `with asked as (insert into break_glass (resident_id, holding_district, protection, requested_by, reason, opened_at, ends_at, closed_at)
         select r.id, r.holding_district, 'none', a.id, 'Ligger bevisstløs på legevakten nå.', now(), now() + interval '1 hour', now()
         from need n join resident r on r.household_id = n.household_id, account a
         where n.id = $1 and a.username = 'officer_grunerlokka' order by r.id limit 1 returning id, resident_id, requested_by)
       insert into showing (actor_id, actor_role, resident_id, holding_district, record, record_id, purpose, method, route, trace_id, occurred_at)
         select requested_by, 'housing_officer', resident_id, '030112', 'break_glass', id, 'emergency', 'GET', '/', 'x',
           '2026-09-01T08:00:00Z' from asked returning record_id as id, resident_id`,
      [needId],
    )
    const [glass] = glasses

    await signIn('Boligkonsulent, Alna')
    await page.goto(`${origin}/behov/${needId}`)
    await see('Sammenlign plasser')
    await page.getByRole('link', { name: /^Innsyn i saken/ }).click()
    await see('Innsyn i saken')
    await page.getByRole('cell', { name: /Behov/ }).first().waitFor()
    await page.getByRole('heading', { name: 'Endringer i behovet' }).waitFor()
    await accessible('the insight into a case')
    await picture('case')
    await narrow('case')
    await signOut()

    await signIn('Planlegger')
    const pageOf = async (id: string) => {
      await page.goto(`${origin}/behov/${id}`)
      await see('Vi finner ikke siden')
      return page.getByRole('main').innerText()
    }
    t.equal(
      await pageOf(needId),
      await pageOf('019a0000-0000-7000-8000-000000000000'),
      'the same as of one that is missing',
    )
    await signOut()

    const jobs = openPool(urls.jobUrl, { max: 1 })
    const job = openDatabase(jobs)
    await sealLog(job, 'showing', '0')
    await recordVerification(job, await verifyLog(job, 'showing'))
    await jobs.end()
    await signIn('Revisor')
    await openPage('Innsyn')
    await see('Innsyn')
    const attempt = page
      .getByRole('row')
      .filter({ hasText: 'Ble nektet tilgang' })
      .filter({ hasText: `…${needId.slice(-8)}` })
    await attempt.first().waitFor()
    t.match(await attempt.first().innerText(), /Planlegger i Velferdsetaten/)
    await page.getByText('Urørt', { exact: true }).waitFor()
    t.equal(await page.getByText('Ikke kontrollert ennå').count(), 1, 'the other log has not been')
    await accessible('the auditor’s insight')
    await picture('auditor')
    await narrow('auditor')
    await page.getByLabel('Vis').selectOption('Filer som er hentet ut')
    await page.getByText('Ingen slike hendelser er registrert.').waitFor()
    t.match(page.url(), /vis=filer/)
    await page.getByLabel('Personens id').fill('17858012345')
    await page.getByRole('button', { name: 'Finn' }).click()
    await page.getByText('Dette er ikke en id.').waitFor()
    t.notMatch(page.url(), /17858012345|person=/, 'a number never stands in an address')
    await page.getByLabel('Personens id').fill(glass?.resident_id ?? '')
    await page.getByRole('button', { name: 'Finn' }).click()
    await page.getByText(/^Viser bare hvem som har sett person …/).waitFor()
    t.match(page.url(), new RegExp(`person=${glass?.resident_id}`))
    const look = page.getByRole('row').filter({ hasText: 'Nødåpning' })
    await look.getByRole('link', { name: /^Se nødåpningen/ }).click()
    await see('Nødåpning')
    const card = page.getByRole('listitem').filter({ hasText: 'Ligger bevisstløs på legevakten nå.' })
    await card.waitFor()
    t.equal(await card.evaluate((element) => element === document.activeElement), true, 'the one it is about')
    await page.goBack()
    await page.getByRole('link', { name: 'Vis alle' }).click()
    await page.getByText(/^Viser bare/).waitFor({ state: 'detached' })
    t.match(page.url(), /vis=filer$/)
    await signOut()

    await signIn('Avdelingsleder i bydel, Alna')
    await openPage('Innsyn')
    await see('Innsyn')
    await page.getByRole('heading', { name: 'Data som er gamle eller mangler' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'Behov og kartlegging' }).first().waitFor()
    t.equal(
      await page.getByRole('heading', { name: 'Sikkerhetshendelser' }).count(),
      0,
      'what was refused is the auditor’s',
    )
    await accessible('a manager’s insight')
    await picture('manager')
    await narrow('manager')
    await page.goto(`${origin}/behov/${needId}/innsyn`)
    await page.getByRole('heading', { name: 'Arkiv' }).waitFor()
    await page.getByText('Husstanden har et åpent behov. Avslutt det først.').waitFor()
    await accessible('a manager’s insight into a case')
    await picture('manager-case')
    await openPage('Nødåpning')
    await page.getByRole('heading', { name: 'Venter på deg' }).waitFor()
    await accessible('what a manager goes through')
    await picture('manager-glasses')
    await narrow('manager-glasses')
    t.same(complaints, [])
  },
)
