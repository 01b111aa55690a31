import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { sendProblem } from './problem.ts'
import type { App, Deps } from './types.ts'

const NOT_PAGES = /^\/(api|docs|problems|assets)(\/|$)|^\/(livez|readyz|metrics)$/

/** Hands out the built web application; any address that is no file and no interface is one of its pages. */
export async function registerWeb(app: App, deps: Deps): Promise<void> {
  const index = deps.webDir === undefined ? undefined : await readFile(join(deps.webDir, 'index.html'), 'utf8')
  if (deps.webDir !== undefined) {
    await app.register(fastifyStatic, {
      root: deps.webDir,
      index: false,
      wildcard: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        // built files carry a hash of their content in their name
        response.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const [path] = request.url.split('?')
    if (index === undefined || request.method !== 'GET' || NOT_PAGES.test(path ?? '')) {
      return sendProblem(reply, request, { code: 'not_found', detail: 'Adressen finnes ikke.' })
    }
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index)
  })
}
