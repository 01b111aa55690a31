import { type RawBuilder, sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { unconfirmed } from '../../db/freshness.ts'
import { applicantOf } from '../../db/needs.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { staleBefore } from '../../domain/freshness.ts'
import { ASSESSMENT_POLICY } from '../../reference/policies.ts'
import { DRAFT_LEFT_AFTER_DAYS, type GapKind } from './gapKinds.ts'

/** The ones that have stood longest, and how many there are in all. */
const SHOWN = 10

interface Gap {
  id: string
  since: Day | null
  total: number
  facilityName: string | null
  residentId: string | null
  ciphertext: Buffer | null
}

const ownHouse = sql<boolean>`facility.district_code = any((select app_districts())::text[])`
const inOslo = (instant: RawBuilder<unknown>) => sql<Day | null>`(${instant} at time zone 'Europe/Oslo')::date`

function houses({ trx, today }: Acting) {
  return trx
    .selectFrom('facility')
    .select(['facility.id', 'facility.name as facilityName'])
    .select([
      sql<null>`null`.as('residentId'),
      sql<null>`null`.as('ciphertext'),
      inOslo(sql.ref('facility.vacancyConfirmedAt')).as('since'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where(ownHouse)
    .where(unconfirmed('facility', staleBefore(today), today))
    .orderBy(sql`facility.vacancy_confirmed_at nulls first`)
    .orderBy('facility.id')
    .limit(SHOWN)
    .execute()
}

/** Houses where somebody whom the reader's bydel holds has stayed past what was agreed, with the earliest of each. */
function overdueStays({ trx, today }: Acting) {
  return trx
    .selectFrom('stay')
    .innerJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .innerJoin('place', 'place.id', 'occupancy.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['facility.id', 'facility.name as facilityName'])
    .select([
      sql<Day | null>`min(stay.expected_until)`.as('since'),
      sql<null>`null`.as('residentId'),
      sql<null>`null`.as('ciphertext'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where(sql<boolean>`stay.holding_district = any((select app_districts())::text[])`)
    .where(sql<boolean>`upper_inf(stay.during) and stay.expected_until < ${today}::date`)
    .groupBy(['facility.id', 'facility.name'])
    .orderBy(sql`min(stay.expected_until)`)
    .orderBy('facility.id')
    .limit(SHOWN)
    .execute()
}

function needs({ trx }: Acting, since: RawBuilder<Day | null>, where: RawBuilder<boolean>) {
  return trx
    .selectFrom('need')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['need.id', 'resident.id as residentId', 'identity.ciphertext'])
    .select([sql<null>`null`.as('facilityName'), since.as('since'), sql<number>`count(*) over ()`.as('total')])
    .where(sql<boolean>`need.holding_district = any((select app_districts())::text[])`)
    .where('need.status', 'in', ['draft', 'registered'])
    .where(where)
    .orderBy('need.startedAt')
    .orderBy('need.id')
    .limit(SHOWN)
    .execute()
}

const lastAssessed = sql<Day | null>`(select max(a.assessed_on) from assessment a where a.need_id = need.id)`

/** What is stale or missing of the reader's districts, by kind. */
export const GAP_QUERIES: Record<GapKind, (acting: Acting) => Promise<Gap[]>> = {
  vacancy_unconfirmed: houses,
  stay_overdue: overdueStays,
  responsible_district_unresolved: (acting) =>
    needs(acting, inOslo(sql.ref('need.startedAt')), sql<boolean>`need.responsible_district is null`),
  assessment_old: (acting) =>
    needs(
      acting,
      lastAssessed,
      sql<boolean>`need.status = 'registered' and coalesce(${lastAssessed}, '-infinity')
        < ${addDays(acting.today, -ASSESSMENT_POLICY.parameters.validDays)}::date`,
    ),
  identity_missing: (acting) =>
    needs(acting, inOslo(sql.ref('need.startedAt')), sql<boolean>`resident.birth_date is null`),
  need_draft_left: (acting) =>
    needs(
      acting,
      inOslo(sql.ref('need.startedAt')),
      sql<boolean>`need.status = 'draft' and ${inOslo(sql.ref('need.startedAt'))} < ${addDays(acting.today, -DRAFT_LEFT_AFTER_DAYS)}::date`,
    ),
}
