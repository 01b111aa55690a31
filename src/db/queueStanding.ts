import type pg from 'pg'

/** What the queue has of one task, of all instances together. */
export interface QueueStanding {
  task: string
  /** Put off until later. */
  scheduled: number
  /** Due, and not begun. */
  waiting: number
  running: number
  /** Given up. */
  failed: number
  /** How long the oldest that is due has waited, in seconds. */
  lagSeconds: number
}

/** How the queue stands, task by task; asked on a connection of the jobs, whose schema it is. */
export async function readQueueStanding(pool: pg.Pool): Promise<QueueStanding[]> {
  const { rows } = await pool.query<QueueStanding>(`
    with job as (
      select task_identifier as task, run_at,
        case when locked_at is not null then 'running' when attempts >= max_attempts then 'failed'
          when run_at > now() then 'scheduled' else 'waiting' end as state
      from graphile_worker.jobs
    )
    select task,
      count(*) filter (where state = 'scheduled') as scheduled,
      count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'running') as running,
      count(*) filter (where state = 'failed') as failed,
      coalesce(max(extract(epoch from now() - run_at)) filter (where state = 'waiting'), 0) as "lagSeconds"
    from job group by task order by task`)
  return rows
}
