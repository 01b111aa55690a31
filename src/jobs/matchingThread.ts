import type { MessagePort } from 'node:worker_threads'
import { computeRun, type RunResult } from '../domain/matching/run.ts'
import type { Snapshot } from '../domain/matching/snapshot.ts'

/** Computes a run away from the event loop that answers requests. Progress goes through `port` as `[share, stage]`. */
export default function matchingThread({ snapshot, port }: { snapshot: Snapshot; port: MessagePort }): RunResult {
  return computeRun(
    snapshot,
    () => performance.now(),
    (share, stage) => port.postMessage([share, stage]),
  )
}
