import type { FastifyRequest } from 'fastify'
import { type Acting, asActor } from '../db/actor.ts'
import type { ReadCity } from '../db/city.ts'
import { nextBestFor } from '../db/nextBest.ts'
import { type Contest, DomainError, type NextBest } from '../domain/error.ts'
import type { Deps } from './types.ts'

/** Looks for other places, in a transaction of its own. */
type NextBestOf = (acting: Acting, contest: Contest) => Promise<NextBest[]>

/** The places that fit the need next best. */
export function byNeed(readCity: ReadCity): NextBestOf {
  return async (acting, { needId, placeId }) => (needId === null ? [] : nextBestFor(acting, readCity, needId, placeId))
}

/** Where a place was lost to somebody else, the refusal says what to look at next: asked after the lost transaction is over. */
export async function contested<T>(
  deps: Deps,
  request: FastifyRequest,
  nextBestOf: NextBestOf,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof DomainError) || error.contest === undefined) throw error
    const { code, message, errors, blocking, contest } = error
    // a refusal shows places and nobody, also where the route's answer would have shown a person
    const nextBest = await asActor(
      deps.db,
      request.actor,
      deps.demoDate,
      (acting) => nextBestOf(acting, contest),
      'reading',
    )
    throw new DomainError(code, message, errors, blocking, { ...contest, nextBest })
  }
}
