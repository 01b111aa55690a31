import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { DecisionLanguage } from '../../reference/decisionTexts.ts'
import type { LegalTrackId } from '../../reference/legalTracks.ts'

const offerOver = sql<boolean>`offer.declined_at is not null or offer.withdrawn_at is not null or offer.expired_at is not null
  or (offer.accepted_at is null and offer.reply_by <= app_now())`

/** An offer with its place and who sent it. */
export function offerForLetter(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('offer')
    .innerJoin('account', 'account.id', 'offer.sentBy')
    .select([
      'offer.needId',
      'offer.placeId',
      'offer.formGiven',
      'offer.sentAt',
      'offer.moveInOn',
      'offer.replyBy',
      'offer.conditional',
      'offer.firmAt',
      'offer.holdId',
      'account.name as officer',
    ])
    .select(offerOver.as('over'))
    .where('offer.id', '=', id)
    .executeTakeFirst()
}

export function decisionForLetter(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('decision')
    .innerJoin('account as drafter', 'drafter.id', 'decision.draftedBy')
    .leftJoin('account as issuer', 'issuer.id', 'decision.issuedBy')
    .leftJoin('offer', 'offer.id', 'decision.offerId')
    .select([
      'decision.needId',
      'decision.trackVersion',
      'decision.mainContent',
      'decision.reasons',
      'decision.lackOfSuitableHome',
      'decision.issuedOn',
      'decision.appealBody',
      'offer.placeId',
      'offer.formGiven',
      'drafter.name as draftedBy',
      'issuer.name as issuedBy',
    ])
    .select([
      sql<LegalTrackId>`decision.track`.as('track'),
      sql<'granted' | 'refused'>`decision.outcome`.as('outcome'),
      sql<DecisionLanguage>`decision.language`.as('language'),
      sql<boolean>`exists (select from decision help where help.need_id = decision.need_id and help.track = 'help_with_home'
        and help.issued_on is not null)`.as('helpDecided'),
    ])
    .where('decision.id', '=', id)
    .executeTakeFirst()
}

export function referralForLetter(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('referral')
    .innerJoin('account', 'account.id', 'referral.sentBy')
    .leftJoin('facility', 'facility.id', 'referral.wishedFacilityId')
    .select([
      'referral.needId',
      'referral.form',
      'referral.sentAt',
      'referral.answerDueOn',
      'referral.withdrawnAt',
      'facility.name as wishedFacility',
      'account.name as officer',
    ])
    .where('referral.id', '=', id)
    .executeTakeFirst()
}

export function placeForLetter(db: Kysely<DB>, placeId: string) {
  return db
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['place.label', 'facility.name as facility', 'facility.address'])
    .where('place.id', '=', placeId)
    .executeTakeFirst()
}

/** To whom a letter goes: her language, whether any address of the household is protected, and whether she has died. */
export async function readerOf(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('resident')
    .select(['resident.language', 'resident.interpreter'])
    .select([
      sql<boolean>`exists (select from resident other where other.household_id = resident.household_id
        and other.address_protection <> 'none')`.as('protected'),
      sql<boolean>`exists (select from need n where n.household_id = resident.household_id and n.ended_reason = 'deceased')
        or exists (select from stay s where s.household_id = resident.household_id and s.departure_reason = 'deceased')
        or exists (select from offer o join need n on n.id = o.need_id
          where n.household_id = resident.household_id and o.withdrawn_reason = 'deceased')`.as('deceased'),
    ])
    .where('resident.id', '=', residentId)
    .executeTakeFirstOrThrow()
}

/** Everything of a need that there is a letter about. */
export async function lettersOf(db: Kysely<DB>, needId: string) {
  const [offers, decisions, referrals] = [
    await db
      .selectFrom('offer')
      .innerJoin('place', 'place.id', 'offer.placeId')
      .innerJoin('facility', 'facility.id', 'place.facilityId')
      .select(['offer.id', 'offer.sentAt', 'offer.formGiven', 'place.label', 'facility.name as facility'])
      .select(offerOver.as('over'))
      .where('offer.needId', '=', needId)
      .execute(),
    await db
      .selectFrom('decision')
      .select(['id', 'issuedOn'])
      .select([sql<LegalTrackId>`track`.as('track'), sql<'granted' | 'refused'>`outcome`.as('outcome')])
      .where('needId', '=', needId)
      .execute(),
    await db
      .selectFrom('referral')
      .select(['id', 'sentAt', 'form', 'withdrawnAt'])
      .where('needId', '=', needId)
      .execute(),
  ]
  return { offers, decisions, referrals }
}
