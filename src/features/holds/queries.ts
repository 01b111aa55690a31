import { type Kysely, sql } from 'kysely'
import { holdRows } from '../../db/holds.ts'
import type { DB } from '../../db/types.generated.ts'
import type { HoldQuery } from './schema.ts'

/** Past its day it counts as ended, whether or not anybody has seen to it. */
const running = sql<boolean>`(hold.ended_at is null and hold.expires_at > app_now() and offer.id is null)`

/** One page, newest first, after `cursor`. */
export function holdPage(db: Kysely<DB>, { state, needId, limit }: HoldQuery, cursor: string | undefined) {
  return holdRows(db)
    .$if(state === 'running', (query) => query.where(running))
    .$if(state === 'ended', (query) => query.where(sql<boolean>`not coalesce(${running}, false)`))
    .$if(needId !== undefined, (query) => query.where('needHold.needId', '=', needId ?? ''))
    .$if(cursor !== undefined, (query) => query.where('needHold.id', '<', cursor ?? ''))
    .orderBy('needHold.id', 'desc')
    .limit(limit + 1)
    .execute()
}
