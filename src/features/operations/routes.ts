import { sql } from 'kysely'
import { sendProblem } from '../../http/problem.ts'
import type { App, Deps } from '../../http/types.ts'

const OPERATION = { config: { unlimited: true }, schema: { hide: true }, logLevel: 'warn' } as const

/** Whether the process lives, and whether it can serve: outside the versioned API, and of no person. */
export function operationRoutes(app: App, deps: Deps): void {
  app.get('/livez', OPERATION, () => ({ status: 'ok' }))

  app.get('/readyz', OPERATION, async (request, reply) => {
    try {
      await sql`select version from city_version`.execute(deps.db)
    } catch {
      return sendProblem(reply, request, { code: 'unavailable', detail: 'Databasen svarer ikke.' })
    }
    return { status: 'ok' }
  })
}
