import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { readCsv } from '../../src/features/imports/csv.ts'
import { readXlsx } from '../../src/features/imports/xlsx.ts'
import { openZip } from '../../src/features/imports/zip.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** More than one page of an export. */
const MANY = 130

const tested = await testApp(t)
const { app, urls } = tested
const given = fixturesOf(tested)
const officer = await tested.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await tested.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })

const house = await given.facility({ name: '=HYPERLINK("http://example.invalid","Klikk")' })
for (let n = 0; n < MANY; n += 1) {
  const person = await given.resident(ALNA, { name: `Hemmelig Navnesen ${n}` })
  await given.livesIn(person, await given.place(house, { label: `+${n}` }))
  await given.need(person, { forms: ['vel_care'] })
}
const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting, true))
await jobs.destroy()
const queue = await startWorking(tested)
const planner = await tested.signedInAs({ role: 'planner' })
const { id: run } = (await planner.post('/matching-runs')).json<{ id: string }>()
await ended(planner, `/matching-runs/${run}`)
await queue.stop()

const asked = (client: Client, path: string, accept: string) =>
  app.inject({ url: `/api/v1${path}`, headers: { accept, cookie: `boligtrapp_session=${client.cookie}` } })

async function rowsOf(batches: AsyncGenerator<{ cells: readonly string[] }[]>): Promise<Record<string, string>[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of batches) for (const { cells } of batch) rows.push(cells)
  const [names = [], ...others] = rows
  return others.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
}

const OWN_RUN = `/matching-runs/${run}`
/** Lists that have rows here, and lists that have none; of a table the last is that it counts. */
const FULL = [
  '/stays',
  '/waiting-lists',
  '/flags',
  '/shortages',
  '/facilities',
  '/places',
  '/occupancy',
  '/needs',
  '/matching-runs',
  `${OWN_RUN}/unmet`,
]
const EMPTY = [
  '/offers',
  '/referrals',
  '/tasks',
  '/chains',
  '/capacity-changes',
  '/home-commitments',
  '/support-teams',
  '/cross-district-quotas',
  '/call-offs',
  '/unpriced-stays',
  '/suppliers',
  '/framework-agreements',
  `${OWN_RUN}/proposals`,
  `${OWN_RUN}/chains`,
]

t.test('every list comes whole as CSV and XLSX, without a name, without a formula', async (t) => {
  for (const path of [...FULL, ...EMPTY]) {
    const csv = await asked(officer, path, CSV)
    t.equal(csv.statusCode, 200, path)
    t.match(csv.headers['content-disposition'], /^attachment; filename="[a-z-]+-2026-09-01\.csv"$/, path)
    t.equal(csv.headers.vary, 'accept')
    const told = await rowsOf(readCsv(Buffer.from(csv.body)))
    t.equal(told.length > 0, FULL.includes(path), `${path} has rows`)
    t.notMatch(csv.body, /Hemmelig|Navnesen/, `${path} names nobody`)
    for (const cell of csv.body.split(/[\r\n;]+/).map((part) => part.replace(/^\uFEFF?"/, '')))
      if (!/^-?\d/.test(cell)) t.notMatch(cell, /^[=+\-@＝]/, `${path}: ${cell}`)
    const xlsx = await asked(officer, path, XLSX)
    t.same(await rowsOf(readXlsx(xlsx.rawPayload)), told, `${path} is the same as XLSX`)
    const zip = await openZip(xlsx.rawPayload)
    let sheet = ''
    for await (const part of zip.read('xl/worksheets/sheet1.xml', 10_000_000)) sheet += part
    t.notMatch(sheet, /<f[ >]/, `${path} holds no formula`)
    t.equal((await asked(officer, path, 'application/pdf')).statusCode, 406, path)
    t.equal((await asked(officer, path, 'application/vnd.json-stat+json')).statusCode, 406, `${path} is no aggregate`)
  }
})

t.test('all pages of it, each row once, while JSON stays a page', async (t) => {
  const stays = await rowsOf(readCsv(Buffer.from((await asked(officer, '/stays?limit=10', CSV)).body)))
  t.equal(stays.length, MANY)
  t.equal(new Set(stays.map(({ Plass }) => Plass)).size, MANY)
  t.match(stays[0], { Bydel: 'Alna', Boligform: 'Kommunal bolig', Fra: '2025-01-01', Til: '' })
  const page = (await officer.get('/stays?limit=10')).json<{ items: unknown[]; nextCursor: string | null }>()
  t.equal(page.items.length, 10)
  t.ok(page.nextCursor)
  const waiting = await rowsOf(readCsv(Buffer.from((await asked(officer, '/waiting-lists', CSV)).body)))
  t.equal(waiting.length, MANY)
  t.same(
    waiting.slice(0, 3).map((row) => row['Plass i køen']),
    ['1', '2', '3'],
  )
  t.equal('nextCursor' in (await officer.get('/waiting-lists')).json<object>(), false, 'the queue has no pages')
})

t.test('stays without persons: no id of anybody either', async (t) => {
  const { items } = (await officer.get('/stays?limit=100')).json<{
    items: { id: string; residentId: string; householdId: string }[]
  }>()
  const body = (await asked(officer, '/stays', CSV)).body
  for (const { id, residentId, householdId } of items)
    for (const one of [id, residentId, householdId]) t.notOk(body.includes(one))
})

t.test('another bydel’s list is empty, and a filter is one of the export too', async (t) => {
  for (const path of ['/stays', '/waiting-lists']) {
    const lines = (await asked(neighbour, path, CSV)).body.trim().split('\r\n')
    t.equal(lines.length, 1, `${path}: the heading alone`)
  }
  const departed = (await asked(officer, '/stays?state=departed', CSV)).body.trim().split('\r\n')
  t.equal(departed.length, 1)
  t.equal((await asked(planner, '/stays', CSV)).statusCode, 403)
  t.equal((await asked(officer, '/stays?state=andre', CSV)).statusCode, 400)
})

/** Addresses that answer with `items` and with no file, by why. What is new and is none of these comes as a file. */
const NO_FILE: Readonly<Record<string, readonly string[]>> = {
  'words, rules and lists of what there is, which are no figures about the city': [
    '/capacity/measures',
    '/districts',
    '/expansion-plans',
    '/forecasts',
    '/housing-forms',
    '/import-kinds',
    '/legal-tracks',
    '/placement-transitions',
    '/policies',
    '/policy-trials',
    '/public-tables',
    '/reason-codes',
    '/return-schedules',
    '/rules',
    '/scenario-comparisons',
    '/scenarios',
    '/scenarios/{id}/versions',
    '/statistics',
    '/statistics/tables',
  ],
  'who they are and what is written of them, of which nothing would be left without names': [
    '/break-glass',
    '/circles',
    '/data-gaps',
    '/decision-alarms',
    '/flags/{id}/records',
    '/gap-people',
    '/holds',
    '/landlords',
    '/quality-notes',
    '/residents/{id}/consents',
    '/residents/{id}/never-together',
    '/return-plans',
    '/return-plans/without-plan',
    '/return-plans/{id}/events',
    '/return-plans/{id}/homes',
    '/shortages/{runId}/{number}/needs',
    '/workday',
  ],
  'one case, read where it is decided': [
    '/needs/{id}/assessments',
    '/needs/{id}/changes',
    '/needs/{id}/decisions',
    '/needs/{id}/events',
    '/needs/{id}/letters',
    '/needs/{id}/matches',
    '/needs/{id}/readiness',
    '/needs/{id}/rights-of-return',
    '/places/{id}/closures',
    '/places/{id}/matches',
    '/referrals/{id}/places',
    '/residents/{id}/changes',
    '/residents/{id}/showings',
    '/stays/{id}/events',
  ],
}

interface Described {
  paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> } }>
  components: { schemas: Record<string, Schema> }
}
interface Schema {
  $ref?: string
  properties?: Record<string, { type?: string }>
}

t.test(
  'every address that answers with a list or a table offers it as CSV and XLSX, or is excepted with a reason',
  async (t) => {
    const file = join(import.meta.dirname, '../../openapi/openapi.json')
    const { paths, components } = JSON.parse(await readFile(file, 'utf8')) as Described
    const lists = Object.entries(paths).flatMap(([path, { get }]) => {
      const content = get?.responses['200']?.content ?? {}
      const schema = content['application/json']?.schema
      const body = schema?.$ref === undefined ? schema : components.schemas[schema.$ref.split('/').at(-1) ?? '']
      return body?.properties?.items?.type === 'array'
        ? [{ path: path.replace('/api/v1', ''), files: CSV in content && XLSX in content }]
        : []
    })
    t.ok(lists.length > 40, 'the description has lists')
    t.same(
      lists.flatMap(({ path, files }) => (files ? [] : [path])).toSorted(),
      Object.values(NO_FILE).flat().toSorted(),
      'give a new list its files with listInFormAsked, or a table with inFormAsked, or say here why it has none',
    )
  },
)
