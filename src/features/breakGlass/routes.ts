import type { FastifyReply, FastifyRequest } from 'fastify'
import { ROLE_NAMES, type Role } from '../../access/capabilities.ts'
import { checkPersonalNumber, ending, openIdentity, personRef } from '../../access/identity.ts'
import { logSecurityEvent, type SecurityEventKind } from '../../access/securityEvents.ts'
import type { Actor } from '../../db/actor.ts'
import { GLASS_STATE_NAMES, glassState } from '../../domain/breakGlass.ts'
import { DomainError, notFound, stale } from '../../domain/error.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import { eventOf, tellSecurity } from '../../http/security.ts'
import type { App, Deps } from '../../http/types.ts'
import { breakGlass, type GlassRow, glassById, glassPage, personBehind, setGlass } from './queries.ts'
import {
  type GlassBody,
  type GlassPerson,
  glass,
  glassAnswer,
  glassPerson,
  glassQuery,
  glassReview,
  newGlass,
} from './schema.ts'

const tags = ['break glass']

/** Seeing somebody who is not one's own because she must be helped at once, and going through it afterwards. */
export function breakGlassRoutes(app: App, deps: Deps): void {
  const { keyring } = deps
  const answered = (status: 200 | 201, row: GlassRow, actor: Actor): Answer<GlassBody> => ({
    status,
    body: glassBody(row, actor),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/break-glass/${row.id}` } : {}),
  })

  /** Does what somebody decides of one, if it is still as she saw it and hers to decide, and tells of it in the security log. */
  const decide = (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    what: keyof GlassBody['may'],
    refusal: string,
    changes: Parameters<typeof setGlass>[3],
    kind: SecurityEventKind,
  ) =>
    writing(deps, request, reply, async ({ trx }, actor) => {
      const { id } = request.params
      const version = versionFrom(request)
      if (!glassBody(await existing(trx, id), actor).may[what]) throw new DomainError('glass_not_open', refusal)
      if (!(await setGlass(trx, id, version, changes))) throw stale()
      await logSecurityEvent(trx, eventOf(request, { kind, record: { table: 'break_glass', id } }))
      return answered(200, await existing(trx, id), actor)
    })

  app.get(
    '/break-glass',
    {
      config: { capability: 'read_break_glass' },
      schema: {
        operationId: 'listBreakGlass',
        tags,
        summary: 'Glasses that were broken',
        description: 'My own; for a manager those of her bydel’s people; for an auditor all. Newest first.',
        querystring: glassQuery,
        response: { 200: pageOf(glass).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const rows = await glassPage(trx, request.query, idCursor(request.query.cursor))
        const page = cutPage(rows, request.query.limit, (row) => [row.id])
        return { items: page.items.map((row) => glassBody(row, request.actor)), nextCursor: page.nextCursor }
      }),
  )

  app.post(
    '/break-glass',
    {
      config: { capability: 'break_glass' },
      schema: {
        operationId: 'breakGlass',
        tags,
        summary: 'See somebody who must be helped at once',
        description:
          'By her personal number, with a reason. Open for an hour; with a confidential address (kode 7) from another’s yes. A strictly confidential one (kode 6) is never opened and answers like one who is not registered. The manager of her bydel is told.',
        body: newGlass,
        response: {
          201: glass.describe('What was asked, open or waiting.'),
          ...problems(400, 401, 403, 404, 409, 422),
        },
      },
    },
    (request, reply) => {
      const { personalNumber, reason } = request.body
      checkPersonalNumber(personalNumber, deps.demoDate !== undefined)
      return writing(deps, request, reply, async ({ trx }, actor) => {
        const id = await breakGlass(trx, keyring.fingerprint(personalNumber), reason)
        if (id === undefined) throw new NobodyThere()
        const row = await existing(trx, id)
        const kind = row.openedAt === null ? 'break_glass_requested' : 'break_glass'
        await logSecurityEvent(trx, eventOf(request, { kind, record: { table: 'break_glass', id } }))
        return answered(201, row, actor)
      }).catch(async (error: unknown) => {
        // what was asked in vain is told too, and alike whether nobody is there or nobody who may be shown
        if (error instanceof NobodyThere) {
          await tellSecurity(deps, request, { kind: 'break_glass_requested', detail: 'nobody' })
        }
        throw error
      })
    },
  )

  app.get(
    '/break-glass/:id',
    {
      config: { capability: 'read_break_glass' },
      schema: {
        operationId: 'readBreakGlass',
        tags,
        summary: 'One glass that was broken',
        description: 'Who asked, why, what was answered, and when it ends. It names nobody.',
        params: idParams,
        response: { 200: glass.describe('What was asked.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async ({ trx }) => {
        const row = await glassById(trx, request.params.id)
        if (row === undefined) throw notFound()
        tagged(reply, row.version)
        return glassBody(row, request.actor)
      }),
  )

  app.get(
    '/break-glass/:id/person',
    {
      config: { capability: 'break_glass' },
      schema: {
        operationId: 'readPersonBehindGlass',
        tags,
        summary: 'The person behind an open glass',
        description: 'For whoever opened it, while it is open: what helping at once takes. Else 404.',
        params: idParams,
        response: { 200: glassPerson.describe('The person.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }): Promise<GlassPerson> => {
        const row = await personBehind(trx, request.params.id)
        if (row === undefined) throw notFound()
        const { name, phone, personalNumber } = openIdentity(keyring, row.residentId, row.ciphertext)
        const { homeForm, homeSince } = row
        return {
          name,
          phone,
          personalNumberEnding: ending(personalNumber),
          birthDate: row.birthDate,
          gender: row.gender,
          language: row.language,
          interpreter: row.interpreter,
          contactPerson: row.contactPerson,
          addressProtection: row.addressProtection,
          district: row.holdingDistrict,
          adults: row.adults,
          children: row.children,
          home:
            homeForm === null || homeSince === null
              ? null
              : { form: homeForm, label: row.homeLabel, facilityName: row.homeFacility, since: homeSince },
          openNeed: row.openNeed,
        }
      }),
  )

  app.post(
    '/break-glass/:id/answer',
    {
      config: { capability: 'answer_break_glass' },
      schema: {
        operationId: 'answerBreakGlass',
        tags,
        summary: 'Say yes or no to a request',
        description:
          'Of a person with a confidential address, by the manager of her bydel and never by who asked. Takes If-Match.',
        params: idParams,
        body: glassAnswer,
        response: { 200: glass.describe('As answered.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) => {
      const { approved } = request.body
      const kind = approved ? 'break_glass_approved' : 'break_glass_refused'
      return decide(request, reply, 'answer', 'Den kan ikke besvares, eller ikke av deg.', { approved }, kind)
    },
  )

  app.post(
    '/break-glass/:id/closing',
    {
      config: { capability: 'break_glass' },
      schema: {
        operationId: 'closeBreakGlass',
        tags,
        summary: 'Say that one is done',
        description: 'Before the hour is over, or before anybody has answered. Takes If-Match.',
        params: idParams,
        response: { 200: glass.describe('As closed.'), ...problems(400, 401, 403, 404, 409, 412, 428) },
      },
    },
    (request, reply) =>
      decide(
        request,
        reply,
        'close',
        'Den er ikke åpen, eller den er ikke din.',
        { closedAt: 'now' },
        'break_glass_ended',
      ),
  )

  app.post(
    '/break-glass/:id/review',
    {
      config: { capability: 'answer_break_glass' },
      schema: {
        operationId: 'reviewBreakGlass',
        tags,
        summary: 'Go through it afterwards',
        description: 'Whether the reason holds; what was wrong is written. Never by who asked. Takes If-Match.',
        params: idParams,
        body: glassReview,
        response: { 200: glass.describe('As gone through.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) => {
      const { verdict, note: reviewNote } = request.body
      const refusal = 'Den er gått gjennom, ble ikke åpnet, eller er din egen.'
      return decide(request, reply, 'review', refusal, { verdict, reviewNote }, 'break_glass_reviewed')
    },
  )
}

/** The number is nobody's, or that of somebody who is never shown: the two are one. */
class NobodyThere extends DomainError {
  constructor() {
    super('not_found', 'Ingen person med dette nummeret kan åpnes her. Ring bydelen eller vakten.')
  }
}

/** @throws {DomainError} `not_found`: not there, or not hers to see */
async function existing(...asked: Parameters<typeof glassById>): Promise<GlassRow> {
  const row = await glassById(...asked)
  if (row === undefined) throw notFound()
  return row
}

function glassBody(row: GlassRow, actor: Actor | null): GlassBody {
  const state = glassState(row, row.clock)
  const mine = row.requestedBy === actor?.accountId
  const keeps = !mine && actor?.role === 'district_manager' && actor.districts.includes(row.holdingDistrict)
  return {
    id: row.id,
    version: row.version,
    state,
    stateName: GLASS_STATE_NAMES[state],
    district: row.holdingDistrict,
    protection: row.protection as GlassBody['protection'],
    personRef: personRef(row.residentId),
    reason: row.reason,
    requestedAt: row.requestedAt,
    requestedBy: {
      name: row.askerName,
      roleName: ROLE_NAMES[row.askerRole as Role],
      districts: row.askerDistricts,
    },
    mine,
    answerBy: state === 'waiting' ? row.answerBy : null,
    answered:
      row.answeredAt === null || row.approved === null
        ? null
        : { at: row.answeredAt, by: row.answererName ?? '', approved: row.approved },
    openedAt: row.openedAt,
    endsAt: row.endsAt,
    closedAt: row.closedAt,
    review:
      row.reviewedAt === null
        ? null
        : {
            at: row.reviewedAt,
            by: row.reviewerName ?? '',
            verdict: row.verdict as NonNullable<GlassBody['review']>['verdict'],
            note: row.reviewNote,
          },
    may: {
      answer: keeps && state === 'waiting',
      close: mine && (state === 'open' || state === 'waiting'),
      review: keeps && row.openedAt !== null && row.verdict === null,
    },
  }
}
