import { type Capability, type Role, scopeOf } from './capabilities.ts'

/** Who acts, as far as it matters for which houses she may touch. */
interface Keeper {
  role: Role
  districts: readonly string[]
  facilities: readonly string[]
}

/** Whether somebody may use a capability on this house: any, one of her district's, or her own. */
export function reachesFacility(
  { role, districts, facilities }: Keeper,
  capability: Capability,
  house: { facilityId: string; districtCode: string },
): boolean {
  const scope = scopeOf(role, capability)
  if (scope === 'own_district') return districts.includes(house.districtCode)
  if (scope === 'own_facility') return facilities.includes(house.facilityId)
  return scope === 'all'
}
