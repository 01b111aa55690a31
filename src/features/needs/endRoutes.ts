import { z } from 'zod'
import { reading, writing } from '../../http/acting.ts'
import { versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { needBody, needEventBody } from './body.ts'
import { needEventsOf } from './queries.ts'
import { existing } from './register.ts'
import { reopenNeed } from './reopen.ts'
import { need, needEvent, withdrawability, withdrawal, withdrawalCorrection } from './schema.ts'
import { withdrawabilityOf, withdrawNeed } from './withdraw.ts'

const tags = ['needs']

/** How a need ends: what stands in the way, the end with its reason, what was recorded, and its correction. */
export function needEndRoutes(app: App, deps: Deps): void {
  const { keyring } = deps

  app.post(
    '/needs/:id/withdrawal',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'withdrawNeed',
        tags,
        summary: 'End a need with a reason',
        description:
          'Takes If-Match. Open referrals, offers and their holds end with it; a signed lease blocks it (409 `withdrawal_blocked`, `blocking` names the offer). Lack of capacity and a reason not known yet end nothing: the need stands, as the reason code says.',
        params: idParams,
        body: withdrawal,
        response: { 200: need.describe('The need as ended.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await withdrawNeed(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: needBody(keyring, row, acting.today), version: row.version }
      }),
  )

  app.post(
    '/needs/:id/withdrawal-correction',
    {
      config: { capability: 'register_needs' },
      schema: {
        operationId: 'correctWithdrawal',
        tags,
        summary: 'Correct an end that was recorded wrongly',
        description:
          'Takes If-Match. The need stands open again with the time it waited, and what was to be done about it goes on; offers and referrals that fell with it are sent anew. Both stay on record. 409 `correction_blocked` for one that somebody moved in on, `open_need_exists` where the household has another.',
        params: idParams,
        body: withdrawalCorrection,
        response: { 200: need.describe('The need.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await reopenNeed(acting, actor, request.params.id, versionFrom(request), request.body.note)
        return { status: 200, body: needBody(keyring, row, acting.today), version: row.version }
      }),
  )

  app.get(
    '/needs/:id/events',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'listNeedEvents',
        tags,
        summary: 'What was recorded of a need’s end',
        description:
          'When, by whom and why, the earliest first: also a reason that ended nothing, and an end that was corrected. Nothing of it is ever changed. Needs that ended before this was kept, or came with a file, have none.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(needEvent) }).describe('All of it.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        await existing(acting, request.params.id)
        return { items: (await needEventsOf(acting.trx, request.params.id)).map(needEventBody) }
      }),
  )

  app.get(
    '/needs/:id/withdrawability',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'readWithdrawability',
        tags,
        summary: 'Whether a need can be withdrawn',
        description:
          'What stands in the way, by name, and what hangs on the need and ends with it; and for each reason what it does and what has to end first.',
        params: idParams,
        response: { 200: withdrawability.describe('The answer.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => withdrawabilityOf(acting, await existing(acting, request.params.id))),
  )
}
