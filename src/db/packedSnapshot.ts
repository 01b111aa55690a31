import { gunzipSync, gzipSync } from 'node:zlib'
import { NO_LIMITS } from '../domain/matching/runLimits.ts'
import type { Snapshot } from '../domain/matching/snapshot.ts'

/** A snapshot as it is kept. Takes a tenth of a second for the whole city: not on the thread that answers requests. */
export function packSnapshot(snapshot: Snapshot): Buffer {
  return gzipSync(JSON.stringify(snapshot))
}

/** A kept snapshot, to compute its run again from; one from before there were such limits has none. */
export function unpackSnapshot(packed: Uint8Array): Snapshot {
  const kept = JSON.parse(gunzipSync(packed).toString('utf8')) as Omit<Snapshot, 'limits'> & Partial<Snapshot>
  return { limits: NO_LIMITS, ...kept }
}
