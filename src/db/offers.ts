import { type Kysely, sql } from 'kysely'
import type { Day, DayRange } from '../domain/day.ts'
import { notFound, stale } from '../domain/error.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { Decided, IssuedDecision } from '../domain/placement/moveInBasis.ts'
import { type OfferFacts, type OfferState, offerState } from '../domain/placement/offer.ts'
import type { Skip } from '../domain/placement/skip.ts'
import type { Acting, Actor } from './actor.ts'
import { lockChain } from './chains.ts'
import { asJson } from './json.ts'
import { dateRange, rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

/** An offer that has not ended: no no, no withdrawal, not run out, not moved in. */
export const openOffer = sql<boolean>`offer.declined_at is null and offer.withdrawn_at is null and offer.expired_at is null
  and offer.moved_in_at is null`

/** Sent without a reservation, and somebody else has the place: a firm hold, or a stay unless a chain waits for it to end. */
export const placeGone = sql<boolean>`offer.hold_id is null and (
  exists (select from hold h where h.place_id = offer.place_id and h.ended_at is null and h.expires_at is null
    and h.during && daterange(offer.move_in_on, null))
  or ((not offer.conditional or offer.firm_at is not null) and exists (select from occupancy o
    where o.place_id = offer.place_id and o.during && daterange(offer.move_in_on, null))))`

/**
 * Offers with their place and whose they are, as far as row security lets them be seen. A house that expects somebody sees
 * her name and not her need, so the household is told by the function that knows who may know it. It is worked out apart
 * (`offset 0`), so that an index looks her up before row security asks of everybody in the city.
 */
export function offerRows(db: Kysely<DB>) {
  return db
    .selectFrom('offer')
    .innerJoin('place', 'place.id', 'offer.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .innerJoin('account as sender', 'sender.id', 'offer.sentBy')
    .leftJoin('need', 'need.id', 'offer.needId')
    .leftJoinLateral(
      sql<{
        needStatus: string
        householdId: string
        serviceDecisionOn: Day | null
        decisions: IssuedDecision[]
        otherHomes: number
      }>`move_in_facts(offer.id)`.as('facts'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      sql<{
        householdId: string | null
      }>`(select coalesce(need.household_id, facts.household_id) as household_id offset 0)`.as('whose'),
      (join) => join.onTrue(),
    )
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = whose.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .selectAll('offer')
    .select([
      'place.label',
      'place.facilityId',
      'facility.name as facilityName',
      'facility.districtCode',
      'sender.name as sentByName',
      'identity.ciphertext',
      'resident.id as residentId',
      'whose.householdId',
      'facts.needStatus',
      'facts.serviceDecisionOn',
      'facts.decisions',
      'facts.otherHomes',
    ])
    .select([rangeFrom('offer.leaseDuring').as('leaseFrom'), rangeTo('offer.leaseDuring').as('leaseTo')])
    .select(placeGone.as('placeGone'))
}

function offerById(db: Kysely<DB>, id: string) {
  return offerRows(db).where('offer.id', '=', id).executeTakeFirst()
}

export type OfferRow = NonNullable<Awaited<ReturnType<typeof offerById>>>

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existingOffer(db: Kysely<DB>, id: string): Promise<OfferRow> {
  const row = await offerById(db, id)
  if (row === undefined) throw notFound()
  return row
}

/** The state of a row at `now`. */
export function stateOf(row: OfferFacts, now: string): OfferState {
  return offerState(row, now)
}

/**
 * The offer as it stands once its chain and its place are locked: whoever decides about a place waits here for whoever is doing so. What has
 * run out at the place is ended on the way.
 * @throws {DomainError} `not_found`, and `stale_version` when the offer is not the one that was seen
 */
export async function lockedOffer({ trx }: Acting, id: string, version?: number): Promise<OfferRow> {
  const seen = await existingOffer(trx, id)
  if (seen.chainId !== null) await lockChain({ trx }, seen.chainId)
  await lockPlace(trx, seen.placeId)
  const row = await existingOffer(trx, id)
  // one that ran out just now is told that it has, not that somebody changed it
  const ranOut = seen.version === version && seen.expiredAt === null && row.expiredAt !== null
  if (version !== undefined && row.version !== version && !ranOut) throw stale()
  return row
}

/** One winner: everything that gives a place away, or gives it back, locks the place first. */
export async function lockPlace(db: Kysely<DB>, placeId: string): Promise<void> {
  await sql`select lock_place(${placeId}::uuid)`.execute(db)
}

/** How many other offers of the need are open, and whether one of them is accepted. */
export async function otherOffers(db: Kysely<DB>, needId: string, except?: string) {
  const rows = await db
    .selectFrom('offer')
    .select(['id', 'placeId', 'acceptedAt', 'leaseSignedOn', 'replyBy'])
    .where('needId', '=', needId)
    .where(openOffer)
    .where(sql<boolean>`(accepted_at is not null or reply_by > app_now())`)
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .orderBy('id')
    .execute()
  return rows
}

/**
 * The need after the place: whoever ends a need waits for whoever is giving it a place, and the other way round. Its status as
 * it is from then on; null when it is not to be seen.
 */
export async function lockNeed(db: Kysely<DB>, needId: string): Promise<string | null> {
  const { rows } = await sql<{ status: string | null }>`select lock_need(${needId}::uuid) as status`.execute(db)
  return rows[0]?.status ?? null
}

export interface NewOffer {
  need: { id: string; holdingDistrict: string }
  placeId: string
  moveInOn: Day
  replyBy: string
  reserve: boolean
  /** The hold that keeps the place for the need already; taken over, or given back by one that does not reserve. */
  reservation: string | undefined
  referralId: string | null
  runId: string | null
  frozen: unknown
  formNeeded: HousingForm
  formGiven: HousingForm
  skip: Skip
  skipReason: string | null
  overrides: readonly { id: string; reason: string }[]
  chain: { id: string; position: number } | null
  /** Waits for the step before it in its chain. */
  conditional: boolean
}

/** Stores an offer, with its hold when the place is reserved meanwhile. The place must be locked. */
export async function insertOffer({ trx, now }: Acting, actor: Actor, offer: NewOffer): Promise<string> {
  const holdId = await holdFor({ trx, now }, offer)
  const { id } = await trx
    .insertInto('offer')
    .values({
      needId: offer.need.id,
      holdingDistrict: offer.need.holdingDistrict,
      placeId: offer.placeId,
      holdId,
      referralId: offer.referralId,
      runId: offer.runId,
      sentAt: now,
      sentBy: actor.accountId,
      moveInOn: offer.moveInOn,
      replyBy: offer.replyBy,
      frozen: asJson(offer.frozen),
      formNeeded: offer.formNeeded,
      formGiven: offer.formGiven,
      skip: offer.skip,
      skipReason: offer.skipReason,
      overrides: asJson(offer.overrides),
      chainId: offer.chain?.id ?? null,
      chainPosition: offer.chain?.position ?? null,
      conditional: offer.conditional,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The hold of an offer that reserves its place: the one that keeps it for the need already, or a new one. */
async function holdFor({ trx, now }: Pick<Acting, 'trx' | 'now'>, offer: NewOffer): Promise<string | null> {
  if (offer.reservation === undefined) return offer.reserve ? takeHold(trx, offer, offer.replyBy) : null
  await trx
    .updateTable('hold')
    .set({
      reserved: false,
      ...(offer.reserve
        ? { expiresAt: offer.replyBy, during: dateRange({ from: offer.moveInOn, to: null }) }
        : { endedAt: now, endedReason: 'released' }),
    })
    .where('id', '=', offer.reservation)
    .execute()
  return offer.reserve ? offer.reservation : null
}

interface Holding {
  need: { holdingDistrict: string }
  placeId: string
  moveInOn: Day
}

/** Takes a hold from the move-in day on; `expiresAt` null is firm. The database refuses a second one of the same days. */
async function takeHold(db: Kysely<DB>, holding: Holding, expiresAt: string | null): Promise<string> {
  const { id } = await db
    .insertInto('hold')
    .values({
      placeId: holding.placeId,
      holdingDistrict: holding.need.holdingDistrict,
      during: dateRange({ from: holding.moveInOn, to: null }),
      expiresAt,
      createdAt: sql<string>`app_now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether the household gave up its home for this offer and would be without one if it were taken away. */
export async function leftFor(db: Kysely<DB>, offerId: string): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`select left_for(${offerId}::uuid) as left`.execute(db)
  return rows[0]?.left === true
}

/** Makes the hold of an accepted offer firm, or takes a firm one. The place must be locked. */
export async function firmHold(db: Kysely<DB>, offer: OfferRow): Promise<string> {
  if (offer.holdId === null) {
    const { holdingDistrict } = offer
    return takeHold(db, { need: { holdingDistrict }, placeId: offer.placeId, moveInOn: offer.moveInOn }, null)
  }
  const held = await db
    .updateTable('hold')
    .set({ expiresAt: null })
    .where('id', '=', offer.holdId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (held.numUpdatedRows === 0n) throw new Error('an open offer has lost its hold')
  return offer.holdId
}

export async function endHold(
  { trx, now }: Acting,
  holdId: string | null,
  reason: 'declined' | 'withdrawn',
): Promise<void> {
  if (holdId === null) return
  await trx
    .updateTable('hold')
    .set({ endedAt: now, endedReason: reason })
    .where('id', '=', holdId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Withdraws an open offer and gives its hold back. The place must be locked. */
export async function withdrawOffer(
  acting: Acting,
  offer: Pick<OfferRow, 'id' | 'holdId'>,
  reason: string,
): Promise<void> {
  await acting.trx
    .updateTable('offer')
    .set({ withdrawnAt: acting.now, withdrawnReason: reason })
    .where('id', '=', offer.id)
    .execute()
  await endHold(acting, offer.holdId, 'withdrawn')
}

export function leaseOf(row: Pick<OfferRow, 'leaseSignedOn' | 'leaseFrom' | 'leaseTo'>) {
  if (row.leaseSignedOn === null) return null
  return { signedOn: row.leaseSignedOn, during: { from: row.leaseFrom, to: row.leaseTo } satisfies DayRange }
}

/** What is decided on what an offer is for, as far as the reader may know it; nothing where she may not. */
export function decidedFor({
  decisions,
  serviceDecisionOn,
}: Pick<OfferRow, 'decisions' | 'serviceDecisionOn'>): Decided {
  return { decisions: decisions ?? [], serviceDecisionOn }
}
