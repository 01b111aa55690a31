import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { type Client, TODAY } from './app.ts'
import { compiled } from './runNode.ts'

/** One running instance of the application, in a process of its own. */
export interface Instance {
  /** Null where the connection broke before an answer came. */
  post(client: Pick<Client, 'cookie'>, path: string, body?: unknown, headers?: object): Promise<Answer | null>
  /** From now on it counts statements, and is killed right before the `at`th, or after the commit and before the answer. */
  dieAt(at: number | 'answer'): Promise<void>
  /** How many statements it has sent since then. */
  statements(): Promise<number>
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
      ...compiled,
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
  const lives = () => child.exitCode === null && child.signalCode === null
  return {
    lives,
    async post({ cookie }, path, body, headers = {}) {
      try {
        const answer = await fetch(`${address}/api/v1${path}`, {
          method: 'POST',
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
        if (error instanceof TypeError) return null
        throw error
      }
    },
    async dieAt(killAt) {
      const armed = said(child)
      child.send({ killAt })
      await armed
    },
    async statements() {
      const counted = said<{ statements: number }>(child)
      child.send('count')
      return (await counted).statements
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
