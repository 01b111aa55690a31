import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/error.ts'
import { formatDay } from '../domain/words.ts'
import { rangeFrom } from './range.ts'
import type { DB } from './types.generated.ts'

/** Places that somebody has said yes to and not moved into, with the planned day, and the offer where the reader may see it. */
function promised(db: Kysely<DB>) {
  return db
    .selectFrom('hold')
    .innerJoin('place', 'place.id', 'hold.placeId')
    .leftJoin('offer', 'offer.holdId', 'hold.id')
    .select(['place.label', 'offer.id as offerId'])
    .select(sql<Day>`greatest(${rangeFrom('hold.during')}, app_today())`.as('movesInOn'))
    .where('hold.endedAt', 'is', null)
    .where('hold.expiresAt', 'is', null)
    .orderBy('place.label')
    .orderBy('hold.id')
}

type Promised = Awaited<ReturnType<ReturnType<typeof promised>['execute']>>

function refusal(rows: Promised, pointer: string, what: string): DomainError {
  const offerId = rows.find((row) => row.offerId !== null)?.offerId
  return new DomainError(
    'place_held',
    `${what} Finn en annen plass sammen med bydelen, og la den trekke tilbudet først.`,
    rows.map(({ label, movesInOn }) => ({
      pointer,
      code: 'place_promised',
      detail: `${label}: innflytting ${formatDay(movesInOn)}.`,
    })),
    offerId === undefined || offerId === null ? undefined : { kind: 'offer', id: offerId },
  )
}

/**
 * A place is not closed on the day somebody who has said yes to it moves in; the database holds the same by trigger.
 * @throws {DomainError} `place_held`, naming the day, and the offer where the reader may see it
 */
export async function keepsPromise(db: Kysely<DB>, placeId: string, closed: { from: Day; to: Day | null }) {
  const rows = (await promised(db).where('hold.placeId', '=', placeId).execute()).filter(
    ({ movesInOn }) => movesInOn >= closed.from && (closed.to === null || movesInOn < closed.to),
  )
  if (rows.length > 0) throw refusal(rows, '/during', 'Noen har takket ja til plassen og skal flytte inn.')
}

/**
 * A house goes on admitting while somebody who has said yes to one of its places has not moved in.
 * @throws {DomainError} `place_held`, naming each place and its day
 */
export async function keepsPromises(db: Kysely<DB>, facilityId: string): Promise<void> {
  const rows = await promised(db).where('place.facilityId', '=', facilityId).execute()
  if (rows.length > 0)
    throw refusal(rows, '/admitting', 'Noen har takket ja til en plass på botilbudet og skal flytte inn.')
}
