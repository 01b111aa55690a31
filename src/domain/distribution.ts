/**
 * Behovsbasert fordeling: each district's share of the homes beside its share of the need, where need is adults times an index
 * of published rates. Pure arithmetic over what is legible: nothing is guessed for what is not.
 */

/** A rate that need is measured by. */
export interface Indicator {
  id: string
  /** 0 or more; only how the weights stand to each other matters. */
  weight: number
  /** Of the whole city, in the same unit as the districts'; null where it cannot be read. */
  city: number | null
}

export interface DistrictFacts {
  district: string
  adults: number | null
  /** Homes, places or people in them: whole numbers; null where it is not known. */
  capacity: number | null
  /** By indicator; null, or not there, where it cannot be read. */
  rates: Readonly<Record<string, number | null | undefined>>
}

/** Why a district has no index. */
export type WithoutIndex = 'no_legible_indicator' | 'no_population' | 'no_capacity'

export interface Distributed {
  district: string
  /** For each 1,000 adults; null without adults or capacity. */
  perThousand: number | null
  /** 1 is the city's level, 1.2 a fifth above it; null where nothing that weighs can be read. */
  index: number | null
  /** The indicators that it rests on. */
  basedOn: string[]
  /** How much of the weight they carry, from 0 to 1. */
  weightCovered: number
  without: WithoutIndex | null
  /** Of those that are compared, from 0 to 1; null for one that is not, and where there is nothing to share. */
  needShare: number | null
  capacityShare: number | null
  /** What the need's share of all that is compared would be, in whole homes. */
  expected: number | null
  /** Homes above that (below it when negative); over all that are compared the sum is 0. */
  over: number | null
}

export interface Distribution {
  rows: Distributed[]
  /** The capacity that is shared out: of the districts that are compared. */
  capacity: number
  /** Indicators that nobody can be compared by, because the city's own figure cannot be read or is 0. */
  leftOut: string[]
}

/**
 * Compares the districts that have an index, among themselves. One without is told and takes no part, since no share can be
 * right for it.
 * @throws {RangeError} for a negative weight, rate, capacity or population, or a capacity that is no whole number
 */
export function distribute(indicators: readonly Indicator[], districts: readonly DistrictFacts[]): Distribution {
  for (const { weight } of indicators) if (!(weight >= 0)) throw new RangeError(`Not a weight: ${weight}`)
  const usable = indicators.filter(({ weight, city }) => weight > 0 && city !== null && city > 0)
  const rows = districts.map((facts) => measured(usable, facts))
  const compared = rows.filter(({ without }) => without === null)
  const capacityOf = new Map(districts.map(({ district, capacity }) => [district, capacity ?? 0]))
  const adultsOf = new Map(districts.map(({ district, adults }) => [district, adults ?? 0]))
  const needOf = ({ district, index }: Distributed) => (index ?? 0) * (adultsOf.get(district) ?? 0)
  const capacity = compared.reduce((sum, { district }) => sum + (capacityOf.get(district) ?? 0), 0)
  const need = compared.reduce((sum, row) => sum + needOf(row), 0)
  // nothing can be shared by a need that is nowhere
  if (need > 0) {
    const expected = apportion(
      capacity,
      compared.map((row) => ({ key: row.district, part: needOf(row) / need })),
    )
    for (const row of compared) {
      const own = capacityOf.get(row.district) ?? 0
      row.needShare = needOf(row) / need
      row.capacityShare = capacity === 0 ? null : own / capacity
      row.expected = expected.get(row.district) ?? 0
      row.over = own - row.expected
    }
  }
  return {
    rows,
    capacity,
    leftOut: indicators.filter(({ weight, city }) => weight > 0 && !(city !== null && city > 0)).map(({ id }) => id),
  }
}

function measured(usable: readonly Indicator[], { district, adults, capacity, rates }: DistrictFacts): Distributed {
  if (capacity !== null && !(Number.isInteger(capacity) && capacity >= 0))
    throw new RangeError(`Not a count: ${capacity}`)
  if (adults !== null && !(adults >= 0)) throw new RangeError(`Not a population: ${adults}`)
  const legible = usable.flatMap(({ id, weight, city }) => {
    const rate = rates[id] ?? null
    if (rate !== null && !(rate >= 0)) throw new RangeError(`Not a rate: ${rate}`)
    return rate === null || city === null ? [] : [{ id, weight, relative: rate / city }]
  })
  const whole = usable.reduce((sum, { weight }) => sum + weight, 0)
  const covered = legible.reduce((sum, { weight }) => sum + weight, 0)
  const without =
    covered === 0
      ? 'no_legible_indicator'
      : adults === null || adults === 0
        ? 'no_population'
        : capacity === null
          ? 'no_capacity'
          : null
  return {
    district,
    perThousand: adults === null || adults === 0 || capacity === null ? null : (capacity / adults) * 1000,
    index: covered === 0 ? null : legible.reduce((sum, { weight, relative }) => sum + weight * relative, 0) / covered,
    basedOn: legible.map(({ id }) => id),
    weightCovered: whole === 0 ? 0 : covered / whole,
    without,
    needShare: null,
    capacityShare: null,
    expected: null,
    over: null,
  }
}

const BILLION = 1e9

/**
 * Shares a whole number out in whole parts that add up to it, each less than 1 from its exact part: by the largest remainder,
 * ties by key, so that the order of the rows decides nothing.
 * @param parts that add up to 1
 */
export function apportion(total: number, parts: readonly { key: string; part: number }[]): Map<string, number> {
  // counted in billionths: the last digits depend on the order of adding, and must not decide between two that are alike
  const shares = parts.map(({ key, part }) => {
    const exact = Math.round(part * total * BILLION)
    return { key, whole: Math.floor(exact / BILLION), rest: exact % BILLION }
  })
  let left = total - shares.reduce((sum, { whole }) => sum + whole, 0)
  const given = new Map(shares.map(({ key, whole }) => [key, whole]))
  for (const { key, whole } of shares.toSorted((a, b) => b.rest - a.rest || (a.key < b.key ? -1 : 1))) {
    if (left <= 0) break
    given.set(key, whole + 1)
    left -= 1
  }
  return given
}
