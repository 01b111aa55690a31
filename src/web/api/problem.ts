/** One wrong field: `pointer` is a JSON pointer into the body that was sent, `detail` says in bokmål what to do. */
export type FieldProblem = { pointer: string; code: string; detail: string }

/** Of a place that is not to be had: what it is and until when, and never who has it. */
type PlaceStanding = { kind: string; until: string | null; sentence: string }

/** A place that fits the same need, to look at instead. */
export type NextBest = {
  placeId: string
  label: string
  form: string
  facilityName: string
  districtCode: string
  availableFrom: string
  /** When the house last confirmed its vacancy; null: never. */
  vacancyConfirmedAt: string | null
  /** What it does not meet or nobody knows of it, in words. */
  lacks: string[]
}

/** What went wrong, as RFC 9457 says it, with everything optional filled in. `status` 0 means that no answer came. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string | null
  errors: FieldProblem[]
  /** The record that stands in the way, when one may see it. */
  blocking: { kind: string; id: string } | null
  /** When a place was asked for that somebody else has. */
  state: PlaceStanding | null
  nextBest: NextBest[]
  traceId: string | null
}

/** Thrown by every call to the API that does not succeed. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.title}`)
    this.name = 'ApiError'
    this.problem = problem
  }
}

const unreachable: Problem = {
  type: 'about:blank',
  title: 'Vi får ikke kontakt med tjenesten',
  status: 0,
  code: 'unreachable',
  detail: 'Sjekk at du er på nett, og prøv igjen.',
  errors: [],
  blocking: null,
  state: null,
  nextBest: [],
  traceId: null,
}

const unexpected: Omit<Problem, 'status'> = {
  type: 'about:blank',
  title: 'Noe gikk galt hos oss',
  code: 'unexpected',
  detail: 'Feilen er ikke din. Prøv igjen om litt.',
  errors: [],
  blocking: null,
  state: null,
  nextBest: [],
  traceId: null,
}

/**
 * Reads an error answer. It may come from something in front of the service, so nothing about its shape is taken for granted.
 * @param status the HTTP status
 * @param body the parsed body, whatever it was
 */
export function readProblem(status: number, body: unknown): Problem {
  if (!isRecord(body) || typeof body.title !== 'string') return { ...unexpected, status }
  return {
    type: text(body.type) ?? 'about:blank',
    title: body.title,
    status,
    code: text(body.code) ?? 'unexpected',
    detail: text(body.detail),
    errors: Array.isArray(body.errors) ? body.errors.filter(isFieldProblem) : [],
    blocking: isRecordNamed(body.blocking) ? body.blocking : null,
    state: isStanding(body.state) ? body.state : null,
    nextBest: Array.isArray(body.nextBest) ? body.nextBest.filter(isNextBest) : [],
    traceId: text(body.traceId),
  }
}

/** The problem behind anything thrown: an API error says its own, a failed connection and a bug get a text of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  // `fetch` rejects with a TypeError when no answer came.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return unreachable
  return { ...unexpected, status: 500 }
}

/** A missing record and one that belongs to another bydel answer alike, and are shown alike. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 404
}

/** Whether the same question may get another answer soon: no connection, too many requests, or the service is down. */
export function isPassing(error: unknown): boolean {
  const { status } = problemOf(error)
  return status === 0 || status === 429 || status >= 502
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    isRecord(value) &&
    typeof value.pointer === 'string' &&
    typeof value.code === 'string' &&
    typeof value.detail === 'string'
  )
}

function isRecordNamed(value: unknown): value is { kind: string; id: string } {
  return isRecord(value) && typeof value.kind === 'string' && typeof value.id === 'string'
}

function isStanding(value: unknown): value is PlaceStanding {
  return isRecord(value) && typeof value.sentence === 'string'
}

function isNextBest(value: unknown): value is NextBest {
  const texts = ['placeId', 'label', 'form', 'facilityName', 'districtCode', 'availableFrom']
  if (!isRecord(value) || !texts.every((key) => typeof value[key] === 'string')) return false
  const { lacks, vacancyConfirmedAt: confirmed } = value
  return Array.isArray(lacks) && (confirmed === null || typeof confirmed === 'string')
}
