import { z } from 'zod'
import { nameIn } from '../../access/identity.ts'
import { reading } from '../../http/acting.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { GAPS, type GapKind } from './gapKinds.ts'
import { GAP_QUERIES } from './gapQueries.ts'
import { type DataGapBody, dataGap } from './schema.ts'

/** What is stale or missing of the reader's own bydel, each with where it is put right. */
export function dataGapRoutes(app: App, deps: Deps): void {
  app.get(
    '/data-gaps',
    {
      config: { capability: 'read_data_gaps' },
      schema: {
        operationId: 'listDataGaps',
        tags: ['audit'],
        summary: 'Data that is stale or missing',
        description: 'Of the reader’s own bydel, by kind, with the ten of each that have stood longest.',
        response: {
          200: z.object({ items: z.array(dataGap) }).describe('Every kind, also those of which there are none.'),
          ...problems(400, 401, 403),
        },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const items: DataGapBody[] = []
        for (const kind of Object.keys(GAPS) as GapKind[]) {
          const rows = await GAP_QUERIES[kind](acting)
          items.push({
            kind,
            ...GAPS[kind],
            count: rows[0]?.total ?? 0,
            records: rows.map(({ id, since, facilityName, residentId, ciphertext }) => ({
              id,
              name: facilityName ?? nameIn(deps.keyring, { residentId, ciphertext }) ?? 'Person uten navn',
              since,
            })),
          })
        }
        return { items }
      }),
  )
}
