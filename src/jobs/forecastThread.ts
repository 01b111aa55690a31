import { deserialize, serialize } from 'node:v8'
import type { MessagePort } from 'node:worker_threads'
import { asActor } from '../db/actor.ts'
import { readForecastInput } from '../db/forecastInput.ts'
import { askedForecast, saveForecast } from '../db/forecasts.ts'
import { packInput } from '../db/packedForecast.ts'
import { openDatabase } from '../db/pool.ts'
import type { Day } from '../domain/day.ts'
import { assumptionsOf } from '../domain/forecast/assumptions.ts'
import { type Prepared, pilotRanges, prepare, type Runs, sketchRuns, tableOf } from '../domain/forecast/forecast.ts'
import { emptySketch, merge, type Ranges, type Sketch } from '../domain/forecast/sketch.ts'
import { type JobConnection, openJobPool } from './connection.ts'

/** What is read and learnt once and simulated by many threads; in memory that all of them see. */
export interface PreparedForecast {
  prepared: SharedArrayBuffer
  ranges: Ranges
  today: Day
  cityVersion: number
  seed: number
  runs: number
}

export type ForecastTask =
  | { kind: 'prepare'; jobs: JobConnection; demoDate: string | undefined; forecastId: string }
  | { kind: 'simulate'; from: PreparedForecast; runs: Runs; port: MessagePort }
  | { kind: 'store'; jobs: JobConnection; forecastId: string; from: PreparedForecast; sketches: Sketch[] }

/** How many runs are made before it is said how far they are. */
const SAID_EVERY = 10

let opened: { url: string; db: ReturnType<typeof openDatabase> } | undefined

function database(jobs: JobConnection) {
  if (opened?.url !== jobs.url) opened = { url: jobs.url, db: openDatabase(openJobPool(jobs, 1)) }
  return opened.db
}

/**
 * A part of a forecast, away from the event loop that answers requests: reads and learns, or simulates some of the runs, or
 * stores what all of them came to. Which thread does which part changes no number.
 */
export default async function forecastThread(task: ForecastTask): Promise<PreparedForecast | Sketch | boolean> {
  switch (task.kind) {
    case 'prepare':
      return readAndLearn(task)
    case 'simulate': {
      const { from, runs, port } = task
      return sketchRuns(unshare(from), runs, from.ranges, (run) => {
        if ((run + 1) % SAID_EVERY === 0) port.postMessage(SAID_EVERY)
        return true
      })
    }
    case 'store':
      return store(task)
  }
}

const unshare = ({ prepared }: PreparedForecast) => deserialize(new Uint8Array(prepared)) as Prepared

async function readAndLearn({
  jobs,
  demoDate,
  forecastId,
}: Extract<ForecastTask, { kind: 'prepare' }>): Promise<PreparedForecast> {
  const db = database(jobs)
  const { until, runs, seed, changes } = await askedForecast(db, forecastId)
  const read = await asActor(
    db,
    null,
    demoDate,
    async (acting) => {
      const { version } = await acting.trx.selectFrom('cityVersion').select('version').executeTakeFirstOrThrow()
      return { input: await readForecastInput(acting), today: acting.today, cityVersion: version }
    },
    'reading',
  )
  const { today, cityVersion } = read
  const prepared = prepare(read.input, { today, until: until as Day }, changes)
  const ranges = pilotRanges(prepared, seed)
  const packed = serialize(prepared)
  const shared = new SharedArrayBuffer(packed.byteLength)
  new Uint8Array(shared).set(packed)
  return { prepared: shared, ranges, today, cityVersion, seed, runs }
}

async function store({ jobs, forecastId, from, sketches }: Extract<ForecastTask, { kind: 'store' }>): Promise<boolean> {
  const prepared = unshare(from)
  const whole = emptySketch(from.ranges)
  for (const sketch of sketches) merge(whole, sketch)
  return saveForecast(database(jobs), forecastId, {
    asOf: from.today,
    cityVersion: from.cityVersion,
    assumptions: assumptionsOf(prepared),
    points: prepared.plan.points,
    series: tableOf(prepared, whole),
    input: packInput(prepared.input),
  })
}
