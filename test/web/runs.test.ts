import t from 'tap'
import { keepLivingCity } from '../../src/jobs/livingCity.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'
import { startWorking } from '../support/queue.ts'

t.test(
  'a planner finds the best moves, an officer reads what they give her people, a manager reads the queue',
  async (t) => {
    const { page, openPage, see, signIn, signOut, accessible, narrow, complaints, deps, urls, signedInAs } =
      await visit(t)
    const queue = await startWorking({ urls, deps }, (line) => complaints.push(`queue: ${line}`))
    // stopped before the database is dropped
    t.teardown(() => queue.stop())
    const city = keepLivingCity({ url: urls.jobUrl }, TODAY, deps.changes)
    deps.livingCity = city
    t.teardown(() => city.close())

    await signIn('Planlegger')
    await openPage('Kjøringer')
    await see('Kjøringer')
    await page.getByText('Ingen kjøringer ennå').waitFor()
    await accessible('the runs, before the first')
    await page.getByRole('button', { name: 'Finn beste flyttinger for byen' }).click()
    await see('Kjøring for hele byen')
    await page.getByRole('heading', { name: 'Sammenlignet med andre måter' }).waitFor({ timeout: 60_000 })
    const compared = page.getByRole('region', { name: 'Sammenligning av måter å fordele plasser på' })
    t.equal(await compared.getByRole('row').count(), 5, 'the best moves stand beside three other ways')
    t.match(
      await page.getByText(/^Det beste settet av flyttinger gir plass til/).textContent(),
      /\d/,
      'what the comparison says is said in a sentence',
    )
    const short = page.locator('section', {
      has: page.getByRole('heading', { name: 'Der plassene ikke strekker til' }),
    })
    await short.getByText(/^Minst .* blir uten plass, uansett hvem som flytter/).waitFor()
    t.ok((await short.getByRole('heading', { name: /^Gruppe \d+:/ }).count()) > 0, 'where places are too few is said')
    t.equal(await short.getByRole('button', { name: /^Vis dine/ }).count(), 0, 'a planner opens nobody')
    const parts = page.getByRole('navigation', { name: 'På denne siden' }).getByRole('link')
    t.equal(await parts.count(), 7)
    for (const part of await parts.all()) {
      const id = ((await part.getAttribute('href')) ?? '').slice(1)
      t.equal(await page.locator(`#${id}`).innerText(), await part.innerText(), 'the contents lead to their headings')
    }
    await accessible('the result for the city')
    await narrow('the result for the city')
    const run = page.url()

    await openPage('Én plass til')
    await see('Hvor én plass til hjelper mest')
    await page.getByText(/^Mest hjelper .* i Bydel /).waitFor()
    const tiles = page.locator('.tiles').getByRole('link')
    t.equal(await tiles.count(), 15, 'every bydel has its best place')
    const inCity = page.getByRole('table', { name: 'Hvor mange flere som får plass' })
    t.equal(await inCity.getByRole('columnheader').count(), 16)
    await page.getByRole('heading', { name: 'Hvem som flytter da' }).waitFor()
    await page.getByRole('heading', { name: 'Grupper som plassene ikke strekker til for' }).waitFor()
    await accessible('where one more place helps')
    await tiles.filter({ hasText: 'Alna' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/bydel=(%22)?030112/)
    await inCity.waitFor({ state: 'detached' })
    const inAlna = page.getByRole('table', { name: 'Én plass til i Bydel Alna' })
    const best = await inAlna.innerText()
    await page.getByLabel('Boligform', { exact: true }).selectOption({ label: 'Kommunal bolig' })
    await page.waitForURL(/boligform=municipal/)
    t.equal(await inAlna.getByRole('row').count(), 2, 'one form is left')
    await narrow('prices')
    await openPage('Byoversikt')
    for (const title of ['De fem som gir flest en plass', 'De fem der hullet koster minst etterpå']) {
      const five = page.getByRole('table', { name: title })
      await five.waitFor()
      t.equal(await five.getByRole('row').count(), 6)
      t.match(await five.innerText(), /får plass: .* i hasteklasse \d/)
    }

    await openPage('Prøv en regelendring')
    await see('Prøv en regelendring')
    await page.getByText('Ingen utkast er prøvd ennå').waitFor()
    await page.getByText('Hvem som kommer først').click()
    await page.getByRole('button', { name: /^Flytt Klasse 2: .* opp$/ }).click()
    await page.getByRole('button', { name: 'Prøv utkastet' }).click()
    await page.getByRole('link', { name: /sosialtjenesteloven § 27/ }).waitFor()
    await page.getByRole('button', { name: /^Flytt Klasse 2: .* ned$/ }).click()
    await page.getByLabel('Flest flyttinger i én boligkjede').fill('1')
    await page.getByText('Krav og ønsker').click()
    await page.getByRole('checkbox', { name: 'Bydelen botilbudet er for' }).check()
    await accessible('a draft of the policy')
    await page.getByRole('button', { name: 'Prøv utkastet' }).click()
    await see('Utkast mot regelen som gjelder')
    await page.getByRole('heading', { name: 'Hvem som vinner og taper' }).waitFor()
    const byDistrict = page.getByRole('region', { name: 'Etter bydel, tabell' })
    t.ok((await byDistrict.getByRole('row').count()) > 3, 'all districts for a planner')
    await page.getByRole('region', { name: 'Målt hensyn for hensyn, tabell' }).waitFor()
    await page.getByLabel('Hvorfor bør byen fordele plasser slik?').fill('Kjedene blir for lange')
    await page.getByRole('button', { name: 'Foreslå å ta i bruk' }).click()
    await page.getByText(/^Foreslått av .*«Kjedene blir for lange»$/).waitFor()
    await page.getByRole('button', { name: 'Foreslå å ta i bruk' }).waitFor({ state: 'detached' })
    t.equal(await page.getByRole('button', { name: 'Ta i bruk', exact: true }).count(), 0, 'somebody else decides')
    await accessible('a draft that was tried')
    await narrow('a draft that was tried')
    const trial = page.url()
    await signOut()

    await signIn('Boligkonsulent, Alna')
    await page.goto(run)
    await page.getByRole('heading', { name: 'Forslag til plass' }).waitFor()
    const people = page.locator('section', { has: page.getByRole('heading', { name: 'Forslag til plass' }) })
    t.ok((await people.getByRole('heading', { level: 3 }).count()) > 0, 'some of her people are proposed a place')
    await people
      .getByRole('button', { name: /Hvorfor denne plassen/ })
      .first()
      .click()
    await people
      .getByText(/^Hasteklasse \d: /)
      .first()
      .waitFor()
    const toChain = people.getByRole('link', { name: /^Se boligkjeden/ }).first()
    if ((await toChain.count()) > 0) {
      const id = ((await toChain.getAttribute('href')) ?? '').slice(1)
      await toChain.click()
      await page.waitForFunction((chain) => document.activeElement?.id === chain, id)
      t.match(await page.locator(`#${id}`).innerText(), /kan flytte inn i/, 'a proposal leads to its chain')
    }
    const own = page.getByRole('button', { name: /^Vis dine i gruppen/ }).first()
    await own.click()
    await page
      .getByText(/, hasteklasse \d: fikk (ikke )?forslag/)
      .first()
      .waitFor()
    await accessible('an officer’s part of the result')
    await narrow('an officer’s part of the result')
    await people.getByRole('heading', { level: 3 }).first().getByRole('link').click()
    await see('Sammenlign plasser')
    await page
      .getByRole('region', { name: 'Hvis hele byen ble fordelt nå' })
      .getByText(/^Behovet ville fått forslag om |^Behovet ville ikke fått noe forslag\./)
      .waitFor()
    await signOut()

    await signIn('Avdelingsleder i bydel, Alna')
    await openPage('Én plass til')
    await see('Hvor én plass til hjelper mest')
    const hers = page.getByRole('table', { name: 'Én plass til i Bydel Alna' })
    t.equal(await hers.innerText(), best, 'a manager reads the same of her own bydel')
    t.equal(await page.locator('.tiles').count(), 0, 'and of no other')

    await page.goto(trial)
    await page.getByRole('heading', { name: 'Dine det betyr noe for' }).waitFor()
    t.equal(await byDistrict.getByRole('row').count(), 2, 'her own bydel and no other')
    t.equal(await page.getByRole('region', { name: 'Målt hensyn for hensyn, tabell' }).count(), 0)
    t.equal(await page.getByRole('textbox').count(), 0, 'she reads, and decides nothing')
    await accessible('a manager’s part of a draft')
    const administrator = await signedInAs({ role: 'administrator', name: 'Adam Administrator' })
    const adopted = await administrator.post(
      `/policy-trials/${trial.split('/').at(-1)}/adoption`,
      { note: 'Sett på tallene' },
      { 'if-match': '"2"' },
    )
    t.equal(adopted.statusCode, 201, adopted.body)
    await page.getByRole('link', { name: 'Prøv en regelendring' }).first().click()
    await see('Prøv en regelendring')
    await page.getByText('Utgave 2, gjelder fra 1. september 2026 (gjelder nå)').waitFor()

    await openPage('Venteliste')
    await see('Venteliste')
    const queueTable = page.getByRole('region', { name: 'Venteliste' })
    t.match(await queueTable.getByRole('row').nth(1).textContent(), /^1.*målet.*Først/, 'the first has a reason')
    await page
      .getByRole('button', { name: /Hvorfor ikke meg før/ })
      .nth(1)
      .click()
    await page
      .getByText(/^Foran står 1 i hasteklasse/)
      .first()
      .waitFor()
    await accessible('the queue')
    await page.getByLabel('Boligform').selectOption({ label: 'Kommunal bolig' })
    await page.waitForURL(/boligform=/)
    await narrow('the queue')
    t.same(complaints, [], 'nothing complained')
  },
)
