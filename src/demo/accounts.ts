import type { Role } from '../access/capabilities.ts'
import { DISTRICTS } from '../reference/districts.ts'
import { nameFor } from './people.ts'
import type { Random } from './random.ts'
import type { AccountRow } from './rows.ts'

interface DemoPerson {
  readonly username: string
  readonly role: Role
  readonly district: string | null
}

/** The people the demo lets in, by the ids of the API. */
const DEMO_PEOPLE: readonly DemoPerson[] = [
  { username: 'officer_alna', role: 'housing_officer', district: '030112' },
  { username: 'officer_grunerlokka', role: 'housing_officer', district: '030102' },
  { username: 'manager_alna', role: 'district_manager', district: '030112' },
  { username: 'manager_grunerlokka', role: 'district_manager', district: '030102' },
  { username: 'intake_vel', role: 'intake_officer', district: null },
  { username: 'planner_vel', role: 'planner', district: null },
  { username: 'facility_staff', role: 'facility_staff', district: null },
  { username: 'auditor', role: 'auditor', district: null },
  { username: 'administrator', role: 'administrator', district: null },
]

function usernameOf(district: string): string {
  const name = DISTRICTS.find(({ code }) => code === district)?.name ?? district
  const plain = name
    .toLowerCase()
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
  return `officer_${plain.replaceAll(/[^a-z]+/g, '_')}`
}

/**
 * The demo's accounts, and an officer for each other district of the city, who has made its assessments. `id` gives the same
 * ids for the same seed; `staffedFacility` is where the member of staff works.
 */
export function demoAccounts(
  districts: readonly string[],
  staffedFacility: string | undefined,
  id: () => string,
  random: Random,
): AccountRow[] {
  const usernames = new Set(DEMO_PEOPLE.map(({ username }) => username))
  const others = districts
    .map((district): DemoPerson => ({ username: usernameOf(district), role: 'housing_officer', district }))
    .filter(({ username }) => !usernames.has(username))
  return [...DEMO_PEOPLE, ...others].map(({ username, role, district }) => ({
    id: id(),
    username,
    name: nameFor(random.chance(600) ? 'woman' : 'man', random),
    role,
    districts: district === null ? [] : [district],
    facilities: role === 'facility_staff' && staffedFacility !== undefined ? [staffedFacility] : [],
    synthetic: true,
  }))
}

/** The officer of a district. Throws RangeError when the city has none. */
export function officerOf(accounts: readonly AccountRow[], district: string): AccountRow {
  const officer = accounts.find(({ role, districts }) => role === 'housing_officer' && districts.includes(district))
  if (officer === undefined) throw new RangeError(`no officer for ${district}`)
  return officer
}
