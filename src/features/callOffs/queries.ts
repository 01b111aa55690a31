import { type Kysely, sql } from 'kysely'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'

const firstOfHousehold = sql<boolean>`resident.household_id = stay.household_id and not exists
  (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`

const running = sql<boolean>`call_off.ordered @> app_today() and stay.during @> app_today()`

/** Purchases with their stay and whose it is, as far as row security lets them be seen. */
function callOffRows(db: Kysely<DB>) {
  return db
    .selectFrom('callOff')
    .innerJoin('stay', 'stay.id', 'callOff.stayId')
    .innerJoin('supplier', 'supplier.id', 'callOff.supplierId')
    .leftJoin('frameworkAgreement as agreement', 'agreement.id', 'callOff.agreementId')
    .leftJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .leftJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('resident', (join) => join.on(firstOfHousehold))
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('need', (join) =>
      join.onRef('need.householdId', '=', 'stay.householdId').on('need.status', '=', 'registered'),
    )
    .select([
      'callOff.id',
      'callOff.version',
      'callOff.holdingDistrict',
      'callOff.stayId',
      'callOff.supplierId',
      'callOff.agreementId',
      'callOff.pricePerDay',
      'callOff.reason',
      'callOff.declinedOfferId',
      'callOff.declinedReferralId',
      'callOff.note',
      'callOff.synthetic',
      'supplier.name as supplierName',
      'agreement.title as agreementTitle',
      'agreement.pricePerDay as agreedPricePerDay',
      'place.facilityId',
      'place.label',
      'facility.name as facilityName',
      'stay.householdId',
      'resident.id as residentId',
      'identity.ciphertext',
      'need.id as needId',
    ])
    .select([
      rangeFrom('callOff.ordered').as('from'),
      rangeTo('callOff.ordered').as('to'),
      rangeFrom('stay.during').as('stayFrom'),
      rangeTo('stay.during').as('stayTo'),
    ])
}

export type CallOffRow = Awaited<ReturnType<ReturnType<typeof callOffRows>['executeTakeFirstOrThrow']>>

export function callOffById(db: Kysely<DB>, id: string) {
  return callOffRows(db).where('callOff.id', '=', id).executeTakeFirst()
}

/** One page, newest first. */
export function callOffPage(
  db: Kysely<DB>,
  { state, limit }: { state: 'running' | 'ended' | 'all'; limit: number },
  after: string | undefined,
) {
  return callOffRows(db)
    .$if(state === 'running', (query) => query.where(running))
    .$if(state === 'ended', (query) => query.where(sql<boolean>`not (${running})`))
    .$if(after !== undefined, (query) => query.where('callOff.id', '<', after ?? ''))
    .orderBy('callOff.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** The last day ordered of a stay, one past it; before anything is ordered, its first day. Null: something runs without an end. */
const orderedUntil = sql<Day | null>`case when bool_or(upper_inf(c.ordered)) then null
  else coalesce(max(upper(c.ordered)), lower(stay.during)) end`

/** Present stays in bought places of which nobody has registered what today costs, by id. */
export function unpricedStays(db: Kysely<DB>, limit: number, after: string | undefined) {
  return db
    .selectFrom('stay')
    .leftJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .leftJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('resident', (join) => join.on(firstOfHousehold))
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select([
      'stay.id as stayId',
      'stay.householdId',
      'place.facilityId',
      'place.label',
      'facility.name as facilityName',
      'facility.operator',
      'resident.id as residentId',
      'identity.ciphertext',
    ])
    .select(rangeFrom('stay.during').as('stayFrom'))
    .select(
      sql<Day>`(select coalesce(${orderedUntil}, lower(stay.during)) from call_off c where c.stay_id = stay.id)`.as(
        'firstUnpriced',
      ),
    )
    .where('stay.form', '=', 'private_institution')
    .where(sql<boolean>`upper_inf(stay.during) and lower(stay.during) <= app_today()`)
    .where(sql<boolean>`not exists (select from call_off c where c.stay_id = stay.id and c.ordered @> app_today())`)
    .$if(after !== undefined, (query) => query.where('stay.id', '>', after ?? ''))
    .orderBy('stay.id')
    .limit(limit + 1)
    .execute()
}

/** A no to a household for lack of staff, competence or safety. */
export interface DeclineRow {
  kind: 'offer' | 'referral'
  id: string
  householdId: string
  by: string
  on: Day
}

/** Noes for lack of staff, competence or safety to these households, the newest first. */
export async function declinesTo(db: Kysely<DB>, householdIds: readonly string[]): Promise<DeclineRow[]> {
  const { rows } = await sql<DeclineRow>`
    select 'offer' as kind, o.id, n.household_id, f.name as by, (o.declined_at at time zone 'Europe/Oslo')::date as on
    from offer o join need n on n.id = o.need_id join place p on p.id = o.place_id join facility f on f.id = p.facility_id
    where n.household_id = any (${[...householdIds]}::uuid[]) and o.decline_reason = 'staffing_hse' and o.declined_by_party = 'provider'
    union all
    select 'referral', r.id, n.household_id, h.name, (r.answered_at at time zone 'Europe/Oslo')::date
    from referral r join need n on n.id = r.need_id join housing_form h on h.id = r.form
    where n.household_id = any (${[...householdIds]}::uuid[]) and r.answer = 'declined' and r.decline_reason = 'staffing_hse'
    order by 5 desc, 2`.execute(db)
  return rows
}
