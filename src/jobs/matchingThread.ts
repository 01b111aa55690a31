import type { MessagePort } from 'node:worker_threads'
import { packSnapshot } from '../db/packedSnapshot.ts'
import { computeRun, type RunResult } from '../domain/matching/run.ts'
import type { Snapshot } from '../domain/matching/snapshot.ts'

/** What the thread answers with: the result, and the snapshot as it is to be kept. */
export interface Computed {
  result: RunResult
  packed: Uint8Array
}

/** Computes a run away from the event loop that answers requests. Progress goes through `port` as `[share, stage]`. */
export default function matchingThread({ snapshot, port }: { snapshot: Snapshot; port: MessagePort }): Computed {
  const result = computeRun(
    snapshot,
    () => performance.now(),
    (share, stage) => port.postMessage([share, stage]),
  )
  return { result, packed: packSnapshot(snapshot) }
}
