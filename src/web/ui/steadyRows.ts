/** One row of a list that somebody may be on, with the part of the page that it stands in. */
export type SteadyRow<T> = { id: string; group: string; item: T }

/**
 * What to show of a list that has come anew while somebody is on one of its rows: each row where it stood and as it is now, one
 * that is gone as it was last. What only came behind the others is shown, since it moves nothing.
 * @returns also whether there is more to the new list than what is shown
 */
export function heldRows<T>(
  shown: readonly SteadyRow<T>[],
  now: readonly SteadyRow<T>[],
): { rows: SteadyRow<T>[]; fresh: boolean } {
  const stands = shown.every(({ id, group }, at) => now[at]?.id === id && now[at].group === group)
  if (stands) return { rows: [...now], fresh: false }
  const byId = new Map(now.map((row) => [row.id, row.item]))
  return { rows: shown.map((row) => ({ ...row, item: byId.get(row.id) ?? row.item })), fresh: true }
}

/** Whether two lists are the same rows, down to what is in them. */
export function sameRows<T>(one: readonly SteadyRow<T>[], other: readonly SteadyRow<T>[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ id, group, item }, at) => {
      const beside = other[at]
      return beside !== undefined && beside.id === id && beside.group === group && beside.item === item
    })
  )
}
