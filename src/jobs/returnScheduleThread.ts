import type { MessagePort } from 'node:worker_threads'
import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import type { Taken } from '../db/longJobs.ts'
import { packScheduleInput } from '../db/packedSchedule.ts'
import { askedSchedule, readScheduleInput, saveSchedule } from '../db/returnSchedules.ts'
import { scheduleAssumptions } from '../domain/returnSchedule/assumptions.ts'
import { SEARCH_SECONDS } from '../domain/returnSchedule/question.ts'
import { numbersOf, scheduleOf } from '../domain/returnSchedule/schedule.ts'
import { type JobConnection, threadDatabase } from './connection.ts'
import { mipSolver } from './highs.ts'

/** What the thread is given; progress goes back through `port` as `[share, stage]`. */
export interface ScheduleTask {
  jobs: JobConnection
  demoDate: string | undefined
  taken: Taken
  port: MessagePort
}

/** The share of a job that is over when everything is read, and when everybody has an answer. */
const [READ, SOLVED] = [0.3, 0.95]

const readCity = cityCache()

/**
 * A schedule from database to stored, verified result, away from the event loop that answers requests. Answers whether it was
 * stored.
 */
export default async function returnScheduleThread({ jobs, demoDate, taken, port }: ScheduleTask): Promise<boolean> {
  const db = threadDatabase(jobs)
  const asked = await askedSchedule(db, taken.id)
  const { input, cityVersion } = await asActor(
    db,
    null,
    demoDate,
    (acting) => readScheduleInput(acting, readCity, asked),
    'reading',
  )
  const say = (share: number, stage: string) => port.postMessage([share, stage])
  say(READ, 'solving')
  const begun = performance.now()
  const means = { solve: await mipSolver(), seconds: SEARCH_SECONDS }
  const result = scheduleOf(input, means, (share) => say(READ + (SOLVED - READ) * share, 'solving'))
  const milliseconds = Math.round(performance.now() - begun)
  say(SOLVED, 'storing')
  return saveSchedule(db, taken, {
    input,
    packed: packScheduleInput(input),
    cityVersion,
    assumptions: scheduleAssumptions(input, asked),
    result,
    numbers: numbersOf(result.rows, input.asOf),
    milliseconds,
  })
}
