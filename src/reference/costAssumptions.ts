export type CostAssumption = {
  readonly id: string
  /** Raised whenever the amount or what it stands for changes. */
  readonly version: number
  readonly name: string
  /** What it is used for, as a user reads it. */
  readonly sentence: string
  readonly kronerPerDay: number
  /** True where nobody has published the amount: it is chosen within a range, and shown as such. */
  readonly synthetic: boolean
  readonly source: string
}

/**
 * What a day costs where nobody has registered what was paid. None of them is a price: every screen that uses one shows it, with
 * its version and source, beside what it gave.
 */
export const COST_ASSUMPTIONS = [
  {
    id: 'discharge_ready_payment',
    version: 1,
    name: 'Betaling for et døgn som utskrivningsklar',
    sentence: 'Det kommunen betaler for hvert døgn en person venter på sykehuset etter å være meldt utskrivningsklar.',
    kronerPerDay: 4885,
    synthetic: false,
    source: 'F døgnpris for utskrivningsklare pasienter 2019',
  },
  {
    id: 'own_place_for_bought',
    version: 1,
    name: 'Egen plass i stedet for en kjøpt plass',
    sentence: 'Et døgn på en forsterket plass i Velferdsetaten, øverst i det antatte området 2 500–5 500 kroner.',
    kronerPerDay: 5500,
    synthetic: true,
    source: 'egen antakelse om døgnpriser',
  },
  {
    id: 'own_place_for_waiting',
    version: 1,
    name: 'Samlokalisert bolig i stedet for å vente',
    sentence: 'Et døgn i en samlokalisert bolig med base, midt i det antatte området 1 500–3 500 kroner.',
    kronerPerDay: 2500,
    synthetic: true,
    source: 'egen antakelse om døgnpriser',
  },
  {
    id: 'ready_place',
    version: 1,
    name: 'Plassen til en som er klar til å flytte videre',
    sentence: 'Et døgn på en institusjonsplass, midt i det antatte området 2 500–5 500 kroner.',
    kronerPerDay: 4000,
    synthetic: true,
    source: 'egen antakelse om døgnpriser',
  },
  {
    id: 'temporary_place',
    version: 1,
    name: 'Midlertidig botilbud',
    sentence: 'Et døgn for en husstand i midlertidig botilbud.',
    kronerPerDay: 1200,
    synthetic: true,
    source: 'egen antakelse om døgnpriser',
  },
] as const satisfies readonly CostAssumption[]

export type CostAssumptionId = (typeof COST_ASSUMPTIONS)[number]['id']

/** Kroner a day of an assumption. Total. */
export function assumedPerDay(id: CostAssumptionId): number {
  const found: CostAssumption | undefined = COST_ASSUMPTIONS.find((entry) => entry.id === id)
  if (found === undefined) throw new RangeError(`no such assumption: ${id}`)
  return found.kronerPerDay
}
