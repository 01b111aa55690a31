import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { legalTrackVersions } from '../../db/legalTracks.ts'
import { needById } from '../../db/needs.ts'
import { notFound } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { pageQuery } from '../../http/cursor.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { decisionAlarmPage } from './alarms.ts'
import { decideAppeal, forwardAppeal, receiveAppeal } from './appeals.ts'
import { decisionBody, trackBodies } from './present.ts'
import { type DecisionRow, decisionsOfNeeds } from './queries.ts'
import {
  appealDecided,
  changedDecision,
  decision,
  decisionAlarms,
  forwarding,
  issue,
  needDecisions,
  newAppeal,
  newDecision,
} from './schema.ts'
import { changeDecision, draftDecision, existingDecision, issueDecision } from './write.ts'

const tags = ['papers']

async function body(acting: Acting, row: DecisionRow): Promise<z.infer<typeof decision>> {
  return decisionBody(row, await legalTrackVersions(acting.trx), acting.today)
}

/** Decisions by legal track, drafted from the need, issued once, appealed; and which needs still lack one. */
export function decisionRoutes(app: App, deps: Deps): void {
  const { keyring } = deps

  app.get(
    '/needs/:id/decisions',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'listDecisions',
        tags,
        summary: 'A need’s decisions and how each legal track stands',
        description:
          'A track that calls for a decision and has none is said with its deadline; one never stands in for another.',
        params: idParams,
        response: { 200: needDecisions.describe('All of them.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const need = await needById(trx, request.params.id)
        if (need === undefined) throw notFound()
        const rows = await decisionsOfNeeds(trx, [need.id])
        const versions = await legalTrackVersions(trx)
        return {
          items: rows.map((row) => decisionBody(row, versions, today)),
          tracks: trackBodies(need, rows, today),
        }
      }),
  )

  app.get(
    '/decision-alarms',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'listDecisionAlarms',
        tags,
        summary: 'Decisions of my district that are late',
        description:
          'Of registered needs, each track that is overdue, or whose municipal home was refused with no decision on help beside it; the oldest deadline first. One never stands in for another.',
        querystring: pageQuery,
        response: { 200: decisionAlarms.describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, (acting) =>
        decisionAlarmPage(acting, keyring, request.actor?.districts ?? [], request.query),
      ),
  )

  app.post(
    '/needs/:id/decisions',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'draftDecision',
        tags,
        summary: 'Draft a decision from the need',
        description:
          'Main content and reasons are written from what is registered. The reason of a no that is not lack of homes is left to a person.',
        params: idParams,
        body: newDecision,
        response: { 201: decision.describe('The draft.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await draftDecision(acting, actor, request.params.id, request.body)
        return {
          status: 201,
          body: await body(acting, row),
          version: row.version,
          location: `/api/v1/decisions/${row.id}`,
        }
      }),
  )

  app.get(
    '/decisions/:id',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'readDecision',
        tags,
        summary: 'One decision',
        description: 'With its state, its window for appeals and the appeals.',
        params: idParams,
        response: { 200: decision.describe('The decision.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingDecision(acting, request.params.id)
        tagged(reply, row.version)
        return body(acting, row)
      }),
  )

  app.patch(
    '/decisions/:id',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'changeDecision',
        tags,
        summary: 'Change a draft',
        description:
          'Another outcome or language writes the text anew where nobody has touched it. Takes If-Match. An issued decision stays as it is.',
        params: idParams,
        body: changedDecision,
        response: { 200: decision.describe('The draft.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await changeDecision(acting, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: await body(acting, row), version: row.version }
      }),
  )

  app.post(
    '/decisions/:id/issue',
    {
      config: { capability: 'issue_decisions' },
      schema: {
        operationId: 'issueDecision',
        tags,
        summary: 'Issue a decision',
        description:
          'The window for appeals is counted in calendar weeks from the day of the letter. A granted health-and-care decision becomes the need’s service decision. Takes If-Match.',
        params: idParams,
        body: issue,
        response: { 200: decision.describe('As issued.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { issuedOn } = request.body
        const row = await issueDecision(acting, actor, request.params.id, versionFrom(request), issuedOn)
        return { status: 200, body: await body(acting, row), version: row.version }
      }),
  )

  app.post(
    '/decisions/:id/appeals',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'receiveAppeal',
        tags,
        summary: 'Record an appeal',
        description: 'One at a time; a late one is recorded too and marked as such.',
        params: idParams,
        body: newAppeal,
        response: { 201: decision.describe('The decision with it.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await receiveAppeal(acting, request.params.id, request.body)
        return { status: 201, body: await body(acting, row) }
      }),
  )

  app.post(
    '/appeals/:id/forwarding',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'forwardAppeal',
        tags,
        summary: 'Send an appeal on to the appeal body',
        description:
          'The district has looked at it again and keeps its decision. Takes If-Match, the appeal’s version.',
        params: idParams,
        body: forwarding,
        response: { 200: decision.describe('The decision.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const { forwardedOn } = request.body
        const row = await forwardAppeal(acting, request.params.id, versionFrom(request), forwardedOn)
        return { status: 200, body: await body(acting, row) }
      }),
  )

  app.post(
    '/appeals/:id/outcome',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'decideAppeal',
        tags,
        summary: 'Record what came of an appeal',
        description:
          'One that leads to another decision makes the task of writing it. Takes If-Match, the appeal’s version.',
        params: idParams,
        body: appealDecided,
        response: { 200: decision.describe('The decision.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const row = await decideAppeal(acting, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: await body(acting, row) }
      }),
  )
}
