import { type Kysely, sql } from 'kysely'
import { offerRows, openOffer } from '../../db/offers.ts'
import type { DB } from '../../db/types.generated.ts'
import type { OfferQuery } from './schema.ts'

/** Unanswered and past its deadline counts as ended, whether or not anybody has seen to it. */
const ended = sql<boolean>`(not (${openOffer}) or (offer.accepted_at is null and offer.reply_by <= app_now()))`

/** One page, newest first, after `cursor`. */
export function offerPage(db: Kysely<DB>, { state, needId, placeId, limit }: OfferQuery, cursor: string | undefined) {
  return offerRows(db)
    .$if(state === 'open', (query) => query.where(sql<boolean>`not ${ended}`))
    .$if(state === 'accepted', (query) => query.where(openOffer).where('offer.acceptedAt', 'is not', null))
    .$if(state === 'ended', (query) => query.where(ended))
    .$if(needId !== undefined, (query) => query.where('offer.needId', '=', needId ?? ''))
    .$if(placeId !== undefined, (query) => query.where('offer.placeId', '=', placeId ?? ''))
    .$if(cursor !== undefined, (query) => query.where('offer.id', '<', cursor ?? ''))
    .orderBy('offer.id', 'desc')
    .limit(limit + 1)
    .execute()
}
