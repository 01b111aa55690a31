const listed = new Intl.ListFormat('nb', { type: 'conjunction' })

/** Several things in a row, as one says them: «a, b og c». */
export function inARow(parts: readonly string[]): string {
  return listed.format(parts)
}
