import { gunzipSync, gzipSync } from 'node:zlib'
import type { Snapshot } from '../domain/matching/snapshot.ts'

/** A snapshot as it is kept. Takes a tenth of a second for the whole city: not on the thread that answers requests. */
export function packSnapshot(snapshot: Snapshot): Buffer {
  return gzipSync(JSON.stringify(snapshot))
}

/** A kept snapshot, to compute its run again from. */
export function unpackSnapshot(packed: Uint8Array): Snapshot {
  return JSON.parse(gunzipSync(packed).toString('utf8')) as Snapshot
}
