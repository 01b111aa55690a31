import { z } from 'zod'
import { ROLE_NAMES, type Role } from '../../access/capabilities.ts'
import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { SECURITY_EVENTS, type SecurityEventKind } from '../../access/securityEvents.ts'
import { PURPOSES, type Purpose } from '../../access/showings.ts'
import { AUDIT_LOGS, type AuditLog, newestSeals } from '../../db/auditSeals.ts'
import type { Day } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { dayFor, reading } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { logCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { securityEventAsCef, showingAsCef } from './cef.ts'
import {
  lastChecks,
  type SecurityEventRow,
  type ShowingRow,
  securityEventsAfter,
  securityEventsOf,
  seesResident,
  showingsAfter,
  showingsOf,
} from './queries.ts'
import {
  auditSeals,
  cefQuery,
  type SecurityEventBody,
  type ShowingBody,
  securityEvent,
  securityEventsQuery,
  showing,
  showingsQuery,
} from './schema.ts'
import { securityEventTable, showingTable } from './table.ts'
import { recordName, subjectOf } from './words.ts'

const tags = ['audit']
const HEADS = 10
const LOG_NAMES: Record<AuditLog, string> = { showing: 'Hvem har sett hvem', security_event: 'Sikkerhetshendelser' }

/** Who saw whom, what was refused, what was taken out, and whether the logs are as they were sealed. */
export function auditRoutes(app: App, deps: Deps): void {
  const showingsPage = async (
    trx: Parameters<typeof showingsOf>[0],
    wanted: Parameters<typeof showingsOf>[1],
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ) => {
    const rows = await showingsOf(trx, wanted, limit, logCursor(cursor))
    const page = cutPage(rows, limit, ({ lastId }) => [String(lastId)])
    return { ...page, items: page.items.map((row) => showingBody(deps.keyring, row)) }
  }

  app.get(
    '/residents/:id/showings',
    {
      config: { capability: 'read_showings' },
      schema: {
        operationId: 'listShowingsOfResident',
        tags,
        summary: 'Who saw this person',
        description: 'A row for each account, purpose and day, the newest first. Reading it is logged as well.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(showing).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const residentId = request.params.id
        if (!(await seesResident(trx, residentId))) throw notFound()
        return showingsPage(trx, { residentId }, request.query)
      }),
  )

  app.get(
    '/audit/showings',
    {
      config: { capability: 'review_showings' },
      schema: {
        operationId: 'listShowings',
        tags,
        summary: 'Who saw whom',
        description:
          'Of the last 90 days, or of one person from the beginning: a manager’s own bydel, an auditor’s whole city by pseudonyms.',
        querystring: showingsQuery,
        response: { 200: listContent('A page.', pageOf(showing)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        (asked) => reading(deps, request, ({ trx }) => showingsPage(trx, request.query, asked)),
        async (rows) => showingTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/audit/security-events',
    {
      config: { capability: 'read_security_log' },
      schema: {
        operationId: 'listSecurityEvents',
        tags,
        summary: 'What was refused, and what was taken out',
        description:
          'The newest first: denials, other bydeler’s records asked for, failed sign-ins, break-glass, files.',
        querystring: securityEventsQuery,
        response: { 200: listContent('A page.', pageOf(securityEvent)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const { kind } = request.query
            const kinds = kind === undefined ? undefined : [kind].flat()
            const rows = await securityEventsOf(trx, kinds, limit, logCursor(cursor))
            const page = cutPage(rows, limit, ({ id }) => [String(id)])
            return { ...page, items: page.items.map(securityEventBody) }
          }),
        async (rows) => securityEventTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/audit/seals',
    {
      config: { capability: 'read_security_log' },
      schema: {
        operationId: 'readAuditSeals',
        tags,
        summary: 'How far the logs are sealed, and whether they are as they were',
        description: 'The newest heads to compare with those that were exported, and what the daily check came to.',
        response: { 200: auditSeals.describe('Heads and checks.'), ...problems(400, 401, 403) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const checks = new Map((await lastChecks(trx)).map((check) => [check.log, check]))
        return {
          heads: (await newestSeals(trx, HEADS)).map(({ rowCount, previous: _, ...seal }) => ({
            ...seal,
            rows: rowCount,
          })),
          checks: AUDIT_LOGS.map((log) => {
            const check = checks.get(log)
            return {
              log,
              logName: LOG_NAMES[log],
              checkedAt: check?.verifiedAt ?? null,
              batches: check?.batches ?? 0,
              rows: check?.rowCount ?? 0,
              unsealed: check?.unsealed ?? 0,
              faults: check?.faults ?? [],
            }
          }),
        }
      }),
  )

  app.get(
    '/audit/cef',
    {
      config: { capability: 'read_security_log' },
      schema: {
        operationId: 'exportAuditAsCef',
        tags,
        summary: 'A log for another system, in Common Event Format',
        description:
          'One event a line, oldest first, after the one that was taken last. By pseudonyms: the lines name nobody.',
        querystring: cefQuery,
        response: {
          200: { description: 'CEF version 0.', content: { 'text/plain': { schema: z.string() } } },
          ...problems(400, 401, 403),
        },
      },
    },
    async (request, reply) => {
      const { log, after, limit } = request.query
      const lines = await reading(deps, request, async ({ trx }) =>
        log === 'showing'
          ? (await showingsAfter(trx, after, limit)).map(showingAsCef)
          : (await securityEventsAfter(trx, after, limit)).map(securityEventAsCef),
      )
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="${log.replaceAll('_', '-')}-${after}.cef"`)
        .send(lines.map((line) => `${line}\n`).join(''))
    },
  )
}

function accountBody(id: string, name: string | null, role: string) {
  return { id, name: name ?? 'Ukjent konto', role, roleName: ROLE_NAMES[role as Role] ?? role }
}

function showingBody(keyring: Keyring, row: ShowingRow): ShowingBody {
  const { actorId, actorName, actorRole, day, residentId, ciphertext, purpose, records, times, changed } = row
  return {
    actor: accountBody(actorId, actorName, actorRole),
    day: day as Day,
    residentId,
    residentName: nameIn(keyring, { residentId, ciphertext }),
    purpose: purpose as Purpose,
    purposeName: PURPOSES[purpose as Purpose].name,
    records: records.map(recordName),
    times,
    changed,
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    recordedAt: row.recordedAt,
    breakGlassIds: row.glasses,
  }
}

function securityEventBody(row: SecurityEventRow): SecurityEventBody {
  return {
    id: row.id,
    at: row.occurredAt,
    recordedAt: row.recordedAt,
    kind: row.kind,
    kindName: SECURITY_EVENTS[row.kind as SecurityEventKind] ?? row.kind,
    actor: row.actorId === null ? null : accountBody(row.actorId, row.actorName, row.actorRole),
    about: row.route === null && row.record !== null ? recordName(row.record).toLowerCase() : subjectOf(row.route),
    method: row.method,
    route: row.route,
    record: row.record === null ? null : recordName(row.record),
    recordId: row.recordId,
    detail: row.detail,
    traceId: row.traceId,
  }
}
