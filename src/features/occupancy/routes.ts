import { z } from 'zod'
import { scopeFor } from '../../access/capabilities.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { type Segment, timelineOf, vacantDays } from '../../domain/timeline.ts'
import { dayFor, reading } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { countDays, occupancyPage, staysIn, type Window } from './queries.ts'
import { occupancyQuery, occupancySummary, occupancySummaryQuery, placeOccupancy } from './schema.ts'
import { occupancyTable } from './table.ts'

const tags = ['places']
const USUAL_DAYS = 56
const MOST_DAYS = 400

type Row = Awaited<ReturnType<ReturnType<typeof occupancyPage>['execute']>>[number]
type Stay = Awaited<ReturnType<typeof staysIn>>[number]
type Body = z.infer<typeof placeOccupancy>

/** Belegg: places over days. That a place is taken is for everybody; the stay behind it only for those who may see it. */
export function occupancyRoutes(app: App, deps: Deps): void {
  app.get(
    '/occupancy',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listOccupancy',
        tags,
        summary: 'Places over days',
        description:
          'By facility and label, a page at a time: what each place is on each day, as segments. An overdue resident still has her place.',
        querystring: occupancyQuery,
        response: { 200: listContent('A page.', pageOf(placeOccupancy)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) => reading(deps, request, (acting) => pageFor(acting, request, limit, cursor)),
        async (rows) => occupancyTable(rows, windowOf(request.query, await dayFor(deps, request))),
      ),
  )

  app.get(
    '/occupancy/summary',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'readOccupancySummary',
        tags,
        summary: 'Places over days, counted',
        description: 'How many place-days are occupied, held, closed and vacant, of the places that the filters leave.',
        querystring: occupancySummaryQuery,
        response: { 200: occupancySummary.describe('The counts.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const days = windowOf(request.query, today)
        return { from: days.from, to: days.to, ...(await countDays(trx, days, request.query)) }
      }),
  )
}

/** A page of places over days, with the stays behind them that the reader may see. */
async function pageFor(
  { trx, today }: Acting,
  { query: filter, actor }: { query: z.output<typeof occupancyQuery>; actor: Actor | null },
  limit: number,
  cursor: string | undefined,
) {
  const days = windowOf(filter, today)
  const after = readCursor(cursor, z.string(), z.uuid(), z.string(), z.uuid())
  const rows = await occupancyPage(trx, days, filter, limit, after).execute()
  const page = cutPage(rows, limit, (row) => [row.facilityName, row.facilityId, row.label, row.placeId])
  const mayReadPeople = actor !== null && scopeFor(actor, 'read_residents') !== undefined
  const ids = page.items.map(({ placeId }) => placeId)
  const stays = mayReadPeople ? await staysIn(trx, ids, days) : []
  const byOccupancy = new Map(stays.map((stay) => [`${stay.placeId}/${stay.from}`, stay]))
  return { items: page.items.map((row) => body(row, days, today, byOccupancy)), nextCursor: page.nextCursor }
}

/** @throws {DomainError} `invalid_value` for days that are none, or too many */
function windowOf({ from, to }: { from?: Day | undefined; to?: Day | undefined }, today: Day): Window {
  const first = from ?? today
  const end = to ?? addDays(first, USUAL_DAYS)
  const length = daysBetween(first, end)
  if (length < 1) throw invalid('/querystring/to', 'empty_range', 'Til-datoen må være etter fra-datoen.')
  if (length > MOST_DAYS) throw invalid('/querystring/to', 'too_long', `Velg høyst ${MOST_DAYS} dager om gangen.`)
  return { from: first, to: end }
}

function body(row: Row, days: Window, today: Day, stays: ReadonlyMap<string, Stay>): Body {
  const { openFrom, openTo, occupied, holds, closures, ...place } = row
  const segments = timelineOf(
    {
      open: { from: openFrom, to: openTo },
      occupied: occupied.map(([from, to]) => ({ from, to })),
      holds: holds.map(([from, to, expiresAt, reserved]) => ({ during: { from, to }, expiresAt, reserved })),
      closures: closures.map(([from, to, id, reason, admits]) => ({ id, during: { from, to }, reason, admits })),
    },
    days,
  )
  return {
    ...place,
    form: place.form as Body['form'],
    openDuring: { from: openFrom, to: openTo },
    vacantDays: vacantDays(segments),
    segments: segments.map((segment) =>
      segmentBody(segment, stays.get(`${row.placeId}/${segment.occupied?.from}`), today),
    ),
  }
}

function segmentBody({ from, to, state, occupied, hold, closure }: Segment, stay: Stay | undefined, today: Day) {
  return {
    from,
    to,
    state,
    occupied,
    hold:
      hold === null
        ? null
        : {
            ...hold.during,
            expiresAt: hold.expiresAt === null ? null : instantOf(hold.expiresAt),
            reserved: hold.reserved,
          },
    closure:
      closure === null ? null : { id: closure.id, ...closure.during, reason: closure.reason, admits: closure.admits },
    stay:
      stay === undefined
        ? null
        : { id: stay.id, expectedUntil: stay.expectedUntil, overdue: isOverdue(stay, occupied, today) },
  }
}

/** She was expected to leave before today and has not: counted as living there until an actual departure. */
function isOverdue({ expectedUntil }: Stay, occupied: Segment['occupied'], today: Day): boolean {
  return expectedUntil !== null && expectedUntil < today && occupied !== null && occupied.to === null
}

/** As JSON out of the database it carries the session's offset. */
const instantOf = (written: string) => new Date(written).toISOString()
