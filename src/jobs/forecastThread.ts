import type { MessagePort } from 'node:worker_threads'
import { readHistory } from '../db/forecastInput.ts'
import { askedForecast, saveForecast } from '../db/forecasts.ts'
import type { Taken } from '../db/longJobs.ts'
import { packInput } from '../db/packedForecast.ts'
import { askedComparison, saveComparison } from '../db/scenarioComparisons.ts'
import type { Day } from '../domain/day.ts'
import { assumptionsOf } from '../domain/forecast/assumptions.ts'
import {
  mergePaired,
  type Paired,
  pairedRanges,
  pairedTables,
  prepareAll,
  refusedAsOf,
  sketchPaired,
} from '../domain/forecast/compare.ts'
import type { Prepared, Runs } from '../domain/forecast/forecast.ts'
import { policyOfInput } from '../domain/forecast/givingOrder.ts'
import type { Ranges, Sketch } from '../domain/forecast/sketch.ts'
import { type JobConnection, threadDatabase } from './connection.ts'
import { share, unshare } from './sharedMemory.ts'

/** A forecast is of one member, a comparison of a base and those beside it. */
export type ForecastKind = 'forecast' | 'comparison'

/** What is read and learnt once and simulated by many threads; in memory that all of them see. */
export interface PreparedForecast {
  members: SharedArrayBuffer
  ranges: Paired<Ranges>
  today: Day
  cityVersion: number
  seed: number
  runs: number
}

/** What was asked for can no longer be, as the city is now; the sentence says which change and why. */
export interface RefusedForecast {
  refused: string
}

export type ForecastTask =
  | { kind: 'prepare'; what: ForecastKind; jobs: JobConnection; demoDate: string | undefined; id: string }
  | { kind: 'simulate'; from: PreparedForecast; runs: Runs; port: MessagePort }
  | {
      kind: 'store'
      what: ForecastKind
      jobs: JobConnection
      taken: Taken
      from: PreparedForecast
      sketches: Paired<Sketch>[]
    }

/** How many runs are made before it is said how far they are. */
const SAID_EVERY = 10

/**
 * A part of a forecast, away from the event loop that answers requests: reads and learns, or simulates some of the runs, or
 * stores what all of them came to. Which thread does which part changes no number.
 */
export default async function forecastThread(
  task: ForecastTask,
): Promise<PreparedForecast | RefusedForecast | Paired<Sketch> | boolean> {
  switch (task.kind) {
    case 'prepare':
      return readAndLearn(task)
    case 'simulate': {
      const { from, runs, port } = task
      return sketchPaired(membersOf(from), runs, from.ranges, (run) => {
        if ((run + 1) % SAID_EVERY === 0) port.postMessage(SAID_EVERY)
        return true
      })
    }
    case 'store':
      return store(task)
  }
}

const membersOf = ({ members }: PreparedForecast) => unshare<Prepared[]>(members)

async function asked(db: ReturnType<typeof threadDatabase>, what: ForecastKind, id: string) {
  if (what === 'comparison') return askedComparison(db, id)
  const { changes, ...rest } = await askedForecast(db, id)
  return { ...rest, members: [changes] }
}

async function readAndLearn({
  what,
  jobs,
  demoDate,
  id,
}: Extract<ForecastTask, { kind: 'prepare' }>): Promise<PreparedForecast | RefusedForecast> {
  const db = threadDatabase(jobs)
  const { until, runs, seed, members } = await asked(db, what, id)
  const read = await readHistory(db, demoDate)
  const { today, cityVersion } = read
  const prepared = prepareAll(read.input, { today, until: until as Day }, members)
  const refused = refusedAsOf(prepared, members, { today, until: until as Day })
  if (refused !== undefined) return { refused }
  const ranges = pairedRanges(prepared, seed)
  return { members: share(prepared), ranges, today, cityVersion, seed, runs }
}

async function store({
  what,
  jobs,
  taken,
  from,
  sketches,
}: Extract<ForecastTask, { kind: 'store' }>): Promise<boolean> {
  const members = membersOf(from)
  const [base] = members
  const [whole, ...parts] = sketches
  if (base === undefined || whole === undefined) throw new RangeError('nothing was simulated')
  for (const part of parts) mergePaired(whole, part)
  const { levels, differences } = pairedTables(members, whole)
  const made = {
    asOf: from.today,
    cityVersion: from.cityVersion,
    policyVersion: policyOfInput(base.input).version,
    assumptions: assumptionsOf(base),
    points: base.plan.points,
    input: packInput(base.input),
  }
  const db = threadDatabase(jobs)
  if (what === 'comparison') return saveComparison(db, taken, { ...made, levels, differences })
  return saveForecast(db, taken, { ...made, series: levels[0] ?? [] })
}
