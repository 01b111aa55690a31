const format = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 2 })

/** A number as it is written: `16774.5` → «16 774,5». */
export function inNumbers(value: number): string {
  return format.format(value)
}

/** So many of something, as one says it: «1 bolk», «12 bolker». */
export function counted(count: number, one: string, more: string): string {
  return `${inNumbers(count)} ${count === 1 ? one : more}`
}

/** A number of a day or group that may have none, as the future has no count: a dash there, and never 0. */
export function knownOrDash(value: number | null): string {
  return value === null ? '–' : inNumbers(value)
}

/** Reads a number as it is typed, «1 200», «1,5» or «−3»; null where nothing is, undefined where it is none. */
export function readNumber(typed: string): number | null | undefined {
  const text = typed.replaceAll(/\s/g, '').replace('−', '-').replace(',', '.')
  if (text === '') return null
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}
