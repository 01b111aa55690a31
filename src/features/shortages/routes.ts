import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import { notFound } from '../../domain/error.ts'
import type { Common } from '../../domain/matching/shortage.ts'
import { reading } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { classCursor, numberCursor } from '../../http/cursorKeys.ts'
import { inFormAsked, listContent, listInFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { nesting, ownNeedsByShortage, ownPeople, shortagePageRows, shortageRun, wholeDeficit } from './queries.ts'
import { recordedShortfall, recordedTable } from './recorded.ts'
import {
  recordedShortfall as recordedBody,
  recordedQuery,
  shortageNeed,
  shortagePage,
  shortageParams,
  shortagesQuery,
  shortfallSeries as shortfallBody,
  shortfallQuery,
} from './schema.ts'
import { shortfallSeries, shortfallTable } from './series.ts'
import { shortageTable } from './table.ts'

const NOTICE =
  'Regnet ut fra alle ledige plasser og alle boliger som blir ledige hvis noen i kjøringen flytter. Tallet på hvor mange som blir uten, er sikkert, uansett hvem som får plass. Grupper på færre enn fem behov vises bare med boligform.'

/** Where places are too few whoever moves, and which of the reader's own people that is about. */
export function shortageRoutes(app: App, deps: Deps): void {
  app.get(
    '/shortages',
    {
      config: { capability: 'read_matching_runs' },
      schema: {
        operationId: 'listShortages',
        tags: ['matching runs'],
        summary: 'Where places are too few, whoever moves',
        description:
          'Certified groups of needs that together have fewer places than they are, each inclusion-minimal and in words. Nobody is named.',
        querystring: shortagesQuery,
        response: { 200: listContent('A page.', shortagePage), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    (request, reply) => {
      const { runId } = request.query
      const read = ({ limit, cursor }: { limit: number; cursor: string | undefined }) =>
        reading(deps, request, async ({ trx }): Promise<z.infer<typeof shortagePage>> => {
          const run = await shortageRun(trx, runId)
          if (run === undefined) {
            if (runId !== undefined) throw notFound()
            return { items: [], nextCursor: null, runId: null, asOf: null, deficit: 0, needs: 0, notice: NOTICE }
          }
          const page = cutPage(
            await shortagePageRows(trx, run.id, limit, numberCursor(cursor)),
            limit,
            ({ shortage }) => [String(shortage)],
          )
          const own = inAll(await ownNeedsByShortage(trx, run.id), await nesting(trx, run.id))
          return {
            runId: run.id,
            asOf: run.asOf,
            needs: run.needs,
            deficit: await wholeDeficit(trx, run.id),
            notice: NOTICE,
            nextCursor: page.nextCursor,
            items: page.items.map(({ shortage, common, ...rest }) => ({
              ...rest,
              ...(common as unknown as Pick<z.infer<typeof shortagePage>['items'][number], keyof Common>),
              number: shortage,
              ownNeeds: own.get(shortage) ?? 0,
            })),
          }
        })
      return listInFormAsked(request, reply, request.query, read, shortageTable)
    },
  )

  app.get(
    '/shortages/series',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readShortfallSeries',
        tags: ['capacity'],
        summary: 'Shortfall over time',
        description:
          'Day by day from daily snapshots: the plain difference of queue and free places beside what matching was certain of. Counts without people.',
        querystring: shortfallQuery,
        response: { 200: tableContent('The days.', shortfallBody), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => shortfallSeries(acting, request.query))
      return inFormAsked(request, reply, answer, () => shortfallTable(request.query.groupBy, answer))
    },
  )

  app.get(
    '/shortages/recorded',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readRecordedShortfall',
        tags: ['capacity'],
        summary: 'Shortfall as it was recorded',
        description:
          'How often somebody got a no, lost a place or got another form because there was no room, by district and form: kept when it happened. Counts without people.',
        querystring: recordedQuery,
        response: { 200: tableContent('What was recorded.', recordedBody), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => recordedShortfall(acting, request.query))
      return inFormAsked(request, reply, answer, () => recordedTable(answer))
    },
  )

  app.get(
    '/shortages/:runId/:number/needs',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listShortageNeeds',
        tags: ['matching runs'],
        summary: 'My own people in a shortage',
        description: 'Most urgent first, with what the run found for each.',
        params: shortageParams,
        querystring: pageQuery,
        response: { 200: pageOf(shortageNeed).describe('A page.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const { runId, number } = request.params
        const { limit, cursor } = request.query
        const within = await nesting(trx, runId)
        if (!within.has(number)) throw notFound()
        const inside = [...within.keys()].filter((other) => chainOf(other, within).includes(number))
        const rows = await ownPeople(trx, runId, inside, limit, classCursor(cursor))
        const page = cutPage(rows, limit, (row) => [String(row.urgencyClass), row.needId])
        return {
          items: page.items.map(({ needId, residentId, ciphertext, urgencyClass, outcome }) => ({
            needId,
            residentName: openIdentity(deps.keyring, residentId, ciphertext).name,
            urgencyClass,
            outcome: outcome as z.infer<typeof shortageNeed>['outcome'],
          })),
          nextCursor: page.nextCursor,
        }
      }),
  )
}

/** A shortage and all that it lies within. */
function chainOf(shortage: number, within: ReadonlyMap<number, number | null>): number[] {
  const outer = within.get(shortage) ?? null
  return outer === null ? [shortage] : [shortage, ...chainOf(outer, within)]
}

/** Counts of the innermost as counts of everything that they lie within. */
function inAll(
  innermost: ReadonlyMap<number, number>,
  within: ReadonlyMap<number, number | null>,
): Map<number, number> {
  const all = new Map<number, number>()
  for (const [shortage, needs] of innermost) {
    for (const outer of chainOf(shortage, within)) all.set(outer, (all.get(outer) ?? 0) + needs)
  }
  return all
}
