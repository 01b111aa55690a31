import type { Comparison } from '../../api/scenarios.ts'
import type { District } from '../../api/types.ts'

/** Today's districts, and those that a scenario declares. */
export function districtsOf(
  { members }: Pick<Comparison, 'members'>,
  today: readonly Pick<District, 'code' | 'name'>[],
): { code: string; name: string }[] {
  const drawn = members.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'redrawn_districts' ? change.districts : [])),
  )
  const known = new Map([...today, ...drawn].map(({ code, name }) => [code, name]))
  return [...known].map(([code, name]) => ({ code, name }))
}
