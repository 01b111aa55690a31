import { z } from 'zod'
import { needById } from '../../db/needs.ts'
import { referralFactsOf } from '../../db/referral.ts'
import { notFound } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { referralContent } from '../../domain/papers/referral.ts'
import { reading } from '../../http/acting.ts'
import { id, idParams, placeForm } from '../../http/fields.ts'
import { referralContent as referralContentSchema } from '../../http/papers.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'

/** Papers that are composed from what is registered already, before anything is sent. */
export function paperRoutes(app: App, deps: Deps): void {
  app.get(
    '/needs/:id/referral-paper',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'previewReferral',
        tags: ['papers'],
        summary: 'The referral as it would be sent',
        description:
          'Composed from the need, the household, the assessments and the consents of today; what is missing is said. Sending it freezes it.',
        params: idParams,
        querystring: z.strictObject({
          form: placeForm.optional().describe('Absent: the form that the need asks for first.'),
          wishedFacilityId: id.optional().describe('An institution the person wishes for.'),
        }),
        response: { 200: referralContentSchema.describe('The paper.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await needById(acting.trx, request.params.id)
        const form = request.query.form ?? row?.forms[0]
        if (row === undefined || form === undefined) throw notFound()
        const facts = await referralFactsOf(acting, row, form as HousingForm, request.query.wishedFacilityId ?? null)
        return referralContent(facts, acting.today) as z.infer<typeof referralContentSchema>
      }),
  )
}
