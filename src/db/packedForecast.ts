import { gunzipSync, gzipSync } from 'node:zlib'
import type { ForecastInput } from '../domain/forecast/input.ts'

/** What a forecast was made from, as it is kept. Takes part of a second: not on the thread that answers requests. */
export function packInput(input: ForecastInput): Buffer {
  return gzipSync(JSON.stringify(input))
}

/** What was kept, to compute its forecast again from. */
export function unpackInput(packed: Uint8Array): ForecastInput {
  return JSON.parse(gunzipSync(packed).toString('utf8')) as ForecastInput
}
