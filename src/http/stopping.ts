import type { FastifyInstance } from 'fastify'
import type { Deps } from './types.ts'

/** An instance that was told to stop ends each connection with its answer, so that the next request goes to another one. */
export function letConnectionsGo(app: FastifyInstance, { stopping }: Deps): void {
  if (stopping === undefined) return
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping.begun) reply.header('connection', 'close')
    done()
  })
}
