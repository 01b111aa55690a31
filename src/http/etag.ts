import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, stale } from '../domain/error.ts'

/** Sets the entity tag: the row's integer version in quotes. */
export function tagged(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`)
}

/**
 * The version that an update is meant for.
 * @throws {DomainError} `version_required` (428) without If-Match, `stale_version` (412) when it is not one of ours.
 */
export function versionFrom(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined) {
    throw new DomainError(
      'version_required',
      'Send If-Match med versjonen du har sett, så ingen andres endring blir borte.',
    )
  }
  const match = /^"(\d{1,9})"$/.exec(header.trim())
  if (match?.[1] === undefined) throw stale()
  return Number(match[1])
}
