import type { DemoCity, NeedRow, StayRow } from '../../src/demo/rows.ts'
import { contains, type Day, type DayRange, overlaps, rangeIsEmpty } from '../../src/domain/day.ts'
import { ageOn } from '../../src/domain/need.ts'
import { changedFacility, newFacility } from '../../src/features/facilities/schema.ts'
import { changedNeed, newAssessment } from '../../src/features/needs/schema.ts'
import { newClosure, newPlace } from '../../src/features/places/schema.ts'
import { changedResident, newConsent, newNeverTogether } from '../../src/features/residents/schema.ts'
import { byKey, type Check, PEOPLE_CHECKS } from './peopleProblems.ts'

interface Schema {
  safeParse(value: unknown): { success: boolean; error?: { issues: unknown[] } | undefined }
}

/**
 * Everything wrong with a made city, in words; empty when it keeps every rule. Of a large city only one row in `oneIn` is read
 * with the schemas of the API, which costs the most.
 */
export function cityProblems(city: DemoCity, asOf: Day, oneIn = 1): string[] {
  const problems: string[] = rowsFitTheWire(city, oneIn).slice(0, 5)
  for (const check of CHECKS) {
    const found = check(city, asOf)
    // one broken rule may break ten thousand times; a few are enough to find it
    problems.push(...found.slice(0, 5))
  }
  return problems
}

const CHECKS: readonly Check[] = [
  idsAreUnique,
  placesLieInTheirHouses,
  noPlaceIsTakenTwice,
  closuresKeepApart,
  staysFollowTheirPlaces,
  nobodyHasTwoHomes,
  homesFitTheirHouseholds,
  purchasesFollowTheirStays,
  quotasLeaveOutWhatWouldCount,
  ...PEOPLE_CHECKS,
]

function quotasLeaveOutWhatWouldCount({ quotas, facilities }: DemoCity): string[] {
  const houses = byId(facilities)
  return [
    ...[...Map.groupBy(quotas, ({ district }) => district)].flatMap(([district, own]) =>
      overlapping(own) === undefined ? [] : [`two quotas of ${district} on a day`],
    ),
    ...quotas.flatMap(({ district, exemptDistricts, exemptFacilities, note }) => {
      const theirs = exemptFacilities.filter((id) => houses.get(id)?.districtCode !== district)
      if (theirs.length > 0 || exemptDistricts.includes(district))
        return [`a quota of ${district} leaves out what never counts`]
      if (exemptDistricts.length + exemptFacilities.length === 0) return [`a quota of ${district} leaves nothing out`]
      return note.includes('Syntetisk') ? [] : [`a quota of ${district} does not say that it is made up`]
    }),
  ]
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]))
}

function within(inner: DayRange, outer: DayRange): boolean {
  if (inner.from < outer.from) return false
  return outer.to === null || (inner.to !== null && inner.to <= outer.to)
}

function overlapping<T extends { during: DayRange }>(rows: readonly T[]): T | undefined {
  const order = rows.toSorted((a, b) => (a.during.from < b.during.from ? -1 : 1))
  return order.find((row, index) => index > 0 && overlaps((order[index - 1] as T).during, row.during))
}

function idsAreUnique(city: DemoCity): string[] {
  const problems: string[] = []
  const all = new Set<string>()
  for (const rows of Object.values(city) as Record<string, unknown>[][]) {
    for (const { id } of rows) {
      if (typeof id !== 'string') continue
      if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) problems.push(`id ${id}`)
      if (all.has(id)) problems.push(`id twice ${id}`)
      all.add(id)
    }
  }
  return problems
}

function rowsFitTheWire(city: DemoCity, oneIn: number): string[] {
  const problems: string[] = []
  let read = 0
  const fits = (what: string, schema: Schema, value: unknown) => {
    read += 1
    if (read % oneIn !== 0) return
    const parsed = schema.safeParse(value)
    if (!parsed.success)
      problems.push(`${what}: ${JSON.stringify(parsed.error?.issues[0])} in ${JSON.stringify(value)}`)
  }
  const served = byKey(city.facilityDistricts, ({ facilityId }) => facilityId)
  for (const { id, createdAt: _, vacancyConfirmedAt: __, ...facility } of city.facilities) {
    const servedDistricts = (served.get(id) ?? []).map(({ districtCode, during }) => ({ districtCode, during }))
    fits('facility', newFacility, { ...facility, servedDistricts })
    fits('facility', changedFacility, facility)
  }
  for (const { id: _, createdAt: __, ...place } of city.places) fits('place', newPlace, place)
  for (const { id: _, createdAt: __, placeId: ___, ...closure } of city.closures) fits('closure', newClosure, closure)
  const children = byKey(city.householdChildren, ({ householdId }) => householdId)
  const households = byId(city.households)
  for (const [index, resident] of city.residents.entries()) {
    const { id: _, createdAt: __, householdId, holdingDistrict: ___, synthetic: ____, ...person } = resident
    const { adults, pets } = households.get(householdId) ?? {}
    const kids = (children.get(householdId) ?? []).map(({ birthYear, arrangement }) => ({ birthYear, arrangement }))
    fits('resident', changedResident, {
      ...person,
      ...city.identities[index],
      household: { adults, pets, children: kids },
    })
  }
  for (const need of city.needs) fits('need', changedNeed, factsOf(need))
  for (const { assessedOn, lifeAreas, livingSkills, livingTraining, careTrack } of city.assessments) {
    fits('assessment', newAssessment, { assessedOn, lifeAreas, livingSkills, livingTraining, careTrack })
  }
  for (const { scope, givenOn, note } of city.consents) fits('consent', newConsent, { scope, givenOn, note })
  for (const { otherResidentId, reason } of city.neverTogether)
    fits('apart', newNeverTogether, { otherResidentId, reason })
  return problems
}

function factsOf(need: NeedRow): unknown {
  const {
    id,
    createdAt,
    householdId,
    holdingDistrict,
    status,
    startedAt,
    registeredAt,
    endedAt,
    endedReason,
    ...facts
  } = need
  return facts
}

function placesLieInTheirHouses({ facilities, places }: DemoCity): string[] {
  const houses = byId(facilities)
  const labels = byKey(places, ({ facilityId, label }) => `${facilityId} ${label}`)
  return [
    ...places
      .filter(({ facilityId, openDuring }) => {
        const house = houses.get(facilityId)
        return house === undefined || rangeIsEmpty(openDuring) || !within(openDuring, house.openDuring)
      })
      .map(({ id }) => `place ${id} outside its house's life`),
    ...[...labels].filter(([, same]) => same.length > 1).map(([label]) => `label twice ${label}`),
  ]
}

function noPlaceIsTakenTwice({ occupancies, places }: DemoCity): string[] {
  const open = byId(places)
  const outside = occupancies
    .filter(({ placeId, during }) => {
      const place = open.get(placeId)
      // somebody who lives where a closing is planned has no day to move yet
      const life = { from: during.from, to: during.to ?? during.from }
      return place === undefined || rangeIsEmpty(during) || !within(life, place.openDuring)
    })
    .map(({ id }) => `occupancy ${id} outside its place's life`)
  const twice = [...byKey(occupancies, ({ placeId }) => placeId)].flatMap(([placeId, rows]) =>
    overlapping(rows) === undefined ? [] : [`place ${placeId} is taken twice`],
  )
  return [...outside, ...twice]
}

function closuresKeepApart({ closures, occupancies, places }: DemoCity): string[] {
  const open = byId(places)
  const taken = byKey(occupancies, ({ placeId }) => placeId)
  return [...byKey(closures, ({ placeId }) => placeId)].flatMap(([placeId, rows]) => {
    const place = open.get(placeId)
    if (overlapping(rows) !== undefined) return [`closures of ${placeId} overlap`]
    return rows.flatMap(({ id, during }) => {
      if (rangeIsEmpty(during)) return [`closure ${id} is empty`]
      if (place === undefined || during.from < place.openDuring.from) return [`closure ${id} before its place opens`]
      return (taken.get(placeId) ?? []).some((stay) => overlaps(stay.during, during)) ? [`closure ${id} of a home`] : []
    })
  })
}

function staysFollowTheirPlaces({ stays, occupancies, places }: DemoCity, asOf: Day): string[] {
  const taken = byId(occupancies)
  const open = byId(places)
  const used = new Set<string>()
  const problems = stays.flatMap((stay) => {
    if (stay.during.from >= asOf || (stay.during.to !== null && stay.during.to > asOf))
      return [`stay ${stay.id} is to come`]
    if (stay.occupancyId === null) return stay.form === 'private' ? [] : [`stay ${stay.id} has no place`]
    const occupancy = taken.get(stay.occupancyId)
    if (used.has(stay.occupancyId)) return [`occupancy of two stays ${stay.occupancyId}`]
    used.add(stay.occupancyId)
    const place = open.get(occupancy?.placeId ?? '')
    const same = occupancy?.during.from === stay.during.from && occupancy.during.to === stay.during.to
    return same && place?.form === stay.form ? [] : [`stay ${stay.id} differs from its occupancy`]
  })
  return used.size === occupancies.length ? problems : [...problems, 'an occupancy without a stay']
}

function nobodyHasTwoHomes({ stays }: DemoCity): string[] {
  return [...byKey(stays, ({ householdId }) => householdId)].flatMap(([householdId, rows]) =>
    overlapping(rows) === undefined ? [] : [`household ${householdId} has two homes`],
  )
}

function homesFitTheirHouseholds(city: DemoCity): string[] {
  const houses = byId(city.facilities)
  const places = byId(city.places)
  const taken = byId(city.occupancies)
  const households = byId(city.households)
  const children = byKey(city.householdChildren, ({ householdId }) => householdId)
  const people = byKey(city.residents, ({ householdId }) => householdId)
  const misfit = (stay: StayRow): string | undefined => {
    const place = places.get(taken.get(stay.occupancyId ?? '')?.placeId ?? '')
    const house = houses.get(place?.facilityId ?? '')
    const first = people.get(stay.householdId)?.[0]
    if (place === undefined || house === undefined || first === undefined) return 'nobody or nowhere'
    const kids = children.get(stay.householdId) ?? []
    const living = kids.filter(({ arrangement }) => arrangement === 'living').length
    if ((households.get(stay.householdId)?.adults ?? 0) + living > place.maxHousehold) return 'too many'
    if (kids.length > 0 && !house.childrenAllowed) return 'children'
    if (house.genders.length > 0 && first.gender !== 'unknown' && !house.genders.includes(first.gender)) return 'gender'
    if (first.birthDate === null) return undefined
    const age = ageOn(first.birthDate, stay.during.from)
    if (house.minAge !== null && age < house.minAge) return `${age} years in a house from ${house.minAge}`
    return house.maxAge !== null && age > house.maxAge ? `${age} years in a house to ${house.maxAge}` : undefined
  }
  return city.stays
    .filter(({ occupancyId }) => occupancyId !== null)
    .flatMap((stay) => {
      const why = misfit(stay)
      return why === undefined ? [] : [`stay ${stay.id} in ${stay.form}: ${why}`]
    })
}

/** Every purchase is of a stay in a bought place, for days that it lasts, from whoever runs the house, at a made-up price. */
function purchasesFollowTheirStays(city: DemoCity): string[] {
  const stays = byId(city.stays)
  const places = byId(city.places)
  const houses = byId(city.facilities)
  const taken = byId(city.occupancies)
  const suppliers = byId(city.suppliers)
  const agreements = byId(city.frameworkAgreements)
  const bought = new Set<string>()
  const problems = city.callOffs.flatMap((purchase) => {
    const stay = stays.get(purchase.stayId)
    const house = houses.get(places.get(taken.get(stay?.occupancyId ?? '')?.placeId ?? '')?.facilityId ?? '')
    const agreement = purchase.agreementId === null ? undefined : agreements.get(purchase.agreementId)
    const right =
      stay?.form === 'private_institution' &&
      stay.holdingDistrict === purchase.holdingDistrict &&
      stay.during.from === purchase.ordered.from &&
      (stay.during.to === null || stay.during.to === purchase.ordered.to) &&
      house?.operator === suppliers.get(purchase.supplierId)?.name &&
      !bought.has(purchase.stayId) &&
      purchase.synthetic &&
      purchase.pricePerDay > 4000 &&
      purchase.pricePerDay <= 14_000 &&
      (purchase.agreementId === null ||
        (agreement?.supplierId === purchase.supplierId && contains(agreement.valid, purchase.ordered.from)))
    bought.add(purchase.stayId)
    return right ? [] : [`purchase ${purchase.id}`]
  })
  const without = city.stays.filter(({ id, form }) => form === 'private_institution' && !bought.has(id))
  const past = without.filter(({ during }) => during.to !== null).length
  if (past > 0) problems.push(`${past} ended stays in bought places without a price`)
  if (without.length * 20 > city.stays.filter(({ form }) => form === 'private_institution').length)
    problems.push('too many stays in bought places without a price')
  if (city.purchaseBudgets.some(({ amount, synthetic }) => !synthetic || amount < 0)) problems.push('a budget')
  return problems
}

/** The rows in force on a day. */
export function inForce<T extends { during: DayRange }>(rows: readonly T[], day: Day): T[] {
  return rows.filter(({ during }) => contains(during, day))
}
