import type { Kysely } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { PlacePricesQuery } from './schema.ts'

/** The completed run with this id, or the newest one over the city, with what it took places to be; undefined when the reader sees none. */
export function pricedRun(db: Kysely<DB>, id: string | undefined) {
  return db
    .selectFrom('matchingRun')
    .select(['id', 'asOf', 'pricedPlaces'])
    .where('status', '=', 'completed')
    .$if(id === undefined, (query) => query.where('kind', '=', 'city'))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What a run found of the places that the reader may see, the one that releases most first. */
export function priceRows(
  db: Kysely<DB>,
  runId: string,
  { district, variant }: Pick<PlacePricesQuery, 'district' | 'variant'>,
) {
  return db
    .selectFrom('matchingPrice')
    .select(['form', 'variant', 'district', 'fits', 'people', 'byClass', 'released', 'moves'])
    .where('runId', '=', runId)
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .$if(variant !== undefined, (query) => query.where('variant', '=', variant ?? ''))
    .orderBy('position')
    .execute()
}
