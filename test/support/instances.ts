import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { type Client, TODAY } from './app.ts'

/** One running instance of the application, in a process of its own. */
export interface Instance {
  /** Null where the connection broke before an answer came. */
  post(client: Pick<Client, 'cookie'>, path: string, body?: unknown, headers?: object): Promise<Answer | null>
  /**
   * From now on it counts statements, and dies right before the `at`th, or after the commit and before the answer. With `cut` the
   * process stands and the rest of it is dead: its line to the database is torn off, it asks and answers nothing more until it is
   * armed again. That is what the database and the caller meet of a crash, and costs no new process.
   */
  dieAt(at: number | 'answer', how?: 'kill' | 'cut'): Promise<void>
  /** Whether it is still there. */
  lives(): boolean
  stop(): Promise<void>
}

export interface Answer {
  status: number
  body: Record<string, unknown>
  retryAfter: string | null
}

/** Starts an instance on the database of a test, with at most so many connections to it. Whoever starts it stops it; it also ends with the test's process. */
export async function startInstance(
  appUrl: string,
  keys: { identityKey: string; fingerprintKey: string },
  connections = 10,
): Promise<Instance> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./instance.ts'))], {
    env: {
      PATH: process.env.PATH,
      APP_URL: appUrl,
      IDENTITY_KEY: keys.identityKey,
      FINGERPRINT_KEY: keys.fingerprintKey,
      TODAY,
      CONNECTIONS: String(connections),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { address } = await said<{ address: string }>(child)
  const ended = once(child, 'exit')
  let asking = new AbortController()
  child.on('message', (message) => {
    if ((message as { cut?: true }).cut) asking.abort()
  })
  const lives = () => child.exitCode === null && child.signalCode === null
  return {
    lives,
    async post({ cookie }, path, body, headers = {}) {
      try {
        const answer = await fetch(`${address}/api/v1${path}`, {
          method: 'POST',
          signal: asking.signal,
          headers: {
            cookie: `${SESSION_COOKIE}=${cookie}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return {
          status: answer.status,
          body: (await answer.json()) as Record<string, unknown>,
          retryAfter: answer.headers.get('retry-after'),
        }
      } catch (error) {
        if (error instanceof TypeError || asking.signal.aborted) return null
        throw error
      }
    },
    async dieAt(killAt, how = 'kill') {
      const armed = said(child)
      asking = new AbortController()
      child.send({ killAt, how })
      await armed
    },
    async stop() {
      if (lives()) child.kill('SIGKILL')
      await ended
    },
  }
}

/** The next message, or why there is none. */
function said<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code, signal) => reject(new Error(`the instance ended: ${code ?? signal}`)))
  })
}
