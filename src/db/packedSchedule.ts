import { gunzipSync, gzipSync } from 'node:zlib'
import type { ScheduleInput } from '../domain/returnSchedule/input.ts'

/** What a schedule was computed from, as it is kept; pseudonymous. Not on the thread that answers requests. */
export function packScheduleInput(input: ScheduleInput): Buffer {
  return gzipSync(JSON.stringify(input))
}

/** What was kept, to compute its schedule again from. */
export function unpackScheduleInput(packed: Uint8Array): ScheduleInput {
  return JSON.parse(gunzipSync(packed).toString('utf8')) as ScheduleInput
}
