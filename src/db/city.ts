import { type Kysely, sql } from 'kysely'
import type { Day, DayRange } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { City, Closure, Facility, Place } from '../domain/place.ts'
import type { Acting } from './actor.ts'
import { rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

/**
 * The compiled city, as a function of the transaction that asks: compiled once per version and day, and shared by every
 * request until something it is made of changes. The transaction must be a reading one: its one snapshot holds the version
 * and the data together, so no place is met without its facility and several instances agree.
 */
export type ReadCity = (acting: Acting) => Promise<City>

/** A cache of one compiled city. Concurrent misses of one version share one compilation. */
export function cityCache(): ReadCity {
  let key = ''
  let compiled: Promise<City> | undefined
  return async ({ trx, today }) => {
    const { version } = await trx.selectFrom('cityVersion').select('version').executeTakeFirstOrThrow()
    const asked = `${version}/${today}`
    if (compiled === undefined || asked !== key) {
      const attempt = compileCity(trx, version, today)
      key = asked
      compiled = attempt
      attempt.catch(() => {
        if (compiled === attempt) compiled = undefined
      })
      return attempt
    }
    return compiled
  }
}

async function compileCity(db: Kysely<DB>, version: number, today: Day): Promise<City> {
  const facilities = await readFacilities(db, today)
  const closures = await readClosures(db, today)
  const occupied = await readOccupancies(db, today)
  const places = await db
    .selectFrom('place')
    .select(['id', 'facilityId', 'label', 'form', 'maxHousehold', 'features'])
    .select([rangeFrom('place.openDuring').as('openFrom'), rangeTo('place.openDuring').as('openTo')])
    .where(sql<boolean>`not (open_during << daterange(${today}, null))`)
    .orderBy('id')
    .execute()
  return {
    version,
    today,
    facilities: new Map(facilities.map((facility) => [facility.id, facility])),
    places: places.map(
      ({ openFrom, openTo, form, ...place }): Place => ({
        ...place,
        form: form as HousingForm,
        open: { from: openFrom, to: openTo },
        closures: closures.get(place.id) ?? [],
        occupied: occupied.get(place.id) ?? [],
      }),
    ),
  }
}

async function readFacilities(db: Kysely<DB>, today: Day): Promise<Facility[]> {
  const listed = new Map<string, { district: string; during: DayRange }[]>()
  const served = await db
    .selectFrom('facilityDistrict')
    .select(['facilityId', 'districtCode'])
    .select([rangeFrom('facilityDistrict.during').as('from'), rangeTo('facilityDistrict.during').as('to')])
    .orderBy('districtCode')
    .execute()
  for (const { facilityId, districtCode, from, to } of served) {
    push(listed, facilityId, { district: districtCode, during: { from, to } })
  }
  const { rows: mix } = await sql<{ facilityId: string; extensiveBehaviour: number }>`
    select facility_id, extensive_behaviour from facility_mix(${today}::date)`.execute(db)
  const mixed = new Map(mix.map((row) => [row.facilityId, row.extensiveBehaviour]))
  const rows = await db.selectFrom('facility').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    operator: row.operator,
    district: row.districtCode,
    serves: row.serves as Facility['serves'],
    listed: listed.get(row.id) ?? [],
    minAge: row.minAge,
    maxAge: row.maxAge,
    genders: row.genders,
    substanceStance: row.substanceStance as Facility['substanceStance'],
    maxBehaviour: row.maxBehaviour,
    maxSecurity: row.maxSecurity,
    childrenAllowed: row.childrenAllowed,
    petsAllowed: row.petsAllowed,
    maxExtensiveBehaviour: row.maxExtensiveBehaviour,
    extensiveBehaviourNow: mixed.get(row.id) ?? 0,
    admitting: row.admitting,
    notAdmittingReason: row.notAdmittingReason,
    vacancyConfirmedAt: row.vacancyConfirmedAt,
  }))
}

async function readClosures(db: Kysely<DB>, today: Day): Promise<Map<string, Closure[]>> {
  const closures = new Map<string, Closure[]>()
  const rows = await db
    .selectFrom('closure')
    .select(['placeId', 'reason', 'admits'])
    .select([rangeFrom('closure.during').as('from'), rangeTo('closure.during').as('to')])
    .where(sql<boolean>`not (during << daterange(${today}, null))`)
    .orderBy('placeId')
    .orderBy('during')
    .execute()
  for (const { placeId, reason, admits, from, to } of rows)
    push(closures, placeId, { during: { from, to }, reason, admits })
  return closures
}

async function readOccupancies(db: Kysely<DB>, today: Day): Promise<Map<string, DayRange[]>> {
  const occupied = new Map<string, DayRange[]>()
  const rows = await db
    .selectFrom('occupancy')
    .select('placeId')
    .select([rangeFrom('occupancy.during').as('from'), rangeTo('occupancy.during').as('to')])
    .where(sql<boolean>`not (during << daterange(${today}, null))`)
    .orderBy('placeId')
    .orderBy('during')
    .execute()
  for (const { placeId, from, to } of rows) push(occupied, placeId, { from, to })
  return occupied
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const values = into.get(key)
  if (values === undefined) into.set(key, [value])
  else values.push(value)
}
