import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { notFound, stale } from '../domain/error.ts'
import { type ReferralFacts, type ReferralState, referralState } from '../domain/placement/referral.ts'
import type { DB } from './types.generated.ts'

/**
 * Referrals with whose they are, as far as row security lets them be seen: a bydel its own, Felles inntak all that are not
 * withdrawn. After a no, Felles inntak no longer sees who it was.
 */
export function referralRows(db: Kysely<DB>) {
  return db
    .selectFrom('referral')
    .innerJoin('account as sender', 'sender.id', 'referral.sentBy')
    .leftJoin('account as answerer', 'answerer.id', 'referral.answeredBy')
    .leftJoin('facility as wished', 'wished.id', 'referral.wishedFacilityId')
    .leftJoin('place as proposed', 'proposed.id', 'referral.proposedPlaceId')
    .leftJoin('facility as proposedIn', 'proposedIn.id', 'proposed.facilityId')
    .leftJoinLateral(
      sql<{
        offerId: string
        label: string
        facilityName: string
        formGiven: string
        open: boolean
      }>`(select o.id as offer_id, p.label,
        f.name as facility_name, o.form_given, o.declined_at is null and o.withdrawn_at is null and o.expired_at is null
          and o.moved_in_at is null as open from offer o join place p on p.id = o.place_id join facility f on f.id = p.facility_id
        where o.referral_id = referral.id order by o.id desc limit 1)`.as('given'),
      (join) => join.onTrue(),
    )
    .leftJoin('need', 'need.id', 'referral.needId')
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = need.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .selectAll('referral')
    .select([
      'sender.name as sentByName',
      'answerer.name as answeredByName',
      'wished.name as wishedFacilityName',
      'identity.ciphertext',
      'resident.id as residentId',
      'proposed.label as proposedLabel',
      'proposedIn.name as proposedFacilityName',
      'given.offerId',
      'given.label as givenLabel',
      'given.facilityName as givenFacilityName',
      'given.formGiven',
      'given.open as givenOpen',
    ])
}

function referralById(db: Kysely<DB>, id: string) {
  return referralRows(db).where('referral.id', '=', id).executeTakeFirst()
}

export type ReferralRow = NonNullable<Awaited<ReturnType<typeof referralById>>>

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existingReferral(db: Kysely<DB>, id: string): Promise<ReferralRow> {
  const row = await referralById(db, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * The referral as it stands once it is locked: of two who answer it, the second meets what the first one said. A place and a need
 * that are locked with it are locked before it.
 * @throws {DomainError} `not_found`, and `stale_version` when it is not the one that was seen
 */
export async function lockedReferral(db: Kysely<DB>, id: string, version: number): Promise<ReferralRow> {
  await db.selectFrom('referral').select('id').where('id', '=', id).forNoKeyUpdate().execute()
  const row = await existingReferral(db, id)
  if (row.version !== version) throw stale()
  return row
}

/** The state of a row on `today`. */
export function stateOfReferral(row: ReferralRow, today: Day): ReferralState {
  return referralState({ ...row, answer: row.answer as ReferralFacts['answer'] }, today)
}

/** Whether the need has said yes to a home, whoever gave it; true or false is all that Felles inntak is told of it. */
export async function homeAccepted(db: Kysely<DB>, needId: string): Promise<boolean> {
  const { rows } = await sql<{ accepted: boolean }>`select home_accepted(${needId}::uuid) as accepted`.execute(db)
  return rows[0]?.accepted === true
}
