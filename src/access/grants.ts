import type { Role } from './capabilities.ts'

/** What somebody is here: her role, and whose records it reaches. */
export interface Grant {
  role: Role
  districts: readonly string[]
  facilities: readonly string[]
}

/** A group at the identity provider, and what its members are here. */
export interface GroupGrant extends Grant {
  group: string
}

/**
 * What the groups of a person make of her. The table's first row that she is a member of decides the role; bydeler and houses of
 * all her groups with that role are hers together. Null when none of her groups is in the table.
 * @param table in the order of the configuration
 */
export function grantOf(groups: readonly string[], table: readonly GroupGrant[]): Grant | null {
  const hers = table.filter(({ group }) => groups.includes(group))
  const role = hers[0]?.role
  if (role === undefined) return null
  const counted = hers.filter((row) => row.role === role)
  return {
    role,
    districts: [...new Set(counted.flatMap(({ districts }) => districts))].toSorted(),
    facilities: [...new Set(counted.flatMap(({ facilities }) => facilities))].toSorted(),
  }
}
