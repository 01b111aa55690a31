import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { unpackInput } from '../../src/db/packedForecast.ts'
import type { Day } from '../../src/domain/day.ts'
import type { ScenarioChange } from '../../src/domain/forecast/changes.ts'
import { compare, prepareAll } from '../../src/domain/forecast/compare.ts'
import type { ForecastSeries } from '../../src/domain/forecast/forecast.ts'
import { readCsv } from '../../src/features/imports/csv.ts'
import { readXlsx } from '../../src/features/imports/xlsx.ts'
import { openZip } from '../../src/features/imports/zip.ts'
import { prepareQueue, startQueue } from '../../src/jobs/queue.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const UNTIL = '2027-03-01'
const tested = await testApp(t)
const { app, deps, owner, urls, signedInAs } = tested
const given = fixturesOf(tested)
for (const district of [ALNA, GRUNERLOKKA]) {
  const house = await given.facility({ district_code: district, serves: 'own_district' })
  for (let n = 0; n < 4; n += 1) {
    const place = await given.place(house, { form: 'colocated_24h' })
    if (n < 3) await given.livesIn(await given.resident(district), place)
    await given.need(await given.resident(district), { forms: ['colocated_24h'] })
  }
}
const planner = await signedInAs({ role: 'planner' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA] })

interface Comparison {
  id: string
  status: string
  progress: number
  error: string | null
  assumptions: { notes: string[] } | null
  members: { name: string; assumptions: string[] }[]
}
interface Series {
  asOf: string
  points: string[]
  series: (Omit<ForecastSeries, 'p10' | 'p50' | 'p90'> & {
    position: number
    kind: string
    p10: number[]
    p50: number[]
    p90: number[]
  })[]
}

const scenario = async (name: string, changes: ScenarioChange[]) =>
  (await planner.post('/scenarios', { name, changes })).json<{ id: string }>().id
const from = '2026-11-01' as Day
const OPEN: ScenarioChange[] = [{ kind: 'open_places', from, district: ALNA, form: 'colocated_24h', places: 6 }]
const MERGED: ScenarioChange[] = [
  {
    kind: 'redrawn_districts',
    from: '2027-01-01' as Day,
    districts: [{ code: '030120', name: 'Nye Alna' }],
    shares: [{ from: ALNA, to: '030120', share: 1 }],
  },
]
const [opening, empty, merged] = [
  await scenario('Åpne seks', OPEN),
  await scenario('Ingenting', []),
  await scenario('Nytt navn', MERGED),
]
const ask = async (body: object = {}) => {
  const scenarios = [opening, empty, merged].map((scenarioId) => ({ scenarioId }))
  const answer = await planner.post('/scenario-comparisons', { until: UNTIL, runs: 100, seed: 7, scenarios, ...body })
  return answer.json<Comparison>().id
}
const read = async (id: string) => (await manager.get(`/scenario-comparisons/${id}`)).json<Comparison>()
const madeOf = (id: string) => ended<Comparison>(manager, `/scenario-comparisons/${id}`)
const seriesOf = async (id: string, query = '') =>
  (await manager.get(`/scenario-comparisons/${id}/series${query}`)).json<Series>()

/** Which connection took what, as the database saw it. */
await owner.query(`
  create table taken (id uuid, by text);
  grant insert on taken to boligtrapp_job;
  create function note_taken() returns trigger language plpgsql as
    $$ begin insert into taken values (new.id, current_setting('application_name')); return null; end $$;
  create trigger note_taken after update on scenario_comparison for each row
    when (old.status = 'queued' and new.status = 'running') execute function note_taken()`)

t.test(
  'two processes share what is asked for, and whoever makes it makes the same, which can be made again',
  async (t) => {
    await prepareQueue(urls.ownerUrl, { url: urls.jobUrl })
    const adding = await startQueue({ url: urls.jobUrl }, undefined, () => {})
    deps.queue = adding
    const workers = ['en', 'to'].map((name) => {
      const url = new URL(urls.jobUrl)
      url.searchParams.set('application_name', name)
      const file = fileURLToPath(import.meta.resolve('./worker.ts'))
      return spawn(process.execPath, [file, url.href, TODAY, 'forecasts'], { stdio: ['ignore', 'pipe', 'inherit'] })
    })
    // both are there before there is anything to do
    await Promise.all(workers.map(({ stdout }) => once(stdout, 'data')))
    const ids = [
      await ask(),
      await ask(),
      await ask({ base: { scenarioId: opening }, scenarios: [{ scenarioId: empty }] }),
    ]
    try {
      for (const id of ids) t.match(await madeOf(id), { status: 'completed', progress: 1, error: null })
      const { rows } = await owner.query<{ by: string }>('select distinct by from taken order by 1')
      t.same(
        rows.map(({ by }) => by),
        ['en', 'to'],
        'both took some',
      )
    } finally {
      delete deps.queue
      for (const worker of workers) worker.kill('SIGTERM')
      await Promise.all(workers.map((worker) => once(worker, 'close')))
      await adding.stop()
    }

    const [one = '', other = '', turned = ''] = ids
    const all = await seriesOf(one)
    t.same(await seriesOf(other), all, 'whichever process it was')
    t.equal(all.points[0], TODAY)
    t.equal(all.points.at(-1), UNTIL)
    const differences = (position: number) =>
      all.series.filter((s) => s.kind === 'difference' && s.position === position)
    t.same(differences(2), [], 'an empty scenario is the base')
    t.same(differences(3), [], 'and so is one that gives a bydel another name')
    const more = differences(1).find((s) => s.measure === 'occupied' && s.district === null && s.form === 'all')
    t.equal(more?.p50[0], 0, 'today nothing differs')
    t.ok((more?.p90.at(-1) ?? 0) > 0 && (more?.p90.at(-1) ?? 9) <= 6, 'and then some of the six are lived in')
    const back = (await seriesOf(turned, '?kind=difference&measure=occupied&district=city&form=all')).series
    const minus = (values: number[] = []) => values.map((value) => 0 - value)
    t.equal(back.length, 1)
    t.same(back[0]?.p50.at(-1), minus(more?.p50).at(-1), 'the other way about it is as many fewer')
    const named = all.series.filter((s) => s.position === 3 && s.measure === 'occupied' && s.form === 'all')
    const of = (code: string) => named.find(({ district }) => district === code)?.p50
    t.same(
      of('030120'),
      of(ALNA)?.map((value, at) => ((all.points[at] ?? '') < '2027-01-01' ? null : value)),
    )

    const stored = await owner.query<{ input: Buffer }>('select input from scenario_comparison where id = $1', [one])
    const input = unpackInput(stored.rows[0]?.input ?? Buffer.alloc(0))
    const again = compare(
      prepareAll(input, { today: TODAY as Day, until: UNTIL as Day }, [[], OPEN, [], MERGED]),
      7,
      100,
    )
    const fround = (values: readonly (number | null)[]) => values.map((value) => value && Math.fround(value))
    const line = (position: number, kind: string, s: Pick<ForecastSeries, keyof ForecastSeries>) =>
      [position, kind, s.measure, s.district, s.form, ...[s.p10, s.p50, s.p90].map(fround)].join(' ')
    t.same(
      all.series.map((s) => line(s.position, s.kind, s)).toSorted(),
      [
        ...again.levels.flatMap((table, position) => table.map((s) => line(position, 'level', s))),
        ...again.differences.flatMap((table, at) => table.map((s) => line(at + 1, 'difference', s))),
      ].toSorted(),
      'what was kept gives the same again',
    )

    const file = (accept: string, query = '') =>
      app.inject({
        url: `/api/v1/scenario-comparisons/${one}/series${query}`,
        headers: { accept, cookie: `boligtrapp_session=${manager.cookie}` },
      })
    const rowsIn = async (batches: AsyncGenerator<{ cells: readonly string[] }[]>) => {
      const found: (readonly string[])[] = []
      for await (const batch of batches) for (const { cells } of batch) found.push(cells)
      return found
    }
    const query = `?measure=occupied&form=all&district=${ALNA}`
    const csv = await rowsIn(readCsv(Buffer.from((await file('text/csv', query)).body)))
    const workbook = await file(XLSX, query)
    t.same(await rowsIn(readXlsx(workbook.rawPayload)), csv, 'the same as XLSX')
    const own = (await seriesOf(one, query)).series
    t.equal(csv.length, 1 + own.length * all.points.length)
    const [names = [], ...lines] = csv
    const columns = ['Nummer', 'Slag', 'Dag', 'P10', 'P50', 'P90'].map((name) => names.indexOf(name))
    const text = (value: number | null | undefined) =>
      value === null || value === undefined ? '' : String(value).replace('.', ',')
    t.same(
      lines.map((cells) => columns.map((at) => cells[at])),
      own.flatMap(({ position, kind, p10, p50, p90 }) =>
        all.points.map((day, at) => [
          String(position),
          kind,
          day,
          ...[p10, p50, p90].map((values) => text(values[at])),
        ]),
      ),
      'the numbers of the file are those of the screen',
    )
    const zip = await openZip(workbook.rawPayload)
    let [sheets, notes] = ['', '']
    for await (const part of zip.read('xl/workbook.xml', 100_000)) sheets += part
    for await (const part of zip.read('xl/worksheets/sheet2.xml', 1_000_000)) notes += part
    t.match(sheets, /name="Forutsetninger"/)
    const comparison = await read(one)
    for (const note of [
      ...comparison.members.flatMap(({ assumptions }) => assumptions),
      ...(comparison.assumptions?.notes ?? []),
    ])
      t.ok(notes.includes(note), note)
  },
)

t.test('a comparison that is being made says how far it is, and stops when it is cancelled', async (t) => {
  const queue = await startWorking(tested)
  try {
    const id = await ask({ runs: 2000, until: '2036-08-01' })
    for (let tries = 0; tries < 200 && (await read(id)).status === 'queued'; tries += 1) await sleep(50)
    t.match(await read(id), { status: 'running' })
    t.equal((await manager.post(`/scenario-comparisons/${id}/cancellation`)).statusCode, 403)
    await planner.post(`/scenario-comparisons/${id}/cancellation`)
    t.match(await madeOf(id), { status: 'cancelled', error: 'Sammenligningen ble avbrutt.', assumptions: null })
    t.same((await seriesOf(id)).series, [])
  } finally {
    delete deps.queue
    await queue.stop()
  }
})
