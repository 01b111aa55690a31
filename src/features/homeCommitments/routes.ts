import { z } from 'zod'
import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { existingReturnPlan } from '../../db/returnPlans.ts'
import { HOME_FORMS } from '../../domain/returnPlan/plan.ts'
import { type Answer, dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { dayCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { changeCommitment, commitHome, existingCommitment, withdrawCommitment } from './commit.ts'
import { type CommitmentRow, commitmentPage, possibleHomes } from './queries.ts'
import {
  changedHomeCommitment,
  commitmentQuery,
  commitmentWithdrawal,
  type HomeCommitmentBody,
  homeCommitment,
  newHomeCommitment,
  possibleHome,
} from './schema.ts'
import { commitmentTable } from './table.ts'

const tags = ['closings']
const HOMES = 100

/** What a bydel has bound itself to for those who are to move home: a home that is ready by a day. */
export function homeCommitmentRoutes(app: App, deps: Deps): void {
  const answered = (row: CommitmentRow, status: 200 | 201 = 200): Answer<HomeCommitmentBody> => ({
    status,
    body: commitmentBody(deps.keyring, row),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/home-commitments/${row.id}` } : {}),
  })

  app.get(
    '/home-commitments',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listHomeCommitments',
        tags,
        summary: 'What bydeler have bound themselves to',
        description:
          'Of my district’s people; for VEL’s planners of those who live in VEL’s institutions. The first to be ready first.',
        querystring: commitmentQuery,
        response: { 200: listContent('A page.', pageOf(homeCommitment)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const rows = await commitmentPage(trx, { ...request.query, limit }, dayCursor(cursor))
            const page = cutPage(rows, limit, ({ readyOn, id }) => [readyOn, id])
            return { items: page.items.map((row) => commitmentBody(deps.keyring, row)), nextCursor: page.nextCursor }
          }),
        async (rows) => commitmentTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/home-commitments',
    {
      config: { capability: 'commit_homes' },
      schema: {
        operationId: 'commitHome',
        tags,
        summary: 'Bind the bydel to a home by a day',
        description: 'For somebody of one’s own district with an open plan. One at a time, and no home twice.',
        body: newHomeCommitment,
        response: { 201: homeCommitment.describe('The commitment.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => answered(await commitHome(acting, request.body), 201)),
  )

  app.get(
    '/home-commitments/:id',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'readHomeCommitment',
        tags,
        summary: 'One commitment',
        description: 'Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: homeCommitment.describe('The commitment.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingCommitment(acting, request.params.id)
        tagged(reply, row.version)
        return commitmentBody(deps.keyring, row)
      }),
  )

  app.patch(
    '/home-commitments/:id',
    {
      config: { capability: 'commit_homes' },
      schema: {
        operationId: 'changeHomeCommitment',
        tags,
        summary: 'Change a commitment',
        description: 'Another day or another home. Takes If-Match.',
        params: idParams,
        body: changedHomeCommitment,
        response: { 200: homeCommitment.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const row = await existingCommitment(acting, request.params.id)
        return answered(await changeCommitment(acting, row, version, request.body))
      }),
  )

  app.post(
    '/home-commitments/:id/withdrawal',
    {
      config: { capability: 'commit_homes' },
      schema: {
        operationId: 'withdrawHomeCommitment',
        tags,
        summary: 'Take a commitment back',
        description: 'With why. Takes If-Match.',
        params: idParams,
        body: commitmentWithdrawal,
        response: {
          200: homeCommitment.describe('As taken back.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const row = await existingCommitment(acting, request.params.id)
        return answered(await withdrawCommitment(acting, row, version, request.body.note))
      }),
  )

  app.get(
    '/return-plans/:id/homes',
    {
      config: { capability: 'read_return_plans' },
      schema: {
        operationId: 'listHomesForReturnPlan',
        tags,
        summary: 'Homes that a plan could end in',
        description: `Free or opening later, of the plan’s form, in the bydel she moves to, and set aside for nobody: the first ${HOMES} to open.`,
        params: idParams,
        response: {
          200: z.object({ items: z.array(possibleHome) }).describe('The first of them.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const plan = await existingReturnPlan(trx, request.params.id)
        const forms = plan.targetForm === null ? HOME_FORMS : [plan.targetForm]
        const rows = await possibleHomes(trx, { district: plan.homeDistrict, forms, limit: HOMES })
        return {
          items: rows.map(({ taken: _taken, district: _district, form, ...home }) => ({
            ...home,
            form: form as z.infer<typeof possibleHome>['form'],
          })),
        }
      }),
  )
}

function commitmentBody(keyring: Keyring, row: CommitmentRow): HomeCommitmentBody {
  const { placeId, label, facilityName, form, opensOn } = row
  return {
    id: row.id,
    version: row.version,
    returnPlanId: row.returnPlanId,
    residentName: nameIn(keyring, row),
    district: row.holdingDistrict,
    readyOn: row.readyOn,
    committedOn: row.committedOn,
    home:
      placeId === null || label === null || facilityName === null || form === null || opensOn === null
        ? null
        : {
            placeId,
            label,
            facilityName,
            form: form as NonNullable<HomeCommitmentBody['home']>['form'],
            opensOn,
            closesOn: row.closesOn,
          },
    note: row.note,
    settledOn: row.settledOn,
    withdrawnOn: row.withdrawnOn,
    withdrawnNote: row.withdrawnNote,
    synthetic: row.synthetic,
  }
}
