import type { SignedInPerson } from '../api/session.ts'

const roleNames = {
  housing_officer: 'Boligkonsulent',
  district_manager: 'Avdelingsleder i bydel',
  intake_officer: 'Felles inntak i VEL',
  planner: 'Planlegger i VEL',
  facility_staff: 'Ansatt på botilbud',
  auditor: 'Auditor',
  administrator: 'Administrator',
} as const satisfies Record<SignedInPerson['role'], string>

/** The role and where it holds, on one line: «Boligkonsulent, Bydel Alna». */
export function roleLine(person: Pick<SignedInPerson, 'role' | 'districts' | 'facilities'>): string {
  const places = [...person.districts, ...person.facilities].map(({ name }) => name)
  return [roleNames[person.role], ...places].join(', ')
}
