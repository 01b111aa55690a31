import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { QueueStanding } from '../db/queueStanding.ts'

/** How a task of the queue ended. */
interface TaskEnded {
  task: string
  seconds: number
  ok: boolean
}

/** What the service counts of itself: kinds, states and patterns of routes, never an address, an id or a person. */
export interface Metrics {
  /** Prometheus text, and its content type. */
  text(sources: Sources, readiness?: Readiness): Promise<{ type: string; body: string }>
  requestEnded(route: string, method: string, status: number, seconds: number): void
  taskEnded(ended: TaskEnded): void
}

/** How an instance stands, as `/readyz` says it. */
export interface Readiness {
  /** It was told to stop. */
  stopping: boolean
  database: boolean
  /** The newest step of the schema that each has been through or knows; null: none, or nobody can say. */
  level: { database: string | null; program: string }
}

/** What is looked at when somebody asks. */
interface Sources {
  pool?: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>
  queue?: { standing?(): Promise<QueueStanding[]> }
}

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const TASK_BUCKETS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900]

/** A registry of this application's own; what the process itself costs is measured from the first question on. */
export function openMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  const requests = new Histogram({
    name: 'boligtrapp_request_duration_seconds',
    help: 'Time until an answer was sent, by the pattern of its route. A stream of events counts when it ends.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const tasks = new Histogram({
    name: 'boligtrapp_job_duration_seconds',
    help: 'Time a job of the queue took on this instance, runs and forecasts among them.',
    labelNames: ['task', 'outcome'],
    buckets: TASK_BUCKETS,
    registers,
  })
  const connections = new Gauge({
    name: 'boligtrapp_database_connections',
    help: 'Connections of this instance that serve requests; waiting: requests without one.',
    labelNames: ['state'],
    registers,
  })
  const jobs = new Gauge({
    name: 'boligtrapp_jobs',
    help: 'Jobs in the queue, of all instances.',
    labelNames: ['task', 'state'],
    registers,
  })
  const lag = new Gauge({
    name: 'boligtrapp_job_lag_seconds',
    help: 'How long the oldest job that is due has waited to be begun, of all instances.',
    labelNames: ['task'],
    registers,
  })
  const reached = new Gauge({
    name: 'boligtrapp_queue_up',
    help: 'Whether the queue could be looked at: 0 says that its figures are unknown.',
    registers,
  })
  const ready = new Gauge({
    name: 'boligtrapp_ready',
    help: 'What /readyz looks at, 1 where it is well: the database answers, its level is the program’s, it was not told to stop.',
    labelNames: ['check'],
    registers,
  })
  const level = new Gauge({
    name: 'boligtrapp_schema_info',
    help: 'The newest step of the schema that the database has been through, and that the program knows.',
    labelNames: ['database', 'program'],
    registers,
  })
  let processMeasured = false

  function noteReadiness(now: Readiness): void {
    ready.set({ check: 'database' }, now.database ? 1 : 0)
    ready.set({ check: 'running' }, now.stopping ? 0 : 1)
    ready.remove({ check: 'level' })
    level.reset()
    // of a database that does not answer nobody knows the level
    if (!now.database) return
    ready.set({ check: 'level' }, now.level.database === now.level.program ? 1 : 0)
    level.set({ database: now.level.database ?? '', program: now.level.program }, 1)
  }

  async function lookAtQueue(queue: Sources['queue']): Promise<void> {
    jobs.reset()
    lag.reset()
    if (queue?.standing === undefined) return
    try {
      for (const { task, lagSeconds, ...states } of await queue.standing()) {
        for (const [state, count] of Object.entries(states)) jobs.set({ task, state }, count)
        lag.set({ task }, lagSeconds)
      }
      reached.set(1)
    } catch {
      // whoever watches the database is told by other means; the rest is known all the same
      reached.set(0)
    }
  }

  return {
    async text({ pool, queue }, readiness) {
      if (!processMeasured) collectDefaultMetrics({ register })
      processMeasured = true
      if (pool !== undefined) {
        connections.set({ state: 'idle' }, pool.idleCount)
        connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
        connections.set({ state: 'waiting' }, pool.waitingCount)
      }
      await lookAtQueue(queue)
      if (readiness !== undefined) noteReadiness(readiness)
      return { type: register.contentType, body: await register.metrics() }
    },
    requestEnded(route, method, status, seconds) {
      requests.observe({ route, method, status }, seconds)
    },
    taskEnded({ task, seconds, ok }) {
      tasks.observe({ task, outcome: ok ? 'done' : 'failed' }, seconds)
    },
  }
}

/** Measures every answer by the pattern of its route; what has none is one, so that no address becomes a label. */
export function measureAnswers(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.requestEnded(route, request.method, reply.statusCode, reply.elapsedTime / 1_000)
    done()
  })
}
