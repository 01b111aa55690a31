import type { Kysely } from 'kysely'
import { applicantOf } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'

function chainRows(db: Kysely<DB>) {
  return db.selectFrom('chain').select(['id', 'runId', 'runChain', 'againRunId'])
}

export type ChainRow = Awaited<ReturnType<typeof chainById>> & object

/** A chain as far as the reader may see it. */
export function chainById(db: Kysely<DB>, id: string) {
  return chainRows(db).where('id', '=', id).executeTakeFirst()
}

/** One page, newest first, after `cursor`. */
export function chainPage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return chainRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** The classes of a chain's steps, in order. */
export function classesOf(db: Kysely<DB>, chainId: string) {
  return db
    .selectFrom('chainStep')
    .select(['position', 'urgencyClass'])
    .where('chainId', '=', chainId)
    .orderBy('position')
    .execute()
}

/** The reader's own people in a chain; row security leaves everybody else out. */
export function ownMembers(db: Kysely<DB>, chainId: string) {
  return db
    .selectFrom('chainMember as member')
    .innerJoin('need', 'need.id', 'member.needId')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('offer', (join) =>
      join
        .onRef('offer.chainId', '=', 'member.chainId')
        .onRef('offer.chainPosition', '=', 'member.position')
        .onRef('offer.needId', '=', 'member.needId'),
    )
    .select(['member.position', 'member.needId', 'resident.id as residentId', 'identity.ciphertext'])
    .select('offer.id as offerId')
    .where('member.chainId', '=', chainId)
    .execute()
}
