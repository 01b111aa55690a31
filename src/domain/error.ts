/** One wrong value: `pointer` is a JSON pointer into what was sent, `detail` a bokmål sentence. */
export interface FieldError {
  pointer: string
  code: string
  detail: string
}

/** The record that stands in the way; only named to somebody who may see it. */
export interface Blocking {
  kind: 'resident' | 'need' | 'closure'
  id: string
}

/** The closed set of what a broken rule can be called. */
const DOMAIN_ERROR_CODES = [
  'not_found',
  'not_allowed',
  'invalid_value',
  'duplicate_resident',
  'open_need_exists',
  'need_not_open',
  'need_not_complete',
  'place_outside_facility',
  'facility_closes_before_places',
  'overlapping_closure',
  'place_taken',
  'duplicate_label',
  'stale_version',
  'version_required',
  'key_reused',
  'request_in_flight',
  'import_unreadable',
  'import_too_large',
  'import_format_unknown',
  'import_in_progress',
] as const
export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number]

/** A broken rule. The code decides the HTTP status; `detail` is a bokmål sentence for the user. */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly errors: FieldError[]
  readonly blocking: Blocking | undefined

  constructor(code: DomainErrorCode, detail: string, errors: FieldError[] = [], blocking?: Blocking) {
    super(detail)
    this.name = 'DomainError'
    this.code = code
    this.errors = errors
    this.blocking = blocking
  }
}

/** What is missing and what another bydel holds answer with this same sentence. */
export function notFound(): DomainError {
  return new DomainError(
    'not_found',
    'Vi finner ikke det du leter etter. Det kan være fjernet, eller du har ikke tilgang.',
  )
}

/** One wrong value among what was sent. */
export function invalid(pointer: string, code: string, detail: string): DomainError {
  return new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', [{ pointer, code, detail }])
}
