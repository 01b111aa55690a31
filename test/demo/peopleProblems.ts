import { idnr } from '@navikt/fnrvalidator'
import type { DemoCity } from '../../src/demo/rows.ts'
import type { Day } from '../../src/domain/day.ts'
import { ageOn } from '../../src/domain/need.ts'
import { reasonCode } from '../../src/reference/reasonCodes.ts'

/** Says in words what breaks one rule; empty when nothing does. */
export type Check = (city: DemoCity, asOf: Day) => string[]

/** The rules about people, their households and what they need. */
export const PEOPLE_CHECKS: readonly Check[] = [
  peopleAreSynthetic,
  householdsAreWhole,
  needsAreInOrder,
  protectedPeopleHaveACircle,
]

/** Rows by a key; a row whose key is null is in no group. */
export function byKey<T>(rows: readonly T[], key: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = key(row)
    if (name === null) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}

function peopleAreSynthetic({ residents, identities, accounts }: DemoCity): string[] {
  const numbers = identities.flatMap(({ personalNumber }) => (personalNumber === null ? [] : [personalNumber]))
  return [
    ...(residents.length === identities.length ? [] : ['a resident without an identity']),
    ...(new Set(numbers).size === numbers.length ? [] : ['a personal number twice']),
    ...numbers
      .filter((number) => idnr(number).status !== 'valid' || Number(number[2]) < 8)
      .map((number) => `number ${number}`),
    ...residents.filter(({ synthetic }) => !synthetic).map(({ id }) => `resident ${id} is not marked`),
    ...accounts.filter(({ synthetic }) => !synthetic).map(({ username }) => `account ${username} is not marked`),
    ...residents.flatMap(({ id, birthDate }, index) => {
      const number = identities[index]?.personalNumber
      if (birthDate === null || number == null) return []
      const month = String(Number(birthDate.slice(5, 7)) + 80)
      return number.startsWith(`${birthDate.slice(8)}${month}${birthDate.slice(2, 4)}`) ? [] : [`number of ${id}`]
    }),
    ...identities
      .filter(({ phone }) => phone !== null && !phone.startsWith('+47 0'))
      .map(({ phone }) => `phone ${phone}`),
  ]
}

function householdsAreWhole(city: DemoCity): string[] {
  const people = byKey(city.residents, ({ householdId }) => householdId)
  const districts = new Map(city.households.map(({ id, holdingDistrict }) => [id, holdingDistrict]))
  const held = [...city.residents, ...city.householdChildren, ...city.stays, ...city.needs]
  return [
    ...city.households
      .filter(({ id, adults }) => people.get(id)?.length !== adults)
      .map(({ id }) => `household ${id} and its adults`),
    ...held
      .filter(({ householdId, holdingDistrict }) => districts.get(householdId) !== holdingDistrict)
      .map(({ id }) => `${id} is held elsewhere than its household`),
    ...city.residents
      .filter(({ birthDate, createdAt }) => birthDate !== null && ageOn(birthDate, createdAt.slice(0, 10) as Day) < 18)
      .map(({ id }) => `resident ${id} is a child`),
  ]
}

function needsAreInOrder({ needs, assessments, residents, neverTogether }: DemoCity, asOf: Day): string[] {
  const open = needs.filter(({ status }) => status === 'draft' || status === 'registered')
  const problems = needs.flatMap((need) => {
    const { status, startedAt, registeredAt, endedAt, endedReason, forms } = need
    const wrong = (why: string) => [`need ${need.id} (${status}): ${why}`]
    if (status !== 'draft' && (registeredAt === null || forms.length === 0)) return wrong('not registered')
    if (status === 'draft' && registeredAt !== null) return wrong('a registered draft')
    if (
      (endedAt === null) !== open.includes(need) &&
      (endedAt === null) !== (status === 'draft' || status === 'registered')
    ) {
      return wrong('ended or not')
    }
    const moments = [startedAt, registeredAt, endedAt].filter((moment) => moment !== null)
    if (moments.some((moment, index) => index > 0 && moment <= (moments[index - 1] ?? ''))) return wrong('out of order')
    if (moments.some((moment) => moment.slice(0, 10) >= asOf)) return wrong('in the future')
    if (status === 'withdrawn' && reasonCode('withdrawal', endedReason ?? '') === undefined) return wrong('no reason')
    if (status === 'closed' && endedReason !== null && !['found_own', 'moved_within'].includes(endedReason))
      return wrong(endedReason)
    if (need.privateRental === 'overridden' && need.privateRentalReason === null) return wrong('no reason given')
    return []
  })
  const byHousehold = byKey(open, ({ householdId }) => householdId)
  const started = new Map(needs.map(({ id, startedAt }) => [id, startedAt.slice(0, 10)]))
  const known = new Set(residents.map(({ id }) => id))
  return [
    ...problems,
    ...[...byHousehold].filter(([, rows]) => rows.length > 1).map(([id]) => `household ${id} has two open needs`),
    ...assessments
      .filter(({ needId, assessedOn }) => assessedOn < (started.get(needId) ?? '9') || assessedOn >= asOf)
      .map(({ id }) => `assessment ${id} at another time than its need`),
    ...neverTogether
      .filter(
        (row) =>
          row.residentId === row.otherResidentId || !known.has(row.otherResidentId) || !known.has(row.residentId),
      )
      .map(({ id }) => `never together ${id}`),
  ]
}

function protectedPeopleHaveACircle({ residents, circleMembers, accounts }: DemoCity): string[] {
  const officers = new Map(accounts.map(({ id, districts, role }) => [id, role === 'housing_officer' ? districts : []]))
  const circle = byKey(circleMembers, ({ residentId }) => residentId)
  return residents.flatMap(({ id, addressProtection, holdingDistrict }) => {
    const members = circle.get(id) ?? []
    if (addressProtection === 'none') return members.length === 0 ? [] : [`resident ${id} needs no circle`]
    const own = members.every(({ accountId }) => officers.get(accountId)?.includes(holdingDistrict) === true)
    return members.length > 0 && own ? [] : [`resident ${id} has no circle of her district`]
  })
}
