import { may, type Session, type SignedInPerson } from '../../api/session.ts'
import type { Facility } from '../../api/types.ts'

/** Whether the reader keeps this house's places: her own house, one of her district's, or any for an administrator. */
export function keeps(session: Session, { id, districtCode }: Pick<Facility, 'id' | 'districtCode'>): boolean {
  const { person } = session
  if (person === undefined || !may(person, 'maintain_places')) return false
  if (person.role === 'facility_staff') return person.facilities.some((house) => house.id === id)
  return hasDistrict(person, districtCode)
}

/** Whether somebody sets what holds for a bydel's houses: its manager, or an administrator for any. */
export function maintainsIn(person: SignedInPerson | undefined, district: string): boolean {
  return person !== undefined && may(person, 'maintain_facilities') && hasDistrict(person, district)
}

function hasDistrict({ role, districts }: SignedInPerson, district: string): boolean {
  return role === 'administrator' || districts.some(({ code }) => code === district)
}
