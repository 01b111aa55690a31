import type { Acting } from '../../db/actor.ts'
import { needGrowth as readGrowth } from '../../db/growth.ts'
import { districtName } from '../../domain/words.ts'
import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { GROWTH_BASE_MIN } from '../../reference/flagRules.ts'
import { type NeedGrowthBody, needGrowth } from './schema.ts'
import { growthTable } from './table.ts'

/** How the need for co-located homes has grown, of the city and of every district: counts, and nobody in them. */
export function growthRoutes(app: App, deps: Deps): void {
  app.get(
    '/need-growth',
    {
      config: { capability: 'read_flags' },
      schema: {
        operationId: 'readNeedGrowth',
        tags: ['flags'],
        summary: 'How the need for co-located homes has grown',
        description:
          'Since the base year of rule 12: of the period that a source tells of, and of the newest whole year. The city first and every district beside it, whether or not a flag is raised.',
        response: { 200: tableContent('The growth.', needGrowth), ...problems(401, 403, 406) },
      },
    },
    async (request, reply) => {
      const { body, today } = await reading(deps, request, async (acting) => ({
        body: await growthBody(acting),
        today: acting.today,
      }))
      return inFormAsked(request, reply, body, () => growthTable(body, today))
    },
  )
}

async function growthBody({ trx, today }: Acting): Promise<NeedGrowthBody> {
  const { baseYear, reported, computed } = await readGrowth(trx, today)
  return {
    baseYear,
    minimum: GROWTH_BASE_MIN,
    reported: reported ?? null,
    items: computed.map(({ district, base, until, newest }) => ({
      district,
      name: district === null ? 'Hele byen' : districtName(district),
      base,
      until,
      newest,
    })),
  }
}
