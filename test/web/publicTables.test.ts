import { readFileSync } from 'node:fs'
import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { publishTables } from '../../src/db/publicTables.ts'
import type { PublicTable } from '../../src/web/api/publicTables.ts'
import { gridOf } from '../../src/web/pages/publicTables/grid.ts'
import { TODAY } from '../support/app.ts'
import { visit } from '../support/browser.ts'

t.test('cells as rows of districts, with sums of what stands there', async (t) => {
  const cell = (district: string, step: number, count: object) =>
    ({ district, districtName: district, step, stepName: `Trinn ${step}`, ...count }) as PublicTable['items'][number]
  t.match(
    gridOf({
      items: [
        cell('x', 2, { places: 3 }),
        cell('x', 1, { places: 1 }),
        cell('x', 2, { places: 4 }),
        cell('y', 2, { people: 5 }),
      ],
    }),
    {
      steps: [{ step: 1 }, { step: 2 }],
      rows: [
        { district: 'x', counts: [1, 7], sum: 8 },
        { district: 'y', counts: [0, 5], sum: 5 },
      ],
      sums: [1, 12],
      total: 13,
    },
  )
})

t.test('anybody reads the tables without signing in', async (t) => {
  const { page, see, accessible, narrow, complaints, origin, urls } = await visit(t)
  await page.goto(`${origin}/apne-tall`)
  await see('Åpne tall')
  await page.getByText('Ingen måned er publisert ennå').waitFor()
  const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
  await asActor(jobs, null, TODAY, publishTables)
  await jobs.destroy()
  await page.goto(`${origin}/logg-inn`)
  await page.getByRole('link', { name: 'Åpne tall, uten å logge inn' }).click()
  await see('Åpne tall')
  await page.getByRole('heading', { name: 'Hvor mange som venter på bolig' }).waitFor()
  const waiting = page.getByRole('table', { name: /venter på bolig/ })
  for (const text of await waiting.getByRole('cell').allInnerTexts())
    t.equal(Number(text.replaceAll(/\s/g, '')) % 5, 0, text)
  t.equal(await waiting.getByRole('row').count(), 17)
  await page.getByRole('heading', { name: 'Hvor mange plasser som finnes' }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Last ned ventende (CSV)' }).click(),
  ])
  t.equal(file.suggestedFilename(), 'ventende-2026-08-31.csv')
  t.match(readFileSync(await file.path(), 'utf8'), /"Bydel";"Trinn"/)
  await accessible('the tables for everybody')
  await narrow('the tables for everybody')
  t.same(complaints, [])
})
