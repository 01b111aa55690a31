import { join } from 'node:path'
import { keysIn, openKeyring } from '../access/keyring.ts'
import { SESSION_COOKIE, startSession } from '../access/session.ts'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import { startEmbedded } from '../db/embedded.ts'
import { readSnapshot } from '../db/matchingRun.ts'
import { migrate } from '../db/migrate.ts'
import { needPage, needRows, requirementsOf } from '../db/needs.ts'
import { packSnapshot } from '../db/packedSnapshot.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import { loadReference } from '../db/reference.ts'
import { prepareDemoCity } from '../demo/prepare.ts'
import type { Day } from '../domain/day.ts'
import { matchesIn } from '../domain/match.ts'
import { computeRun } from '../domain/matching/run.ts'
import { matchingTasks } from '../jobs/matchingRun.ts'
import { prepareQueue, startQueue } from '../jobs/queue.ts'

/**
 * `npm run bench`: what a request costs beside the same work done directly, what a run over the city costs phase by phase, and
 * whether others can work meanwhile. Ratios are measured in one run, so a slow machine slows both sides.
 */
const config = readConfig(process.env)
const demoDate = (config.demoDate ?? '2026-09-01') as Day
const dataDir = join(config.dataDir, 'bench')
const rows: { what: string; median: string; baseline: string; ratio: string }[] = []

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
const ms = (value: number) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const values: number[] = []
  for (let i = 0; i < times; i += 1) values.push(await timed(work))
  return values
}

/** The two are measured in turn, so that what else the machine does falls on both. */
async function compare(
  what: string,
  times: number,
  measured: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
): Promise<void> {
  await measured()
  await baseline()
  const left: number[] = []
  const right: number[] = []
  for (let i = 0; i < times; i += 1) {
    left.push(await timed(measured))
    right.push(await timed(baseline))
  }
  rows.push({
    what,
    median: ms(median(left)),
    baseline: ms(median(right)),
    ratio: (median(left) / median(right)).toFixed(2),
  })
}

const line = (what: string, value: number, baseline = '', ratio = '') =>
  rows.push({ what, median: ms(value), baseline, ratio })

let first = 0
const begun = performance.now()
let server = await startEmbedded({ dataDir })
await migrate(server.ownerUrl, { afterMigrations: loadReference })
const keys = await keysIn(dataDir)
const keyring = openKeyring(keys.identityKey, keys.fingerprintKey)
await prepareDemoCity(server.ownerUrl, keyring, demoDate, (text) => {
  if (text.startsWith('Making')) first = performance.now()
})
if (first > 0) line('first start: database, migrations and the city', performance.now() - begun)
await server.stop()
const again = performance.now()
server = await startEmbedded({ dataDir })
await migrate(server.ownerUrl, { afterMigrations: loadReference })

const pool = openPool(server.appUrl)
const db = openDatabase(pool)
const jobs = { url: server.jobUrl }
await prepareQueue(server.ownerUrl, jobs)
const queue = await startQueue(
  jobs,
  (jobPool) => matchingTasks(jobPool, demoDate),
  (text) => console.error(text),
)
const app = await buildApp({ db, keyring, demoDate, demoSignIn: true, logLevel: 'silent', queue, webDir: undefined })
const address = await app.listen({ port: 0, host: '127.0.0.1' })
line('later start, until it listens', performance.now() - again)

const jobPool = openPool(server.jobUrl)
try {
  const account = async (username: string) =>
    (await db
      .selectFrom('account')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirstOrThrow()) as never as {
      id: string
      name: string
      districts: string[]
    }
  const officer = await account('officer_alna')
  const planner = await account('planner_vel')
  const actor = {
    accountId: officer.id,
    name: officer.name,
    role: 'housing_officer',
    districts: officer.districts,
    facilities: [],
  } as const
  const request = async (path: string, accountId: string, init: RequestInit = {}) => {
    const token = tokens.get(accountId) ?? (await startSession(db, accountId))
    tokens.set(accountId, token)
    const answer = await fetch(`${address}/api/v1${path}`, {
      ...init,
      headers: { cookie: `${SESSION_COOKIE}=${token}`, ...init.headers },
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.json()
  }
  const tokens = new Map<string, string>()

  const need = await asActor(db, actor, demoDate, ({ trx }) =>
    needRows(trx).where('need.status', '=', 'registered').orderBy('need.id').limit(1).executeTakeFirstOrThrow(),
  )
  const readCity = cityCache()
  const { city, requirements } = await asActor(db, actor, demoDate, async (acting) => ({
    city: await readCity(acting),
    requirements: (await requirementsOf(acting, [need]))[0],
  }))
  if (requirements === undefined) throw new Error('no requirements')
  await compare(
    `one need against ${city.places.length} places: HTTP ÷ the decision in process`,
    40,
    () => request(`/needs/${need.id}/matches`, officer.id),
    async () => matchesIn(city, requirements),
  )
  await compare(
    'a page of 50 needs: HTTP ÷ the same SQL',
    60,
    () => request('/needs?limit=50', officer.id),
    () => asActor(db, actor, demoDate, ({ trx }) => needPage(trx, 50, undefined, ['draft', 'registered'])),
  )

  const jobDb = openDatabase(jobPool)
  let snapshot: Awaited<ReturnType<typeof readSnapshot>> | undefined
  const load = await timed(async () => {
    snapshot = await asActor(jobDb, null, demoDate, (acting) => readSnapshot(acting, cityCache(), []))
  })
  if (snapshot === undefined) throw new Error('no snapshot')
  const taken = snapshot
  const phases = computeRun(taken, () => performance.now()).summary.milliseconds
  line(`a run, ${taken.needs.length} needs: load the city and its needs`, load)
  line('a run: eligibility, solving, chains, verified', phases.plan)
  line('a run: reasons for every yes and no', phases.explain)
  line('a run: the comparison', phases.compare)
  line('a run: pack the snapshot', await timed(async () => packSnapshot(taken)))

  const startRun = () => request('/matching-runs', planner.id, { method: 'POST' }) as Promise<{ id: string }>
  const finished = async (id: string) => {
    for (;;) {
      const run = (await request(`/matching-runs/${id}`, planner.id)) as { status: string }
      if (run.status === 'completed') return
      if (run.status === 'failed' || run.status === 'cancelled') throw new Error(`the run ${run.status}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  line(
    'a run: from asked for to stored and explained, a new worker',
    await timed(async () => finished((await startRun()).id)),
  )
  line('a run: the same again', await timed(async () => finished((await startRun()).id)))

  const light = () => request('/session', officer.id)
  await repeat(50, light)
  const idle = await repeat(300, light)
  const runs = [await startRun(), await startRun(), await startRun()]
  const busy: number[] = []
  let working = true
  const done = Promise.all(runs.map(({ id }) => finished(id))).then(() => {
    working = false
  })
  while (working) busy.push(await timed(light))
  await done
  rows.push({
    what: `p95 of a light request while runs are solved (${busy.length} requests) ÷ idle`,
    median: ms(p95(busy)),
    baseline: ms(p95(idle)),
    ratio: (p95(busy) / p95(idle)).toFixed(2),
  })
} finally {
  await app.close()
  await queue.stop()
  await pool.end()
  await jobPool.end()
  await server.stop()
}

const width = Math.max(...rows.map(({ what }) => what.length))
console.log(`${'what'.padEnd(width)}  ${'median'.padStart(9)}  ${'baseline'.padStart(9)}  ratio`)
for (const row of rows)
  console.log(`${row.what.padEnd(width)}  ${row.median.padStart(9)}  ${row.baseline.padStart(9)}  ${row.ratio}`)
