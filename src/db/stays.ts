import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { notFound, stale } from '../domain/error.ts'
import { formById, type HousingForm } from '../domain/ladder.ts'
import type { Decided } from '../domain/placement/moveInBasis.ts'
import { type NextHome, type StayState, stayState } from '../domain/placement/stay.ts'
import type { NamedPlace } from '../domain/placement/tasks.ts'
import type { Acting } from './actor.ts'
import { lockPlace } from './offers.ts'
import { rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

/**
 * Stays with their place and whose they are, as far as row security lets them be seen: a bydel its own people’s, a house its own.
 * A home outside our places has no place; a person who may not be seen has no name.
 */
export function stayRows(db: Kysely<DB>) {
  return db
    .selectFrom('stay')
    .leftJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .leftJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = stay.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select([
      'stay.id',
      'stay.version',
      'stay.householdId',
      'stay.holdingDistrict',
      'stay.form',
      'stay.expectedUntil',
      'stay.originalExpectedUntil',
      'stay.readyToMoveOnSince',
      'stay.rightOfReturnUntil',
      'stay.departureReason',
      'stay.offerId',
      'occupancy.placeId',
      'place.label',
      'place.facilityId',
      'facility.name as facilityName',
      'facility.districtCode',
      'resident.id as residentId',
      'identity.ciphertext',
    ])
    .select([rangeFrom('stay.during').as('from'), rangeTo('stay.during').as('to')])
    .select(
      sql<boolean>`exists (select from stay_event e where e.stay_id = stay.id and e.kind = 'transferred_in')`.as(
        'cameByTransfer',
      ),
    )
    .select(
      sql<Day[]>`(select coalesce(json_agg(lower(home.during)), '[]') from stay as home
        where home.household_id = stay.household_id and upper_inf(home.during) and upper_inf(stay.during))`.as(
        'homesSince',
      ),
    )
}

function stayById(db: Kysely<DB>, id: string) {
  return stayRows(db).where('stay.id', '=', id).executeTakeFirst()
}

export type StayRow = NonNullable<Awaited<ReturnType<typeof stayById>>>

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existingStay(db: Kysely<DB>, id: string): Promise<StayRow> {
  const row = await stayById(db, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * The stay as it stands once its place is locked, and `toPlaceId` with it, in one order whoever asks.
 * @throws {DomainError} `not_found`, and `stale_version` when the stay is not the one that was seen
 */
export async function lockedStay({ trx }: Acting, id: string, version: number, toPlaceId?: string): Promise<StayRow> {
  const { placeId } = await existingStay(trx, id)
  const places = [placeId, toPlaceId].filter((place) => place !== null && place !== undefined)
  for (const place of places.toSorted()) await lockPlace(trx, place)
  const row = await existingStay(trx, id)
  if (row.version !== version) throw stale()
  return row
}

/** The state of a row on `today`. */
export function stateOfStay({ from, to, expectedUntil }: StayRow, today: Day): StayState {
  return stayState({ during: { from, to }, expectedUntil }, today)
}

/** The home as a sentence names it. */
export function homeOf({ label, facilityName, form }: Pick<StayRow, 'label' | 'facilityName' | 'form'>): NamedPlace {
  return label === null ? { label: formById(form as HousingForm).name, facilityName: null } : { label, facilityName }
}

/** Where the household of a stay can go, for whoever may end the stay. */
export async function nextHomesOf({ trx }: Acting, stayId: string): Promise<NextHome[]> {
  const { rows } = await sql<Omit<NextHome, 'decided'> & Decided>`
    select kind, form, begins_on, lease_signed_on, service_decision_on, decisions from next_homes(${stayId}::uuid)
    order by begins_on, kind, form`.execute(trx)
  return rows.map(({ decisions, serviceDecisionOn, ...home }) => ({
    ...home,
    decided: { decisions, serviceDecisionOn },
  }))
}

/** The open need of the household of a stay, for whoever may end the stay. */
export async function openNeedOfStay({ trx }: Acting, stayId: string): Promise<string | null> {
  const { rows } = await sql<{ needId: string | null }>`select open_need_of_stay(${stayId}::uuid) as need_id`.execute(
    trx,
  )
  return rows[0]?.needId ?? null
}
