import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { DecisionLanguage } from '../../reference/decisionTexts.ts'
import type { LegalTrackId } from '../../reference/legalTracks.ts'

export interface AppealRow {
  id: string
  version: number
  receivedOn: Day
  grounds: string | null
  forwardedOn: Day | null
  outcome: 'upheld' | 'changed' | 'repealed' | 'dismissed' | null
  decidedOn: Day | null
}

/** Decisions with who wrote and issued them, their appeals oldest first, as far as the reader may see them. */
function decisionRows(db: Kysely<DB>) {
  return db
    .selectFrom('decision')
    .innerJoin('account as drafter', 'drafter.id', 'decision.draftedBy')
    .leftJoin('account as issuer', 'issuer.id', 'decision.issuedBy')
    .select([
      'decision.id',
      'decision.version',
      'decision.needId',
      'decision.holdingDistrict',
      'decision.offerId',
      'decision.trackVersion',
      'decision.mainContent',
      'decision.reasons',
      'decision.lackOfSuitableHome',
      'decision.issuedOn',
      'decision.appealBody',
      'decision.appealDeadline',
      'drafter.name as draftedBy',
      'issuer.name as issuedBy',
    ])
    .select([
      sql<LegalTrackId>`decision.track`.as('track'),
      sql<'granted' | 'refused'>`decision.outcome`.as('outcome'),
      sql<DecisionLanguage>`decision.language`.as('language'),
      sql<AppealRow[]>`(select coalesce(json_agg(json_build_object('id', a.id, 'version', a.version,
        'receivedOn', a.received_on, 'grounds', a.grounds, 'forwardedOn', a.forwarded_on, 'outcome', a.outcome,
        'decidedOn', a.decided_on) order by a.received_on, a.id), '[]') from appeal a where a.decision_id = decision.id)`.as(
        'appeals',
      ),
    ])
}

export function decisionById(db: Kysely<DB>, id: string) {
  return decisionRows(db).where('decision.id', '=', id).executeTakeFirst()
}

export type DecisionRow = NonNullable<Awaited<ReturnType<typeof decisionById>>>

/** All decisions of these needs, oldest first: by the day they were issued, drafts last. */
export function decisionsOfNeeds(db: Kysely<DB>, needIds: readonly string[]) {
  return decisionRows(db)
    .where(sql<boolean>`decision.need_id = any(${[...needIds]}::uuid[])`)
    .orderBy(sql`decision.issued_on nulls last`)
    .orderBy('decision.id')
    .execute()
}

export function appealById(db: Kysely<DB>, id: string) {
  return db.selectFrom('appeal').select(['id', 'version', 'decisionId']).where('id', '=', id).executeTakeFirst()
}

/** Years of birth of the children who live in a household. */
export async function childrenLivingIn(db: Kysely<DB>, householdId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('householdChild')
    .select('birthYear')
    .where('householdId', '=', householdId)
    .where('arrangement', '=', 'living')
    .execute()
  return rows.map(({ birthYear }) => birthYear)
}

/** The form that an offer of this need gives; undefined when the offer is not one of the need's. */
export async function formOfOffer(db: Kysely<DB>, offerId: string, needId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('offer')
    .select('formGiven')
    .where('id', '=', offerId)
    .where('needId', '=', needId)
    .executeTakeFirst()
  return row?.formGiven
}

/** The offer that the need has said yes to, if any. */
export function acceptedOffer(db: Kysely<DB>, needId: string) {
  return db
    .selectFrom('offer')
    .select(['id', 'formGiven'])
    .where('needId', '=', needId)
    .where('acceptedAt', 'is not', null)
    .where('declinedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .orderBy('acceptedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function languageOf(db: Kysely<DB>, residentId: string): Promise<string> {
  const row = await db.selectFrom('resident').select('language').where('id', '=', residentId).executeTakeFirstOrThrow()
  return row.language
}
