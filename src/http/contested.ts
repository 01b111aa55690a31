import type { FastifyRequest } from 'fastify'
import type { ReadCity } from '../db/city.ts'
import { nextBestFor } from '../db/nextBest.ts'
import { DomainError } from '../domain/error.ts'
import { reading } from './acting.ts'
import type { Deps } from './types.ts'

/** Where a place was lost to somebody else, the refusal says what to look at next: asked after the lost transaction is over. */
export async function contested<T>(
  deps: Deps,
  request: FastifyRequest,
  readCity: ReadCity,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof DomainError) || error.contest === undefined) throw error
    const { code, message, errors, blocking, contest } = error
    const nextBest = await reading(deps, request, (acting) =>
      nextBestFor(acting, readCity, contest.needId, contest.placeId),
    )
    throw new DomainError(code, message, errors, blocking, { ...contest, nextBest })
  }
}
