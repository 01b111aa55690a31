import { sql } from 'kysely'
import { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { DomainError, invalid, notFound } from '../../domain/error.ts'
import type { RunChain } from '../../domain/matching/run.ts'
import { reading, writing } from '../../http/acting.ts'
import { cutPage, decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../../reference/policies.ts'
import { chainPage, ownPlacesInChains, ownRows, placesNamed, type RunRow, runById, runPage } from './queries.ts'
import { chain, matchingRun, newRun, proposal, type Summary, unmet } from './schema.ts'

const tags = ['matching runs']
type Run = z.infer<typeof matchingRun>
type Place = z.infer<typeof proposal>['place']

/** Runs over the city or over one's own people: started, followed, cancelled, and read as far as each reader may. */
export function matchingRunRoutes(app: App, deps: Deps): void {
  app.post(
    '/matching-runs',
    {
      config: { capability: 'start_matching_runs' },
      schema: {
        operationId: 'startMatchingRun',
        tags,
        summary: 'Start a run',
        description:
          'A planner’s run is over the whole city; an officer’s or manager’s is a preview on her own people. It is a job: follow it by its id.',
        body: newRun.nullish(),
        response: { 202: matchingRun.describe('Queued.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    async (request, reply) => {
      const body = await writing(deps, request, reply, async (acting, actor) => {
        const row = await startRun(acting, actor, request.body?.districts)
        return { status: 202, body: runBody(row, actor), location: `/api/v1/matching-runs/${row.id}` }
      })
      // lost between the answer and here, it is found by the sweep
      await deps.queue?.add('matching_run', { runId: body.id }, body.id)
      return body
    },
  )

  app.get(
    '/matching-runs',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'listMatchingRuns',
        tags,
        summary: 'Runs',
        description: 'Runs over the city, and previews of the reader’s own district; newest first.',
        querystring: pageQuery,
        response: { 200: pageOf(matchingRun).describe('A page.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const [after] = idCursor(request.query.cursor, 1)
        const page = cutPage(await runPage(trx, request.query.limit, after), request.query.limit, (row) => [row.id])
        return { items: page.items.map((row) => runBody(row, request.actor)), nextCursor: page.nextCursor }
      }),
  )

  app.get(
    '/matching-runs/:id',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'readMatchingRun',
        tags,
        summary: 'One run',
        description:
          'Its state and progress, and when it is completed what it achieved, beside other ways of placing people.',
        params: idParams,
        response: { 200: matchingRun.describe('The run.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => runBody(await existing(acting, request.params.id), request.actor)),
  )

  app.post(
    '/matching-runs/:id/cancellation',
    {
      config: { capability: 'start_matching_runs' },
      schema: {
        operationId: 'cancelMatchingRun',
        tags,
        summary: 'Cancel a run',
        description: 'By whoever asked for it. A run that has ended stays as it is.',
        params: idParams,
        response: { 200: matchingRun.describe('The run.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await existing(acting, request.params.id)
        if (row.requestedBy !== actor.accountId)
          throw new DomainError('not_allowed', 'Bare den som startet kjøringen, kan avbryte den.')
        await acting.trx.updateTable('matchingRun').set({ cancelRequested: true }).where('id', '=', row.id).execute()
        return { status: 200, body: runBody(await existing(acting, row.id), actor) }
      }),
  )

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
        response: { 200: pageOf(proposal).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existing(acting, request.params.id)
        const { limit, cursor } = request.query
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
              contributions: contributions.map(({ tier, gain }) => ({ tier, title: tierTitle(tier), gain })),
              conditions,
              alternatives: alternatives.map(({ placeId, ...rest }) => ({ ...rest, place: placeOf(placeId) })),
            }
          }),
          nextCursor: page.nextCursor,
        }
      }),
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
        response: { 200: pageOf(unmet).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existing(acting, request.params.id)
        const { limit, cursor } = request.query
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
        querystring: pageQuery,
        response: { 200: pageOf(chain).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existing(acting, request.params.id)
        const { limit, cursor } = request.query
        const after = z.coerce
          .number()
          .int()
          .min(-1)
          .catch(-1)
          .parse(decodeCursor(cursor, 1)?.[0] ?? -1)
        const page = cutPage(await chainPage(acting.trx, request.params.id, limit, after), limit, (row) => [
          String(row.chain),
        ])
        const own = new Map(
          (await ownPlacesInChains(acting.trx, request.params.id)).map((row) => [`${row.chain}/${row.position}`, row]),
        )
        const rows = page.items.map(({ moves, ...row }) => ({ ...row, moves: moves as unknown as RunChain['moves'] }))
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
              moves: row.moves.map((move, position) => {
                const person = own.get(`${row.chain}/${position}`)
                return {
                  place: placeOf(move.placeId),
                  from: move.fromPlaceId === null ? null : placeOf(move.fromPlaceId),
                  on: move.on,
                  urgencyClass: move.urgencyClass,
                  district: move.district,
                  needId: person?.needId ?? null,
                  residentName:
                    person === undefined ? null : openIdentity(deps.keyring, person.residentId, person.ciphertext).name,
                }
              }),
            }),
          ),
          nextCursor: page.nextCursor,
        }
      }),
  )
}

interface ProposedDetail {
  contributions: { tier: string; gain: number }[]
  conditions: number
  alternatives: (Omit<z.infer<typeof proposal>['alternatives'][number], 'place'> & { placeId: string })[]
}

async function existing({ trx }: Acting, id: string): Promise<RunRow> {
  const row = await runById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function startRun(acting: Acting, actor: Actor, asked: readonly string[] | undefined): Promise<RunRow> {
  const city = actor.role === 'planner'
  const districts = city ? [] : (asked ?? actor.districts)
  if (
    city ? asked !== undefined : districts.some((code) => !actor.districts.includes(code)) || districts.length === 0
  ) {
    throw invalid(
      '/districts',
      'not_own_district',
      city ? 'En kjøring for byen gjelder alle bydeler.' : 'Velg blant dine egne bydeler.',
    )
  }
  const { id } = await acting.trx
    .insertInto('matchingRun')
    .values({
      kind: city ? 'city' : 'preview',
      districts: [...districts],
      asOf: acting.today,
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existing(acting, id)
}

function runBody(row: RunRow, actor: Actor | null): Run {
  const { requestedBy, status, kind, summary, ...rest } = row
  return {
    ...rest,
    status: status as Run['status'],
    kind: kind as Run['kind'],
    mine: requestedBy === actor?.accountId,
    summary: summary as unknown as Summary | null,
  }
}

async function placeNames({ trx }: Acting, ids: readonly string[]): Promise<(id: string | null) => Place> {
  const names = new Map((await placesNamed(trx, ids)).map((row) => [row.id, row]))
  return (id) => {
    const found = names.get(id ?? '')
    if (found === undefined) throw new Error('a run names a place that is not there')
    return { ...found, form: found.form as Place['form'] }
  }
}

function tierTitle(tier: string): string {
  const [, number] = tier.split('class_')
  if (number !== undefined) return `Hasteklasse ${number}: ${URGENCY_POLICY.classes[Number(number) - 1]?.name ?? ''}`
  return OBJECTIVE_POLICY.tiers.find(({ id }) => id === tier)?.title ?? tier
}

function wrongCursor(): DomainError {
  return invalid('/querystring/cursor', 'invalid_cursor', 'Markøren er ikke gyldig. Begynn på første side.')
}

function idCursor(cursor: string | undefined, length: number): string[] {
  const key = decodeCursor(cursor, length) ?? []
  if (!key.every((part) => z.uuid().safeParse(part).success)) throw wrongCursor()
  return key
}

function classCursor(cursor: string | undefined): string[] | undefined {
  const key = decodeCursor(cursor, 2)
  if (key === undefined) return undefined
  if (!/^[1-5]$/.test(key[0] ?? '') || !z.uuid().safeParse(key[1]).success) throw wrongCursor()
  return key
}
