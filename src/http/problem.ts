import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { BLOCKING_KINDS, type Blocking, type Contest, DomainError, type FieldError } from '../domain/error.ts'
import { CONSTRAINTS, KINDS, type ProblemCode } from './problemKinds.ts'

/** RFC 9457 problem details, as every error answers. */
export const problemSchema = z
  .object({
    type: z.string().describe('A stable address of the kind of problem.'),
    title: z.string().describe('What went wrong, in bokmål.'),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    blocking: z
      .object({ kind: z.enum(BLOCKING_KINDS), id: z.string() })
      .optional()
      .describe('The record that stands in the way, when the reader may see it.'),
    state: z
      .object({
        kind: z.enum(['taken', 'held', 'closed', 'not_open', 'not_admitting']),
        until: z.string().nullable().describe('The first day after, where it is known.'),
        sentence: z.string(),
      })
      .optional()
      .describe('Of a place that is not to be had: what it is and until when, and never who.'),
    nextBest: z
      .array(
        z.object({
          placeId: z.string(),
          label: z.string(),
          form: z.string(),
          facilityName: z.string(),
          districtCode: z.string(),
          availableFrom: z.string(),
          vacancyConfirmedAt: z
            .string()
            .nullable()
            .describe('When the facility last confirmed its vacancy; null: never.'),
          lacks: z.array(z.string()).describe('Wishes not met and questions not answered, in words.'),
        }),
      )
      .optional()
      .describe('Up to three places that fit the same need, best first, when the place asked for is not to be had.'),
    traceId: z.string(),
  })
  .meta({ id: 'Problem' })

/**
 * Connection trouble, a database that lets nobody in, is starting, stopping or too slow, a crush that retries did not end: try
 * again shortly.
 */
const UNAVAILABLE = /^(08|28|53|57P0|57014|25P0[34]|55P03|40001|40P01)/
const UNAVAILABLE_ERRNO = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT'])

/** What the driver says without a code. */
const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|is not queryable|Client was closed/

interface Answer {
  code: ProblemCode
  detail?: string
  errors?: FieldError[]
  blocking?: Blocking
  contest?: Contest
  /** When to try again, in seconds. */
  retryAfter?: number
}

/** JSON pointers (RFC 6901) to what is wrong; the whole is the empty one, and a field that should not be there is named. */
function pointersTo(instancePath: string, context: string | undefined, params: Record<string, unknown>): string[] {
  const within = context === undefined || context === 'body' ? '' : `/${context}`
  const path = `${within}${instancePath === '/' ? '' : instancePath}`
  if (!Array.isArray(params.keys)) return [path]
  return params.keys.map((key) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

function answerOf(error: FastifyError | Error): Answer {
  if (error instanceof DomainError) {
    const { code, message: detail, errors, blocking, contest } = error
    return {
      code,
      detail,
      ...(errors.length > 0 ? { errors } : {}),
      ...(blocking === undefined ? {} : { blocking }),
      ...(contest === undefined ? {} : { contest }),
    }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.flatMap((wrong) =>
      pointersTo(wrong.instancePath, error.validationContext, wrong.params).map((pointer) => ({
        pointer,
        code: wrong.keyword,
        detail: wrong.message ?? 'Verdien er ikke gyldig.',
      })),
    )
    const inBody = error.validationContext === 'body'
    // a field that nobody asked for is no slip of the pen: whoever sends one means another API, or more than she may
    if (inBody && error.validation.some(({ keyword }) => keyword === 'unrecognized_keys')) {
      return { code: 'invalid_request', detail: 'Det er sendt felt som ikke finnes.', errors }
    }
    return {
      code: inBody ? 'invalid_value' : 'invalid_request',
      detail: inBody
        ? 'Rett det som er markert, og prøv igjen.'
        : 'Adressen eller hodet i forespørselen har en ugyldig verdi.',
      errors,
    }
  }
  const { code, statusCode, constraint } = error as { code?: unknown; statusCode?: unknown; constraint?: unknown }
  if (typeof constraint === 'string') {
    const guarded = CONSTRAINTS[constraint]
    if (guarded !== undefined) return guarded
  }
  // what row security refuses to write is not there for this actor
  if (code === '42501') return { code: 'not_allowed', detail: 'Du har ikke tilgang til å gjøre dette.' }
  if (typeof code === 'string' && (UNAVAILABLE.test(code) || UNAVAILABLE_ERRNO.has(code)))
    return { code: 'unavailable' }
  if (UNAVAILABLE_MESSAGE.test(error.message)) return { code: 'unavailable' }
  if (statusCode === 413) return { code: 'too_large', detail: 'Innholdet er større enn 1 MB.' }
  if (statusCode === 415) return { code: 'unsupported_media_type', detail: 'Send innholdet som application/json.' }
  if (statusCode === 429) return { code: 'too_many_requests' }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { code: 'invalid_request', detail: 'Innholdet kan ikke leses som JSON i UTF-8.' }
  }
  return {
    code: 'internal',
    detail: 'Feilen er registrert. Prøv igjen, og oppgi sporings-id-en hvis den kommer tilbake.',
  }
}

/** A problem's body; `type` is stable and relative, so it names no host. */
function problem({ code, detail, errors, blocking, contest }: Answer, traceId: string) {
  const { status, title } = KINDS[code]
  return {
    type: `/problems/${code.replaceAll('_', '-')}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(blocking === undefined ? {} : { blocking }),
    ...(contest === undefined ? {} : { state: contest.standing }),
    ...(contest?.nextBest === undefined ? {} : { nextBest: contest.nextBest }),
    traceId,
  }
}

/** Sends a problem; 503 and 429 say when to try again. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, answer: Answer): FastifyReply {
  const body = problem(answer, request.id)
  if (body.status === 503 || body.status === 429) reply.header('retry-after', String(answer.retryAfter ?? 2))
  // what was to be a file is none
  reply.removeHeader('content-disposition')
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body))
}

/** One error handler for the whole application: 5xx are masked, and what is logged carries no body and no person. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const answer = answerOf(error)
    const { status } = KINDS[answer.code]
    if (status >= 500) {
      const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
      const where = isResponseSerializationError(error)
        ? error.cause.issues.map((issue) => issue.path.join('.'))
        : undefined
      request.log.error(
        { err: { name: error.name, code, constraint, table, stack: stackOf(error), where } },
        'request failed',
      )
    }
    return sendProblem(reply, request, answer)
  })
}

/** Where it happened, without the message: a database error's message may quote a person's values. */
export function stackOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
}
