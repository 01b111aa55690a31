import t from 'tap'
import type { OccupancySegment, PlaceOccupancy } from '../../src/web/api/types.ts'
import { chosenInWords, occupancyFilter, readOccupancySearch } from '../../src/web/pages/occupancy/search.ts'
import { rowInWords, segmentInShort, segmentInWords } from '../../src/web/pages/occupancy/segmentWords.ts'
import { summaryInWords } from '../../src/web/pages/occupancy/summaryWords.ts'
import { visit } from '../support/browser.ts'

const place = { openDuring: { from: '2020-01-01', to: null }, admitting: true }
const reason = (code: string) => (code === 'repair' ? 'Oppussing' : code)
const segment = (changes: Partial<OccupancySegment>): OccupancySegment => ({
  from: '2026-09-01',
  to: '2026-09-13',
  state: 'vacant',
  occupied: null,
  hold: null,
  closure: null,
  stay: null,
  ...changes,
})
const closure = { id: 'c', from: '2026-08-01', to: '2026-10-01', reason: 'repair', admits: false }

t.test('each state says itself in words, and what it hides', async (t) => {
  const said = (changes: Partial<OccupancySegment>, at = place) => segmentInWords(segment(changes), at, reason)
  t.equal(said({}), 'Ledig 12 dager')
  t.equal(segmentInShort(segment({ to: '2026-09-02' })), 'Ledig 1 dag')
  t.equal(said({}, { ...place, admitting: false }), 'Ledig 12 dager, men botilbudet tar ikke imot nå')
  t.equal(
    said({ closure: { ...closure, admits: true } }),
    'Ledig 12 dager, delvis sperret (oppussing), men kan tas i bruk',
  )
  t.equal(said({ state: 'closed', closure }), 'Sperret: oppussing, til 1. oktober 2026')
  const occupied = { from: '2025-01-01', to: null }
  const stay = { id: 's', expectedUntil: '2026-08-01', overdue: true }
  t.equal(said({ state: 'occupied', occupied }), 'Opptatt, ingen utflytting er registrert')
  t.equal(
    said({
      state: 'occupied',
      occupied,
      stay,
      hold: { from: '2026-09-01', to: null, expiresAt: null, reserved: false },
    }),
    'Opptatt, ingen utflytting er registrert, skulle etter planen flyttet 1. august 2026, holdt av for den neste',
  )
  t.equal(
    said({ state: 'held', hold: { from: '2026-09-01', to: null, expiresAt: '2026-09-05T22:00:00Z', reserved: false } }),
    'Holdt av mens et tilbud venter på svar, til 6. september 2026',
  )
  t.equal(
    said({ state: 'not_open' }, { ...place, openDuring: { from: '2026-09-13', to: null } }),
    'Åpner 13. september 2026',
  )
  t.equal(
    rowInWords(
      { ...place, segments: [segment({ to: '2026-09-02' }), segment({ state: 'closed', closure })] } as PlaceOccupancy,
      reason,
    ),
    '1. sep.: ledig 1 dag. 1. sep. – 12. sep.: sperret: oppussing, til 1. oktober 2026',
  )
})

t.test('what is shown stands in the address, and what is malformed is left out', async (t) => {
  const read = readOccupancySearch({
    bydel: 30112,
    uker: 13,
    vis: 'hull',
    som: 'tabell',
    fra: '2026-02-28',
    navn: 'Kari',
  })
  t.strictSame(read, { bydel: '030112', fra: '2026-02-28', uker: 13, vis: 'hull', som: 'tabell' })
  t.strictSame(readOccupancySearch({ uker: 9, vis: 'toString', fra: '2026-02-29', som: 'x', bydel: '1' }), {})
  t.strictSame(occupancyFilter(read, '2026-09-01', []), {
    from: '2026-02-28',
    to: '2026-05-30',
    district: '030112',
    only: 'gaps',
  })
  t.strictSame(occupancyFilter({ boligform: 'slott' }, '2026-09-01', [{ id: 'municipal' }]), {
    from: '2026-09-01',
    to: '2026-10-27',
  })
})

t.test('what is chosen is said on paper', async (t) => {
  const names = { form: () => 'Kommunal bolig', district: () => 'Alna' }
  t.equal(chosenInWords({}, names), 'Utvalg: alle boligformer, hele byen.')
  t.equal(
    chosenInWords({ boligform: 'municipal', bydel: '030112', vis: 'hull' }, names),
    'Utvalg: kommunal bolig, Bydel Alna, bare plasser: med ledige dager.',
  )
})

t.test('the timeline is also said in a sentence', async (t) => {
  const counts = {
    places: 3,
    placesWithGaps: 1,
    openDays: 100,
    occupiedDays: 80,
    heldDays: 5,
    closedDays: 5,
    vacantDays: 10,
  }
  t.match(
    summaryInWords({ from: '2026-09-01', to: '2026-10-01', ...counts }),
    /til og med 30\. september 2026: 3 plasser\. 1 av dem har ledige dager, til sammen 10 dager \(10 prosent/,
  )
  t.match(summaryInWords({ from: '2026-09-01', to: '2026-10-01', ...counts, placesWithGaps: 0 }), /Ingen av dem/)
  t.match(summaryInWords({ from: '2026-09-01', to: '2026-10-01', ...counts, places: 0 }), /ingen plasser\.$/)
})

t.test('an officer looks for gaps, in a bar, in words and on paper', async (t) => {
  const { page, context, openPage, see, signIn, accessible, narrow, complaints, owner } = await visit(t)
  // more than a screen holds
  await owner.query(
    `insert into place (facility_id, label, form, open_during)
     select (select id from facility order by name limit 1), 'Å' || n, 'municipal', (select open_during from facility order by name limit 1)
     from generate_series(1000, 1300) as n`,
  )
  await signIn('Boligkonsulent, Alna')
  await openPage('Belegg')
  await see('Belegg')
  const table = page.getByRole('table')
  await table.getByRole('img').first().waitFor()
  t.match(await page.getByText(/^Fra 1\. september 2026/).textContent(), /\d+ av dem har ledige dager/)
  t.ok((await table.locator('tbody tr[data-index]').count()) < 60, 'what is out of sight is not drawn')
  t.ok(Number(await table.getAttribute('aria-rowcount')) > 300, 'and it is said how many there are')
  await accessible('the timeline')

  await t.test('what is printed is fetched first, and it is said that it is', async (t) => {
    const wanted = Number(await table.getAttribute('aria-rowcount')) - 1
    t.ok(wanted > 200, 'more than one request brings')
    // the browser's dialog would stop the test; what stands on the page when it would open is what counts
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', document.body.innerText)
    })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/api/v1/occupancy?*cursor=*', async (route) => {
      await held
      await route.continue()
    })
    await page.emulateMedia({ media: 'print' })
    await page.getByText(/^Utskriften viser bare 200 av \d+ plassene\./).waitFor()
    await page.emulateMedia({ media: 'screen' })
    t.equal(await page.getByText(/^Utskriften viser bare/).isVisible(), false, 'said on paper alone')
    await page.getByRole('button', { name: 'Skriv ut' }).click()
    await page.getByText(`Henter plassene til utskriften: 200 av ${wanted} …`).waitFor()
    t.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-printed')), false, 'not before')
    release()
    const printed = await page.waitForFunction(() => document.documentElement.getAttribute('data-printed'))
    t.match(await printed.jsonValue(), `${wanted} av ${wanted} plasser`, 'all of them are there when it opens')
    await page.unroute('**/api/v1/occupancy?*cursor=*')

    await page.emulateMedia({ media: 'print' })
    await table
      .locator('tbody tr[data-index]')
      .nth(wanted - 1)
      .waitFor({ state: 'attached' })
    t.equal(await page.getByText(/^Utskriften viser bare/).count(), 0)
    await page.getByText('Utvalg: alle boligformer, hele byen.').waitFor()
    t.equal(await page.getByRole('button', { name: 'Skriv ut' }).isVisible(), false)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sheets = [...paper.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
    t.ok(sheets.every(([, w, h]) => Math.round(Number(w)) === 1191 && Math.round(Number(h)) === 842))
    t.ok(sheets.length > wanted / 60, `${sheets.length} sheets of A3 hold ${wanted} rows`)
    await page.emulateMedia({ media: 'screen' })
    await page.reload()
    await table.getByRole('img').first().waitFor()
  })

  await t.test('on the way down more is fetched, and a row that has focus stays', async (t) => {
    const first = table.getByRole('link').first()
    await first.focus()
    const said = await first.textContent()
    for (let i = 0; i < 8; i += 1) {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      await page.waitForTimeout(100)
    }
    await page.getByText(/Det er alle/).waitFor()
    t.equal(await page.evaluate(() => document.activeElement?.textContent), said)
    const rows = await table.locator('tbody tr[data-index]').count()
    t.ok(rows < 60, `${rows} rows are drawn`)
    await page.keyboard.press('Tab')
    await page.waitForFunction(() => window.scrollY < 2000)
    t.pass('and the way on goes from there')
  })

  await t.test('on paper every row stands', async (t) => {
    const wanted = Number(await table.getAttribute('aria-rowcount')) - 1
    await page.emulateMedia({ media: 'print' })
    await table
      .locator('tbody tr[data-index]')
      .nth(wanted - 1)
      .waitFor({ state: 'attached' })
    t.equal(await table.locator('tbody tr[data-index]').count(), wanted)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sizes = new Set(
      [...paper.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
        ([, w, h]) => `${Math.round(Number(w))}×${Math.round(Number(h))}`,
      ),
    )
    t.strictSame([...sizes], ['1191×842'], 'all of it on A3, lying')
    await page.emulateMedia({ media: 'screen' })
  })

  await t.test('the same in words, by filters that stand in the address', async (t) => {
    await page.getByLabel('Plasser', { exact: true }).selectOption({ label: 'Med ledige dager' })
    await page.waitForURL(/vis=hull/)
    await page.getByLabel('Vis som').selectOption({ label: 'Tabell med ord' })
    await page.waitForURL(/som=tabell/)
    await table
      .getByText(/Ledig \d+ dag/)
      .first()
      .waitFor()
    await accessible('the table')
    const address = page.url()
    await page.reload()
    await table
      .getByText(/Ledig \d+ dag/)
      .first()
      .waitFor()
    t.equal(page.url(), address)
    for (const view of ['tabell', '']) {
      await page.getByLabel('Vis som').selectOption(view)
      await narrow(`the occupancy, ${view}`)
    }
  })

  await t.test('what changes is followed, and what one is on stays where it is', async (t) => {
    await page.getByLabel('Plasser', { exact: true }).selectOption({ label: 'Alle' })
    const row = table.locator('tbody tr[data-index]').nth(5)
    await row.getByRole('img').first().waitFor()
    await row.getByRole('link').focus()
    const before = await row.boundingBox()
    const { rows } = await owner.query<{ place_id: string; label: string }>(
      `select p.id as place_id, p.label from place p where p.label = 'Å1000'`,
    )
    const added = page.waitForResponse((response) => response.url().includes('/api/v1/occupancy?'))
    await owner.query(
      `insert into closure (place_id, during, reason) values ($1, '[2026-09-01,2026-09-20)', 'repair')`,
      [rows[0]?.place_id],
    )
    await added
    await page.waitForTimeout(200)
    t.strictSame(await row.boundingBox(), before)
    t.ok(await row.getByRole('link').evaluate((link) => link === document.activeElement))
  })

  await t.test('what is too much for paper is asked to be narrowed', async (t) => {
    await owner.query(
      `insert into place (facility_id, label, form, open_during)
       select (select id from facility order by name limit 1), 'Ø' || n, 'municipal', (select open_during from facility order by name limit 1)
       from generate_series(1, 1000) as n`,
    )
    await page.getByText(/Viser .* av 1\s\d{3} plasser/).waitFor()
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '')
    })
    await page.getByRole('button', { name: 'Skriv ut' }).click()
    const alert = page.getByRole('alert')
    await alert
      .getByText(/^1\s\d{3} plasser er for mye å skrive ut\. Papiret tar høyst 1\s000\. Velg en boligform/)
      .waitFor()
    t.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-printed')), false)
    await accessible('what is too much')
    await page.getByLabel('Plasser', { exact: true }).selectOption({ label: 'Sperret' })
    await alert.waitFor({ state: 'detached' })
    await page.getByText(/^Viser/).waitFor()
    await page.getByRole('button', { name: 'Skriv ut' }).click()
    await page.waitForFunction(() => document.documentElement.hasAttribute('data-printed'))
    await page.getByLabel('Plasser', { exact: true }).selectOption({ label: 'Alle' })
    await owner.query(`delete from place where label like 'Ø%'`)
  })

  await t.test('after a lost connection the page catches up by itself', async (t) => {
    await page.getByLabel('Plasser', { exact: true }).selectOption({ label: 'Sperret' })
    await page.waitForURL(/vis=sperret/)
    await page.getByText(/^Viser/).waitFor()
    const closed = async () =>
      Number(/av ([\d\s]+) plasser/.exec((await page.getByText(/^Viser/).textContent()) ?? '')?.[1])
    const before = await closed()
    await context.setOffline(true)
    await owner.query(
      `insert into closure (place_id, during, reason)
       select id, '[2026-09-01,2026-09-20)', 'repair' from place where label = 'Å1001'`,
    )
    await page.waitForTimeout(500)
    t.equal(await closed(), before, 'nothing comes while there is no connection')
    await context.setOffline(false)
    await page.getByText(`av ${before + 1} plasser`).waitFor()
  })
  t.strictSame(complaints, [])
})
