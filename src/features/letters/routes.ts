import type { z } from 'zod'
import { reading } from '../../http/acting.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { type Composed, composeDecision, composeOffer, composeReferral } from './compose.ts'
import { listLetters } from './list.ts'
import { letter, letterList, letterQuery } from './schema.ts'

const LETTERS = [
  {
    kind: 'offer',
    url: '/offers/:id/letter',
    operationId: 'readOfferLetter',
    summary: 'The letter about an offer',
    compose: composeOffer,
  },
  {
    kind: 'decision',
    url: '/decisions/:id/letter',
    operationId: 'readDecisionLetter',
    summary: 'The letter about a decision',
    compose: composeDecision,
  },
  {
    kind: 'referral',
    url: '/referrals/:id/letter',
    operationId: 'readReferralLetter',
    summary: 'The letter about a referral that was sent',
    compose: composeReferral,
  },
] as const

/** Letters to the person, composed anew from what they are about each time they are read. */
export function letterRoutes(app: App, deps: Deps): void {
  app.get(
    '/needs/:id/letters',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'listLetters',
        tags: ['papers'],
        summary: 'The letters there are about a need',
        description: 'One about each offer, decision and referral, and what to know before any of them is sent.',
        params: idParams,
        response: { 200: letterList.describe('The letters.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => listLetters(acting, request.params.id)),
  )

  for (const { kind, url, operationId, summary, compose } of LETTERS) {
    app.get(
      url,
      {
        config: { capability: 'read_papers' },
        schema: {
          operationId,
          tags: ['papers'],
          summary,
          description:
            'In bokmål, nynorsk or English. Nobody who has died is written to (409), and of a protected address nothing is said.',
          params: idParams,
          querystring: letterQuery,
          response: { 200: letter.describe('The letter.'), ...problems(400, 401, 403, 404, 409) },
        },
      },
      (request) =>
        reading(deps, request, async (acting) =>
          letterBody(kind, await compose(acting, deps.keyring, request.params.id, request.query.language)),
        ),
    )
  }
}

function letterBody(
  kind: (typeof LETTERS)[number]['kind'],
  { letter: written, chosen, notes }: Composed,
): z.infer<typeof letter> {
  return { kind, because: chosen.because, notes, ...written }
}
