import type { FastifyRequest } from 'fastify'
import type { LongJob } from '../db/longJobs.ts'
import type { Deps } from './types.ts'

/** Puts a registered job in the queue. Where that fails it is registered all the same, and the sweep of every minute finds it. */
export async function putInQueue(
  deps: Pick<Deps, 'queue'>,
  request: Pick<FastifyRequest, 'log'>,
  { table }: LongJob,
  payload: object,
  id: string,
): Promise<void> {
  await deps.queue?.add(table, payload, id).catch((error: Error) => {
    request.log.warn({ err: { name: error.name } }, `a ${table.replaceAll('_', ' ')} is not in the queue yet`)
  })
}
