import { type Allowed, type Capability, scopeFor } from './capabilities.ts'

/** Who acts, as far as it matters for which houses she may touch. */
interface Keeper extends Allowed {
  districts: readonly string[]
  facilities: readonly string[]
}

/** Whether somebody may use a capability on this house: any, one of her district's, or her own. */
export function reachesFacility(
  keeper: Keeper,
  capability: Capability,
  house: { facilityId: string; districtCode: string },
): boolean {
  const scope = scopeFor(keeper, capability)
  if (scope === 'own_district') return keeper.districts.includes(house.districtCode)
  if (scope === 'own_facility') return keeper.facilities.includes(house.facilityId)
  return scope === 'all'
}

/** Whether somebody may set up and change houses of this bydel, and what the bydel lets others have of them. */
export function maintainsHousesOf(keeper: Allowed & Pick<Keeper, 'districts'>, districtCode: string): boolean {
  const scope = scopeFor(keeper, 'maintain_facilities')
  return scope === 'all' || (scope === 'own_district' && keeper.districts.includes(districtCode))
}
