import { formById } from '../domain/ladder.ts'
import { LEASE_POLICY } from '../reference/policies.ts'
import { type DayNumber, dayOf, instantOn } from './calendar.ts'
import type { BuiltCity } from './houses.ts'
import { streetAddress } from './names.ts'
import type { Random } from './random.ts'
import type {
  ClosureRow,
  DemoCity,
  FacilityAdmissionRow,
  FacilityDistrictRow,
  FacilityRow,
  OccupancyRow,
  PlaceRow,
  StayRow,
} from './rows.ts'
import type { House, SimStay } from './simulated.ts'
import { closureNote, notAdmittingReason } from './wording.ts'

interface HouseContext {
  readonly today: DayNumber
  readonly keptFrom: DayNumber
  readonly notAdmittingOneIn: number
  readonly slowHouses: boolean
  readonly newId: (day: DayNumber) => string
}

export interface HouseRows {
  readonly rows: Pick<DemoCity, 'facilities' | 'facilityAdmissions' | 'facilityDistricts' | 'places' | 'closures'>
  /** In the order of the city's houses. */
  readonly facilities: readonly FacilityRow[]
  /** By the number of the place. */
  readonly placeIds: ReadonlyMap<number, string>
  readonly idsByDistrict: ReadonlyMap<string, readonly string[]>
}

/** Without staff, or with places to spare (004 situasjonsbildet): these admit. */
const ALWAYS_ADMITTING = ['municipal', 'private', 'private_support', 'municipal_support', 'vel_resource']

/** How many new households a month a house of such a form says that it takes, where it says so: staff must come to know them. */
const SLOW: Partial<Record<House['form'], { most: number; oneIn: number }>> = {
  vel_assessment: { most: 3, oneIn: 1 },
  vel_coping: { most: 3, oneIn: 1 },
  colocated_24h: { most: 2, oneIn: 8 },
}

/** Houses, whom they serve, their places, and the closures of the years that are kept. */
export function houseRows(city: BuiltCity, context: HouseContext, random: Random): HouseRows {
  const { today, newId } = context
  const facilities: FacilityRow[] = []
  const facilityAdmissions: FacilityAdmissionRow[] = []
  const facilityDistricts: FacilityDistrictRow[] = []
  const places: PlaceRow[] = []
  const closures: ClosureRow[] = []
  const placeIds = new Map<number, string>()
  const idsByDistrict = new Map<string, string[]>()
  const offset = random.below(context.notAdmittingOneIn)
  let staffed = 0
  const ofForm = new Map<House['form'], number>()
  for (const house of city.houses) {
    const mayStop = !ALWAYS_ADMITTING.includes(house.form)
    if (mayStop) staffed += 1
    const admitting = !mayStop || house.openedOn >= today || staffed % context.notAdmittingOneIn !== offset
    const nth = (ofForm.get(house.form) ?? 0) + 1
    ofForm.set(house.form, nth)
    const slow = context.slowHouses ? SLOW[house.form] : undefined
    const facility = {
      ...facilityRow(house, admitting, context, random),
      maxMoveInsPerMonth: slow !== undefined && nth % slow.oneIn === 0 ? slow.most : null,
    }
    facilities.push(facility)
    facilityAdmissions.push(...admissionRows(facility, house, context.today, staffed))
    if (house.form !== 'municipal')
      idsByDistrict.set(house.district, [...(idsByDistrict.get(house.district) ?? []), facility.id])
    for (const districtCode of house.listed) {
      facilityDistricts.push({
        facilityId: facility.id,
        districtCode,
        during: { from: dayOf(house.openedOn), to: null },
      })
    }
    for (const place of house.places) {
      const id = newId(place.from)
      placeIds.set(place.index, id)
      places.push({
        id,
        createdAt: instantOn(place.from, 120),
        facilityId: facility.id,
        label: place.label,
        form: house.form,
        openDuring: { from: dayOf(place.from), to: place.to === null ? null : dayOf(place.to) },
        maxHousehold: place.maxHousehold,
        features: place.features,
        selfReferral: place.selfReferral,
      })
      for (const { from, to, reason } of place.closures) {
        if (to <= context.keptFrom || from >= today) continue
        closures.push({
          id: newId(from),
          createdAt: instantOn(from, 240),
          placeId: id,
          during: { from: dayOf(from), to: dayOf(to) },
          reason,
          admits: reason === 'refurbishment' && random.chance(200),
          costOwner: random.chance(500) ? house.operator : null,
          note: closureNote(reason, random),
        })
      }
    }
  }
  return {
    rows: { facilities, facilityAdmissions, facilityDistricts, places, closures },
    facilities,
    placeIds,
    idsByDistrict,
  }
}

/** Since when a house that does not admit has not, in days before today: some for a week, some for more than a year. */
const STOPPED_BEFORE = [6, 19, 45, 120, 410]

/** When it admitted: since it opened, and no longer where it does not today. */
function admissionRows(
  { id, admitting, notAdmittingReason: reason }: FacilityRow,
  house: House,
  today: DayNumber,
  count: number,
): FacilityAdmissionRow[] {
  const opened = dayOf(house.openedOn)
  if (admitting) return [{ facilityId: id, during: { from: opened, to: null }, admitting, reason }]
  const stoppedOn = today - (STOPPED_BEFORE[count % STOPPED_BEFORE.length] ?? 6)
  const now = { facilityId: id, admitting, reason }
  if (stoppedOn <= house.openedOn) return [{ ...now, during: { from: opened, to: null } }]
  return [
    { facilityId: id, during: { from: opened, to: dayOf(stoppedOn) }, admitting: true, reason: null },
    { ...now, during: { from: dayOf(stoppedOn), to: null } },
  ]
}

function facilityRow(
  house: House,
  admitting: boolean,
  { today, newId }: HouseContext,
  random: Random,
): Omit<FacilityRow, 'maxMoveInsPerMonth'> {
  const closes = house.places.map(({ to }) => to)
  const last = closes.every((to) => to !== null) ? Math.max(...closes.map((to) => to ?? 0)) : null
  // most confirm every week; some have not for months, and a few never did
  const confirmed = random.chance(60) ? null : today - random.pick([1, 2, 3, 4, 6, 8, 11, 15, 24, 70])
  return {
    id: newId(house.openedOn),
    createdAt: instantOn(house.openedOn, 60),
    name: house.name,
    operator: house.operator,
    operatorKind: house.operatorKind,
    districtCode: house.district,
    address: ['municipal', 'private', 'private_support'].includes(house.form) ? house.name : streetAddress(random),
    serves: house.serves,
    openDuring: { from: dayOf(house.openedOn), to: last === null ? null : dayOf(last) },
    minAge: house.minAge,
    maxAge: house.maxAge,
    genders: house.genders,
    substanceStance: house.substanceStance,
    maxBehaviour: house.maxBehaviour,
    maxSecurity: house.maxSecurity,
    childrenAllowed: house.childrenAllowed,
    petsAllowed: house.petsAllowed,
    maxExtensiveBehaviour: house.maxExtensiveBehaviour,
    admitting,
    notAdmittingReason: admitting ? null : notAdmittingReason(random),
    vacancyConfirmedAt: confirmed === null || house.openedOn >= today ? null : instantOn(confirmed, random.below(540)),
  }
}

interface StayContext {
  readonly today: DayNumber
  readonly newId: (day: DayNumber) => string
  readonly placeIds: ReadonlyMap<number, string>
  readonly householdIds: ReadonlyMap<number, string>
}

/** Occupancies, which hold nobody, and the stays behind them. */
export function stayRows(stays: readonly SimStay[], context: StayContext): Pick<DemoCity, 'occupancies' | 'stays'> {
  const occupancies: OccupancyRow[] = []
  const rows: StayRow[] = []
  for (const stay of stays) {
    const during = { from: dayOf(stay.from), to: stay.to === null ? null : dayOf(stay.to) }
    const placeId = stay.place === null ? undefined : context.placeIds.get(stay.place.index)
    let occupancyId: string | null = null
    if (placeId !== undefined) {
      occupancyId = context.newId(stay.from)
      occupancies.push({ id: occupancyId, placeId, during })
    }
    const expected = expectedUntil(stay, stay.to ?? context.today)
    rows.push({
      id: context.newId(stay.from),
      createdAt: instantOn(stay.from, 300),
      householdId: context.householdIds.get(stay.household.index) ?? '',
      holdingDistrict: stay.household.district,
      occupancyId,
      form: stay.form,
      during,
      expectedUntil: expected === null ? null : dayOf(expected),
      readyToMoveOnSince: stay.readySince === null ? null : dayOf(stay.readySince),
    })
  }
  return { occupancies, stays: rows }
}

/** When the decision or the lease that holds on `day` runs out; null where there is no such day. */
function expectedUntil(stay: SimStay, day: DayNumber): DayNumber | null {
  const norm = formById(stay.form).stayNormDays
  if (norm !== null) return stay.from + norm
  const { municipal } = LEASE_POLICY
  if (stay.form === 'municipal' || stay.form === 'municipal_support') {
    const children = stay.household.children.length > 0
    const first = children ? municipal.withChildrenFirstYears : municipal.firstYears
    return leaseEnd(stay.from, day, first, children ? municipal.withChildrenThenYears : municipal.thenYears)
  }
  const { atLeastYears } = LEASE_POLICY.private
  return stay.form === 'private' || stay.form === 'private_support'
    ? leaseEnd(stay.from, day, atLeastYears, atLeastYears)
    : null
}

function leaseEnd(from: DayNumber, day: DayNumber, firstYears: number, thenYears: number): DayNumber {
  let end = from + Math.round(firstYears * 365.25)
  while (end <= day) end += Math.round(thenYears * 365.25)
  return end
}
