import type { SignedInPerson } from '../api/session.ts'

/** The role and where it holds, on one line: «Boligkonsulent, Alna». */
export function roleLine({ roleName, districts, facilities }: SignedInPerson): string {
  return [roleName, ...[...districts, ...facilities].map(({ name }) => name)].join(', ')
}
