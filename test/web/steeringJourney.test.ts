import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'
import { startWorking } from '../support/queue.ts'

/** Needs of Grünerløkka that are long over, so that her own growth can be told beside the city's. */
const PAST_NEEDS = `
  insert into need (household_id, holding_district, responsible_district, status, started_at, registered_at, ended_at, ended_reason, forms)
  select h.id, h.holding_district, h.holding_district, 'closed', past.since::timestamptz, past.since::timestamptz, past.until::timestamptz,
    'housed', '{colocated_24h}'
  from (values ('2019-06-01', '2021-02-01', 24), ('2024-12-01', '2026-01-15', 48)) as past (since, until, count)
  cross join lateral (select id, holding_district from household where holding_district = '030102' order by id limit past.count) h`

t.test(
  'a manager sees the city’s growth and her own, opens the records, reads the shortage group, acknowledges and prints',
  async (t) => {
    const { page, openPage, see, signIn, accessible, complaints, urls, deps, owner, signedInAs } = await visit(t)
    const { rowCount } = await owner.query(PAST_NEEDS)
    t.equal(rowCount, 72)
    const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
    t.teardown(() => queue.stop())
    const planner = await signedInAs({ role: 'planner' })
    const { id } = (await planner.post('/matching-runs', {}, { 'idempotency-key': 'journey' })).json<{ id: string }>()
    for (let status = 'queued'; status !== 'completed'; ) {
      status = (await planner.get(`/matching-runs/${id}`)).json<{ status: string }>().status
      if (status === 'failed') throw new Error('the run failed')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
    await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting, true))
    await jobs.destroy()

    await signIn('Avdelingsleder i bydel, Grünerløkka')
    await openPage('Varsler')
    await see('Varsler')
    const growth = () =>
      page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Behovet vokser/ }) })

    // the city's 87 per cent as its source says it, beside what is computed
    await page.getByLabel('Gjelder').selectOption({ label: 'Hele byen samlet' })
    await growth()
      .getByText(/^Hele byen: \d+ prosent, beregnet\./)
      .waitFor()
    await growth()
      .getByRole('button', { name: /^Slik er det målt/ })
      .click()
    await growth()
      .getByRole('row', { name: /Vekst fra 2020 til 2024, oppgitt av kilden 87 prosent/ })
      .waitFor()

    // her own beside it and not instead of it
    await page.getByLabel('Gjelder').selectOption({ label: 'Grünerløkka' })
    await growth()
      .getByText(/^Grünerløkka: \d+ prosent, beregnet\./)
      .waitFor()
    await growth()
      .getByRole('button', { name: /^Se hva som ligger bak/ })
      .click()
    const record = growth()
      .getByRole('listitem')
      .filter({ hasText: /Behovet ble registrert/ })
      .first()
    const name = (await record.getByRole('link').innerText()).trim()
    await record.getByRole('link').click()
    await see('Sammenlign plasser')
    await page.goBack()
    await see('Varsler')

    await openPage('Byoversikt')
    await see('Byoversikt')
    await page.getByRole('link', { name: /^Grünerløkka/ }).click()
    await see('Byoversikt: Grünerløkka')
    const groups = page.getByRole('region', { name: 'Grupper som plassene ikke strekker til for' })
    const group = groups.getByRole('listitem').first()
    await group.getByText(/blir uten, uansett hvem som flytter\./).waitFor()
    await group.getByRole('button', { name: /^Vis dine i gruppen/ }).click()
    await group
      .getByText(/, hasteklasse \d: fikk (ikke )?forslag/)
      .first()
      .waitFor()
    await accessible('the shortage groups of a bydel')

    await page.getByRole('link', { name: 'Varsler for bydelen' }).click()
    await see('Varsler')
    await growth()
      .getByRole('button', { name: /^Svar på varselet/ })
      .click()
    await growth().getByRole('radio', { name: 'Vi har sett det' }).check()
    await growth().getByLabel('Kommentar (valgfritt)').fill('Meldt inn i boligplanen')
    await growth().getByRole('button', { name: 'Send svar' }).click()
    await growth().getByText('Sett', { exact: true }).waitFor()
    await growth()
      .getByRole('button', { name: /^Hva som er gjort/ })
      .click()
    await growth()
      .getByText(/«Meldt inn i boligplanen»/)
      .waitFor()

    await openPage('Boligtrappen')
    await see('Boligtrappen i Bydel Grünerløkka')
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes')
    })
    await page.getByRole('button', { name: 'Skriv ut katalogen' }).click()
    await page.locator('body[data-printed]').waitFor()
    await page.emulateMedia({ media: 'print' })
    const paper = await page.getByRole('main').innerText()
    t.match(paper, /Trinn 2: Samlokalisert bolig/)
    t.notMatch(paper, /Varsler for bydelen/)
    t.notOk(paper.includes(name), 'nobody is on the paper')
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    t.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, 'and it prints on one page')
    t.same(complaints, [])
  },
)
