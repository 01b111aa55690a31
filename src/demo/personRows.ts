import { type DayNumber, dayOf, instantOn } from './calendar.ts'
import { contactPerson, languageOf, nameFor, personalNumber, phoneNumber } from './people.ts'
import type { Random } from './random.ts'
import type { DemoCity, Identity, ResidentRow } from './rows.ts'
import type { SimHousehold, SimStay } from './simulated.ts'

interface PersonContext {
  readonly today: DayNumber
  readonly newId: (day: DayNumber) => string
  /** One in so many households with an open need has a protected address; fewer of the others. */
  readonly protectedOneIn: number
}

export interface PersonRows {
  readonly rows: Pick<DemoCity, 'households' | 'householdChildren' | 'residents' | 'identities'>
  /** By the number of the household. */
  readonly householdIds: ReadonlyMap<number, string>
  /** The resident a need is about, by the number of the household. */
  readonly applicantIds: ReadonlyMap<number, string>
}

/** Households with everyone in them, and the identities that belong to the residents in the same order. */
export function personRows(
  households: readonly SimHousehold[],
  stays: readonly SimStay[],
  { today, newId, protectedOneIn }: PersonContext,
  random: Random,
): PersonRows {
  const rows: PersonRows['rows'] = { households: [], householdChildren: [], residents: [], identities: [] }
  const householdIds = new Map<number, string>()
  const applicantIds = new Map<number, string>()
  const numbers = new Set<string>()
  const counts = { waiting: random.below(protectedOneIn), others: random.below(protectedOneIn) }
  const housed = new Set(stays.filter(({ to }) => to === null).map(({ household }) => household.index))
  for (const household of households) {
    const { district, since } = household
    const id = newId(since)
    householdIds.set(household.index, id)
    const protection = protectionOf(household)
    const known = household.need !== null || housed.has(household.index)
    rows.households.push({
      id,
      createdAt: instantOn(since, 180),
      holdingDistrict: district,
      adults: household.adults,
      pets: household.pets ? true : random.chance(known ? 820 : 500) ? false : null,
    })
    for (const child of household.children) {
      rows.householdChildren.push({ id: newId(since), householdId: id, holdingDistrict: district, ...child })
    }
    for (let adult = 0; adult < household.adults; adult += 1) {
      const residentId = newId(since)
      if (adult === 0) applicantIds.set(household.index, residentId)
      const born = adult === 0 ? household.born : household.born + random.between(-2000, 1500)
      // nobody is a parent or a tenant before 18
      const gender = adult === 0 ? household.gender : household.gender === 'man' ? 'woman' : 'man'
      const person = { born: Math.min(born, since - 6600), gender, protection }
      rows.residents.push(residentRow(residentId, id, household, person, today, random))
      rows.identities.push(identityOf(person.born, gender, numbers, random))
    }
  }
  return { rows, householdIds, applicantIds }

  function protectionOf(household: SimHousehold): ResidentRow['addressProtection'] {
    const group = household.need === null ? 'others' : 'waiting'
    counts[group] += 1
    if (counts[group] % (group === 'waiting' ? protectedOneIn : protectedOneIn * 4) !== 0) return 'none'
    return random.chance(300) ? 'strictly_confidential' : 'confidential'
  }
}

interface Adult {
  born: DayNumber
  gender: SimHousehold['gender']
  protection: ResidentRow['addressProtection']
}

function residentRow(
  id: string,
  householdId: string,
  household: SimHousehold,
  adult: Adult,
  today: DayNumber,
  random: Random,
): ResidentRow {
  const offered = random.chance(420) ? household.since + random.between(0, 120) : null
  const offeredOn = offered === null || offered >= today ? null : offered
  const answered = offeredOn === null || random.chance(250) ? null : offeredOn + random.between(0, 40)
  const answeredOn = answered === null || answered >= today ? null : answered
  const unknownBirthday = random.chance(12)
  return {
    id,
    createdAt: instantOn(household.since, 180),
    householdId,
    holdingDistrict: household.district,
    birthDate: unknownBirthday ? null : dayOf(adult.born),
    gender: unknownBirthday ? 'unknown' : adult.gender,
    addressProtection: adult.protection,
    ...languageOf(random),
    contactPerson: random.chance(700) ? contactPerson(random) : null,
    individualPlanOfferedOn: offeredOn === null ? null : dayOf(offeredOn),
    individualPlanAnsweredOn: answeredOn === null ? null : dayOf(answeredOn),
    individualPlanAnswer: answeredOn === null ? null : random.chance(580) ? 'accepted' : 'declined',
    synthetic: true,
  }
}

function identityOf(born: DayNumber, gender: SimHousehold['gender'], numbers: Set<string>, random: Random): Identity {
  return {
    name: nameFor(gender, random),
    personalNumber: random.chance(975) ? personalNumber(born, gender, numbers, random) : null,
    phone: random.chance(720) ? phoneNumber(random) : null,
  }
}
