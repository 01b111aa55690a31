import { askedExpansion, EXPANSION_LIMITS, type MadeExpansion, saveExpansion } from '../db/expansionPlans.ts'
import { readHistory } from '../db/forecastInput.ts'
import type { Taken } from '../db/longJobs.ts'
import { packInput } from '../db/packedForecast.ts'
import type { Day } from '../domain/day.ts'
import type { ExpansionAnswer } from '../domain/expansion/answer.ts'
import { type ExpansionAsk, type Space, spaceOf } from '../domain/expansion/ask.ts'
import { lengthened } from '../domain/expansion/hangsOn.ts'
import { sampleRuns } from '../domain/expansion/sample.ts'
import { type Assumptions, assumptionsOf } from '../domain/forecast/assumptions.ts'
import type { ScenarioChange } from '../domain/forecast/changes.ts'
import { prepare, type Runs } from '../domain/forecast/forecast.ts'
import { policyOfInput } from '../domain/forecast/givingOrder.ts'
import type { ForecastInput } from '../domain/forecast/input.ts'
import type { Rates } from '../domain/forecast/rates.ts'
import type { Mip, MipAnswer } from '../solver/mip.ts'
import { type JobConnection, threadDatabase } from './connection.ts'
import { solveMip } from './highs.ts'
import { share, unshare } from './sharedMemory.ts'

/** What is read and learnt once and simulated by many threads; in memory that all of them see. */
export interface PreparedExpansion {
  planId: string
  learnt: SharedArrayBuffer
  ask: ExpansionAsk
  space: Space
  today: Day
  cityVersion: number
  assumptions: Assumptions
}

export type ExpansionTask =
  | { kind: 'prepare'; jobs: JobConnection; demoDate: string | undefined; planId: string }
  | {
      kind: 'sample'
      from: Pick<PreparedExpansion, 'planId' | 'learnt' | 'ask' | 'space' | 'today'>
      changes: ScenarioChange[]
      staysFactor: number
      runs: Runs
    }
  | { kind: 'solve'; mip: Mip }
  | { kind: 'store'; jobs: JobConnection; taken: Taken; from: PreparedExpansion; answer: ExpansionAnswer }

let unpacked: { planId: string; learnt: { input: ForecastInput; rates: Rates } } | undefined

/** What was learnt, unpacked once for each plan and thread. */
function learntOf({ planId, learnt }: Pick<PreparedExpansion, 'planId' | 'learnt'>) {
  if (unpacked?.planId !== planId) unpacked = { planId, learnt: unshare(learnt) }
  return unpacked.learnt
}

/**
 * A part of a plan of expansion, away from the event loop that answers requests: reads and learns, simulates some runs, solves
 * a program, or stores the answer. Which thread does which part changes no number.
 */
export default async function expansionThread(
  task: ExpansionTask,
): Promise<PreparedExpansion | Float32Array | MipAnswer | boolean> {
  switch (task.kind) {
    case 'prepare':
      return readAndLearn(task)
    case 'sample': {
      const { from, changes, staysFactor, runs } = task
      const { input, rates } = learntOf(from)
      const forms = from.space.forms.map(({ index }) => index)
      const span = { today: from.today, until: from.ask.by }
      return sampleRuns({ input, rates: lengthened(rates, staysFactor) }, span, changes, forms, runs)
    }
    case 'solve':
      return solveMip(task.mip, EXPANSION_LIMITS.solveSeconds)
    case 'store':
      return saveExpansion(threadDatabase(task.jobs), task.taken, made(task.from, task.answer))
  }
}

async function readAndLearn({
  jobs,
  demoDate,
  planId,
}: Extract<ExpansionTask, { kind: 'prepare' }>): Promise<PreparedExpansion> {
  const db = threadDatabase(jobs)
  const ask = await askedExpansion(db, planId)
  const { input, today, cityVersion } = await readHistory(db, demoDate)
  const prepared = prepare(input, { today, until: ask.by })
  const space = spaceOf(ask, input, today, EXPANSION_LIMITS.opensOn)
  return {
    planId,
    learnt: share({ input, rates: prepared.rates }),
    ask,
    space,
    today,
    cityVersion,
    assumptions: assumptionsOf(prepared),
  }
}

function made(from: PreparedExpansion, answer: ExpansionAnswer): MadeExpansion {
  const { today, cityVersion, assumptions } = from
  const { input } = learntOf(from)
  const { version: policyVersion } = policyOfInput(input)
  return { asOf: today, cityVersion, policyVersion, assumptions, answer, input: packInput(input) }
}
