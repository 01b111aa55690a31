import type { Day } from './day.ts'

/** Needs that were open at the ends of a year's four quarters, added up; null: the whole city. */
export interface QuarterSum {
  district: string | null
  year: number
  open: number
}

/** One year beside the base year. */
export interface GrowthYear {
  year: number
  /** Open at the ends of its quarters, on average. */
  open: number
  /** More than in the base year, in whole per cent; null: too few were open then to tell it. */
  percent: number | null
}

/** How the need of the city, or of one district, has grown since the base year. */
export interface Growth {
  district: string | null
  base: GrowthYear
  /** The last year of the period that the source tells of, or the newest where no source tells. */
  until: GrowthYear
  /** The newest whole year. */
  newest: GrowthYear
  years: GrowthYear[]
}

export interface GrowthPeriod {
  baseYear: number
  untilYear: number
  newestYear: number
  /** Growth is told from so many open in the base year, on average. */
  minimum: number
}

/**
 * The growth of the city first, then of each of `districts`, those with nobody in the base year among them: none is left out.
 * @param sums of districts; the city is their sum
 */
export function growthOf(
  sums: readonly (QuarterSum & { district: string })[],
  districts: readonly string[],
  { baseYear, untilYear, newestYear, minimum }: GrowthPeriod,
): Growth[] {
  return [null, ...districts].map((district): Growth => {
    const openIn = (year: number) =>
      sums.reduce(
        (sum, row) => (row.year === year && (district === null || row.district === district) ? sum + row.open : sum),
        0,
      ) / 4
    const base = openIn(baseYear)
    const of = (year: number): GrowthYear => {
      const open = openIn(year)
      return { year, open, percent: base < minimum ? null : Math.round((open / base - 1) * 100) }
    }
    return {
      district,
      base: of(baseYear),
      until: of(untilYear),
      newest: of(newestYear),
      years: Array.from({ length: newestYear - baseYear + 1 }, (_, i) => of(baseYear + i)),
    }
  })
}

/** The end of the first year from which on every year had grown by `percent`; null when the newest has not. */
export function grownSince({ years }: Pick<Growth, 'years'>, percent: number): Day | null {
  const last = years.findLastIndex((year) => year.percent === null || year.percent < percent)
  const first = years[last + 1]
  return first === undefined ? null : (`${first.year}-12-31` as Day)
}

/**
 * How much the need has grown by a year since the base year, evenly: 0.13 is 13 %. Null where too few were open in the base
 * year to tell it, or no year has passed.
 */
export function paceOf({ base, newest }: Pick<Growth, 'base' | 'newest'>): number | null {
  if (newest.percent === null || newest.year <= base.year) return null
  return (newest.open / base.open) ** (1 / (newest.year - base.year)) - 1
}
