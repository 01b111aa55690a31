import type { Acting } from '../../db/actor.ts'
import { notFound } from '../../domain/error.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { rankCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { chainBodies, chainBody, followedBody } from './body.ts'
import { leaveChain } from './leave.ts'
import { type ChainRow, chainById, chainPage } from './queries.ts'
import { chainQuery, followedChain, leaving, movingChain, newChain } from './schema.ts'
import { startChain } from './start.ts'
import { chainTable } from './table.ts'

const tags = ['chains']

/** Chains in life: moves that free each other's places, each offered by its own bydel and waiting for the one before. */
export function chainRoutes(app: App, deps: Deps): void {
  app.post(
    '/chains',
    {
      config: { capability: 'send_offers' },
      schema: {
        operationId: 'startChain',
        tags,
        summary: 'Set a chain of a run in motion',
        description:
          'Each bydel with somebody in it gets the task to send that offer (`POST /offers` with `chain`). Offers after the first are conditional and become firm in order; when a step breaks, those after it fall and are proposed again.',
        body: newChain,
        response: { 201: movingChain.describe('The chain.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const id = await startChain(acting, request.body)
        return {
          status: 201,
          body: await chainBody(deps.keyring, acting, await existing(acting, id)),
          location: `/api/v1/chains/${id}`,
        }
      }),
  )

  app.post(
    '/chains/:id/withdrawal',
    {
      config: { capability: 'send_offers' },
      schema: {
        operationId: 'leaveChain',
        tags,
        summary: 'Take my own person out of a chain',
        description:
          'Before her offer is sent: her step falls, those after it fall with it and are proposed again. An offer that is sent is withdrawn or answered instead.',
        params: idParams,
        body: leaving,
        response: { 200: followedChain.describe('The chain.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const { id } = request.params
        await existing(acting, id)
        await leaveChain(acting, id, request.body.position)
        return { status: 200, body: await followedBody(deps.keyring, acting, await existing(acting, id)) }
      }),
  )

  app.get(
    '/chains',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'listMovingChains',
        tags,
        summary: 'Chains in life',
        description:
          'Those with people of my district, all of them for a planner: where something fell first, then newest first.',
        querystring: chainQuery,
        response: { 200: listContent('A page.', pageOf(movingChain)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const rows = await chainPage(acting.trx, { ...request.query, limit }, rankCursor(cursor))
            const page = cutPage(rows, limit, (row) => [String(row.rank), row.id])
            return { items: await chainBodies(deps.keyring, acting, page.items), nextCursor: page.nextCursor }
          }),
        async (rows) => chainTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/chains/:id',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'readMovingChain',
        tags,
        summary: 'One chain in life',
        description:
          'Everybody with somebody in it sees where it stands and why a step fell; names only of her own people, and for them what is proposed instead.',
        params: idParams,
        response: { 200: followedChain.describe('The chain.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) =>
        followedBody(deps.keyring, acting, await existing(acting, request.params.id)),
      ),
  )
}

async function existing({ trx }: Acting, id: string): Promise<ChainRow> {
  const row = await chainById(trx, id)
  if (row === undefined) throw notFound()
  return row
}
