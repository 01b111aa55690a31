import { type Kysely, sql } from 'kysely'
import { referralRows } from '../../db/referrals.ts'
import type { DB } from '../../db/types.generated.ts'
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
