import type { MessagePort } from 'node:worker_threads'
import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import type { Taken } from '../db/longJobs.ts'
import { readRegistered } from '../db/matchingRun.ts'
import { packSnapshot } from '../db/packedSnapshot.ts'
import { askedTrial, saveTrial } from '../db/policyTrials.ts'
import { policyOf } from '../domain/matching/policy.ts'
import { tryPolicy } from '../domain/matching/trial.ts'
import { type JobConnection, threadDatabase } from './connection.ts'
import { mipSolver } from './highs.ts'
import { SEARCH_SECONDS } from './performRun.ts'

/** What the thread is given; progress goes back through `port` as `[share, stage]`. */
export interface TrialTask {
  taken: Taken
  demoDate: string | undefined
  jobs: JobConnection
  port: MessagePort
}

const readCity = cityCache()

/**
 * Tries a draft away from the event loop that answers requests: one snapshot, two plans, each past the checkers. Answers
 * whether the result was stored.
 */
export default async function policyTrialThread({ taken, demoDate, jobs, port }: TrialTask): Promise<boolean> {
  const db = threadDatabase(jobs)
  const { draft, base } = await askedTrial(db, taken.id)
  const snapshot = await asActor(db, null, demoDate, (acting) => readRegistered(acting, readCity, []), 'reading')
  const inForce = { version: base.version, policy: policyOf(base.parameters) }
  const clock = () => performance.now()
  const means = { solve: await mipSolver(), seconds: SEARCH_SECONDS, clock }
  const result = tryPolicy(snapshot, inForce, draft, clock, (share, stage) => port.postMessage([share, stage]), means)
  return saveTrial(db, taken, snapshot, packSnapshot(snapshot), result)
}
