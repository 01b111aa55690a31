import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { cityCache } from '../../src/db/city.ts'
import { endJob, putBack, reportProgress, sweepJobs, takeJob } from '../../src/db/longJobs.ts'
import { MATCHING_JOB } from '../../src/db/matchingRun.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type MatchingOptions, matchingTasks } from '../../src/jobs/matchingRun.ts'
import { performRun } from '../../src/jobs/performRun.ts'
import { prepareQueue, type Queue, startQueue } from '../../src/jobs/queue.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { query } from '../support/query.ts'

const SLOW = import.meta.resolve('./slowThread.cjs')
const BROKEN = import.meta.resolve('./brokenThread.cjs')

const app = await testApp(t)
const { owner, urls, deps } = app
const given = fixturesOf(app)
const facility = await given.facility()
await given.place(facility)
const people = [await given.resident(ALNA), await given.resident(ALNA)]
for (const person of people) await given.need(person)
const jobs = { url: urls.jobUrl }
await prepareQueue(urls.ownerUrl, jobs)
const planner = await app.signedInAs({ role: 'planner' })

/** Every time that a run was begun, as the database saw it. */
await owner.query(`
  create table begun (run_id uuid);
  grant insert on begun to boligtrapp_job;
  create function note_begun() returns trigger language plpgsql as
    $$ begin insert into begun values (new.id); return null; end $$;
  create trigger note_begun after update on matching_run for each row
    when (old.status = 'queued' and new.status = 'running') execute function note_begun()`)

const said: string[] = []
async function working<T>(options: MatchingOptions, work: (queue: Queue) => Promise<T>): Promise<T> {
  const queue = await startQueue(
    jobs,
    (pool) => [matchingTasks(pool, jobs, TODAY, options)],
    (line) => said.push(line),
  )
  deps.queue = queue
  try {
    return await work(queue)
  } finally {
    delete deps.queue
    await queue.stop()
  }
}

interface Run {
  id: string
  status: string
  stage: string
  progress: number
  error: string | null
}

const start = async (client: Client = planner) => (await client.post('/matching-runs')).json<Run>().id
const read = async (id: string) => (await planner.get(`/matching-runs/${id}`)).json<Run>()

async function until(id: string, what: (run: Run) => boolean): Promise<Run> {
  for (let tries = 0; tries < 200; tries += 1) {
    const run = await read(id)
    if (what(run)) return run
    await sleep(50)
  }
  return read(id)
}
const is = (status: string) => (run: Run) => run.status === status

async function stored(id: string) {
  const { rows } = await owner.query(
    `select (select count(*)::integer from matching_row where run_id = $1) as rows,
       (select count(*)::integer from matching_chain where run_id = $1) as chains,
       (select count(*)::integer from begun where run_id = $1) as begun,
       snapshot is not null as kept, summary is not null as summed from matching_run where id = $1`,
    [id],
  )
  return rows[0]
}
const NOTHING = { rows: 0, chains: 0, kept: false, summed: false }

t.test('a running run says how far it is, others wait behind it, and requests are answered meanwhile', async (t) => {
  await working({ threadFile: SLOW, solvers: 1 }, async () => {
    const first = await start()
    const second = await start()
    const seen = await until(first, ({ stage }) => stage === 'solving')
    t.match(seen, { status: 'running', stage: 'solving', progress: 0.5 })
    t.match(await read(second), { status: 'queued', stage: 'queued', progress: 0 })
    const before = performance.now()
    t.equal((await planner.get('/places?limit=1')).statusCode, 200)
    t.ok(performance.now() - before < 1000, 'a light request does not wait for the solver')

    const waiting = await planner.post(`/matching-runs/${second}/cancellation`)
    t.match(waiting.json(), { status: 'cancelled' }, 'a queued run is cancelled at once')
    const running = await planner.post(`/matching-runs/${first}/cancellation`)
    t.equal(running.statusCode, 200)
    t.match(await until(first, is('cancelled')), { status: 'cancelled', error: 'Kjøringen ble avbrutt.' })
    t.match(await stored(first), NOTHING)
    t.match(await until(second, ({ error }) => error !== null), {
      status: 'cancelled',
      error: 'Kjøringen ble avbrutt.',
    })
    t.match(await stored(second), { ...NOTHING, begun: 0 })
  })
})

t.test('a result that does not verify is never stored', async (t) => {
  await working({ threadFile: BROKEN }, async () => {
    const id = await start()
    t.match(await until(id, is('failed')), {
      status: 'failed',
      error: 'Kjøringen feilet. Den er registrert, prøv igjen.',
    })
    t.match(await stored(id), NOTHING)
  })
  t.ok(
    said.some((line) => line.includes('refused a wrong plan')),
    'and the log says why',
  )
})

t.test('a worker that is stopped puts its run back, and the next one does it', async (t) => {
  const id = await working({ threadFile: SLOW }, async () => {
    const started = await start()
    await until(started, is('running'))
    return started
  })
  t.match(await read(id), { status: 'queued', error: null })
  await working({}, async () => {
    t.match(await until(id, is('completed')), { status: 'completed', progress: 1 })
  })
})

t.test('a worker that is killed leaves a run that the next one does, and those that waited are done', async (t) => {
  const worker = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./worker.ts')), urls.jobUrl, TODAY, SLOW])
  const adding = await startQueue(jobs, undefined, () => {})
  deps.queue = adding
  const killed = await start()
  const waiting = await start()
  const lost = await start()
  await until(killed, is('running'))
  worker.kill('SIGKILL')
  await once(worker, 'close')
  delete deps.queue
  await adding.stop()
  // as when it dies between taking the job and the run
  await query(
    urls.jobUrl,
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1 where key = $1`,
    [lost],
  )
  t.match(await read(killed), { status: 'running' }, 'for a while nobody knows')
  await sleep(1_500)
  await working({ silenceSeconds: 1 }, async () => {
    t.match(await until(killed, is('completed')), { status: 'completed', error: null })
    t.match(await until(waiting, is('completed')), { status: 'completed' })
    t.match(await until(lost, is('completed')), { status: 'completed' })
  })
  t.match(await stored(killed), { rows: 2, begun: 2, kept: true }, 'it was begun twice and stored once')
})

t.test('a worker that was only away finds its run another’s, and nothing of it counts', async (t) => {
  const id = await start()
  const [away, here] = [
    openDatabase(openPool(urls.jobUrl, { max: 1 })),
    openDatabase(openPool(urls.jobUrl, { max: 1 })),
  ]
  t.teardown(async () => {
    await away.destroy()
    await here.destroy()
  })
  const first = await takeJob(away, MATCHING_JOB, id)
  if (first === undefined) throw new Error('not taken')
  t.equal(await takeJob(here, MATCHING_JOB, id), undefined, 'nobody else takes it meanwhile')
  await owner.query(`update matching_run set heartbeat_at = now() - interval '2 minutes' where id = $1`, [id])
  t.ok((await sweepJobs(here, MATCHING_JOB, 60)).includes(id))
  const second = await takeJob(here, MATCHING_JOB, id)
  if (second === undefined) throw new Error('not taken again')
  t.equal(await reportProgress(away, MATCHING_JOB, first, 0.9, 'storing'), false, 'is told to stop')
  await endJob(away, MATCHING_JOB, first, 'failed')
  await putBack(away, MATCHING_JOB, first)
  const asked = { districts: [], demoDate: TODAY }
  const readCity = cityCache()
  t.equal((await performRun(away, readCity, { ...asked, taken: first })).saved, false)
  t.match(await stored(id), NOTHING)
  t.equal(await reportProgress(here, MATCHING_JOB, second, 0.5, 'solving'), true, 'whoever has it now goes on')
  t.equal((await performRun(here, readCity, { ...asked, taken: second })).saved, true)
  t.match(await stored(id), { rows: 2, kept: true })
})

t.test('two workers do each run once', async (t) => {
  await working({}, () =>
    working({}, async () => {
      const ids = [await start(), await start(), await start(), await start()]
      for (const id of ids) {
        t.match(await until(id, is('completed')), { status: 'completed' })
        t.match(await stored(id), { rows: 2, begun: 1, kept: true })
      }
    }),
  )
})
