import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { AddJobFunction } from 'graphile-worker'
import type { Kysely } from 'kysely'
import { endJob, type LongJob, putBack, reportProgress, sweepJobs, type Taken } from '../db/longJobs.ts'
import type { DB } from '../db/types.generated.ts'

const HEARTBEAT_MS = 1_000

/** A job that cannot be done as it was asked for; the message is the sentence that its user reads. */
export class CannotBeDone extends Error {}

/** Says how far the work is, as a share and a stage. */
export type SayHowFar = (share: number, stage: string) => void

/**
 * Sees a job through that this worker has taken: says every second how far it is, and asks whether it is to stop. Stopped by
 * its user or its time it ends, stopped by the process it is put back for another worker, and what it throws fails it. Where it
 * was given to another worker meanwhile, because this one could not be heard, nothing of it counts.
 * What it refuses (`CannotBeDone`) fails it with the refusal's own sentence, and is no fault of the program.
 * @param perform answers whether its result was stored; it was not where the job was cancelled at the last moment
 */
export async function seeThrough(
  db: Kysely<DB>,
  job: LongJob,
  taken: Taken,
  stopped: AbortSignal,
  limitMs: number,
  perform: (signal: AbortSignal, say: SayHowFar) => Promise<boolean>,
): Promise<void> {
  const cancelled = new AbortController()
  let at: [number, string] = [0.02, 'reading']
  const heart = setInterval(() => {
    reportProgress(db, job, taken, at[0], at[1]).then(
      (goOn) => goOn || cancelled.abort(),
      () => {},
    )
  }, HEARTBEAT_MS)
  try {
    const signal = AbortSignal.any([cancelled.signal, stopped, AbortSignal.timeout(limitMs)])
    const saved = await perform(signal, (share, stage) => {
      at = [share, stage]
    })
    // cancelled after the last time it was asked
    if (!saved) await endJob(db, job, taken, 'cancelled')
  } catch (error) {
    if (cancelled.signal.aborted) await endJob(db, job, taken, 'cancelled')
    else if (stopped.aborted) await putBack(db, job, taken)
    else if (error instanceof CannotBeDone) await endJob(db, job, taken, 'failed', error.message)
    else {
      await endJob(db, job, taken, 'failed')
      throw error
    }
  } finally {
    clearInterval(heart)
  }
}

/**
 * Lets a thread say something while it works: a port is open for as long as its task takes.
 * @param hear what the thread has posted
 */
export async function withPort<Said, Made>(
  hear: (said: Said) => void,
  perform: (port: MessagePort) => Promise<Made>,
): Promise<Made> {
  const { port1, port2 } = new MessageChannel()
  port1.on('message', hear)
  try {
    return await perform(port2)
  } finally {
    port1.close()
  }
}

/** What a thread posts of how far it is. */
export type HowFar = Parameters<SayHowFar>

/**
 * Puts into the queue what waits and nobody works on, also because its worker died. A job of a worker that died is locked in the
 * queue for hours: it is left behind, and what was asked for gets another one.
 * @param silence how long a worker may say nothing, in seconds
 */
export async function putInQueueAgain(
  db: Kysely<DB>,
  job: LongJob,
  silence: number,
  addJob: AddJobFunction,
  payloadOf: (id: string) => object,
): Promise<void> {
  for (const id of await sweepJobs(db, job, silence))
    await addJob(job.table, payloadOf(id), { jobKey: id, jobKeyMode: 'preserve_run_at', maxAttempts: 1 })
}
