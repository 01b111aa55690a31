import { type Kysely, sql } from 'kysely'
import { DomainError } from '../domain/error.ts'
import type { DB } from './types.generated.ts'

/**
 * The life of work that takes seconds or minutes, whatever it is: a row that waits, is taken by one worker, says that it is
 * alive and how far it has come, and ends one way. The row is what counts; the queue only says that there is something to do.
 */
export interface LongJob {
  table: 'matching_run' | 'forecast' | 'scenario_comparison' | 'return_schedule' | 'expansion_plan' | 'policy_trial'
  /** The one that is spoken of, and several of them, in words: «framskrivingen», «framskrivinger». */
  one: string
  plural: string
  /** What a user reads of one that was cancelled, failed, or whose worker fell silent. */
  cancelled: string
  failed: string
  stopped: string
}

/** How long a worker may be silent before its job is another's to do, in seconds. */
export const SILENCE_SECONDS = 60

/** What kills its worker so many times is not tried again: it would take one worker after the other with it. */
const WORKERS_AT_MOST = 3

/** One worker's taking of a job. Whoever takes it later has another mark, and then nothing of this one counts any more. */
export interface Taken {
  id: string
  taking: string
}

const unheard = (seconds: number) =>
  sql<boolean>`status = 'running' and heartbeat_at < now() - make_interval(secs => ${seconds})`

const hopeless = sql<boolean>`workers_lost >= ${WORKERS_AT_MOST - 1}`

/** A worker that no longer says that it lives is lost, whether or not anybody has swept up yet. */
const silent = unheard(SILENCE_SECONDS)

/** How a job stands, as its user reads it. */
export function standingOf(job: LongJob) {
  return {
    status: sql<string>`case when ${silent} then case when ${hopeless} then 'failed' when cancel_requested then 'cancelled' else 'queued' end
      when status = 'queued' and cancel_requested then 'cancelled' else status end`,
    error: sql<string | null>`case when ${silent} and ${hopeless} then ${job.stopped} else error end`,
  }
}

/**
 * Whether somebody may ask for one more; nobody else of hers is counted until this transaction is over.
 * @param most how many of hers may wait or be done at a time
 * @throws {DomainError} `too_many_unfinished`
 */
export async function mustHaveRoom(db: Kysely<DB>, job: LongJob, accountId: string, most: number): Promise<void> {
  if ((await unfinishedOf(db, job, accountId)) < most) return
  throw new DomainError(
    'too_many_unfinished',
    `Du har ${most} ${job.plural} som ikke er ferdige. Vent til en av dem er ferdig, eller avbryt en.`,
  )
}

async function unfinishedOf(db: Kysely<DB>, job: LongJob, accountId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${job.table}/${accountId}`}, 0))`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(job.table)}
    where requested_by = ${accountId}::uuid and status in ('queued', 'running') and not cancel_requested and not (${silent} and ${hopeless})`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/**
 * Asks that a job stops, which its worker hears within a second. One that has ended stays as it is.
 * @throws {DomainError} `not_allowed` for everybody but who started it
 */
export async function askToCancel(
  db: Kysely<DB>,
  job: LongJob,
  { id, requestedBy }: { id: string; requestedBy: string },
  accountId: string,
): Promise<void> {
  if (requestedBy !== accountId)
    throw new DomainError('not_allowed', `Bare den som startet ${job.one}, kan avbryte den.`)
  await sql`update ${sql.table(job.table)} set cancel_requested = true where id = ${id}::uuid`.execute(db)
}

/** Takes a queued job for this worker; nothing when somebody else has it, and when it was cancelled meanwhile, which ends it. */
export async function takeJob(db: Kysely<DB>, job: LongJob, id: string): Promise<Taken | undefined> {
  await endCancelled(db, job, id)
  const { rows } = await sql<Taken>`update ${sql.table(job.table)}
    set status = 'running', started_at = now(), heartbeat_at = now(), stage = 'reading', taking = gen_random_uuid()
    where id = ${id}::uuid and status = 'queued' and not cancel_requested returning id, taking`.execute(db)
  return rows[0]
}

/** The job is still this worker's: it was neither ended nor given to another one meanwhile. */
const stillHis = ({ id, taking }: Taken) =>
  sql<boolean>`id = ${id}::uuid and taking = ${taking}::uuid and status = 'running'`

/** Puts a job back that its worker cannot finish because it is being stopped: the next one to come does it. */
export async function putBack(db: Kysely<DB>, job: LongJob, taken: Taken): Promise<void> {
  await sql`update ${sql.table(job.table)} set ${waitsAgain} where ${stillHis(taken)}`.execute(db)
}

const waitsAgain = sql`status = 'queued', stage = 'queued', progress = 0, started_at = null, heartbeat_at = null, taking = null`

/** Says how far a job is; false when it is to stop, because it was cancelled or is no longer this worker's. */
export async function reportProgress(
  db: Kysely<DB>,
  job: LongJob,
  taken: Taken,
  progress: number,
  stage: string,
): Promise<boolean> {
  const { rows } = await sql<{ cancelRequested: boolean }>`update ${sql.table(job.table)}
    set progress = ${progress}, stage = ${stage}, heartbeat_at = now()
    where ${stillHis(taken)} returning cancel_requested`.execute(db)
  return rows[0]?.cancelRequested === false
}

/** Ends a taken job that did not complete, with a sentence that a user may read: the job's own unless another is given. */
export async function endJob(
  db: Kysely<DB>,
  job: LongJob,
  taken: Taken,
  status: 'failed' | 'cancelled',
  sentence: string = job[status],
): Promise<void> {
  await sql`update ${sql.table(job.table)}
    set status = ${status}, stage = ${status}, error = ${sentence}, finished_at = clock_timestamp()
    where ${stillHis(taken)}`.execute(db)
}

async function endCancelled(db: Kysely<DB>, job: LongJob, id: string | null): Promise<void> {
  await sql`update ${sql.table(job.table)}
    set status = 'cancelled', stage = 'cancelled', error = ${job.cancelled}, finished_at = clock_timestamp()
    where status = 'queued' and cancel_requested and (${id}::uuid is null or id = ${id}::uuid)`.execute(db)
}

/**
 * What a crash left behind: jobs whose worker no longer says that it lives wait for another one, or are failed when they have lost
 * so many; cancelled ones end; and the queued ones are named, so that they are put in the queue again.
 * @param silence how long a worker may say nothing, in seconds
 */
export async function sweepJobs(db: Kysely<DB>, job: LongJob, silence: number): Promise<string[]> {
  await sql`update ${sql.table(job.table)}
    set status = 'failed', stage = 'failed', finished_at = now(), error = ${job.stopped}, workers_lost = workers_lost + 1
    where ${unheard(silence)} and ${hopeless}`.execute(db)
  await sql`update ${sql.table(job.table)} set ${waitsAgain}, workers_lost = workers_lost + 1
    where ${unheard(silence)}`.execute(db)
  await endCancelled(db, job, null)
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(job.table)} where status = 'queued' order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** What is written of a job that has made what was asked for, beside what that is. */
export const COMPLETED = {
  status: 'completed',
  progress: 1,
  stage: 'completed',
  finishedAt: sql<string>`clock_timestamp()`,
} as const

/** A taken job, if it may still complete: it was neither cancelled nor failed meanwhile, nor given to another worker. */
export const stillWanted = (taken: Taken) => sql<boolean>`${stillHis(taken)} and not cancel_requested`

/** What jobs were made from goes when its time is over. */
export async function dropOldInputs(db: Kysely<DB>, job: LongJob): Promise<void> {
  await sql`update ${sql.table(job.table)} set input = null where input_expires_at < now() and input is not null`.execute(
    db,
  )
}
