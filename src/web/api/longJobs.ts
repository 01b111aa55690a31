/** How often a job that is under way is asked about, in milliseconds. */
const FOLLOW_MS = 1_000

/** How a job stands that a worker does: a forecast, a comparison. */
export interface LongJob {
  status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'
  progress: number
  stage: string
  error: string | null
  /** I asked for it, so I may cancel it. */
  mine: boolean
}

/** Whether a job has still to end. */
export function isUnderWay({ status }: Pick<LongJob, 'status'>): boolean {
  return status === 'queued' || status === 'running'
}

/** When to ask again about jobs: while one of them is under way. */
export function followed(jobs: readonly Pick<LongJob, 'status'>[]): number | false {
  return jobs.some(isUnderWay) ? FOLLOW_MS : false
}
