import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Acting } from '../../db/actor.ts'
import { placesNamed } from '../../db/places.ts'
import { notFound } from '../../domain/error.ts'
import type { RunChain } from '../../domain/matching/run.ts'
import { tierTitle } from '../../domain/matching/tierTitle.ts'
import { dayFor, reading } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { classCursor, numberCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { chainOfNeed, chainPage, ownPlacesInChains, ownRows, type RunRow, runById } from './queries.ts'
import { chain, chainsQuery, proposal, unmet } from './schema.ts'
import { proposalTable, runChainTable, unmetTable } from './table.ts'

const tags = ['matching runs']
type Place = z.infer<typeof proposal>['place']

/** What a run says: of her own people to whoever works with them, and of its chains to everybody whose people are in them. */
export function matchingResultRoutes(app: App, deps: Deps): void {
  app.get(
    '/matching-runs/:id/proposals',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listProposals',
        tags,
        summary: 'What a run proposes for my people',
        description:
          'Most urgent first, each with what every tier of the objective contributed and the next-best places.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(proposal)), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            await existing(acting, request.params.id)
            const rows = await ownRows(acting.trx, request.params.id, 'proposed', limit, classCursor(cursor))
            const page = cutPage(rows, limit, (row) => [String(row.urgencyClass), row.needId])
            const details = page.items.map(({ detail }) => detail as unknown as ProposedDetail)
            const placeOf = await placeNames(acting, [
              ...page.items.flatMap(({ placeId }) => (placeId === null ? [] : [placeId])),
              ...details.flatMap(({ alternatives }) => alternatives.map(({ placeId }) => placeId)),
            ])
            return {
              items: page.items.map((row, i): z.infer<typeof proposal> => {
                const { contributions, conditions, alternatives } = details[i] as ProposedDetail
                return {
                  needId: row.needId,
                  residentName: openIdentity(deps.keyring, row.residentId, row.ciphertext).name,
                  urgencyClass: row.urgencyClass,
                  place: placeOf(row.placeId),
                  movesOn: row.movesOn ?? ('' as never),
                  chain: row.chain,
                  position: row.position,
                  chainMoves: row.chainMoves,
                  contributions: contributions.map(({ tier, gain }) => ({ tier, title: tierTitle(tier), gain })),
                  conditions,
                  alternatives: alternatives.map(({ placeId, ...rest }) => ({ ...rest, place: placeOf(placeId) })),
                }
              }),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => proposalTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/matching-runs/:id/unmet',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listUnmet',
        tags,
        summary: 'Why my other people are given nothing',
        description:
          'Most urgent first, each with its cause: no place fits, others are ahead, homes that nobody leaves, or the bound on chains.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(unmet)), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            await existing(acting, request.params.id)
            const rows = await ownRows(acting.trx, request.params.id, 'unmet', limit, classCursor(cursor))
            const page = cutPage(rows, limit, (row) => [String(row.urgencyClass), row.needId])
            return {
              items: page.items.map(({ needId, residentId, ciphertext, urgencyClass, detail }) => ({
                needId,
                residentName: openIdentity(deps.keyring, residentId, ciphertext).name,
                urgencyClass,
                ...(detail as unknown as Pick<z.infer<typeof unmet>, 'stays' | 'sentence' | 'cause'>),
              })),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => unmetTable(rows, await dayFor(deps, request)),
      ),
  )

  app.get(
    '/matching-runs/:id/chains',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'listChains',
        tags,
        summary: 'Moves that free each other’s places',
        description: 'In the order in which they happen. People of other districts are places and classes only.',
        params: idParams,
        querystring: chainsQuery,
        response: { 200: listContent('A page.', pageOf(chain)), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            await existing(acting, request.params.id)
            const { needId } = request.query
            const after = numberCursor(cursor)
            const only = needId === undefined ? undefined : await chainOfNeed(acting.trx, request.params.id, needId)
            const page = cutPage(await chainPage(acting.trx, request.params.id, limit, after, only), limit, (row) => [
              String(row.chain),
            ])
            const own = new Map(
              (await ownPlacesInChains(acting.trx, request.params.id)).map((row) => [
                `${row.chain}/${row.position}`,
                row,
              ]),
            )
            const rows = page.items.map(({ moves, ...row }) => ({
              ...row,
              moves: moves as unknown as RunChain['moves'],
            }))
            const placeOf = await placeNames(
              acting,
              rows
                .flatMap(({ moves, frees }) => [frees, ...moves.flatMap((move) => [move.placeId, move.fromPlaceId])])
                .filter((id) => id !== null),
            )
            return {
              items: rows.map(
                (row): z.infer<typeof chain> => ({
                  chain: row.chain,
                  kind: row.kind as 'chain' | 'cycle',
                  frees: row.frees === null ? null : placeOf(row.frees),
                  movingChainId: row.movingChainId,
                  moves: row.moves.map((move, position) => {
                    const person = own.get(`${row.chain}/${position}`)
                    return {
                      place: placeOf(move.placeId),
                      from: move.fromPlaceId === null ? null : placeOf(move.fromPlaceId),
                      on: move.on,
                      urgencyClass: move.urgencyClass,
                      // one of her own district whom she may not see must look like anybody else
                      district: person !== undefined || request.actor?.role === 'planner' ? move.district : null,
                      needId: person?.needId ?? null,
                      residentName:
                        person === undefined
                          ? null
                          : openIdentity(deps.keyring, person.residentId, person.ciphertext).name,
                    }
                  }),
                }),
              ),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => runChainTable(rows, await dayFor(deps, request)),
      ),
  )
}

interface ProposedDetail {
  contributions: { tier: string; gain: number }[]
  conditions: string[]
  alternatives: (Omit<z.infer<typeof proposal>['alternatives'][number], 'place'> & { placeId: string })[]
}

/** The run, as far as the reader may see it; otherwise it is not there. */
export async function existing({ trx }: Acting, id: string): Promise<RunRow> {
  const row = await runById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function placeNames({ trx }: Acting, ids: readonly string[]): Promise<(id: string | null) => Place> {
  const names = new Map((await placesNamed(trx, ids)).map((row) => [row.id, row]))
  return (id) => {
    const found = names.get(id ?? '')
    if (found === undefined) throw new Error('a run names a place that is not there')
    return { ...found, form: found.form as Place['form'] }
  }
}
