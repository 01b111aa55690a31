import { type Kysely, type RawBuilder, sql } from 'kysely'
import { openOffer } from '../../db/offers.ts'
import { referralRows } from '../../db/referrals.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { ReferralQuery } from './schema.ts'

/** Not answered, or on the waiting list; and not withdrawn. */
const open = sql<boolean>`(referral.withdrawn_at is null and (referral.answer is null or referral.answer = 'waiting'))`
const answered = sql<boolean>`(referral.withdrawn_at is null and referral.answer in ('place_given', 'declined'))`

/** One page after `cursor` (a day and an id): open ones by the day the answer is due, the others the newest first. */
export function referralPage(
  db: Kysely<DB>,
  { state, needId, form, limit }: ReferralQuery,
  cursor: readonly string[] | undefined,
) {
  const [dueOn, id] = cursor ?? []
  const order = state === 'open' ? 'asc' : 'desc'
  const after = sql<boolean>`(referral.answer_due_on, referral.id) ${sql.raw(order === 'asc' ? '>' : '<')} (${dueOn}::date, ${id}::uuid)`
  return referralRows(db)
    .$if(state === 'open', (query) => query.where(open))
    .$if(state === 'answered', (query) => query.where(answered))
    .$if(state === 'withdrawn', (query) => query.where('referral.withdrawnAt', 'is not', null))
    .$if(needId !== undefined, (query) => query.where('referral.needId', '=', needId ?? ''))
    .$if(form !== undefined, (query) => query.where('referral.form', '=', form ?? ''))
    .$if(cursor !== undefined, (query) => query.where(after))
    .orderBy('referral.answerDueOn', order)
    .orderBy('referral.id', order)
    .limit(limit + 1)
    .execute()
}

/** Whether the need has an open referral to the form. */
export async function openReferralOf(db: Kysely<DB>, needId: string, form: string) {
  return db
    .selectFrom('referral')
    .select('id')
    .where('needId', '=', needId)
    .where('form', '=', form)
    .where(open)
    .executeTakeFirst()
}

export function facilityNamed(db: Kysely<DB>, id: string) {
  return db.selectFrom('facility').select(['id', 'name']).where('id', '=', id).executeTakeFirst()
}

/** The form of a place; undefined when there is none. */
export async function formOfPlace(db: Kysely<DB>, placeId: string): Promise<string | undefined> {
  return (await db.selectFrom('place').select('form').where('id', '=', placeId).executeTakeFirst())?.form
}

/** The offer that a place was given by, with what the place is called, while it has not ended. */
export function offerOfReferral(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('offer')
    .innerJoin('place', 'place.id', 'offer.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['offer.id', 'place.label', 'facility.name as facilityName'])
    .where('offer.referralId', '=', id)
    .where(openOffer)
    .executeTakeFirst()
}

/** How many referrals the reader may see stand how on `today`: the open ones, and what was answered since `since`. */
export async function referralCounts(db: Kysely<DB>, today: Day, since: Day, soon: Day) {
  const count = (condition: RawBuilder<boolean>) => sql<number>`count(*) filter (where ${condition})`
  const waits = sql<boolean>`(referral.withdrawn_at is null and referral.answer is null)`
  const answeredSince = sql<boolean>`(referral.withdrawn_at is null and referral.answered_at >= ${since}::date at time zone 'Europe/Oslo')`
  return db
    .selectFrom('referral')
    .select([
      count(waits).as('unanswered'),
      count(sql`(${waits} and referral.answer_due_on < ${today}::date)`).as('overdue'),
      count(sql`(${waits} and referral.answer_due_on between ${today}::date and ${soon}::date)`).as('dueSoon'),
      count(sql`(referral.withdrawn_at is null and referral.answer = 'waiting')`).as('waiting'),
      count(sql`(${answeredSince} and referral.answer = 'place_given')`).as('placesGiven'),
      count(sql`(${answeredSince} and referral.answer = 'declined')`).as('declined'),
      count(sql`(${answeredSince} and referral.answer = 'declined' and referral.decline_reason = 'no_capacity')`).as(
        'declinedForCapacity',
      ),
    ])
    .executeTakeFirstOrThrow()
}

/** A place of the form in the house: what its criteria are tried with. */
export function somePlaceOf(db: Kysely<DB>, facilityId: string, form: string) {
  return db
    .selectFrom('place')
    .select('id')
    .where('facilityId', '=', facilityId)
    .where('form', '=', form)
    .where(sql<boolean>`open_during @> app_today()`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}
