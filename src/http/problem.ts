import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  BLOCKING_KINDS,
  type Blocking,
  type Contest,
  DomainError,
  type DomainErrorCode,
  type FieldError,
} from '../domain/error.ts'

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

interface Kind {
  status: number
  title: string
}

/** The one table from what went wrong to HTTP. */
const KINDS = {
  not_found: { status: 404, title: 'Finner ikke' },
  not_allowed: { status: 403, title: 'Ikke tilgang' },
  not_signed_in: { status: 401, title: 'Du er ikke logget inn' },
  from_elsewhere: { status: 403, title: 'Forespørselen kommer fra et annet nettsted' },
  invalid_value: { status: 422, title: 'Noe er ikke riktig fylt ut' },
  invalid_request: { status: 400, title: 'Forespørselen er ikke gyldig' },
  too_large: { status: 413, title: 'For stor forespørsel' },
  unsupported_media_type: { status: 415, title: 'Innholdstypen støttes ikke' },
  method_not_allowed: { status: 405, title: 'Det går ikke an å gjøre dette her' },
  duplicate_resident: { status: 409, title: 'Personen er allerede registrert' },
  open_need_exists: { status: 409, title: 'Husstanden har allerede et åpent behov' },
  need_not_open: { status: 409, title: 'Behovet er ikke åpent' },
  need_not_complete: { status: 409, title: 'Behovet mangler noe' },
  place_outside_facility: { status: 422, title: 'Plassen er utenfor botilbudets levetid' },
  facility_closes_before_places: { status: 409, title: 'Botilbudet har plasser som er åpne lenger' },
  overlapping_closure: { status: 409, title: 'Plassen er allerede sperret i perioden' },
  place_taken: { status: 409, title: 'Plassen er opptatt' },
  place_held: { status: 409, title: 'Plassen er reservert' },
  place_closed: { status: 409, title: 'Plassen er ikke åpen' },
  place_unfit: { status: 409, title: 'Plassen passer ikke' },
  skip_unexplained: { status: 422, title: 'Boligformen er en annen enn behovet' },
  offer_exists: { status: 409, title: 'Plassen er allerede tilbudt' },
  hold_exists: { status: 409, title: 'En annen plass er reservert' },
  hold_not_open: { status: 409, title: 'Reservasjonen varer ikke lenger' },
  flag_not_open: { status: 409, title: 'Varselet kan ikke besvares slik nå' },
  offer_not_open: { status: 409, title: 'Tilbudet kan ikke endres nå' },
  home_accepted: { status: 409, title: 'Husstanden har takket ja til en plass' },
  step_stopped: { status: 409, title: 'Noe mangler før dette steget' },
  no_lease: { status: 409, title: 'Boligformen har ikke leiekontrakt' },
  lease_signed: { status: 409, title: 'Leiekontrakten er signert' },
  lease_missing: { status: 409, title: 'Leiekontrakten er ikke signert' },
  decision_missing: { status: 409, title: 'Vedtaket er ikke fattet' },
  not_given_by_intake: { status: 409, title: 'Felles inntak gir ikke denne boligformen' },
  referral_exists: { status: 409, title: 'Behovet er allerede henvist' },
  referral_not_open: { status: 409, title: 'Henvisningen kan ikke endres nå' },
  stay_not_present: { status: 409, title: 'Oppholdet er avsluttet' },
  stay_not_departed: { status: 409, title: 'Oppholdet er ikke avsluttet' },
  correction_blocked: { status: 409, title: 'Dette kan ikke rettes slik' },
  move_in_not_over: { status: 409, title: 'Innflyttingsdagen er ikke over' },
  next_home_missing: { status: 409, title: 'Neste bolig er ikke klar' },
  needs_referral: { status: 409, title: 'Plassen krever en henvisning' },
  transfer_needs_offer: { status: 409, title: 'Bytte krever et tilbud' },
  withdrawal_blocked: { status: 409, title: 'Noe står i veien' },
  chain_waits: { status: 409, title: 'Flyttingen før må skje først' },
  chain_step_closed: { status: 409, title: 'Leddet i kjeden er ikke åpent' },
  chain_not_started: { status: 409, title: 'Kjeden kan ikke settes i gang' },
  task_not_open: { status: 409, title: 'Oppgaven er ikke åpen' },
  rule_confirmed: { status: 409, title: 'Regelen er allerede kontrollert' },
  rule_not_confirmed: { status: 409, title: 'Regelen er ikke kontrollert' },
  duplicate_label: { status: 409, title: 'Navnet er i bruk' },
  duplicate_supplier: { status: 409, title: 'Leverandøren finnes fra før' },
  call_off_overlaps: { status: 409, title: 'Dagene har en pris fra før' },
  stale_version: { status: 412, title: 'Noen andre har endret dette' },
  version_required: { status: 428, title: 'Mangler versjon (If-Match)' },
  key_reused: { status: 422, title: 'Idempotency-Key er brukt til noe annet' },
  request_in_flight: { status: 409, title: 'Den samme forespørselen er under arbeid' },
  draft_exists: { status: 409, title: 'Det finnes et utkast' },
  decision_issued: { status: 409, title: 'Vedtaket er fattet' },
  decision_not_issued: { status: 409, title: 'Vedtaket er ikke fattet' },
  appeal_open: { status: 409, title: 'En klage er til behandling' },
  appeal_closed: { status: 409, title: 'Klagen kan ikke endres' },
  no_letter: { status: 409, title: 'Det skal ikke sendes brev' },
  too_many_unfinished: { status: 409, title: 'For mange som ikke er ferdige' },
  too_many_scenarios: { status: 409, title: 'For mange scenarioer' },
  scenario_archived: { status: 409, title: 'Scenarioet er lagt bort' },
  import_unreadable: { status: 422, title: 'Filen kan ikke leses' },
  import_too_large: { status: 413, title: 'Filen er for stor' },
  import_format_unknown: { status: 415, title: 'Filtypen støttes ikke' },
  not_acceptable: { status: 406, title: 'Formatet finnes ikke' },
  import_in_progress: { status: 409, title: 'En annen import er i gang' },
  return_plan_open: { status: 409, title: 'Personen har allerede en plan' },
  return_plan_closed: { status: 409, title: 'Planen kan ikke endres slik nå' },
  return_plan_incomplete: { status: 409, title: 'Planen mangler noe' },
  not_moved: { status: 409, title: 'Flyttingen er ikke registrert' },
  commitment_exists: { status: 409, title: 'Bydelen har allerede forpliktet seg' },
  commitment_closed: { status: 409, title: 'Forpliktelsen gjelder ikke lenger' },
  home_promised: { status: 409, title: 'Boligen er satt av' },
  record_locked: { status: 409, title: 'Saken er låst' },
  record_in_use: { status: 409, title: 'Saken kan ikke låses ennå' },
  record_not_locked: { status: 409, title: 'Saken er ikke låst' },
  overlapping_quota: { status: 409, title: 'Bydelen har en kvote i denne perioden' },
  team_exists: { status: 409, title: 'Bydelen har et team med dette navnet' },
  circle_refused: { status: 409, title: 'Kretsen kan ikke endres slik' },
  glass_not_open: { status: 409, title: 'Nødåpningen kan ikke endres slik nå' },
  glass_not_needed: { status: 409, title: 'Du ser personen allerede' },
  trial_not_completed: { status: 409, title: 'Prøven er ikke ferdig' },
  proposal_exists: { status: 409, title: 'Utkastet er allerede foreslått' },
  proposal_not_open: { status: 409, title: 'Det er ikke noe forslag å ta stilling til' },
  policy_changed: { status: 409, title: 'Regelen er endret siden utkastet ble prøvd' },
  too_many_requests: { status: 429, title: 'For mange forespørsler' },
  unavailable: { status: 503, title: 'Tjenesten er ikke tilgjengelig akkurat nå' },
  internal: { status: 500, title: 'Noe gikk galt hos oss' },
} as const satisfies Record<DomainErrorCode, Kind> & Record<string, Kind>
type ProblemCode = keyof typeof KINDS

/** Database constraints that guard a rule of the domain: the wall answers like the rule. */
const CONSTRAINTS: Record<string, { code: DomainErrorCode; detail: string }> = {
  resident_identity_once: {
    code: 'duplicate_resident',
    detail: 'Det finnes allerede en person med dette fødselsnummeret i bydelen. Søk henne opp i stedet.',
  },
  need_one_open_per_household: {
    code: 'open_need_exists',
    detail: 'Husstanden har et utkast eller et registrert behov fra før. Åpne det i stedet for å lage et nytt.',
  },
  place_inside_facility: {
    code: 'place_outside_facility',
    detail: 'Plassen kan ikke være åpen før botilbudet åpner eller etter at det stenger.',
  },
  facility_around_places: {
    code: 'facility_closes_before_places',
    detail: 'Botilbudet har plasser som er åpne utenfor den nye perioden. Endre plassene først.',
  },
  closure_no_overlap: { code: 'overlapping_closure', detail: 'Plassen er allerede sperret en del av denne perioden.' },
  occupancy_no_overlap: { code: 'place_taken', detail: 'Plassen er opptatt en del av denne perioden.' },
  hold_no_overlap: { code: 'place_held', detail: 'Plassen er reservert for en annen.' },
  promised_place_stays_open: {
    code: 'place_held',
    detail:
      'Noen har takket ja til plassen og skal flytte inn. Finn en annen plass sammen med bydelen, og la den trekke tilbudet først.',
  },
  promised_house_admits: {
    code: 'place_held',
    detail:
      'Noen har takket ja til en plass på botilbudet og skal flytte inn. Finn en annen plass sammen med bydelen, og la den trekke tilbudet først.',
  },
  circle_by_another: {
    code: 'circle_refused',
    detail: 'Du kan ikke sette deg selv i kretsen. Be lederen i bydelen eller noen som er i den.',
  },
  circle_of_bydel: { code: 'circle_refused', detail: 'Velg en boligkonsulent eller leder i samme bydel.' },
  circle_not_empty: { code: 'circle_refused', detail: 'Noen må være igjen i kretsen. Sett inn en annen først.' },
  break_glass_needed: { code: 'glass_not_needed', detail: 'Personen er i bydelen din. Søk henne opp på vanlig måte.' },
  break_glass_open_question: { code: 'glass_not_open', detail: 'Fristen for å svare er ute.' },
  chain_of_run: { code: 'chain_not_started', detail: 'Kjeden er allerede satt i gang.' },
  offer_once: { code: 'offer_exists', detail: 'Plassen er allerede tilbudt til dette behovet.' },
  offer_one_accepted: { code: 'home_accepted', detail: 'Husstanden har takket ja til en annen plass.' },
  referral_one_open: {
    code: 'referral_exists',
    detail: 'Behovet er allerede henvist til denne boligformen og venter på svar.',
  },
  decision_one_draft: {
    code: 'draft_exists',
    detail: 'Det finnes et utkast fra før. Endre det i stedet for å lage et nytt.',
  },
  appeal_one_open: { code: 'appeal_open', detail: 'Det er en klage til behandling fra før. Avslutt den først.' },
  return_plan_one_open: { code: 'return_plan_open', detail: 'Personen har en plan fra før. Endre den i stedet.' },
  home_commitment_one_open: {
    code: 'commitment_exists',
    detail: 'Bydelen har allerede forpliktet seg for denne planen. Endre det i stedet.',
  },
  home_commitment_open_plan: { code: 'return_plan_closed', detail: 'Planen er over. Den trenger ingen bolig.' },
  home_commitment_one_home: {
    code: 'home_promised',
    detail: 'Boligen er satt av til en annen som skal flytte hjem. Velg en annen bolig.',
  },
  record_locked: {
    code: 'record_locked',
    detail: 'Saken er låst og kan ikke endres. En avdelingsleder i bydelen kan låse den opp.',
  },
  record_lock_one: { code: 'record_locked', detail: 'Saken er allerede låst.' },
  cross_district_quota_once: {
    code: 'overlapping_quota',
    detail: 'Bydelen har allerede en kvote i en del av denne perioden. Endre den i stedet.',
  },
  support_team_once: { code: 'team_exists', detail: 'Bydelen har et team med dette navnet. Velg et annet navn.' },
  supplier_name_once: {
    code: 'duplicate_supplier',
    detail: 'Det finnes allerede en leverandør med dette navnet. Bruk den i stedet for å lage en ny.',
  },
  call_off_one_price: {
    code: 'call_off_overlaps',
    detail: 'Oppholdet har allerede et avrop for noen av dagene. Sett en sluttdato på det først.',
  },
  place_facility_id_label_key: {
    code: 'duplicate_label',
    detail: 'Botilbudet har allerede en plass med dette navnet.',
  },
}

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
