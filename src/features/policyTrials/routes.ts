import type { Acting, Actor } from '../../db/actor.ts'
import { askToCancel } from '../../db/longJobs.ts'
import { TRIAL_JOB } from '../../db/policyTrials.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { putInQueue } from '../../http/longJobs.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { policyBody, type ReadTrial, readTrial, trialBody, versionsFor, wholeTrialBody } from './body.ts'
import { trialPeopleRoutes } from './peopleRoutes.ts'
import { decideOnDraft, proposeDraft } from './propose.ts'
import { proposalsOf, trialPage } from './queries.ts'
import { decided, matchingPolicy, newTrial, reasoned, trial, wholeTrial } from './schema.ts'
import { startTrial } from './start.ts'

const tags = ['policy trials']
const DECIDED = problems(400, 401, 403, 404, 409, 412, 422, 428)

/** Drafts of how places are shared out: tried against the policy in force, proposed by one and decided by another. */
export function policyTrialRoutes(app: App, deps: Deps): void {
  const answered = async (acting: Acting, actor: Actor, read: ReadTrial, status: 200 | 201 = 200) => ({
    status,
    body: await wholeTrialBody(acting, actor, read),
    version: read.tag,
  })

  app.get(
    '/matching-policy',
    {
      config: { capability: 'read_policy_trials' },
      schema: {
        operationId: 'readMatchingPolicy',
        tags,
        summary: 'How places are shared out',
        description:
          'The policy in force, what of it a draft may change and what holds the rest, by law or in fact, and every version there was.',
        response: { 200: matchingPolicy.describe('The policy.'), ...problems(401, 403) },
      },
    },
    (request) => reading(deps, request, async (acting) => policyBody(await versionsFor(acting))),
  )

  app.post(
    '/policy-trials',
    {
      config: { capability: 'try_policies' },
      schema: {
        operationId: 'startPolicyTrial',
        tags,
        summary: 'Try a draft',
        description:
          'Two plans over today’s city, by the policy in force and by the draft. It is a job: follow it by its id. What the law holds is refused, with the law.',
        body: newTrial,
        response: { 202: trial.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const { row } = await readTrial(acting, await startTrial(acting, actor, request.body))
        return {
          status: 202,
          body: trialBody(row, [], await versionsFor(acting), actor),
          location: `/api/v1/policy-trials/${row.id}`,
        }
      })
      await putInQueue(deps, request, TRIAL_JOB, { trialId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/policy-trials',
    {
      config: { capability: 'read_policy_trials' },
      schema: {
        operationId: 'listPolicyTrials',
        tags,
        summary: 'Drafts that were tried',
        description: 'Newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(trial).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const after = idCursor(request.query.cursor)
        const { limit } = request.query
        const page = cutPage(await trialPage(acting.trx, limit, after), limit, (row) => [row.id])
        const ids = page.items.map(({ id }) => id)
        const proposals = await proposalsOf(acting.trx, ids)
        const versions = await versionsFor(acting)
        return {
          items: page.items.map((row) => trialBody(row, proposals, versions, request.actor)),
          nextCursor: page.nextCursor,
        }
      }),
  )

  app.get(
    '/policy-trials/:id',
    {
      config: { capability: 'read_policy_trials' },
      schema: {
        operationId: 'readPolicyTrial',
        tags,
        summary: 'One draft that was tried',
        description:
          'Who gains and who loses as counts by urgency class and district: of the whole city for planners, of their own district for others.',
        params: idParams,
        response: { 200: wholeTrial.describe('The trial.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const read = await readTrial(acting, request.params.id)
        tagged(reply, read.tag)
        return wholeTrialBody(acting, request.actor, read)
      }),
  )

  app.post(
    '/policy-trials/:id/cancellation',
    {
      config: { capability: 'try_policies' },
      schema: {
        operationId: 'cancelPolicyTrial',
        tags,
        summary: 'Cancel a trial',
        description: 'By whoever asked for it. One that has ended stays as it is.',
        params: idParams,
        response: { 200: wholeTrial.describe('The trial.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { row } = await readTrial(acting, request.params.id)
        await askToCancel(acting.trx, TRIAL_JOB, row, actor.accountId)
        return answered(acting, actor, await readTrial(acting, row.id))
      }),
  )

  app.post(
    '/policy-trials/:id/proposals',
    {
      config: { capability: 'try_policies' },
      schema: {
        operationId: 'proposePolicy',
        tags,
        summary: 'Propose that a draft becomes the policy',
        description: 'Somebody else decides on it. Takes If-Match.',
        params: idParams,
        body: reasoned,
        response: { 201: wholeTrial.describe('Proposed.'), ...DECIDED },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { params, body } = request
        return answered(
          acting,
          actor,
          await proposeDraft(acting, actor, params.id, versionFrom(request), body.reason),
          201,
        )
      }),
  )

  for (const { path, operationId, summary, description, adopt } of DECISIONS) {
    app.post(
      `/policy-trials/:id/${path}`,
      {
        config: { capability: 'adopt_policies' },
        schema: {
          operationId,
          tags,
          summary,
          description,
          params: idParams,
          body: decided,
          response: { 201: wholeTrial.describe('Decided.'), ...DECIDED },
        },
      },
      (request, reply) =>
        writing(deps, request, reply, async (acting, actor) => {
          const { params, body } = request
          const read = await decideOnDraft(acting, actor, params.id, versionFrom(request), { adopt, note: body.note })
          return answered(acting, actor, read, 201)
        }),
    )
  }

  trialPeopleRoutes(app, deps)
}

const DECISIONS = [
  {
    path: 'adoption',
    operationId: 'adoptPolicy',
    summary: 'Adopt a proposal of somebody else',
    description:
      'It becomes the next version of the policy, in force from today: the next run is made by it. Takes If-Match, so that what was read is what is adopted.',
    adopt: true,
  },
  {
    path: 'refusal',
    operationId: 'declinePolicy',
    summary: 'Decline a proposal, or take one’s own back',
    description: 'The trial stays, and may be proposed again. Takes If-Match.',
    adopt: false,
  },
] as const
