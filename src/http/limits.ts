import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { asksForFile } from './exportTable.ts'
import { sendProblem } from './problem.ts'

/** How many requests are taken within a minute, by one instance. */
export interface Limits {
  /** From one address, whatever they ask for. */
  address: number
  /** That read, from one user on one route. */
  reads: number
  /** That change something, from one user on one route. */
  changes: number
  /** For a file, from one user on one route. */
  files: number
}

/** Seconds to wait where somebody has asked too often; null: go on. */
export type Limiter = (request: FastifyRequest) => Promise<number | null>

const MINUTE = 60_000
/** How many are counted at once; who is not heard from for longest is forgotten first. */
const COUNTED = 20_000
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

function classOf(request: FastifyRequest): Exclude<keyof Limits, 'address'> {
  if (!SAFE.has(request.method)) return 'changes'
  return asksForFile(request) ? 'files' : 'reads'
}

/**
 * Counts what an address asks for, before anything is looked up for it: also what is then refused, or not there. To be registered
 * before whatever refuses requests.
 * @returns the limiter of users, which is asked as soon as it is known who asks: where nobody is signed in, the address is counted
 */
export async function registerLimits(app: FastifyInstance, limits: Limits): Promise<Limiter> {
  await app.register(rateLimit, { global: false })
  const counter = (max: number, keyGenerator: (request: FastifyRequest) => string): Limiter => {
    // its types do not know `cache`, which it takes
    const options = { max, keyGenerator, timeWindow: MINUTE, cache: COUNTED }
    const count = app.createRateLimit(options)
    return async (request) => {
      const counted = await count(request)
      return counted.isAllowed || !counted.isExceeded ? null : Math.max(1, counted.ttlInSeconds)
    }
  }
  const addressOf = ({ ip }: FastifyRequest) => normalizeIP(ip)
  const ofAddress = counter(limits.address, addressOf)
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.unlimited === true) return
    const seconds = await ofAddress(request)
    if (seconds !== null) return sendProblem(reply, request, tooMany(seconds))
  })
  const who = (request: FastifyRequest) =>
    `${request.actor?.accountId ?? addressOf(request)} ${request.method} ${request.routeOptions.url}`
  const ofUser = {
    reads: counter(limits.reads, who),
    changes: counter(limits.changes, who),
    files: counter(limits.files, who),
  }
  return (request) => ofUser[classOf(request)](request)
}

/** What somebody is told who has asked too often. */
export function tooMany(seconds: number) {
  const wait = seconds === 1 ? 'ett sekund' : `${seconds} sekunder`
  return {
    code: 'too_many_requests',
    detail: `Dette er gjort mange ganger på kort tid. Vent ${wait} og prøv igjen.`,
    retryAfter: seconds,
  } as const
}
