import type { LongJob } from '../api/longJobs.ts'

const STATUS_NAMES: Record<LongJob['status'], string> = {
  queued: 'Står i kø',
  running: 'Regner',
  completed: 'Ferdig',
  failed: 'Feilet',
  cancelled: 'Avbrutt',
}

/** What a forecast, and whatever is simulated as one is, does while it is made. */
const FORECAST_STAGES: Record<string, string> = {
  reading: 'henter historien',
  preparing: 'lærer av historien',
  simulating: 'prøver framtiden mange ganger',
  storing: 'lagrer svaret',
}

/**
 * How a job stands: «Ferdig», «Regner: prøver framtiden mange ganger».
 * @param stages what it does while it is under way, by stage; a stage that is not among them is not told of
 */
export function jobInWords(
  { status, stage }: Pick<LongJob, 'status' | 'stage'>,
  stages: Record<string, string> = FORECAST_STAGES,
): string {
  const doing = status === 'running' ? stages[stage] : undefined
  return doing === undefined ? STATUS_NAMES[status] : `${STATUS_NAMES[status]}: ${doing}`
}
