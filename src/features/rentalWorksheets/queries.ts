import { type Kysely, sql } from 'kysely'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'

/**
 * What is registered of the private home that a need is offered, the one it has said yes to before one that waits for an answer:
 * where it is, who lets it, and the lease as far as it is agreed. A home of somebody whose address is protected is written
 * down nowhere else.
 */
export function offeredRental(db: Kysely<DB>, needId: string) {
  return db
    .selectFrom('offer')
    .innerJoin('place', 'place.id', 'offer.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('landlord', (join) =>
      join
        .onRef('landlord.holdingDistrict', '=', 'offer.holdingDistrict')
        .on(sql<boolean>`lower(landlord.name) = lower(facility.operator)`),
    )
    .select(['facility.address', 'landlord.id as landlordId', 'offer.leaseSignedOn', 'offer.moveInOn'])
    .select([rangeFrom('offer.leaseDuring').as('leaseFrom'), rangeTo('offer.leaseDuring').as('leaseUntil')])
    .where('offer.needId', '=', needId)
    .where('offer.formGiven', 'in', ['private', 'private_support'])
    .where(
      sql<boolean>`not exists (select from need n join resident r on r.household_id = n.household_id
        where n.id = offer.need_id and r.address_protection <> 'none')`,
    )
    .where('offer.declinedAt', 'is', null)
    .where('offer.withdrawnAt', 'is', null)
    .where('offer.expiredAt', 'is', null)
    .orderBy(sql`offer.accepted_at desc nulls last`)
    .orderBy('offer.id', 'desc')
    .orderBy('landlord.id')
    .limit(1)
    .executeTakeFirst()
}
