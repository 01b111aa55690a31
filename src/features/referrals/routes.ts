import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { needById, needRows } from '../../db/needs.ts'
import { existingReferral, type ReferralRow } from '../../db/referrals.ts'
import { addDays } from '../../domain/day.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { type Answer, dayFor, reading, writing } from '../../http/acting.ts'
import { contested } from '../../http/contested.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { dayCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams, noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { answerReferral, placesFor } from './answer.ts'
import { referralBody, referralDetailBody } from './body.ts'
import { referralCounts as countReferrals, formOfPlace, referralPage } from './queries.ts'
import {
  fittingPlace,
  newReferral,
  placesQuery,
  type ReferralDetail,
  referral,
  referralAnswer,
  referralCounts,
  referralDetail,
  referralQuery,
  referralWithdrawal,
} from './schema.ts'
import { sendReferral, withdrawReferral } from './send.ts'
import { referralTable } from './table.ts'

const tags = ['referrals']
const PLACES_SHOWN = 20
const NEXT_SHOWN = 3
/** An answer is due soon. */
const SOON_DAYS = 3
const COUNTED_DAYS = 30

/** Referrals from a bydel to Felles inntak in VEL, and what comes back. */
export function referralRoutes(app: App, deps: Deps, readCity: ReadCity): void {
  const detailOf = async ({ trx, today }: Acting, row: ReferralRow) =>
    referralDetailBody(deps.keyring, row, await needById(trx, row.needId), today)
  const answered = async (status: 200 | 201, row: ReferralRow, acting: Acting): Promise<Answer<ReferralDetail>> => ({
    status,
    body: await detailOf(acting, row),
    version: row.version,
    ...(status === 201 ? { location: `/api/v1/referrals/${row.id}` } : {}),
  })

  app.get(
    '/referrals',
    {
      config: { capability: 'read_referrals' },
      schema: {
        operationId: 'listReferrals',
        tags,
        summary: 'Referrals',
        description: 'A page at a time: of my district, or for Felles inntak of all of them.',
        querystring: referralQuery,
        response: { 200: listContent('A page.', pageOf(referral)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const after = dayCursor(cursor)
            const rows = await referralPage(trx, { ...request.query, limit }, after)
            const page = cutPage(rows, limit, (row) => [row.answerDueOn, row.id])
            const ids = page.items.map((row) => row.needId)
            const needs = ids.length === 0 ? [] : await needRows(trx).where('need.id', 'in', ids).execute()
            const byId = new Map(needs.map((need) => [need.id, need]))
            return {
              items: page.items.map((row) => referralBody(deps.keyring, row, byId.get(row.needId), today)),
              nextCursor: page.nextCursor,
            }
          }),
        async (rows) => referralTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/referrals',
    {
      config: { capability: 'send_referrals' },
      schema: {
        operationId: 'sendReferral',
        tags,
        summary: 'Refer a need to Felles inntak',
        description:
          'What it says is composed from what is registered and frozen. What the need lacks stops it (409 `step_stopped`, each item in `errors`).',
        body: newReferral,
        response: { 201: referralDetail.describe('The referral.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) =>
        answered(201, await sendReferral(acting, actor, request.body), acting),
      ),
  )

  app.get(
    '/referrals/counts',
    {
      config: { capability: 'read_referrals' },
      schema: {
        operationId: 'countReferrals',
        tags,
        summary: 'How many referrals wait',
        description: `Of my district, or for Felles inntak of all of them; and how those were answered that were in the last ${COUNTED_DAYS} days.`,
        querystring: noQuery,
        response: { 200: referralCounts.describe('The numbers.'), ...problems(400, 401, 403) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const since = addDays(today, -COUNTED_DAYS)
        const soonUntil = addDays(today, SOON_DAYS)
        return { ...(await countReferrals(trx, today, since, soonUntil)), since, soonUntil }
      }),
  )

  app.get(
    '/referrals/:id',
    {
      config: { capability: 'read_referrals' },
      schema: {
        operationId: 'readReferral',
        tags,
        summary: 'One referral',
        description: 'With what it said when it was sent. Another district’s answers like a missing one.',
        params: idParams,
        response: { 200: referralDetail.describe('The referral.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existingReferral(acting.trx, request.params.id)
        tagged(reply, row.version)
        return detailOf(acting, row)
      }),
  )

  app.get(
    '/referrals/:id/places',
    {
      config: { capability: 'answer_referrals' },
      schema: {
        operationId: 'listReferralPlaces',
        tags,
        summary: 'Places that fit a referral',
        description: `Of the form referred to or another that VEL gives, best first, at most ${PLACES_SHOWN}; those that the person may come back to by right before the others. After a no, 409.`,
        params: idParams,
        querystring: placesQuery,
        response: {
          200: z.object({ items: z.array(fittingPlace) }).describe('The places.'),
          ...problems(400, 401, 403, 404, 409, 422),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await existingReferral(acting.trx, request.params.id)
        const form = request.query.form ?? (row.form as HousingForm)
        const places = await placesFor(acting, readCity, row, form, new Set(), PLACES_SHOWN)
        return { items: places as z.infer<typeof fittingPlace>[] }
      }),
  )

  app.post(
    '/referrals/:id/answer',
    {
      config: { capability: 'answer_referrals' },
      schema: {
        operationId: 'answerReferral',
        tags,
        summary: 'Answer a referral',
        description:
          'Takes If-Match. `place_given` holds the place and makes the offer (`offerId`) that the bydel answers with the person; the form needed comes from the need, and why another is given is kept with it. No capacity is kept as shortfall. A criterion is tried against the data, and a contradiction is said.',
        params: idParams,
        body: referralAnswer,
        response: {
          200: referralDetail.describe('The referral.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      contested(
        deps,
        request,
        async (acting, { placeId }) => {
          const row = await existingReferral(acting.trx, request.params.id)
          const form = ((await formOfPlace(acting.trx, placeId)) ?? row.form) as HousingForm
          return placesFor(acting, readCity, row, form, new Set([placeId]), NEXT_SHOWN)
        },
        writing(deps, request, reply, async (acting, actor) =>
          answered(
            200,
            await answerReferral(acting, actor, request.params.id, versionFrom(request), request.body),
            acting,
          ),
        ),
      ),
  )

  app.post(
    '/referrals/:id/withdrawal',
    {
      config: { capability: 'send_referrals' },
      schema: {
        operationId: 'withdrawReferral',
        tags,
        summary: 'Take a referral back',
        description:
          'Takes If-Match. One that got a place is over (409 `withdrawal_blocked`, `blocking` the offer): that is what is withdrawn then.',
        params: idParams,
        body: referralWithdrawal,
        response: {
          200: referralDetail.describe('The referral.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) =>
        answered(
          200,
          await withdrawReferral(acting, request.params.id, versionFrom(request), request.body.reason),
          acting,
        ),
      ),
  )
}
