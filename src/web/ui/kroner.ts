const inKroner = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 })

/** «12 000 kr», or that it is not known. */
export function kroner(amount: number | null): string {
  return amount === null ? 'Ikke kjent' : `${inKroner.format(amount)} kr`
}

/** What somebody typed as an amount: digits, spaces and «kr» are read; null for nothing, undefined for what is no amount. */
export function readKroner(typed: string): number | null | undefined {
  const text = typed.replaceAll(/[\s.]|kr|,-/gi, '')
  if (text === '') return null
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
