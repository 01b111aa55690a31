import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { caseCosts, yearRange } from '../../domain/costs.ts'
import { stale } from '../../domain/error.ts'
import { formatDay } from '../../domain/words.ts'
import { type Answer, dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { idCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { PURCHASE_REASONS } from '../../reference/purchases.ts'
import { changeCallOff, existingCallOff, orderPlace } from './order.ts'
import { type CallOffRow, callOffPage, type DeclineRow, declinesTo, unpricedStays } from './queries.ts'
import { callOff, callOffQuery, changedCallOff, newCallOff, unpricedStay } from './schema.ts'
import { callOffTable, unpricedTable } from './table.ts'

const tags = ['costs']

/** Purchases of places for people of one's own district, and the stays of which nobody has said what they cost. */
export function callOffRoutes(app: App, deps: Deps): void {
  const told = async (acting: Acting, rows: readonly CallOffRow[]) => {
    const declines = await declinesTo(acting.trx, [...new Set(rows.map(({ householdId }) => householdId))])
    return rows.map((row) => callOffBody(deps.keyring, acting, row, declines))
  }
  const answered = async (
    acting: Acting,
    status: 200 | 201,
    row: CallOffRow,
  ): Promise<Answer<z.infer<typeof callOff>>> => {
    const [body] = await told(acting, [row])
    if (body === undefined) throw new Error('a purchase was told as none')
    return {
      status,
      body,
      version: row.version,
      ...(status === 201 ? { location: `/api/v1/call-offs/${row.id}` } : {}),
    }
  }

  app.get(
    '/call-offs',
    {
      config: { capability: 'read_call_offs' },
      schema: {
        operationId: 'listCallOffs',
        tags,
        summary: 'Purchases of my district',
        description: 'Newest first, each with what it costs this year.',
        querystring: callOffQuery,
        response: { 200: listContent('A page.', pageOf(callOff)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async (acting) => {
            const rows = await callOffPage(acting.trx, { ...request.query, limit }, idCursor(cursor))
            const page = cutPage(rows, limit, ({ id }) => [id])
            return { items: await told(acting, page.items), nextCursor: page.nextCursor }
          }),
        async (rows) => callOffTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/call-offs',
    {
      config: { capability: 'order_places' },
      schema: {
        operationId: 'addCallOff',
        tags,
        summary: 'Register what a bought place costs',
        description:
          'Of a stay of one’s own district, from a day and to one or until it is ended. Bought because an own place had no staff, it names that no where one is registered.',
        body: newCallOff,
        response: { 201: callOff.describe('The purchase.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => answered(acting, 201, await orderPlace(acting, request.body))),
  )

  app.get(
    '/call-offs/:id',
    {
      config: { capability: 'read_call_offs' },
      schema: {
        operationId: 'readCallOff',
        tags,
        summary: 'One purchase',
        description: 'With what it costs this year.',
        params: idParams,
        response: { 200: callOff.describe('The purchase.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingCallOff(acting, request.params.id)
        tagged(reply, row.version)
        return (await answered(acting, 200, row)).body
      }),
  )

  app.patch(
    '/call-offs/:id',
    {
      config: { capability: 'order_places' },
      schema: {
        operationId: 'changeCallOff',
        tags,
        summary: 'Change or end a purchase',
        description:
          'Changes what is sent and leaves the rest; takes If-Match. A price that changes from a day on is a new purchase after this one has ended.',
        params: idParams,
        body: changedCallOff,
        response: { 200: callOff.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const before = await existingCallOff(acting, request.params.id)
        if (!(await changeCallOff(acting, before, version, request.body))) throw stale()
        return answered(acting, 200, await existingCallOff(acting, before.id))
      }),
  )

  app.get(
    '/unpriced-stays',
    {
      config: { capability: 'read_call_offs' },
      schema: {
        operationId: 'listUnpricedStays',
        tags,
        summary: 'Stays in bought places without a price',
        description: 'Of my district: somebody lives there today, and nobody has registered what it costs.',
        querystring: pageQuery,
        response: { 200: listContent('A page.', pageOf(unpricedStay)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx }) => {
            const rows = await unpricedStays(trx, limit, idCursor(cursor))
            const page = cutPage(rows, limit, ({ stayId }) => [stayId])
            const declines = await declinesTo(
              trx,
              page.items.map(({ householdId }) => householdId),
            )
            return {
              items: page.items.map(({ householdId, residentId, ciphertext, label, facilityName, ...row }) => ({
                ...row,
                residentName: nameOf(deps.keyring, residentId, ciphertext),
                placeName: placeName(facilityName, label),
                declines: declines.filter((decline) => decline.householdId === householdId).map(declineBody),
              })),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => unpricedTable(rows, await dayFor(deps, request)),
      ),
  )
}

function nameOf(keyring: Keyring, residentId: string | null, ciphertext: Buffer | null): string | null {
  return residentId === null || ciphertext === null ? null : openIdentity(keyring, residentId, ciphertext).name
}

function placeName(facility: string | null, label: string | null): string | null {
  return facility === null || label === null ? null : `${facility}, ${label}`
}

function declineBody({ kind, id, by, on }: DeclineRow) {
  const who = kind === 'offer' ? by : `Felles inntak (${by.toLowerCase()})`
  return { kind, id, sentence: `${who} sa nei ${formatDay(on)}` }
}

function callOffBody(
  keyring: Keyring,
  { today }: Acting,
  row: CallOffRow,
  declines: readonly DeclineRow[],
): z.infer<typeof callOff> {
  const {
    residentId,
    ciphertext,
    label,
    facilityName,
    declinedOfferId,
    declinedReferralId,
    holdingDistrict,
    householdId: _household,
    ...rest
  } = row
  const reason = PURCHASE_REASONS.find(({ id }) => id === row.reason)
  if (reason === undefined) throw new RangeError(`no such reason for a purchase: ${row.reason}`)
  const decline = declines.find(({ kind, id }) => id === (kind === 'offer' ? declinedOfferId : declinedReferralId))
  const [cost] = caseCosts(
    [
      {
        caseNumber: 0,
        district: holdingDistrict,
        lived: { from: row.stayFrom, to: row.stayTo },
        pricePerDay: row.pricePerDay,
        ordered: { from: row.from, to: row.to },
      },
    ],
    yearRange(Number(today.slice(0, 4))),
    today,
  )
  return {
    ...rest,
    district: holdingDistrict,
    residentName: nameOf(keyring, residentId, ciphertext),
    placeName: placeName(facilityName, label),
    reason: reason.id,
    reasonName: reason.name,
    decline: decline === undefined ? null : declineBody(decline),
    year: { spent: cost?.spent ?? 0, committed: cost?.committed ?? 0, running: cost?.running ?? 0 },
  }
}
