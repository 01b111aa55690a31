import { openIdentity } from '../../access/identity.ts'
import type { Acting } from '../../db/actor.ts'
import { chainFacts } from '../../db/chains.ts'
import { placesNamed } from '../../db/places.ts'
import { notFound } from '../../domain/error.ts'
import {
  breakSentence,
  CHAIN_STATE_NAMES,
  chainState,
  STEP_STATE_NAMES,
  stepState,
} from '../../domain/placement/chain.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { type ChainRow, chainById, chainPage, classesOf, ownMembers } from './queries.ts'
import { type MovingChain, movingChain, newChain } from './schema.ts'
import { startChain } from './start.ts'

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
          body: await bodyOf(deps, acting, await existing(acting, id)),
          location: `/api/v1/chains/${id}`,
        }
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
        description: 'Newest first: those with people of my district, all of them for a planner.',
        querystring: pageQuery,
        response: { 200: pageOf(movingChain).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const after = idCursor(request.query.cursor)
        const page = cutPage(await chainPage(acting.trx, request.query.limit, after), request.query.limit, (row) => [
          row.id,
        ])
        const items: MovingChain[] = []
        for (const row of page.items) items.push(await bodyOf(deps, acting, row))
        return { items, nextCursor: page.nextCursor }
      }),
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
          'Everybody with somebody in it sees where it stands and why a step fell; names only of her own people.',
        params: idParams,
        response: { 200: movingChain.describe('The chain.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => bodyOf(deps, acting, await existing(acting, request.params.id))),
  )
}

async function existing({ trx }: Acting, id: string): Promise<ChainRow> {
  const row = await chainById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function bodyOf({ keyring }: Deps, acting: Acting, row: ChainRow): Promise<MovingChain> {
  const facts = await chainFacts(acting, row.id)
  const classes = await classesOf(acting.trx, row.id)
  const own = new Map((await ownMembers(acting.trx, row.id)).map((member) => [member.position, member]))
  const named = await placesNamed(
    acting.trx,
    facts.flatMap(({ placeId, fromPlaceId }) => (fromPlaceId === null ? [placeId] : [placeId, fromPlaceId])),
  )
  const placeOf = (id: string) => {
    const place = named.find((one) => one.id === id)
    if (place === undefined) throw new Error('a place of a chain is gone')
    return { ...place, form: place.form as MovingChain['steps'][number]['place']['form'] }
  }
  const steps = facts.map((fact): MovingChain['steps'][number] => {
    const state = stepState(fact)
    const member = own.get(fact.position)
    return {
      position: fact.position,
      place: placeOf(fact.placeId),
      from: fact.fromPlaceId === null ? null : placeOf(fact.fromPlaceId),
      plannedOn: fact.plannedOn,
      urgencyClass: classes[fact.position]?.urgencyClass ?? 5,
      state,
      stateName: STEP_STATE_NAMES[state],
      brokenBy: fact.brokenBy,
      why: fact.brokenBy === null ? null : breakSentence(fact.brokenBy),
      needId: member?.needId ?? null,
      residentName: member === undefined ? null : openIdentity(keyring, member.residentId, member.ciphertext).name,
      offerId: member?.offerId ?? null,
    }
  })
  const state = chainState(steps.map((step) => step.state))
  return { ...row, state, stateName: CHAIN_STATE_NAMES[state], steps }
}
