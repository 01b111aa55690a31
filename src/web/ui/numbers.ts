const format = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 2 })

/** A number as it is written: `16774.5` → «16 774,5». */
export function inNumbers(value: number): string {
  return format.format(value)
}
