import { type Kysely, sql } from 'kysely'
import { type Day, type DayRange, lastDayBefore } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { City, Closure, Facility, Held, Place } from '../domain/place.ts'
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
  return {
    version,
    today,
    facilities: new Map(facilities.map((facility) => [facility.id, facility])),
    places: await readPlaces(db, today),
  }
}

/**
 * One place with its house as eligibility reads them, as of this very moment: what a transaction that has locked the place
 * decides by. Undefined when there is no such place.
 */
export async function placeInCity(
  { trx, today }: Acting,
  placeId: string,
): Promise<{ place: Place; facility: Facility } | undefined> {
  const [found] = await placesInCity({ trx, today }, [placeId])
  return found
}

/** The same of several places; those that there are, in order of id. */
export async function placesInCity(
  { trx, today }: Pick<Acting, 'trx' | 'today'>,
  placeIds: readonly string[],
): Promise<{ place: Place; facility: Facility }[]> {
  if (placeIds.length === 0) return []
  const places = await readPlaces(trx, today, placeIds)
  const houses = await readFacilities(trx, today, [...new Set(places.map(({ facilityId }) => facilityId))])
  const byId = new Map(houses.map((facility) => [facility.id, facility]))
  return places.flatMap((place) => {
    const facility = byId.get(place.facilityId)
    return facility === undefined ? [] : [{ place, facility }]
  })
}

/** A place as the database writes it out: id, facility, label, form, household size, features, open from and to. */
type PlaceRow = [string, string, string, HousingForm, number, string[], Day, Day | null]

/**
 * Places in order of id: those that are not closed for good, or `only` some. They come as one JSON value: the 16,800 rows of
 * the demo city take the driver 110 ms of the event loop one by one, mostly for their arrays, and 25 ms like this.
 */
async function readPlaces(db: Kysely<DB>, today: Day, only?: readonly string[]): Promise<Place[]> {
  const closures = await readClosures(db, today, only)
  const occupied = await readOccupancies(db, today, only)
  const held = await readHolds(db, only)
  const wanted =
    only === undefined ? sql`not (open_during << daterange(${today}, null))` : sql`id = any(${only}::uuid[])`
  const { rows } = await sql<{ places: string | null }>`
    select json_agg(json_build_array(id, facility_id, label, form, max_household, features,
      lower(open_during), upper(open_during)) order by id)::text as places
    from place where ${wanted}`.execute(db)
  const places = JSON.parse(rows[0]?.places ?? '[]') as PlaceRow[]
  return places.map(([id, facilityId, label, form, maxHousehold, features, from, to]) => ({
    id,
    facilityId,
    label,
    form,
    maxHousehold,
    features,
    open: { from, to },
    closures: closures.get(id) ?? [],
    occupied: occupied.get(id) ?? [],
    held: held.get(id) ?? [],
  }))
}

async function readFacilities(db: Kysely<DB>, today: Day, only?: readonly string[]): Promise<Facility[]> {
  const listed = new Map<string, { district: string; during: DayRange }[]>()
  const served = await db
    .selectFrom('facilityDistrict')
    .select(['facilityId', 'districtCode'])
    .select([rangeFrom('facilityDistrict.during').as('from'), rangeTo('facilityDistrict.during').as('to')])
    .$if(only !== undefined, (query) => query.where(sql<boolean>`facility_id = any(${only}::uuid[])`))
    .orderBy('districtCode')
    .execute()
  for (const { facilityId, districtCode, from, to } of served) {
    push(listed, facilityId, { district: districtCode, during: { from, to } })
  }
  const { rows: mix } = await sql<{ facilityId: string; extensiveBehaviour: number }>`
    select facility_id, extensive_behaviour from facility_mix(${today}::date)`.execute(db)
  const mixed = new Map(mix.map((row) => [row.facilityId, row.extensiveBehaviour]))
  const rows = await db
    .selectFrom('facility')
    .selectAll()
    .$if(only !== undefined, (query) => query.where(sql<boolean>`id = any(${only}::uuid[])`))
    .orderBy('id')
    .execute()
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

async function readClosures(db: Kysely<DB>, today: Day, only?: readonly string[]): Promise<Map<string, Closure[]>> {
  const closures = new Map<string, Closure[]>()
  const rows = await db
    .selectFrom('closure')
    .select(['placeId', 'reason', 'admits'])
    .select([rangeFrom('closure.during').as('from'), rangeTo('closure.during').as('to')])
    .where(sql<boolean>`not (during << daterange(${today}, null))`)
    .$if(only !== undefined, (query) => query.where(sql<boolean>`place_id = any(${only}::uuid[])`))
    .orderBy('placeId')
    .orderBy('during')
    .execute()
  for (const { placeId, reason, admits, from, to } of rows)
    push(closures, placeId, { during: { from, to }, reason, admits })
  return closures
}

/** Days taken from today on, as one JSON value like the places. */
async function readOccupancies(db: Kysely<DB>, today: Day, only?: readonly string[]): Promise<Map<string, DayRange[]>> {
  const occupied = new Map<string, DayRange[]>()
  const { rows } = await sql<{ taken: string | null }>`
    select json_agg(json_build_array(place_id, lower(during), upper(during)) order by place_id, during)::text as taken
    from occupancy where not (during << daterange(${today}, null))
      and ${only === undefined ? sql`true` : sql`place_id = any(${only}::uuid[])`}`.execute(db)
  for (const [placeId, from, to] of JSON.parse(rows[0]?.taken ?? '[]') as [string, Day, Day | null][]) {
    push(occupied, placeId, { from, to })
  }
  return occupied
}

/** Holds that stand at this moment; one that has run out holds nothing, whether or not anybody has ended it yet. */
async function readHolds(db: Kysely<DB>, only?: readonly string[]): Promise<Map<string, Held[]>> {
  const held = new Map<string, Held[]>()
  const rows = await db
    .selectFrom('hold')
    .select(['placeId', 'expiresAt'])
    .select([rangeFrom('hold.during').as('from'), rangeTo('hold.during').as('to')])
    .where('endedAt', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > app_now())`)
    .$if(only !== undefined, (query) => query.where(sql<boolean>`place_id = any(${only}::uuid[])`))
    .orderBy('placeId')
    .orderBy('during')
    .execute()
  for (const { placeId, expiresAt, from, to } of rows) {
    push(held, placeId, {
      during: { from, to },
      answerBy: expiresAt === null ? null : lastDayBefore(expiresAt),
    })
  }
  // what a bydel has set aside for somebody by its word is kept like a coming move-in
  const committed = await db
    .selectFrom('committedHome')
    .select(['placeId', 'readyOn'])
    .$if(only !== undefined, (query) => query.where(sql<boolean>`place_id = any(${only}::uuid[])`))
    .orderBy('placeId')
    .execute()
  for (const { placeId, readyOn } of committed) {
    if (placeId !== null && readyOn !== null)
      push(held, placeId, { during: { from: readyOn, to: null }, answerBy: null })
  }
  return held
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const values = into.get(key)
  if (values === undefined) into.set(key, [value])
  else values.push(value)
}
