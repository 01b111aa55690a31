import { sql } from 'kysely'
import { z } from 'zod'
import { asActor } from '../../db/actor.ts'
import { needById } from '../../db/needs.ts'
import { placesNamed } from '../../db/places.ts'
import { notFound } from '../../domain/error.ts'
import { reading } from '../../http/acting.ts'
import { day, id, idParams, placeForm } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'

const preview = z
  .object({
    needId: id,
    asOf: day,
    outcome: z
      .enum(['proposed', 'stays', 'nothing', 'not_registered', 'not_available'])
      .describe('`stays`: where she lives. `not_available`: this instance keeps no city.'),
    place: z
      .object({ id, label: z.string(), form: placeForm, facilityName: z.string(), districtCode: z.string() })
      .nullable(),
    waitsForMove: z.boolean().describe('Somebody lives there, and would have to move first.'),
    eligible: z.number().int().nullable().describe('How many places she could be given; null where it was not asked.'),
  })
  .meta({ id: 'CityPreview' })

/** What the best set of moves of the whole city would give one need now. */
export function cityPreviewRoutes(app: App, deps: Deps): void {
  app.get(
    '/needs/:id/city-preview',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'previewCity',
        tags: ['matches'],
        summary: 'What a need would be given if the city were solved now',
        description:
          'From a best set of moves that is repaired while the city changes. A run also keeps to the limits that only many moves together can break.',
        params: idParams,
        response: { 200: preview.describe('The preview.'), ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { livingCity } = deps
      // not by `reading`: nobody is shown yet, and what is shown below is logged once
      const asked =
        livingCity === undefined
          ? undefined
          : await asActor(
              deps.db,
              request.actor,
              deps.demoDate,
              ({ trx }) =>
                trx
                  .selectFrom('need')
                  .select(sql<string>`need_pseudonym(need.id)`.as('pseudonym'))
                  .where('need.id', '=', request.params.id)
                  .where('need.status', '=', 'registered')
                  .executeTakeFirst(),
              'reading',
            )
      // the city is solved in a thread of its own, and no connection waits for it
      const found = asked === undefined ? undefined : await livingCity?.previewOf(asked.pseudonym)
      return reading(deps, request, async ({ trx, today }): Promise<z.infer<typeof preview>> => {
        const need = await needById(trx, request.params.id)
        if (need === undefined) throw notFound()
        const none = { needId: need.id, asOf: today, place: null, waitsForMove: false, eligible: null }
        if (need.status !== 'registered') return { ...none, outcome: 'not_registered' }
        if (livingCity === undefined) return { ...none, outcome: 'not_available' }
        if (found === undefined) return { ...none, outcome: 'not_registered' }
        const { placeId, ...rest } = found
        const [named] = placeId === null ? [] : await placesNamed(trx, [placeId])
        if (named === undefined) return { ...none, ...rest }
        const { vacancyConfirmedAt: _, form, ...place } = named
        return { ...none, ...rest, place: { ...place, form: form as z.infer<typeof placeForm> } }
      })
    },
  )
}
