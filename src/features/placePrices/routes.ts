import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { placePricesOf } from './read.ts'
import { placePrices, placePricesQuery } from './schema.ts'
import { placePriceTable } from './table.ts'

/** Where one more place would help most, by a run over the city. */
export function placePriceRoutes(app: App, deps: Deps): void {
  app.get(
    '/place-prices',
    {
      config: { capability: 'read_place_prices' },
      schema: {
        operationId: 'readPlacePrices',
        tags: ['matching runs'],
        summary: 'What one more place would change',
        description:
          'One more place of each form in each district, priced on a run over the city: people by urgency class, who moves along as classes and districts, and kroner by assumption. A planner reads it of the whole city, a manager of places in her own district. Nobody is named.',
        querystring: placePricesQuery,
        response: { 200: tableContent('The places.', placePrices), ...problems(400, 401, 403, 404, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => placePricesOf(acting, request.actor, request.query))
      return inFormAsked(request, reply, answer, () => placePriceTable(answer))
    },
  )
}
