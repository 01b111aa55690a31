import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../db/actor.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { type Against, FLAG_STATE_NAMES, flagSentence, flagState, subjectName } from '../../domain/flags.ts'
import { type Answer, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor, readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { type FlagRuleId, flagRuleById } from '../../reference/flagRules.ts'
import { type Answering, answerFlag, existingFlag, mayAnswer } from './answer.ts'
import { type FlagRow, flagEvents, flagPage } from './queries.ts'
import { recordsOf } from './records.ts'
import {
  acknowledgement,
  assignment,
  type FlagBody,
  flag,
  flagQuery,
  flagRecord,
  flagWithHistory,
  resolution,
} from './schema.ts'
import { flagTable } from './table.ts'

const tags = ['flags']

/** What is measured and has passed a threshold: read by who steers, answered by whose it is. */
export function flagRoutes(app: App, deps: Deps): void {
  app.get(
    '/flags',
    {
      config: { capability: 'read_flags' },
      schema: {
        operationId: 'listFlags',
        tags,
        summary: 'Flags',
        description:
          'What has passed a threshold, the whole city’s first, then by district. Numbers, and nobody in them.',
        querystring: flagQuery,
        response: { 200: listContent('A page.', pageOf(flag)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) => {
      const { closed, ...asked } = request.query
      return listInFormAsked(
        request,
        reply,
        asked,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const after = readCursor(cursor, z.string(), z.string(), z.uuid())
            const rows = await flagPage(trx, { ...asked, limit, closed: closed === 'true' }, after)
            const page = cutPage(rows, limit, ({ district, ruleId, id }) => [district ?? '', ruleId, id])
            return { items: page.items.map((row) => flagBody(row, request.actor)), nextCursor: page.nextCursor }
          }),
        async (rows) => flagTable(rows, await reading(deps, request, async ({ today }) => today)),
      )
    },
  )

  app.get(
    '/flags/:id',
    {
      config: { capability: 'read_flags' },
      schema: {
        operationId: 'readFlag',
        tags,
        summary: 'One flag with its history',
        description: 'What was measured and against what, and what has been done about it since it was raised.',
        params: idParams,
        response: { 200: flagWithHistory.describe('The flag.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingFlag(acting, request.params.id)
        tagged(reply, row.version)
        const events = await flagEvents(acting.trx, row.id)
        return {
          ...flagBody(row, request.actor),
          events: events.map((event) => ({
            ...event,
            measured: Number(event.measured),
            kind: event.kind as z.infer<typeof flagWithHistory>['events'][number]['kind'],
          })),
        }
      }),
  )

  app.get(
    '/flags/:id/records',
    {
      config: { capability: 'read_flags' },
      schema: {
        operationId: 'listFlagRecords',
        tags,
        summary: 'What stands behind a flag',
        description:
          'Needs and stays of the reader’s own district only; places and facilities for everybody who reads flags. Of the whole city’s flags an officer or manager opens her own district’s part.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(flagRecord).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await existingFlag(acting, request.params.id)
        const { limit, cursor } = request.query
        const after = idCursor(cursor)
        const district = row.district ?? request.actor?.districts[0]
        const records = district === undefined ? [] : await recordsOf(acting, deps.keyring, row, district, limit, after)
        return cutPage(records, limit, ({ id }) => [id])
      }),
  )

  const answered = (request: FastifyRequest, reply: FastifyReply, id: string, given: Answering) =>
    writing(deps, request, reply, async (acting, actor): Promise<Answer<FlagBody>> => {
      const row = await answerFlag(acting, actor, id, versionFrom(request), given)
      return { status: 200, body: flagBody(row, actor), version: row.version }
    })

  app.post(
    '/flags/:id/acknowledgement',
    {
      config: { capability: 'answer_flags' },
      schema: {
        operationId: 'acknowledgeFlag',
        tags,
        summary: 'I have seen it',
        description:
          'By the district’s manager, or by a planner for the whole city’s; the comment is read by all who read flags.',
        params: idParams,
        body: acknowledgement,
        response: { 200: flag.describe('The flag.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      answered(request, reply, request.params.id, { kind: 'acknowledged', comment: request.body.comment }),
  )

  app.post(
    '/flags/:id/assignment',
    {
      config: { capability: 'answer_flags' },
      schema: {
        operationId: 'assignFlag',
        tags,
        summary: 'Somebody follows it up',
        description: 'Who, in words; it can be given to somebody else later.',
        params: idParams,
        body: assignment,
        response: { 200: flag.describe('The flag.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      answered(request, reply, request.params.id, {
        kind: 'assigned',
        to: request.body.to,
        comment: request.body.comment,
      }),
  )

  app.post(
    '/flags/:id/resolution',
    {
      config: { capability: 'answer_flags' },
      schema: {
        operationId: 'resolveFlag',
        tags,
        summary: 'It is dealt with',
        description: 'Raised again with its history when it still holds after the rule’s grace.',
        params: idParams,
        body: resolution,
        response: { 200: flag.describe('The flag.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      answered(request, reply, request.params.id, { kind: 'resolved', comment: request.body.comment }),
  )
}

function flagBody(row: FlagRow, actor: Actor | null): FlagBody {
  const state = flagState(row)
  const measured = Number(row.measured)
  const basis = row.basis as FlagBody['basis']
  const ruleId = row.ruleId as FlagRuleId
  const rule = flagRuleById(ruleId)
  return {
    id: row.id,
    version: row.version,
    ruleId,
    ruleVersion: row.ruleVersion,
    title: rule.title,
    sentence: flagSentence({ ...row, ruleId, measured, basis }),
    measure: rule.measure,
    next: rule.next,
    district: row.district,
    subject: subjectName(row.subject),
    basis,
    measured,
    unit: rule.unit,
    threshold: Number(row.threshold),
    closesBelow: rule.closesBelow,
    closesAfterDays: rule.closesAfterDays,
    against: (row.against as unknown as Against[]).map(({ note, unknown, part, ...figure }) => ({
      ...figure,
      note: note ?? null,
      unknown: unknown ?? null,
      part: part ?? ('rule' as const),
    })),
    behind: row.behind,
    source: row.source,
    since: row.since,
    sinceFrom: row.sinceFrom as FlagBody['sinceFrom'],
    belowSince: row.closedAt === null ? row.belowSince : null,
    closesOn:
      row.closedAt === null && row.belowSince !== null ? addDays(row.belowSince as Day, rule.closesAfterDays) : null,
    openedAt: row.openedAt,
    measuredAt: row.measuredAt,
    state,
    stateName: FLAG_STATE_NAMES[state],
    assignedTo: row.assignedTo,
    mayAnswer: mayAnswer(actor, row) && state !== 'closed' && state !== 'resolved',
  }
}
