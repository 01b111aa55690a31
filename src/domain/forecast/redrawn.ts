import { type Day, dayNumber } from '../day.ts'
import { decimal, districtName } from '../words.ts'

/**
 * Districts that are redrawn on a day: each old one that is named is divided among new ones, by shares that are those of its
 * people and of its places alike. A simplification, since nobody knows yet who will live on which side of a new border:
 * - every number of a new district is the sum of the old ones' numbers by their shares, rounded to whole people and places;
 * - a place that is given to its district's own people belongs to a new district by chance, in the old one's shares, each time
 *   that it is given away, and goes to somebody of that new district, to which everybody who waits belongs by the same shares;
 * - places for the whole city, or for a list of districts, are given as before;
 * - numbers of the old districts are told of beside the new ones also afterwards.
 */
export interface Redrawing {
  /** The first day of the new districts, as `dayNumber` counts. */
  from: number
  codes: readonly string[]
  names: readonly string[]
  /** By old district, its share in each new one; undefined: it stays as it is. */
  shares: readonly (readonly number[] | undefined)[]
}

export interface AskedRedrawing {
  from: Day
  districts: readonly { code: string; name: string }[]
  shares: readonly { from: string; to: string; share: number }[]
}

const MOST_DISTRICTS = 30
/** Shares are written with few decimals. */
const NEARLY = 1e-6

/** A redrawing by the indexes of `districts`, the old ones' codes. */
export function redrawingOf(
  { from, districts: drawn, shares }: AskedRedrawing,
  districts: readonly string[],
): Redrawing {
  const codes = drawn.map(({ code }) => code)
  return {
    from: dayNumber(from),
    codes,
    names: drawn.map(({ name }) => name),
    shares: districts.map((old) => {
      const own = shares.filter((share) => share.from === old)
      if (own.length === 0) return undefined
      return codes.map((code) => own.reduce((sum, { to, share }) => (to === code ? sum + share : sum), 0))
    }),
  }
}

interface Refused {
  field: string
  code: 'unknown' | 'twice' | 'negative' | 'too_large' | 'not_one'
  detail: string
}

/** What is wrong with a redrawing by itself: unknown or doubled districts, shares that are none, or do not sum to one. */
export function refusedRedrawing(
  { districts: drawn, shares }: AskedRedrawing,
  districts: readonly string[],
): Refused[] {
  const found: Refused[] = []
  const refuse = (field: string, code: Refused['code'], detail: string) => found.push({ field, code, detail })
  if (drawn.length === 0) refuse('districts', 'unknown', 'Skriv hvilke bydeler som er nye.')
  if (drawn.length > MOST_DISTRICTS) refuse('districts', 'too_large', `Skriv høyst ${MOST_DISTRICTS} nye bydeler.`)
  const codes = drawn.map(({ code }) => code)
  for (const [at, code] of codes.entries()) {
    if (districts.includes(code)) refuse(`districts/${at}/code`, 'twice', 'Koden er en bydels fra før. Velg en ny.')
    else if (codes.indexOf(code) < at) refuse(`districts/${at}/code`, 'twice', 'To nye bydeler har samme kode.')
    else if (!shares.some(({ to, share }) => to === code && share > 0))
      refuse(`districts/${at}/code`, 'unknown', 'Ingen gammel bydel har en andel i den nye.')
  }
  for (const [at, { from, to, share }] of shares.entries()) {
    if (!districts.includes(from)) refuse(`shares/${at}/from`, 'unknown', 'Bydelen finnes ikke.')
    if (!codes.includes(to)) refuse(`shares/${at}/to`, 'unknown', 'Bydelen er ikke en av de nye.')
    if (!(share >= 0)) refuse(`shares/${at}/share`, 'negative', 'En andel kan ikke være negativ.')
    if (shares.findIndex((other) => other.from === from && other.to === to) < at)
      refuse(`shares/${at}/to`, 'twice', 'Andelen er skrevet to ganger.')
  }
  if (found.length > 0) return found
  for (const old of new Set(shares.map(({ from }) => from))) {
    const sum = shares.reduce((total, { from, share }) => (from === old ? total + share : total), 0)
    if (Math.abs(sum - 1) > NEARLY) {
      const at = shares.findIndex(({ from }) => from === old)
      const detail = `Andelene fra ${districtName(old)} blir ${decimal(sum)} til sammen. De må bli 1.`
      refuse(`shares/${at}/share`, 'not_one', detail)
    }
  }
  return found
}
